"""Hair: strands drawn one by one between its two edges, gathered in locks, with the sun on its upper side."""

import numpy as np
from PIL import Image, ImageDraw

from .light import Field, Size, blur, colour, glow, mix, noise, ramp, relief, screen, step
from .reader import edges, figure, hair
from .shapes import mask


def tresses(picture: Field, rng: np.random.Generator) -> Field:
    """Hair: locks that run from the parting over the crown and down the back, a warm edge above."""
    size = picture.shape[0], picture.shape[1]
    wide = size[1] / 900
    whole = mask(size, hair())
    frayed = (noise(size, 0.012, rng, 3) - 0.5) * 0.25 * (whole > 0.02)
    mass = step(0.3, 0.7, blur(whole, 2 * wide) + frayed)
    locks = _locks(size, rng)
    tone = ramp(((0.0, "#0b0d12"), (0.45, "#171820"), (0.75, "#2a2528"), (1.0, "#5c4238")), locks)
    across, down = relief(mass, 9 * wide)
    upward = np.clip((down * 0.75 + across * 0.65) / (np.hypot(across, down) + 0.4), 0, 1)
    rim = np.clip(upward * np.clip(1 - blur(mass, 5 * wide), 0, 1) * 2.2, 0, 1) * (
        0.4 + 0.6 * locks
    )
    tone = screen(tone, colour("#f39a58"), rim * glow(size, (0.45, 0.2), 0.55))
    sheen = glow(size, (0.56, 0.17), 0.1, 1.1) * step(0.45, 0.8, locks)
    tone = screen(tone, colour("#a8684a"), sheen * 0.55)
    shade = np.clip(blur(mass, 12 * wide), 0, 1) * (1 - mass)
    picture = mix(picture, colour("#120f14"), shade * figure(size) * 0.55)
    picture = mix(picture, tone, mass)
    return screen(
        picture, colour("#e08a50"), _stray(size, rng) * glow(size, (0.5, 0.25), 0.6) * 0.9
    )


def _locks(size: Size, rng: np.random.Generator) -> Field:
    """The tone of every hair: strands drawn from the brow to the tips, gathered in locks."""
    outer, inner = edges(40)
    picture = Image.new("L", (size[1], size[0]), 70)
    pen = ImageDraw.Draw(picture)
    gather = np.interp(np.linspace(0, 1, 512), np.linspace(0, 1, 30), rng.random(30))
    down = np.linspace(0, 1, 40)
    for share in rng.uniform(-0.03, 1.03, 1500):
        lock = gather[int(np.clip(share, 0, 1) * 511)]
        wave = (
            0.016 * np.sin(down * 11 + lock * 5 + share * 4) * down + 0.02 * (lock - 0.5) * down**2
        )
        t = (share + wave)[:, None]
        line = (inner + (outer - inner) * t) * size[1]
        tone = int(np.clip(35 + 110 * lock + rng.normal(0, 38), 0, 255))
        first = int(rng.integers(0, 12)) if rng.random() < 0.5 else 0
        last = int(rng.integers(33, 41))
        pen.line(
            [(float(x), float(y)) for x, y in line[first:last]],
            fill=tone,
            width=int(rng.integers(1, 4)),
        )
    return blur(np.asarray(picture, np.float32) / 255, 0.8)


def _stray(size: Size, rng: np.random.Generator) -> Field:
    """Single hairs outside the mass that catch the light."""
    outer, inner = edges(40)
    picture = Image.new("L", (size[1], size[0]))
    pen = ImageDraw.Draw(picture)
    down = np.linspace(0, 1, 40)
    for share in np.concatenate([rng.uniform(0.985, 1.03, 46), rng.uniform(-0.05, 0.03, 16)]):
        bow = rng.normal(0, 0.02) * np.sin(down * rng.uniform(3, 7)) + rng.normal(0, 0.012) * down
        line = (inner + (outer - inner) * (share + bow)[:, None]) * size[1]
        first = int(rng.integers(2, 22))
        last = first + int(rng.integers(6, 18))
        pen.line(
            [(float(x), float(y)) for x, y in line[first:last]],
            fill=int(rng.integers(60, 190)),
            width=1,
        )
    return blur(np.asarray(picture, np.float32) / 255, 0.6)
