"""Column chart: figures as columns side by side, each with its figure above it and its label at the foot.

Good for few figures or for years; for long labels a `bar-chart` has more room. Where the columns stand too close for
figures of their own, an axis with hairlines says what they are worth, and of labels that are years only every second or
third is written. Columns begin at 0, always. They are a quiet tint of `colour`; give the one that matters a `colour` of its
own.

Example:
    - column-chart:
        - {label: years.y2004, value: 100}
        - {label: years.y2014, value: index_now, colour: ember}
      title: years.title
      alt: years.alt
      source: years.source
      height: 45 mm
"""

from __future__ import annotations

import math

from brochure.blocks.charts.axis import (
    Axis,
    AxisChart,
    AxisLimits,
    ValueRange,
    fitted,
    limits,
    written_ticks,
)
from brochure.blocks.charts.canvas import GRID, HAIRLINE, ChartCanvas, framed
from brochure.blocks.charts.chart import QUIET, Datum, accent, bare, figures, ink, thinned, written
from brochure.blocks.charts.labels import (
    DROP,
    Label,
    figure_label,
    label_style,
    message_label,
    scaled,
    value_style,
)
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.model.galley import Galley, Slab
from brochure.typeset.style import Align


@dataclass(frozen=True, slots=True)
class ColumnChart(AxisChart):
    """Columns."""


# In ems of the labels.
FIGURE_GAP, NOTE_GAP, LABEL_GAP, TICK_GAP, APART = 0.5, 0.35, 0.65, 0.6, 0.4
WIDEST = 12.0
SHARE = 0.62
"""How much of its slot a column takes."""
TALL, LEAST, MOST = 0.5, 96.0, 190.0
"""The natural height: half the measure, between these, in points."""
MIN_LENGTH = 24.0
SIZES = (1.0, 0.9, 0.8)
"""How much smaller the words may be set before they give way."""


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One column in the making: its words, shaped."""

    datum: Datum
    value: float | None
    label: Label
    figure: Label
    note: Label | None


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How the words are set, and how wide the columns' slots are."""

    columns: tuple[ChartColumn, ...]
    ticks: tuple[tuple[float, Label], ...]
    em: float
    cap: float
    margin: float
    slot: float
    shown: bool
    every: int = 1

    @property
    def room(self) -> float:
        """How wide words may be within a slot, so that they stand apart."""
        return self.slot - APART * self.em

    def fits(self) -> bool:
        """Whether the labels stand apart, and the figures where they are shown."""
        figures = (column.figure.natural for column in self.columns if self.shown)
        notes = (column.note.least for column in self.columns if self.shown and column.note)
        words = (column.label.least for column in self.columns if self.every == 1)
        return max((*figures, *notes, *words), default=0.0) <= self.room


def galley(block: ColumnChart, context: BlockContext) -> Galley:
    """The chart as one slab."""
    values = figures(block, context)
    if not values:
        return ()
    planning = ColumnPlanner(block, context, values, limits(block, values, context))
    columns = ColumnPlot(block, ChartCanvas(context), planning.plan(), planning.bounds)
    return framed(block, context, columns.drawn())


@dataclass(frozen=True, slots=True)
class ColumnPlanner:
    """What a plan is made from."""

    block: ColumnChart
    context: BlockContext
    values: tuple[float | None, ...]
    bounds: AxisLimits

    def plan(self) -> ColumnPlan:
        """The words as large as they fit; without the columns' own figures where these do not."""
        for shown in [True, False] if self.block.values else [False]:
            for size in SIZES:
                plan = self._sized(size, shown=shown)
                if plan.fits():
                    return plan
        widest = max(column.label.least for column in plan.columns)
        message = f"a label is {widest:.0f} pt wide, but its column has {plan.room:.0f} pt for it"
        hint = "shorten it, or make the chart a bar-chart"
        self.context.note("chart-crowded", message, self.block.span, hint)
        return plan

    def _sized(self, size: float, *, shown: bool) -> ColumnPlan:
        block, context = self.block, self.context
        style = scaled(label_style(block, context, Align.END), size)
        em = style.type.size
        ticks = self.bounds.ticks() if block.ticks or (block.values and not shown) else ()
        labels = [figure_label(bare(tick, block, context), style, context) for tick in ticks]
        margin = max((label.natural + TICK_GAP * em for label in labels), default=0.0)
        columns = tuple(self._column(at, size) for at in range(len(self.values)))
        slot = (context.measure - margin) / len(self.values)
        return ColumnPlan(
            columns,
            tuple(zip(ticks, labels, strict=True)),
            em,
            context.cap_height(style.type),
            margin,
            slot,
            shown,
            self._every(columns, slot, APART * em),
        )

    def _every(self, columns: tuple[ChartColumn, ...], slot: float, apart: float) -> int:
        """Write only each n-th of the labels: 1 unless all are bare figures, which the reader counts on."""
        texts = [self.context.edition.words(column.datum.label) for column in columns]
        if not all(text.isdecimal() for text in texts):
            return 1
        widest = max(column.label.natural for column in columns)
        # The outermost labels move in by what they stand out over the edge, hence more than their width.
        wanted = widest + max(0.0, widest - slot) / 2 + apart
        return min(len(columns), math.ceil(wanted / slot))

    def _column(self, at: int, size: float) -> ChartColumn:
        block, context = self.block, self.context
        datum, value = block.data[at], self.values[at]
        style = scaled(label_style(block, context, Align.CENTRE), size)
        bold = scaled(value_style(block, context, Align.CENTRE), size)
        return ChartColumn(
            datum,
            value,
            message_label(datum.label, style, context),
            figure_label(written(value, block, context), bold, context),
            message_label(datum.note, style, context) if datum.note else None,
        )


