"""Bar chart: horizontal bars, each with a label and a figure.

Labels are set beside the bars, or above them in a narrow column or if they are long. Bars always start at 0: `axis: 0..100`
can extend the axis but not truncate it. Bars have a light tint of `colour`; give the bar you want to highlight its own
`colour`. Write `value: none` if a figure is not known.

An entry with a list of values has a bar for each, side by side, or end to end with `stacked: yes`. `series` names them.

The entries can be read from a CSV, TSV or XLSX file: `from: finance.csv`; `value: [grants, shops]` reads several columns.

Example:
    - bar-chart:
        - {label: regions.north, value: 1775}
        - {label: regions.south, value: convicted, colour: ember}
      title: regions.title
      alt: regions.alt
      source: regions.source
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import accumulate
from typing import Annotated

from brochure.blocks.charts.axis import (
    Axis,
    AxisLimits,
    ValueRange,
    axis_limits,
    choose_ticks,
    fit_axis,
    with_shared_axis,
)
from brochure.blocks.charts.bar_stacks import BarStacks
from brochure.blocks.charts.canvas import GRID, HAIRLINE, ChartCanvas, frame_chart
from brochure.blocks.charts.chart import (
    QUIET,
    Datum,
    chart_paint,
    entries_of,
    format_tick,
    format_value,
    label_paint,
    note_low,
    read_chart_data,
    resolve_values,
    tint_paint,
)
from brochure.blocks.charts.labels import (
    DROP,
    Label,
    entry_label,
    figure_label,
    label_style,
    measure_lines,
    message_label,
    value_style,
)
from brochure.blocks.charts.series import has_series
from brochure.blocks.charts.stacks import StackChart, frame_stacks
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.model.galley import Galley, GalleyBox


class BarLabels(Enum):
    """Position of the labels."""

    BESIDE = "beside"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class BarChart(StackChart):
    """A bar chart."""

    labels: Annotated[
        BarLabels | None,
        "position of the labels: `beside` or `above` the bars (default: beside if they fit)",
    ] = None


# In ems of the labels.
THICKNESS, MAX_THICKNESS = 1.35, 2.6
GAP, GAP_ABOVE = 0.8, 1.1
LABEL_GAP, FIGURE_GAP, NOTE_GAP, COLUMN_GAP, TICK_GAP = 0.4, 0.45, 0.4, 0.9, 0.7

MAX_COLUMN_WIDTH = 0.42
"""Maximum width of the labels beside the bars, as a fraction of the measure."""
MAX_LINES = 3
MIN_LENGTH = 0.2
"""Minimum length of the axis, as a fraction of the measure, so that bars can be compared."""


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar with its shaped text."""

    datum: Datum
    value: float | None
    label: Label
    figure: Label
    note: Label | None

    def width(self, em: float) -> float:
        """Return the width of figure and note, with the gap between bar and figure."""
        note = NOTE_GAP * em + self.note.natural_width if self.note else 0.0
        return FIGURE_GAP * em + self.figure.natural_width + note

    def reach(self, em: float) -> ValueRange:
        """Return how far figure and note extend beyond the end of the bar."""
        width, value = self.width(em), self.value or 0.0
        return ValueRange(value, low=width) if value < 0 else ValueRange(value, high=width)


@dataclass(frozen=True, slots=True)
class BarPlan:
    """Layout of a bar chart in points: axis, label column, start of the plot, tops and heights of rows, thickness of bars."""

    axis: Axis
    column: float
    plot: float
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    thick: float

    @property
    def foot(self) -> float:
        """The y coordinate of the lower edge."""
        return self.tops[-1] - self.heights[-1]


