"""The pictures of the right-to-left brochure: a basin, from which channels divide until each field has its own.

A field is divided by a channel, its halves by narrower ones, and so on. The fields lie like tiles on the water.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .inks import Ink, Point, Sheet, mix

WATER: Ink = (0.96, 0.44, 0.30, 0.10)
DEEP: Ink = (1.0, 0.66, 0.40, 0.36)
SAFFRON: Ink = (0.0, 0.34, 0.86, 0.0)
CLAY: Ink = (0.08, 0.62, 0.74, 0.06)
PALM: Ink = (0.66, 0.22, 0.72, 0.12)
BARLEY: Ink = (0.10, 0.10, 0.52, 0.0)
CHALK: Ink = (0.02, 0.04, 0.12, 0.0)

FIELDS = (PALM, BARLEY, mix(PALM, BARLEY, 0.5), SAFFRON, CHALK, PALM, CLAY)
SHEAR = 0.18
"""How far a field leans to the left, per unit of height."""


@dataclass(frozen=True)
class Plot:
    """A rectangle in the leaning plane of the fields."""

    x: float
    y: float
    width: float
    height: float

    def divide(self, share: float, gap: float, *, upright: bool) -> tuple[Plot, Plot]:
        """Return the two parts beside a channel of the width `gap`."""
        if upright:
            first = (self.width - gap) * share
            return (
                Plot(self.x, self.y, first, self.height),
                Plot(self.x + first + gap, self.y, self.width - gap - first, self.height),
            )
        first = (self.height - gap) * share
        return (
            Plot(self.x, self.y, self.width, first),
            Plot(self.x, self.y + first + gap, self.width, self.height - gap - first),
        )


@dataclass(frozen=True)
class Picture:
    """Size in mm, the upper edge of the fields, the seed and the smallest field."""

    size: Point
    top: float
    seed: int
    least: float


PICTURES = {
    "fields-cover.pdf": Picture((216, 216), 106, 26, 620),
    "fields-strip.pdf": Picture((216, 75.33), 16, 50, 480),
}


def draw(name: str, folder: Path) -> None:
    """Write one picture of `PICTURES` into a folder."""
    picture = PICTURES[name]
    rng = np.random.default_rng(picture.seed)
    width, height = picture.size
    sheet = Sheet(folder / name, picture.size, WATER)
    _basin(sheet, picture.top)
    whole = Plot(-30, picture.top, width + 110, height + 110 - picture.top)
    plots: dict[Ink, list[Plot]] = {}
    for number, plot in enumerate(_divide(whole, 11.0, rng, picture.least)):
        ink = FIELDS[(number * 5 + int(rng.integers(3))) % len(FIELDS)]
        plots.setdefault(ink, []).append(plot)
    for ink, ones in plots.items():
        # One path for each colour: a pattern that the edge of the page may cut anywhere.
        sheet.polygon(ink, *(_leaning(plot, picture.top) for plot in ones))
        furrows = [line for plot in ones for line in _furrows(plot, picture.top)]
        sheet.line(mix(ink, DEEP, 0.22), 0.5, *furrows)
    sheet.save()


def _basin(sheet: Sheet, top: float) -> None:
    """Deep water, with rings that come nearer to each other towards its edge."""
    sheet.rectangle(DEEP, 0, 0, sheet.width, top - 11)
    for number in range(2):
        y = top - 15.5 - number * number * 1.6 - number * 3
        if y > 12:
            sheet.line(
                mix(DEEP, WATER, 0.8 - number * 0.14), 1.5 - number * 0.22, _ripple(sheet.width, y)
            )


def _ripple(width: float, y: float) -> list[Point]:
    x = np.linspace(-10, width + 10, 120)
    return [(float(a), float(y + 0.9 * np.sin(a / 13 + y))) for a in x]


def _divide(plot: Plot, gap: float, rng: np.random.Generator, least: float) -> Iterator[Plot]:
    """Yield the fields of a plot: it is divided across its longer side until they are small."""
    if plot.width * plot.height < least * (1 + rng.uniform(0, 1.4)):
        yield plot
        return
    share = float(rng.uniform(0.36, 0.64))
    upright = plot.width > plot.height * 1.15
    for part in plot.divide(share, gap, upright=upright):
        yield from _divide(part, max(gap * 0.66, 1.6), rng, least)


def _furrows(plot: Plot, top: float) -> Iterator[list[Point]]:
    """Yield lines along the longer side of a field."""
    lines = max(int(min(plot.width, plot.height) / 3.2), 1)
    for number in range(1, lines):
        at = number / lines
        if plot.width > plot.height:
            y = plot.y + plot.height * at
            ends = [(plot.x + 2.4, y), (plot.x + plot.width - 2.4, y)]
        else:
            x = plot.x + plot.width * at
            ends = [(x, plot.y + 2.4), (x, plot.y + plot.height - 2.4)]
        yield [_lean(point, top) for point in ends]


def _leaning(plot: Plot, top: float) -> list[Point]:
    right, foot = plot.x + plot.width, plot.y + plot.height
    corners = [(plot.x, plot.y), (right, plot.y), (right, foot), (plot.x, foot)]
    return [_lean(corner, top) for corner in corners]


def _lean(point: Point, top: float) -> Point:
    return point[0] - (point[1] - top) * SHEAR, point[1]
