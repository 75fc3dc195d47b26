"""Geometry of a donut: shares of a ring as outlines, clockwise from the top.

Arcs are Bézier curves of at most a quarter turn, accurate to 0.03 % of the radius.
"""

from __future__ import annotations

import math

from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.blocks.charts.labels import Label
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import Outline, Segment

TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class RingPart:
    """One share of the ring: start and end as fractions of a turn, paint, figure and label."""

    begin: float
    end: float
    paint: Paint
    figure: Label
    label: Label

    @property
    def middle(self) -> float:
        """Middle of the arc as a fraction of a turn."""
        return (self.begin + self.end) / 2

    @property
    def on_end_side(self) -> bool:
        """True if the middle lies in the first half of the turn."""
        return self.middle < 0.5


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring: centre and radii in points."""

    x: float
    y: float
    outer: float
    inner: float

    def at(self, turn: float, radius: float) -> tuple[float, float]:
        """Return the point at a fraction of a turn, clockwise from the top."""
        angle = TURN * turn
        return self.x + radius * math.sin(angle), self.y + radius * math.cos(angle)

    def whole(self) -> tuple[Outline, Outline]:
        """Return the closed ring as two circles, for the even-odd rule."""
        return self._circle(self.outer), self._circle(self.inner)

    def segment(self, begin: float, end: float, gap: float) -> Outline:
        """Return the part of the ring between two fractions of a turn, inset by half a gap on each side."""
        # The same distance on both circles gives the gap parallel sides.
        outer, inner = (math.asin(min(1.0, gap / 2 / r)) / TURN for r in (self.outer, self.inner))
        outer = min(outer, (end - begin) / 2 * 0.9)
        inner = min(inner, (end - begin) / 2 * 0.9)
        forth = self._arc(begin + outer, end - outer, self.outer)
        back = self._arc(end - inner, begin + inner, self.inner)
        start = self.at(begin + outer, self.outer)
        return Outline(start, (*forth, self.at(end - inner, self.inner), *back))

    def _circle(self, radius: float) -> Outline:
        rect = Rect(self.x - radius, self.y - radius, 2 * radius, 2 * radius)
        return shape_outline(ClipShape.ELLIPSE, rect)

    def _arc(self, begin: float, end: float, radius: float) -> tuple[Segment, ...]:
        count = max(1, math.ceil(abs(end - begin) * 4 - 1e-9))
        step = (end - begin) / count
        return tuple(
            self._curve(begin + index * step, begin + (index + 1) * step, radius)
            for index in range(count)
        )

    def _curve(self, begin: float, end: float, radius: float) -> Segment:
        """Return one Bézier curve along the circle; for an angle a the handles are 4/3 tan(a/4) radii long."""
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
