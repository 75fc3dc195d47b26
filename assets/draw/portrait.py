"""A woman reading, in profile, a city and a low sun behind her; below her, shadow for words."""

from dataclasses import dataclass

import numpy as np

from . import reader
from .brush import BROAD, FINE, MIDDLE, Brush, follow, paint
from .finish import graded
from .hand import Pose, body, fingers
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
    relief,
    resize,
    screen,
    step,
    streaks,
)
from .shapes import Outline, box, limb, mask, outline, points, spine
from .solid import Window, see
from .tresses import tresses

PAGE = (2892, 2062)  # 154 x 216 mm at 340 pixels to the inch
SUN = (0.17, 0.5)
HORIZON = 0.575
SKY = (
    (0.0, "#1a2938"),
    (0.3, "#2b4050"),
    (0.55, "#56646c"),
    (0.75, "#8d7772"),
    (0.88, "#c08764"),
    (1.0, "#e3a364"),
)
SKIN = ((0.0, "#17141a"), (0.3, "#35262a"), (0.55, "#6d4438"), (0.78, "#b97750"), (1.0, "#ffd199"))
HAND = Pose(
    (0.437, -0.765, 0.0),
    (-84, 24, 178),
    0.255,
    fingers("18 34 20 2, 18 36 22 0, 18 38 22 -2, 20 40 24 -4"),
    spine(".17 -.03 .13, .15 0 .05, .11 0 0"),
    arm=0.9,
)


@dataclass(frozen=True, slots=True)
class Touch:
    """One feature of the face: a tapered line in head heights, how soft, of what colour, how strong."""

    line: str
    soft: float
    share: float
    tone: str = "#140f13"


FEATURES = (
    Touch(".06 .455 .03, .12 .46 .035, .17 .465 .02", 5, 0.6),  # the hollow of the eye
    Touch(".062 .462 .012, .095 .458 .021, .13 .468 .014", 2.2, 0.28, "#7d4f3d"),  # its lid
    Touch(".056 .487 .004, .09 .492 .0065, .13 .484 .005, .15 .474 .002", 0.7, 0.95),  # the lashes
    Touch(".062 .489 .004, .046 .503 .003, .032 .51 .0015", 0.6, 0.9),
    Touch(".018 .408 .006, .06 .385 .011, .12 .382 .009, .18 .4 .004", 1.3, 0.75),  # the brow
    Touch("-.018 .656 .006, .004 .648 .009, .016 .652 .005", 1.2, 0.8),  # the nostril and its wing
    Touch(".012 .605 .004, .034 .625 .006, .036 .655 .006, .02 .672 .003", 2.2, 0.5),
    Touch("0 .772 .003, .03 .774 .005, .062 .782 .004, .075 .788 .003", 0.9, 0.85),  # the mouth
    Touch("0 .752 .012, .035 .762 .01, .06 .776 .005", 2, 0.4, "#8a3f34"),
    Touch(".004 .797 .014, .034 .792 .011, .058 .785 .005", 2, 0.4, "#8a3f34"),
    Touch(".02 .838 .008, .05 .832 .01", 3, 0.4),
    Touch(".12 .59 .05, .19 .62 .055, .23 .66 .03", 12, 0.25, "#8a5a46"),  # the cheek
    Touch(".13 .965 .014, .25 .925 .02, .36 .84 .02", 7, 0.5),  # under the jaw
)


def draw(rng: np.random.Generator) -> Field:
    """The whole picture."""
    small = PAGE[0] // 2, PAGE[1] // 2
    sketch = _woman(_behind(small, rng), rng)
    _, y = grid(small)
    sketch = resize(mix(sketch, colour("#101a25"), step(0.74, 1.02, y) * 0.8), PAGE)
    lie = resize(_lie(small, rng), PAGE)
    finer = Brush(30, 7, 7, off=0.035, stray=0.06, tint=0.008)
    painted = paint(sketch, follow(sketch, lie), rng, (BROAD, MIDDLE, FINE, finer))
    return graded(mix(painted, sketch, _kept(small)), rng, vignette=0.3)


def _kept(size: Size) -> Field:
    """The share of the sketch that shows through the paint: most at the hand, much in the figure and the far lights."""
    _, y = grid(size)
    woman = blur(reader.figure(size), 3)
    edge = step(0.03, 0.3, woman) * step(0.97, 0.7, woman)
    hand = step(0.55, 0.75, glow(size, (0.33, 0.7), 0.25))
    town = step(0.54, 0.58, y) * step(0.76, 0.7, y)
    share = 0.18 + 0.4 * woman + 0.2 * edge + 0.25 * hand + 0.3 * town * (1 - woman)
    return resize(np.clip(share, 0, 0.85), PAGE)


