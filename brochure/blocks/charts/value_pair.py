"""Two figures that are to be compared: their words shaped, as large as they fit.

Takes a chart with two figures; gives `ValuePair` with a `PairSide` for each, or a finding where they cannot be compared. Stands
between the fields of `before-after` and its forms.
"""

from __future__ import annotations

from brochure.blocks.charts.axis import AxisLimits
from brochure.blocks.charts.chart import QUIET, Chart, accent, figures, ink, thinned, written
from brochure.blocks.charts.labels import (
    Label,
    figure_label,
    label_style,
    message_label,
    scaled,
    semibold,
    value_style,
)
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.spec.values import Message
from brochure.typeset.style import Align

LARGE = 2.3
"""How large the figures stand, in ems of the labels, where no style is named for them."""
SIZES = (1.0, 0.85, 0.7, 0.55)
"""How much smaller they may be set before they count as too wide."""


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of the two: its words, shaped, and its colour."""

    value: float
    figure: Label
    label: Label
    note: Label | None
    paint: Paint


@dataclass(frozen=True, slots=True)
class ValuePair:
    """Both figures, and the words for what lies between them."""

    before: PairSide
    after: PairSide
    change: Label | None
    em: float
    cap: float

    @property
    def sides(self) -> tuple[PairSide, PairSide]:
        """Both, in their order."""
        return self.before, self.after

    @property
    def limits(self) -> AxisLimits:
        """From 0 to what lies farthest from it."""
        values = (0.0, self.before.value, self.after.value)
        return AxisLimits(min(values), max(values) if any(values) else 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class PairPlanner:
    """What a pair is made from; `align` is how the words of each side stand."""

    block: Chart
    change: Message | None
    context: BlockContext
    align: tuple[Align, Align] = (Align.START, Align.START)

    def pair(self, room: float) -> ValuePair | None:
        """The pair, its figures in `room` points each; None where there are not two of them."""
        block, context = self.block, self.context
        values = tuple(value for value in figures(block, context) if value is not None)
        if len(values) != 2 or len(block.data) != 2:
            message = (
                f"before-after compares two figures, and here are {len(values)} that are known"
            )
            context.note("chart-pair", message, block.span, "a bar-chart takes any number")
            return None
        style = label_style(block, context)
        labels = self._figures((values[0], values[1]), room)
        return ValuePair(
            self._side(0, values[0], labels[0]),
            self._side(1, values[1], labels[1]),
            message_label(self.change, semibold(style), context) if self.change else None,
            style.type.size,
            context.cap_height(style.type),
        )

    def _figures(self, values: tuple[float, float], room: float) -> list[Label]:
        for size in SIZES:
            labels = [self._figure(at, value, size) for at, value in enumerate(values)]
            if max(label.natural for label in labels) <= room:
                return labels
        message = "the figures of this chart are wider than their places"
        hint = "set them smaller, or give the chart a wider frame"
        self.context.note("chart-crowded", message, self.block.span, hint)
        return labels

    def _figure(self, at: int, value: float, size: float) -> Label:
        style = value_style(self.block, self.context, self.align[at])
        ratio = size if self.block.value_style else size * LARGE
        text = written(value, self.block, self.context)
        return figure_label(text, scaled(style, ratio), self.context)

    def _side(self, at: int, value: float, figure: Label) -> PairSide:
        block, context = self.block, self.context
        datum = block.data[at]
        style = label_style(block, context, self.align[at])
        own = accent(block, context) if at else thinned(ink(block, context), QUIET)
        return PairSide(
            value,
            figure,
            message_label(datum.label, style, context),
            message_label(datum.note, style, context) if datum.note else None,
            context.paint(datum.colour) or own,
        )
