"""The slope of a `before-after`: two points and the line between them.

Takes a chart's sheet and its pair of figures; gives the drawing as one slab. Each figure stands outside its point with its
label beneath it, so that nothing lies on the line; figures below 0 hang below the line of 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks._shapes import ClipShape, outline
from brochure.blocks.charts.axis import Axis, ValueRange, fitted
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import QUIET, Chart, ink, thinned
from brochure.blocks.charts.labels import DROP
from brochure.blocks.charts.value_pair import PairSide, ValuePair
from brochure.geometry import Rect
from brochure.model.display_list import Stroke
from brochure.model.galley import Slab

# In ems of the labels.
GAP, LINE_GAP, CHANGE_GAP = 0.9, 0.55, 1.2
POINT, LINE = 0.32, 1.6
TALL, LEAST, MOST = 0.5, 96.0, 170.0
"""The natural height: this much of the measure, between these, in points."""
MIN_LENGTH = 24.0
WIDEST = 0.3
"""How much of the measure the words on each side may take, unless a word is longer."""


class SlopePlot:
    """A slope in hand."""

    def __init__(self, block: Chart, sheet: ChartCanvas, pair: ValuePair) -> None:
        self.block, self.sheet, self.pair = block, sheet, pair
        self.context, self.em = sheet.context, pair.em
        self.ink = ink(block, self.context)
        self.widths = [self._width(side) for side in pair.sides]
        pairs = zip(pair.sides, self.widths, strict=True)
        self.stacks = [self._stack(side, width) for side, width in pairs]
        self.words = sheet.set(pair.change, self.context.measure) if pair.change else None

    def drawn(self) -> Slab:
        """The chart: line, points, figures with their labels; the words for the difference at its foot."""
        below = self.words.height + CHANGE_GAP * self.em if self.words else 0.0
        reaches = [self._reach(at) for at in (0, 1)]
        height = self._height(below, reaches)
        low = below - height
        axis = fitted(self.pair.limits, height - below, reaches)
        xs = self._across()
        self._draw_scale(xs, low, axis)
        ys = [low + axis.at(side.value) for side in self.pair.sides]
        self._draw_line(xs, ys)
        places = (0.0, xs[1] + GAP * self.em)
        for at in (0, 1):
            for slab, down in self.stacks[at]:
                top = ys[at] + self.stacks[at][0][0].height / 2
                self.sheet.words(slab, places[at], top - down)
        if self.words:
            self.sheet.words(self.words, 0.0, self.words.height - height + DROP * self.em)
        return self.sheet.slab(height, self.block.span)

    def _width(self, side: PairSide) -> float:
        """How wide the words of a side are: their longest word, or in one line as far as there is room."""
        words = [side.label, *([side.note] if side.note else [])]
        limit = WIDEST * self.context.measure
        return max(side.figure.natural, *(max(one.least, min(one.natural, limit)) for one in words))

    def _stack(self, side: PairSide, width: float) -> list[tuple[Slab, float]]:
        """Figure, note and label under one another, each with how far its head lies below the first one's."""
        found, down = [], 0.0
        for label in (side.figure, side.note, side.label):
            if label is not None:
                slab = self.sheet.set(label, width)
                found.append((slab, down))
                down += slab.height + LINE_GAP * self.em
        return found

    def _reach(self, at: int) -> ValueRange:
        """The figure stands about the height of its point, the rest hangs below."""
        stack = self.stacks[at]
        half = stack[0][0].height / 2
        last, down = stack[-1]
        low = down + last.height + DROP * self.em - half
        return ValueRange(self.pair.sides[at].value, low, half)

    def _height(self, below: float, reaches: Sequence[ValueRange]) -> float:
        least = below + max(reach.low + reach.high for reach in reaches) + MIN_LENGTH
        if self.block.height is None:
            return max(least, min(MOST, max(LEAST, TALL * self.context.measure)) + below)
        height = self.context.points(self.block.height)
        if height < least:
            message = "the chart is too low for its labels"
            self.context.note("chart-low", message, self.block.span, f"{least:.0f} pt would do")
        return max(height, least)

    def _across(self) -> tuple[float, float]:
        """Where the two points stand."""
        left = self.widths[0] + GAP * self.em
        right = self.context.measure - self.widths[1] - GAP * self.em
        change = self.pair.change.least if self.pair.change else 0.0
        if right - left < 4 * self.em or change > self.context.measure:
            message = "the labels and figures of this chart leave no room for its line"
            hint = "shorten them, set them smaller, or give the chart a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)
        return left, right

    def _draw_scale(self, xs: tuple[float, float], low: float, axis: Axis) -> None:
        """The line of 0, and an upright at each point."""
        quiet = Stroke(thinned(self.ink, QUIET), HAIRLINE)
        for x in xs:
            self.sheet.line([(x, low + axis.at(axis.least)), (x, low + axis.at(axis.most))], quiet)
        zero = low + axis.at(0.0)
        self.sheet.line([(xs[0], zero), (xs[1], zero)], Stroke(self.ink, HAIRLINE))

    def _draw_line(self, xs: tuple[float, float], ys: Sequence[float]) -> None:
        paint = self.pair.after.paint
        stroke = Stroke(paint, LINE, round_cap=True)
        self.sheet.line([(xs[0], ys[0]), (xs[1], ys[1])], stroke)
        radius = POINT * self.em
        for x, y in zip(xs, ys, strict=True):
            point = Rect(x - radius, y - radius, 2 * radius, 2 * radius)
            self.sheet.shape([outline(ClipShape.ELLIPSE, point)], paint)
