"""Waffle chart: shares of a whole, or counted things, as squares, dots or people.

A hundred squares are the whole, and each is one per cent; the squares are rounded so that they add up to a hundred. `each: 10`
counts instead: one square represents 10, and the last one of a share the rest. Shares without a `colour` of their own get
tints of the chart's colour. Figures and labels are beside the squares, or below them in a narrow column. Values must not be
negative.

The entries can be read from a CSV, TSV or XLSX file: `from: aid.csv`.

Example:
    - waffle-chart:
        - {label: aid.rescue, value: 45, colour: ember}
        - {label: aid.aftercare, value: 35}
        - {label: aid.training, value: 20}
      title: aid.title
      alt: aid.alt

    - waffle-chart:
        - {label: staff.women, value: 64, colour: ember}
        - {label: staff.men, value: 36}
      each: 2
      shape: person
      alt: staff.alt
"""

from __future__ import annotations

import math
from enum import Enum
from typing import Annotated

from brochure.blocks._shapes import ClipShape, rounded_rectangle, shape_outline
from brochure.blocks.charts.canvas import ChartCanvas, frame_chart
from brochure.blocks.charts.chart import (
    Chart,
    Entries,
    entries_of,
    format_value,
    note_low,
    read_chart_data,
    resolve_values,
)
from brochure.blocks.charts.colours import share_paints
from brochure.blocks.charts.labels import entry_label, figure_label, label_style, value_style
from brochure.blocks.charts.legend import Legend
from brochure.blocks.charts.ring import RingPart
from brochure.blocks.charts.shares import round_shares
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Outline
from brochure.model.galley import Galley, GalleyBox
from brochure.spec.constraints import Bounds
from brochure.typeset.style import Align

MAX_UNITS = 1_000
"""Squares of one chart."""
MAX_COLUMNS = 50


class UnitShape(Enum):
    """Shapes of the units."""

    SQUARE = "square"
    DOT = "dot"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class WaffleChart(Chart):
    """A waffle chart."""

    data: Entries
    each: Annotated[
        float | None, "what one square represents (default: one per cent of the whole)"
    ] = None
    columns: Annotated[int, Bounds(1, MAX_COLUMNS), "number of squares in a row"] = 10
    shape: Annotated[UnitShape, "square, dot or person"] = UnitShape.SQUARE


FILL = {UnitShape.SQUARE: 0.88, UnitShape.DOT: 0.84, UnitShape.PERSON: 0.9}
"""Size of a shape as a fraction of its cell."""
ASPECTS = {UnitShape.SQUARE: 1.0, UnitShape.DOT: 1.0, UnitShape.PERSON: 1.9}
"""Height of a cell as a fraction of its width."""
WIDTH_SHARE, MAX_WIDTH = 0.4, 150.0
"""Default width of the grid: this fraction of the measure, with a maximum in points."""
GAP, BELOW_GAP = 2.0, 1.5
"""Between the grid and the labels, in ems."""
MIN_CELL, MAX_CELL = 3.0, 24.0
PERCENT = 100.0


