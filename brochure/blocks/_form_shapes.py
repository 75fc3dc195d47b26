"""Shapes of printed forms: boxes to tick, rows of boxes for single characters, and scissors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from brochure.blocks._shapes import rounded_rectangle
from brochure.geometry import Rect
from brochure.model.display_list import Outline, Path, Stroke, outline_rect


def draw_tick_box(x: float, y: float, size: float, stroke: Stroke) -> Path:
    """Return a square with its lower left corner at (x, y); the line is inside it."""
    return Path((outline_rect(Rect(x, y, size, size).expand(-stroke.width / 2)),), stroke=stroke)


def draw_comb(starts: Sequence[float], y: float, size: tuple[float, float], stroke: Stroke) -> Path:
    """Return boxes of this size with these left edges; neighbours have their line in common."""
    width, height = size
    lefts = sorted(starts)
    outlines: list[Outline] = []
    first = lefts[0]
    for left, following in [*pairwise(lefts), (lefts[-1], None)]:
        if following is None or following > left + width + 0.01:
            outlines.append(outline_rect(Rect(first, y, left + width - first, height)))
            first = following if following is not None else first
        else:
            outlines.append(Outline((following, y), ((following, y + height),), closed=False))
    return Path(tuple(outlines), stroke=stroke)


RINGS = ((1.9, 2.6), (1.9, -2.6))
"""Centres of the rings of scissors of size 10, from their start and their middle line."""
RING_RADIUS = 1.6
BLADES = (((3.2, 1.7), (10.0, -2.2)), ((3.2, -1.7), (10.0, 2.2)))


def draw_scissors(x: float, y: float, size: float, stroke: Stroke, *, mirrored: bool) -> Path:
    """Return open scissors that begin at x and cut along y; `mirrored`: to the left."""
    scale = size / 10
    direction = -scale if mirrored else scale
    outlines = []
    for ring_x, ring_y in RINGS:
        centre = x + direction * ring_x, y + scale * ring_y
        radius = scale * RING_RADIUS
        rect = Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)
        outlines.append(rounded_rectangle(rect, radius, radius))
    for start, end in BLADES:
        points = [(x + direction * px, y + scale * py) for px, py in (start, end)]
        outlines.append(Outline(points[0], (points[1],), closed=False))
    return Path(tuple(outlines), stroke=Stroke(stroke.paint, max(stroke.width, 0.7)))
