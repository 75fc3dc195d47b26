"""Donut: shares of a whole as a ring, clockwise from the top, with an optional figure in the centre.

Labels are set around the ring with leader lines if they fit; otherwise they form a legend beside or below the ring. Shares
without a `colour` of their own get tints of the chart's colour, from dark to light. Labels show percentages that add up to 100,
or values with `shares: no`. Percentages are whole numbers, or have as many decimals as the smallest share needs; `decimals`
sets another number. Values must not be negative.

The entries can be read from a CSV, TSV or XLSX file: `from: finance.csv`.

Example:
    - donut:
        - {label: aid.rescue, value: 45, colour: ember}
        - {label: aid.aftercare, value: 35}
        - {label: aid.training, value: 20}
      title: aid.title
      alt: aid.alt
      centre: aid.total
      centre-label: aid.cases
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import accumulate
from typing import Annotated

from brochure.blocks.charts.canvas import ChartCanvas, frame_chart
from brochure.blocks.charts.chart import (
    Chart,
    Entries,
    entries_of,
    format_value,
    label_paint,
    note_low,
    read_chart_data,
    resolve_values,
)
from brochure.blocks.charts.colours import share_paints
from brochure.blocks.charts.labels import (
    compact_style,
    entry_label,
    figure_label,
    label_style,
    measure_lines,
    message_label,
    scale_style,
    value_style,
)
from brochure.blocks.charts.legend import Legend
from brochure.blocks.charts.ring import Ring, RingPart
from brochure.blocks.charts.ring_labels import RingLabels
from brochure.blocks.charts.shares import round_shares
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, GalleyBox
from brochure.spec.values import Message, StyleName
from brochure.typeset.style import Align


class DonutLabels(Enum):
    """Position of the labels."""

    AROUND = "around"
    BESIDE = "beside"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Donut(Chart):
    """A donut chart."""

    data: Entries

    shares: Annotated[bool, "show percentages in the labels; `no` shows values"] = True
    labels: Annotated[
        DonutLabels | None,
        "position of the labels: `around`, `beside` or `below` the ring (default: where they fit)",
    ] = None
    centre: Annotated[Message | None, "figure in the centre"] = None
    centre_label: Annotated[Message | None, "label below the figure in the centre"] = None
    centre_style: Annotated[
        StyleName | None, "paragraph style of the figure in the centre (default: as large as fits)"
    ] = None


# In ems of the labels.
LIST_GAP, BELOW_GAP, CENTRE_GAP = 2.2, 1.6, 0.6
HOLE = 0.62
SHARE_GAP = 1.2
"""Gap between the shares, in points."""
AROUND, BESIDE, BELOW = 0.4, 0.4, 0.66
"""Diameter of the ring as a fraction of the measure, by position of the labels."""
MAX_DIAMETER, MIN_BESIDE, MIN_DIAMETER = 150.0, 80.0, 24.0
"""Default maximum diameter, minimum with labels at the sides, and absolute minimum, in points."""


def galley(block: Donut, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    charted = read_chart_data(block, context, decimals=False)
    if charted is None:
        return ()
    block = charted
    values = resolve_values(block, context)
    problem = _problem(values)
    if problem:
        context.note("chart-share", f"a donut cannot show these values: {problem}", block.span)
    if problem or not values:
        return ()
    ring = RingPlot(block, ChartCanvas(context), [value or 0.0 for value in values])
    return frame_chart(block, context, ring.draw())


def _problem(values: Sequence[float | None]) -> str:
    """Return why the values are not shares of a whole, or an empty string."""
    if None in values:
        return "one of them is not known; all values are required"
    known = [value for value in values if value is not None]
    if min(known, default=0.0) < 0:
        return f"{min(known):g} is negative; values of 0 or more are required"
    return (
        "their sum is 0; at least one positive value is required"
        if known and sum(known) == 0
        else ""
    )


class RingPlot:
    """Lays out and draws one donut chart."""

    def __init__(self, block: Donut, canvas: ChartCanvas, values: Sequence[float]) -> None:
        self.block, self.canvas, self.context = block, canvas, canvas.context
        style = label_style(block, self.context)
        self.em, self.cap = style.type.size, self.context.cap_height(style.type)
        total = sum(values)
        self.shares = [value / total for value in values]
        self.texts = (
            self._percentages()
            if block.shares
            else [format_value(value, block, self.context) for value in values]
        )

    def draw(self) -> GalleyBox:
        """Draw the ring with its labels where they fit."""
        labels = self.block.labels
        if labels in (None, DonutLabels.AROUND):
            around = RingLabels(self.canvas, self._parts(), self._diameter(AROUND) / 2, self.em)
            is_large = labels is DonutLabels.AROUND or around.radius >= MIN_BESIDE / 2
            if is_large and around.fits() and self._fits_height(sum(around.extent())):
                return self._draw_around(around)
        legend = Legend(self.canvas, self._parts(Align.START), self.em, self.cap)
        beside = self.context.measure - self._diameter(BESIDE) - LIST_GAP * self.em
        is_large = self._diameter(BESIDE) >= MIN_BESIDE
        fits_beside = (
            is_large and labels is not DonutLabels.BELOW and beside >= legend.preferred_width
        )
        least = beside if labels is DonutLabels.BESIDE else self.context.measure
        if least < legend.min_width or labels is DonutLabels.AROUND:
            self._note_crowded("the labels of the chart do not fit")
        if fits_beside or labels is DonutLabels.BESIDE:
            return self._draw_beside(legend, beside)
        return self._draw_below(legend)

    def _fits_height(self, height: float) -> bool:
        """Return True if ring and labels fit the height of the block."""
        return self.block.height is None or height <= self.context.points(self.block.height) + 0.5

    def _note_crowded(self, message: str) -> None:
        hint = "shorten them, reduce the text size, or use a wider frame"
        self.context.note("chart-crowded", message, self.block.span, hint)

    def _percentages(self) -> list[str]:
        """Return the labels: percentages that add up to 100."""
        percentages, places = round_shares(self.shares, self.block.decimals)
        pattern = f"::percent .{'0' * places}" if places else "::percent precision-integer"
        return [self.context.figure(value, pattern) for value in percentages]

    def _diameter(self, share: float) -> float:
        natural = min(MAX_DIAMETER, share * self.context.measure)
        return self.context.points(self.block.height) if self.block.height else natural

    def _parts(self, align: Align | None = None) -> list[RingPart]:
        """Return the shares with their text, aligned towards the ring by default."""
        ends = list(accumulate(self.shares))
        paints = share_paints(self.block, self.context)
        parts = []
        for index, datum in enumerate(entries_of(self.block)):
            begin, end = ends[index] - self.shares[index], ends[index]
            side = Align.START if begin + end < 1 else Align.END
            style = label_style(self.block, self.context, align or side)
            # In a legend figures are aligned at their ends, whatever the alignment of the labels.
            bold = value_style(self.block, self.context, Align.END if align else side)
            figure = figure_label(self.texts[index], bold, self.context)
            label = entry_label(datum, style, self.context)
            parts.append(RingPart(begin, end, paints[index], figure, label))
        return parts

    # The three positions of the labels

    def _draw_around(self, around: RingLabels) -> GalleyBox:
        above, below = around.extent()
        middle = self.context.measure / 2
        ring = Ring(middle, -above, around.radius, HOLE * around.radius)
        self._draw_ring(ring, around.parts)
        around.draw(ring, label_paint(self.block, self.context))
        return self.canvas.to_slab(above + below, self.block.span)

    def _draw_beside(self, legend: Legend, width: float) -> GalleyBox:
        diameter = self._diameter(BESIDE)
        legend_height = legend.height(width)
        height = max(diameter, legend_height)
        if not self._fits_height(height):
            note_low(self.block, self.context, height, "ring and labels")
        radius = diameter / 2
        self._draw_ring(Ring(radius, -height / 2, radius, HOLE * radius), legend.parts)
        legend.draw(diameter + LIST_GAP * self.em, (legend_height - height) / 2, width)
        return self.canvas.to_slab(height, self.block.span)

    def _draw_below(self, legend: Legend) -> GalleyBox:
        measure = self.context.measure
        legend_height = legend.height(measure) + BELOW_GAP * self.em
        diameter = self._diameter(BELOW) - (legend_height if self.block.height else 0.0)
        diameter = min(diameter, measure)  # a large height may exceed the measure
        if diameter < MIN_DIAMETER:
            note_low(self.block, self.context, legend_height + MIN_DIAMETER, "ring and labels")
        radius = max(diameter, MIN_DIAMETER) / 2
        self._draw_ring(Ring(measure / 2, -radius, radius, HOLE * radius), legend.parts)
        legend.draw(0.0, -2 * radius - BELOW_GAP * self.em, measure)
        return self.canvas.to_slab(2 * radius + legend_height, self.block.span)

    # The ring

    def _draw_ring(self, ring: Ring, parts: Sequence[RingPart]) -> None:
        shown = [part for part in parts if part.end - part.begin > 1e-6]
        for part in shown:
            if len(shown) == 1:
                self.canvas.draw_shape(ring.whole(), part.paint, even_odd=True)
            else:
                self.canvas.draw_shape([ring.segment(part.begin, part.end, SHARE_GAP)], part.paint)
        self._draw_centre(ring)

    def _draw_centre(self, ring: Ring) -> None:
        """Draw the figure and its label, centred in the hole."""
        boxes = [*self._centre_figure(ring), *self._centre_label(ring)]
        gap = CENTRE_GAP * self.em
        height = sum(box.height for box in boxes) + gap * (len(boxes) - 1)
        top = ring.y + height / 2
        for box in boxes:
            self.canvas.draw_text(box, ring.x - box.width / 2, top)
            top -= box.height + gap
        if boxes and math.hypot(max(box.width for box in boxes), height) > 2.02 * ring.inner:
            self._note_crowded("the text in the centre of the donut overlaps the ring")

    def _centre_figure(self, ring: Ring) -> Iterator[GalleyBox]:
        message, style_name = self.block.centre, self.block.centre_style
        if message is None:
            return
        if style_name:
            style = compact_style(self.context.style(style_name, "label"), Align.CENTRE)
            label = message_label(message, style, self.context)
        else:
            style = value_style(self.block, self.context, Align.CENTRE)
            label = message_label(message, style, self.context)
            ratio = min(0.62 / label.size, 1.4 / max(label.natural_width, 1.0)) * ring.inner
            label = message_label(message, scale_style(style, ratio), self.context)
        yield self.canvas.typeset(label, label.natural_width)

    def _centre_label(self, ring: Ring) -> Iterator[GalleyBox]:
        if self.block.centre_label:
            style = label_style(self.block, self.context, Align.CENTRE)
            label = message_label(self.block.centre_label, style, self.context)
            width = max(label.min_width, min(label.natural_width, 1.35 * ring.inner))
            yield self.canvas.typeset(label, measure_lines(label, width + 0.01)[1])