def galley(block: WaffleChart, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    read = read_chart_data(block, context, decimals=block.each is not None)
    if read is None:
        return ()
    values = resolve_values(read, context)
    problem = _problem(read, values)
    if problem:
        context.note(
            "chart-share", f"a waffle-chart cannot show these values: {problem}", block.span
        )
    if problem or not values:
        return ()
    plot = WafflePlot(read, ChartCanvas(context), [value or 0.0 for value in values])
    return frame_chart(read, context, plot.draw())


def _problem(block: WaffleChart, values: tuple[float | None, ...]) -> str:
    """Return why the values cannot be counted in squares, or an empty string."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return "one of them is not known; all values are required"
    if min(known, default=0.0) < 0:
        return f"{min(known):g} is negative; values of 0 or more are required"
    if known and sum(known) == 0:
        return "their sum is 0; at least one positive value is required"
    if block.each is not None and block.each <= 0:
        return f"each: {block.each:g} is not a positive number"
    if block.each and sum(known) / block.each > MAX_UNITS:
        count = sum(known) / block.each
        return f"they need {count:,.0f} squares; the maximum is {MAX_UNITS:,}; increase 'each'"
    return ""


class WafflePlot:
    """Lays out and draws one waffle chart."""

    def __init__(self, block: WaffleChart, canvas: ChartCanvas, values: list[float]) -> None:
        self.block, self.canvas, self.context = block, canvas, canvas.context
        style = label_style(block, self.context)
        self.em, self.cap = style.type.size, self.context.cap_height(style.type)
        self.counts, texts = self._count(values)
        self.parts = self._parts(texts)
        self.rows = -(-sum(self.counts) // block.columns)

    def _count(self, values: list[float]) -> tuple[list[int], list[str]]:
        """Return the squares of each entry, and its figure."""
        if self.block.each is not None:
            each = self.block.each
            counts = [math.ceil(value / each - 1e-9) for value in values]
            return counts, [format_value(value, self.block, self.context) for value in values]
        total = sum(values)
        shares = [value / total for value in values]
        counts = [round(value) for value in round_shares(shares, 0)[0]]
        percentages, places = round_shares(shares, self.block.decimals)
        pattern = f"::percent .{'0' * places}" if places else "::percent precision-integer"
        return counts, [self.context.figure(value, pattern) for value in percentages]

    def _parts(self, texts: list[str]) -> list[RingPart]:
        paints = share_paints(self.block, self.context)
        style = label_style(self.block, self.context)
        bold = value_style(self.block, self.context, Align.END)
        return [
            RingPart(
                0.0,
                0.0,
                paint,
                figure_label(text, bold, self.context),
                entry_label(datum, style, self.context),
            )
            for datum, paint, text in zip(entries_of(self.block), paints, texts, strict=True)
        ]

    def draw(self) -> GalleyBox:
        """Draw the squares, with the labels beside them if they fit, else below."""
        legend = Legend(self.canvas, self.parts, self.em, self.cap)
        measure = self.context.measure
        cell = self._cell(self.context.points(self.block.height))
        width = cell * self.block.columns
        beside = measure - width - GAP * self.em
        if beside >= legend.preferred_width:
            grid = cell * ASPECTS[self.block.shape] * self.rows
            words = legend.height(beside)
            height = max(grid, words)
            self._draw_units(cell, (grid - height) / 2)
            legend.draw(width + GAP * self.em, (words - height) / 2, beside)
            return self.canvas.to_slab(height, self.block.span)
        if measure < legend.min_width:
            message = "the labels of the chart do not fit"
            hint = "shorten them, reduce the text size, or use a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)
        words = legend.height(measure) + BELOW_GAP * self.em
        height = self.context.points(self.block.height)
        cell = self._cell(height - words if height else 0.0)
        grid = cell * ASPECTS[self.block.shape] * self.rows
        self._draw_units(cell, 0.0)
        legend.draw(0.0, -grid - BELOW_GAP * self.em, measure)
        return self.canvas.to_slab(grid + words, self.block.span)

    def _cell(self, height: float) -> float:
        """Return the width of a cell for a height of the grid; 0 for the default height."""
        measure = self.context.measure
        if not self.block.height:
            natural = min(MAX_WIDTH, WIDTH_SHARE * measure) / self.block.columns
            return min(max(natural, MIN_CELL), MAX_CELL, measure / self.block.columns)
        cell = height / self.rows / ASPECTS[self.block.shape]
        if cell < MIN_CELL:
            needed = self.context.points(self.block.height) - height
            needed += MIN_CELL * ASPECTS[self.block.shape] * self.rows
            note_low(self.block, self.context, needed, "squares and labels")
        return min(max(cell, MIN_CELL), measure / self.block.columns)

    def _draw_units(self, cell: float, top: float) -> None:
        """Draw the squares row by row from the start edge; those of one entry are one path."""
        tall = cell * ASPECTS[self.block.shape]
        at = 0
        for part, count in zip(self.parts, self.counts, strict=True):
            outlines: list[Outline] = []
            for number in range(at, at + count):
                row, column = divmod(number, self.block.columns)
                rect = Rect(column * cell, top - (row + 1) * tall, cell, tall)
                outlines += unit_outlines(self.block.shape, rect)
            at += count
            if outlines:
                self.canvas.draw_shape(outlines, part.paint)


def unit_outlines(shape: UnitShape, cell: Rect) -> list[Outline]:
    """Return the outlines of a unit in its cell."""
    size = FILL[shape] * cell.width
    x, y = cell.x + (cell.width - size) / 2, cell.y + (cell.width - size) / 2
    if shape is UnitShape.SQUARE:
        return [shape_outline(ClipShape.RECTANGLE, Rect(x, y, size, size))]
    if shape is UnitShape.DOT:
        return [shape_outline(ClipShape.ELLIPSE, Rect(x, y, size, size))]
    return _person(cell)


def _person(cell: Rect) -> list[Outline]:
    """Return a head and a body with round shoulders, over two legs."""
    width, height = 0.66 * cell.width, 0.94 * cell.height
    left, low = cell.x + (cell.width - width) / 2, cell.y + (cell.height - height) / 2
    middle, head = left + width / 2, 0.13 * height
    top = low + height
    circle = Rect(middle - head, top - 2 * head, 2 * head, 2 * head)
    chest = Rect(left, low + 0.33 * height, width, 0.375 * height)
    leg, gap = 0.27 * width, 0.06 * width
    legs = [
        Rect(middle - gap / 2 - leg, low, leg, 0.42 * height),
        Rect(middle + gap / 2, low, leg, 0.42 * height),
    ]
    return [
        shape_outline(ClipShape.ELLIPSE, circle),
        rounded_rectangle(chest, 0.28 * width, 0.28 * width),
        *(rounded_rectangle(one, 0.4 * leg, 0.4 * leg) for one in legs),
    ]