def galley(block: BarChart, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    block = with_shared_axis(block, context)
    if has_series(block):
        return frame_stacks(block, context, BarStacks)
    charted = read_chart_data(block, context)
    if charted is None:
        return ()
    block = charted
    values = resolve_values(block, context)
    if not values:
        return ()
    pairs = zip(entries_of(block), values, strict=True)
    rows = [_row(datum, value, block, context) for datum, value in pairs]
    bars = BarPlot(
        block, ChartCanvas(context), rows, axis_limits(block, values, context, to_ticks=block.ticks)
    )
    return frame_chart(block, context, bars.draw())


def _row(datum: Datum, value: float | None, block: BarChart, context: BlockContext) -> BarRow:
    style = label_style(block, context)
    text = format_value(value, block, context)
    return BarRow(
        datum,
        value,
        entry_label(datum, style, context),
        figure_label(text, value_style(block, context), context),
        message_label(datum.note, style, context) if datum.note else None,
    )


class BarPlot:
    """Lays out and draws one bar chart."""

    def __init__(
        self, block: BarChart, canvas: ChartCanvas, rows: Sequence[BarRow], bounds: AxisLimits
    ) -> None:
        self.block, self.canvas, self.rows, self.bounds = block, canvas, rows, bounds
        self.context = canvas.context
        style = label_style(block, self.context)
        self.em, self.cap = style.type.size, self.context.cap_height(style.type)
        self.ink = label_paint(block, self.context)
        self.ticks = bounds.ticks() if block.ticks else ()
        self.tick_labels = [
            figure_label(format_tick(tick, block, self.context), style, self.context)
            for tick in self.ticks
        ]
        self.head = self.cap + TICK_GAP * self.em if self.ticks else 0.0

    def draw(self) -> GalleyBox:
        """Draw the chart, with the labels beside the bars if they fit, else above."""
        beside = self._plan_beside()
        labels = self.block.labels
        if labels is BarLabels.BESIDE or (labels is None and self._fits_beside(beside)):
            plan, draw_rows = beside, self._draw_beside
        else:
            plan, draw_rows = self._plan_above(), self._draw_above
        self._note_crowded(plan)
        self._draw_grid(plan)
        draw_rows(plan)
        return self.canvas.to_slab(-plan.foot, self.block.span)

    def _fits_beside(self, plan: BarPlan) -> bool:
        lines = max(measure_lines(row.label, plan.column + 0.01)[0] for row in self.rows)
        words_fit = max(row.label.min_width for row in self.rows) <= plan.column + 0.01
        return words_fit and lines <= MAX_LINES and plan.axis.length >= 2 * self._min_length

    @property
    def _min_length(self) -> float:
        return MIN_LENGTH * self.context.measure

    def _note_crowded(self, plan: BarPlan) -> None:
        widest = max(row.label.min_width for row in self.rows)
        available = plan.column or self.context.measure
        if plan.axis.length < self._min_length or widest > available + 0.01:
            message = "the labels and figures of the chart leave too little space for the bars"
            hint = "shorten them, reduce the text size, or use a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)

    # Plans

    def _plan_beside(self) -> BarPlan:
        measure = self.context.measure
        widest = max(row.label.natural_width for row in self.rows)
        longest = max(row.label.min_width for row in self.rows)
        limit = max(MAX_COLUMN_WIDTH * measure, min(longest, measure / 2))
        column = max(measure_lines(row.label, min(widest, limit) + 0.01)[1] for row in self.rows)
        plot = column + COLUMN_GAP * self.em
        tall = max(self.canvas.typeset(row.label, column).height for row in self.rows)
        if tall > self.cap * 1.5:
            tall += DROP * self.em
        height = max(tall, THICKNESS * self.em)
        natural = (height,) * len(self.rows)
        tops, gap = self._row_tops(natural, GAP * self.em)
        thick = THICKNESS * self.em
        if self.block.height:
            thick = min(max(thick, 0.6 * (height + gap)), MAX_THICKNESS * self.em)
        return BarPlan(self._axis(measure - plot), column, plot, tops, natural, thick)

    def _plan_above(self) -> BarPlan:
        thick = THICKNESS * self.em
        below = (DROP + LABEL_GAP) * self.em + thick
        width = self.context.measure
        natural = tuple(self.canvas.typeset(row.label, width).height + below for row in self.rows)
        tops, _ = self._row_tops(natural, GAP_ABOVE * self.em)
        return BarPlan(self._axis(width), 0.0, 0.0, tops, natural, thick)

    def _row_tops(self, heights: Sequence[float], gap: float) -> tuple[tuple[float, ...], float]:
        """Return the top of each row and the gap between rows, which is adjusted to the height of the block."""
        least = 0.3 * self.em
        gap = self.context.points(self.block.gap) if self.block.gap else gap
        if self.block.height:
            spare = self.context.points(self.block.height) - self.head - sum(heights)
            gap = spare / max(1, len(heights) - 1)
            if gap < least - 0.01 and (len(heights) > 1 or gap < 0):
                needed = self.head + sum(heights) + least * (len(heights) - 1)
                note_low(self.block, self.context, needed)
                gap = least
        ends = accumulate(height + gap for height in heights[:-1])
        return tuple(-self.head - end for end in (0.0, *ends)), gap

    def _axis(self, length: float) -> Axis:
        reaches = [row.reach(self.em) for row in self.rows if self.block.values]
        halves = [label.natural_width / 2 for label in self.tick_labels]
        pairs = zip(self.ticks, halves, strict=True)
        return fit_axis(
            self.bounds, length, [*reaches, *(ValueRange(tick, h, h) for tick, h in pairs)]
        )

    # Drawing

    def _draw_grid(self, plan: BarPlan) -> None:
        """Draw tick labels, as many as fit, with hairlines; short ones if the bars have figures."""
        stroke = Stroke(tint_paint(self.ink, QUIET), GRID)
        foot = -self.head if self.block.values else plan.foot
        widths = [label.natural_width for label in self.tick_labels]
        chosen = choose_ticks(plan.axis, self.ticks, widths, 0.8 * self.em)
        for index, (tick, label) in enumerate(zip(self.ticks, self.tick_labels, strict=True)):
            x = plan.plot + plan.axis.at(tick)
            self.canvas.draw_line([(x, -self.cap - 0.4 * self.em), (x, foot)], stroke)
            if index in chosen:
                box = self.canvas.typeset(label, label.natural_width)
                self.canvas.draw_text(box, x - label.natural_width / 2, 0.0)

    def _draw_beside(self, plan: BarPlan) -> None:
        for row, top, height in zip(self.rows, plan.tops, plan.heights, strict=True):
            y = top - height / 2
            box = self.canvas.typeset(row.label, plan.column)
            self.canvas.draw_text(box, 0.0, y + box.height / 2)
            self._draw_bar(row, plan, y)
        x = plan.plot + plan.axis.at(0.0)
        self.canvas.draw_line([(x, plan.tops[0]), (x, plan.foot)], Stroke(self.ink, HAIRLINE))

    def _draw_above(self, plan: BarPlan) -> None:
        for row, top, height in zip(self.rows, plan.tops, plan.heights, strict=True):
            self.canvas.draw_text(self.canvas.typeset(row.label, self.context.measure), 0.0, top)
            y = top - height + plan.thick / 2
            self._draw_bar(row, plan, y)
            x, half = plan.axis.at(0.0), plan.thick / 2
            self.canvas.draw_line([(x, y + half), (x, y - half)], Stroke(self.ink, HAIRLINE))

    def _draw_bar(self, row: BarRow, plan: BarPlan, y: float) -> None:
        zero, end = (plan.plot + plan.axis.at(value) for value in (0.0, row.value or 0.0))
        quiet = tint_paint(chart_paint(self.block, self.context), QUIET)
        paint = self.context.paint(row.datum.colour) or quiet
        left, right = min(zero, end), max(zero, end)
        self.canvas.draw_box(Rect(left, y - plan.thick / 2, right - left, plan.thick), paint)
        if self.block.values:
            beyond = row.width(self.em) if (row.value or 0.0) < 0 else 0.0
            gap = 0.0 if beyond else FIGURE_GAP * self.em
            self._draw_figure(row, end - beyond + gap, y)

    def _draw_figure(self, row: BarRow, x: float, y: float) -> None:
        """Draw figure and note on one baseline, their capitals centred on y."""
        figure = self.canvas.typeset(row.figure, row.figure.natural_width)
        self.canvas.draw_text(figure, x, y + figure.height / 2)
        if row.note:
            note = self.canvas.typeset(row.note, row.note.natural_width)
            x += row.figure.natural_width + NOTE_GAP * self.em
            self.canvas.draw_text(note, x, y - figure.height / 2 + note.height)
