"""QR code symbols (ISO/IEC 18004), encoded by segno, and the outlines of their dark modules.

All dark modules form one path, so no hairline gaps show between neighbouring modules at any resolution.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from brochure.geometry import Rect
from brochure.model.display_list import Outline

QUIET_ZONE = 4
"""Width of the quiet zone in modules (ISO/IEC 18004, 6.3.8)."""

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, without the quiet zone; True is a dark module."""

Corner = tuple[int, int]
"""A point on the module grid: columns from the left, rows from the top."""


class Correction(Enum):
    """Error correction levels."""

    LOW = "low"
    MEDIUM = "medium"
    QUARTILE = "quartile"
    HIGH = "high"


def encode_qr(content: str, correction: Correction) -> Matrix | None:
    """Return the smallest symbol with at least this correction level, or None if the content is too long."""
    # Imported here so that brochures without QR codes do not load the encoder.
    import segno

    # Without an ECI, readers take bytes for ISO 8859-1, or guess (ISO/IEC 18004, 7.4.2).
    # Byte mode, since segno takes text of some other scripts for kanji.
    level = correction.value[0]
    try:
        if content.isascii():
            code = segno.make_qr(content, error=level)
        else:
            code = segno.make_qr(content, error=level, encoding="utf-8", eci=True, mode="byte")
    except segno.DataOverflowError:
        return None
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def trace_modules(code: Matrix, place: Rect) -> tuple[Outline, ...]:
    """Return the contours of the dark modules, counter-clockwise, for a square that includes the quiet zone."""
    step = place.width / (len(code) + 2 * QUIET_ZONE)

    def to_point(corner: Corner) -> tuple[float, float]:
        return place.x + (corner[0] + QUIET_ZONE) * step, place.top - (
            corner[1] + QUIET_ZONE
        ) * step

    return tuple(
        Outline(to_point(corners[0]), tuple(to_point(corner) for corner in corners[1:]))
        for corners in _contours(code)
    )


def _contours(code: Matrix) -> Iterator[list[Corner]]:
    """Follow the edges between dark and light modules; yield the corners of each closed contour."""
    edges = _edges(code)
    for start in sorted(edges):
        while start in edges:
            yield _follow(edges, start)


def _follow(edges: dict[Corner, list[Corner]], start: Corner) -> list[Corner]:
    """Remove the edges of a contour; return its corners."""
    corners, step = [start], _take_edge(edges, start, (0, 0))
    point = (start[0] + step[0], start[1] + step[1])
    while point != start:
        following = _take_edge(edges, point, step)
        if following != step:
            corners.append(point)
        step = following
        point = (point[0] + step[0], point[1] + step[1])
    return corners


def _take_edge(edges: dict[Corner, list[Corner]], point: Corner, arrival: Corner) -> Corner:
    """Remove and return the next edge from a corner; where two modules touch there, the one to the left."""
    left = (arrival[1], -arrival[0])
    choices = edges[point]
    chosen = left if left in choices else choices[0]
    choices.remove(chosen)
    if not choices:
        del edges[point]
    return chosen


def _edges(code: Matrix) -> dict[Corner, list[Corner]]:
    """Return the directions of the edges that leave each corner, dark modules to their left (rows grow downwards)."""
    size = len(code)

    def is_dark(column: int, row: int) -> bool:
        return 0 <= column < size and 0 <= row < size and code[row][column]

    edges: dict[Corner, list[Corner]] = {}
    for row in range(size):
        for column in range(size):
            if not code[row][column]:
                continue
            if not is_dark(column, row + 1):
                edges.setdefault((column, row + 1), []).append((1, 0))
            if not is_dark(column + 1, row):
                edges.setdefault((column + 1, row + 1), []).append((0, -1))
            if not is_dark(column, row - 1):
                edges.setdefault((column + 1, row), []).append((-1, 0))
            if not is_dark(column - 1, row):
                edges.setdefault((column, row), []).append((0, 1))
    return edges
