"""Pair the texts of two brochures: by the keys of their messages, else by their words on the pages that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from brochure.compare.contents import Contents, TextFlow
from brochure.compare.page_alignment import PagePair
from brochure.geometry import Rect

FlowPair = tuple[TextFlow | None, TextFlow | None]

MIN_SIMILARITY = 0.4
"""Share of letters that two texts without keys must have in common to count as the same text changed."""
SAME_PLACE = 3.0
"""Texts whose first lines are nearer to each other than this count as the same text changed, in points."""
MAX_COMPARED = 60
"""Unmatched texts of one page that are compared with each other."""


def match_flows(before: Contents, after: Contents, pairs: Sequence[PagePair]) -> Iterator[FlowPair]:
    """Yield each text with its counterpart: by the key of its message, else by its words on the paired pages."""
    counterparts = {pair.before: pair.after for pair in pairs}
    first_uses, second_uses = _by_key(before.flows), _by_key(after.flows)
    for key in dict.fromkeys([*second_uses, *first_uses]):
        yield from _match_uses(first_uses.get(key, []), second_uses.get(key, []), counterparts)
    old, new = _by_page(before.flows), _by_page(after.flows)
    for pair in pairs:
        first = old.get(pair.before, []) if pair.before else []
        second = new.get(pair.after, []) if pair.after else []
        yield from _match_by_words(first, second)


def _by_key(flows: Iterable[TextFlow]) -> dict[str, list[TextFlow]]:
    found: dict[str, list[TextFlow]] = {}
    for flow in flows:
        if flow.key:
            found.setdefault(flow.key, []).append(flow)
    return found


def _by_page(flows: Iterable[TextFlow]) -> dict[int | None, list[TextFlow]]:
    found: dict[int | None, list[TextFlow]] = {}
    for flow in flows:
        if not flow.key:
            found.setdefault(flow.page, []).append(flow)
    return found


def _match_uses(
    first: Sequence[TextFlow],
    second: Sequence[TextFlow],
    counterparts: Mapping[int | None, int | None],
) -> Iterator[FlowPair]:
    """Yield the uses of one message: those on paired pages, such as running heads, then the others in order."""
    waiting: dict[int | None, list[TextFlow]] = {}
    for flow in second:
        waiting.setdefault(flow.page, []).append(flow)
    left: list[TextFlow] = []
    for flow in first:
        same_page = waiting.get(counterparts.get(flow.page))
        if same_page:
            yield flow, same_page.pop(0)
        else:
            left.append(flow)
    right = [flow for flows in waiting.values() for flow in flows]
    yield from zip_longest(left, right)


def _match_by_words(first: list[TextFlow], second: list[TextFlow]) -> Iterator[FlowPair]:
    """Yield texts with the same letters, then those that are similar, then those of one side only."""
    rest_new: dict[str, list[TextFlow]] = {}
    for flow in second:
        rest_new.setdefault(letters_of(flow.text), []).append(flow)
    left: list[TextFlow] = []
    for flow in first:
        same = rest_new.get(letters_of(flow.text))
        if same:
            yield flow, same.pop(_nearest(flow, same))
        else:
            left.append(flow)
    right = [flow for flows in rest_new.values() for flow in flows]
    for old, new in _match_similar(left, right):
        left.remove(old)
        right.remove(new)
        yield old, new
    for old in [*left]:
        same_place = next((new for new in right if _is_same_place(old, new)), None)
        if same_place is not None:
            left.remove(old)
            right.remove(same_place)
            yield old, same_place
    yield from ((flow, None) for flow in left)
    yield from ((None, flow) for flow in right)


def _is_same_place(old: TextFlow, new: TextFlow) -> bool:
    """Return whether two texts begin on one line of the page, at the same place."""
    first, second = old.lines[0], new.lines[0]
    distance = abs(shift_across(first.rect, second.rect))
    return abs(first.baseline - second.baseline) < SAME_PLACE and distance < SAME_PLACE


def _nearest(flow: TextFlow, others: Sequence[TextFlow]) -> int:
    here = flow.lines[0].rect

    def distance(at: int) -> float:
        there = others[at].lines[0].rect
        return abs(there.x - here.x) + abs(there.y - here.y)

    return min(range(len(others)), key=distance)


def _match_similar(left: list[TextFlow], right: list[TextFlow]) -> list[tuple[TextFlow, TextFlow]]:
    """Return pairs of similar texts, the most similar first; too many texts are not compared."""
    if len(left) > MAX_COMPARED or len(right) > MAX_COMPARED:
        return []
    rated = []
    for at, old in enumerate(left):
        matcher = SequenceMatcher(None, "", letters_of(old.text)[:MAX_LETTERS], autojunk=False)
        for other, new in enumerate(right):
            matcher.set_seq1(letters_of(new.text)[:MAX_LETTERS])
            if (
                matcher.real_quick_ratio() < MIN_SIMILARITY
                or matcher.quick_ratio() < MIN_SIMILARITY
            ):
                continue
            ratio = matcher.ratio()
            if ratio >= MIN_SIMILARITY:
                rated.append((ratio, at, other))
    pairs, used_old, used_new = [], set(), set()
    for _, at, other in sorted(rated, reverse=True):
        if at not in used_old and other not in used_new:
            used_old.add(at)
            used_new.add(other)
            pairs.append((left[at], right[other]))
    return pairs


MAX_LETTERS = 600
"""Letters of a text that are compared to find its counterpart."""
NO_LETTER = re.compile(r"[\s\u00ad\u2010-\u2011-]+")


def letters_of(text: str) -> str:
    """Return a text without spaces and hyphens, which depend on line breaks in a PDF."""
    return NO_LETTER.sub("", text)


def shift_across(old: Rect, new: Rect) -> float:
    """Return how far a line moved across: of its left edge, right edge and centre, the one that moved least."""
    edges = (new.x - old.x, new.right - old.right, new.centre.x - old.centre.x)
    return min(edges, key=abs)
