"""A hand with bones: posed by the bend of each finger, rotated and placed, as a solid body.

In its own space the wrist is at the origin, fingers run along x, the back of the hand is up (y) and the thumb of a left hand
points toward the eye (z). Lengths are fractions of the whole hand, after common tables of hand proportions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .light import Field
from .solid import Body, Cone

Place = tuple[float, float, float]

# knuckle (x, z), three phalanges, radius at the knuckle: index to little finger
FINGERS = (
    ((0.475, 0.135), (0.225, 0.135, 0.085), 0.054),
    ((0.495, 0.046), (0.25, 0.155, 0.09), 0.056),
    ((0.47, -0.044), (0.23, 0.145, 0.088), 0.053),
    ((0.42, -0.125), (0.18, 0.11, 0.078), 0.046),
)


@dataclass(frozen=True, slots=True)
class Finger:
    """Bends in degrees at the three joints, and the angle between the finger and its neighbour."""

    knuckle: float = 15
    middle: float = 20
    last: float = 12
    aside: float = 0


@dataclass(frozen=True, slots=True)
class Pose:
    """How a hand is bent, rotated (degrees about x, then z, then y) and placed."""

    at: Place
    turn: Place = (0, 0, 0)
    size: float = 1.0
    fingers: tuple[Finger, ...] = (Finger(),) * 4
    thumb: Sequence[Place] = ((0.16, -0.04, 0.12), (0.15, -0.02, 0.06), (0.11, -0.01, 0.02))
    right: bool = False
    arm: float = 0.7


def body(pose: Pose, tone: int) -> Body:
    """The hand in `pose` as a solid."""
    spread = _Placer(pose)
    palm: list[Cone] = []
    branches: list[tuple[Cone, ...]] = []
    for number, (knuckle, bones, radius) in enumerate(FINGERS):
        root = (0.06, 0.0, knuckle[1] * 0.55)
        top = (knuckle[0], 0.012 - 0.08 * knuckle[1] ** 2 * 4, knuckle[1])
        palm.append(spread(root, top, 0.058, radius * 1.05))
        branches.append(_finger(top, bones, radius, pose.fingers[number], spread))
    palm.append(spread((0.08, -0.035, 0.07), (0.24, -0.05, 0.13), 0.07, 0.058))
    palm.append(spread((0.08, -0.035, -0.065), (0.32, -0.035, -0.11), 0.062, 0.048))
    palm.append(spread((0.2, -0.02, 0.0), (0.42, -0.015, 0.02), 0.055, 0.055))
    palm.extend(_arm(pose.arm, spread))
    branches.append(_thumb(pose.thumb, spread))
    return Body(tuple(palm), tuple(branches), melt=0.055 * pose.size, tone=tone)


def fingers(text: str) -> tuple[Finger, ...]:
    """`"15 20 12 3, ..."`: the bends of each finger from index to little, and its angle to its neighbour."""
    return tuple(Finger(*map(float, one.split())) for one in text.split(","))


def sleeve(pose: Pose, tone: int, *, start: float = -0.3, thick: float = 0.13) -> Body:
    """A loose cuff and sleeve on the arm of `pose`, with a few folds."""
    spread = _Placer(pose)
    cones = [spread((start, 0, 0.03), (start - 0.9, -0.02, 0.05), thick * 0.86, thick * 1.25)]
    cones.append(spread((start, 0, -0.03), (start - 0.9, -0.02, -0.05), thick * 0.86, thick * 1.25))
    folds = []
    for number in range(5):
        at = start - 0.03 - 0.13 * number
        lean = 0.05 * (-1) ** number
        grow = thick * (0.1 + 0.02 * number)
        folds.append(
            (
                spread(
                    (at, thick * 0.55, thick * 0.6),
                    (at - lean, -thick * 0.6, thick * 0.75),
                    grow,
                    grow * 1.15,
                ),
            )
        )
    return Body(tuple(cones), tuple(folds), melt=0.12, tone=tone)


class _Placer:
    """Puts cones of the hand's own space into the picture's space."""

    def __init__(self, pose: Pose) -> None:
        self.turn = _turned(pose.turn) * pose.size
        self.at = np.array(pose.at, np.float32)
        self.mirror = np.array([1, 1, -1 if pose.right else 1], np.float32)
        self.size = pose.size

    def __call__(
        self, start: Sequence[float], end: Sequence[float], radius: float, tip: float
    ) -> Cone:
        return Cone(self._put(start), self._put(end), radius * self.size, tip * self.size)

    def _put(self, place: Sequence[float]) -> Place:
        x, y, z = self.turn @ (np.array(place, np.float32) * self.mirror) + self.at
        return float(x), float(y), float(z)


def _turned(turn: Place) -> Field:
    a, b, c = np.radians(turn)
    about_x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    about_z = np.array([[np.cos(b), -np.sin(b), 0], [np.sin(b), np.cos(b), 0], [0, 0, 1]])
    about_y = np.array([[np.cos(c), 0, np.sin(c)], [0, 1, 0], [-np.sin(c), 0, np.cos(c)]])
    return np.asarray(about_y @ about_z @ about_x, np.float32)


def _finger(
    root: Place, bones: tuple[float, float, float], radius: float, finger: Finger, spread: _Placer
) -> tuple[Cone, ...]:
    radii = (radius, radius * 0.9, radius * 0.8, radius * 0.68)
    bend = 0.0
    here = np.array(root)
    aside = np.radians(finger.aside)
    cones = []
    for number, (bone, more) in enumerate(
        zip(bones, (finger.knuckle, finger.middle, finger.last), strict=True)
    ):
        bend += np.radians(more)
        way = np.array([np.cos(bend) * np.cos(aside), -np.sin(bend), np.cos(bend) * np.sin(aside)])
        there = here + way * bone
        cones.append(spread(tuple(here), tuple(there), radii[number], radii[number + 1]))
        if number == 2:
            back = np.array([np.sin(bend), np.cos(bend), 0.0]) * radii[3] * 0.42
            cones.append(
                spread(
                    tuple(there - way * 0.055 + back),
                    tuple(there - way * 0.005 + back * 0.9),
                    radii[3] * 0.66,
                    radii[3] * 0.6,
                )
            )
        here = there
    return tuple(cones)


def _thumb(bones: Sequence[Place], spread: _Placer) -> tuple[Cone, ...]:
    here = np.array((0.09, -0.03, 0.085))
    radii = (0.066, 0.057, 0.053, 0.04)
    cones = []
    for number, bone in enumerate(bones):
        there = here + np.array(bone)
        cones.append(spread(tuple(here), tuple(there), radii[number], radii[number + 1]))
        here = there
    return tuple(cones)


def _arm(length: float, spread: _Placer) -> list[Cone]:
    wrist = [
        spread((0.1, -0.005, side), (-0.12, 0, side * 1.0), 0.06, 0.062) for side in (0.045, -0.045)
    ]
    rest = [
        spread((-0.12, 0, side), (-length, 0, side * 1.5), 0.062, 0.085) for side in (0.045, -0.045)
    ]
    return wrist + rest
