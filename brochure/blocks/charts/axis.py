"""Axes of bar, column and slope charts: limits, ticks and the mapping from values to points.

The axis is as long as possible while figures at the ends of bars and tick labels stay inside the chart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, TypeVar

from brochure.blocks.charts.chart import Chart
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity
from brochure.model.block_context import BlockContext
from brochure.spec.values import Range


@dataclass(frozen=True, slots=True)
class AxisChart(Chart):
    """Fields of charts with an axis of values."""

    axis: Annotated[
        Range | None, "minimum and maximum of the axis, such as 0..100 (default: from the data)"
    ] = None
    step: Annotated[float | None, "distance between ticks (default: a round number)"] = None
    share_axis: Annotated[
        str | None,
        "a name: charts of the brochure with the same name have the same axis, of scatter charts both axes",
    ] = None


Sharing = TypeVar("Sharing", bound=AxisChart)


def with_shared_axis(block: Sharing, context: BlockContext) -> Sharing:
    """Return the chart with the limits of the axis that it shares with other charts, if there is one."""
    if not block.share_axis:
        return block
    shared = context.edition.axes.get(block.share_axis)
    if shared is None or shared.values is None:
        return block
    if shared.count == 1:
        message = f"no other chart shares the axis '{block.share_axis}'"
        hint = "give the other chart the same name, or remove 'share-axis'"
        context.note("chart-axis-alone", message, block.span, hint, Severity.WARNING)
    return replace(block, axis=shared.values, share_axis=None)


@dataclass(frozen=True, slots=True)
class Axis:
    """Maps values from `minimum` to `maximum` to `length` points, starting at `origin`."""

    minimum: float
    maximum: float
    origin: float
    length: float

    def at(self, value: float) -> float:
        """Return the position of a value, in points."""
        return self.origin + self.share(value) * self.length

    def share(self, value: float) -> float:
        """Return the relative position of a value, from 0 to 1."""
        return (value - self.minimum) / (self.maximum - self.minimum)


@dataclass(frozen=True, slots=True)
class ValueRange:
    """Space needed on either side of a value's position, in points."""

    value: float
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class AxisLimits:
    """Minimum and maximum of an axis, and the step between its ticks."""

    minimum: float
    maximum: float
    step: float

    def ticks(self) -> tuple[float, ...]:
        """Return the tick values."""
        first = math.ceil(self.minimum / self.step - 1e-9)
        last = math.floor(self.maximum / self.step + 1e-9)
        digits = max(0, 2 - math.floor(math.log10(self.step)))
        return tuple(round(index * self.step, digits) + 0.0 for index in range(first, last + 1))


MAX_TICKS = 24
TARGET_TICKS = 5


def axis_limits(
    block: AxisChart,
    values: Iterable[float | None],
    context: BlockContext,
    *,
    to_ticks: bool = False,
) -> AxisLimits:
    """Return the limits of the axis. They always include 0, since the length of a bar is its value.

    Args:
        block: The chart.
        values: Its values.
        context: Its context.
        to_ticks: Extend the limits to ticks, unless the block sets them.
    """
    known = [value for value in values if value is not None]
    minimum, maximum = min([0.0, *known]), max([0.0, *known])
    problem = _axis_problem(block, minimum, maximum) if block.axis else ""
    if block.axis and not problem:
        minimum, maximum = block.axis.least, block.axis.most
    elif problem:
        context.note("chart-axis", problem, block.span, f"axis: {minimum:g}..{maximum:g}")
    if minimum == maximum:
        maximum = minimum + 1.0
    step = _step(block, maximum - minimum, context)
    if to_ticks and not block.axis:
        minimum = math.floor(minimum / step + 1e-9) * step
        maximum = math.ceil(maximum / step - 1e-9) * step
    return AxisLimits(minimum, maximum, step)


def _axis_problem(block: AxisChart, minimum: float, maximum: float) -> str:
    """Return what is wrong with the axis of the block, or an empty string."""
    requested = block.axis or Range(minimum, maximum)
    shown = f"{requested.least:g}..{requested.most:g}"
    if requested.least > 0 or requested.most < 0 or requested.least == requested.most:
        return f"the axis {shown} does not include 0; bars must start at 0"
    if minimum < requested.least or maximum > requested.most:
        out = maximum if maximum > requested.most else minimum
        return f"the value {out:g} is outside the axis {shown}"
    return ""


def _step(block: AxisChart, extent: float, context: BlockContext) -> float:
    """Return the step of the block, or a round one; report a step that gives no ticks or too many."""
    if block.step is None:
        return round_step(extent)
    if block.step > 0 and 1 <= extent / block.step <= MAX_TICKS:
        return block.step
    message = f"a step of {block.step:g} does not suit an axis of length {extent:g}; expected 1 to {MAX_TICKS} steps"
    context.note("chart-axis", message, block.span, f"step: {round_step(extent):g}")
    return round_step(extent)


def round_step(extent: float) -> float:
    """Return 1, 2 or 5 times a power of ten that divides `extent` into about five steps."""
    rough = extent / TARGET_TICKS
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= rough * 0.999)


def fit_axis(limits: AxisLimits, available: float, reaches: Sequence[ValueRange]) -> Axis:
    """Return the longest axis on which no value's range leaves the available length.

    With a value at share f of the length L, its low reach l requires an origin of at least l - f L, its high reach h
    the larger of (1 - f) L and h after it. So each pair of a low and a high reach bounds L.
    """
    bare = Axis(limits.minimum, limits.maximum, 0.0, 1.0)
    lows = [(0.0, 0.0), *((bare.share(reach.value), reach.low) for reach in reaches)]
    highs = [(1.0, 0.0), *((bare.share(reach.value), reach.high) for reach in reaches)]
    bounds = [
        (available - low - high) / (g - f) for f, low in lows for g, high in highs if g - f > 1e-9
    ]
    length = max(0.0, min(bounds))
    origin = max(low - f * length for f, low in lows)
    return Axis(limits.minimum, limits.maximum, origin, length)


def choose_ticks(
    axis: Axis, ticks: Sequence[float], sizes: Sequence[float], gap: float
) -> list[int]:
    """Return the indices of the ticks to label: every n-th from 0, with the smallest n for which no labels touch."""
    zero = next((index for index, tick in enumerate(ticks) if tick == 0), 0)
    for every in range(1, len(ticks) + 1):
        chosen = [index for index in range(len(ticks)) if (index - zero) % every == 0]
        halves = [(axis.at(ticks[index]), sizes[index] / 2) for index in chosen]
        if all(a + half + gap <= b - other for (a, half), (b, other) in pairwise(halves)):
            return chosen
    return [zero]
