"""Labels around a ring: on both its sides, each as level with its share as its neighbours allow.

Takes a sheet, the parts of a ring and its radius; gives where each label stands and draws them with a fine line to their
shares. Stands behind `donut`.
"""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import thinned
from brochure.blocks.charts.labels import DROP, broken
from brochure.blocks.charts.ring import Ring, RingPart
from brochure.color.swatch import Paint
from brochure.model.display_list import Stroke

# In ems of the labels.
LEADER, LEAD, LINE_GAP, BLOCK_GAP = 2.6, 0.5, 0.55, 0.8
MAX_LABELS, MAX_LINES = 8, 3


class RingLabels:
    """The labels of a ring in hand: `middles` are those of the labels above the ring's centre, in points."""

    def __init__(
        self, sheet: ChartCanvas, parts: Sequence[RingPart], radius: float, em: float
    ) -> None:
        self.sheet, self.parts, self.em = sheet, parts, em
        self.radius = radius
        self.width = sheet.context.measure / 2 - radius - LEADER * em
        if not self.fits():
            return
        self.blocks = [
            (sheet.set(part.figure, self.width), sheet.set(part.label, self.width))
            for part in parts
        ]
        self.heights = [
            figure.height + LINE_GAP * em + label.height for figure, label in self.blocks
        ]
        self.middles = self._middles()

    def fits(self) -> bool:
        """Whether there is room on both sides of the ring."""
        if len(self.parts) > MAX_LABELS or self.width <= 0:
            return False
        longest = max(max(part.label.least, part.figure.natural) for part in self.parts)
        lines = max(broken(part.label, self.width)[0] for part in self.parts)
        return longest <= self.width and lines <= MAX_LINES

    def extent(self) -> tuple[float, float]:
        """How far ring and labels reach above and below the ring's centre."""
        pairs = list(zip(self.middles, self.heights, strict=True))
        above = max(middle + height / 2 for middle, height in pairs)
        below = max(height / 2 - middle for middle, height in pairs) + DROP * self.em
        return max(self.radius, above), max(self.radius, below)

    def draw(self, ring: Ring, ink: Paint) -> None:
        """Labels, and lines from their shares to them."""
        for at, part in enumerate(self.parts):
            figure, label = self.blocks[at]
            head = ring.y + self.middles[at] + self.heights[at] / 2
            sign = 1 if part.on_end_side else -1
            edge = ring.x + sign * (ring.outer + LEADER * self.em)
            x = edge if sign > 0 else edge - self.width
            self.sheet.words(figure, x, head)
            self.sheet.words(label, x, head - figure.height - LINE_GAP * self.em)
            end, level = edge - sign * LEAD * self.em, head - figure.height / 2
            elbow = (end - sign * self.em, level)
            points = [ring.at(part.middle, ring.outer + 1.5), elbow, (end, level)]
            self.sheet.line(points, Stroke(thinned(ink, 0.55), HAIRLINE))

    def _middles(self) -> list[float]:
        middles = [0.0] * len(self.parts)
        for end_side in (True, False):
            side = [at for at, part in enumerate(self.parts) if part.on_end_side is end_side]
            side = side if end_side else side[::-1]  # from the top down on either side
            wanted = [
                Ring(0, 0, self.radius, 0).at(self.parts[at].middle, self.radius)[1] for at in side
            ]
            gap = (BLOCK_GAP + DROP) * self.em
            places = stacked_apart(wanted, [self.heights[at] for at in side], gap)
            for at, place in zip(side, places, strict=True):
                middles[at] = place
        return middles


def stacked_apart(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """The middles of blocks as near as can be to where they are wanted, from the top down, none touching the next.

    Blocks that would touch are joined and share their displacement, as in pooling adjacent violators.
    """
    pools: list[tuple[list[int], float]] = []
    for at in range(len(wanted)):
        members, middle = [at], wanted[at]
        while (
            pools
            and _low(pools[-1], heights, gap) < middle + _tall(members, heights, gap) / 2 + gap
        ):
            above, _ = pools.pop()
            members = above + members
            middle = _middle(members, wanted, heights, gap)
        pools.append((members, middle))
    return [place for pool in pools for place in _places(pool, heights, gap)]


def _tall(members: Sequence[int], heights: Sequence[float], gap: float) -> float:
    return sum(heights[at] for at in members) + gap * (len(members) - 1)


def _low(pool: tuple[list[int], float], heights: Sequence[float], gap: float) -> float:
    return pool[1] - _tall(pool[0], heights, gap) / 2


def _places(pool: tuple[list[int], float], heights: Sequence[float], gap: float) -> list[float]:
    """The middles of a pool's members."""
    members, middle = pool
    top = middle + _tall(members, heights, gap) / 2
    places = []
    for at in members:
        places.append(top - heights[at] / 2)
        top -= heights[at] + gap
    return places


def _middle(
    members: list[int], wanted: Sequence[float], heights: Sequence[float], gap: float
) -> float:
    """Where a pool's middle lies so that its members are off by as much upwards as downwards."""
    places = _places((members, 0.0), heights, gap)
    off = [wanted[at] - place for at, place in zip(members, places, strict=True)]
    return sum(off) / len(off)
