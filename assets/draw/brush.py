"""Paints a tonal sketch in strokes, from broad to fine, that follow its forms.

The input is a sketch and the direction of the strokes; the output is the painted picture with the relief of its paint. After
Hertzmann, "Painterly rendering with curved brush strokes of multiple sizes" (SIGGRAPH 1998): each finer brush paints only where
the picture still differs from the sketch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .light import Field, Size, blur, luminance, noise, resize

ANGLES = 32
HANDS = 4


@dataclass(frozen=True, slots=True)
class Brush:
    """One round of strokes; lengths are in points of the finished picture."""

    length: float
    width: float
    spacing: int
    off: float = 0.0  # least difference from the sketch at which a stroke is painted
    opacity: float = 0.85
    stray: float = 0.12  # how much the direction varies, in radians
    tint: float = 0.02  # how much the colour varies


BROAD = Brush(300, 70, 46, opacity=0.9, tint=0.03, stray=0.2)
MIDDLE = Brush(150, 30, 26, off=0.02, tint=0.025)
FINE = Brush(64, 13, 13, off=0.045, tint=0.016)
POINT = Brush(28, 5.5, 6, off=0.045, stray=0.06, tint=0.01)
ROUNDS = (BROAD, MIDDLE, FINE, POINT)


@dataclass(frozen=True, slots=True)
class _Stamp:
    cover: Field  # coverage of the stroke, with its bristles
    ridge: Field  # thickness of the paint


def paint(
    sketch: Field, directions: Field, rng: np.random.Generator, rounds: Sequence[Brush] = ROUNDS
) -> Field:
    """Paint `sketch`; `directions` has the direction of the stroke at each point, in radians."""
    size = sketch.shape[0], sketch.shape[1]
    margin = int(max(brush.length for brush in rounds)) + 8
    wide = np.pad(sketch, ((margin, margin), (margin, margin), (0, 0)), mode="edge")
    height = np.full((*wide.shape[:2], 1), 0.5, np.float32)
    canvas = np.concatenate([wide, height], axis=-1)
    canvas[..., :3] = blur(wide, 30)
    for brush in rounds:
        _lay(canvas, wide, np.pad(directions, margin, mode="edge"), brush, rng)
    inner = canvas[margin : margin + size[0], margin : margin + size[1]]
    return _lit(inner, rng)


def follow(sketch: Field, lie: Field, strength: float = 1.0) -> Field:
    """Stroke directions: along the edges of `sketch` where it has any, otherwise those of `lie`."""
    size = sketch.shape[0], sketch.shape[1]
    small = max(8, size[0] // 4), max(8, size[1] // 4)
    tone = blur(resize(luminance(sketch), small), 1.2)
    down, across = np.gradient(tone)
    pull = 9 * strength * 4
    twice = (
        blur((across**2 - down**2).astype(np.float32), 4),
        blur((2 * across * down).astype(np.float32), 4),
    )
    weight = np.sqrt(np.hypot(*twice)) * pull
    along = np.arctan2(twice[1], twice[0]) + np.pi
    rest = 2 * resize(lie, small)
    turn_x = np.cos(rest) + weight * np.cos(along)
    turn_y = np.sin(rest) + weight * np.sin(along)
    length = np.hypot(turn_x, turn_y) + 1e-6
    parts = [resize((turn / length).astype(np.float32), size) for turn in (turn_x, turn_y)]
    return np.asarray(np.arctan2(parts[1], parts[0]) / 2, np.float32)


def _lay(
    canvas: Field, sketch: Field, directions: Field, brush: Brush, rng: np.random.Generator
) -> None:
    """Paint one round of strokes on `canvas`."""
    wanted = blur(sketch, brush.width * 0.22)
    places = _places(np.abs(canvas[..., :3] - wanted).sum(-1), brush, rng)
    reach = int(brush.length) + 6
    inside = (
        (places[0] > reach)
        & (places[1] > reach)
        & (places[0] < sketch.shape[0] - reach)
        & (places[1] < sketch.shape[1] - reach)
    )
    rows, columns = places[0][inside], places[1][inside]
    colours = wanted[rows, columns] + rng.normal(0, brush.tint, (len(rows), 1)) * 0.8
    colours = colours + rng.normal(0, brush.tint, (len(rows), 3)) * 0.5
    turns = directions[rows, columns] + rng.normal(0, brush.stray, len(rows))
    picks = np.round(turns / np.pi * ANGLES).astype(int) % ANGLES
    hands = rng.integers(0, HANDS, len(rows))
    stamps = _stamps(brush, rng)
    paints = np.concatenate([colours, np.zeros((len(rows), 1))], axis=1).astype(np.float32)
    for row, column, pick, hand, paint_ in zip(
        rows.tolist(), columns.tolist(), picks.tolist(), hands.tolist(), paints, strict=True
    ):
        stamp = stamps[pick][hand]
        tall, broad = stamp.cover.shape[:2]
        top, left = row - tall // 2, column - broad // 2
        patch = canvas[top : top + tall, left : left + broad]
        load = paint_ - patch
        load[..., 3] += stamp.ridge
        load *= stamp.cover
        patch += load


def _places(error: Field, brush: Brush, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Where strokes start: the point with the largest difference in each cell that differs by more than the brush allows."""
    cell = brush.spacing
    tall, broad = error.shape[0] // cell, error.shape[1] // cell
    cells = error[: tall * cell, : broad * cell].reshape(tall, cell, broad, cell).swapaxes(1, 2)
    flat = cells.reshape(tall, broad, cell * cell)
    worst = flat.argmax(-1) if brush.off else rng.integers(0, cell * cell, (tall, broad))
    off = flat.mean(-1) >= brush.off
    rows, columns = np.nonzero(off)
    inner = worst[rows, columns]
    order = rng.permutation(len(rows))
    return (rows * cell + inner // cell)[order], (columns * cell + inner % cell)[order]


def _stamps(brush: Brush, rng: np.random.Generator) -> list[list[_Stamp]]:
    """The marks of the brush at every angle, a few variants of each."""
    bends = rng.uniform(-0.14, 0.14, (ANGLES, HANDS))
    return [
        [_stamp(brush, np.pi * turn / ANGLES, bends[turn, hand], rng) for hand in range(HANDS)]
        for turn in range(ANGLES)
    ]


def _stamp(brush: Brush, angle: float, bend: float, rng: np.random.Generator) -> _Stamp:
    half = int(brush.length / 2 + brush.width / 2) + 2
    places = np.arange(-half, half + 1, dtype=np.float32)
    along = places * np.cos(angle) + places[:, None] * np.sin(angle)
    aside = places[:, None] * np.cos(angle) - places * np.sin(angle)
    aside = aside - bend * (along**2 / brush.length - brush.length / 12)
    count = max(5, int(brush.width / 2.2))
    bristles, heads, tails = rng.random((3, count))
    across = (aside / brush.width + 0.5) * (count - 1)
    knots = np.arange(count)
    load, head, tail = (np.interp(across, knots, part) for part in (bristles, heads, tails))
    ends = brush.length / 2
    soft = max(1.5, brush.width * 0.25)
    cover = np.clip((ends * (1 - 0.35 * head) - along) / soft, 0, 1)
    cover *= np.clip((ends * (1 - 0.2 * tail) + along) / soft, 0, 1)
    cover *= np.clip(
        (0.5 - np.abs(aside / brush.width)) * brush.width / max(1.2, brush.width * 0.1), 0, 1
    )
    dry = np.clip(along / brush.length + 0.5, 0, 1)
    cover *= brush.opacity * (1 - (0.15 + 0.5 * dry) * (1 - load))
    edge = np.abs(aside / brush.width) * 2
    ridge = 0.25 + 0.5 * load + 0.25 * edge**4
    rows, columns = np.nonzero(cover > 0.01)
    trim = slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)
    return _Stamp(cover[trim].astype(np.float32)[..., None], ridge[trim].astype(np.float32))


def _lit(canvas: Field, rng: np.random.Generator) -> Field:
    """The paint in a raking light from the upper left, with the weave of the canvas under it."""
    size: Size = canvas.shape[0], canvas.shape[1]
    weave = rng.normal(0, 1, size).astype(np.float32)
    thick = blur(canvas[..., 3], 0.8) + 0.05 * blur(weave, 1.0)
    down, across = np.gradient(thick)
    shine = np.clip((across + down) * 0.55, -0.2, 0.2)
    uneven = (noise(size, 0.2, rng, 3) - 0.5) * 0.02
    tone = canvas[..., :3]
    shade = np.asarray(shine)[..., None]
    return np.asarray(np.clip(tone * (1 + shade) + uneven[..., None], 0, 1), np.float32)
