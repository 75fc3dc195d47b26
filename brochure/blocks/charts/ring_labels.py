"""Labels around a donut: on both sides of the ring, as close to the level of their shares as their neighbours allow."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import tint_paint
from brochure.blocks.charts.labels import DROP, measure_lines
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


def space_out(targets: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Return the middles of blocks, from top to bottom, as close as possible to their targets without overlap.

    Blocks that would overlap are merged and share their displacement (pool adjacent violators).
    """
    pools: list[tuple[list[int], float]] = []
    for index in range(len(targets)):
        members, middle = [index], targets[index]
        while (
            pools
            and _pool_bottom(pools[-1], heights, gap)
            < middle + _pool_height(members, heights, gap) / 2 + gap
        ):
            above, _ = pools.pop()
            members = above + members
            middle = _pool_middle(members, targets, heights, gap)
        pools.append((members, middle))
    return [place for pool in pools for place in _pool_middles(pool, heights, gap)]


def _pool_height(members: Sequence[int], heights: Sequence[float], gap: float) -> float:
    return sum(heights[index] for index in members) + gap * (len(members) - 1)


def _pool_bottom(pool: tuple[list[int], float], heights: Sequence[float], gap: float) -> float:
    return pool[1] - _pool_height(pool[0], heights, gap) / 2


def _pool_middles(
    pool: tuple[list[int], float], heights: Sequence[float], gap: float
) -> list[float]:
    """Return the middles of a pool's members."""
    members, middle = pool
    top = middle + _pool_height(members, heights, gap) / 2
    places = []
    for index in members:
        places.append(top - heights[index] / 2)
        top -= heights[index] + gap
    return places


def _pool_middle(
    members: list[int], targets: Sequence[float], heights: Sequence[float], gap: float
) -> float:
    """Return the middle of a pool at which the displacements of its members sum to 0."""
    places = _pool_middles((members, 0.0), heights, gap)
    off = [targets[index] - place for index, place in zip(members, places, strict=True)]
    return sum(off) / len(off)