def _behind(size: Size, rng: np.random.Generator) -> Field:
    """Sky, hills and a town out of focus."""
    x, y = grid(size)
    toward = glow(size, SUN, 0.7, 0.95)
    warp = (noise(size, 0.5, rng) - 0.5) * 0.14
    height = np.clip(y / HORIZON + warp + (toward - 0.4) * 0.25 - 0.08 * x, 0, 1)
    sky = ramp(SKY, height.astype(np.float32))
    bars = streaks(size, (0.4, 0.04), rng) * 0.6 + noise(size, 0.3, rng) * 0.4
    cloud = step(0.5, 0.72, bars) * step(0.05, 0.2, y) * step(HORIZON, 0.4, y)
    tint = ramp(((0.0, "#2b3b48"), (0.4, "#6a5f68"), (1.0, "#d98a5c")), np.clip(toward * 1.2, 0, 1))
    sky = screen(mix(sky, tint, cloud * 0.5), colour("#ff9d50"), toward * 0.5)
    sun = 1 - step(0.9, 1.08, np.hypot(x - SUN[0], y - SUN[1]) / 0.034)
    picture = mix(sky, colour("#ffe7b8"), sun)
    for place, tone in enumerate(("#7f6b70", "#656069", "#424e5a", "#263440")):
        roofs = mask(size, _roofs(place, rng))
        roofs = blur(roofs, size[1] * 0.0022)
        air = mix(
            np.broadcast_to(colour(tone), picture.shape),
            colour("#c98a62"),
            toward * (0.55 - 0.1 * place),
        )
        picture = mix(picture, air, roofs)
    lights = mask(
        size,
        [
            box(a, b, a + 0.003, b + 0.004)
            for a, b in zip(rng.random(70), rng.uniform(0.575, 0.7, 70), strict=True)
        ],
    )
    picture = screen(
        picture, colour("#ff9d4d"), np.clip(blur(lights, size[1] * 0.003) * 2.6, 0, 0.6)
    )
    return screen(picture, colour("#ff9044"), glow(size, SUN, 0.3) * 0.4)


def _roofs(place: int, rng: np.random.Generator) -> list[Outline]:
    """One row of houses; the farthest is a hill."""
    if place == 0:
        return [
            outline(
                points("-.1 .56, .12 .545, .35 .515, .6 .53, .85 .49, 1.1 .51, 1.2 1.5, -.2 1.5")
            )
        ]
    foot = HORIZON - 0.02 + 0.034 * place
    shapes = [box(-0.1, foot, 1.1, 1.5)]
    left = -0.05
    while left < 1.05:
        wide = rng.uniform(0.018, 0.045) * (0.7 + 0.3 * place)
        tall = rng.uniform(0.004, 0.045) + (0.05 if rng.random() < 0.1 else 0)
        shapes.append(box(left, foot - tall, left + wide, foot + 0.1))
        if rng.random() < 0.4:
            shapes.append(
                [
                    (left - 0.002, foot - tall),
                    (left + wide / 2, foot - tall - wide * 0.4),
                    (left + wide + 0.002, foot - tall),
                ]
            )
        left += wide * rng.uniform(0.95, 1.3)
    return shapes


def _lie(size: Size, rng: np.random.Generator) -> Field:
    """How strokes lie: level in the sky, falling in the hair and the dress."""
    sky = (noise(size, 0.6, rng, 2) - 0.5) * 0.9
    falling = np.pi / 2 - 0.25 + (noise(size, 0.4, rng, 2) - 0.5) * 0.8
    body = blur(reader.figure(size), 6)
    return np.asarray(sky * (1 - body) + falling * body, np.float32)


def _woman(picture: Field, rng: np.random.Generator) -> Field:
    """The reader, painted from back to front: far arm, book, neck, dress, face, near arm, hair, hand."""
    size = picture.shape[0], picture.shape[1]
    far_arm = mask(
        size,
        limb(spine(".56 .93 .05, .48 .885 .042, .4 .815 .032, .35 .75 .024")),
    )
    picture = mix(picture, _cloth(far_arm, rng, 0.5), far_arm)
    picture = _book(picture)
    picture = mix(picture, _skin(mask(size, reader.neck()), rng, 0.55), mask(size, reader.neck()))
    dress = mask(size, reader.dress())
    picture = mix(picture, _cloth(dress, rng, 1.0), dress)
    face = mask(size, reader.face())
    under = [reader.at((0.1, 0.985)), reader.at((0.36, 0.94)), (0.6, 0.66), (0.57, 0.6)]
    throat = blur(mask(size, [outline(under)]), size[1] * 0.01)
    picture = mix(picture, colour("#1b1519"), throat * mask(size, reader.neck()) * 0.55)
    picture = mix(picture, _features(_skin(face, rng, 1.0), size), face)
    arm = mask(size, reader.arm())
    picture = mix(picture, colour("#0c141d"), np.clip(blur(arm, 14) - arm, 0, 1) * dress * 0.9)
    picture = mix(
        picture, _cloth(arm, rng, 1.0), arm * (1 - 0.75 * step(0.57, 0.66, grid(size)[0]))
    )
    picture = tresses(picture, rng)
    return _hand(picture)


