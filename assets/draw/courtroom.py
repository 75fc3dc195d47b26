"""An empty courtroom in the morning: tall windows on the left, light in shafts over the benches, one vanishing point.

The room is a box drawn by ray casting; a point is lit if the ray from it to the sun passes a window pane and no bench.
"""

from dataclasses import dataclass

import numpy as np

from .brush import BROAD, FINE, MIDDLE, POINT, follow, paint
from .finish import graded
from .light import Field, Size, blur, colour, mix, noise, resize, streaks

PAGE = (1200, 1819)
WIDE, HIGH, LONG = 10.0, 7.0, 17.0
EYE = np.array([5.3, 2.5, -4.6], np.float32)
ZOOM = 1.02
CENTRE = (0.52, 0.345)  # the vanishing point, in picture widths
SUNWARD = np.array([-1.0, 0.74, -0.2], np.float32)  # from a place in the room to the sun


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of furniture: two corners and a colour."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    tone: str


def _furniture() -> tuple[Box, ...]:
    wood, dark, pale = "#5c3f2e", "#3b2b26", "#7a5840"
    pieces: list[Box] = []
    for row in range(5):
        at = 0.6 + row * 1.55
        for left, right in ((1.1, 4.35), (5.75, 9.1)):
            pieces.append(Box((left, 0, at + 0.6), (right, 1.05, at + 0.7), wood))
            pieces.append(Box((left, 0.42, at + 0.05), (right, 0.5, at + 0.62), pale))
            for end in (left, right - 0.1):
                pieces.append(Box((end, 0, at), (end + 0.1, 0.86, at + 0.72), dark))
    pieces += [
        Box((0.0, 0, 8.9), (4.2, 0.95, 9.0), dark), Box((5.9, 0, 8.9), (10.0, 0.95, 9.0), dark),
        Box((1.6, 0.0, 10.2), (3.9, 0.85, 11.0), wood), Box((6.2, 0.0, 10.2), (8.5, 0.85, 11.0), wood),
        Box((1.8, 0, 13.2), (8.2, 0.45, 17.0), dark),
        Box((2.6, 0.45, 14.0), (7.4, 1.75, 14.5), wood), Box((2.5, 1.75, 13.9), (7.5, 1.85, 14.6), pale),
        Box((4.5, 0.45, 15.9), (5.5, 3.1, 16.2), dark),
        Box((8.2, 0.0, 12.6), (9.4, 1.25, 13.6), wood),
    ]  # fmt: skip
    pieces.append(Box((3.7, 0.45, 16.7), (6.3, 5.5, 17.0), dark))
    for at in (-0.7, 3.05, 6.85, 10.65, 14.45):
        pieces.append(Box((9.72, 0, at), (10, 6.5, at + 0.55), "#7d7c79"))
    pieces.append(Box((9.8, 6.2, -4), (10, 6.55, 17), "#7d7c79"))
    return tuple(pieces)


FURNITURE = _furniture()


def draw(rng: np.random.Generator) -> Field:
    """The whole courtroom."""
    small = PAGE[0] // 2, PAGE[1] // 2
    sketch = resize(_seen(small, rng), PAGE)
    lie = resize(noise(small, 0.4, rng, 2) * 0.9 - 0.25, PAGE)
    painted = paint(sketch, follow(sketch, lie, 1.4), rng, (BROAD, MIDDLE, FINE, POINT))
    return graded(mix(painted, sketch, 0.5), rng, vignette=0.3)


