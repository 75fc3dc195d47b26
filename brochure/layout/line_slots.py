"""Positions in a column where the lines of a paragraph can stand, with the width available to each."""

from __future__ import annotations

import math
from collections.abc import Iterator

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.typeset.lines import LineSlot
from brochure.typeset.style import ParagraphStyle

DESCENT = 0.22
"""Depth of a line below its baseline, in ems, when it is tested against text wrap."""

MIN_WIDTH_BESIDE_HOLE = 4.0
"""Minimum width beside a wrapped object in which a line is set, in ems."""

SLACK = 0.01
"""Tolerance for rounding, in points."""


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """A column of a frame: its rectangle, its baseline grid and the rectangles that its text wraps around.

    In a thread, `page` is the number of its page and `spread` that of the first page of its spread; `frame` is the index of
    its frame. `outer_left` is set if
    the outer margin of the page is at the left.
    """

    rect: Rect
    grid_top: float
    grid_step: float
    holes: tuple[Rect, ...] = ()
    page: int = 0
    spread: int = 0
    outer_left: bool = False
    frame: int = 0


@dataclass(frozen=True, slots=True)
class Pen:
    """The current position in a flow: the column, how far down it is filled, and the space due before the next piece.

    `baseline` is that of the last line, if the last piece was text: text after text keeps its leading.
    """

    column: int
    edge: float
    space: float = 0.0
    baseline: float | None = None
    at_head: bool = True


@dataclass(frozen=True, slots=True)
class LinePosition:
    """A line's baseline, and its slot in the column's own x."""

    baseline: float
    slot: LineSlot


def pen_at_column(columns: tuple[FrameColumn, ...], at: int) -> Pen:
    """Return the pen at the top of a column."""
    return Pen(at, columns[at].rect.top)


@dataclass(frozen=True, slots=True)
class Indent:
    """Indents of a paragraph on both sides of the column, in points."""

    left: float = 0.0
    right: float = 0.0


def line_positions(
    column: FrameColumn,
    pen: Pen,
    style: ParagraphStyle,
    cap_height: float,
    indent: Indent,
    reserve: tuple[float, float] = (0.0, 0.0),
) -> Iterator[LinePosition]:
    """Yield the positions left in the column for lines of this style, downwards from the pen.

    The first line's cap height touches the top of a column and the last baseline its bottom. Descenders extend below, so that
    text and pictures in neighbouring frames align. `reserve` is space that rules and shading take above the capitals of the first
    line and below the last baseline.
    """
    baseline = _first_baseline(column, pen, style, cap_height, reserve[0])
    # Without holes, all lines have one slot. Each paragraph asks for the positions of the whole rest of its column.
    only = None if column.holes else _find_slot(column, baseline, style, cap_height, indent)
    while baseline - reserve[1] >= column.rect.y - SLACK:
        slot = only or _find_slot(column, baseline, style, cap_height, indent)
        if slot:
            yield LinePosition(baseline, slot)
        baseline = _snap_to_grid(column, baseline - style.leading, style)


def _first_baseline(
    column: FrameColumn, pen: Pen, style: ParagraphStyle, cap_height: float, above: float
) -> float:
    if pen.at_head:
        return _snap_to_grid(column, pen.edge - above - cap_height, style)
    space = max(pen.space, style.space_before) + above
    if pen.baseline is not None:
        return _snap_to_grid(column, pen.baseline - space - style.leading, style)
    return _snap_to_grid(column, pen.edge - space - cap_height, style)


def _snap_to_grid(column: FrameColumn, baseline: float, style: ParagraphStyle) -> float:
    """Return the baseline, or the next grid line below it if the style aligns to the grid."""
    if not style.to_grid or column.grid_step <= 0:
        return baseline
    steps = math.ceil((column.grid_top - baseline) / column.grid_step - SLACK)
    return column.grid_top - steps * column.grid_step


def _find_slot(
    column: FrameColumn, baseline: float, style: ParagraphStyle, cap_height: float, indent: Indent
) -> LineSlot | None:
    """Return the widest gap beside the holes at this height; None if all are too narrow."""
    rect = column.rect
    band = Rect(rect.x, baseline - DESCENT * style.type.size, rect.width, 0.0)
    band = Rect(band.x, band.y, band.width, baseline + cap_height - band.y)
    free = [(rect.x, rect.right)]
    blocked = [hole for hole in column.holes if hole.overlaps(band)]
    for hole in blocked:
        free = [part for stretch in free for part in _subtract(stretch, hole)]
    left, right = max(free, key=lambda part: part[1] - part[0], default=(0.0, 0.0))
    if blocked and right - left < MIN_WIDTH_BESIDE_HOLE * style.type.size:
        return None
    width = right - left - indent.left - indent.right
    return LineSlot(left - rect.x + indent.left, width, column.outer_left)


def _subtract(stretch: tuple[float, float], hole: Rect) -> Iterator[tuple[float, float]]:
    left, right = stretch
    if hole.right <= left or hole.x >= right:
        yield stretch
        return
    if hole.x > left:
        yield left, hole.x
    if hole.right < right:
        yield hole.right, right


def move_below_holes(column: FrameColumn, top: float, height: float, width: float) -> float:
    """Return the highest top at or below `top` at which a box of this size overlaps no hole."""
    place = Rect(column.rect.x, top - height, width, height)
    touched = [hole for hole in column.holes if hole.overlaps(place)]
    if not touched:
        return top
    return move_below_holes(column, min(hole.y for hole in touched) - SLACK, height, width)
