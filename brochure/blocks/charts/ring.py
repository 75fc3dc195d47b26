"""Rings: the shares of a donut as outlines.

Takes a centre, two radii and shares of the whole; gives outlines that begin at the top and run with the clock, each arc in
Bézier curves of at most a quarter turn (off by less than 0.03 % of the radius). Stands behind `donut`.
"""

from __future__ import annotations

import math

from brochure.blocks._shapes import ClipShape, outline
from brochure.blocks.charts.labels import Label
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import Outline, Segment

TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class RingPart:
    """One share of the ring: where it begins and ends, as parts of the turn, its paint and its words."""

    begin: float
    end: float
    paint: Paint
    figure: Label
    label: Label

    @property
    def middle(self) -> float:
        """The middle of its arc, as a part of the turn."""
        return (self.begin + self.end) / 2

    @property
    def on_end_side(self) -> bool:
        """Whether it lies on the end side of the ring, where the clock's hand runs first."""
        return self.middle < 0.5


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring: its centre and its radii, in points."""

    x: float
    y: float
    outer: float
    inner: float

    def at(self, turn: float, radius: float) -> tuple[float, float]:
        """The point at a share of the whole turn, from the top with the clock."""
        angle = TURN * turn
        return self.x + radius * math.sin(angle), self.y + radius * math.cos(angle)

    def whole(self) -> tuple[Outline, Outline]:
        """The closed ring: two circles, to be filled even-odd."""
        return self._circle(self.outer), self._circle(self.inner)

    def segment(self, begin: float, end: float, gap: float) -> Outline:
        """The part of the ring between two shares of the turn, its sides moved in by half a gap each."""
        # The same distance on both circles, so that the gap has parallel sides.
        outer, inner = (math.asin(min(1.0, gap / 2 / r)) / TURN for r in (self.outer, self.inner))
        outer = min(outer, (end - begin) / 2 * 0.9)
        inner = min(inner, (end - begin) / 2 * 0.9)
        there = self._arc(begin + outer, end - outer, self.outer)
        back = self._arc(end - inner, begin + inner, self.inner)
        start = self.at(begin + outer, self.outer)
        return Outline(start, (*there, self.at(end - inner, self.inner), *back))

    def _circle(self, radius: float) -> Outline:
        rect = Rect(self.x - radius, self.y - radius, 2 * radius, 2 * radius)
        return outline(ClipShape.ELLIPSE, rect)

    def _arc(self, begin: float, end: float, radius: float) -> tuple[Segment, ...]:
        count = max(1, math.ceil(abs(end - begin) * 4 - 1e-9))
        step = (end - begin) / count
        return tuple(
            self._curve(begin + at * step, begin + (at + 1) * step, radius) for at in range(count)
        )

    def _curve(self, begin: float, end: float, radius: float) -> Segment:
        """One Bézier curve along the circle; its handles are 4/3 tan(a/4) radii long for an angle a."""
        handle = 4 / 3 * math.tan(TURN * (end - begin) / 4) * radius
        (x0, y0), (x3, y3) = self.at(begin, radius), self.at(end, radius)
        a, b = TURN * begin, TURN * end
        return (
            x0 + handle * math.cos(a),
            y0 - handle * math.sin(a),
            x3 - handle * math.cos(b),
            y3 + handle * math.sin(b),
            x3,
            y3,
        )
