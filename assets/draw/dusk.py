"""The cover: a few people on a rise, seen from behind, looking into the last light of the day.

The lower half is hill in shadow and the upper left is empty sky, so that a title and a logo can be placed on them.
"""

import numpy as np

from . import people
from .brush import follow, paint
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
from .shapes import Outline, mask

PAGE = (2551, 1819)
SUN = (0.635, 0.592)
HORIZON = 0.605
SKY = (
    (0.0, "#15222f"), (0.3, "#1b3144"), (0.56, "#315160"), (0.74, "#5c6d77"),
    (0.86, "#8f7672"), (0.93, "#b98263"), (0.975, "#d68a50"), (1.0, "#e29a58"),
)  # fmt: skip


def draw(rng: np.random.Generator) -> Field:
    """The whole cover."""
    small = PAGE[0] // 2, PAGE[1] // 2
    sketch = resize(_land(_sky(small, rng), rng), PAGE)
    group = mask(PAGE, _group())
    sketch = _people(sketch, group, rng)
    sketch = _near(sketch, rng)
    lie = noise(small, 0.6, rng, 2) * 0.9 - 0.45
    painted = paint(sketch, follow(sketch, resize(lie, PAGE)), rng)
    edge = step(0.02, 0.35, blur(group, 3))
    painted = mix(painted, sketch, 0.72 * edge)
    return graded(painted, rng, vignette=0.3)


def _sky(size: Size, rng: np.random.Generator) -> Field:
    """Night blue above, embers at the horizon, bars of cloud lit from below."""
    x, y = grid(size)
    warp = (noise(size, 0.5, rng) - 0.5) * 0.16
    toward = glow(size, SUN, 0.85, 0.9)
    height = np.clip(
        y / HORIZON + warp * 0.5 + (toward - 0.3) * 0.2 - step(0.35, 0.0, y) * 0.06, 0, 1
    )
    sky = ramp(SKY, height.astype(np.float32))
    bars = streaks(size, (0.42, 0.035), rng) * 0.6 + noise(size, 0.3, rng) * 0.4
    cloud = step(0.52, 0.72, bars) * step(0.12, 0.3, y) * step(HORIZON, 0.42, y)
    under = ramp(
        ((0.0, "#22323f"), (0.4, "#51525d"), (1.0, "#c77a55")), np.clip(toward * 1.25, 0, 1)
    )
    sky = mix(sky, under, cloud * 0.6)
    lit = cloud * step(0.02, 0.12, np.roll(cloud, -6, 0) * -1 + cloud) * toward
    sky = screen(sky, colour("#ffb070"), lit * 0.6)
    sky = screen(sky, colour("#ff9a4a"), toward**1.3 * 0.6 * step(0.0, 0.4, y))
    sun = 1 - step(0.9, 1.05, np.hypot(x - SUN[0], y - SUN[1]) / 0.032)
    return mix(sky, colour("#ffe2ae"), sun)


def _land(sky: Field, rng: np.random.Generator) -> Field:
    """Five ranges of hills, each nearer, darker and less of the sky's colour."""
    size = sky.shape[0], sky.shape[1]
    x, y = grid(size)
    picture = sky
    tones = ("#a9745f", "#7c6467", "#55555f", "#384654", "#26343f")
    for place, tone in enumerate(tones):
        base = HORIZON - 0.012 + place * 0.024
        waves = np.interp(x[0], np.linspace(0, 1, 14), rng.random(14)) - 0.5
        line = blur(np.tile(waves, (2, 1)).astype(np.float32), size[1] * 0.02)[0] * (
            0.05 - 0.004 * place
        )
        edge = base + line + 0.004 * (streaks(size, (0.012, 9.0), rng)[0] - 0.5)
        cover = step(-0.0015, 0.0015, y - edge)
        haze = step(0.0, 0.05, y - edge)
        shade = mix(np.broadcast_to(colour(tone), picture.shape), picture, 0.12)
        misty = mix(shade, colour("#9a7468"), haze * (0.42 - 0.07 * place))
        picture = mix(picture, misty, cover)
    near = glow(size, (SUN[0], HORIZON), 0.3, 1.6)
    return screen(picture, colour("#ff8f45"), near * 0.5)


def _group() -> list[Outline]:
    """Five people on the crest, from the left: a young woman, a man with a child, a woman, an old man."""
    tall = 0.315
    return [
        *people.placed(people.youth(), (0.452, 0.71), tall * 0.9),
        *people.placed(people.man((0.205, 0.45)), (0.548, 0.705), tall),
        *people.placed(people.child((-0.215, 0.77)), (0.6615, 0.706), tall * 0.58),
        *people.placed(people.woman(), (0.764, 0.706), tall * 0.92),
        *people.placed(people.elder(), (0.838, 0.715), tall * 0.94),
    ]


def _people(picture: Field, group: Field, rng: np.random.Generator) -> Field:
    """The group in shadow, its edges warm where the sun comes past them."""
    size = group.shape
    folds = (
        noise((size[0], size[1]), 0.035, rng, 3) * 0.6
        + streaks((size[0], size[1]), (0.02, 0.2), rng) * 0.4
    )
    cloth = ramp(((0.0, "#0f1822"), (0.5, "#1a2733"), (1.0, "#2c3a45")), folds)
    inside = blur(group, 5)
    rim = np.clip((1 - inside) * 2, 0, 1) ** 1.6 * glow((size[0], size[1]), SUN, 0.42)
    cloth = screen(cloth, colour("#ff9350"), np.clip(rim * 1.1, 0, 1))
    done = mix(picture, cloth, group)
    veil = glow((size[0], size[1]), SUN, 0.12)
    return screen(done, colour("#ff8a3c"), veil * 0.35)


def _near(picture: Field, rng: np.random.Generator) -> Field:
    """The rise under the group: grass against the light, then only shadow."""
    size = picture.shape[0], picture.shape[1]
    x, y = grid(size)
    crest = np.interp(
        x[0], (0, 0.18, 0.4, 0.56, 0.72, 0.88, 1), (0.83, 0.775, 0.714, 0.703, 0.703, 0.714, 0.74)
    )
    crest = blur(np.tile(crest, (2, 1)).astype(np.float32), size[1] * 0.03)[0]
    blades = (
        streaks(size, (0.0016, 9.0), rng)[0] * 0.011 + streaks(size, (0.006, 9.0), rng)[0] * 0.008
    )
    depth = y - (crest - blades + 0.006)
    cover = step(-0.001, 0.001, depth)
    tufts = noise(size, 0.12, rng) * 0.5 + streaks(size, (0.01, 0.05), rng) * 0.5
    tone = ramp(
        ((0.0, "#0f1821"), (0.5, "#16232e"), (1.0, "#22333c")), tufts * step(0.75, -0.1, depth)
    )
    warm = step(0.11, 0.0, depth) * glow(size, (SUN[0], 0.7), 0.36) * tufts
    tone = screen(tone, colour("#e8793a"), warm * 0.75)
    tone = mix(tone, colour("#131f2b"), step(0.1, 0.5, depth) * 0.75)
    return mix(picture, tone, cover)