def _sunlit(shape: Field, depth: float) -> Field:
    """How strongly the low sun lights the edge of a shape: only edges that face left and slightly up."""
    across, down = relief(shape, depth)
    toward = (across * 0.93 + down * 0.37) / (np.hypot(across, down) + 0.35)
    edge = np.clip(1 - blur(shape, depth * 0.55), 0, 1) * 2
    return np.asarray(np.clip(np.clip(toward, 0, 1) * edge, 0, 1), np.float32)


def _skin(shape: Field, rng: np.random.Generator, strength: float) -> Field:
    """Skin against the light: warm at its edge, a soft light from the pages below, else shadow."""
    size = shape.shape[0], shape.shape[1]
    wide = size[1] / 900
    rim = _sunlit(shape, 7 * wide) * 1.0
    turn = _sunlit(shape, 42 * wide)
    pages = glow(size, (0.36, 0.58), 0.17)
    tone = 0.17 + 0.42 * turn + 0.9 * rim + 0.3 * pages * (0.35 + 0.65 * turn)
    tone = tone + 0.7 * _sunlit(shape, 3 * wide)
    tone = tone * (0.6 + 0.4 * strength) + (noise(size, 0.05, rng, 3) - 0.5) * 0.06
    return ramp(SKIN, np.clip(tone, 0, 1))


def _features(skin: Field, size: Size) -> Field:
    """Eye lowered to the page, brow, nostril, mouth, and the planes of the cheek."""
    picture = skin
    for touch in FEATURES:
        places = spine(touch.line)
        shape = limb([(*reader.at((x, y)), radius * reader.HEAD) for x, y, radius in places])
        cover = np.clip(blur(mask(size, shape), touch.soft * size[1] / 900), 0, 1)
        picture = mix(picture, colour(touch.tone), cover * touch.share)
    return picture


def _cloth(shape: Field, rng: np.random.Generator, strength: float) -> Field:
    """The dress: blue in shadow, its edges warm where the sun grazes them."""
    size = shape.shape[0], shape.shape[1]
    wide = size[1] / 900
    folds = noise(size, 0.16, rng, 4) * 0.7 + streaks(size, (0.05, 0.3), rng) * 0.3
    rim = _sunlit(shape, 8 * wide) * glow(size, (0.4, 0.6), 0.6)
    base = ramp(((0.0, "#0e1721"), (0.5, "#182532"), (1.0, "#2b3b48")), folds * strength)
    base = screen(base, colour("#7a4a3c"), _sunlit(shape, 40 * wide) * 0.45 * strength)
    return screen(base, colour("#f5a05a"), np.clip(rim * 1.5 * strength, 0, 0.8))


def _book(picture: Field) -> Field:
    """The near board in shadow, the leaves beyond it with the sun coming through."""
    size = picture.shape[0], picture.shape[1]
    wide = size[1] / 900
    _, y = grid(size)
    pages = mask(size, reader.pages())
    leaf = ramp(((0.0, "#f6c98d"), (0.5, "#d19a68"), (1.0, "#7c5a48")), step(0.5, 0.78, y))
    lines = np.sin((y * 900 + grid(size)[0] * 420) * 0.9) * 0.04
    picture = mix(picture, leaf * (1 + lines[..., None]), pages)
    cover = mask(size, reader.cover())
    board = ramp(((0.0, "#5a2d26"), (0.5, "#3c2226"), (1.0, "#22191f")), step(0.58, 0.79, y))
    board = screen(board, colour("#f09a55"), _sunlit(cover, 5 * wide) * 0.8)
    return mix(picture, board, cover)


def _hand(picture: Field) -> Field:
    """The near hand about the board, and the wrist out of the sleeve."""
    size = picture.shape[0], picture.shape[1]
    part = round(size[1] * 0.5), round(size[1] * 0.5)
    view = see([body(HAND, 0)], part, Window((0.35, -0.72), 0.5), (-0.75, 0.6, 0.15))
    left, top = round(size[1] * 0.1), round(size[1] * 0.47)
    place = slice(top, top + part[0]), slice(left, left + part[1])
    rim = np.clip(1 - view.normal[..., 2], 0, 1) ** 1.5 * np.clip(
        -view.normal[..., 0] * 0.7 + view.normal[..., 1] * 0.7, 0, 1
    )
    tone = (0.14 + 0.34 * view.light + 0.75 * rim) * (0.35 + 0.65 * view.hollow)
    x, y = grid(size)
    sleeve = step(0.435, 0.45, (x - (y - 0.755) * 0.2))[place]
    share = view.mask * (1 - sleeve)
    done = picture.copy()
    done[place] = mix(picture[place], ramp(SKIN, np.clip(tone, 0, 1)), blur(share, 0.6))
    return done
