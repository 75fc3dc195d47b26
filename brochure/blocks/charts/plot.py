"""Plot area of a chart with a vertical axis of values: its limits, tick labels and grid lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from brochure.blocks.charts.axis import (
    Axis,
    AxisChart,
    AxisLimits,
    ValueRange,
    axis_limits,
    choose_ticks,
    fit_axis,
    round_step,
)
from brochure.blocks.charts.canvas import GRID, HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import QUIET, format_tick, label_paint, tint_paint
from brochure.blocks.charts.labels import DROP, Label, figure_label, label_style, message_label
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.typeset.style import Align

# In ems of the labels.
TICK_GAP, TICK_DISTANCE, UNIT_GAP = 0.6, 1.0, 0.9

ZERO_SHARE = 0.5
"""The axis of lines starts at 0 unless the smallest value is larger than this fraction of the largest."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Plot area: x from `left` to `right`, values from `low` upwards, in points."""

    left: float
    right: float
    low: float
    axis: Axis

    def y(self, value: float) -> float:
        """Return the y coordinate of a value."""
        return self.low + self.axis.at(value)

    def x(self, share: float) -> float:
        """Return the x coordinate of a relative position, 0 to 1."""
        return self.left + share * (self.right - self.left)

    @property
    def top(self) -> float:
        """The y coordinate of the maximum."""
        return self.y(self.axis.maximum)

    @property
    def bottom(self) -> float:
        """The y coordinate of the minimum."""
        return self.y(self.axis.minimum)

    @property
    def base(self) -> float:
        """The y coordinate of 0, or of the end of the axis that is nearest to it."""
        return self.y(min(max(0.0, self.axis.minimum), self.axis.maximum))


class ValueScale:
    """Tick labels of the axis of values, at the start edge, with the unit above them."""

    def __init__(self, block: AxisChart, canvas: ChartCanvas, limits: AxisLimits) -> None:
        context = canvas.context
        style = label_style(block, context, Align.END)
        self.canvas, self.limits = canvas, limits
        self.em, self.cap = style.type.size, context.cap_height(style.type)
        self.ink = label_paint(block, context)
        self.ticks = limits.ticks()
        self.labels = [
            figure_label(format_tick(tick, block, context), style, context) for tick in self.ticks
        ]
        widest = max((label.natural_width for label in self.labels), default=0.0)
        self.margin = widest + TICK_GAP * self.em
        start = label_style(block, context)
        unit = message_label(block.unit, start, context) if block.unit else None
        self.unit = canvas.typeset(unit, context.measure) if unit else None

    @property
    def head(self) -> float:
        """Height of the unit above the plot, with its distance."""
        return self.unit.height + (UNIT_GAP + DROP) * self.em if self.unit else 0.0

    def fit(
        self, length: float, reaches: Sequence[ValueRange] = (), *, with_ticks: bool = True
    ) -> Axis:
        """Return the axis within a length, with space for tick labels and what `reaches` asks for."""
        half = self.cap / 2
        ticks = [ValueRange(tick, half, half) for tick in self.ticks if with_ticks]
        return fit_axis(self.limits, length, [*ticks, *reaches])

    def draw(self, plot: Plot, top: float = 0.0, *, with_grid: bool = True) -> None:
        """Draw the unit, and tick labels (as many as fit) with grid lines."""
        if self.unit:
            self.canvas.draw_text(self.unit, 0.0, top)
        if with_grid:
            self.draw_grid(plot)

    def draw_grid(self, plot: Plot, *, with_labels: bool = True) -> None:
        """Draw grid lines, with their labels."""
        stroke = Stroke(tint_paint(self.ink, QUIET), GRID)
        sizes = [self.cap] * len(self.ticks)
        for index in choose_ticks(plot.axis, self.ticks, sizes, TICK_DISTANCE * self.em):
            y = plot.y(self.ticks[index])
            self.canvas.draw_line([(plot.left, y), (plot.right, y)], stroke)
            if with_labels:
                box = self.canvas.typeset(self.labels[index], self.margin - TICK_GAP * self.em)
                self.canvas.draw_text(box, 0.0, y + box.height / 2)

    def draw_base(self, plot: Plot) -> None:
        """Draw the zero line, if 0 is on the axis."""
        if self.limits.minimum <= 0 <= self.limits.maximum:
            y = plot.y(0.0)
            self.canvas.draw_line([(plot.left, y), (plot.right, y)], Stroke(self.ink, HAIRLINE))


def line_limits(block: AxisChart, known: Sequence[float], context: BlockContext) -> AxisLimits:
    """Return round limits of the axis of lines. They include 0 unless all values are far from it."""
    low, high = min(known), max(known)
    has_zero = block.axis.least <= 0 <= block.axis.most if block.axis else includes_zero(low, high)
    if has_zero:
        return _rounded(block, axis_limits(block, known, context))
    if block.axis:
        return _given_limits(block, low, high, context)
    step = block.step if block.step and block.step > 0 else round_step(high - low)
    return _rounded(block, AxisLimits(low, high, step))


def includes_zero(low: float, high: float) -> bool:
    """Return True if the axis of lines with these smallest and largest values starts at 0."""
    if low <= 0 <= high or low == high:
        return True
    near, far = sorted((abs(low), abs(high)))
    return near <= ZERO_SHARE * far


def _given_limits(block: AxisChart, low: float, high: float, context: BlockContext) -> AxisLimits:
    """Return the axis of the block, which does not include 0; report values outside it."""
    axis = block.axis
    if axis is None or axis.least >= axis.most or low < axis.least or high > axis.most:
        shown = f"{axis.least:g}..{axis.most:g}" if axis else ""
        out = high if axis and high > axis.most else low
        message = f"the value {out:g} is outside the axis {shown}"
        context.note("chart-axis", message, block.span, f"axis: {low:g}..{high:g}")
        return _rounded(block, AxisLimits(low, high, round_step((high - low) or 1.0)))
    step = block.step if block.step and block.step > 0 else round_step(axis.most - axis.least)
    return AxisLimits(axis.least, axis.most, step)


def _rounded(block: AxisChart, limits: AxisLimits) -> AxisLimits:
    """Return the limits extended to ticks, unless the block sets them."""
    if block.axis:
        return limits
    step = limits.step
    low = math.floor(limits.minimum / step + 1e-9) * step
    high = math.ceil(limits.maximum / step - 1e-9) * step
    return AxisLimits(low, high, step)


def widest(labels: Sequence[Label]) -> float:
    """Return the natural width of the widest label; 0 if there is none."""
    return max((label.natural_width for label in labels), default=0.0)
