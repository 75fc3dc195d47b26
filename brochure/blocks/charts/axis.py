"""Axes: from values to places, with room for what stands beyond them.

Takes the least and the greatest value, the room in points and what reaches over at each value (a figure at a bar's end, half
a tick's figure); gives `Axis`, the longest one on which nothing reaches out of the room, and round figures to write along
it. Stands behind the charts with bars, columns and slopes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated

from brochure.blocks.charts.chart import Chart
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.spec.constraints import Distance
from brochure.spec.values import Range


@dataclass(frozen=True, slots=True)
class AxisChart(Chart):
    """What charts with an axis are given besides."""

    axis: Annotated[
        Range | None, "its least and greatest value, such as 0..100; follows from the data"
    ] = None
    ticks: Annotated[bool, "whether figures stand along the axis, with hairlines from them"] = False
    step: Annotated[
        float | None, "from one figure of the axis to the next; a round one unless told"
    ] = None
    values: Annotated[bool, "whether each bar carries its figure"] = True
    gap: Annotated[Distance | None, "between bars; follows from their size unless told"] = None


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `least` to `most` over `length` points, beginning at `origin`."""

    least: float
    most: float
    origin: float
    length: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        return self.origin + self.share(value) * self.length

    def share(self, value: float) -> float:
        """How far along the axis a value lies, from 0 to 1."""
        return (value - self.least) / (self.most - self.least)


@dataclass(frozen=True, slots=True)
class ValueRange:
    """What stands out from a value's place: points towards the low end and towards the high end."""

    value: float
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class AxisLimits:
    """The least and the greatest value of an axis, and the step between the figures along it."""

    least: float
    most: float
    step: float

    def ticks(self) -> tuple[float, ...]:
        """The round values along the axis."""
        first = math.ceil(self.least / self.step - 1e-9)
        last = math.floor(self.most / self.step + 1e-9)
        digits = max(0, 2 - math.floor(math.log10(self.step)))
        return tuple(round(at * self.step, digits) + 0.0 for at in range(first, last + 1))


MAX_TICKS = 24
WANTED_TICKS = 5


def limits(block: AxisChart, values: Iterable[float | None], context: BlockContext) -> AxisLimits:
    """The limits of the axis. A bar's length is its value, so that the axis always holds 0."""
    known = [value for value in values if value is not None]
    least, most = min([0.0, *known]), max([0.0, *known])
    wrong = _wrong_axis(block, least, most) if block.axis else ""
    if block.axis and not wrong:
        least, most = block.axis.least, block.axis.most
    elif wrong:
        context.note("chart-axis", wrong, block.span, f"axis: {least:g}..{most:g}")
    if least == most:
        most = least + 1.0
    step = _step(block, most - least, context)
    if block.ticks and not block.axis:
        least = math.floor(least / step + 1e-9) * step
        most = math.ceil(most / step - 1e-9) * step
    return AxisLimits(least, most, step)


def _wrong_axis(block: AxisChart, least: float, most: float) -> str:
    """What is wrong with the axis that is asked for; nothing where it can be drawn."""
    asked = block.axis or Range(least, most)
    shown = f"{asked.least:g}..{asked.most:g}"
    if asked.least > 0 or asked.most < 0 or asked.least == asked.most:
        return f"the axis {shown} does not hold 0, so no bar would be as long as its value"
    if least < asked.least or most > asked.most:
        out = most if most > asked.most else least
        return f"the value {out:g} lies outside the axis {shown}"
    return ""


def _step(block: AxisChart, across: float, context: BlockContext) -> float:
    """The step that is asked for, or a round one; one that gives too many figures or none is noted."""
    if block.step is None:
        return round_step(across)
    if block.step > 0 and 1 <= across / block.step <= MAX_TICKS:
        return block.step
    message = f"a step of {block.step:g} does not divide an axis that is {across:g} long"
    context.note("chart-axis", message, block.span, f"step: {round_step(across):g}")
    return round_step(across)


def round_step(across: float) -> float:
    """1, 2 or 5 times a power of ten, so that about five of it make up `across`."""
    rough = across / WANTED_TICKS
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= rough * 0.999)


def fitted(limits: AxisLimits, room: float, reaches: Sequence[ValueRange]) -> Axis:
    """The longest axis on which no value's reach leaves the room.

    With a value at share f of the length L, its low reach l asks for an origin of at least l - f L, its high reach h
    for (1 - f) L or h - whichever is more - behind it. So each pair of a low and a high reach bounds L.
    """
    bare = Axis(limits.least, limits.most, 0.0, 1.0)
    lows = [(0.0, 0.0), *((bare.share(reach.value), reach.low) for reach in reaches)]
    highs = [(1.0, 0.0), *((bare.share(reach.value), reach.high) for reach in reaches)]
    bounds = [(room - low - high) / (g - f) for f, low in lows for g, high in highs if g - f > 1e-9]
    length = max(0.0, min(bounds))
    origin = max(low - f * length for f, low in lows)
    return Axis(limits.least, limits.most, origin, length)


def written_ticks(
    axis: Axis, ticks: Sequence[float], sizes: Sequence[float], gap: float
) -> list[int]:
    """Which figures of an axis have room: every n-th, counted from 0, with the least n at which no two touch."""
    zero = next((at for at, tick in enumerate(ticks) if tick == 0), 0)
    for every in range(1, len(ticks) + 1):
        chosen = [at for at in range(len(ticks)) if (at - zero) % every == 0]
        halves = [(axis.at(ticks[at]), sizes[at] / 2) for at in chosen]
        if all(a + half + gap <= b - other for (a, half), (b, other) in pairwise(halves)):
            return chosen
    return [zero]
