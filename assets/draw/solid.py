"""Solids: round cones that blend into one another, rendered by ray marching.

Parts are in a space of x right, y up, z toward the eye. The view of them has a mask, the index of the part, its shading by the
light and its ambient occlusion. The distance to a round cone is after Inigo Quilez, "Distance functions".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from .light import Field, Size

FAR = 9.0


@dataclass(frozen=True, slots=True)
class Cone:
    """The hull of a sphere that moves from `start` to `end`."""

    start: tuple[float, float, float]
    end: tuple[float, float, float]
    radius: float
    tip: float


@dataclass(frozen=True, slots=True)
class Body:
    """Cones that blend together: a `core`, and `branches` that blend into it but not into each other."""

    core: tuple[Cone, ...]
    branches: tuple[tuple[Cone, ...], ...] = ()
    melt: float = 0.03
    tone: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """The rendered view: one array for each property, all of the picture's size."""

    mask: Field
    tone: Field  # the index of the body's tone
    normal: Field
    light: Field  # from the key light, with cast shadows
    hollow: Field  # ambient occlusion: 1 in the open, less in corners
    place: Field


@dataclass(frozen=True, slots=True)
class Window:
    """The part of space that a picture shows: its centre and its width."""

    middle: tuple[float, float]
    width: float


def see(
    bodies: Sequence[Body], size: Size, window: Window, key: tuple[float, float, float]
) -> View:
    """`bodies` from straight ahead, lit from `key`."""
    sun = np.array(key, np.float32) / np.float32(np.linalg.norm(key))
    place, hit = _march(bodies, size, window)
    points = place[hit]
    normal = _normals(bodies, points)
    facing = np.clip(normal @ sun, 0, 1)
    light = facing * _shadow(bodies, points + normal * 0.012, sun)
    return View(
        hit.astype(np.float32),
        _spread(_nearest(bodies, points).astype(np.float32), hit),
        np.stack([_spread(normal[:, axis], hit) for axis in range(3)], -1),
        _spread(light, hit),
        _spread(_hollow(bodies, points, normal), hit),
        place,
    )


def tipped(body: Body, degrees: float) -> Body:
    """The same body, its upper side rotated toward the eye."""
    cosine, sine = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))

    def turn(place: tuple[float, float, float]) -> tuple[float, float, float]:
        x, y, z = place
        return x, y * cosine - z * sine, y * sine + z * cosine

    def cones(parts: tuple[Cone, ...]) -> tuple[Cone, ...]:
        return tuple(Cone(turn(one.start), turn(one.end), one.radius, one.tip) for one in parts)

    return Body(
        cones(body.core), tuple(cones(branch) for branch in body.branches), body.melt, body.tone
    )


def _march(bodies: Sequence[Body], size: Size, window: Window) -> tuple[Field, np.ndarray]:
    height, width = size
    step = window.width / width
    across = window.middle[0] + (np.arange(width) + 0.5 - width / 2) * step
    up = window.middle[1] - (np.arange(height) + 0.5 - height / 2) * step
    grids = np.broadcast_arrays(across[None, :], up[:, None], np.float32(2.0))
    place = np.stack(grids, -1).astype(np.float32).reshape(-1, 3)
    alive = np.arange(len(place))
    hit = np.zeros(len(place), bool)
    for _ in range(44):
        gap = distance(bodies, place[alive])
        place[alive, 2] -= gap
        near = gap < 0.002
        hit[alive[near]] = True
        alive = alive[~near & (place[alive, 2] > -2)]
        if not len(alive):
            break
    return place.reshape(height, width, 3), hit.reshape(height, width)


def distance(bodies: Sequence[Body], points: Field) -> Field:
    """How far each point is from the nearest body."""
    nearest = np.full(len(points), FAR, np.float32)
    for body in bodies:
        np.minimum(nearest, _from_body(body, points), out=nearest)
    return nearest


def _nearest(bodies: Sequence[Body], points: Field) -> np.ndarray:
    tones = np.array([body.tone for body in bodies])
    return np.asarray(tones[np.argmin([_from_body(body, points) for body in bodies], axis=0)])


def _from_body(body: Body, points: Field) -> Field:
    return _bounded(_cones(body), points, 0.08, lambda close: _inside(body, close))


