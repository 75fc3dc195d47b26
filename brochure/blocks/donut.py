"""Donut: shares of a whole as a ring, from the top with the clock, with a figure in its middle.

Where there is room the labels stand around the ring with a fine line to their shares; else they are listed beside it or
below it, with a sign in the share's colour. Shares without a `colour` of their own are tints of the chart's, from the first
to the last. Each label carries its share in percent, or its value with `shares: no`. A share below 0 cannot be drawn.

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

from brochure.blocks.charts.canvas import ChartCanvas, framed
from brochure.blocks.charts.chart import Chart, accent, figures, ink, thinned, written
from brochure.blocks.charts.labels import (
    broken,
    figure_label,
    label_style,
    message_label,
    plain,
    scaled,
    value_style,
)
from brochure.blocks.charts.legend import Legend
from brochure.blocks.charts.ring import Ring, RingPart
from brochure.blocks.charts.ring_labels import RingLabels
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, Slab
from brochure.spec.values import Message, StyleName
from brochure.typeset.style import Align


class DonutLabels(Enum):
    """Where the labels stand."""

    AROUND = "around"
    BESIDE = "beside"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Donut(Chart):
    """A ring of shares."""

    shares: Annotated[bool, "whether labels carry shares in percent; else values"] = True
    labels: Annotated[
        DonutLabels | None, "around the ring, beside or below it; where there is room unless told"
    ] = None
    centre: Annotated[Message | None, "a figure in its middle"] = None
    centre_label: Annotated[Message | None, "what the figure counts, beneath it"] = None
    centre_style: Annotated[
        StyleName | None, "the style of the figure in the middle; as large as fits unless told"
    ] = None


# In ems of the labels.
LIST_GAP, BELOW_GAP, CENTRE_GAP = 2.2, 1.6, 0.6
HOLE = 0.62
PARTED = 1.2
"""How far the shares stand apart, in points."""
AROUND, BESIDE, BELOW = 0.4, 0.4, 0.66
"""How much of the measure the ring takes, by where its labels stand."""
LARGEST, MIN_BESIDE, LEAST = 150.0, 80.0, 24.0
"""The largest ring that is made unasked, the smallest with labels at its sides, and the smallest of all, in points."""
TINTS = {True: (0.5, 0.14), False: (1.0, 0.2)}
"""The first and the last tint of the shares without a colour: quieter where others have one."""


def galley(block: Donut, context: BlockContext) -> Galley:
    """The chart as one slab."""
    values = figures(block, context)
    wrong = _wrong(values)
    if wrong:
        context.note("chart-share", f"a donut shows the shares of a whole: {wrong}", block.span)
    if wrong or not values:
        return ()
    ring = RingPlot(block, ChartCanvas(context), [value or 0.0 for value in values])
    return framed(block, context, ring.drawn())


def _wrong(values: Sequence[float | None]) -> str:
    """Why the values are no shares of a whole; nothing where they are."""
    if None in values:
        return "where one of them is not known, there is no whole"
    known = [value for value in values if value is not None]
    if min(known, default=0.0) < 0:
        return f"{min(known):g} is less than nothing"
    return "these add up to nothing" if known and sum(known) == 0 else ""


class RingPlot:
    """One donut in hand."""

    def __init__(self, block: Donut, sheet: ChartCanvas, values: Sequence[float]) -> None:
        self.block, self.sheet, self.context = block, sheet, sheet.context
        style = label_style(block, self.context)
        self.em, self.cap = style.type.size, self.context.cap_height(style.type)
        total = sum(values)
        self.shares = [value / total for value in values]
        self.texts = [
            self._percent(share) if block.shares else written(value, block, self.context)
            for share, value in zip(self.shares, values, strict=True)
        ]

    def drawn(self) -> Slab:
        """The ring with its labels where there is room for them."""
        wanted = self.block.labels
        if wanted in (None, DonutLabels.AROUND):
            around = RingLabels(self.sheet, self._parts(), self._diameter(AROUND) / 2, self.em)
            large = wanted is DonutLabels.AROUND or around.radius >= MIN_BESIDE / 2
            if large and around.fits() and self._low_enough(sum(around.extent())):
                return self._draw_around(around)
        key = Legend(self.sheet, self._parts(Align.START), self.em, self.cap)
        beside = self.context.measure - self._diameter(BESIDE) - LIST_GAP * self.em
        large = self._diameter(BESIDE) >= MIN_BESIDE
        roomy = large and wanted is not DonutLabels.BELOW and beside >= key.wanted
        least = beside if wanted is DonutLabels.BESIDE else self.context.measure
        if least < key.least or wanted is DonutLabels.AROUND:
            self._note_crowded("the labels of this chart have no room")
        if roomy or wanted is DonutLabels.BESIDE:
            return self._draw_beside(key, beside)
        return self._draw_below(key)

    def _low_enough(self, height: float) -> bool:
        """Whether ring and labels keep to the height that is asked for."""
        return self.block.height is None or height <= self.context.points(self.block.height) + 0.5

    def _note_low(self, needed: float) -> None:
        message = "the chart is too low for its ring and its labels"
        self.context.note("chart-low", message, self.block.span, f"{needed:.0f} pt would do")

    def _note_crowded(self, message: str) -> None:
        hint = "shorten them, set them smaller, or give the chart a wider frame"
        self.context.note("chart-crowded", message, self.block.span, hint)

    def _percent(self, share: float) -> str:
        places = self.block.decimals
        pattern = (
            f"::percent scale/100 .{'0' * min(places, 6)}" if places and places > 0 else "percent"
        )
        return self.context.figure(share, pattern)

    def _diameter(self, share: float) -> float:
        natural = min(LARGEST, share * self.context.measure)
        return self.context.points(self.block.height) if self.block.height else natural

    def _parts(self, align: Align | None = None) -> list[RingPart]:
        """The shares with their words; aligned towards the ring unless told."""
        ends = list(accumulate(self.shares))
        paints = self._paints()
        parts = []
        for at, datum in enumerate(self.block.data):
            begin, end = ends[at] - self.shares[at], ends[at]
            side = Align.START if begin + end < 1 else Align.END
            style = label_style(self.block, self.context, align or side)
            # In a list figures end on one line, whichever side the labels are aligned to.
            bold = value_style(self.block, self.context, Align.END if align else side)
            figure = figure_label(self.texts[at], bold, self.context)
            label = message_label(datum.label, style, self.context)
            parts.append(RingPart(begin, end, paints[at], figure, label))
        return parts

    def _paints(self) -> list[Paint]:
        data = self.block.data
        free = [at for at, datum in enumerate(data) if datum.colour is None]
        first, last = TINTS[len(free) < len(data)]
        base = accent(self.block, self.context)
        step = (first - last) / max(1, len(free) - 1)
        tints = {at: thinned(base, first - step * number) for number, at in enumerate(free)}
        return [tints.get(at) or self.context.paint(d.colour) or base for at, d in enumerate(data)]

    # The three places of the labels

    def _draw_around(self, around: RingLabels) -> Slab:
        above, below = around.extent()
        middle = self.context.measure / 2
        ring = Ring(middle, -above, around.radius, HOLE * around.radius)
        self._draw_ring(ring, around.parts)
        around.draw(ring, ink(self.block, self.context))
        return self.sheet.slab(above + below, self.block.span)

    def _draw_beside(self, key: Legend, width: float) -> Slab:
        diameter = self._diameter(BESIDE)
        listed = key.height(width)
        height = max(diameter, listed)
        if not self._low_enough(height):
            self._note_low(height)
        radius = diameter / 2
        self._draw_ring(Ring(radius, -height / 2, radius, HOLE * radius), key.parts)
        key.draw(diameter + LIST_GAP * self.em, (listed - height) / 2, width)
        return self.sheet.slab(height, self.block.span)

    def _draw_below(self, key: Legend) -> Slab:
        measure = self.context.measure
        listed = key.height(measure) + BELOW_GAP * self.em
        diameter = self._diameter(BELOW) - (listed if self.block.height else 0.0)
        diameter = min(diameter, measure)  # what is tall enough may still be too wide
        if diameter < LEAST:
            self._note_low(listed + LEAST)
        radius = max(diameter, LEAST) / 2
        self._draw_ring(Ring(measure / 2, -radius, radius, HOLE * radius), key.parts)
        key.draw(0.0, -2 * radius - BELOW_GAP * self.em, measure)
        return self.sheet.slab(2 * radius + listed, self.block.span)

    # The ring

    def _draw_ring(self, ring: Ring, parts: Sequence[RingPart]) -> None:
        shown = [part for part in parts if part.end - part.begin > 1e-6]
        for part in shown:
            if len(shown) == 1:
                self.sheet.shape(ring.whole(), part.paint, even_odd=True)
            else:
                self.sheet.shape([ring.segment(part.begin, part.end, PARTED)], part.paint)
        self._draw_centre(ring)

    def _draw_centre(self, ring: Ring) -> None:
        """The figure in the middle with what it counts, centred in the hole."""
        slabs = [*self._centre_figure(ring), *self._centre_label(ring)]
        gap = CENTRE_GAP * self.em
        height = sum(slab.height for slab in slabs) + gap * (len(slabs) - 1)
        top = ring.y + height / 2
        for slab in slabs:
            self.sheet.words(slab, ring.x - slab.width / 2, top)
            top -= slab.height + gap
        if slabs and math.hypot(max(slab.width for slab in slabs), height) > 2.02 * ring.inner:
            self._note_crowded("the words in the middle of this donut reach over its ring")

    def _centre_figure(self, ring: Ring) -> Iterator[Slab]:
        message, named = self.block.centre, self.block.centre_style
        if message is None:
            return
        if named:
            style = plain(self.context.style(named, "label"), Align.CENTRE)
            label = message_label(message, style, self.context)
        else:
            style = value_style(self.block, self.context, Align.CENTRE)
            label = message_label(message, style, self.context)
            fitting = min(0.62 / label.size, 1.4 / max(label.natural, 1.0)) * ring.inner
            label = message_label(message, scaled(style, fitting), self.context)
        yield self.sheet.set(label, label.natural)

    def _centre_label(self, ring: Ring) -> Iterator[Slab]:
        if self.block.centre_label:
            style = label_style(self.block, self.context, Align.CENTRE)
            label = message_label(self.block.centre_label, style, self.context)
            width = max(label.least, min(label.natural, 1.35 * ring.inner))
            yield self.sheet.set(label, broken(label, width + 0.01)[1])
