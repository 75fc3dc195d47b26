"""Bars of several series, side by side or stacked."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.axis import Axis, ValueRange, choose_ticks, fit_axis
from brochure.blocks.charts.canvas import GRID, HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import QUIET, format_tick, label_paint, note_low, tint_paint
from brochure.blocks.charts.colours import area_paints
from brochure.blocks.charts.labels import (
    DROP,
    entry_label,
    figure_label,
    label_style,
    measure_lines,
    message_label,
)
from brochure.blocks.charts.series import SeriesTable
from brochure.blocks.charts.series_key import SeriesKey
from brochure.blocks.charts.stacks import (
    SEAM,
    Segment,
    StackChart,
    make_segments,
    segment_figures,
    stack_limits,
)
from brochure.geometry import Rect
from brochure.model.display_list import Stroke
from brochure.model.galley import GalleyBox
from brochure.typeset.style import Align

# In ems of the labels.
THICKNESS, GROUPED = 1.35, 1.0
"""Thickness of a stack, and of each bar of a group."""
GAP, COLUMN_GAP, FIGURE_GAP, TICK_GAP, TICK_DISTANCE = 0.8, 0.9, 0.4, 0.75, 0.8
INSIDE = 0.3
"""Space on both sides of a figure in a segment."""
MAX_COLUMN_WIDTH = 0.42
MIN_LENGTH = 0.3
"""Minimum length of the axis as a fraction of the measure."""


class BarStacks:
    """Lays out and draws bars of several series."""

    def __init__(self, block: StackChart, canvas: ChartCanvas, table: SeriesTable) -> None:
        self.block, self.canvas, self.table = block, canvas, table
        context = self.context = canvas.context
        style = label_style(block, context)
        self.em, self.cap = style.type.size, context.cap_height(style.type)
        self.ink = label_paint(block, context)
        self.segments = make_segments(table, stacked=block.stacked)
        self.limits = stack_limits(block, self.segments, context)
        self.paints = area_paints(block, table, context)
        self.key = SeriesKey(block, canvas, table, self.paints)
        self.figures = segment_figures(block, self.segments, self.paints, context, Align.START)
        self.labels = [entry_label(one, style, context) for one in table.entries]
        self.ticks = self.limits.ticks()
        centred = label_style(block, context, Align.CENTRE)
        self.tick_labels = [
            figure_label(format_tick(tick, block, context), centred, context) for tick in self.ticks
        ]
        unit = message_label(block.unit, style, context) if block.unit else None
        self.unit = canvas.typeset(unit, context.measure) if unit else None
        self.column = self._label_column()
        self.left = self.column + COLUMN_GAP * self.em

    @property
    def _has_axis(self) -> bool:
        """Whether there are tick labels: always, unless each bar has its figure."""
        return self.block.stacked or not self.block.values or self.block.ticks

    def _label_column(self) -> float:
        measure = self.context.measure
        widest = max(label.natural_width for label in self.labels)
        longest = max(label.min_width for label in self.labels)
        limit = max(MAX_COLUMN_WIDTH * measure, min(longest, measure / 2))
        return max(measure_lines(label, min(widest, limit) + 0.01)[1] for label in self.labels)

    def draw(self) -> GalleyBox:
        """Draw key, grid, and bars with their labels and figures."""
        boxes = [self.canvas.typeset(label, self.column) for label in self.labels]
        thick = self._thickness()
        heights = [
            max(box.height + DROP * self.em * (box.height > self.cap * 1.5), thick) for box in boxes
        ]
        head = self.key.height + self._axis_head()
        gap = self._gap(heights, head)
        axis = self._axis()
        self._note_crowded(axis)
        tops = [-head - sum(heights[:at]) - gap * at for at in range(len(heights))]
        foot = tops[-1] - heights[-1]
        self.key.draw(0.0)
        if self._has_axis:
            self._draw_grid(axis, -self.key.height, foot)
        for at, (box, top, height) in enumerate(zip(boxes, tops, heights, strict=True)):
            middle = top - height / 2
            self.canvas.draw_text(box, 0.0, middle + box.height / 2)
            self._draw_bars(at, middle, thick, axis)
        zero = self.left + axis.at(0.0)
        start = tops[0] if not self._has_axis else -head + 0.2 * self.em
        self.canvas.draw_line([(zero, start), (zero, foot)], Stroke(self.ink, HAIRLINE))
        return self.canvas.to_slab(-foot, self.block.span)

    def _thickness(self) -> float:
        if self.block.stacked:
            return THICKNESS * self.em
        return GROUPED * self.em * len(self.table.names)

    def _axis_head(self) -> float:
        """Return the height of the tick labels, with the unit above them."""
        unit = self.unit.height + (TICK_GAP + DROP) * self.em if self.unit else 0.0
        return unit + (self.cap + TICK_GAP * self.em if self._has_axis else 0.0)

    def _gap(self, heights: Sequence[float], head: float) -> float:
        """Return the space between rows, which is adjusted to the height of the block."""
        gap = self.context.points(self.block.gap) if self.block.gap else GAP * self.em
        if self.block.height is None:
            return gap
        least = 0.3 * self.em
        spare = self.context.points(self.block.height) - head - sum(heights)
        gap = spare / max(1, len(heights) - 1)
        if gap < least - 0.01 and (len(heights) > 1 or gap < 0):
            note_low(self.block, self.context, head + sum(heights) + least * (len(heights) - 1))
            return least
        return gap

    def _axis(self) -> Axis:
        reaches = []
        if self._has_axis:
            for tick, label in zip(self.ticks, self.tick_labels, strict=True):
                reaches.append(ValueRange(tick, label.natural_width / 2, label.natural_width / 2))
        if self.block.values and not self.block.stacked:
            for one, label in zip(self.segments, self.figures, strict=True):
                width = FIGURE_GAP * self.em + label.natural_width
                low, high = (width, 0.0) if one.end < 0 else (0.0, width)
                reaches.append(ValueRange(one.end, low, high))
        return fit_axis(self.limits, self.context.measure - self.left, reaches)

    def _note_crowded(self, axis: Axis) -> None:
        longest = max(label.min_width for label in self.labels)
        if axis.length < MIN_LENGTH * self.context.measure or longest > self.column + 0.01:
            message = "the labels and figures of the chart leave too little space for the bars"
            hint = "shorten them, reduce the text size, or use a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)

    def _draw_grid(self, axis: Axis, top: float, foot: float) -> None:
        """Draw unit, tick labels (as many as fit) and grid lines."""
        if self.unit:
            self.canvas.draw_text(self.unit, self.left, top)
            top -= self.unit.height + (TICK_GAP + DROP) * self.em
        stroke = Stroke(tint_paint(self.ink, QUIET), GRID)
        widths = [label.natural_width for label in self.tick_labels]
        for index in choose_ticks(axis, self.ticks, widths, TICK_DISTANCE * self.em):
            x = self.left + axis.at(self.ticks[index])
            self.canvas.draw_line([(x, top - self.cap - 0.4 * self.em), (x, foot)], stroke)
            box = self.canvas.typeset(self.tick_labels[index], widths[index])
            self.canvas.draw_text(box, x - widths[index] / 2, top)

    def _draw_bars(self, entry: int, middle: float, thick: float, axis: Axis) -> None:
        for at, segment in enumerate(self.segments):
            if segment.entry == entry:
                rect = self._rect(segment, middle, thick, axis)
                self.canvas.draw_box(rect, self.paints[segment.series])
                if self.block.values:
                    self._draw_figure(at, rect, axis)

    def _rect(self, segment: Segment, middle: float, thick: float, axis: Axis) -> Rect:
        base, end = (self.left + axis.at(value) for value in (segment.base, segment.end))
        if self.block.stacked:
            seam = min(SEAM, 0.2 * abs(end - base)) if segment.base else 0.0
            base += seam if end > base else -seam
            return Rect(min(base, end), middle - thick / 2, abs(end - base), thick)
        each = thick / len(self.table.names)
        y = middle + thick / 2 - (segment.series + 1) * each
        return Rect(min(base, end), y + SEAM / 2, abs(end - base), each - SEAM)

    def _draw_figure(self, at: int, rect: Rect, axis: Axis) -> None:
        """Draw a figure in a segment that is wide enough, or beyond the end of a bar."""
        segment, label = self.segments[at], self.figures[at]
        box = self.canvas.typeset(label, label.natural_width)
        top = rect.y + rect.height / 2 + box.height / 2
        if self.block.stacked:
            if rect.width >= box.width + 2 * INSIDE * self.em:
                self.canvas.draw_text(box, rect.x + rect.width / 2 - box.width / 2, top)
            return
        end = self.left + axis.at(segment.end)
        gap = FIGURE_GAP * self.em
        self.canvas.draw_text(box, end - gap - box.width if segment.end < 0 else end + gap, top)
