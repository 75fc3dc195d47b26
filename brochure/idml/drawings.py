"""Shapes that are not rectangles as SVG drawings; the layout gives them their swatch."""

from __future__ import annotations

from collections.abc import Iterable

from brochure.fast_dataclass import dataclass
from brochure.idml.paths import Box, PathPoint, Subpath

KAPPA = 0.5522847498
"""Length of the handles of a quarter circle of radius 1."""


@dataclass(frozen=True, slots=True)
class StrokeForm:
    """The form of a stroke: its width, dashes, caps and joins, in SVG's words."""

    width: float
    dash: tuple[float, ...] = ()
    cap: str = "butt"
    join: str = "miter"


def draw_fill(subpaths: Iterable[Subpath], box: Box) -> bytes:
    """Return a drawing of the filled outline, as large as the box."""
    path = _path_data(subpaths, box)
    return _svg(box, f'<path fill="#000000" fill-rule="evenodd" d="{path}"/>')


def draw_stroke(subpaths: Iterable[Subpath], box: Box, form: StrokeForm) -> bytes:
    """Return a drawing of the stroked outline, as large as the box."""
    dash = " ".join(_number(part) for part in form.dash)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    attributes = (
        f'fill="none" stroke="#000000" stroke-width="{_number(form.width)}"'
        f' stroke-linecap="{form.cap}" stroke-linejoin="{form.join}"{dashes}'
    )
    return _svg(box, f'<path {attributes} d="{_path_data(subpaths, box)}"/>')


def _svg(box: Box, content: str) -> bytes:
    size = f"{_number(box.width)} {_number(box.height)}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">'
    return f"{head}\n  {content}\n</svg>\n".encode()


def _number(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}" if abs(value) < 1000 else f"{value:.2f}"


def _path_data(subpaths: Iterable[Subpath], box: Box) -> str:
    def pair(point: tuple[float, float]) -> str:
        return f"{_number(point[0] - box.left)} {_number(point[1] - box.top)}"

    parts = []
    for one in subpaths:
        parts.append(f"M{pair(one.points[0].anchor)}")
        for start, end in one.segments:
            if start.leaving == start.anchor and end.arriving == end.anchor:
                parts.append(f"L{pair(end.anchor)}")
            else:
                parts.append(f"C{pair(start.leaving)} {pair(end.arriving)} {pair(end.anchor)}")
        if not one.is_open:
            parts.append("Z")
    return " ".join(parts)


def round_corners(box: Box, radii: tuple[float, float, float, float]) -> Subpath:
    """Return a rectangle with rounded corners, clockwise from the upper left one; 0 is a square corner."""
    most = min(box.width, box.height) / 2
    points: list[PathPoint] = []
    directions = (((0, 1), (1, 0)), ((-1, 0), (0, 1)), ((0, -1), (-1, 0)), ((1, 0), (0, -1)))
    for corner, radius, (before, after) in zip(box.corners, radii, directions, strict=True):
        reach = min(radius, most)
        if reach <= 0:
            points.append(PathPoint(corner, corner, corner))
            continue
        start, start_handle = (
            _away(corner, before, reach),
            _away(corner, before, reach * (1 - KAPPA)),
        )
        end, end_handle = _away(corner, after, reach), _away(corner, after, reach * (1 - KAPPA))
        points += [PathPoint(start, start, start_handle), PathPoint(end, end_handle, end)]
    return Subpath(tuple(points))


def _away(
    corner: tuple[float, float], direction: tuple[int, int], by: float
) -> tuple[float, float]:
    return corner[0] + direction[0] * by, corner[1] + direction[1] * by
