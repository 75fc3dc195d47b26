"""The town's outlines: rows of houses, what stands out from them, the bridge; in picture widths."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .shapes import Outline, box, disc, outline

PIERS = (0.572, 0.626, 0.689, 0.763, 0.851, 0.957, 1.08)
WATERLINE = 0.399


@dataclass(frozen=True, slots=True)
class Row:
    """A row of houses along the river: how near, how high, of what colour, how many lit windows."""

    foot: float
    low: float
    high: float
    house: float
    tone: str
    lights: int


ROWS = (
    Row(0.352, 0.016, 0.04, 0.013, "#8d7470", 0),
    Row(0.354, 0.026, 0.074, 0.017, "#6b6369", 30),
    Row(0.357, 0.026, 0.088, 0.021, "#4a525e", 110),
    Row(0.361, 0.018, 0.062, 0.026, "#2c3a48", 170),
)


def houses(row: Row, rng: np.random.Generator) -> list[Outline]:
    """Walls and roofs side by side; the town is highest left of the fold and sinks to the right bank."""
    shapes: list[Outline] = []
    left = -0.01
    while left < 1.0:
        wide = row.house * rng.uniform(0.5, 1.5)
        town = (
            0.45
            + 0.55 * np.exp(-(((left - 0.27) / 0.24) ** 2))
            + 0.22 * np.exp(-(((left - 0.93) / 0.1) ** 2))
        )
        tall = rng.uniform(row.low, row.high) * town
        top = row.foot - tall
        shapes.append(box(left, top, left + wide * 1.03, row.foot + 0.01))
        shapes.extend(_roof(left, top, wide, rng))
        left += wide
    return shapes


def landmarks(place: int) -> list[Outline]:
    """Landmarks: far spires, a dome, a bell tower, a slender minaret-like chimney."""
    if place == 1:
        return [
            *_spire(0.155, 0.26, 0.007),
            *_spire(0.176, 0.272, 0.0055),
            *_tower(0.6, 0.298, 0.012),
            box(0.885, 0.27, 0.899, 0.36),
            box(0.905, 0.286, 0.921, 0.36),
        ]
    if place == 2:
        return [*_dome(0.305, 0.288, 0.021), *_tower(0.386, 0.276, 0.0095)]
    if place == 3:
        return [*_tower(0.085, 0.296, 0.011), box(0.957, 0.3, 0.985, 0.36)]
    return []


def masonry() -> tuple[list[Outline], list[Outline], list[Outline], list[Outline]]:
    """The bridge's wall, the openings in it, its lamps and their posts."""
    ends = [(1.02, WATERLINE + 0.002), (0.545, WATERLINE + 0.002), (0.53, 0.3655)]
    wall: Outline = [(float(x), deck(float(x))) for x in np.linspace(0.53, 1.02, 40)] + ends
    arches, lamps, posts = [], [], []
    for left, right in pairwise(PIERS):
        pier = 0.006 + (right - left) * 0.05
        middle, half = (left + right) / 2, (right - left) / 2 - pier
        spring = WATERLINE - 0.012
        rise = spring - deck(middle) - 0.0085
        arches.append([*disc((middle, spring), (half, rise)), (middle + half, spring)])
        arches.append(box(middle - half, spring - 0.0003, middle + half, WATERLINE + 0.004))
        lamps.append(disc((left, deck(left) - 0.0125), (0.0011, 0.0013)))
        posts.append(box(left - 0.0004, deck(left) - 0.0125, left + 0.0004, deck(left)))
    return [wall], arches, lamps, posts


def deck(x: float) -> float:
    """The height of the parapet."""
    return float(
        np.interp(x, (0.53, 0.572, 0.689, 0.851, 1.08), (0.364, 0.3625, 0.3565, 0.353, 0.351))
    )


def _roof(left: float, top: float, wide: float, rng: np.random.Generator) -> list[Outline]:
    kind = rng.random()
    middle = left + wide / 2
    if kind < 0.34:
        return [[(left - 0.0006, top), (middle, top - wide * 0.38), (left + wide + 0.0006, top)]]
    if kind < 0.5:
        return [
            [
                (left, top),
                (left + wide * 0.14, top - wide * 0.24),
                (left + wide * 0.86, top - wide * 0.24),
                (left + wide, top),
            ]
        ]
    if kind < 0.72:
        at = left + wide * rng.uniform(0.15, 0.75)
        return [box(at, top - wide * 0.22, at + wide * 0.16, top)]
    if kind < 0.8:
        return [box(middle - 0.0004, top - wide * 0.7, middle + 0.0004, top)]
    return []


def _spire(x: float, top: float, half: float) -> list[Outline]:
    body = top + 0.048
    return [
        box(x - half, body, x + half, 0.36),
        [(x - half * 1.1, body), (x, top), (x + half * 1.1, body)],
    ]


def _tower(x: float, top: float, half: float) -> list[Outline]:
    cap = top + half * 2.2
    return [
        box(x - half, cap, x + half, 0.362),
        box(x - half * 1.16, cap - half * 0.1, x + half * 1.16, cap + half * 0.22),
        [(x - half * 1.05, cap), (x, top), (x + half * 1.05, cap)],
        box(x - 0.0005, top - half, x + 0.0005, top + 0.002),
    ]


def _dome(x: float, spring: float, half: float) -> list[Outline]:
    round_ = outline(
        [
            (x - half, spring),
            (x - half * 0.93, spring - half * 0.6),
            (x - half * 0.5, spring - half * 1.12),
            (x, spring - half * 1.28),
            (x + half * 0.5, spring - half * 1.12),
            (x + half * 0.93, spring - half * 0.6),
            (x + half, spring),
            (x, spring + half * 0.2),
        ]
    )
    lantern = [
        box(x - half * 0.13, spring - half * 1.75, x + half * 0.13, spring - half * 1.2),
        disc((x, spring - half * 1.78), (half * 0.15, half * 0.17)),
        box(x - 0.0005, spring - half * 2.3, x + 0.0005, spring - half * 1.8),
    ]
    drum = [
        box(x - half * 1.05, spring - half * 0.02, x + half * 1.05, spring + half * 0.14),
        box(x - half * 0.95, spring, x + half * 0.95, spring + half * 0.75),
    ]
    base = [box(x - half * 1.9, spring + half * 0.7, x + half * 1.9, 0.362)]
    return [round_, *lantern, *drum, *base]
