"""Points, rectangles and matrices.

All lengths are PostScript points (1/72 inch) as floats; y grows upwards from the lower left corner of the trim box.
Nothing here knows about pages or type.
"""

from __future__ import annotations

import math

from brochure.fast_dataclass import dataclass

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Point:
    """A point, in points."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle: lower left corner, width and height, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The y of the upper edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def grown(self, by: float) -> Rect:
        """The rectangle with every edge moved outwards (inwards where `by` is negative)."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, dx: float, dy: float) -> Rect:
        """The same rectangle elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share any area."""
        apart_x = self.right <= other.x or other.right <= self.x
        apart_y = self.top <= other.y or other.top <= self.y
        return not (apart_x or apart_y)

    def holds(self, other: Rect, slack: float = 0.01) -> bool:
        """Whether `other` lies inside, give or take `slack` points."""
        across = self.x - slack <= other.x and other.right <= self.right + slack
        return across and self.y - slack <= other.y and other.top <= self.top + slack

    def common(self, other: Rect) -> Rect:
        """What lies in both; of no size where that is nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Rect(x, y, max(0.0, right - x), max(0.0, top - y))

    def joined(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.top, other.top) - y)


@dataclass(frozen=True, slots=True)
class Inset:
    """Distances from the four edges inwards, in points."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0

    def inside(self, rect: Rect) -> Rect:
        """What the inset leaves of `rect`; never of negative size."""
        width = max(0.0, rect.width - self.left - self.right)
        height = max(0.0, rect.height - self.top - self.bottom)
        return Rect(rect.x + self.left, rect.y + self.bottom, width, height)


@dataclass(frozen=True, slots=True)
class Matrix:
    """An affine map: x' = a x + c y + e, y' = b x + d y + f (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """The map that is this one first and `after` second."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Where the point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


IDENTITY = Matrix()


def shift(dx: float, dy: float) -> Matrix:
    """The map that moves everything by (dx, dy)."""
    return Matrix(e=dx, f=dy)


def turn(degrees: float) -> Matrix:
    """The map that turns everything about the origin, counter-clockwise."""
    quarter = degrees / 90
    if quarter == int(
        quarter
    ):  # exact where designers mostly turn, so that nothing is off by 1e-17
        cos, sin = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][int(quarter) % 4]
    else:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Matrix(cos, sin, -sin, cos)
