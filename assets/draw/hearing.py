"""The pictures of the leaflet: a door in the night, a hearing from the door to the way home, and two people under a lamp."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .flat import Drawing, Ink, cmyk

NIGHT = cmyk(92, 66, 42, 48)
DUSK = cmyk(86, 58, 38, 30)
EMBER = cmyk(0, 70, 90, 5)
RUST = cmyk(14, 84, 100, 10)
GLOW = cmyk(0, 26, 52, 0)
CHALK = cmyk(2, 4, 11, 0)
LINEN = cmyk(4, 10, 24, 1)
DARK_SKIN = cmyk(40, 66, 72, 42)
LIGHT_SKIN = cmyk(4, 30, 40, 4)
FOLDS = (102.33, 201.67)
"""Where the panels inside meet, from the left edge of the bleed, in millimetres."""


def draw(name: str, folder: Path) -> None:
    """Draw one of `PICTURES` into a folder."""
    width, height, paint = PICTURES[name]
    picture = Drawing(folder / name, width, height, NIGHT)
    paint(picture)
    picture.save()


def _draw_door(picture: Drawing) -> None:
    """A tall door that stands ajar; its light falls towards a woman in front of it."""
    left, right, top, floor = 46.0, 80.0, 88.0, 172.0
    picture.box(DUSK, 0, floor, picture.width, picture.height - floor)
    picture.shape(EMBER, [(left, floor), (right, floor), (right + 34, 216), (left - 40, 216)])
    picture.box(GLOW, left, top, right - left, floor - top)
    picture.shape(RUST, [(left, top), (left - 18, top - 9), (left - 18, floor + 10), (left, floor)])
    picture.disc(GLOW, left - 14.5, 134, 1.3)
    picture.shape(NIGHT, [(60.2, 184), (63.8, 184), (69, 216), (41, 216)])
    _person(picture, 62, 184, 46, NIGHT, NIGHT)


def _draw_way(picture: Drawing) -> None:
    """Three scenes beside each other: at the door, before the judges, and out again in the morning."""
    (first, second), floor, height = FOLDS, 82.0, picture.height
    picture.box(EMBER, first, 0, second - first, height)
    picture.box(GLOW, second, 0, picture.width - second, height)
    picture.box(DUSK, 0, floor, first, height - floor)
    picture.box(RUST, first, floor, second - first, height - floor)
    # At the door.
    picture.shape(EMBER, [(64, floor), (84, floor), (60, height), (20, height)])
    picture.box(GLOW, 64, 42, 20, floor - 42)
    _person(picture, 47, floor + 9, 30, CHALK, DARK_SKIN)
    picture.box(RUST, 50.4, floor - 6, 6, 5)
    # Before the judges.
    middle = (first + second) / 2
    for offset, skin in ((-22, LIGHT_SKIN), (0, DARK_SKIN), (22, LIGHT_SKIN)):
        _bust(picture, middle + offset, 53 - 5 * (offset == 0), NIGHT, skin)
    picture.box(NIGHT, middle - 40, 52, 80, floor - 52)
    picture.box(CHALK, middle - 40, 52, 80, 3)
    _person(picture, middle, floor + 14, 34, CHALK, DARK_SKIN)
    # Out again.
    x = (second + picture.width) / 2 + 6
    picture.disc(CHALK, x, floor - 22, 26)
    picture.box(EMBER, second, floor, picture.width - second, height - floor)
    picture.shape(GLOW, [(x - 6, floor), (x + 6, floor), (x + 32, height), (x - 32, height)])
    _person(picture, x, floor + 8, 30, NIGHT, DARK_SKIN)


def _draw_lamp(picture: Drawing) -> None:
    """Two people at a table, under a lamp."""
    middle, height = picture.width / 2, picture.height
    picture.shape(
        EMBER, [(middle - 7, 10), (middle + 7, 10), (middle + 40, height), (middle - 40, height)]
    )
    picture.shape(CHALK, [(middle - 3, 3), (middle + 3, 3), (middle + 7, 10), (middle - 7, 10)])
    picture.box(CHALK, middle - 0.5, 0, 1, 4)
    _bust(picture, middle - 17, 32, NIGHT, DARK_SKIN)
    _bust(picture, middle + 17, 32, CHALK, LIGHT_SKIN)
    picture.box(RUST, middle - 30, 32, 60, 3)
    picture.box(RUST, middle - 26, 34, 3, height)
    picture.box(RUST, middle + 23, 34, 3, height)
    picture.shape(
        CHALK, [(middle - 6, 32), (middle - 4, 30.6), (middle + 5, 30.6), (middle + 4, 32)]
    )


def _person(picture: Drawing, x: float, foot: float, height: float, coat: Ink, skin: Ink) -> None:
    """A standing person, seen from behind: a head, a coat and two legs."""
    head = height * 0.085
    picture.shape(
        NIGHT,
        [
            (x - head * 1.1, foot - height * 0.4),
            (x + head * 1.1, foot - height * 0.4),
            (x + head, foot),
            (x + head * 0.25, foot),
            (x, foot - height * 0.3),
            (x - head * 0.25, foot),
            (x - head, foot),
        ],
    )
    shoulder, hem = foot - height * 0.8, foot - height * 0.26
    picture.smooth(
        coat,
        [
            (x - head * 0.8, shoulder),
            (x + head * 0.8, shoulder),
            (x + head * 1.9, shoulder + head),
            (x + head * 2.1, hem - head),
            (x + head * 1.7, hem),
            (x - head * 1.7, hem),
            (x - head * 2.1, hem - head),
            (x - head * 1.9, shoulder + head),
        ],
    )
    picture.box(skin, x - head * 0.4, shoulder - head * 0.8, head * 0.8, head * 1.2)
    picture.disc(skin, x, foot - height + head * 1.05, head)


def _bust(picture: Drawing, x: float, table: float, coat: Ink, skin: Ink) -> None:
    """A seated person behind a table, whose upper edge is at a height."""
    picture.smooth(
        coat,
        [
            (x - 8, table + 8),
            (x - 7.5, table - 8),
            (x - 3, table - 11.5),
            (x + 3, table - 11.5),
            (x + 7.5, table - 8),
            (x + 8, table + 8),
        ],
    )
    picture.box(skin, x - 1.4, table - 14, 2.8, 4)
    picture.disc(skin, x, table - 16.5, 4)


PICTURES: dict[str, tuple[float, float, Callable[[Drawing], None]]] = {
    "door.pdf": (105.4, 216.0, _draw_door),
    "way.pdf": (303.0, 102.0, _draw_way),
    "table.pdf": (105.4, 39.0, _draw_lamp),
}
