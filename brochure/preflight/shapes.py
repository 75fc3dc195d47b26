"""Which points a filled path covers (ISO 32000-1, 8.5.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix
from brochure.model.display_list import Outline

Point = tuple[float, float]
Polygon = tuple[Point, ...]

CURVE_STEPS = 12
"""Straight lines in place of a Bézier curve; a quarter circle is then accurate to 0.1 % of its radius."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The outlines of a filled path, and what they are clipped to, both transformed by `matrix`."""

    outlines: tuple[Outline, ...]
    even_odd: bool = False
    clip: tuple[Outline, ...] = ()
    matrix: Matrix = IDENTITY

    def covered(self, points: Iterable[Point]) -> set[Point]:
        """Return those of the points that the shape covers."""
        inside = _find_inside(points, self.outlines, self.matrix, even_odd=self.even_odd)
        if not self.clip or not inside:
            return inside
        return _find_inside(inside, self.clip, self.matrix, even_odd=False)


def _find_inside(
    points: Iterable[Point], outlines: tuple[Outline, ...], matrix: Matrix, *, even_odd: bool
) -> set[Point]:
    """Return the points inside outlines."""
    polygons = _polygons(outlines, matrix)
    corners = _find_corners(polygons)
    if corners is None:
        return {point for point in points if _is_inside(point, polygons, even_odd)}
    # Most shapes are rectangles. The result is that of `_is_inside`: the left and the lower edge belong to them.
    (left, low), (right, high) = corners
    return {(x, y) for x, y in points if left <= x < right and low <= y < high}


@lru_cache(maxsize=256)
def _find_corners(polygons: Sequence[Polygon]) -> tuple[Point, Point] | None:
    """Return the lower left and the upper right corner of a rectangle parallel to the axes; None for other polygons."""
    if len(polygons) != 1 or not 4 <= len(polygons[0]) <= 5:
        return None
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = polygons[0][:4]
    is_closed = polygons[0][4:] in ((), polygons[0][:1])
    is_upright = ax == bx and by == cy and cx == dx and dy == ay
    is_level = ay == by and bx == cx and cy == dy and dx == ax
    if not is_closed or not (is_upright or is_level):
        return None
    return (min(ax, cx), min(ay, cy)), (max(ax, cx), max(ay, cy))


@lru_cache(maxsize=256)
def _polygons(outlines: Sequence[Outline], matrix: Matrix) -> tuple[Polygon, ...]:
    """Return the outlines as closed polygons on the page."""
    return tuple(tuple(matrix.apply(*point) for point in _flatten(one)) for one in outlines)


def _flatten(outline: Outline) -> Iterator[Point]:
    yield outline.start
    x0, y0 = outline.start
    for segment in outline.segments:
        if len(segment) == 2:
            yield segment[0], segment[1]
        else:
            x1, y1, x2, y2, x3, y3 = segment
            for step in range(1, CURVE_STEPS + 1):
                t = step / CURVE_STEPS
                a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
                yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
        x0, y0 = segment[-2], segment[-1]


def _is_inside(point: Point, polygons: Iterable[Polygon], even_odd: bool) -> bool:  # noqa: FBT001
    """Return True if a point is inside, by its winding number or by the number of crossings."""
    x, y = point
    winding = crossings = 0
    for polygon in polygons:
        (x0, y0) = polygon[-1]
        for x1, y1 in polygon:
            if (y0 <= y) != (y1 <= y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                winding += 1 if y1 > y0 else -1
                crossings += 1
            x0, y0 = x1, y1
    return crossings % 2 == 1 if even_odd else winding != 0
