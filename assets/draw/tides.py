"""The pictures of the festival programme: a moon and its reflection at three states of the tide, and the map of an island."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .flat import Drawing, Ink, Place, cmyk

DEEP = cmyk(100, 84, 8, 34)
CORAL = cmyk(0, 62, 48, 0)
SHELL = cmyk(2, 4, 10, 0)
FLAT = cmyk(14, 10, 18, 0)
PAGE = (111.0, 154.0)
SAFE = 7.0
"""A bar that ends nearer than this to the edge of the picture, bleed included, is drawn across it."""


@dataclass(frozen=True)
class Tide:
    """A moon above the water: its centre and radius, where the water begins and its reflection ends, and the inks."""

    moon: tuple[float, float, float]
    water: float
    end: float
    sky: Ink
    sea: Ink
    light: Ink


TIDES = {
    "tide-cover.pdf": Tide((55.5, 47.0, 39.0), 47.0, 74.0, CORAL, DEEP, SHELL),
    "tide-friday.pdf": Tide((86.0, 56.0, 43.0), 72.0, 107.0, SHELL, DEEP, CORAL),
    "tide-saturday.pdf": Tide((22.0, 66.0, 52.0), 58.0, 107.0, DEEP, CORAL, SHELL),
    "tide-sunday.pdf": Tide((72.0, 38.0, 30.0), 76.0, 108.0, CORAL, SHELL, DEEP),
}
MAP = "island.pdf"
MAP_SIZE = (216.0, 154.0)
ISLAND = (112.0, 84.0)
PLACES = ((37.5, 75.2), (55.5, 97.2), (122.5, 76.2), (184.5, 81.2), (116.0, 118.2))
"""The pier, the net loft, the chapel, the lighthouse and the sands; their names are in the layout."""


def draw(name: str, folder: Path) -> None:
    """Draw one picture of `TIDES`, or the map, into a folder."""
    if name == MAP:
        _draw_map(folder / name)
        return
    tide = TIDES[name]
    width, height = PAGE
    picture = Drawing(folder / name, width, height, tide.sky)
    picture.disc(tide.light, *tide.moon)
    picture.box(tide.sea, 0, tide.water, width, height - tide.water)
    for row in _reflection(tide):
        picture.line(tide.light, row[0], row[1:])
    picture.save()


def _reflection(tide: Tide) -> Iterator[tuple[float, Place, Place]]:
    """Yield the bars of the moon's reflection: width of the line, and its ends. They grow towards the viewer."""
    rng = np.random.default_rng(round(tide.water))
    x, y, radius = tide.moon
    stretch = (tide.end - tide.water) / (tide.water - y + radius)
    at, step = tide.water + 1.4, 1.7
    while at < tide.end:
        above = y - tide.water + (at - tide.water) / stretch
        half = float(np.sqrt(max(radius**2 - above**2, 0)))
        middle = x + rng.normal(0, step * 0.9)
        reach = half * rng.uniform(0.88, 1.1)
        left, right = middle - reach, middle + reach
        if half > 1:
            yield (
                step * 0.55,
                (left if left > SAFE else -SAFE, at),
                (right if right < PAGE[0] - SAFE else PAGE[0] + SAFE, at),
            )
        at += step
        step *= 1.075


def _draw_map(file: Path) -> None:
    """The island at low water: sea with lines that repeat the coast, sands, and land."""
    picture = Drawing(file, *MAP_SIZE, DEEP)
    deeper = [_closed(_coast(float(scale))) for scale in np.arange(2.6, 1.36, -0.13)]
    picture.smooth_line(cmyk(78, 58, 2, 4), 0.35, *deeper)
    picture.smooth(FLAT, _coast(1.3))
    picture.smooth_line(SHELL, 0.5, _closed(_coast(1.19)), _closed(_coast(1.1)))
    picture.smooth(CORAL, _coast(1.0))
    for x, y in PLACES:
        picture.disc(DEEP, x, y, 1.5)
    picture.save()


def _coast(scale: float) -> list[Place]:
    """Return the coast, enlarged about the middle of the island: the farther out, the smoother."""
    turns = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    rough = 1 / scale**2
    radius = 33 + rough * (
        7 * np.sin(2 * turns + 0.7) + 6 * np.sin(3 * turns + 2.2) + 3.4 * np.sin(5 * turns + 4)
    )
    radius += rough * (1.7 * np.sin(9 * turns + 1) + 1.0 * np.sin(14 * turns + 3))
    x = ISLAND[0] + 1.75 * scale * radius * np.cos(turns)
    y = ISLAND[1] + 0.98 * scale * radius * np.sin(turns)
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def _closed(coast: list[Place]) -> list[Place]:
    return [*coast, *coast[:2]]
