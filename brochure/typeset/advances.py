"""Measure a paragraph: cumulative widths, so that the width of any range is a difference of two numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from brochure.fast_dataclass import dataclass
from brochure.typeset.hanging_punctuation import left_share, right_share
from brochure.typeset.script_rules import rules_for_script
from brochure.typeset.shape import ShapedItem, is_letterspaced, resolve_tracking
from brochure.typeset.style import LetterSpace

STRETCHABLE_SPACES = " \u00a0"
"""The spaces that justification stretches and shrinks; fixed-width spaces keep their width."""


@dataclass(frozen=True, slots=True, eq=False)
class Widths:
    """Sums over the text before each offset, in points: width, width of stretchable spaces, letter stretch and shrink.

    `own` is the width of each character (of a cluster, on its first character). `stretch` and
    `shrink` limit how far justification may widen or narrow the space after each cluster,
    `stretch_sums` and `shrink_sums` are their sums; `tracking` is the tracking after each cluster.
    Arrays, since a book has many characters.
    """

    text: str
    width: array[float]
    space: array[float]
    stretch_sums: array[float]
    shrink_sums: array[float]
    own: array[float]
    stretch: array[float]
    shrink: array[float]
    tracking: array[float]

    def hang_left(self, start: int, size: float) -> float:
        """Return how far the first character of a line hangs, for a paragraph set in this size."""
        if start >= len(self.text):
            return 0.0
        return left_share(self.text[start], size) * self.own[start]

    def hang_right(self, end: int, grown: float) -> float:
        """Return how far the last character of a line hangs, if cutting the line there made it wider by `grown`."""
        if not end:
            return 0.0
        share = right_share(self.text[end - 1])
        return share * (self.own[end - 1] + grown) if share else 0.0

    def last_visible(self, start: int, end: int) -> int:
        """Return the offset of the last cluster in the range with a width, or `start`."""
        return _last_visible(self.own, start, end)


def measure_items(
    text: str, items: Sequence[ShapedItem], letter: LetterSpace, word_ends: Iterable[int] = ()
) -> Widths:
    """Compute the widths of a paragraph.

    Args:
        text: The paragraph's text.
        items: Its shaped items, in logical order.
        letter: How far justification may change letter space.
        word_ends: Offsets where words meet without a space between them.
    """
    own, stretch, shrink, tracking = ([0.0] * len(text) for _ in range(4))
    for shaped in items:
        tracked = resolve_tracking(shaped.item)
        wider, closer = _letter_space_limits(shaped, letter)
        for cluster, advance in zip(shaped.clusters, shaped.advances, strict=True):
            if advance:
                own[cluster] += advance
                stretch[cluster], shrink[cluster] = wider, closer
                tracking[cluster] = tracked
    for place, limit in _word_space_at_ends(items, word_ends):
        stretch[_last_visible(own, 0, place)] += limit
    space = [
        width if char in STRETCHABLE_SPACES else 0.0 for char, width in zip(text, own, strict=True)
    ]
    sums = (array("d", accumulate(each, initial=0.0)) for each in (own, space, stretch, shrink))
    width, spaces, stretch_sums, shrink_sums = sums
    each = (array("d", each) for each in (own, stretch, shrink, tracking))
    return Widths(text, width, spaces, stretch_sums, shrink_sums, *each)


def _letter_space_limits(shaped: ShapedItem, letter: LetterSpace) -> tuple[float, float]:
    """Return how much wider and narrower the space after each letter of the item may become."""
    item = shaped.item
    rules = rules_for_script(item.script)
    most, least = (letter.most, letter.least) if is_letterspaced(item) else (0.0, 0.0)
    wider = max(0.0, most) / 1000 + rules.elasticity.cluster
    return wider * item.size, max(0.0, -least) / 1000 * item.size


def _word_space_at_ends(
    items: Sequence[ShapedItem], word_ends: Iterable[int]
) -> Iterator[tuple[int, float]]:
    """Yield the offsets where two words of a script without spaces meet, and the space that may be added there."""
    limits = [rules_for_script(shaped.item.script).elasticity.word for shaped in items]
    if not any(limits):
        return
    starts = [shaped.item.start for shaped in items]
    for place in word_ends:
        before = bisect_left(starts, place) - 1
        after = bisect_right(starts, place) - 1
        if limits[before] and limits[after]:
            yield place, limits[before] * items[before].item.size


def _last_visible(own: Sequence[float], start: int, end: int) -> int:
    """Return the offset of the last cluster in the range with a width, or `start`."""
    at = end - 1
    while at > start and not own[at]:
        at -= 1
    return max(start, at)