def _seen(size: Size, rng: np.random.Generator) -> Field:
    """The lit surface that each ray from the eye meets, with the light scattered by dust in front of it."""
    rays = _rays(size)
    far, base, normal = _hit(rays, size, rng)
    place = EYE + rays * far[..., None]
    direct = _lit(place + normal * 0.01) * np.clip(
        (normal * SUNWARD / np.linalg.norm(SUNWARD)).sum(-1), 0, 1
    )
    sky = _ambient(place, normal)
    tone = base * (
        sky[..., None] * np.array([0.82, 0.9, 1.02]) + direct[..., None] * np.array([4.6, 3.2, 1.9])
    )
    bounce = np.exp(
        -((place[..., 0] - 5.5) ** 2 / 14 + place[..., 1] ** 2 / 6 + (place[..., 2] - 6) ** 2 / 40)
    )
    tone = tone + base * bounce[..., None] * np.array([0.9, 0.55, 0.3])
    panes = _pane(place) * (np.abs(place[..., 0]) < 0.02)
    tone = mix(tone, np.array([1.35, 1.12, 0.82], np.float32), panes.astype(np.float32))
    dust = _dust(rays, far, rng)
    tone = tone + dust[..., None] * np.array([0.86, 0.62, 0.38])
    tone = tone + blur(np.clip(tone - 0.9, 0, 1), size[1] * 0.012) * 0.9
    return np.asarray(1 - np.exp(-np.clip(tone, 0, None) * 1.75), np.float32)


def _rays(size: Size) -> Field:
    height, width = size
    across = (np.arange(width, dtype=np.float32) + 0.5) / width - CENTRE[0]
    down = (np.arange(height, dtype=np.float32) + 0.5) / width - CENTRE[1]
    rays = np.stack(
        np.broadcast_arrays(across[None, :], -down[:, None], np.float32(ZOOM * 0.62)), -1
    )
    return np.asarray(rays / np.linalg.norm(rays, axis=-1, keepdims=True), np.float32)


def _hit(rays: Field, size: Size, rng: np.random.Generator) -> tuple[Field, Field, Field]:
    """Distance, colour and facing of the nearest surface along each ray."""
    far, base, normal = _walls(rays, size, rng)
    grain = 0.8 + 0.4 * streaks(size, (0.08, 0.006), rng)
    for piece in FURNITURE:
        near, axis = _box(EYE, rays, piece)
        closer = near < far
        far = np.where(closer, near, far)
        tone = (colour(piece.tone) ** 1.6) * grain[..., None]
        base = np.where(closer[..., None], tone, base)
        facing = -np.sign(np.take_along_axis(rays, axis[..., None], -1)) * (
            np.arange(3) == axis[..., None]
        )
        normal = np.where(closer[..., None], facing, normal)
    return far.astype(np.float32), base.astype(np.float32), normal.astype(np.float32)


def _walls(rays: Field, size: Size, rng: np.random.Generator) -> tuple[Field, Field, Field]:
    high = np.array([WIDE, HIGH, LONG], np.float32)
    with np.errstate(divide="ignore"):
        ways = np.where(
            rays > 0,
            (high - EYE) / rays,
            np.where(rays < 0, (np.array([0, 0, -9]) - EYE) / rays, 1e6),
        )
    axis = ways.argmin(-1)
    far = np.take_along_axis(ways, axis[..., None], -1)[..., 0]
    place = EYE + rays * far[..., None]
    normal = -np.sign(np.take_along_axis(rays, axis[..., None], -1)) * (
        np.arange(3) == axis[..., None]
    )
    plaster = mix(colour("#8b8a86"), colour("#6f7478"), noise(size, 0.3, rng)[..., None]) ** 1.6
    panel = (colour("#4a352b") ** 1.6) * (1 - 0.55 * _joints(place, axis))[..., None]
    dado = (place[..., 1] < 1.5) | (
        (axis == 2) & (place[..., 1] < 4.6) & (np.abs(place[..., 0] - 5) < 3.4)
    )
    base = np.where((dado & (axis != 1))[..., None], panel, plaster)
    boards = 0.75 + 0.25 * (np.floor(place[..., 0] * 2.2) % 3) / 2
    floor = (colour("#6a5142") ** 1.6) * boards[..., None]
    ceiling = (colour("#57575a") ** 1.6) * (1 - 0.35 * ((place[..., 2] % 3.2) < 0.5))[..., None]
    flat = np.where((place[..., 1] < 1)[..., None], floor, ceiling)
    return far, np.where((axis == 1)[..., None], flat, base), normal


