"""The spread: a river city at dusk, its first lights on the water, hills fading behind.

The fold runs down the middle, through nothing but skyline; the lower left is dark water for words.
"""

import numpy as np

from .brush import BROAD, FINE, MIDDLE, Brush, follow, paint
from .finish import graded
from .light import (
    Field,
    Size,
    blur,
    colour,
    glow,
    grid,
    mix,
    noise,
    ramp,
    resize,
    screen,
    step,
    streaks,
)
from .shapes import Outline, box, disc, mask, outline, spine
from .skyline import PIERS, ROWS, WATERLINE, Row, deck, houses, landmarks, masonry

SPREAD = (2892, 4044)  # 302 x 216 mm at 340 pixels to the inch
SHORE = 0.362
SUN = (0.735, 0.318)
SKY = (
    (0.0, "#14212f"),
    (0.3, "#223647"),
    (0.55, "#3f5866"),
    (0.75, "#74787c"),
    (0.87, "#a5837a"),
    (0.95, "#cc8c64"),
    (1.0, "#e09c63"),
)


def draw(rng: np.random.Generator) -> Field:
    """The whole spread."""
    small = SPREAD[0] * 2 // 3, SPREAD[1] * 2 // 3
    above, built = _town(_hills(_sky(small, rng), rng), rng)
    sketch = _bridge(_boats(_river(above, rng)), rng)
    sketch = resize(sketch, SPREAD)
    _, y = grid(SPREAD)
    town = step(SHORE - 0.11, SHORE - 0.09, y) * step(SHORE + 0.07, SHORE + 0.02, y)
    sky = resize(noise(small, 0.5, rng, 2) * 0.7 - 0.35, SPREAD) * step(
        SHORE + 0.02, SHORE - 0.06, y
    )
    walls = resize(blur(built, 3), SPREAD) * step(SHORE + 0.004, SHORE - 0.004, y)
    lie = sky * (1 - walls) + np.pi / 2 * walls
    rounds = (BROAD, MIDDLE, FINE, Brush(24, 5, 6, off=0.04, stray=0.05, tint=0.012))
    painted = paint(sketch, follow(sketch, lie, 0.8), rng, rounds)
    return graded(mix(painted, sketch, 0.1 + 0.42 * town), rng, vignette=0.28)


def _sky(size: Size, rng: np.random.Generator) -> Field:
    x, y = grid(size)
    toward = glow(size, SUN, 0.5, 1.3)
    warp = (noise(size, 0.4, rng) - 0.5) * 0.12
    height = np.clip(y / (SHORE - 0.02) + warp * 0.6 + (toward - 0.3) * 0.16 - 0.04 * (1 - x), 0, 1)
    sky = ramp(SKY, height.astype(np.float32))
    bars = streaks(size, (0.24, 0.02), rng) * 0.55 + noise(size, 0.2, rng) * 0.45
    cloud = step(0.5, 0.7, bars) * step(0.02, 0.12, y) * step(SHORE, 0.22, y)
    tint = ramp(
        ((0.0, "#2a3a48"), (0.35, "#5b5863"), (1.0, "#cf7e58")), np.clip(toward * 1.4, 0, 1)
    )
    sky = mix(sky, tint, cloud * 0.6)
    sky = screen(sky, colour("#ff9a4f"), toward * 0.5)
    sun = 1 - step(0.88, 1.06, np.hypot(x - SUN[0], y - SUN[1]) / 0.0125)
    return mix(sky, colour("#ffe6b4"), sun)


def _hills(sky: Field, rng: np.random.Generator) -> Field:
    """Three ranges, the farthest nearly air."""
    size = sky.shape[0], sky.shape[1]
    x, y = grid(size)
    picture = sky
    for place, tone in enumerate(("#a07a72", "#7b6b70", "#5b5d68")):
        knots = rng.random(9 + 5 * place)
        knots[0] += 0.5 - 0.15 * place
        knots[-1] += 0.5
        line = np.interp(x[0], np.linspace(0, 1, len(knots)), knots)
        line = blur(np.tile(line, (2, 1)).astype(np.float32), size[1] * 0.02)[0]
        edge = SHORE - 0.022 + 0.007 * place - line * (0.052 - 0.012 * place)
        edge = edge - 0.002 * streaks(size, (0.004, 9.0), rng)[0] * place
        haze = mix(
            np.broadcast_to(colour(tone), picture.shape),
            colour("#b98770"),
            step(0, 0.05, y - edge) * 0.6,
        )
        haze = mix(haze, picture, 0.16)
        picture = mix(picture, haze, step(-0.0006, 0.0006, y - edge))
    return screen(picture, colour("#ff8c45"), glow(size, SUN, 0.16, 1.5) * 0.55)


