"""Rectangles on a page: turned, and cut by one another.

Takes rectangles and maps; gives the upright rectangles that checks measure with. Stands below both readers of art.
"""

from __future__ import annotations

from collections.abc import Iterable

from brochure.geometry import Matrix, Rect


def turned(matrix: Matrix, rect: Rect) -> Rect:
    """The upright rectangle around a rectangle that was moved or turned."""
    corners = ((rect.x, rect.y), (rect.right, rect.y), (rect.x, rect.top), (rect.right, rect.top))
    return around(matrix.apply(*corner) for corner in corners)


def around(points: Iterable[tuple[float, float]]) -> Rect:
    """The upright rectangle around points; there must be one."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def common(rect: Rect, edge: Rect) -> Rect:
    """What two rectangles share; of no size where that is nothing."""
    left, low = max(rect.x, edge.x), max(rect.y, edge.y)
    width, height = min(rect.right, edge.right) - left, min(rect.top, edge.top) - low
    return Rect(left, low, max(0.0, width), max(0.0, height))
