"""Markers: arrow heads and dots at the vertices of paths (SVG 2, 13.7)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.clips import clip_to_rectangle
from brochure.blocks.svg.context import Context, Painter
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.painted import Mark
from brochure.blocks.svg.style import INITIAL, inherit, read_properties
from brochure.blocks.svg.values import ANGLES, LENGTH, read_length
from brochure.blocks.svg.viewports import Viewport, is_cut, make_viewport
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift, turn

Point = tuple[float, float]

MARKED = frozenset(("path", "line", "polyline", "polygon"))
"""Shapes that have markers."""

DEFAULT_SIZE = "3"


@dataclass(frozen=True, slots=True)
class Vertex:
    """A vertex of a path: its place, and the directions of the path before and after it, None at an end."""

    place: Point
    before: float | None
    after: float | None

    @property
    def angle(self) -> float:
        """The direction of a marker, in degrees."""
        if self.before is None or self.after is None:
            return self.before or self.after or 0.0
        turned = (self.after - self.before + 180) % 360 - 180
        return self.before + turned / 2


def paint_markers(
    painter: Painter, element: Any, name: str, properties: Mapping[str, str], context: Context
) -> Iterator[Mark]:
    """Yield the markers of a shape."""
    style = context.style
    if name not in MARKED or not (style.marker_start or style.marker_mid or style.marker_end):
        return
    data = geometry.path_data(element, name, properties, context.scope)
    vertices = find_vertices(data) if data.strip() else []
    for at, vertex in enumerate(vertices):
        if at == 0:
            yield from _paint_one(
                painter, element, style.marker_start, vertex, context, is_first=True
            )
        if 0 < at < len(vertices) - 1:
            yield from _paint_one(painter, element, style.marker_mid, vertex, context)
        if at == len(vertices) - 1:
            yield from _paint_one(painter, element, style.marker_end, vertex, context)


def _paint_one(
    painter: Painter,
    element: Any,
    identity: str,
    vertex: Vertex,
    context: Context,
    *,
    is_first: bool = False,
) -> Iterator[Mark]:
    marker = painter.find(identity, "marker") if identity else None
    if marker is None:
        return
    properties = read_properties(marker)
    frame = _read_frame(marker, properties, context)
    if frame.width <= 0 or frame.height <= 0:
        return
    viewport = make_viewport(marker, properties, frame)
    matrix = _place(marker, properties, viewport, vertex, context, is_first=is_first)
    if abs(matrix.determinant) < 1e-12:
        return
    inner = context.refer(element)
    scope = replace(inner.scope, width=viewport.width, height=viewport.height)
    style, scope = inherit(marker, properties, INITIAL, scope)
    clip = inner.clip
    if is_cut(properties):
        clip = clip_to_rectangle(clip, viewport.frame, matrix)
    content = viewport.matrix.then(matrix)
    inner = replace(inner, style=style, matrix=content, scope=scope, clip=clip, outer=context)
    for child in marker:
        yield from painter.paint(child, inner)


def _read_frame(marker: Any, properties: Mapping[str, str], context: Context) -> Rect:
    """Return the size of a marker, in stroke widths or user units."""
    width, height = (
        read_length(marker, key, properties.get(key) or DEFAULT_SIZE, context.scope)
        for key in ("markerWidth", "markerHeight")
    )
    return Rect(0, 0, width, height)


def _place(
    marker: Any,
    properties: Mapping[str, str],
    viewport: Viewport,
    vertex: Vertex,
    context: Context,
    *,
    is_first: bool,
) -> Matrix:
    """Return the matrix from the size of a marker to working units."""
    x, y = viewport.matrix.apply(
        *(
            read_length(marker, key, properties.get(key) or "0", context.scope)
            for key in ("refX", "refY")
        )
    )
    is_scaled = properties.get("markerUnits", "strokeWidth") != "userSpaceOnUse"
    scale = context.style.stroke_width if is_scaled else 1.0
    return (
        shift(-x, -y)
        .then(turn(_read_angle(marker, properties, vertex, is_first=is_first)))
        .then(Matrix(a=scale, d=scale))
        .then(shift(*vertex.place))
        .then(context.matrix)
    )


def _read_angle(
    marker: Any, properties: Mapping[str, str], vertex: Vertex, *, is_first: bool
) -> float:
    orient = properties.get("orient", "0")
    if orient in ("auto", "auto-start-reverse"):
        return vertex.angle + (180 if is_first and orient != "auto" else 0)
    match = LENGTH.fullmatch(orient)
    if match is None or match[2] not in ANGLES:
        refuse(marker, f"orient '{orient[:40]}' is not supported; use auto or an angle")
    return float(match[1]) * ANGLES[match[2]]


# Vertices


def find_vertices(data: str) -> list[Vertex]:
    """Return the vertices of path data."""
    # Imported here: few drawings have markers.
    from picosvg.svg_types import SVGPath

    path = SVGPath(d=data).explicit_lines().expand_shorthand().absolute()  # type: ignore[no-untyped-call]
    places: list[Point] = []
    before: list[float | None] = []
    after: list[float | None] = []
    start: Point = (0.0, 0.0)
    first = 0
    for command, numbers in path:
        if command == "M":
            start = (numbers[-2], numbers[-1])
            first = len(places)
            places.append(start)
            before.append(None)
            after.append(None)
            continue
        end = start if command == "Z" else (numbers[-2], numbers[-1])
        leaving, arriving = _directions(places[-1], command, numbers, end)
        after[-1] = leaving
        if command == "Z" and places:
            after.append(after[first])
            before[first] = arriving
        else:
            after.append(None)
        places.append(end)
        before.append(arriving)
    return [Vertex(*one) for one in zip(places, before, after, strict=True)]


def _directions(
    start: Point, command: str, numbers: Sequence[float], end: Point
) -> tuple[float | None, float | None]:
    """Return the directions in which a segment leaves its start and arrives at its end."""
    points = [start]
    if command in ("C", "Q"):
        points += zip(numbers[::2], numbers[1::2], strict=True)
    elif command == "A":
        points += _arc_points(start, numbers)
    else:
        points.append(end)
    return _direction(points), _direction([*reversed(points)], reverse=True)


def _arc_points(start: Point, numbers: Sequence[float]) -> list[Point]:
    # Imported here, as above.
    from picosvg.svg_types import SVGPath

    arc = " ".join(map(str, numbers))
    path = SVGPath(d=f"M{start[0]} {start[1]} A{arc}").arcs_to_cubics()  # type: ignore[no-untyped-call]
    return [
        point
        for command, values in path
        if command != "M"
        for point in zip(values[::2], values[1::2], strict=True)
    ]


def _direction(points: Sequence[Point], *, reverse: bool = False) -> float | None:
    """Return the direction from the first point to the first that differs from it, in degrees."""
    x, y = points[0]
    for px, py in points[1:]:
        if abs(px - x) + abs(py - y) > 1e-9:
            return math.degrees(
                math.atan2(y - py, x - px) if reverse else math.atan2(py - y, px - x)
            )
    return None
