"""The night sea of the donor appeal: waves with sharp crests (trochoids), a lifeboat and its searchlight."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .inks import Ink, Point, Sheet, mix

NIGHT: Ink = (1.0, 0.78, 0.38, 0.46)
DEEP: Ink = (1.0, 0.72, 0.34, 0.30)
TEAL: Ink = (0.86, 0.40, 0.28, 0.06)
FOAM: Ink = (0.10, 0.02, 0.06, 0.0)
SIGNAL: Ink = (0.0, 0.68, 0.92, 0.0)
BEAM: Ink = (0.62, 0.26, 0.20, 0.0)

SIZE = (216.0, 219.0)
NAME = "night-sea.pdf"
BOAT = (74.0, 93.0)


def draw(folder: Path) -> None:
    """Write the picture into a folder."""
    sheet = Sheet(folder / NAME, SIZE, NIGHT)
    _sky(sheet)
    _beam(sheet)
    waves = ((96.0, 5.0, 36.0, 0.2), (106.0, 9.0, 64.0, 0.62), (119.0, 16.0, 118.0, 0.42))
    for number, (level, height, length, start) in enumerate(waves):
        if number == 1:
            _boat(sheet, *BOAT)
        _wave(sheet, level, height, length, start, mix(TEAL, DEEP, number / 2.2))
    _wave(sheet, 143.0, 19.0, 170.0, 0.86, NIGHT)
    sheet.save()


def _sky(sheet: Sheet) -> None:
    """Rain in the dark: slanting lines, none so near to the edge that the knife could touch it."""
    rng = np.random.default_rng(5)
    for row in range(9):
        for column in range(13):
            x = column * 15 + rng.uniform(13, 25)
            y = row * 10 + rng.uniform(8, 15)
            length = rng.uniform(3, 8)
            sheet.line(DEEP, 0.45, [(x, y), (x - length * 0.42, y + length)])


def _beam(sheet: Sheet) -> None:
    """The searchlight: a wedge from the mast to the right edge, with a brighter core."""
    x, y = BOAT[0] - 4.0, BOAT[1] - 21.6
    for spread, ink in ((1.0, mix(NIGHT, BEAM, 0.45)), (0.5, BEAM)):
        sheet.polygon(ink, [(x, y), (220, y - 6 - 30 * spread), (220, y - 6 + 26 * spread)])


def _boat(sheet: Sheet, x: float, y: float) -> None:
    """A lifeboat that climbs a wave, its bow to the right."""
    angle = np.radians(-13)

    def turned(points: list[Point]) -> list[Point]:
        cos, sin = np.cos(angle), np.sin(angle)
        return [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in points]

    sheet.line(FOAM, 0.9, turned([(1, -12), (1, -21)]))
    sheet.polygon(FOAM, turned([(-13, -6), (-10, -13.5), (4, -13.5), (9, -6)]))
    sheet.polygon(NIGHT, turned([(-9.4, -8), (-8.2, -11.6), (-2.4, -11.6), (-2.4, -8)]))
    sheet.polygon(NIGHT, turned([(-1, -8), (-1, -11.6), (2.8, -11.6), (5.3, -8)]))
    sheet.polygon(SIGNAL, turned([(-20, -6.4), (22, -6.4), (16, 8), (-17, 8)]))
    sheet.polygon(FOAM, turned([(-20, -6.4), (22, -6.4), (21.2, -4.6), (-19.7, -4.6)]))
    sheet.circle(FOAM, *turned([(1, -22)])[0], 1.7)


def _wave(sheet: Sheet, level: float, height: float, length: float, start: float, ink: Ink) -> None:
    """Fill a row of waves down to the foot of the picture, with lines of foam that follow the crests."""
    for number, drop in enumerate((0.0, 0.16, 0.4)):
        crest = _trochoid(level + height * drop, height * (1 - drop * 0.75), length, start)
        if number == 0:
            sheet.polygon(ink, [(-30, 260), *crest, (260, 260)])
        else:
            sheet.line(mix(ink, FOAM, 0.28 / number), 0.55, crest)
    sheet.line(mix(ink, FOAM, 0.8), 0.8, _trochoid(level, height, length, start))


def _trochoid(level: float, height: float, length: float, start: float) -> list[Point]:
    """Return a curve with round troughs and sharp crests."""
    turn = np.linspace(-2, 2 * np.pi * (300 / length) + 2, 420) + start * 2 * np.pi
    x = (turn - start * 2 * np.pi) / (2 * np.pi) * length - 30 - 0.9 * height * np.sin(turn)
    y = level - height * np.cos(turn) * 0.9
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
