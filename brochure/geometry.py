"""Points, rectangles and affine transformations.

All lengths are in PostScript points (1/72 inch); y grows upwards from the lower left corner of the
trim box.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from brochure.fast_dataclass import dataclass

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Point:
    """A point."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rect:
    """An axis-parallel rectangle: lower left corner, width and height, in points."""

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
        """The centre."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def expand(self, by: float) -> Rect:
        """Return the rectangle with every edge moved outwards, or inwards if `by` is negative."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def translate(self, dx: float, dy: float) -> Rect:
        """Return the rectangle moved by (dx, dy)."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: Rect) -> bool:
        """Return True if the rectangles share any area."""
        apart_x = self.right <= other.x or other.right <= self.x
        apart_y = self.top <= other.y or other.top <= self.y
        return not (apart_x or apart_y)

    def contains(self, other: Rect, slack: float = 0.01) -> bool:
        """Return True if `other` lies inside this rectangle, with a tolerance of `slack` points."""
        across = self.x - slack <= other.x and other.right <= self.right + slack
        return across and self.y - slack <= other.y and other.top <= self.top + slack

    def find_inside(
        self, points: Iterable[tuple[float, float]], slack: float = 0.01
    ) -> set[tuple[float, float]]:
        """Return the points inside this rectangle, with a tolerance of `slack` points."""
        left, right = self.x - slack, self.right + slack
        low, high = self.y - slack, self.top + slack
        return {(x, y) for x, y in points if left <= x <= right and low <= y <= high}

    def intersect(self, other: Rect) -> Rect:
        """Return the intersection; of size 0 if it is empty."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Rect(x, y, max(0.0, right - x), max(0.0, top - y))

    def union(self, other: Rect) -> Rect:
        """Return the smallest rectangle that contains both."""
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
        """Return `rect` reduced by the inset; its size is never negative."""
        width = max(0.0, rect.width - self.left - self.right)
        height = max(0.0, rect.height - self.top - self.bottom)
        return Rect(rect.x + self.left, rect.y + self.bottom, width, height)


@dataclass(frozen=True, slots=True)
class Matrix:
    """An affine transformation: x' = a x + c y + e, y' = b x + d y + f (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """Return the transformation that applies this one first and `after` second."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Transform a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def determinant(self) -> float:
        """The factor by which areas grow; negative if the transformation reflects, 0 if it cannot be inverted."""
        return self.a * self.d - self.b * self.c

    def inverse(self) -> Matrix:
        """Return the transformation that undoes this one."""
        by = self.determinant
        return Matrix(
            self.d / by,
            -self.b / by,
            -self.c / by,
            self.a / by,
            (self.c * self.f - self.d * self.e) / by,
            (self.b * self.e - self.a * self.f) / by,
        )

    def corners(self, rect: Rect) -> tuple[tuple[float, float], ...]:
        """Return the corners of the transformed rectangle, counter-clockwise from the lower left one."""
        x, y, right, top = rect.x, rect.y, rect.right, rect.top
        a, b, c, d, e, f = self.a, self.b, self.c, self.d, self.e, self.f
        return (
            (a * x + c * y + e, b * x + d * y + f),
            (a * right + c * y + e, b * right + d * y + f),
            (a * right + c * top + e, b * right + d * top + f),
            (a * x + c * top + e, b * x + d * top + f),
        )

    def box(self, rect: Rect) -> Rect:
        """Return the bounding box of the transformed rectangle."""
        return bounding_box(self.corners(rect))


IDENTITY = Matrix()


def bounding_box(points: Iterable[tuple[float, float]]) -> Rect:
    """Return the bounding box of one or more points."""
    xs, ys = zip(*points, strict=True)
    left, bottom = min(xs), min(ys)
    return Rect(left, bottom, max(xs) - left, max(ys) - bottom)


def shift(dx: float, dy: float) -> Matrix:
    """Return the translation by (dx, dy)."""
    return Matrix(e=dx, f=dy)


def turn(degrees: float) -> Matrix:
    """Return the counter-clockwise rotation about the origin."""
    quarter = degrees / 90
    if quarter == int(quarter):  # exact for right angles
        cos, sin = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][int(quarter) % 4]
    else:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Matrix(cos, sin, -sin, cos)
