"""Front and back cover: one painting around the spine. People on a ridge, seen from behind, before the last light of the day.

The ridge is level, so that words can be placed below it. Above it is empty sky for the logo; below it is shadow for the words.
There are five people on the front; on the back comes a long line of people, too many to count.
"""

from functools import lru_cache

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

# Both pages with their bleed, 302 x 216 mm, at 340 pixels to the inch. Places are shares of the width.
WRAP = (2892, 4044)
PAGE_WIDTH = 2062
SUN = (0.8215, 0.287)
SEED = 20
HORIZON = 0.296
CREST = 0.3155
SKY = (
    (0.0, "#101c29"), (0.3, "#182c3f"), (0.56, "#2c4a5b"), (0.72, "#56666f"),
    (0.84, "#8f7470"), (0.92, "#bf8360"), (0.97, "#dc8d4d"), (1.0, "#e89c52"),
)  # fmt: skip


def front(_: np.random.Generator) -> Field:
    """The right-hand page of the painting, with its bleed."""
    return _wrap()[:, -PAGE_WIDTH:]


def back(_: np.random.Generator) -> Field:
    """The left-hand page of the painting, with its bleed."""
    return _wrap()[:, :PAGE_WIDTH]


@lru_cache(maxsize=1)
def _wrap() -> Field:
    """The whole painting; both pages have to come from the same random numbers."""
    rng = np.random.default_rng(SEED)
    small = WRAP[0] // 2, WRAP[1] // 2
    sketch = resize(_land(_sky(small, rng), rng), WRAP)
    group = mask(WRAP, [*_five(), *_line(rng)])
    sketch = _ground(_people(sketch, group, rng), rng)
    lie = noise(small, 0.5, rng, 2) * 0.9 - 0.45
    painted = paint(sketch, follow(sketch, resize(lie, WRAP)), rng)
    near = step(0.0, 0.12, blur(group, 9)) * step(CREST + 0.001, CREST - 0.003, grid(WRAP)[1])
    painted = mix(painted, sketch, 0.93 * near)
    return graded(painted, rng, vignette=0.18)


def _sky(size: Size, rng: np.random.Generator) -> Field:
    """Night blue above, embers at the horizon, bars of cloud lit from below."""
    x, y = grid(size)
    warp = (noise(size, 0.3, rng) - 0.5) * 0.13
    toward = glow(size, SUN, 0.42, 0.8)
    height = np.clip(y / HORIZON + warp * 0.5 + (toward - 0.3) * 0.16, 0, 1)
    sky = ramp(SKY, height.astype(np.float32))
    bars = streaks(size, (0.24, 0.018), rng) * 0.6 + noise(size, 0.18, rng) * 0.4
    cloud = step(0.52, 0.72, bars) * step(0.05, 0.14, y) * step(HORIZON, 0.22, y)
    under = ramp(
        ((0.0, "#22323f"), (0.4, "#585862"), (1.0, "#d58458")), np.clip(toward * 1.4, 0, 1)
    )
    sky = mix(sky, under, cloud * 0.65)
    lit = cloud * step(0.02, 0.12, cloud - np.roll(cloud, -6, 0)) * toward
    sky = screen(sky, colour("#ffb070"), lit * 0.7)
    sky = screen(sky, colour("#ff9242"), toward**1.25 * 0.62)
    sun = 1 - step(0.94, 1.04, np.hypot(x - SUN[0], y - SUN[1]) / 0.0245)
    return mix(sky, colour("#ffe4b0"), sun)


def _land(sky: Field, rng: np.random.Generator) -> Field:
    """Four ranges of hills, each nearer and darker."""
    size = sky.shape[0], sky.shape[1]
    x, y = grid(size)
    picture = sky
    for place, tone in enumerate(("#b47a5c", "#84666a", "#535862", "#32414f")):
        base = HORIZON - 0.006 + place * 0.0068
        knots = rng.random(22 + 6 * place) - 0.5
        waves = np.interp(x[0], np.linspace(0, 1, len(knots)), knots)
        line = blur(np.tile(waves, (2, 1)).astype(np.float32), size[1] * 0.012)[0]
        edge = base + line * (0.026 - 0.004 * place)
        edge = edge + 0.0016 * (streaks(size, (0.006, 9.0), rng)[0] - 0.5)
        shade = mix(np.broadcast_to(colour(tone), picture.shape), picture, 0.1)
        misty = mix(shade, colour("#a2735f"), step(0.0, 0.03, y - edge) * (0.42 - 0.09 * place))
        picture = mix(picture, misty, step(-0.0008, 0.0008, y - edge))
    near = glow(size, (SUN[0], HORIZON), 0.16, 1.5)
    return screen(picture, colour("#ff8f45"), near * 0.55)


