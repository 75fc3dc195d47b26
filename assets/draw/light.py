"""Light, tone and noise: arrays of numbers from 0 to 1 from which every picture is composed.

The inputs are sizes and seeds, the results are arrays; nothing here depends on brushes or on the motif. Colours are mixed in
sRGB, as a painter mixes them, never in linear light.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Field = npt.NDArray[Any]  # of float32, but numpy's stubs forget it at every other step
Size = tuple[int, int]


def colour(name: str) -> Field:
    """`#1b2a3a` as three numbers from 0 to 1."""
    return np.array([int(name[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


def grid(size: Size) -> tuple[Field, Field]:
    """The coordinates of a picture's points: x from 0 to 1, y from 0 down to height over width."""
    height, width = size
    across = (np.arange(width, dtype=np.float32) + 0.5) / width
    down = (np.arange(height, dtype=np.float32) + 0.5) / width
    return np.broadcast_to(across, size), np.broadcast_to(down[:, None], size)


def step(low: float, high: float, field: Field) -> Field:
    """A soft step: 0 at `low`, 1 at `high`, which may be below it."""
    t = np.clip((field - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def mix(under: Field, over: Field, share: Field | float) -> Field:
    """`over` composited on `under`; a two-dimensional share covers all three colours alike."""
    if isinstance(share, np.ndarray) and share.ndim == 2:
        share = share[..., None]
    return np.asarray(under + (over - under) * share, np.float32)


def screen(under: Field, light: Field, share: Field) -> Field:
    """`under` lightened with `light` of the strength `share` (screen mode)."""
    return np.asarray(1 - (1 - under) * (1 - light * share[..., None]), np.float32)


def ramp(stops: Sequence[tuple[float, str]], field: Field) -> Field:
    """Colours run smoothly through `stops` along `field`."""
    places = [place for place, _ in stops]
    colours = np.array([colour(name) for _, name in stops])
    parts = [np.interp(field, places, colours[:, part]) for part in range(3)]
    return np.stack(parts, axis=-1).astype(np.float32)


def resize(field: Field, size: Size) -> Field:
    """The same picture at another size."""
    if field.shape[:2] == size:
        return field
    if field.ndim == 3:
        return np.stack([resize(field[..., part], size) for part in range(field.shape[2])], -1)
    picture = Image.fromarray(np.ascontiguousarray(field, np.float32))
    return np.asarray(picture.resize((size[1], size[0]), Image.Resampling.BICUBIC), np.float32)


def blur(field: Field, radius: float) -> Field:
    """A Gaussian blur; a wide one is computed on a reduced image and enlarged again, which is not visible."""
    if radius < 0.3:
        return field
    if field.ndim == 3:
        return np.stack([blur(field[..., part], radius) for part in range(field.shape[2])], -1)
    size = field.shape[0], field.shape[1]
    shrink = max(1, int(radius / 3))
    if shrink > 1:
        small = max(2, size[0] // shrink), max(2, size[1] // shrink)
        picture = Image.fromarray(np.ascontiguousarray(field, np.float32))
        resampled = picture.resize((small[1], small[0]), Image.Resampling.BOX)
        return resize(_convolve(np.asarray(resampled, np.float32), radius / shrink), size)
    return _convolve(field, radius)


def noise(size: Size, cell: float, rng: np.random.Generator, octaves: int = 4) -> Field:
    """Cloudy noise about 0.5; `cell` is the largest cloud as a share of the width."""
    total = np.zeros(size, np.float32)
    strength, weight = 1.0, 0.0
    for octave in range(octaves):
        across = max(2, round(2**octave / cell) + 1)
        down = max(2, round(across * size[0] / size[1]) + 1)
        if across > size[1]:
            break
        total += strength * resize(rng.random((down, across), np.float32), size)
        weight += strength
        strength *= 0.55
    return np.asarray(np.clip(0.5 + (total / weight - 0.5) * 1.4, 0, 1), np.float32)


def streaks(size: Size, cells: tuple[float, float], rng: np.random.Generator) -> Field:
    """Noise drawn out in one direction: cloud bars, grass, ripples; `cells` are shares of the width."""
    total = np.zeros(size, np.float32)
    for octave, strength in ((1, 0.6), (2, 0.4)):
        across = max(2, min(size[1], round(octave / cells[0])))
        down = max(2, min(size[0], round(octave * size[0] / size[1] / cells[1])))
        total += strength * resize(rng.random((down, across), np.float32), size)
    return np.clip(total, 0, 1)


def glow(size: Size, centre: tuple[float, float], reach: float, squash: float = 1.0) -> Field:
    """A soft light about a point, falling off without an edge; `squash` above 1 flattens it."""
    x, y = grid(size)
    away = np.hypot(x - centre[0], (y - centre[1]) * squash) / reach
    return np.asarray(1 / (1 + away * away * 3) * np.exp(-away * 0.9), np.float32)


def relief(mask: Field, depth: float) -> tuple[Field, Field]:
    """Slopes across and down of a shape that bulges as if it were round; `depth` in points."""
    height = np.zeros_like(mask)
    for share in (1.0, 0.5, 0.25):
        height += blur(mask, depth * share) * depth * share
    height *= mask
    down, across = np.gradient(height)
    return across.astype(np.float32), down.astype(np.float32)


def luminance(picture: Field) -> Field:
    """How light a colour looks, roughly."""
    return np.asarray(picture @ np.array([0.3, 0.59, 0.11], np.float32), np.float32)


def _convolve(field: Field, radius: float) -> Field:
    reach = max(1, int(radius * 2.6 + 0.5))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / radius) ** 2).astype(np.float32)
    taps /= taps.sum()
    padded = np.pad(field, reach, mode="edge")
    rows = np.zeros((padded.shape[0], field.shape[1]), np.float32)
    for place, tap in enumerate(taps):
        rows += tap * padded[:, place : place + field.shape[1]]
    done = np.zeros_like(field)
    for place, tap in enumerate(taps):
        done += tap * rows[place : place + field.shape[0]]
    return done
