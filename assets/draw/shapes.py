"""Shapes: outlines through points, limbs that taper, and their masks on a picture.

Points have picture coordinates (x from 0 to 1, y down in widths); results are polygons, and masks from 0 to 1.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image, ImageDraw

from .light import Field, Size

Point = tuple[float, float]
Outline = list[Point]


def points(text: str) -> list[Point]:
    """`"0 1, 2 3"` as two points; a long outline is easier to read as a string than in brackets."""
    return [(float(x), float(y)) for x, y in (place.split() for place in text.split(","))]


def spine(text: str) -> list[tuple[float, float, float]]:
    """`"0 1 .2, 2 3 .1"` as points along a limb, each with its radius."""
    parts = (place.split() for place in text.split(","))
    return [(float(x), float(y), float(radius)) for x, y, radius in parts]


def curve(points: Sequence[Sequence[float]], *, closed: bool = True, steps: int = 10) -> Field:
    """A Catmull-Rom curve through `points`; any further numbers (a radius) are interpolated too."""
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
    """Arm, leg or branch: round cross-sections through points, each with its radius."""
    line = curve(spine, closed=False, steps=14)
    way = np.gradient(line[:, :2], axis=0)
    side = np.stack([-way[:, 1], way[:, 0]], -1) / (
        np.linalg.norm(way, axis=1, keepdims=True) + 1e-9
    )
    left, right = line[:, :2] + side * line[:, 2:], line[:, :2] - side * line[:, 2:]
    flanks = [(float(x), float(y)) for x, y in (*left, *right[::-1])]
    return [flanks, *(disc((float(x), float(y)), (float(r), float(r))) for x, y, r in line)]


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
