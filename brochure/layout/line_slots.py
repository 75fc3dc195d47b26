"""Seats: the places in a column where the lines of a paragraph may stand.

Takes a column with its baseline grid and the holes that other frames leave in it, and where the pen is; gives the
baselines and measures of the lines that can follow, from the head downwards. Stands before `flow`, which decides which
lines take which seats.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.typeset.lines import LineSlot
from brochure.typeset.style import ParagraphStyle

DESCENT = 0.22
"""How far a line reaches below its baseline, in ems: what it needs to clear a hole."""

NARROWEST = 4.0
"""The least measure beside a hole in which a line is still set, in ems."""

SLACK = 0.01
"""What rounding may add, in points, before something counts as not fitting."""


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """A column that matter flows into: its rectangle, the baseline grid under it, and what it must run around."""

    rect: Rect
    grid_top: float
    grid_step: float
    holes: tuple[Rect, ...] = ()
    frame: int = 0


@dataclass(frozen=True, slots=True)
class Pen:
    """Where the next piece goes: which column, how far down it is filled, and what space is due.

    `baseline` is the last line's, where the last piece was text: text after text keeps its leading.
    """

    column: int
    edge: float
    space: float = 0.0
    baseline: float | None = None
    at_head: bool = True


@dataclass(frozen=True, slots=True)
class LinePosition:
    """Room for one line: its baseline, and the slot in the column's own x."""

    baseline: float
    slot: LineSlot


def start_of_column(columns: tuple[FrameColumn, ...], at: int) -> Pen:
    """The pen at the head of a column."""
    return Pen(at, columns[at].rect.top)


@dataclass(frozen=True, slots=True)
class Indent:
    """How far the lines of a paragraph stand in from both sides of the column, in points."""

    left: float = 0.0
    right: float = 0.0


def line_positions(
    column: FrameColumn, pen: Pen, style: ParagraphStyle, cap_height: float, indent: Indent
) -> Iterator[LinePosition]:
    """The seats left in the column for lines of this style, downwards from the pen.

    A column holds text from the cap height of its first line to the baseline of its last; descenders hang below, so
    that text and pictures in neighbouring frames end on one line.
    """
    baseline = _first(column, pen, style, cap_height)
    while baseline >= column.rect.y - SLACK:
        slot = _slot(column, baseline, style, cap_height, indent)
        if slot:
            yield LinePosition(baseline, slot)
        baseline = _on_grid(column, baseline - style.leading, style)


def _first(column: FrameColumn, pen: Pen, style: ParagraphStyle, cap_height: float) -> float:
    if pen.at_head:
        return _on_grid(column, pen.edge - cap_height, style)
    space = max(pen.space, style.space_before)
    if pen.baseline is not None:
        return _on_grid(column, pen.baseline - space - style.leading, style)
    return _on_grid(column, pen.edge - space - cap_height, style)


def _on_grid(column: FrameColumn, baseline: float, style: ParagraphStyle) -> float:
    """The baseline itself, or the grid's next one below it."""
    if not style.to_grid or column.grid_step <= 0:
        return baseline
    steps = math.ceil((column.grid_top - baseline) / column.grid_step - SLACK)
    return column.grid_top - steps * column.grid_step


def _slot(
    column: FrameColumn, baseline: float, style: ParagraphStyle, cap_height: float, indent: Indent
) -> LineSlot | None:
    """The widest stretch beside the holes at this height; None where it is too narrow to set in."""
    rect = column.rect
    band = Rect(rect.x, baseline - DESCENT * style.type.size, rect.width, 0.0)
    band = Rect(band.x, band.y, band.width, baseline + cap_height - band.y)
    free = [(rect.x, rect.right)]
    blocked = [hole for hole in column.holes if hole.overlaps(band)]
    for hole in blocked:
        free = [part for stretch in free for part in _without(stretch, hole)]
    left, right = max(free, key=lambda part: part[1] - part[0], default=(0.0, 0.0))
    if blocked and right - left < NARROWEST * style.type.size:
        return None
    return LineSlot(left - rect.x + indent.left, right - left - indent.left - indent.right)


def _without(stretch: tuple[float, float], hole: Rect) -> Iterator[tuple[float, float]]:
    left, right = stretch
    if hole.right <= left or hole.x >= right:
        yield stretch
        return
    if hole.x > left:
        yield left, hole.x
    if hole.right < right:
        yield hole.right, right


def below_holes(column: FrameColumn, top: float, height: float, width: float) -> float:
    """The highest top at or below `top` at which a slab of this size touches no hole."""
    place = Rect(column.rect.x, top - height, width, height)
    touched = [hole for hole in column.holes if hole.overlaps(place)]
    if not touched:
        return top
    return below_holes(column, min(hole.y for hole in touched) - SLACK, height, width)
