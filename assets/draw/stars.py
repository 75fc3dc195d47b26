"""The poster's picture: a street lamp, its light, and the stars that can be seen beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .flat import Drawing, cmyk

SIZE = (303.0, 426.0)
NIGHT = cmyk(70, 55, 40, 100)
SULPHUR = cmyk(0, 9, 94, 0)
PAPER = cmyk(0, 0, 0, 0)
LAMP = (151.5, 52.0)
HALF = 17.0
"""Half the width of the lamp, in millimetres."""
SPREAD = 0.42
"""How far the light widens on each side, per millimetre below the lamp."""
MARGIN = 3.0
PLOUGH = (
    (20.0, 137.0),
    (34.0, 124.0),
    (44.0, 131.0),
    (55.0, 137.0),
    (57.0, 154.0),
    (78.0, 156.0),
    (81.0, 140.0),
)
"""The seven stars of the Plough, of which the last two point to the Pole Star."""


def draw(folder: Path) -> None:
    """Write `lamp.pdf` into a folder."""
    width, height = SIZE
    picture = Drawing(folder / "lamp.pdf", width, height, NIGHT)
    picture.discs(PAPER, _stars(np.random.default_rng(21)))
    x, y = LAMP
    foot, half = SPREAD * (height - y), HALF
    picture.box(PAPER, x - 1.5, 0, 3, y - 10)
    picture.shape(PAPER, [(x - 6, y - 17), (x + 6, y - 17), (x + half, y), (x - half, y)])
    picture.shape(
        SULPHUR,
        [(x - half, y), (x + half, y), (x + half + foot, height), (x - half - foot, height)],
    )
    picture.save()


def _stars(rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Return stars: many faint ones, denser in a band across the sky, and few bright ones, none touching another."""
    stars = [(x, y, 1.5) for x, y in PLOUGH]
    while len(stars) < 1150:
        x, y = float(rng.uniform(0, SIZE[0])), float(rng.uniform(0, SIZE[1]))
        radius = min(0.2 * float(rng.pareto(2.1) + 1), 1.2)
        band = np.exp(-(((y - 235 + 0.55 * (x - 150)) / 55) ** 2))
        if rng.uniform() > 0.22 + 0.78 * band or _is_lit(x, y, radius):
            continue
        if all((x - a) ** 2 + (y - b) ** 2 > (radius + r + 0.9) ** 2 for a, b, r in stars):
            stars.append((x, y, radius))
    return stars


def _is_lit(x: float, y: float, radius: float) -> bool:
    """Whether the lamp, its light or the words at the top cover a star."""
    below = y - LAMP[1]
    if y < 52 and not 95 < x < 203:
        return True
    reach = HALF + SPREAD * max(below, 0) + radius + MARGIN
    return abs(x - LAMP[0]) < reach
