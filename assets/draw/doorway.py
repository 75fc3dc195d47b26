"""The open door: a dark room, a tall doorway full of light, small in it a woman and a child who walk out hand in hand.

The left half is wall in shadow, for words.
"""

import numpy as np

from . import people
from .brush import BROAD, FINE, MIDDLE, follow, paint
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
from .shapes import Outline, box, mask

PAGE = (1760, 2062)  # 154 x 131 mm at 340 pixels to the inch
FLOOR = 0.652
LEFT, RIGHT, TOP = 0.66, 0.835, 0.075
FOOT = 0.664
MIDDLE_X = (LEFT + RIGHT) / 2


def draw(rng: np.random.Generator) -> Field:
    """The whole picture."""
    small = PAGE[0] // 2, PAGE[1] // 2
    sketch = resize(_floor(_opening(_wall(small, rng)), rng), PAGE)
    group = mask(PAGE, _pair())
    sketch = _figures(sketch, group)
    lie = noise(small, 0.7, rng, 2) * 1.2 + 0.9
    painted = paint(sketch, follow(sketch, resize(lie, PAGE)), rng, (BROAD, MIDDLE, FINE))
    kept = np.maximum(step(0.0, 0.5, blur(group, 2)), 0.7 * blur(_mask_door(PAGE), 4))
    painted = mix(painted, sketch, np.maximum(0.95 * kept, 0.3))
    return graded(painted, rng, vignette=0.3)


def _mask_door(size: Size) -> Field:
    return mask(size, [box(LEFT, TOP, RIGHT, FLOOR)])


def _wall(size: Size, rng: np.random.Generator) -> Field:
    """Wall and floor without the light: plaster, a skirting, boards."""
    _, y = grid(size)
    plaster = noise(size, 0.5, rng, 4) * 0.7 + streaks(size, (0.2, 0.02), rng) * 0.3
    near = glow(size, (MIDDLE_X, 0.42), 0.62, 0.8)
    wall = ramp(
        ((0.0, "#0c141d"), (0.45, "#15222f"), (1.0, "#26394a")), plaster * 0.45 + near * 0.9
    )
    floor = ramp(((0.0, "#0a1119"), (1.0, "#17232e")), plaster * 0.6 + near * 0.4)
    picture = mix(wall, floor, step(-0.001, 0.001, y - FLOOR))
    skirting = step(FLOOR - 0.03, FLOOR - 0.029, y) * step(FLOOR + 0.001, FLOOR, y)
    return mix(picture, colour("#0d1620"), skirting * 0.7)


def _opening(picture: Field) -> Field:
    """The doorway: evening light, a frame that catches it, and the leaf of the door swung back."""
    size = picture.shape[0], picture.shape[1]
    x, y = grid(size)
    light = ramp(
        (
            (0.0, "#c9743c"),
            (0.35, "#e79a4f"),
            (0.72, "#ffd894"),
            (0.9, "#fff0cf"),
            (1.0, "#ffe2ae"),
        ),
        np.clip((y - TOP) / (FLOOR - TOP), 0, 1),
    )
    door = _mask_door(size)
    frame = mask(size, [box(LEFT - 0.013, TOP - 0.013, RIGHT + 0.013, FLOOR)]) * (1 - door)
    picture = screen(picture, colour("#ff8f45"), glow(size, (MIDDLE_X, 0.44), 0.2, 0.55) * 0.6)
    inner = step(0.02, 0.0, np.minimum(np.abs(x - LEFT + 0.002), np.abs(x - RIGHT - 0.002)))
    picture = mix(
        picture,
        mix(np.broadcast_to(colour("#3a2f30"), picture.shape), colour("#c77d4b"), inner * 0.5),
        frame,
    )
    leaf: list[Outline] = [
        [
            (RIGHT + 0.012, TOP - 0.004),
            (0.925, 0.042),
            (0.925, 0.722),
            (RIGHT + 0.012, FLOOR + 0.006),
        ]
    ]
    panel = mask(size, leaf)
    shade = ramp(((0.0, "#5a4038"), (0.12, "#2b2b33"), (1.0, "#141d27")), (x - RIGHT) / 0.1)
    return mix(mix(picture, light, door), shade, panel)


def _floor(picture: Field, rng: np.random.Generator) -> Field:
    """Light from the door across the floor, and in it the shadows of the two."""
    size = picture.shape[0], picture.shape[1]
    _, y = grid(size)
    pool = mask(size, [[(LEFT, FLOOR), (RIGHT, FLOOR), (0.80, 0.87), (0.40, 0.87)]])
    shadows = mask(
        size,
        [
            [(0.708, FOOT), (0.744, FOOT), (0.655, 0.835), (0.585, 0.835)],
            [(0.762, FOOT), (0.78, FOOT), (0.728, 0.772), (0.696, 0.772)],
        ],
    )
    depth = np.clip((y - FLOOR) / 0.2, 0, 1)
    soft = resize(blur(pool, size[1] * 0.004), size) * (1 - 0.62 * depth)
    dark = blur(shadows, size[1] * 0.004) * (0.94 - 0.3 * depth)
    grain = 0.82 + 0.36 * (streaks(size, (0.3, 0.006), rng) - 0.5)
    lit = np.clip(soft * (1 - dark) * grain, 0, 1)
    lit = lit * step(FLOOR - 0.001, FLOOR + 0.001, y)
    return screen(picture, colour("#f7a55c"), lit * 0.82)


def _pair() -> list[Outline]:
    """A woman and a child, seen from behind, small in the tall door."""
    return [
        *people.placed(people.woman(), (0.726, FOOT), 0.205),
        *people.placed(people.child((-0.16, 0.6)), (0.7715, FOOT), 0.132),
    ]


def _figures(picture: Field, group: Field) -> Field:
    """The two in shadow, with the light around their edges."""
    size = group.shape[0], group.shape[1]
    rim = np.clip((1 - blur(group, 5)) * 2, 0, 1) ** 2
    cloth = screen(np.broadcast_to(colour("#131a23"), picture.shape), colour("#ffab63"), rim * 0.45)
    done = mix(picture, cloth, group)
    return screen(done, colour("#ff9a4d"), glow(size, (MIDDLE_X, 0.5), 0.1, 0.5) * 0.2)
