"""Two pairs of hands, one holding the other, close by, in the warm light of a lamp from the upper left."""

import numpy as np

from .brush import BROAD, FINE, MIDDLE, Brush, follow, paint
from .finish import graded
from .hand import Pose, body, fingers, sleeve
from .light import Field, blur, colour, glow, mix, noise, ramp, resize, step
from .shapes import spine
from .solid import Body, View, Window, see, tipped

PAGE = (1300, 1819)
SMALL = (520, 728)
KEY = (-0.5, 0.62, 0.66)
TILT = 24.0  # the eye looks down on the hands by so many degrees

SKIN = (
    ((0.0, "#140d10"), (0.25, "#3d2119"), (0.5, "#7b4329"), (0.75, "#b3703f"), (1.0, "#eeb878")),
    ((0.0, "#150f12"), (0.25, "#47281f"), (0.5, "#935638"), (0.75, "#cb8a58"), (1.0, "#f8cf9a")),
)
CLOTH = (
    ((0.0, "#0b121b"), (0.4, "#182737"), (0.75, "#3a5264"), (1.0, "#7f8f92")),
    ((0.0, "#160f14"), (0.4, "#3a2a30"), (0.75, "#75504c"), (1.0, "#b98d74")),
)

TOP = Pose(
    (-0.52, 0.2, 0.2),
    (10, -3, 20),
    1.0,
    fingers("12 20 12 3, 14 22 14 1, 17 24 14 -2, 20 26 16 -5"),
    spine(".16 -.06 .1, .14 -.07 .05, .1 -.055 .01"),
)
UNDER = Pose(
    (-0.52, -0.17, 0.24),
    (180, 2, 16),
    1.0,
    fingers("6 16 10 3, 8 18 10 1, 8 20 10 -1, 10 22 12 -4"),
    spine(".15 -.04 .13, .14 -.06 .04, .1 -.06 0"),
    right=True,
)
HELD = Pose(
    (0.56, 0.02, 0.2),
    (-6, -2, 160),
    0.92,
    fingers("8 14 8 2, 8 14 8 0, 8 16 8 -1, 10 18 10 -3"),
    spine(".17 -.05 .05, .15 -.05 -.01, .1 -.04 -.03"),
    right=True,
)
BESIDE = Pose(
    (0.65, 0.31, 0.17),
    (-10, -3, 166),
    0.92,
    fingers("8 16 10 3, 8 18 10 1, 9 18 10 -1, 11 20 12 -4"),
)
POSES = ((TOP, 0), (UNDER, 0), (HELD, 1), (BESIDE, 1))


def draw(rng: np.random.Generator) -> Field:
    """The whole picture."""
    view = see(_tilted(), SMALL, Window((0.03, 0.03), 1.86), KEY)
    sketch = _coloured(view, rng)
    sketch = resize(sketch, PAGE)
    mask = resize(view.mask, PAGE)
    lie = resize((noise(SMALL, 0.5, rng, 2) - 0.5) * 1.2 - 0.1, PAGE)
    finer = Brush(38, 9, 8, off=0.03, stray=0.08, tint=0.012)
    painted = paint(sketch, follow(sketch, lie, 1.3), rng, (BROAD, MIDDLE, FINE, finer))
    edge = step(0.03, 0.3, blur(mask, 5)) * step(0.97, 0.7, blur(mask, 5))
    return graded(mix(painted, sketch, 0.3 * mask + 0.4 * edge), rng, vignette=0.35)


def _tilted() -> list[Body]:
    """All hands and sleeves, tipped toward the eye."""
    bodies = [body(pose, tone) for pose, tone in POSES] + [
        sleeve(pose, tone + 2) for pose, tone in POSES
    ]
    return [tipped(one, TILT) for one in bodies]


def _coloured(view: View, rng: np.random.Generator) -> Field:
    back = mix(
        np.broadcast_to(colour("#121c28"), (*SMALL, 3)),
        colour("#3c3a3d"),
        glow(SMALL, (0.2, 0.05), 0.9) * 0.8,
    )
    back = mix(back, colour("#6a4433"), glow(SMALL, (0.5, 0.36), 0.42, 1.3) * 0.55)
    fill = 0.2 + 0.09 * view.normal[..., 1] + 0.06 * view.normal[..., 0]
    bounce = 0.2 * np.clip(view.normal @ np.array([0.5, -0.6, 0.6], np.float32), 0, 1)
    tone = np.clip((view.light * 0.76 + fill + bounce) * (0.3 + 0.7 * view.hollow), 0, 1)
    tone = np.clip(tone + (noise(SMALL, 0.06, rng, 3) - 0.5) * 0.08, 0, 1)
    picture = back
    for number, stops in enumerate((*SKIN, *CLOTH)):
        share = view.mask * (np.abs(view.tone - number) < 0.5)
        picture = mix(picture, ramp(stops, tone), share)
    return picture
