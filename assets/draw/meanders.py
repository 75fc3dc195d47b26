"""Rivers that wander: bends grow outward and are cut off, and each former course stays visible.

The model is that of Howard and Knutson (1984): a bank moves with the curvature of the channel upstream of it. The pictures are
PDFs in CMYK, drawn with strokes, so that they are sharp at any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

Course = np.ndarray
Ink = tuple[float, float, float, float]

NIGHT: Ink = (0.92, 0.58, 0.52, 0.48)
REED: Ink = (0.80, 0.32, 0.46, 0.12)
MIST: Ink = (0.34, 0.04, 0.24, 0.0)
SAND: Ink = (0.05, 0.13, 0.34, 0.0)
CORAL: Ink = (0.0, 0.68, 0.70, 0.0)
FOAM: Ink = (0.02, 0.02, 0.06, 0.0)

STEP = 7.0
CHANNEL = 14.0
LAG = int(CHANNEL * 3.2 / STEP)


@dataclass(frozen=True)
class Picture:
    """A view of a river: size and centre in mm, scale in mm per unit of the simulation."""

    size: tuple[float, float]
    seed: int
    length: float
    steps: int
    scale: float
    centre: tuple[float, float]
    ground: Ink
    inks: Sequence[Ink]
    last: Ink
    courses: int = 14
    upright: bool = False
    width: float = 13.0


PICTURES = {
    "river-cover.pdf": Picture(
        (216, 303),
        14,
        2400,
        1700,
        0.34,
        (1345, -172),
        NIGHT,
        (REED, MIST, SAND, CORAL),
        FOAM,
        upright=True,
    ),
    "river-spread.pdf": Picture(
        (426, 170), 12, 2400, 1700, 0.262, (1420, 10), SAND, (MIST, REED, NIGHT), CORAL
    ),
    "river-back.pdf": Picture(
        (216, 140), 11, 2400, 1700, 0.2, (1120, 0), NIGHT, (REED, MIST, SAND, CORAL), FOAM
    ),
}

MAP = "rivers-map.pdf"
MAP_SIZE = (216.0, 190.0)
RIVERS = 9


def draw(name: str, folder: Path) -> None:
    """Draw one picture of `PICTURES`, or the map, into a folder."""
    if name == MAP:
        _draw_map(folder)
        return
    picture = PICTURES[name]
    width, height = picture.size
    canvas = Canvas(str(folder / name), pagesize=(width * mm, height * mm), invariant=1)
    canvas.setTitle(name)
    canvas.setFillColorCMYK(*picture.ground)
    canvas.rect(0, 0, width * mm, height * mm, stroke=0, fill=1)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    canvas.setLineWidth(picture.width * picture.scale * mm)
    history = _simulate(picture.seed, picture.length, picture.steps)
    for number, at in enumerate(np.linspace(0.15, 1, picture.courses)):
        last = number == picture.courses - 1
        ink = picture.last if last else _mix(picture.inks, number / (picture.courses - 2))
        canvas.setStrokeColorCMYK(*ink)
        _stroke(canvas, _placed(history[int(at * (len(history) - 1))], picture))
    canvas.save()


def _draw_map(folder: Path) -> None:
    """Nine rivers that run from the hills at the right to the sea at the left."""
    width, height = MAP_SIZE
    canvas = Canvas(str(folder / MAP), pagesize=(width * mm, height * mm), invariant=1)
    canvas.setTitle(MAP)
    canvas.setFillColorCMYK(*SAND)
    canvas.rect(0, 0, width * mm, height * mm, stroke=0, fill=1)
    rng = np.random.default_rng(7)
    y = np.linspace(-20, height + 20, 400)
    coast = np.stack([_coast(y, height), y], axis=1)
    _sea(canvas, coast, height)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for number in range(RIVERS):
        mouth = height * (number + 0.85) / (RIVERS + 0.6)
        source = width * (0.66 + 0.27 * rng.random())
        _river(canvas, mouth, source, number, height)
    canvas.save()


def _coast(y: Course, height: float) -> Course:
    x = np.full_like(y, 58.0)
    turn = y / height * 2 * np.pi
    waves = (
        (9.0, 1.0, 0.6),
        (4.2, 2.7, 2.0),
        (2.1, 5.3, 4.4),
        (1.2, 9.1, 1.1),
        (0.7, 17.3, 3.0),
        (0.5, 27.7, 5.2),
    )
    for size, rate, start in waves:
        x += size * np.sin(rate * turn + start)
    return x


def _sea(canvas: Canvas, coast: Course, height: float) -> None:
    """Fill the sea, and draw lines in it that repeat the coast."""
    for step, ink in (
        (0.0, MIST),
        (7.0, (0.42, 0.08, 0.30, 0.0)),
        (16.0, (0.52, 0.14, 0.35, 0.0)),
        (28.0, (0.64, 0.21, 0.40, 0.04)),
    ):
        path = canvas.beginPath()
        path.moveTo(-20 * mm, -20 * mm)
        for x, y in coast:
            path.lineTo((x - step) * mm, y * mm)
        path.lineTo(-20 * mm, (height + 20) * mm)
        path.close()
        canvas.setFillColorCMYK(*ink)
        canvas.drawPath(path, stroke=0, fill=1)


def _river(canvas: Canvas, mouth: float, source: float, number: int, height: float) -> None:
    """Draw one river from its source to its mouth, wider towards the sea."""
    course = _simulate(40 + number, 1500, 620)[-1][25:-25]
    along = (course[:, 0] - course[0, 0]) / (course[-1, 0] - course[0, 0])
    start = np.array([float(_coast(np.array(mouth), height)) - 2, mouth])
    bend = 10 * np.sin(along * 3 + number)
    points = np.stack(
        [source + (start[0] - source) * along, mouth + course[:, 1] * 0.12 + bend * (1 - along)],
        axis=1,
    )
    pieces = 12
    for piece in range(pieces):
        low, high = (len(points) - 1) * piece // pieces, (len(points) - 1) * (piece + 1) // pieces
        canvas.setStrokeColorCMYK(*(NIGHT if number != 4 else CORAL))
        canvas.setLineWidth((0.35 + 1.1 * piece / pieces) * mm)
        _stroke(canvas, points[low : high + 1])


def _placed(course: Course, picture: Picture) -> Course:
    """Return the points of a course that can be seen, in mm from the lower left corner."""
    moved = (course - np.array(picture.centre)) * picture.scale
    if picture.upright:
        moved = np.stack([moved[:, 1], -moved[:, 0]], axis=1)
    half = np.array(picture.size) / 2
    seen = np.all(np.abs(moved) < half + 30, axis=1).nonzero()[0]
    visible: Course = moved[seen[0] : seen[-1] + 1] + half
    return visible


def _stroke(canvas: Canvas, points: Course) -> None:
    """Stroke a smooth curve through points: Catmull-Rom splines as Bézier curves."""
    path = canvas.beginPath()
    path.moveTo(*(points[0] * mm))
    for i in range(len(points) - 1):
        before, after = points[max(i - 1, 0)], points[min(i + 2, len(points) - 1)]
        one = points[i] + (points[i + 1] - before) / 6
        two = points[i + 1] - (after - points[i]) / 6
        path.curveTo(*(one * mm), *(two * mm), *(points[i + 1] * mm))
    canvas.drawPath(path, stroke=1, fill=0)


def _mix(inks: Sequence[Ink], at: float) -> Ink:
    place = at * (len(inks) - 1)
    first = min(int(place), len(inks) - 2)
    share = place - first
    pairs = zip(inks[first], inks[first + 1], strict=True)
    mixed = [round(a + (b - a) * share, 3) for a, b in pairs]
    return mixed[0], mixed[1], mixed[2], mixed[3]


def _simulate(seed: int, length: float, steps: int, keep: int = 60) -> list[Course]:
    """Return the courses of a river at `keep` times, from an almost straight one on."""
    course = _beginning(np.random.default_rng(seed), length)
    history = []
    for time in range(steps):
        course = _resampled(_shortened(_moved(course)))
        if time % 10 == 0:
            course[1:-1] = (course[:-2] + 2 * course[1:-1] + course[2:]) / 4
        if time % (steps // keep) == 0:
            history.append(course.copy())
    return history


def _beginning(rng: np.random.Generator, length: float) -> Course:
    x = np.arange(0, length, STEP)
    y = np.zeros_like(x)
    for wave in range(1, 14):
        height = rng.normal() * 8 / np.sqrt(wave)
        y += height * np.sin(2 * np.pi * wave * x / length + rng.uniform(0, 6.28))
    return np.stack([x, y], axis=1)


def _moved(course: Course) -> Course:
    """Move each point by the curvature there and upstream of it."""
    along = np.gradient(course, axis=0)
    bend = np.gradient(along, axis=0)
    speed = np.hypot(along[:, 0], along[:, 1]) + 1e-9
    curvature = (along[:, 0] * bend[:, 1] - along[:, 1] * bend[:, 0]) / speed**3
    local = np.clip(curvature * CHANNEL, -1, 1)
    weights = np.exp(-np.arange(LAG * 4) / LAG)
    upstream = np.convolve(local, weights / weights.sum())[: len(local)]
    right = np.stack([along[:, 1], -along[:, 0]], axis=1) / speed[:, None]
    moved: Course = course + right * (0.9 * (2.5 * upstream - local))[:, None]
    moved[0] = course[0]
    return moved


def _shortened(course: Course) -> Course:
    """Cut off bends whose ends have met."""
    kept, i = [], 0
    while i < len(course):
        kept.append(course[i])
        ahead = course[i + 12 : i + 400] - course[i]
        met = np.hypot(ahead[:, 0], ahead[:, 1]) < CHANNEL * 1.15
        i += 12 + int(met.nonzero()[0][-1]) if met.any() else 1
    return np.array(kept)


def _resampled(course: Course) -> Course:
    """Space the points evenly, `STEP` apart."""
    gaps = np.hypot(*np.diff(course, axis=0).T)
    along = np.concatenate([[0], np.cumsum(gaps)])
    even = np.linspace(0, along[-1], max(int(along[-1] / STEP), 8))
    return np.stack([np.interp(even, along, course[:, axis]) for axis in (0, 1)], axis=1)
