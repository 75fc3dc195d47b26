"""Find the paragraphs of an older manuscript in a newer one, by their content.

Paragraphs with the same text are matched wherever they are. Of the others, those that have most in common are: the measure
is the number of common letter triples (Sørensen-Dice), which needs no words and so suits every script. Less in common is enough
if the paragraphs before and after are matched with each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from brochure.fast_dataclass import dataclass

MIN_SIMILARITY = 0.5
"""Share of common letter triples of two versions of a paragraph."""

MIN_SIMILARITY_IN_PLACE = 0.3
"""The same, if the paragraphs before and after are the same."""

OTHER_KIND = 0.1
"""What is subtracted if one is, say, a heading and the other a list item."""

MAX_POSTINGS = 40
"""A letter triple in more paragraphs than this says nothing about which of them is meant."""

MAX_CANDIDATES = 12
MAX_TRIPLES = 4_000

MARKUP = re.compile(r"\[\^[\w-]+\]|\]\([^()\s]*\)|\]\{[^{}]*\}|\\\n|[\\*\[\]^~]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, a row of a table or a note: its kind, and its text as it is compared."""

    kind: str
    text: str


def comparable(message: str) -> str:
    """Return the text of a message as it is compared: without marks, in small letters, with single spaces."""
    return " ".join(MARKUP.sub("", message).replace("''", "'").casefold().split())


def align(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Return the index of the older unit for each newer unit that is a version of it."""
    found: dict[int, int] = {}
    _match_equal(old, new, found, with_kind=True)
    _match_equal(old, new, found, with_kind=False)
    _match_similar(old, new, found)
    return found


def _match_equal(
    old: Sequence[Unit], new: Sequence[Unit], found: dict[int, int], *, with_kind: bool
) -> None:
    """Match units with the same text; of several with the same text, those with the same neighbours first."""
    used = set(found.values())
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, unit in enumerate(old):
        if at not in used:
            waiting[unit.kind if with_kind else "", unit.text].append(at)
    wanted = [
        (at, (unit.kind if with_kind else "", unit.text))
        for at, unit in enumerate(new)
        if at not in found
    ]
    counts = Counter(key for _, key in wanted)
    several: list[tuple[int, list[int]]] = []
    for at, key in wanted:
        candidates = waiting.get(key, [])
        if counts[key] == len(candidates) == 1:
            found[at] = candidates[0]
        elif candidates:
            several.append((at, candidates))
    _match_repeated(several, found)


def _match_repeated(several: Sequence[tuple[int, list[int]]], found: dict[int, int]) -> None:
    """Match units whose text is there several times: by the unit before, by the one after, then in order."""
    used = set(found.values())
    for step in (-1, 1):
        for at, candidates in several if step < 0 else reversed(several):
            neighbour = found.get(at + step)
            wanted = None if neighbour is None else neighbour - step
            if step < 0 and at == 0:
                wanted = 0
            if at not in found and wanted is not None and wanted not in used:
                position = bisect_left(candidates, wanted)
                if position < len(candidates) and candidates[position] == wanted:
                    found[at] = wanted
                    used.add(wanted)
    starts: dict[int, int] = {}
    for at, candidates in several:
        if at in found:
            continue
        position = starts.get(id(candidates), 0)
        while position < len(candidates) and candidates[position] in used:
            position += 1
        if position < len(candidates):
            found[at] = candidates[position]
            used.add(candidates[position])
        starts[id(candidates)] = position


def _match_similar(old: Sequence[Unit], new: Sequence[Unit], found: dict[int, int]) -> None:
    """Match what is left: the most similar first."""
    used = set(found.values())
    left = [at for at in range(len(old)) if at not in used]
    triples = {at: _triples(old[at].text) for at in left}
    index: dict[str, list[int]] = defaultdict(list)
    for at, counts in triples.items():
        for triple in counts:
            index[triple].append(at)
    places = _gaps(found, len(old), len(new))
    pairs: list[tuple[float, int, int, int]] = []
    for at, unit in enumerate(new):
        if at in found:
            continue
        own = _triples(unit.text)
        first, last = places[at]
        near = [one for one in range(first, min(last, first + MAX_CANDIDATES)) if one in triples]
        for other in dict.fromkeys((*near, *_candidates(own, index))):
            score = _similarity(own, triples[other])
            score -= OTHER_KIND if unit.kind != old[other].kind else 0.0
            in_place = first <= other < last
            if score >= (MIN_SIMILARITY_IN_PLACE if in_place else MIN_SIMILARITY):
                pairs.append((-score, abs(other - first), at, other))
    for _, _, at, other in sorted(pairs):
        if at not in found and other not in used:
            found[at] = other
            used.add(other)


def _candidates(own: Mapping[str, int], index: Mapping[str, list[int]]) -> Iterable[int]:
    """Return the older units that have most letter triples in common that are rare."""
    counts: Counter[int] = Counter()
    for triple in own:
        postings = index.get(triple, ())
        if len(postings) <= MAX_POSTINGS:
            counts.update(postings)
    return (at for at, _ in counts.most_common(MAX_CANDIDATES))


def _gaps(found: Mapping[int, int], old: int, new: int) -> list[tuple[int, int]]:
    """Return for each newer unit the range of older ones between the matches of its neighbours."""
    first = [0] * new
    last = [old] * new
    here = 0
    for at in range(new):
        first[at] = here
        here = found[at] + 1 if at in found else here
    here = old
    for at in reversed(range(new)):
        last[at] = here
        here = found.get(at, here)
    return list(zip(first, last, strict=True))


def _triples(text: str) -> Counter[str]:
    padded = f"  {text[:MAX_TRIPLES]} "
    return Counter(padded[at : at + 3] for at in range(len(padded) - 2))


def _similarity(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of common letter triples, from 0 to 1."""
    small, large = (one, other) if len(one) < len(other) else (other, one)
    common = sum(min(count, large[triple]) for triple, count in small.items() if triple in large)
    return 2 * common / (one.total() + other.total())


def find_moved(order: Sequence[int]) -> frozenset[int]:
    """Return the positions in a list of indexes that are not in the longest ascending part of it."""
    tails: list[int] = []
    positions: list[int] = []
    before: dict[int, int] = {}
    for at, number in enumerate(order):
        place = bisect_left(tails, number)
        if place:
            before[at] = positions[place - 1]
        if place == len(tails):
            tails.append(number)
            positions.append(at)
        else:
            tails[place] = number
            positions[place] = at
    kept: set[int] = set()
    here = positions[-1] if positions else None
    while here is not None:
        kept.add(here)
        here = before.get(here)
    return frozenset(range(len(order))) - kept
