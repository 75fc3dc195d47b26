"""The pictures of the leaflet in two languages: one figure over both halves of a page, in exchanged colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .inks import Ink, Point, Sheet, mix

CREAM: Ink = (0.0, 0.04, 0.14, 0.0)
TOMATO: Ink = (0.06, 0.95, 1.0, 0.05)
AMBER: Ink = (0.0, 0.36, 0.90, 0.0)
TEAL: Ink = (0.92, 0.36, 0.44, 0.12)
CRIMSON: Ink = (0.14, 1.0, 0.70, 0.10)
NIGHT: Ink = (1.0, 0.88, 0.34, 0.30)

SIZE = (154.0, 216.0)
MIDDLE = SIZE[0] / 2


@dataclass(frozen=True)
class Half:
    """The colours of one half: its ground, the figure on it, and a tone between them."""

    ground: Ink
    figure: Ink
    tone: Ink


@dataclass(frozen=True)
class Picture:
    """A figure, the colours of its two halves, and what is drawn over both in one colour."""

    figure: Callable[[Sheet, Half], None]
    left: Half
    right: Half
    over: Callable[[Sheet], None] | None = None


def draw(name: str, folder: Path) -> None:
    """Write one picture of `PICTURES` into a folder."""
    picture = PICTURES[name]
    sheet = Sheet(folder / name, SIZE, picture.left.ground)
    for half, x in ((picture.left, 0.0), (picture.right, MIDDLE)):
        sheet.clip(x, 0, MIDDLE, SIZE[1])
        sheet.rectangle(half.ground, 0, 0, *SIZE)
        picture.figure(sheet, half)
        sheet.unclip()
    if picture.over:
        picture.over(sheet)
    sheet.save()


def _sun(sheet: Sheet, half: Half) -> None:
    """A low sun, and the heat around it in rings that grow thinner."""
    y = 168.0
    for radius, width in ((104, 1.4), (95, 2.4), (84, 4.0)):
        sheet.circle(half.tone, MIDDLE, y, radius)
        sheet.circle(half.ground, MIDDLE, y, radius - width)
    sheet.circle(half.figure, MIDDLE, y, 68)


def _glass(sheet: Sheet, half: Half) -> None:
    """A tumbler of water, with a wave on it and three pieces of ice."""
    top, foot, rim, base = 15.0, 108.0, 45.0, 33.0

    def side(y: float) -> float:
        return rim - (rim - base) * (y - top) / (foot - top)

    def shape(low: float, high: float, wall: float) -> list[Point]:
        upper, lower = side(high) - wall, side(low) - wall
        return [
            (MIDDLE - upper, high),
            (MIDDLE + upper, high),
            (MIDDLE + lower, low),
            (MIDDLE - lower, low),
        ]

    sheet.polygon(half.figure, shape(foot, top, 0))
    sheet.polygon(half.ground, shape(foot - 7, top, 4.2))
    level = 40.0
    inner = side(level) - 4.2
    x = np.linspace(-inner, inner, 80)
    wave = [(float(MIDDLE + a), float(level + 2.2 * np.sin(a / inner * np.pi * 2))) for a in x]
    low = side(foot - 7) - 4.2
    sheet.polygon(half.tone, [*wave, (MIDDLE + low, foot - 7), (MIDDLE - low, foot - 7)])
    for dx, dy, turn in ((-21.0, 50.0, 0.3), (19.0, 46.5, -0.25), (14.0, 67.0, 0.6)):
        sheet.polygon(half.ground, _square(MIDDLE + dx, dy, 8.0, turn))


def _square(x: float, y: float, half: float, turn: float) -> list[Point]:
    angles = turn + np.pi / 4 + np.arange(4) * np.pi / 2
    reach = half * np.sqrt(2)
    return [(float(x + reach * np.cos(a)), float(y + reach * np.sin(a))) for a in angles]


def _thermometer(sheet: Sheet, half: Half) -> None:
    """A thermometer that has risen to its last mark."""
    foot, top = 88.0, 21.0
    for ink, width, radius in ((half.figure, 27, 25.0), (half.ground, 18, 20.5)):
        sheet.line(ink, width, [(MIDDLE, top), (MIDDLE, foot)])
        sheet.circle(ink, MIDDLE, foot, radius)
    for number in range(5):
        reach = 42 if number == 0 else 27
        y = top + 3 + number * 9.5
        for way in (-1, 1):
            sheet.rectangle(half.figure, MIDDLE + (17 if way > 0 else -reach), y, reach - 17, 1.8)


def _mercury(sheet: Sheet) -> None:
    sheet.line(AMBER, 9, [(MIDDLE, 25), (MIDDLE, 88)])
    sheet.circle(AMBER, MIDDLE, 88, 16)


def _moon(sheet: Sheet, half: Half) -> None:
    """A crescent, and the rings of the sun, turned to the cool side."""
    y = 66.0
    for radius, width in ((58, 1.2), (52.5, 1.8), (47, 2.6)):
        sheet.circle(half.tone, MIDDLE, y, radius)
        sheet.circle(half.ground, MIDDLE, y, radius - width)
    sheet.circle(half.figure, MIDDLE, y, 40)
    sheet.circle(half.ground, MIDDLE + 4, y - 15, 28.5)


def _halves(
    figure: Callable[[Sheet, Half], None], ink: Ink, light: Ink, tone: Ink, other: Ink
) -> Picture:
    """Return a picture: `ink` on cream at the left, `light` on `ink` at the right, each with its tone."""
    return Picture(figure, Half(CREAM, ink, tone), Half(ink, light, other))


PICTURES = {
    "heat-sun.pdf": _halves(_sun, TOMATO, AMBER, AMBER, mix(TOMATO, AMBER, 0.45)),
    "heat-water.pdf": _halves(_glass, TEAL, CREAM, mix(CREAM, TEAL, 0.38), mix(TEAL, CREAM, 0.42)),
    "heat-fever.pdf": replace(_halves(_thermometer, CRIMSON, CREAM, AMBER, AMBER), over=_mercury),
    "heat-night.pdf": _halves(
        _moon, NIGHT, AMBER, mix(CREAM, NIGHT, 0.22), mix(NIGHT, CREAM, 0.25)
    ),
}
