"""Outlines of page items: points with Bézier handles, bounding boxes, and the placement of a rectangle on the page.

Page coordinates are in points from the upper left corner of the trim box, y downwards, as in IDML.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix
from brochure.idml.xml_nodes import Node, to_number

Pair = tuple[float, float]
FLAT = 0.01
"""Deviation in points up to which a line is straight and a corner is square."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height."""
        return self.bottom - self.top

    @property
    def centre(self) -> Pair:
        """The centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def expand(self, by: float) -> Box:
        """Return the box with every edge moved outwards."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def intersect(self, other: Box) -> Box:
        """Return the intersection; its sizes are negative if there is none."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def overlap(self, other: Box) -> float:
        """Return the common area; lines count with their length."""
        both = self.intersect(other)
        if both.width < 0 or both.height < 0:
            return 0.0
        return max(both.width, FLAT) * max(both.height, FLAT)

    @property
    def corners(self) -> tuple[Pair, ...]:
        """The corners, clockwise from the upper left one."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return (left, top), (right, top), (right, bottom), (left, bottom)


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A point of a path, with the handles of the curves that arrive and leave."""

    anchor: Pair
    arriving: Pair
    leaving: Pair

    def transform(self, matrix: Matrix) -> PathPoint:
        """Return the transformed point."""
        return PathPoint(
            matrix.apply(*self.anchor), matrix.apply(*self.arriving), matrix.apply(*self.leaving)
        )


@dataclass(frozen=True, slots=True)
class Subpath:
    """A part of a path."""

    points: tuple[PathPoint, ...]
    is_open: bool = False

    @property
    def segments(self) -> Iterator[tuple[PathPoint, PathPoint]]:
        """Pairs of points with a line or curve between them."""
        last = len(self.points) - (1 if self.is_open else 0)
        for at in range(last):
            yield self.points[at], self.points[(at + 1) % len(self.points)]

    def transform(self, matrix: Matrix) -> Subpath:
        """Return the transformed part."""
        return Subpath(tuple(point.transform(matrix) for point in self.points), self.is_open)


def read_subpaths(node: Node) -> tuple[Subpath, ...]:
    """Return the outline of a page item in its own coordinates."""
    geometry = node.find("Properties", "PathGeometry")
    found = []
    for path in geometry.all("GeometryPathType") if geometry else ():
        points = tuple(
            PathPoint(
                _pair(point.get("Anchor")),
                _pair(point.get("LeftDirection") or point.get("Anchor")),
                _pair(point.get("RightDirection") or point.get("Anchor")),
            )
            for point in path.all("PathPointType")
        )
        if points:
            found.append(Subpath(points, path.is_on("PathOpen")))
    return tuple(found)


def _pair(text: str) -> Pair:
    numbers = [to_number(part) for part in text.split()]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0.0, 0.0)


def read_matrix(node: Node, name: str = "ItemTransform") -> Matrix:
    """Return a page item's transformation into the coordinates of what contains it."""
    numbers = [to_number(part) for part in node.get(name, "1 0 0 1 0 0").split()]
    return Matrix(*numbers) if len(numbers) == 6 else Matrix()


def invert(matrix: Matrix) -> Matrix:
    """Return the inverse; the identity if there is none."""
    det = matrix.a * matrix.d - matrix.b * matrix.c
    if abs(det) < 1e-12:
        return Matrix()
    a, b, c, d = matrix.d / det, -matrix.b / det, -matrix.c / det, matrix.a / det
    return Matrix(a, b, c, d, -(matrix.e * a + matrix.f * c), -(matrix.e * b + matrix.f * d))


def bounds(subpaths: Iterable[Subpath]) -> Box:
    """Return the bounding box of paths, curves included; a point at the origin if there are none."""
    pairs = [pair for one in subpaths for pair in _extremes(one)]
    if not pairs:
        return Box(0.0, 0.0, 0.0, 0.0)
    xs, ys = zip(*pairs, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _extremes(subpath: Subpath) -> Iterator[Pair]:
    """Yield the points of a path, and those of its curves that are farthest in one direction."""
    for point in subpath.points:
        yield point.anchor
    for start, end in subpath.segments:
        curve = start.anchor, start.leaving, end.arriving, end.anchor
        for axis in (0, 1):
            for t in _turning_points(*(pair[axis] for pair in curve)):
                yield _at(curve, t)


def _turning_points(p0: float, p1: float, p2: float, p3: float) -> Iterator[float]:
    """Yield where the derivative of a cubic Bézier curve along one axis is 0, between its ends."""
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    if abs(a) < 1e-9:
        roots = [-c / b] if abs(b) > 1e-9 else []
    else:
        root = b * b - 4 * a * c
        roots = [(-b + sign * math.sqrt(root)) / (2 * a) for sign in (1, -1)] if root >= 0 else []
    yield from (t for t in roots if 0 < t < 1)


def _at(curve: tuple[Pair, ...], t: float) -> Pair:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (
        sum(weight * pair[axis] for weight, pair in zip(weights, curve, strict=True))
        for axis in (0, 1)
    )
    return x, y


def is_rectangle(subpaths: tuple[Subpath, ...]) -> bool:
    """Return True for one closed path that is an upright rectangle in its own coordinates."""
    if len(subpaths) != 1 or subpaths[0].is_open or len(subpaths[0].points) != 4:
        return False
    box = bounds(subpaths)
    corners = {(round(x, 1), round(y, 1)) for x, y in box.corners}
    points = subpaths[0].points
    straight = all(
        math.dist(point.anchor, handle) < FLAT
        for point in points
        for handle in (point.arriving, point.leaving)
    )
    on_corners = all(
        min(math.dist(point.anchor, corner) for corner in box.corners) < FLAT for point in points
    )
    return straight and on_corners and len(corners) == 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A rectangle on the page: its unrotated box about its centre, and its counter-clockwise rotation in degrees.

    `scale` is by how much it is enlarged from its own coordinates, across and down; `is_skewed` if it is sheared as well.
    """

    box: Box
    rotation: float
    scale: Pair
    is_skewed: bool
    is_flipped: bool


def place_box(box: Box, matrix: Matrix) -> Placed:
    """Return where a transformed rectangle is on the page."""
    across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    x, y = matrix.apply(*box.centre)
    width, height = box.width * across, box.height * down
    placed = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    rotation = round(-math.degrees(math.atan2(matrix.b, matrix.a)), 3) % 360
    dot = abs(matrix.a * matrix.c + matrix.b * matrix.d)
    is_skewed = dot > 1e-3 * max(across * down, 1e-9)
    is_flipped = matrix.a * matrix.d - matrix.b * matrix.c < 0
    return Placed(placed, rotation, (across, down), is_skewed, is_flipped)
