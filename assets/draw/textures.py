"""Fields of paint to set words on: night, ember, and a wash of sand with ragged edges."""

import numpy as np

from .brush import Brush, paint
from .finish import graded
from .light import Field, blur, grid, mix, noise, ramp, resize, step, streaks

PAGE = (2551, 1819)


def night(rng: np.random.Generator) -> Field:
    """Deep blue, calm and dark enough everywhere for small white words."""
    stops = ((0.0, "#101b29"), (0.45, "#182838"), (0.75, "#20384a"), (1.0, "#2c4a58"))
    picture = graded(_field(stops, 0.55, rng), rng, vignette=0.3, grain=0.006)
    return np.minimum(picture, 0.36)


def ember(rng: np.random.Generator) -> Field:
    """Terracotta going up to ember, dark enough for white words of a reading size."""
    stops = ((0.0, "#5a2419"), (0.4, "#843823"), (0.7, "#9f4728"), (1.0, "#b25930"))
    return graded(_field(stops, 0.9, rng), rng, vignette=0.25, grain=0.01)


def wash(rng: np.random.Generator) -> Field:
    """Five strokes of a broad brush in sand, side by side; the paper shows through their ends."""
    size = (1200, 1200)
    x, y = grid(size)
    cover = np.zeros(size, np.float32)
    tone = np.zeros(size, np.float32)
    for row in range(5):
        one, load = _stroke(x, y, 0.22 + 0.138 * row, rng)
        tone = np.where(one > 0.02, mix(tone, load, 0.75), tone).astype(np.float32)
        cover = 1 - (1 - cover) * (1 - one)
    cloud = noise(size, 0.3, rng, 5)
    sand = ramp(((0.0, "#b89f7c"), (0.5, "#d2bd98"), (1.0, "#e6d7ba")), tone * 0.6 + cloud * 0.4)
    alpha = np.clip(cover * (0.72 + 0.28 * cloud), 0, 1)
    return np.concatenate([sand, alpha[..., None]], axis=-1).astype(np.float32)


def _field(
    stops: tuple[tuple[float, str], ...], contrast: float, rng: np.random.Generator
) -> Field:
    small = PAGE[0] // 4, PAGE[1] // 4
    _, y = grid(small)
    cloud = noise(small, 0.55, rng, 4)
    tone = 0.5 + (cloud - 0.5) * contrast * 1.5 + (0.7 - y) * 0.25
    lie = (noise(small, 0.9, rng, 2) - 0.5) * 4 + 0.5
    wide = Brush(380, 110, 64, opacity=0.85, stray=0.35, tint=0.018)
    narrow = Brush(240, 44, 40, off=0.012, opacity=0.7, stray=0.3, tint=0.014)
    sketch = resize(ramp(stops, np.clip(tone, 0, 1)), PAGE)
    return paint(sketch, resize(lie.astype(np.float32), PAGE), rng, (wide, narrow))


def _stroke(x: Field, y: Field, height: float, rng: np.random.Generator) -> tuple[Field, Field]:
    """How much one stroke covers, and how its bristles load the paint."""
    size = x.shape[0], x.shape[1]
    bow = 0.02 * np.sin(x * 3 + rng.uniform(0, 6)) + rng.uniform(-0.02, 0.02) * (x - 0.5)
    aside = (y - height - bow) / 0.1
    bristle = streaks(size, (0.6, 0.006), rng)
    start = 0.07 + 0.05 * rng.random() + 0.05 * streaks(size, (2.0, 0.012), rng)
    end = 0.93 - 0.07 * rng.random() - 0.12 * streaks(size, (2.0, 0.01), rng)
    edge = 1 - step(0.82, 1.0, np.abs(aside) + 0.12 * bristle + 0.06 * noise(size, 0.05, rng, 3))
    cover = edge * step(0.0, 0.012, x - start) * step(0.0, 0.03, end - x)
    dry = step(0.35, 0.95, x) * step(0.75, 0.25, bristle) * 0.85
    return np.asarray(blur(cover * (1 - dry), 0.8), np.float32), bristle