def _five() -> list[Outline]:
    """Five people on the front, from the left: a young woman, a man with a child, a woman, an old man."""
    tall, foot = 0.112, CREST + 0.002
    return [
        *people.placed(people.youth(), (0.690, foot), tall * 0.9),
        *people.placed(people.man((0.205, 0.45)), (0.752, foot), tall),
        *people.placed(people.child((-0.215, 0.77)), (0.7925, foot), tall * 0.58),
        *people.placed(people.woman(), (0.848, foot), tall * 0.92),
        *people.placed(people.elder(), (0.892, foot), tall * 0.94, -1),
    ]


def _line(rng: np.random.Generator) -> list[Outline]:
    """A crowd along the back, denser and smaller to the left, as if the line went on beyond the hill."""
    kinds = (
        people.youth(),
        people.man((0.16, 0.44)),
        people.woman(),
        people.elder(),
        people.child((-0.12, 0.62)),
    )
    shapes: list[Outline] = []
    at = 0.452
    while at > -0.02:
        share = max(0.0, min(1.0, at / 0.452))
        kind = int(rng.integers(0, len(kinds)))
        grown = 0.62 if kind == 4 else rng.uniform(0.86, 1.0)
        tall = (0.05 + 0.046 * share) * grown
        foot = CREST + 0.0035 + rng.uniform(-0.001, 0.0015)
        turn = 1.0 if rng.random() < 0.5 else -1.0
        shapes += people.placed(kinds[kind], (at, foot), tall, turn)
        at -= rng.choice((0.011, 0.015, 0.021, 0.03)) * (0.45 + 0.6 * share)
    return shapes


def _people(picture: Field, group: Field, rng: np.random.Generator) -> Field:
    """The people in shadow, their edges warm where the sun comes past them."""
    size = group.shape[0], group.shape[1]
    folds = noise(size, 0.02, rng, 3) * 0.6 + streaks(size, (0.01, 0.1), rng) * 0.4
    cloth = ramp(((0.0, "#0d151e"), (0.5, "#16222d"), (1.0, "#243440")), folds)
    rim = np.clip((1 - blur(group, 4)) * 2, 0, 1) ** 1.6 * glow(size, SUN, 0.2)
    cloth = screen(cloth, colour("#ff9350"), np.clip(rim * 1.1, 0, 1))
    done = mix(picture, cloth, group)
    return screen(done, colour("#ff8a3c"), glow(size, SUN, 0.06) * 0.32)


def _ground(picture: Field, rng: np.random.Generator) -> Field:
    """The ridge: grass against the light along a level crest, then only shadow, quiet enough for words."""
    size = picture.shape[0], picture.shape[1]
    x, y = grid(size)
    swell = 0.0016 * np.sin(x[0] * 9.0 + 1.0) + 0.001 * np.sin(x[0] * 23.0)
    blades = (
        streaks(size, (0.0008, 9.0), rng)[0] * 0.0042 + streaks(size, (0.003, 9.0), rng)[0] * 0.003
    )
    depth = y - (CREST + swell - blades + 0.003)
    tufts = noise(size, 0.06, rng) * 0.5 + streaks(size, (0.005, 0.03), rng) * 0.5
    tone = ramp(
        ((0.0, "#0e1720"), (0.5, "#14202b"), (1.0, "#1f2e39")), tufts * step(0.45, -0.05, depth)
    )
    warm = step(0.04, 0.0, depth) * glow(size, (SUN[0], CREST), 0.22) * tufts
    tone = screen(tone, colour("#e8793a"), warm * 0.6)
    tone = mix(tone, colour("#121d28"), step(0.03, 0.2, depth) * 0.8)
    return mix(picture, tone, step(-0.0005, 0.0005, depth))
