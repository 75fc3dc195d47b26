"""Column chart: vertical columns, each with a figure above it and a label below.

Use it for a few figures or a series of years; a `bar-chart` has more space for long labels. If the columns are too close
together for figures, an axis with hairlines shows the values, and only every second or third label is printed if the labels
are years. Columns always start at 0. They have a light tint of `colour`; give the column you want to highlight its own
`colour`.

An entry with a list of values has a column for each, side by side, or on top of each other with `stacked: yes`; negative values
are stacked downwards. `series` names them. The names are beside the last column if it shows all of them, else above the chart.

The entries can be read from a CSV, TSV or XLSX file: `from: finance.csv`; `value: [grants, shops]` reads several columns.

Example:
    - column-chart:
        - {label: years.y2004, value: 100}
        - {label: years.y2014, value: index_now, colour: ember}
      title: years.title
      alt: years.alt
      source: years.source
      height: 45 mm

    - column-chart:
        - {label: years.y2024, value: [1204, 642, 88]}
        - {label: years.y2025, value: [1388, 610, 97]}
      series: [income.grants, income.contracts, income.shops]
      stacked: yes
      alt: income.alt
"""

from __future__ import annotations

import math

from brochure.blocks.charts.axis import (
    Axis,
    AxisLimits,
    ValueRange,
    axis_limits,
    choose_ticks,
    fit_axis,
    with_shared_axis,
)
from brochure.blocks.charts.canvas import GRID, HAIRLINE, ChartCanvas, frame_chart
from brochure.blocks.charts.chart import (
    QUIET,
    Datum,
    chart_height,
    chart_paint,
    entries_of,
    format_tick,
    format_value,
    label_paint,
    label_text,
    read_chart_data,
    resolve_values,
    tint_paint,
)
from brochure.blocks.charts.column_stacks import ColumnFields, ColumnStacks
from brochure.blocks.charts.labels import (
    DROP,
    Label,
    entry_label,
    figure_label,
    label_style,
    message_label,
    scale_style,
    value_style,
)
from brochure.blocks.charts.series import has_series
from brochure.blocks.charts.stacks import frame_stacks
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.model.galley import Galley, GalleyBox
from brochure.typeset.style import Align


@dataclass(frozen=True, slots=True)
class ColumnChart(ColumnFields):
    """A column chart."""


# In ems of the labels.
FIGURE_GAP, NOTE_GAP, LABEL_GAP, TICK_GAP, SEPARATION = 0.5, 0.35, 0.65, 0.6, 0.4
MAX_WIDTH = 12.0
SHARE = 0.62
"""Width of a column as a fraction of its slot."""
HEIGHT_SHARE, MIN_HEIGHT, MAX_HEIGHT = 0.5, 96.0, 190.0
"""Default height: this fraction of the measure, within these limits in points."""
MIN_LENGTH = 24.0
SIZES = (1.0, 0.9, 0.8)
"""Text sizes to try before figures are left out."""


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One column with its shaped text."""

    datum: Datum
    value: float | None
    label: Label
    figure: Label
    note: Label | None


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Layout of a column chart in points: ticks, text sizes, width of a slot, and whether figures are shown."""

    columns: tuple[ChartColumn, ...]
    ticks: tuple[tuple[float, Label], ...]
    em: float
    cap: float
    margin: float
    slot: float
    shown: bool
    every: int = 1

    @property
    def text_width(self) -> float:
        """Width available for text within a slot."""
        return self.slot - SEPARATION * self.em

    def fits(self) -> bool:
        """Return True if labels and figures do not touch."""
        figures = (column.figure.natural_width for column in self.columns if self.shown)
        notes = (column.note.min_width for column in self.columns if self.shown and column.note)
        words = (column.label.min_width for column in self.columns if self.every == 1)
        return max((*figures, *notes, *words), default=0.0) <= self.text_width


