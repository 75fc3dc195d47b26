"""The pictures of the field report: a river, a fence in front of a well, a hand pump and a portrait, in two inks.

The inks are those of the layout: a dark green, and one spot ink with its tints.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from .flat import Drawing, Ink, Place, cmyk, spot

FOREST = cmyk(84, 42, 70, 50)
GREEN = cmyk(66, 28, 56, 22)
MOSS = cmyk(44, 14, 36, 6)
SAND = cmyk(3, 6, 15, 0)
TREE = cmyk(72, 34, 62, 34)
DUNE = cmyk(10, 14, 28, 2)
CLAY = spot("PANTONE 7416 C", cmyk(0, 72, 70, 0))


def draw(name: str, folder: Path) -> None:
    """Draw one of `PICTURES` into a folder."""
    width, height, paint = PICTURES[name]
    picture = Drawing(folder / name, width, height, SAND)
    paint(picture)
    picture.save()


def _draw_river(picture: Drawing) -> None:
    """A river that comes out of the hills under a low sun, and widens towards the viewer; a boat on it."""
    width, height = picture.width, picture.height
    picture.disc(CLAY, 142, 156, 47)
    _hill(picture, MOSS, 152, ((0, 0), (48, -14), (96, 2), (150, -8), (width, -20)))
    _hill(picture, GREEN, 172, ((0, -12), (60, 6), (120, -4), (170, 8), (width, -6)))
    _hill(picture, FOREST, 190, ((0, 6), (50, -6), (110, 6), (160, -2), (width, 6)))
    down = np.linspace(0, 1, 80)
    y = 191 + (height - 191) * down**1.35
    middle = 118 - 64 * np.sin(down * 5.2) * (0.16 + down)
    half = 0.6 + 44 * down**1.7
    left = [(float(x - r), float(b)) for x, r, b in zip(middle, half, y, strict=True)]
    right = [(float(x + r), float(b)) for x, r, b in zip(middle, half, y, strict=True)]
    picture.shape(SAND, [*left, *right[::-1]])
    _boat(picture, 157, 277, 1.0)


def _boat(picture: Drawing, x: float, y: float, size: float) -> None:
    """A flat boat with one person who stands."""
    hull = ((-16, -2), (16, -2), (11, 3), (-11, 3))
    picture.shape(CLAY, _placed(hull, x, y, size))
    picture.smooth(
        FOREST, _placed(((1, -2), (1.4, -10), (3, -12), (5, -12), (6.6, -10), (7, -2)), x, y, size)
    )
    picture.disc(FOREST, x + 4 * size, y - 14.4 * size, 2 * size)
    picture.line(FOREST, 0.7 * size, _placed(((9, -18), (4, 8)), x, y, size))


def _draw_fence(picture: Drawing) -> None:
    """A fence across the whole picture; behind it a well between two fig trees, and a low sun."""
    width, height = picture.width, picture.height
    picture.disc(CLAY, 128, 84, 58)
    _hill(picture, MOSS, 96, ((0, 4), (70, -12), (150, 6), (240, -10), (330, 4), (width, -8)))
    _hill(picture, GREEN, 112, ((0, 0), (90, 8), (200, 0), (300, 8), (width, 2)))
    for x, size in ((268, 1.0), (378, 1.18)):
        picture.box(TREE, x - 3 * size, 92, 6 * size, 40)
        for a, b, r in ((-14, 82, 15), (12, 80, 16), (0, 66, 17), (-4, 84, 15)):
            picture.disc(TREE, x + a * size, 118 - (118 - b) * size, r * size)
    _well(picture, 322, 136)
    picture.box(FOREST, 0, 158, width, height - 158)
    for number, left in enumerate(np.arange(6.0, width, 21.3)):
        top = 62 + 3 * float(np.sin(number * 2.1))
        outline = ((0, top + 5), (2.4, top), (4.8, top + 5), (4.8, height), (0, height))
        picture.shape(FOREST, [(float(left) + a, b) for a, b in outline])
    picture.box(FOREST, 0, 82, width, 3.2)
    picture.box(FOREST, 0, 128, width, 3.2)
    picture.ring(CLAY, 2.4, 240.5, 127, 5.2)
    picture.box(CLAY, 232.5, 128, 16, 13)


def _well(picture: Drawing, x: float, foot: float) -> None:
    picture.box(DUNE, x - 17, foot - 20, 34, 26)
    picture.box(SAND, x - 19, foot - 23, 38, 5)
    for side in (-14, 12):
        picture.box(FOREST, x + side, foot - 52, 2.4, 30)
    picture.shape(CLAY, [(x - 24, foot - 50), (x, foot - 66), (x + 24, foot - 50)])


def _draw_pump(picture: Drawing) -> None:
    """A hand pump that fills a jar."""
    picture.box(GREEN, 0, 62, picture.width, picture.height)
    picture.disc(CLAY, 70, 26, 13)
    picture.box(FOREST, 36, 20, 9, 46)
    picture.box(FOREST, 32, 62, 17, 5)
    picture.box(FOREST, 34, 15, 13, 6)
    picture.smooth_line(FOREST, 3.4, ((40, 17), (52, 8), (68, 5), (82, 8)))
    picture.smooth_line(FOREST, 5, ((38, 32), (27, 31), (22, 36)))
    picture.line(SAND, 2.2, ((21.6, 40), (21.6, 55)))
    jar = (
        (17, 54),
        (26.4, 54),
        (26, 57),
        (30, 62),
        (29, 71),
        (26, 74),
        (17.4, 74),
        (14.4, 71),
        (13.4, 62),
        (17.4, 57),
    )
    picture.smooth(CLAY, jar)


def _draw_director(picture: Drawing) -> None:
    """A woman with grey hair in a green coat."""
    skin, shade, hair = cmyk(8, 38, 46, 4), cmyk(16, 48, 56, 14), cmyk(0, 4, 12, 34)
    picture.box(CLAY, 0, 0, picture.width, picture.height)
    picture.smooth(hair, [(35, 8), (54, 15), (60, 42), (56, 66), (14, 66), (10, 42), (16, 15)])
    picture.smooth(FOREST, [(4, 106), (8, 84), (26, 75), (44, 75), (62, 84), (66, 106)])
    picture.shape(skin, [(28, 56), (42, 56), (43, 77), (35, 86), (27, 77)])
    picture.shape(shade, [(28, 62), (42, 58), (42.4, 68), (34, 72), (28, 68)])
    picture.ellipse(skin, 35, 43, 15.5, 20.5)
    picture.smooth(
        hair, [(19, 42), (20, 22), (36, 15), (51, 24), (51.5, 42), (46, 29), (33, 25), (24, 31)]
    )
    picture.smooth_line(FOREST, 0.9, ((25, 41), (28, 39.8), (31, 41)))
    picture.smooth_line(FOREST, 0.9, ((39, 41), (42, 39.8), (45, 41)))
    picture.smooth_line(CLAY, 1.1, ((31, 54), (35, 55.4), (39, 54)))


def _hill(picture: Drawing, ink: Ink, height: float, ridge: Sequence[Place]) -> None:
    """Fill the picture below a smooth ridge."""
    places = np.array(ridge)
    x = np.linspace(-2, picture.width + 2, 60)
    turn = (1 - np.cos(np.pi * np.clip(_share(x, places[:, 0]), 0, 1))) / 2
    i = np.clip(np.searchsorted(places[:, 0], x) - 1, 0, len(places) - 2)
    y = height + places[i, 1] + (places[i + 1, 1] - places[i, 1]) * turn
    line = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    picture.shape(ink, [*line, (picture.width + 2, picture.height), (-2, picture.height)])


def _share(x: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """Return how far each place is between its two neighbours."""
    i = np.clip(np.searchsorted(knots, x) - 1, 0, len(knots) - 2)
    share: np.ndarray = (x - knots[i]) / (knots[i + 1] - knots[i])
    return share


def _placed(shape: Sequence[Place], x: float, y: float, size: float) -> list[Place]:
    return [(x + a * size, y + b * size) for a, b in shape]


PICTURES: dict[str, tuple[float, float, Callable[[Drawing], None]]] = {
    "river.pdf": (216.0, 303.0, _draw_river),
    "fence.pdf": (426.0, 155.5, _draw_fence),
    "pump.pdf": (90.0, 80.0, _draw_pump),
    "director.pdf": (70.0, 104.0, _draw_director),
}
