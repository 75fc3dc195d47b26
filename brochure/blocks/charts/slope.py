"""The slope form of `before-after`: two points and the line between them.

Figures and labels are set outside the points, so nothing overlaps the line; negative values lie below the zero line.
"""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.blocks.charts.axis import Axis, ValueRange, fit_axis
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import QUIET, Chart, chart_height, label_paint, tint_paint
from brochure.blocks.charts.labels import DROP
from brochure.blocks.charts.value_pair import PairSide, ValuePair
from brochure.geometry import Rect
from brochure.model.display_list import Stroke
from brochure.model.galley import GalleyBox

# In ems of the labels.
GAP, LINE_GAP, CHANGE_GAP = 0.9, 0.55, 1.2
POINT, LINE = 0.32, 1.6
HEIGHT_SHARE, MIN_HEIGHT, MAX_HEIGHT = 0.5, 96.0, 170.0
"""Default height: this fraction of the measure, within these limits in points."""
MIN_LENGTH = 24.0
MAX_TEXT_WIDTH = 0.3
"""Maximum width of the text on each side as a fraction of the measure, unless a word is longer."""


class SlopePlot:
    """Lays out and draws one slope."""

    def __init__(self, block: Chart, canvas: ChartCanvas, pair: ValuePair) -> None:
        self.block, self.canvas, self.pair = block, canvas, pair
        self.context, self.em = canvas.context, pair.em
        self.ink = label_paint(block, self.context)
        self.widths = [self._width(side) for side in pair.sides]
        pairs = zip(pair.sides, self.widths, strict=True)
        self.stacks = [self._stack(side, width) for side, width in pairs]
        self.change = canvas.typeset(pair.change, self.context.measure) if pair.change else None

    def draw(self) -> GalleyBox:
        """Draw line, points, figures and labels, with the label for the difference at the bottom."""
        below = self.change.height + CHANGE_GAP * self.em if self.change else 0.0
        ranges = [self._range(index) for index in (0, 1)]
        height = self._height(below, ranges)
        low = below - height
        axis = fit_axis(self.pair.limits, height - below, ranges)
        xs = self._point_xs()
        self._draw_scale(xs, low, axis)
        ys = [low + axis.at(side.value) for side in self.pair.sides]
        self._draw_line(xs, ys)
        places = (0.0, xs[1] + GAP * self.em)
        for index in (0, 1):
            for box, down in self.stacks[index]:
                top = ys[index] + self.stacks[index][0][0].height / 2
                self.canvas.draw_text(box, places[index], top - down)
        if self.change:
            self.canvas.draw_text(self.change, 0.0, self.change.height - height + DROP * self.em)
        return self.canvas.to_slab(height, self.block.span)

    def _width(self, side: PairSide) -> float:
        """Return the width of the text on one side: unbroken up to a limit, but at least the longest word."""
        words = [side.label, *([side.note] if side.note else [])]
        limit = MAX_TEXT_WIDTH * self.context.measure
        return max(
            side.figure.natural_width,
            *(max(one.min_width, min(one.natural_width, limit)) for one in words),
        )

    def _stack(self, side: PairSide, width: float) -> list[tuple[GalleyBox, float]]:
        """Return figure, note and label, each with the distance of its top below the first."""
        stack, down = [], 0.0
        for label in (side.figure, side.note, side.label):
            if label is not None:
                box = self.canvas.typeset(label, width)
                stack.append((box, down))
                down += box.height + LINE_GAP * self.em
        return stack

    def _range(self, index: int) -> ValueRange:
        """Return the space needed: the figure is centred on its point, note and label lie below."""
        stack = self.stacks[index]
        half = stack[0][0].height / 2
        last, down = stack[-1]
        low = down + last.height + DROP * self.em - half
        return ValueRange(self.pair.sides[index].value, low, half)

    def _height(self, below: float, ranges: Sequence[ValueRange]) -> float:
        least = below + max(reach.low + reach.high for reach in ranges) + MIN_LENGTH
        preferred = min(MAX_HEIGHT, max(MIN_HEIGHT, HEIGHT_SHARE * self.context.measure)) + below
        return chart_height(self.block, self.context, least, preferred)

    def _point_xs(self) -> tuple[float, float]:
        """Return the x coordinates of the two points."""
        left = self.widths[0] + GAP * self.em
        right = self.context.measure - self.widths[1] - GAP * self.em
        change = self.pair.change.min_width if self.pair.change else 0.0
        if right - left < 4 * self.em or change > self.context.measure:
            message = "the labels and figures of the chart leave too little space for the line"
            hint = "shorten them, reduce the text size, or use a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)
        return left, right

    def _draw_scale(self, xs: tuple[float, float], low: float, axis: Axis) -> None:
        """Draw the zero line and a vertical line at each point."""
        quiet = Stroke(tint_paint(self.ink, QUIET), HAIRLINE)
        for x in xs:
            self.canvas.draw_line(
                [(x, low + axis.at(axis.minimum)), (x, low + axis.at(axis.maximum))], quiet
            )
        zero = low + axis.at(0.0)
        self.canvas.draw_line([(xs[0], zero), (xs[1], zero)], Stroke(self.ink, HAIRLINE))

    def _draw_line(self, xs: tuple[float, float], ys: Sequence[float]) -> None:
        paint = self.pair.after.paint
        stroke = Stroke(paint, LINE, round_cap=True)
        self.canvas.draw_line([(xs[0], ys[0]), (xs[1], ys[1])], stroke)
        radius = POINT * self.em
        for x, y in zip(xs, ys, strict=True):
            point = Rect(x - radius, y - radius, 2 * radius, 2 * radius)
            self.canvas.draw_shape([shape_outline(ClipShape.ELLIPSE, point)], paint)