def galley(block: ColumnChart, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    block = with_shared_axis(block, context)
    if has_series(block) or block.notes:
        return frame_stacks(block, context, ColumnStacks)
    charted = read_chart_data(block, context)
    if charted is None:
        return ()
    block = charted
    values = resolve_values(block, context)
    if not values:
        return ()
    planner = ColumnPlanner(
        block, context, values, axis_limits(block, values, context, to_ticks=block.ticks)
    )
    columns = ColumnPlot(block, ChartCanvas(context), planner.plan(), planner.bounds)
    return frame_chart(block, context, columns.draw())


@dataclass(frozen=True, slots=True)
class ColumnPlanner:
    """Chooses text size, figures and labels of a column chart."""

    block: ColumnChart
    context: BlockContext
    values: tuple[float | None, ...]
    bounds: AxisLimits

    def plan(self) -> ColumnPlan:
        """Return the layout with the largest text that fits; without figures if they do not fit."""
        for shown in [True, False] if self.block.values else [False]:
            for size in SIZES:
                plan = self._sized(size, shown=shown)
                if plan.fits():
                    return plan
        widest = max(column.label.min_width for column in plan.columns)
        message = (
            f"a label is {widest:.0f} pt wide, but only {plan.text_width:.0f} pt are available"
        )
        hint = "shorten it, or use a bar-chart"
        self.context.note("chart-crowded", message, self.block.span, hint)
        return plan

    def _sized(self, size: float, *, shown: bool) -> ColumnPlan:
        block, context = self.block, self.context
        style = scale_style(label_style(block, context, Align.END), size)
        em = style.type.size
        ticks = self.bounds.ticks() if block.ticks or (block.values and not shown) else ()
        labels = [figure_label(format_tick(tick, block, context), style, context) for tick in ticks]
        margin = max((label.natural_width + TICK_GAP * em for label in labels), default=0.0)
        pairs = zip(entries_of(self.block), self.values, strict=True)
        columns = tuple(self._column(datum, value, size) for datum, value in pairs)
        slot = (context.measure - margin) / len(self.values)
        return ColumnPlan(
            columns,
            tuple(zip(ticks, labels, strict=True)),
            em,
            context.cap_height(style.type),
            margin,
            slot,
            shown,
            self._every(columns, slot, SEPARATION * em),
        )

    def _every(self, columns: tuple[ChartColumn, ...], slot: float, apart: float) -> int:
        """Return n so that every n-th label fits; 1 unless all labels are numbers, which readers can interpolate."""
        texts = [label_text(column.datum, self.context) for column in columns]
        if not all(text.isdecimal() for text in texts):
            return 1
        widest = max(column.label.natural_width for column in columns)
        # The outermost labels are shifted in by their overhang, so they need more than their width.
        needed = widest + max(0.0, widest - slot) / 2 + apart
        return min(len(columns), math.ceil(needed / slot))

    def _column(self, datum: Datum, value: float | None, size: float) -> ChartColumn:
        block, context = self.block, self.context
        style = scale_style(label_style(block, context, Align.CENTRE), size)
        bold = scale_style(value_style(block, context, Align.CENTRE), size)
        return ChartColumn(
            datum,
            value,
            entry_label(datum, style, context),
            figure_label(format_value(value, block, context), bold, context),
            message_label(datum.note, style, context) if datum.note else None,
        )


class ColumnPlot:
    """Draws one column chart."""

    def __init__(
        self, block: ColumnChart, canvas: ChartCanvas, plan: ColumnPlan, bounds: AxisLimits
    ) -> None:
        self.block, self.canvas, self.plan, self.bounds = block, canvas, plan, bounds
        self.context = canvas.context
        self.em = plan.em
        self.ink = label_paint(block, self.context)
        widths = [
            plan.text_width if plan.every == 1 else column.label.natural_width
            for column in plan.columns
        ]
        pairs = zip(plan.columns, widths, strict=True)
        self.labels = [canvas.typeset(column.label, width) for column, width in pairs]
        self.heads = [self._head(column) for column in plan.columns]
        self.foot = (LABEL_GAP + DROP) * self.em + max(label.height for label in self.labels)

    def draw(self) -> GalleyBox:
        """Draw hairlines, columns with their text, and the base line."""
        height = self._height()
        axis = self._axis(height - self.foot)
        low = self.foot - height
        self._draw_grid(axis, low)
        for index, column in enumerate(self.plan.columns):
            middle = self.plan.margin + (index + 0.5) * self.plan.slot
            self._draw_column(column, middle, low, axis)
            # Counted from the last label, the most recent figure.
            if (len(self.labels) - 1 - index) % self.plan.every == 0:
                self._draw_label(index, middle, low - LABEL_GAP * self.em)
            if self.plan.shown:
                self._draw_head(index, middle, low + axis.at(column.value or 0.0))
        zero = low + axis.at(0.0)
        ends = [(self.plan.margin, zero), (self.context.measure, zero)]
        self.canvas.draw_line(ends, Stroke(self.ink, HAIRLINE))
        return self.canvas.to_slab(height, self.block.span)

    def _height(self) -> float:
        least = self.foot + max((height for _, height in self.heads), default=0.0) + MIN_LENGTH
        preferred = min(MAX_HEIGHT, max(MIN_HEIGHT, HEIGHT_SHARE * self.context.measure))
        return chart_height(self.block, self.context, least, preferred)

    def _head(self, column: ChartColumn) -> tuple[tuple[GalleyBox, ...], float]:
        """Return figure and note, and their height including the gap to the column."""
        if not self.plan.shown:
            return (), 0.0
        figure = self.canvas.typeset(column.figure, self.plan.text_width)
        height = FIGURE_GAP * self.em + figure.height
        if not column.note:
            return (figure,), height
        note = self.canvas.typeset(column.note, self.plan.text_width)
        return (figure, note), height + (NOTE_GAP + DROP) * self.em + note.height

    def _axis(self, length: float) -> Axis:
        reaches = []
        for column, (_, height) in zip(self.plan.columns, self.heads, strict=True):
            value = column.value or 0.0
            below = height + DROP * self.em if value < 0 else 0.0
            reaches.append(ValueRange(value, below, 0.0 if value < 0 else height))
        half = self.plan.cap / 2
        reaches += [ValueRange(tick, half, half) for tick, _ in self.plan.ticks]
        return fit_axis(self.bounds, length, reaches)

    def _draw_grid(self, axis: Axis, low: float) -> None:
        """Draw tick labels at the start edge, as many as fit, and hairlines if the columns have no figures."""
        stroke = Stroke(tint_paint(self.ink, QUIET), GRID)
        values = [tick for tick, _ in self.plan.ticks]
        chosen = choose_ticks(axis, values, [self.plan.cap] * len(values), self.em)
        for index, (tick, label) in enumerate(self.plan.ticks):
            y = low + axis.at(tick)
            if not self.plan.shown:
                self.canvas.draw_line([(self.plan.margin, y), (self.context.measure, y)], stroke)
            if index in chosen:
                box = self.canvas.typeset(label, self.plan.margin - TICK_GAP * self.em)
                self.canvas.draw_text(box, 0.0, y + box.height / 2)

    def _draw_column(self, column: ChartColumn, middle: float, low: float, axis: Axis) -> None:
        slot = self.plan.slot
        width = slot * SHARE
        if self.block.gap:
            width = max(0.1 * slot, slot - self.context.points(self.block.gap))
        width = min(width, MAX_WIDTH * self.em)
        zero, end = (low + axis.at(value) for value in (0.0, column.value or 0.0))
        quiet = tint_paint(chart_paint(self.block, self.context), QUIET)
        paint = self.context.paint(column.datum.colour) or quiet
        rect = Rect(middle - width / 2, min(zero, end), width, abs(end - zero))
        self.canvas.draw_box(rect, paint)

    def _draw_label(self, index: int, middle: float, top: float) -> None:
        box = self.labels[index]
        x = min(middle - box.width / 2, self.context.measure - box.width)
        self.canvas.draw_text(box, max(0.0, x), top)

    def _draw_head(self, index: int, middle: float, end: float) -> None:
        """Draw figure and note above the column, or below a negative column."""
        boxes, height = self.heads[index]
        value = self.plan.columns[index].value or 0.0
        top = end - FIGURE_GAP * self.em if value < 0 else end + height
        for box in boxes:
            self.canvas.draw_text(box, middle - self.plan.text_width / 2, top)
            top -= box.height + NOTE_GAP * self.em
