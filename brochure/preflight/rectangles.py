"""Bounding boxes and intersections of rectangles on a page."""

from __future__ import annotations

from collections.abc import Iterable

from brochure.geometry import Matrix, Rect


def transform_rect(matrix: Matrix, rect: Rect) -> Rect:
    """Return the bounding box of a transformed rectangle."""
    corners = ((rect.x, rect.y), (rect.right, rect.y), (rect.x, rect.top), (rect.right, rect.top))
    return bounding_box(matrix.apply(*corner) for corner in corners)


def bounding_box(points: Iterable[tuple[float, float]]) -> Rect:
    """Return the bounding box of one or more points."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def intersect(rect: Rect, other: Rect) -> Rect:
    """Return the intersection of two rectangles; its width or height is 0 if they do not overlap."""
    left, low = max(rect.x, other.x), max(rect.y, other.y)
    width, height = min(rect.right, other.right) - left, min(rect.top, other.top) - low
    return Rect(left, low, max(0.0, width), max(0.0, height))
