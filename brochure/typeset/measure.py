"""Measuring: how wide any stretch of a paragraph is, without looking at its glyphs again.

Takes the shaped items of a paragraph; gives `Widths`, sums from its beginning, so that the width of a stretch, its spaces
and its letters are differences of two numbers. Stands between shaping and composing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from brochure.typeset.hanging import left_share, right_share
from brochure.typeset.shape import Shaped

STRETCHING = " \u00a0"
"""The spaces that justification widens and narrows; fixed ones keep their width."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Sums over the text before each place: width and width of stretching spaces in points, number of letters.

    `sizes` is the type size at each character, for hanging punctuation and hyphens.
    """

    text: str
    width: tuple[float, ...]
    space: tuple[float, ...]
    letters: tuple[int, ...]
    ems: tuple[float, ...]
    own: tuple[float, ...]

    def stretch(self, start: int, end: int) -> tuple[float, float, float]:
        """Width, width of spaces, and sum of the letters' ems, from start to end."""
        return (
            self.width[end] - self.width[start],
            self.space[end] - self.space[start],
            self.ems[end] - self.ems[start],
        )

    def hang_left(self, start: int) -> float:
        """How far the character that begins a line may stand out."""
        if start >= len(self.text):
            return 0.0
        return left_share(self.text[start]) * self.own[start]

    def hang_right(self, end: int) -> float:
        """How far the character that ends a line may stand out."""
        return right_share(self.text[end - 1]) * self.own[end - 1] if end else 0.0


def measured(text: str, items: Sequence[Shaped]) -> Widths:
    """The sums over a paragraph's text."""
    own = [0.0] * len(text)
    ems = [0.0] * len(text)
    for shaped in items:
        size = shaped.item.size
        for cluster, advance in zip(shaped.clusters, shaped.advances, strict=True):
            own[cluster] += advance
            ems[cluster] = size
    space = [width if char in STRETCHING else 0.0 for char, width in zip(text, own, strict=True)]
    return Widths(
        text,
        tuple(accumulate(own, initial=0.0)),
        tuple(accumulate(space, initial=0.0)),
        tuple(accumulate((1 if width else 0 for width in own), initial=0)),
        tuple(accumulate(ems, initial=0.0)),
        tuple(own),
    )