def _joints(place: Field, axis: Field) -> Field:
    """Dark joints between the panels of the wainscot."""
    along = np.where(axis == 2, place[..., 0], place[..., 2])
    near = np.abs((along / 0.85) % 1 - 0.5) > 0.44
    level = np.abs((place[..., 1] / 1.5) % 1 - 0.5) > 0.46
    return np.asarray(near | level, np.float32)


def _box(eye: Field, rays: Field, piece: Box) -> tuple[Field, Field]:
    """Where rays enter a box, and through which side; far away if they miss."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one = (np.array(piece.low, np.float32) - eye) / rays
        two = (np.array(piece.high, np.float32) - eye) / rays
    enter, leave = np.minimum(one, two), np.maximum(one, two)
    axis = enter.argmax(-1)
    near = enter.max(-1)
    hit = (near < leave.min(-1)) & (near > 0.01)
    return np.where(hit, near, np.float32(1e6)), axis


def _pane(place: Field) -> Field:
    """Whether a place on the window wall is glass: four tall windows with arched heads and glazing bars."""
    z, y = place[..., 2], place[..., 1]
    open_ = np.zeros(z.shape, bool)
    for middle in (1.3, 5.1, 8.9, 12.7):
        aside = np.abs(z - middle)
        arch = np.where(y < 5.1, aside < 0.95, np.hypot(aside, y - 5.1) < 0.95)
        bars = (np.abs((aside + 0.317) % 0.634 - 0.317) > 0.035) & (np.abs(y % 0.85 - 0.42) > 0.035)
        open_ |= arch & (y > 1.7) & (bars | (aside > 0.94))
    return open_


def _lit(place: Field) -> Field:
    """1 where sunlight comes through a pane and no furniture blocks it."""
    way = place[..., 0] / -SUNWARD[0]
    wall = place + SUNWARD * way[..., None]
    light = _pane(wall).astype(np.float32)
    light = np.where(np.abs(place[..., 0]) < 0.02, 0, light)
    maybe = light > 0
    starts = place[maybe]
    shade = np.zeros(len(starts), bool)
    for piece in FURNITURE:
        near, _ = _box(starts, np.broadcast_to(SUNWARD, starts.shape), piece)
        shade |= near < 1e5
    light[maybe] = np.where(shade, 0, light[maybe])
    return blur(light.astype(np.float32), 0.6)


def _ambient(place: Field, normal: Field) -> Field:
    """Light from the windows at large: more on what faces them, less in corners and under benches."""
    faces = (
        0.5
        + 0.35 * -normal[..., 0]
        + 0.3 * np.clip(normal[..., 1], 0, 1)
        - 0.12 * np.clip(normal[..., 2], -1, 0)
    )
    corner = np.ones(place.shape[:2], np.float32)
    for axis, size in enumerate((WIDE, HIGH, LONG)):
        gap = np.minimum(np.abs(place[..., axis]), np.abs(size - place[..., axis]))
        corner *= 1 - 0.35 * np.exp(-gap * 1.3) * (np.abs(normal[..., axis]) < 0.5)
    low = 0.6 + 0.4 * np.clip(place[..., 1] / 1.2, 0, 1)
    return np.asarray(faces * corner * low * 1.35, np.float32)


def _dust(rays: Field, far: Field, rng: np.random.Generator) -> Field:
    """Light scattered by the air between the eye and the surface."""
    size = far.shape[0], far.shape[1]
    total = np.zeros(size, np.float32)
    steps = 56
    jitter = rng.random(size, np.float32)
    for number in range(steps):
        share = (number + jitter) / steps
        place = EYE + rays * (far * share)[..., None]
        wall = place + SUNWARD * (place[..., 0] / -SUNWARD[0])[..., None]
        inside = _pane(wall) & (place[..., 2] > -3)
        total += inside * far / steps * np.exp(-place[..., 0] / 9)
    return blur(total * 0.1, size[1] * 0.003)