def _bounded(
    cones: Sequence[Cone], points: Field, margin: float, measure: Callable[[Field], Field]
) -> Field:
    """The result of `measure` near the cones; elsewhere the distance to a sphere around them, which is never too large."""
    ends = [np.array(end) for cone in cones for end in (cone.start, cone.end)]
    middle = (np.min(ends, axis=0) + np.max(ends, axis=0)).astype(np.float32) / 2
    thick = max(max(cone.radius, cone.tip) for cone in cones)
    reach = max(float(np.linalg.norm(end - middle)) for end in ends) + thick
    gap = np.linalg.norm(points - middle, axis=1) - np.float32(reach)
    close = gap < margin
    if close.any():
        gap[close] = measure(points[close])
    return np.asarray(gap, np.float32)


def _inside(body: Body, points: Field) -> Field:
    core = _melted([_from_cone(cone, points) for cone in body.core], body.melt)
    whole = core
    for branch in body.branches:
        limb = _bounded(branch, points, 0.08, partial(_from_branch, branch, body.melt * 0.5))
        whole = np.minimum(whole, _melted([core, limb], body.melt))
    return whole


def _from_branch(branch: Sequence[Cone], melt: float, points: Field) -> Field:
    return _melted([_from_cone(cone, points) for cone in branch], melt)


def _cones(body: Body) -> list[Cone]:
    return [*body.core, *(cone for branch in body.branches for cone in branch)]


def _melted(gaps: Sequence[Field], melt: float) -> Field:
    whole = gaps[0]
    for gap in gaps[1:]:
        near = np.maximum(melt - np.abs(whole - gap), 0) / melt
        whole = np.minimum(whole, gap) - near * near * np.float32(melt * 0.25)
    return np.asarray(whole, np.float32)


def _from_cone(cone: Cone, points: Field) -> Field:
    start = np.array(cone.start, np.float32)
    along = np.array(cone.end, np.float32) - start
    length = float(np.linalg.norm(along))
    if length < 1e-5:
        return np.asarray(
            np.linalg.norm(points - start, axis=1) - np.float32(cone.radius), np.float32
        )
    axis = along / np.float32(length)
    off = points - start
    y = off @ axis
    x = np.sqrt(np.maximum((off * off).sum(1) - y * y, 0))
    lean = (cone.radius - cone.tip) / length
    straight = float(np.sqrt(max(1 - lean * lean, 1e-6)))
    k = -lean * x + straight * y
    low = np.hypot(x, y) - cone.radius
    high = np.hypot(x, y - length) - cone.tip
    side = straight * x + lean * y - cone.radius
    return np.asarray(np.where(k < 0, low, np.where(k > straight * length, high, side)), np.float32)


def _normals(bodies: Sequence[Body], points: Field) -> Field:
    reach = np.float32(0.006)
    total = np.zeros_like(points)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        way = np.array(corner, np.float32)
        total += way * distance(bodies, points + way * reach)[:, None]
    return np.asarray(total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-6), np.float32)


def _shadow(bodies: Sequence[Body], points: Field, sun: Field) -> Field:
    """How much of the key light reaches each point; soft at the edges of shadows."""
    light = np.ones(len(points), np.float32)
    far = np.full(len(points), 0.015, np.float32)
    for _ in range(18):
        gap = distance(bodies, points + sun * far[:, None])
        light = np.minimum(light, np.clip(gap * 10 / far + 0.1, 0, 1))
        far += np.clip(gap, 0.012, 0.12)
    return light


def _hollow(bodies: Sequence[Body], points: Field, normal: Field) -> Field:
    shut = np.zeros(len(points), np.float32)
    for reach, weight in ((0.02, 0.9), (0.05, 0.8), (0.11, 0.6), (0.2, 0.4)):
        gap = distance(bodies, points + normal * np.float32(reach))
        shut += np.clip((reach - gap) / reach, 0, 1) * weight
    return np.asarray(np.clip(1 - shut * 0.55, 0, 1), np.float32)


def _spread(values: Field, hit: np.ndarray) -> Field:
    whole = np.zeros(hit.shape, np.float32)
    whole[hit] = values
    return whole
