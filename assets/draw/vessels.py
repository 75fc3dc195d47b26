"""The vessels of the catalogue: shapes of revolution, dipped in a glaze, lit from the left.

A vessel is drawn from its profile: pairs of a height above its foot and a radius there, both in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .flat import Drawing, Ink, Place, PngDrawing, cmyk

Profile = Sequence[Place]

LINEN = cmyk(5, 7, 14, 0)
CLAY = cmyk(14, 34, 46, 2)
RUST = cmyk(14, 78, 92, 6)
OCHRE = cmyk(4, 34, 84, 0)
MOSS = cmyk(62, 34, 74, 28)
SLATE = cmyk(72, 48, 38, 34)
UMBER = cmyk(46, 70, 72, 46)
CHALK = cmyk(2, 3, 8, 0)
ROSE = cmyk(4, 40, 30, 0)
MAX_INK = 2.7
TILE = (60.0, 66.0)
PANEL = (96.0, 154.0)
COVER = (216.0, 154.0)


@dataclass(frozen=True)
class Vessel:
    """A vessel: its profile, clay and glaze, how far up the bare clay shows, and its handle or spout."""

    profile: Profile
    glaze: Ink
    bare: float = 0.0
    clay: Ink = CLAY
    handle: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Lower and upper height of the handle at the right, and how far it reaches out."""
    spout: float = 0.0

    @property
    def height(self) -> float:
        """The height of the rim."""
        return self.profile[-1][0]


def _cup(height: float, rim: float, foot: float, belly: float) -> Profile:
    return [(0, foot * 0.94), (height * 0.1, foot), (height * 0.5, belly), (height, rim)]


VESSELS = {
    "espresso": Vessel(_cup(13, 8.5, 6, 8), RUST, 4),
    "tumbler": Vessel(_cup(22, 10.5, 8.5, 9.5), CHALK, 7),
    "mug": Vessel(_cup(22, 11, 10, 11), SLATE, 5, handle=(4, 18, 9)),
    "beaker": Vessel(_cup(29, 10, 7.5, 9.5), OCHRE, 11),
    "tea bowl": Vessel([(0, 6), (3, 6), (4, 8), (9, 14), (17, 16)], MOSS, 5),
    "latte": Vessel([(0, 8), (2, 9), (10, 14), (18, 16)], ROSE, 4, handle=(5, 15, 8)),
    "dip": Vessel([(0, 7), (1.5, 7.5), (5, 13), (9, 15)], OCHRE, 2),
    "rice": Vessel([(0, 7), (2.5, 7), (3.5, 9), (11, 18), (18, 20)], SLATE, 4),
    "porridge": Vessel([(0, 10), (2, 11), (9, 19), (18, 20)], CHALK, 6),
    "pasta": Vessel([(0, 12), (2, 13), (6, 22), (11, 26)], RUST, 3),
    "salad": Vessel([(0, 10), (3, 10), (4, 12), (13, 24), (22, 27)], MOSS, 7),
    "mixing": Vessel([(0, 13), (2, 14), (14, 23), (28, 26), (30, 27)], ROSE, 10),
    "creamer": Vessel([(0, 7), (3, 9), (9, 10.5), (15, 8), (19, 8.5)], CHALK, 4, spout=4),
    "milk": Vessel(
        [(0, 9), (4, 11.5), (13, 13), (23, 8.5), (28, 9.5)], SLATE, 8, spout=5, handle=(8, 25, 9)
    ),
    "water": Vessel(
        [(0, 10), (6, 13), (18, 14), (33, 8), (40, 9.5)], OCHRE, 12, spout=5, handle=(13, 36, 11)
    ),
    "wine": Vessel([(0, 9), (3, 10), (18, 12), (32, 7), (42, 7.5)], RUST, 6, spout=4),
    "teapot": Vessel(
        [(0, 12), (4, 17), (13, 20), (22, 15), (26, 9)], MOSS, 7, spout=13, handle=(7, 21, 10)
    ),
    "oil": Vessel([(0, 9), (4, 11), (12, 11.5), (20, 4), (31, 3.4), (33, 4.5)], ROSE, 7, spout=3),
    "bud": Vessel([(0, 7), (4, 10), (10, 10.5), (17, 3.5), (24, 3), (26, 4)], RUST, 6),
    "moon": Vessel([(0, 10), (4, 16), (17, 22), (30, 15), (34, 9), (36, 9.5)], CHALK, 11),
    "bottle": Vessel([(0, 9), (4, 10), (24, 10), (31, 4), (43, 3.6), (45, 5)], SLATE, 16),
    "amphora": Vessel([(0, 7), (4, 8), (22, 15), (33, 12), (39, 6.5), (45, 8.5)], OCHRE, 14),
    "column": Vessel([(0, 9), (3, 9.4), (22, 9), (44, 10)], ROSE, 15),
    "floor": Vessel([(0, 10), (8, 13), (30, 17), (42, 11), (48, 10), (52, 13)], MOSS, 18),
}
SECTIONS = {
    "Cups": ("tea bowl", 3.4, 30.0, MOSS, RUST),
    "Bowls": ("rice", 3.3, 44.0, OCHRE, MOSS),
    "Jugs": ("water", 2.5, 27.0, ROSE, SLATE),
    "Vases": ("floor", 1.95, 48.0, OCHRE, UMBER),
}
STILL_LIFE = (
    ("floor", 1.72, 48.0, MOSS),
    ("bottle", 1.86, 178.0, SLATE),
    ("moon", 1.74, 138.0, ROSE),
    ("water", 1.66, 97.0, CHALK),
    ("beaker", 1.5, 72.0, SLATE),
    ("tea bowl", 1.5, 160.0, CHALK),
    ("espresso", 1.6, 194.0, RUST),
    ("bud", 1.6, 26.0, RUST),
)
BACK = (("teapot", 2.1, 150.0, ROSE), ("dip", 1.6, 184.0, SLATE))
SHELF = 132.0
SHELVES = {"cover": STILL_LIFE, "back": BACK}


