"""A woman reading, in profile, a city and a low sun behind her; below her, shadow for words.

The head is drawn in head heights (face toward the left, crown at 0, chin at 1) and bowed; body, book and background in
picture widths. The hand is a solid, lit from the same sun.
"""

import numpy as np
from PIL import Image, ImageDraw

from .brush import BROAD, FINE, MIDDLE, Brush, follow, paint
from .finish import graded
from .hand import Finger, Pose, body
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
from .shapes import Outline, Point, box, curve, limb, mask, outline
from .solid import Window, see

PAGE = (2551, 1819)
SUN = (0.17, 0.5)
HORIZON = 0.575
HEAD = 0.365
BOW = np.radians(13)
PIVOT = (0.64, 0.44)  # where the skull sits on the neck
SKY = (
    (0.0, "#1a2938"), (0.3, "#2b4050"), (0.55, "#56646c"), (0.75, "#8d7772"),
    (0.88, "#c08764"), (1.0, "#e3a364"),
)  # fmt: skip
SKIN = ((0.0, "#17141a"), (0.3, "#35262a"), (0.55, "#6d4438"), (0.78, "#b97750"), (1.0, "#ffd199"))

PROFILE: tuple[Point, ...] = (
    (0.2, 0.06), (0.115, 0.12), (0.055, 0.2), (0.022, 0.285), (0.01, 0.35), (0.0, 0.4), (0.012, 0.432), (0.03, 0.46),
    (0.026, 0.485), (0.006, 0.525), (-0.026, 0.572), (-0.056, 0.61), (-0.066, 0.632), (-0.06, 0.652), (-0.04, 0.664),
    (-0.012, 0.672), (0.008, 0.684), (0.006, 0.706), (-0.008, 0.73), (-0.02, 0.748), (-0.018, 0.762), (0.002, 0.772),
    (-0.01, 0.782), (-0.016, 0.798), (-0.008, 0.815), (0.012, 0.832), (0.022, 0.85), (0.016, 0.874), (0.006, 0.906),
    (0.012, 0.942), (0.036, 0.972), (0.08, 0.988), (0.16, 0.975), (0.26, 0.95), (0.34, 0.95),
)  # fmt: skip
NAPE: tuple[Point, ...] = (
    (0.75, 0.95),
    (0.82, 0.7),
    (0.86, 0.4),
    (0.78, 0.15),
    (0.5, 0.0),
    (0.33, 0.01),
)

HAND = Pose((0.437, -0.765, 0.0), (-84, 24, 178), 0.255, (Finger(18, 34, 20, 2), Finger(18, 36, 22, 0), Finger(18, 38, 22, -2), Finger(20, 40, 24, -4)),
            ((0.17, -0.03, 0.13), (0.15, 0.0, 0.05), (0.11, 0.0, 0.0)), arm=0.9)  # fmt: skip


def draw(rng: np.random.Generator) -> Field:
    """The whole picture."""
    small = PAGE[0] // 2, PAGE[1] // 2
    sketch = _woman(_behind(small, rng), rng)
    _, y = grid(small)
    sketch = resize(mix(sketch, colour("#101a25"), step(0.74, 1.02, y) * 0.8), PAGE)
    lie = resize(_lie(small, rng), PAGE)
    finer = Brush(30, 7, 7, off=0.035, stray=0.06, tint=0.008)
    painted = paint(sketch, follow(sketch, lie), rng, (BROAD, MIDDLE, FINE, finer))
    face = resize(blur(_figure(small), 8), PAGE)
    return graded(mix(painted, sketch, 0.15 + 0.25 * face), rng, vignette=0.3)


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
        picture, colour("#ff9d4d"), np.clip(blur(lights, size[1] * 0.003) * 3.4, 0, 0.75)
    )
    return screen(picture, colour("#ff9044"), glow(size, SUN, 0.3) * 0.4)


