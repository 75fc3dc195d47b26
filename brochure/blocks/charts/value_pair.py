"""The two values of a `before-after` chart, with their text shaped as large as it fits."""

from __future__ import annotations

from brochure.blocks.charts.axis import AxisLimits
from brochure.blocks.charts.chart import (
    QUIET,
    Chart,
    chart_paint,
    entries_of,
    format_value,
    label_paint,
    resolve_values,
    tint_paint,
)
from brochure.blocks.charts.labels import (
    Label,
    entry_label,
    figure_label,
    label_style,
    message_label,
    scale_style,
    semibold_style,
    value_style,
)
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.spec.values import Message
from brochure.typeset.style import Align

LARGE = 2.3
"""Size of the figures in ems of the labels, if `value-style` is not set."""
SIZES = (1.0, 0.85, 0.7, 0.55)
"""Text sizes to try before the figures count as too wide."""


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of the two values with its shaped text and its paint."""

    value: float
    figure: Label
    label: Label
    note: Label | None
    paint: Paint


@dataclass(frozen=True, slots=True)
class ValuePair:
    """Both values, and the label for their difference."""

    before: PairSide
    after: PairSide
    change: Label | None
    em: float
    cap: float

    @property
    def sides(self) -> tuple[PairSide, PairSide]:
        """Both sides in order."""
        return self.before, self.after

    @property
    def limits(self) -> AxisLimits:
        """Axis limits that include 0 and both values."""
        values = (0.0, self.before.value, self.after.value)
        return AxisLimits(min(values), max(values) if any(values) else 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class PairPlanner:
    """Prepares a pair; `align` is the alignment of the text on each side."""

    block: Chart
    change: Message | None
    context: BlockContext
    align: tuple[Align, Align] = (Align.START, Align.START)

    def pair(self, width: float) -> ValuePair | None:
        """Return the pair with each figure within `width` points; report and return None unless there are two values."""
        block, context = self.block, self.context
        values = tuple(value for value in resolve_values(block, context) if value is not None)
        if len(values) != 2 or len(entries_of(block)) != 2:
            message = f"before-after needs two entries with known values; {len(values)} of {len(entries_of(block))} are known"
            context.note("chart-pair", message, block.span, "use a bar-chart for any other number")
            return None
        style = label_style(block, context)
        labels = self._figures((values[0], values[1]), width)
        return ValuePair(
            self._side(0, values[0], labels[0]),
            self._side(1, values[1], labels[1]),
            message_label(self.change, semibold_style(style), context) if self.change else None,
            style.type.size,
            context.cap_height(style.type),
        )

    def _figures(self, values: tuple[float, float], width: float) -> list[Label]:
        for size in SIZES:
            labels = [self._figure(index, value, size) for index, value in enumerate(values)]
            if max(label.natural_width for label in labels) <= width:
                return labels
        message = "the figures of the chart are too wide"
        hint = "reduce the text size, or use a wider frame"
        self.context.note("chart-crowded", message, self.block.span, hint)
        return labels

    def _figure(self, index: int, value: float, size: float) -> Label:
        style = value_style(self.block, self.context, self.align[index])
        ratio = size if self.block.value_style else size * LARGE
        text = format_value(value, self.block, self.context)
        return figure_label(text, scale_style(style, ratio), self.context)

    def _side(self, index: int, value: float, figure: Label) -> PairSide:
        block, context = self.block, self.context
        datum = entries_of(block)[index]
        style = label_style(block, context, self.align[index])
        default = (
            chart_paint(block, context) if index else tint_paint(label_paint(block, context), QUIET)
        )
        return PairSide(
            value,
            figure,
            entry_label(datum, style, context),
            message_label(datum.note, style, context) if datum.note else None,
            context.paint(datum.colour) or default,
        )