def draw(name: str, folder: Path) -> None:
    """Draw a vessel, the picture of a section or the cover into a folder."""
    file = folder / f"{name}.pdf"
    if name in SHELVES:
        _draw_shelf(file, SHELVES[name])
    elif name in SECTIONS:
        _draw_section(name, file)
    else:
        _draw_tile(VESSELS[name], folder / f"{name}.png")


def _draw_tile(vessel: Vessel, file: Path) -> None:
    """A vessel on a table. Small ones are enlarged more than large ones, but remain smaller."""
    picture = PngDrawing(file, *TILE, LINEN)
    belly = max(radius for _, radius in vessel.profile)
    size = (49 / max(vessel.height, 2 * belly + vessel.handle[2] + vessel.spout)) ** 0.55
    middle = TILE[0] / 2 + (vessel.spout - vessel.handle[2]) * size / 2
    radius = vessel.profile[0][1] * size
    shadow = middle + radius * 0.7, 59.7, radius * 1.25, 1.3 * size
    picture.ellipse(_darker(LINEN, 0.16), *shadow)
    _put(picture, vessel, middle, 60, size)
    picture.save()


def _draw_shelf(file: Path, row: Sequence[tuple[str, float, float, Ink]]) -> None:
    """A row of vessels on a shelf, from back to front."""
    picture = Drawing(file, *COVER, OCHRE)
    picture.box(RUST, 0, SHELF, COVER[0], COVER[1] - SHELF)
    for name, size, x, glaze in row:
        _put(picture, replace(VESSELS[name], glaze=glaze), x, SHELF + 0.4, size)
    picture.save()


def _draw_section(name: str, file: Path) -> None:
    vessel, size, x, glaze, ground = SECTIONS[name]
    picture = Drawing(file, *PANEL, ground)
    _put(picture, replace(VESSELS[vessel], glaze=glaze), x, PANEL[1] - 12, size)
    picture.save()


