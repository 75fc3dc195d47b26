"""Shapes: outlines through points, limbs that taper, and the masks they leave on a picture.

Takes points in a picture's own places (x from 0 to 1, y down in widths), gives polygons and masks from 0 to 1.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image, ImageDraw

from .light import Field, Size

Point = tuple[float, float]
Outline = list[Point]


def curve(points: Sequence[Sequence[float]], *, closed: bool = True, steps: int = 10) -> Field:
    """A Catmull-Rom line through `points`; any further numbers (a radius) run along."""
    knots = np.array(points, np.float32)
    ends = (knots[-1:], knots[:2]) if closed else (knots[:1], knots[-1:])
    padded = np.concatenate([ends[0], knots, ends[1]])
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        line = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
        parts.append((line + (3 * b - a - 3 * c + d) * t**3) / 2)
    if not closed:
        parts.append(knots[-1:])
    return np.concatenate(parts).astype(np.float32)


def outline(points: Sequence[Point]) -> Outline:
    """A closed smooth outline through `points`."""
    return [(float(x), float(y)) for x, y in curve(points)]


def limb(spine: Sequence[tuple[float, float, float]]) -> list[Outline]:
    """Arm, leg or branch: round everywhere, through places each with its radius."""
    return [disc((x, y), (r, r)) for x, y, r in curve(spine, closed=False, steps=14)]


def disc(centre: Point, radii: Point) -> Outline:
    """An ellipse as a polygon."""
    turns = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return [
        (float(centre[0] + radii[0] * np.cos(a)), float(centre[1] + radii[1] * np.sin(a)))
        for a in turns
    ]


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    """An upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def mask(size: Size, shapes: Iterable[Sequence[Point]], finer: int = 2) -> Field:
    """Where `shapes` cover the picture: 1 inside, 0 outside, smooth at the edge."""
    height, width = size
    picture = Image.new("L", (width * finer, height * finer))
    pen = ImageDraw.Draw(picture)
    scale = width * finer
    for shape in shapes:
        pen.polygon([(x * scale, y * scale) for x, y in shape], fill=255)
    return np.asarray(picture.reduce(finer), np.float32) / 255