def _town(picture: Field, rng: np.random.Generator) -> tuple[Field, Field]:
    """Rows of houses from far to near, with a dome and towers above them, then the quay; also the mask of the buildings."""
    size = picture.shape[0], picture.shape[1]
    x, y = grid(size)
    built = np.zeros(size, np.float32)
    for place, row in enumerate(ROWS):
        cover = mask(size, [*houses(row, rng), *landmarks(place)])
        grain = streaks(size, (0.004, 0.05), rng) - 0.5
        tone = colour(row.tone) * (1 + grain[..., None] * 0.35)
        air = mix(tone, colour("#b07f6c"), step(row.foot - 0.05, row.foot, y) * (0.4 - 0.1 * place))
        sunny = glow(size, SUN, 0.22, 1.2)
        air = screen(air, colour("#f08a4c"), sunny * (0.5 - 0.1 * place))
        side = np.clip(cover - np.roll(cover, -max(2, size[1] // 700), 1), 0, 1)
        air = screen(air, colour("#ffb57a"), side * 0.45 * step(0.95, 0.5, np.abs(x - SUN[0]) * 2))
        picture = _windows(mix(picture, air, cover), row, cover, rng)
        built = np.maximum(built, cover)
    quay = mask(size, [box(0, SHORE - 0.003, 1, SHORE + 0.002)])
    return mix(picture, colour("#22303c"), quay * 0.9), built


def _windows(picture: Field, row: Row, cover: Field, rng: np.random.Generator) -> Field:
    """Lit windows in the walls, irregularly placed."""
    if not row.lights:
        return picture
    size = cover.shape[0], cover.shape[1]
    shapes: list[Outline] = []
    for _ in range(row.lights * 3):
        x = round(rng.random() / 0.0026) * 0.0026
        y = row.foot - 0.006 - round(rng.random() ** 1.3 * row.high * 0.95 / 0.0042) * 0.0042
        inside = (
            cover[int(y * size[1]), int(x * size[1])] > 0.9
            and cover[int((y - 0.004) * size[1]), int(x * size[1])] > 0.9
        )
        if inside and len(shapes) < row.lights:
            half = rng.uniform(0.0005, 0.00075)
            shapes.append(box(x - half, y - half * 1.4, x + half, y + half * 1.4))
    lit = mask(size, shapes)
    picture = screen(picture, colour("#ff9d4d"), np.clip(blur(lit, size[1] * 0.0022) * 2.2, 0, 0.8))
    return mix(picture, colour("#ffd596"), lit * 0.9)


def _river(above: Field, rng: np.random.Generator) -> Field:
    """The water: a mirrored image of what is above it, broken by ripples that grow toward the viewer, with reflected lights."""
    size = above.shape[0], above.shape[1]
    x, y = grid(size)
    shore = round(SHORE * size[1])
    depth = np.clip(y - SHORE, 0, 1)
    ripple = (streaks(size, (0.05, 0.0035), rng) - 0.5) * 0.09 + (
        streaks(size, (0.16, 0.012), rng) - 0.5
    ) * 0.11
    back = np.clip(SHORE - depth * 0.86 + ripple * np.sqrt(depth) * 0.9, 0.0, SHORE - 0.001)
    aside = x + (streaks(size, (0.09, 0.004), rng) - 0.5) * 0.05 * depth
    rows = np.clip((back * size[1]).astype(int), 0, shore - 1)
    columns = np.clip((aside * size[1]).astype(int), 0, size[1] - 1)
    turned = above[rows, columns] * np.array([0.84, 0.8, 0.8], np.float32)
    water = mix(turned, colour("#1a2a38"), 0.22 + 0.5 * step(0.0, 0.34, depth))
    water = screen(water, colour("#ffab5e"), _long_lights(above, shore, depth, rng) * 0.9)
    crests = streaks(size, (0.05, 0.0028), rng)
    path = glow(size, (SUN[0], SHORE + 0.1), 0.1, 0.32) * step(0.5, 0.75, crests)
    water = screen(water, colour("#ff9d55"), path * 0.6 * step(0.34, 0.05, depth))
    calm = step(0.62, 0.2, x) * step(0.03, 0.16, depth)
    water = mix(
        water, colour("#142230"), np.clip(calm * 0.72 + step(0.18, 0.36, depth) * 0.35, 0, 0.85)
    )
    return mix(above, water, step(SHORE - 0.0005, SHORE + 0.0005, y))


def _long_lights(above: Field, shore: int, depth: Field, rng: np.random.Generator) -> Field:
    """Each bright window near the water as a long broken reflection."""
    size = above.shape[0], above.shape[1]
    town = above[shore - size[1] // 14 : shore]
    bright = np.clip((town[..., 0] - town[..., 2] - 0.36) * 3, 0, 1).max(0) * (
        town[..., 0].max(0) > 0.85
    )
    x = grid(size)[0][0]
    bright = bright * step(0.02, 0.09, np.abs(x - SUN[0]))
    wide = blur(np.tile(bright, (4, 1)).astype(np.float32), size[1] * 0.0009)[0]
    broken = step(0.42, 0.7, streaks(size, (0.02, 0.0032), rng))
    wander = ((streaks(size, (0.06, 0.006), rng) - 0.5) * 0.02 * np.sqrt(depth) * size[1]).astype(
        int
    )
    columns = np.clip(np.arange(size[1])[None, :] + wander, 0, size[1] - 1)
    reach = 0.04 + 0.11 * noise(size, 0.06, rng, 2)
    return np.asarray(
        np.clip(wide[columns] * 1.5, 0, 1) * broken * np.exp(-depth / reach), np.float32
    )


def _boats(picture: Field) -> Field:
    """Two low boats on the right page, one with a lamp."""
    size = picture.shape[0], picture.shape[1]
    shapes: list[Outline] = []
    for x, y, long in spine(".83 .468 .062, .612 .446 .03"):
        shapes.append(
            outline(
                [
                    (x - long / 2, y - long * 0.075),
                    (x - long * 0.3, y - long * 0.02),
                    (x + long * 0.3, y - long * 0.02),
                    (x + long / 2, y - long * 0.1),
                    (x + long * 0.42, y + long * 0.045),
                    (x, y + long * 0.06),
                    (x - long * 0.42, y + long * 0.045),
                ]
            )
        )
        shapes.append(
            outline(
                [
                    (x - long * 0.16, y),
                    (x - long * 0.15, y - long * 0.13),
                    (x, y - long * 0.17),
                    (x + long * 0.15, y - long * 0.13),
                    (x + long * 0.16, y),
                ]
            )
        )
    hull = mask(size, shapes)
    shade = np.roll(blur(hull, size[1] * 0.003), round(size[1] * 0.006), 0)
    picture = mix(picture, colour("#101a25"), np.clip(shade, 0, 1) * 0.6)
    picture = mix(picture, colour("#131e2a"), hull)
    lamp = mask(size, [disc((0.845, 0.4535), (0.0012, 0.0014))])
    picture = screen(
        picture, colour("#ff9d4d"), np.clip(glow(size, (0.845, 0.4535), 0.012) * 0.8, 0, 1)
    )
    wake = glow(size, (0.845, 0.485), 0.012, 0.3)
    return mix(screen(picture, colour("#ff9d4d"), wake * 0.8), colour("#ffe0a8"), lamp)


def _bridge(picture: Field, rng: np.random.Generator) -> Field:
    """A stone bridge coming over from the right page, its arches wider toward the viewer, a lamp on every pier."""
    size = picture.shape[0], picture.shape[1]
    x, y = grid(size)
    stone, arches, lamps, posts = (mask(size, shapes) for shapes in masonry())
    bridge = stone * (1 - arches)
    sway = ((streaks(size, (0.05, 0.0032), rng) - 0.5) * 0.03 * size[1]).astype(int)
    heave = (streaks(size, (0.03, 0.003), rng) - 0.5) * 0.012
    rows = np.clip(((2 * WATERLINE - y + heave) * size[1]).astype(int), 0, size[0] - 1)
    columns = np.clip(np.arange(size[1])[None, :] + sway, 0, size[1] - 1)
    below = y > WATERLINE
    mirrored = np.where(below, bridge[rows, columns], 0) * step(0.055, 0.02, y - WATERLINE)
    picture = mix(picture, colour("#1b2936"), blur(mirrored.astype(np.float32), 1) * 0.72)
    tone = ramp(((0.0, "#4b4d54"), (0.5, "#313d49"), (1.0, "#1e2b37")), step(0.366, 0.399, y))
    tone = tone * (1 + (noise(size, 0.01, rng, 3) - 0.5)[..., None] * 0.3)
    tone = screen(tone, colour("#e8854a"), glow(size, SUN, 0.14) * 0.45)
    inner = np.clip(np.roll(arches, -max(1, size[1] // 420), 1) - arches, 0, 1) * stone
    picture = mix(mix(picture, tone, bridge), colour("#a96a4c"), inner * 0.5)
    picture = mix(picture, colour("#22303c"), posts * 0.9)
    near = sum(
        (glow(size, (place, deck(place) - 0.0125), 0.0075) for place in PIERS[:-1]),
        np.zeros(size, np.float32),
    )
    broken = step(0.4, 0.65, streaks(size, (0.015, 0.003), rng))
    long = sum(
        (np.exp(-(((x - place) / 0.0022) ** 2)) for place in PIERS[:-1]), np.zeros(size, np.float32)
    )
    fall = (
        broken
        * long
        * step(WATERLINE, WATERLINE + 0.008, y)
        * np.exp(-np.clip(y - WATERLINE, 0, 1) / 0.045)
    )
    picture = screen(picture, colour("#ff9d4d"), np.clip(near * 0.75 + fall * 0.75, 0, 1))
    return mix(picture, colour("#ffe0a8"), lamps)