def _put(picture: Drawing, vessel: Vessel, x: float, foot: float, size: float) -> None:
    """Draw a vessel whose foot is at a place."""
    if any(vessel.handle):
        _handle(picture, vessel, x, foot, size)
    if vessel.spout:
        picture.smooth(vessel.glaze, _spout(vessel, x, foot, size))
    for ink, start, end in (
        (vessel.clay, 0.0, vessel.bare),
        (vessel.glaze, vessel.bare, vessel.height),
    ):
        left, right, edge = _sides(vessel, x, foot, size, start, end)
        picture.shape(ink, [*left, *right[::-1]])
        picture.shape(_darker(ink, 0.2), [*edge, *right[::-1]])
    rim = vessel.profile[-1][1] * size
    picture.ellipse(_darker(vessel.glaze, 0.42), x, foot - vessel.height * size, rim, rim * 0.1)


def _sides(
    vessel: Vessel, x: float, foot: float, size: float, start: float, end: float
) -> tuple[list[Place], list[Place], list[Place]]:
    """Return the left side, the right side and the edge of the shadow between two heights."""
    heights = np.linspace(start, end, 60)
    knots = np.array(vessel.profile)
    radii = _smooth(heights, knots[:, 0], knots[:, 1])
    places = [
        [
            (float(x + share * r * size), float(foot - h * size))
            for h, r in zip(heights, radii, strict=True)
        ]
        for share in (-1.0, 1.0, 0.28)
    ]
    return places[0], places[1], places[2]


def _smooth(at: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Interpolate with a monotone cubic: no bulge that the profile does not have."""
    step = np.diff(x)
    slope = np.diff(y) / step
    tangent = np.zeros_like(y)
    tangent[0], tangent[-1] = slope[0], slope[-1]
    same = slope[:-1] * slope[1:] > 0
    tangent[1:-1][same] = 2 / (1 / slope[:-1][same] + 1 / slope[1:][same])
    i = np.clip(np.searchsorted(x, at) - 1, 0, len(step) - 1)
    t = (at - x[i]) / step[i]
    result: np.ndarray = (
        (2 * t**3 - 3 * t**2 + 1) * y[i]
        + (t**3 - 2 * t**2 + t) * step[i] * tangent[i]
        + (3 * t**2 - 2 * t**3) * y[i + 1]
        + (t**3 - t**2) * step[i] * tangent[i + 1]
    )
    return result


def _handle(picture: Drawing, vessel: Vessel, x: float, foot: float, size: float) -> None:
    low, high, reach = vessel.handle
    knots = np.array(vessel.profile)
    radii = _smooth(np.array([low, high]), knots[:, 0], knots[:, 1])
    a, b = x + (radii[0] - 1) * size, x + (radii[1] - 1) * size
    out = x + (max(radii) + reach * 0.8) * size
    line = [
        (b, foot - high * size),
        (out - reach * 0.2 * size, foot - (high + 0.4) * size),
        (out, foot - (high * 0.7 + low * 0.3) * size),
        (out - reach * 0.35 * size, foot - (high * 0.2 + low * 0.8) * size),
        (a, foot - low * size),
    ]
    picture.smooth_line(_darker(vessel.glaze, 0.2), 2.3 * size, line)


def _spout(vessel: Vessel, x: float, foot: float, size: float) -> list[Place]:
    rim, top = vessel.profile[-1][1], vessel.height
    if vessel.spout > 8:  # A teapot's spout begins at its belly.
        belly = max(radius for _, radius in vessel.profile)
        places: list[Place] = [
            (-belly * 0.8, 7),
            (-belly - 5, 11),
            (-belly - 11, 22),
            (-belly - 8, 23),
            (-belly * 0.9, 17),
            (-belly * 0.5, 15),
        ]
    else:
        places = [
            (0, top),
            (-rim, top),
            (-rim - vessel.spout, top + 0.8),
            (-rim * 0.95, top - 5),
            (0, top - 6),
        ]
    return [(x + a * size, foot - h * size) for a, h in places]


def _darker(ink: Ink, share: float) -> Ink:
    """Return a colour in shadow."""
    parts = (ink.cyan, ink.magenta, ink.yellow)
    c, m, y = (min(part + share * (0.25 + 0.5 * part), 1) for part in parts)
    k = min(ink.black + share * 0.55, 1)
    less = min((MAX_INK - k) / (c + m + y), 1.0)
    return cmyk(100 * c * less, 100 * m * less, 100 * y * less, 100 * k)
