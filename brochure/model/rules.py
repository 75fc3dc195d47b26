"""Horizontal lines: solid, dashed and dotted."""

from __future__ import annotations

from dataclasses import replace

from brochure.model.display_list import Outline, Path, Stroke


def draw_line(
    ends: tuple[float, float], y: float, stroke: Stroke, *, is_dotted: bool = False
) -> Path:
    """Return a horizontal line; a dotted one begins and ends with a whole round dot."""
    if is_dotted:
        ends, stroke = _space_dots(ends, stroke)
    return Path((Outline((ends[0], y), ((ends[1], y),), closed=False),), stroke=stroke)


DOT_STEP = 2.0
"""Distance of the centres of two dots, in dots."""


def _space_dots(ends: tuple[float, float], stroke: Stroke) -> tuple[tuple[float, float], Stroke]:
    """Return the ends and the stroke of a dotted line, which begins and ends with a whole dot."""
    dot = stroke.width
    between = max(0.0, ends[1] - ends[0] - dot)
    gaps = max(1, round(between / (DOT_STEP * dot))) if dot else 1
    first = ends[0] + dot / 2
    # A dash of length 0 with round caps is a dot (ISO 32000-1, 8.4.3.6).
    dash = (0.0, between / gaps) if between else ()
    return (first, first + between), replace(stroke, dash=dash, round_cap=True)
