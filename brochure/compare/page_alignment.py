"""Align the pages of two brochures, so that an inserted page does not make all pages after it different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from brochure.compare.contents import Contents
from brochure.fast_dataclass import dataclass

MAX_PAIRS = 40_000
"""Pairs of pages whose similarity is computed in one gap; larger gaps are paired in order."""
ANY_PAIR = 0.02
"""Value of a pair of pages that have nothing in common, so that a rewritten page is compared with its old state."""


@dataclass(frozen=True, slots=True)
class PagePair:
    """A page before and after; None where it was added or removed. Numbers count from 1."""

    before: int | None
    after: int | None
    is_identical: bool = False


def align_pages(before: Contents, after: Contents) -> tuple[PagePair, ...]:
    """Return the pages of both brochures in order, each with its counterpart.

    Identical pages are found by their digests; between them, the pages with most words in common are paired.
    """
    first = [page.digest for page in before.pages]
    second = [page.digest for page in after.pages]
    pairs: list[PagePair] = []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    bags = [_count_words(one) for one in (before, after)]
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            both = zip(before.pages[a:b], after.pages[c:d], strict=True)
            pairs += [PagePair(old.number, new.number, is_identical=True) for old, new in both]
        else:
            pairs += _pair_gap(before, after, (range(a, b), range(c, d)), bags)
    return tuple(pairs)


def _count_words(contents: Contents) -> list[Counter[str]]:
    words = contents.words_by_page()
    return [Counter(words[page.number]) for page in contents.pages]


def _pair_gap(
    before: Contents,
    after: Contents,
    gap: tuple[range, range],
    bags: Sequence[Sequence[Counter[str]]],
) -> Iterator[PagePair]:
    """Yield the pairs of pages between two identical ones."""
    old, new = (
        [contents.pages[at].number for at in part]
        for contents, part in zip((before, after), gap, strict=True)
    )
    if len(old) * len(new) > MAX_PAIRS:
        shared = min(len(old), len(new))
        steps = [(at, at) for at in range(shared)]
    else:
        first, second = ([bag[at] for at in part] for bag, part in zip(bags, gap, strict=True))
        steps = _best_pairs(first, second)
    last_old = last_new = 0
    for a, b in [*steps, (len(old), len(new))]:
        yield from (PagePair(number, None) for number in old[last_old:a])
        yield from (PagePair(None, number) for number in new[last_new:b])
        if a < len(old) and b < len(new):
            yield PagePair(old[a], new[b])
        last_old, last_new = a + 1, b + 1


def _best_pairs(
    first: Sequence[Counter[str]], second: Sequence[Counter[str]]
) -> list[tuple[int, int]]:
    """Return the pairs in order with the highest total similarity (Needleman and Wunsch, 1970)."""
    rows, columns = len(first), len(second)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[_similarity(one, other) for other in second] for one in first]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            pair = alike[a][b] + best[a + 1][b + 1]
            best[a][b] = max(pair, best[a + 1][b], best[a][b + 1])
    pairs = []
    a = b = 0
    while a < rows and b < columns:
        if best[a][b] == alike[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _similarity(first: Counter[str], second: Counter[str]) -> float:
    """Return the share of words that two pages have in common, at least `ANY_PAIR`."""
    total = max(first.total(), second.total())
    shared = (first & second).total() / total if total else 0.0
    return ANY_PAIR + shared