def _roofs(place: int, rng: np.random.Generator) -> list[Outline]:
    """One row of houses; the farthest is a hill."""
    if place == 0:
        return [
            outline(
                [
                    (-0.1, 0.56),
                    (0.12, 0.545),
                    (0.35, 0.515),
                    (0.6, 0.53),
                    (0.85, 0.49),
                    (1.1, 0.51),
                    (1.2, 1.5),
                    (-0.2, 1.5),
                ]
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


def _at(place: Point) -> Point:
    """A place on the bowed head, in picture widths."""
    x, y = (place[0] - 0.5) * HEAD, (place[1] - 0.85) * HEAD
    cosine, sine = float(np.cos(BOW)), float(np.sin(BOW))
    return PIVOT[0] + cosine * x + sine * y, PIVOT[1] - sine * x + cosine * y


def _face() -> list[Outline]:
    return [outline([_at(place) for place in (*PROFILE, *NAPE)])]


def _neck() -> list[Outline]:
    front = [
        _at((0.27, 0.9)),
        _at((0.33, 0.96)),
        (0.572, 0.545),
        (0.566, 0.59),
        (0.552, 0.63),
        (0.535, 0.67),
    ]
    return [outline([*front, (0.6, 0.75), (0.75, 0.7), (0.73, 0.45), _at((0.6, 0.6))])]


def _hair() -> list[Outline]:
    """The mass of hair, between its two edges."""
    outer, inner = _edges(40)
    return [[(float(x), float(y)) for x, y in (*outer, *inner[::-1])]]


def _edges(count: int) -> tuple[Field, Field]:
    """Where the hair ends, from the brow to its tips: over the crown and down the back, and along the face and neck."""
    top = [
        (0.088, 0.15),
        (0.12, 0.09),
        (0.19, 0.025),
        (0.32, -0.03),
        (0.47, -0.055),
        (0.63, -0.035),
        (0.77, 0.035),
        (0.865, 0.15),
        (0.92, 0.3),
        (0.935, 0.46),
        (0.94, 0.6),
    ]
    back = [
        (0.782, 0.46),
        (0.8, 0.55),
        (0.828, 0.65),
        (0.85, 0.76),
        (0.848, 0.87),
        (0.835, 0.96),
        (0.812, 1.03),
    ]
    cheek = [
        (0.088, 0.15),
        (0.135, 0.195),
        (0.195, 0.265),
        (0.255, 0.34),
        (0.3, 0.42),
        (0.33, 0.5),
        (0.345, 0.58),
        (0.365, 0.69),
        (0.4, 0.8),
    ]
    front = [
        (0.606, 0.51),
        (0.63, 0.6),
        (0.652, 0.69),
        (0.668, 0.78),
        (0.685, 0.87),
        (0.703, 0.95),
        (0.722, 1.0),
    ]
    return _even([*map(_at, top), *back], count), _even([*map(_at, cheek), *front], count)


def _even(points: list[Point], count: int) -> Field:
    """`count` places evenly along a smooth line through `points`."""
    line = curve(points, closed=False)
    far = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    return np.stack(
        [np.interp(np.linspace(0, far[-1], count), far, line[:, axis]) for axis in (0, 1)], -1
    ).astype(np.float32)


def _dress() -> list[Outline]:
    front = [
        (0.575, 0.635),
        (0.54, 0.655),
        (0.517, 0.69),
        (0.498, 0.75),
        (0.488, 0.81),
        (0.497, 0.88),
        (0.515, 1.0),
        (0.52, 1.2),
        (0.5, 1.45),
    ]
    rear = [
        (1.05, 1.45),
        (1.0, 1.15),
        (0.955, 0.95),
        (0.925, 0.82),
        (0.88, 0.73),
        (0.81, 0.67),
        (0.74, 0.635),
        (0.66, 0.62),
    ]
    return [outline([*front, *rear])]


def _arm() -> list[Outline]:
    upper = [(0.735, 0.72, 0.066), (0.722, 0.82, 0.072), (0.7, 0.92, 0.064), (0.675, 0.985, 0.057)]
    lower = [(0.675, 0.985, 0.057), (0.6, 0.94, 0.054), (0.53, 0.872, 0.043), (0.46, 0.796, 0.03)]
    return [*limb(upper), *limb(lower)]


def _figure(size: Size) -> Field:
    """Where the woman is, book and all."""
    return mask(
        size, [*_face(), *_neck(), *_hair(), *_dress(), *_arm(), *_cover(), *_pages()], finer=1
    )


def _lie(size: Size, rng: np.random.Generator) -> Field:
    """How strokes lie: level in the sky, falling in the hair and the dress."""
    x, y = grid(size)
    sky = (noise(size, 0.6, rng, 2) - 0.5) * 0.9
    falling = np.pi / 2 - 0.25 + (noise(size, 0.4, rng, 2) - 0.5) * 0.8
    body = blur(_figure(size), 6)
    return np.asarray(sky * (1 - body) + falling * body, np.float32)


def _woman(picture: Field, rng: np.random.Generator) -> Field:
    size = picture.shape[0], picture.shape[1]
    far_arm = mask(
        size,
        limb([(0.56, 0.93, 0.05), (0.48, 0.885, 0.042), (0.4, 0.815, 0.032), (0.35, 0.75, 0.024)]),
    )
    picture = mix(picture, _cloth(far_arm, rng, 0.5), far_arm)
    picture = _book(picture)
    picture = mix(picture, _skin(mask(size, _neck()), rng, 0.55), mask(size, _neck()))
    dress = mask(size, _dress())
    picture = mix(picture, _cloth(dress, rng, 1.0), dress)
    face = mask(size, _face())
    throat = blur(
        mask(size, [outline([_at((0.1, 0.985)), _at((0.36, 0.94)), (0.6, 0.66), (0.57, 0.6)])]),
        size[1] * 0.01,
    )
    picture = mix(picture, colour("#1b1519"), throat * mask(size, _neck()) * 0.55)
    picture = mix(picture, _features(_skin(face, rng, 1.0), size), face)
    arm = mask(size, _arm())
    picture = mix(picture, colour("#0c141d"), np.clip(blur(arm, 14) - arm, 0, 1) * dress * 0.9)
    picture = mix(
        picture, _cloth(arm, rng, 1.0), arm * (1 - 0.75 * step(0.57, 0.66, grid(size)[0]))
    )
    picture = _tresses(picture, rng)
    return _hand(picture)


def _sunlit(shape: Field, depth: float) -> Field:
    """How strongly the low sun catches the edge of a shape: only what turns to the left and a little up."""
    across, down = relief(shape, depth)
    toward = (across * 0.93 + down * 0.37) / (np.hypot(across, down) + 0.35)
    edge = np.clip(1 - blur(shape, depth * 0.55), 0, 1) * 2
    return np.clip(np.clip(toward, 0, 1) * edge, 0, 1).astype(np.float32)


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
    wide = size[1] / 900

    def soft(shapes: list[Outline], radius: float) -> Field:
        return np.clip(blur(mask(size, shapes), radius * wide), 0, 1)

    def line(*spine: tuple[float, float, float]) -> list[Outline]:
        return limb([(*_at((x, y)), r * HEAD) for x, y, r in spine])

    dark = colour("#140f13")
    picture = mix(
        skin,
        dark,
        soft(line((0.06, 0.455, 0.03), (0.12, 0.46, 0.035), (0.17, 0.465, 0.02)), 5) * 0.6,
    )
    lid = soft(line((0.062, 0.462, 0.012), (0.095, 0.458, 0.021), (0.13, 0.468, 0.014)), 2.2)
    picture = mix(picture, colour("#7d4f3d"), lid * 0.55)
    picture = mix(
        picture,
        dark,
        soft(
            line(
                (0.056, 0.487, 0.004),
                (0.09, 0.492, 0.0065),
                (0.13, 0.484, 0.005),
                (0.15, 0.474, 0.002),
            ),
            0.7,
        )
        * 0.95,
    )
    picture = mix(
        picture,
        dark,
        soft(line((0.062, 0.489, 0.004), (0.046, 0.503, 0.003), (0.032, 0.51, 0.0015)), 0.6) * 0.9,
    )
    picture = mix(
        picture,
        dark,
        soft(
            line(
                (0.018, 0.408, 0.006),
                (0.06, 0.385, 0.011),
                (0.12, 0.382, 0.009),
                (0.18, 0.4, 0.004),
            ),
            1.3,
        )
        * 0.75,
    )
    picture = mix(
        picture,
        dark,
        soft(line((-0.018, 0.656, 0.006), (0.004, 0.648, 0.009), (0.016, 0.652, 0.005)), 1.2) * 0.8,
    )
    picture = mix(
        picture,
        dark,
        soft(
            line(
                (0.012, 0.605, 0.004),
                (0.034, 0.625, 0.006),
                (0.036, 0.655, 0.006),
                (0.02, 0.672, 0.003),
            ),
            2.2,
        )
        * 0.5,
    )
    picture = mix(
        picture,
        dark,
        soft(
            line(
                (0.0, 0.772, 0.003),
                (0.03, 0.774, 0.005),
                (0.062, 0.782, 0.004),
                (0.075, 0.788, 0.003),
            ),
            0.9,
        )
        * 0.85,
    )
    lips = line((0.0, 0.752, 0.012), (0.035, 0.762, 0.01), (0.06, 0.776, 0.005)) + line(
        (0.004, 0.797, 0.014), (0.034, 0.792, 0.011), (0.058, 0.785, 0.005)
    )
    picture = mix(picture, colour("#8a3f34"), soft(lips, 2) * 0.4)
    picture = mix(picture, dark, soft(line((0.02, 0.838, 0.008), (0.05, 0.832, 0.01)), 3) * 0.4)
    cheek = soft(line((0.12, 0.59, 0.05), (0.19, 0.62, 0.055), (0.23, 0.66, 0.03)), 12)
    picture = screen(picture, colour("#a0603f"), cheek * 0.3)
    jaw = soft(line((0.13, 0.965, 0.014), (0.25, 0.925, 0.02), (0.36, 0.84, 0.02)), 7)
    return mix(picture, dark, jaw * 0.5)


def _cloth(shape: Field, rng: np.random.Generator, strength: float) -> Field:
    size = shape.shape[0], shape.shape[1]
    wide = size[1] / 900
    folds = noise(size, 0.16, rng, 4) * 0.7 + streaks(size, (0.05, 0.3), rng) * 0.3
    rim = _sunlit(shape, 8 * wide) * glow(size, (0.4, 0.6), 0.6)
    base = ramp(((0.0, "#0e1721"), (0.5, "#182532"), (1.0, "#2b3b48")), folds * strength)
    base = screen(base, colour("#7a4a3c"), _sunlit(shape, 40 * wide) * 0.45 * strength)
    return screen(base, colour("#f5a05a"), np.clip(rim * 1.5 * strength, 0, 0.8))


def _tresses(picture: Field, rng: np.random.Generator) -> Field:
    """Hair: locks that run from the parting over the crown and down the back, a warm edge above."""
    size = picture.shape[0], picture.shape[1]
    wide = size[1] / 900
    hair = mask(size, _hair())
    hair = step(
        0.3, 0.7, blur(hair, 2 * wide) + (noise(size, 0.012, rng, 3) - 0.5) * 0.25 * (hair > 0.02)
    )
    locks = _locks(size, rng)
    tone = ramp(((0.0, "#0b0d12"), (0.45, "#171820"), (0.75, "#2a2528"), (1.0, "#5c4238")), locks)
    across, down = relief(hair, 9 * wide)
    upward = np.clip((down * 0.75 + across * 0.65) / (np.hypot(across, down) + 0.4), 0, 1)
    rim = np.clip(upward * np.clip(1 - blur(hair, 5 * wide), 0, 1) * 2.2, 0, 1) * (
        0.4 + 0.6 * locks
    )
    tone = screen(tone, colour("#f39a58"), rim * glow(size, (0.45, 0.2), 0.55))
    sheen = glow(size, (0.56, 0.17), 0.1, 1.1) * step(0.45, 0.8, locks)
    tone = screen(tone, colour("#a8684a"), sheen * 0.55)
    shade = np.clip(blur(hair, 12 * wide), 0, 1) * (1 - hair)
    picture = mix(picture, colour("#120f14"), shade * _figure(size) * 0.55)
    picture = mix(picture, tone, hair)
    return screen(
        picture, colour("#e08a50"), _stray(size, rng) * glow(size, (0.5, 0.25), 0.6) * 0.9
    )


def _locks(size: Size, rng: np.random.Generator) -> Field:
    """Every hair's tone: strands drawn from the brow to the tips, gathered in locks."""
    outer, inner = _edges(40)
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
    """Single hairs that leave the mass and catch the light."""
    outer, inner = _edges(40)
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


def _cover() -> list[Outline]:
    return [[(0.302, 0.8), (0.187, 0.54), (0.272, 0.518), (0.39, 0.776)]]


def _pages() -> list[Outline]:
    sheets = [
        (0.187, 0.54),
        (0.2, 0.52),
        (0.224, 0.506),
        (0.252, 0.503),
        (0.28, 0.508),
        (0.299, 0.516),
        (0.412, 0.762),
        (0.39, 0.776),
        (0.3, 0.8),
    ]
    return [sheets]


def _book(picture: Field) -> Field:
    """The near board in shadow, the leaves beyond it with the sun coming through."""
    size = picture.shape[0], picture.shape[1]
    wide = size[1] / 900
    _, y = grid(size)
    pages = mask(size, _pages())
    leaf = ramp(((0.0, "#f6c98d"), (0.5, "#d19a68"), (1.0, "#7c5a48")), step(0.5, 0.78, y))
    lines = np.sin((y * 900 + grid(size)[0] * 420) * 0.9) * 0.04
    picture = mix(picture, leaf * (1 + lines[..., None]), pages)
    cover = mask(size, _cover())
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
