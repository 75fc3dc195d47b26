"""Labels around a donut: on both sides of the ring, as close to the level of their shares as their neighbours allow."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import tint_paint
from brochure.blocks.charts.labels import DROP, measure_lines, space_out
from brochure.blocks.charts.ring import Ring, RingPart
from brochure.color.swatch import Paint
from brochure.model.display_list import Stroke

# In ems of the labels.
LEADER, LEAD, LINE_GAP, BLOCK_GAP = 2.6, 0.5, 0.55, 0.8
MAX_LABELS, MAX_LINES = 8, 3


class RingLabels:
    """Lays out and draws the labels of a ring; `middles` are heights above the ring's centre, in points."""

    def __init__(
        self, canvas: ChartCanvas, parts: Sequence[RingPart], radius: float, em: float
    ) -> None:
        self.canvas, self.parts, self.em = canvas, parts, em
        self.radius = radius
        self.width = canvas.context.measure / 2 - radius - LEADER * em
        if not self.fits():
            return
        self.blocks = [
            (canvas.typeset(part.figure, self.width), canvas.typeset(part.label, self.width))
            for part in parts
        ]
        self.heights = [
            figure.height + LINE_GAP * em + label.height for figure, label in self.blocks
        ]
        self.middles = self._middles()

    def fits(self) -> bool:
        """Return True if the labels fit on both sides of the ring."""
        if len(self.parts) > MAX_LABELS or self.width <= 0:
            return False
        longest = max(max(part.label.min_width, part.figure.natural_width) for part in self.parts)
        lines = max(measure_lines(part.label, self.width)[0] for part in self.parts)
        return longest <= self.width and lines <= MAX_LINES

    def extent(self) -> tuple[float, float]:
        """Return how far ring and labels extend above and below the ring's centre."""
        pairs = list(zip(self.middles, self.heights, strict=True))
        above = max(middle + height / 2 for middle, height in pairs)
        below = max(height / 2 - middle for middle, height in pairs) + DROP * self.em
        return max(self.radius, above), max(self.radius, below)

    def draw(self, ring: Ring, paint: Paint) -> None:
        """Draw the labels and their leader lines."""
        for index, part in enumerate(self.parts):
            figure, label = self.blocks[index]
            top = ring.y + self.middles[index] + self.heights[index] / 2
            direction = 1 if part.on_end_side else -1
            edge = ring.x + direction * (ring.outer + LEADER * self.em)
            x = edge if direction > 0 else edge - self.width
            self.canvas.draw_text(figure, x, top)
            self.canvas.draw_text(label, x, top - figure.height - LINE_GAP * self.em)
            end, level = edge - direction * LEAD * self.em, top - figure.height / 2
            elbow = (end - direction * self.em, level)
            points = [ring.at(part.middle, ring.outer + 1.5), elbow, (end, level)]
            self.canvas.draw_line(points, Stroke(tint_paint(paint, 0.55), HAIRLINE))

    def _middles(self) -> list[float]:
        middles = [0.0] * len(self.parts)
        for end_side in (True, False):
            side = [index for index, part in enumerate(self.parts) if part.on_end_side is end_side]
            side = side if end_side else side[::-1]  # from top to bottom on either side
            targets = [
                Ring(0, 0, self.radius, 0).at(self.parts[index].middle, self.radius)[1]
                for index in side
            ]
            gap = (BLOCK_GAP + DROP) * self.em
            places = space_out(targets, [self.heights[index] for index in side], gap)
            for index, place in zip(side, places, strict=True):
                middles[index] = place
        return middles
