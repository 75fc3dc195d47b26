"""The modules of a QR code, and their outlines.

Takes what the code is to hold; gives its matrix of dark and light modules (ISO/IEC 18004, made by segno) and the contours
around the dark ones, traced as one path, so that no seam shows between neighbours at any resolution.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from brochure.geometry import Rect
from brochure.model.display_list import Outline

QUIET = 4
"""The modules that stay light around the code (ISO/IEC 18004, 6.3.8)."""

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, without the quiet zone; True is dark."""

Corner = tuple[int, int]
"""A corner of modules: columns from the left, rows from the top."""


class Correction(Enum):
    """How much of the code may be damaged and still be read."""

    LOW = "low"
    MEDIUM = "medium"
    QUARTILE = "quartile"
    HIGH = "high"


def matrix(content: str, correction: Correction) -> Matrix | None:
    """The modules of the smallest code with at least this correction; None where no code holds so much."""
    # Imported here: a brochure without a code does not load the encoder.
    import segno

    try:
        code = segno.make_qr(content, error=correction.value[0])
    except segno.DataOverflowError:
        return None
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def outlines(code: Matrix, place: Rect) -> tuple[Outline, ...]:
    """The contours of the dark modules, quiet zone around them, in a square; dark lies left of their way."""
    step = place.width / (len(code) + 2 * QUIET)

    def at(corner: Corner) -> tuple[float, float]:
        return place.x + (corner[0] + QUIET) * step, place.top - (corner[1] + QUIET) * step

    return tuple(
        Outline(at(corners[0]), tuple(at(corner) for corner in corners[1:]))
        for corners in _contours(code)
    )


def _contours(code: Matrix) -> Iterator[list[Corner]]:
    """Closed ways along the edges between dark and light, corners only."""
    ways = _edges(code)
    while ways:
        start = min(ways)
        corners, way = [start], _next(ways, start, (0, 0))
        here = (start[0] + way[0], start[1] + way[1])
        while here != start:
            following = _next(ways, here, way)
            if following != way:
                corners.append(here)
            way = following
            here = (here[0] + way[0], here[1] + way[1])
        yield corners


def _next(ways: dict[Corner, list[Corner]], here: Corner, came: Corner) -> Corner:
    """The way on from a corner, taken out of those that are left; where two modules touch there, the one to the left."""
    left = (came[1], -came[0])
    choices = ways[here]
    chosen = left if left in choices else choices[0]
    choices.remove(chosen)
    if not choices:
        del ways[here]
    return chosen


def _edges(code: Matrix) -> dict[Corner, list[Corner]]:
    """For each corner the directions in which edges leave it, dark to the left of them (rows grow downwards)."""
    size = len(code)

    def dark(column: int, row: int) -> bool:
        return 0 <= column < size and 0 <= row < size and code[row][column]

    ways: dict[Corner, list[Corner]] = {}
    for row in range(size):
        for column in range(size):
            if not code[row][column]:
                continue
            if not dark(column, row + 1):
                ways.setdefault((column, row + 1), []).append((1, 0))
            if not dark(column + 1, row):
                ways.setdefault((column + 1, row + 1), []).append((0, -1))
            if not dark(column, row - 1):
                ways.setdefault((column + 1, row), []).append((-1, 0))
            if not dark(column - 1, row):
                ways.setdefault((column, row), []).append((0, 1))
    return ways
