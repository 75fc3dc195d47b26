"""Measuring: how wide any stretch of a paragraph is, without looking at its glyphs again.

Takes the shaped items of a paragraph; gives `Widths`, sums from its beginning, so that the width of a stretch, its spaces
and its letters are differences of two numbers. Stands between shaping and composing.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from brochure.typeset.hanging import left_share, right_share
from brochure.typeset.shape import NO_TRACKING, Shaped, tracking_of

STRETCHING = " \u00a0"
"""The spaces that justification widens and narrows; fixed ones keep their width."""


@dataclass(frozen=True, slots=True, eq=False)
class Widths:
    """Sums over the text before each place: width, width of stretching spaces, sizes of the letters; in points.

    `own` is each character's width (a cluster's is its first character's), `em` the size of each cluster that letter
    space may follow, `tracking` the room that tracking has put behind it. (Arrays, since a book has many characters.)
    """

    text: str
    width: array[float]
    space: array[float]
    ems: array[float]
    own: array[float]
    em: array[float]
    tracking: array[float]

    def hang_left(self, start: int) -> float:
        """How far the character that begins a line may stand out."""
        if start >= len(self.text):
            return 0.0
        return left_share(self.text[start]) * self.own[start]

    def hang_right(self, end: int, grown: float) -> float:
        """How far the character that ends a line may stand out, if the line has grown there by so much."""
        if not end:
            return 0.0
        share = right_share(self.text[end - 1])
        return share * (self.own[end - 1] + grown) if share else 0.0

    def last(self, start: int, end: int) -> int:
        """Where the last cluster of a stretch begins that takes any room; `start` where none does."""
        at = end - 1
        while at > start and not self.own[at]:
            at -= 1
        return max(start, at)


def measured(text: str, items: Sequence[Shaped]) -> Widths:
    """The sums over a paragraph's text."""
    own, em, tracking = ([0.0] * len(text) for _ in range(3))
    for shaped in items:
        item = shaped.item
        size = 0.0 if item.script in NO_TRACKING else item.size
        tracked = tracking_of(item)
        for cluster, advance in zip(shaped.clusters, shaped.advances, strict=True):
            if advance:
                own[cluster] += advance
                em[cluster] = size
                tracking[cluster] = tracked
    space = [width if char in STRETCHING else 0.0 for char, width in zip(text, own, strict=True)]
    return Widths(
        text,
        array("d", accumulate(own, initial=0.0)),
        array("d", accumulate(space, initial=0.0)),
        array("d", accumulate(em, initial=0.0)),
        array("d", own),
        array("d", em),
        array("d", tracking),
    )