class ColumnPlot:
    """One column chart in hand."""

    def __init__(
        self, block: ColumnChart, sheet: ChartCanvas, plan: ColumnPlan, bounds: AxisLimits
    ) -> None:
        self.block, self.sheet, self.plan, self.bounds = block, sheet, plan, bounds
        self.context = sheet.context
        self.em = plan.em
        self.ink = ink(block, self.context)
        widths = [plan.room if plan.every == 1 else column.label.natural for column in plan.columns]
        pairs = zip(plan.columns, widths, strict=True)
        self.labels = [sheet.set(column.label, width) for column, width in pairs]
        self.heads = [self._head(column) for column in plan.columns]
        self.foot = (LABEL_GAP + DROP) * self.em + max(label.height for label in self.labels)

    def drawn(self) -> Slab:
        """The chart: hairlines, columns with their words, and the line that they stand on."""
        height = self._height()
        axis = self._axis(height - self.foot)
        low = self.foot - height
        self._draw_grid(axis, low)
        for at, column in enumerate(self.plan.columns):
            middle = self.plan.margin + (at + 0.5) * self.plan.slot
            self._draw_column(column, middle, low, axis)
            # Counted from the last one, which is what the figures lead to.
            if (len(self.labels) - 1 - at) % self.plan.every == 0:
                self._draw_label(at, middle, low - LABEL_GAP * self.em)
            if self.plan.shown:
                self._draw_head(at, middle, low + axis.at(column.value or 0.0))
        zero = low + axis.at(0.0)
        ends = [(self.plan.margin, zero), (self.context.measure, zero)]
        self.sheet.line(ends, Stroke(self.ink, HAIRLINE))
        return self.sheet.slab(height, self.block.span)

    def _height(self) -> float:
        least = self.foot + max((height for _, height in self.heads), default=0.0) + MIN_LENGTH
        if self.block.height is None:
            return max(least, min(MOST, max(LEAST, TALL * self.context.measure)))
        height = self.context.points(self.block.height)
        if height < least:
            message = "the chart is too low for its labels"
            hint = f"{least:.0f} pt would do"
            self.context.note("chart-low", message, self.block.span, hint)
        return max(height, least)

    def _head(self, column: ChartColumn) -> tuple[tuple[Slab, ...], float]:
        """Figure and note, one above the other, and how much room they take with the gap to the column."""
        if not self.plan.shown:
            return (), 0.0
        figure = self.sheet.set(column.figure, self.plan.room)
        height = FIGURE_GAP * self.em + figure.height
        if not column.note:
            return (figure,), height
        note = self.sheet.set(column.note, self.plan.room)
        return (figure, note), height + (NOTE_GAP + DROP) * self.em + note.height

    def _axis(self, room: float) -> Axis:
        reaches = []
        for column, (_, height) in zip(self.plan.columns, self.heads, strict=True):
            value = column.value or 0.0
            below = height + DROP * self.em if value < 0 else 0.0
            reaches.append(ValueRange(value, below, 0.0 if value < 0 else height))
        half = self.plan.cap / 2
        reaches += [ValueRange(tick, half, half) for tick, _ in self.plan.ticks]
        return fitted(self.bounds, room, reaches)

    def _draw_grid(self, axis: Axis, low: float) -> None:
        """Figures of the axis at the start edge, as many as have room, and hairlines where columns bear none."""
        stroke = Stroke(thinned(self.ink, QUIET), GRID)
        values = [tick for tick, _ in self.plan.ticks]
        chosen = written_ticks(axis, values, [self.plan.cap] * len(values), self.em)
        for at, (tick, label) in enumerate(self.plan.ticks):
            y = low + axis.at(tick)
            if not self.plan.shown:
                self.sheet.line([(self.plan.margin, y), (self.context.measure, y)], stroke)
            if at in chosen:
                slab = self.sheet.set(label, self.plan.margin - TICK_GAP * self.em)
                self.sheet.words(slab, 0.0, y + slab.height / 2)

    def _draw_column(self, column: ChartColumn, middle: float, low: float, axis: Axis) -> None:
        slot = self.plan.slot
        width = slot * SHARE
        if self.block.gap:
            width = max(0.1 * slot, slot - self.context.points(self.block.gap))
        width = min(width, WIDEST * self.em)
        zero, end = (low + axis.at(value) for value in (0.0, column.value or 0.0))
        quiet = thinned(accent(self.block, self.context), QUIET)
        paint = self.context.paint(column.datum.colour) or quiet
        rect = Rect(middle - width / 2, min(zero, end), width, abs(end - zero))
        self.sheet.box(rect, paint)

    def _draw_label(self, at: int, middle: float, top: float) -> None:
        slab = self.labels[at]
        x = min(middle - slab.width / 2, self.context.measure - slab.width)
        self.sheet.words(slab, max(0.0, x), top)

    def _draw_head(self, at: int, middle: float, end: float) -> None:
        """The figure with its note beneath it, above the column; below it where it hangs down."""
        slabs, height = self.heads[at]
        value = self.plan.columns[at].value or 0.0
        top = end - FIGURE_GAP * self.em if value < 0 else end + height
        for slab in slabs:
            self.sheet.words(slab, middle - self.plan.room / 2, top)
            top -= slab.height + NOTE_GAP * self.em
