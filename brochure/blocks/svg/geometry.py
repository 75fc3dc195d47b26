"""Geometry of SVG shapes: basic shapes as paths, strokes as outlines, operations on areas.

Curves of strokes and of combined areas are computed at a scale at which the drawing is about `WORKING_SIZE` units large, so
that they are as exact for an icon as for a map.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from brochure.blocks.svg.errors import SvgError, refuse
from brochure.blocks.svg.style import Style
from brochure.blocks.svg.values import Scope, read_length, read_lengths
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.model.display_list import Outline, Segment

WORKING_SIZE = 4096.0
CONIC_TOLERANCE = 0.1
"""Tolerance of arcs in working units: 1/40,000 of the size of the drawing."""

SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))

Area = Any
"""A path of skia-pathops."""


def shape_path(element: Any, name: str, properties: Mapping[str, str], scope: Scope) -> Area | None:
    """Return the path of a shape in its own coordinates; None if it has no extent."""
    # Imported here: it is needed only if a layout has a drawing.
    from picosvg.svg_pathops import skia_path
    from picosvg.svg_types import SVGPath

    data = path_data(element, name, properties, scope)
    if not data.strip():
        return None
    try:
        # The library's list of commands has no type.
        return skia_path(SVGPath(d=data).as_cmd_seq(), "nonzero")  # type: ignore[no-untyped-call]
    except Exception as failure:
        refuse(element, f"the path cannot be read: {' '.join(str(failure).split())[:80]}")


def path_data(element: Any, name: str, properties: Mapping[str, str], scope: Scope) -> str:
    """Return a shape as path data."""

    def length(key: str) -> float:
        return read_length(element, key, properties.get(key) or "0", scope)

    match name:
        case "path":
            return properties.get("d", "")
        case "rect":
            radii = _radii(element, properties, scope)
            return _rectangle(length("x"), length("y"), length("width"), length("height"), radii)
        case "circle":
            radius = length("r")
            return _ellipse(length("cx"), length("cy"), radius, radius)
        case "ellipse":
            rx, ry = _radii(element, properties, scope)
            return _ellipse(length("cx"), length("cy"), rx or 0.0, ry or 0.0)
        case "line":
            return f"M{length('x1')} {length('y1')}L{length('x2')} {length('y2')}"
        case _:
            return _polygon(element, name, properties, scope)


def _polygon(element: Any, name: str, properties: Mapping[str, str], scope: Scope) -> str:
    numbers = read_lengths(element, "points", properties.get("points", ""), scope)
    if len(numbers) % 2:
        refuse(element, "points has an odd number of coordinates")
    if not numbers:
        return ""
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return "M" + "L".join(f"{x} {y}" for x, y in pairs) + ("Z" if name == "polygon" else "")


Radii = tuple[float | None, float | None]


def _radii(element: Any, properties: Mapping[str, str], scope: Scope) -> Radii:
    """Return rx and ry; one that is missing or `auto` is equal to the other."""
    rx, ry = (
        None
        if properties.get(key, "auto") in ("auto", "")
        else read_length(element, key, properties[key], scope)
        for key in ("rx", "ry")
    )
    return (ry if rx is None else rx), (rx if ry is None else ry)


def _rectangle(x: float, y: float, width: float, height: float, radii: Radii) -> str:
    if width <= 0 or height <= 0:
        return ""
    rx, ry = radii
    rx, ry = min(max(rx or 0.0, 0.0), width / 2), min(max(ry or 0.0, 0.0), height / 2)
    if not rx or not ry:
        return f"M{x} {y}h{width}v{height}h{-width}Z"
    across, down = width - 2 * rx, height - 2 * ry
    return (
        f"M{x + rx} {y}h{across}a{rx} {ry} 0 0 1 {rx} {ry}v{down}a{rx} {ry} 0 0 1 {-rx} {ry}"
        f"h{-across}a{rx} {ry} 0 0 1 {-rx} {-ry}v{-down}a{rx} {ry} 0 0 1 {rx} {-ry}Z"
    )


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    if rx <= 0 or ry <= 0:
        return ""
    return f"M{cx + rx} {cy}a{rx} {ry} 0 0 1 {-2 * rx} 0a{rx} {ry} 0 0 1 {2 * rx} 0Z"


def filled(path: Area, rule: str) -> Area:
    """Return a copy of a path with a fill rule."""
    # Imported here and below: it is needed only if a layout has a drawing.
    from pathops import FillType, Path

    rules = {"nonzero": FillType.WINDING, "evenodd": FillType.EVEN_ODD}
    copy = Path(fillType=rules[rule])
    copy.addPath(path)
    return copy


def stroked(path: Area, style: Style, scale: float) -> Area:
    """Return the outline of a stroke; `scale` converts the path's units to working units."""
    from pathops import FillType, LineCap, LineJoin

    caps = {"butt": LineCap.BUTT_CAP, "round": LineCap.ROUND_CAP, "square": LineCap.SQUARE_CAP}
    joins = {
        "miter": LineJoin.MITER_JOIN,
        "round": LineJoin.ROUND_JOIN,
        "bevel": LineJoin.BEVEL_JOIN,
    }
    outline = path.transform(scale, 0, 0, scale, 0, 0)
    outline.stroke(
        style.stroke_width * scale,
        caps[style.stroke_linecap],
        joins[style.stroke_linejoin],
        style.stroke_miterlimit,
        [dash * scale for dash in style.stroke_dasharray],
        style.stroke_dashoffset * scale,
    )
    outline.convertConicsToQuads(CONIC_TOLERANCE)
    outline.fillType = FillType.WINDING
    return outline.transform(1 / scale, 0, 0, 1 / scale, 0, 0)


def transformed(path: Area, matrix: Matrix) -> Area:
    """Return the path in other coordinates."""
    return path.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def clipped(area: Area, clip: Area | None) -> Area:
    """Return the part of an area inside a clip; the area itself if it is inside of a rectangle."""
    if clip is None:
        return area
    frame = _upright_rectangle(clip)
    if frame is not None and _is_inside(area.bounds, frame):
        return area
    return intersection(area, clip)


Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def _is_inside(bounds: Bounds, frame: Bounds) -> bool:
    left, top, right, bottom = bounds
    across = frame[0] - EDGE <= left and right <= frame[2] + EDGE
    return across and frame[1] - EDGE <= top and bottom <= frame[3] + EDGE


EDGE = 0.5
"""Tolerance at the edges of a clip, in working units."""


def _upright_rectangle(area: Area) -> Bounds | None:
    """Return the bounds of an area that is an upright rectangle."""
    segments = [*area.segments] if len(area) <= 7 else []
    points = [points[-1] for name, points in segments if points]
    bounds: Bounds = area.bounds
    is_straight = all(name in ("moveTo", "lineTo", "closePath") for name, _ in segments)
    corners = {(bounds[at], bounds[rest]) for at in (0, 2) for rest in (1, 3)}
    return bounds if is_straight and len(segments) > 4 and set(points) == corners else None


def intersection(first: Area, second: Area) -> Area:
    """Return the common area."""
    return _combine(first, second, "INTERSECTION")


def difference(first: Area, second: Area) -> Area:
    """Return the area of the first without the second."""
    return _combine(first, second, "DIFFERENCE")


def intersect_outlines(first: Sequence[Outline], second: Sequence[Outline]) -> tuple[Outline, ...]:
    """Return the outlines of the common area of two sets of outlines."""
    return tuple(outlines_of(intersection(to_area(first), to_area(second)), IDENTITY))


def to_area(outlines: Iterable[Outline]) -> Area:
    """Return outlines as an area, filled by the non-zero rule."""
    from pathops import Path

    area = Path()
    for outline in outlines:
        area.moveTo(*outline.start)
        for segment in outline.segments:
            (area.lineTo if len(segment) == 2 else area.cubicTo)(*segment)
        area.close()
    return area


def union(areas: Sequence[Area]) -> Area:
    """Return the area that any of them covers."""
    from pathops import Path

    total = Path()
    for area in areas:
        total = _combine(total, area, "UNION")
    return total


def joined(areas: Iterable[Area]) -> Area:
    """Return areas that do not overlap as one."""
    from pathops import Path

    total: Area | None = None
    for area in areas:
        if total is None:
            total = Path(fillType=area.fillType)
        total.addPath(area)
    return Path() if total is None else total


NUDGES = ((0.0, 0.0), (0.01, 0.007), (-0.05, 0.04), (0.3, -0.2), (0.6, -0.4), (-1.0, 0.7))
"""Shifts of the second area in working units, of which the drawing is thousands wide. Skia cannot combine some areas whose
edges nearly coincide; an invisible shift changes how they meet."""


SCALES = (1.0, 1.1, 1.3137, 0.73)
"""Factors for both areas. Skia sees no crossing of some curves and lines; at another size, their rounded coordinates do cross."""


def _combine(first: Area, second: Area, operation: str) -> Area:
    """Combine two areas; a result whose size is impossible is computed again with a shift, or at another size."""
    for scale, (x, y) in itertools.product(SCALES, NUDGES):
        moved = second.transform(1, 0, 0, 1, x, y) if x else second
        areas = _scale(first, scale), _scale(moved, scale)
        result = _operate(*areas, operation)
        if result is not None and _is_plausible(*areas, operation, result):
            return _scale(result, 1 / scale)
    raise SvgError("overlapping shapes cannot be combined; unite them in the drawing program")


def _scale(area: Area, factor: float) -> Area:
    return area if factor == 1 else area.transform(factor, 0, 0, factor, 0, 0)


def _operate(first: Area, second: Area, operation: str) -> Area | None:
    """Return the result of an operation of skia-pathops; None if it fails."""
    from pathops import PathOp, PathOpsError, op

    try:
        return op(first, second, PathOp[operation], fix_winding=True)
    except PathOpsError:
        return None


SIZE_TOLERANCE, SMALL = 0.004, 40.0
"""How far the size of an area may be off: a share of it, and square working units."""


def _is_plausible(first: Area, second: Area, operation: str, result: Area) -> bool:
    """Return True if the two parts of the first area, inside and outside of the second, are as large as all of it.

    Skia leaves out contours of some areas without an error, such as the inner one of a ring that touches the edge of a clip.
    """
    if operation == "UNION":
        return True
    other = _operate(first, second, "DIFFERENCE" if operation == "INTERSECTION" else "INTERSECTION")
    whole = _operate(first, first, "UNION")
    if other is None or whole is None:
        return True
    size = abs(whole.area)
    missing = size - abs(result.area) - abs(other.area)
    return bool(abs(missing) <= SIZE_TOLERANCE * size + SMALL)


def is_even_odd(area: Area) -> bool:
    """Return True if the area is filled by the even-odd rule."""
    from pathops import FillType

    return bool(area.fillType == FillType.EVEN_ODD)


def outlines_of(area: Area, matrix: Matrix) -> Iterator[Outline]:
    """Yield the contours of an area, transformed; quadratic curves become cubic."""
    start: tuple[float, float] | None = None
    segments: list[Segment] = []
    for verb, points in area:
        placed = [matrix.apply(*point) for point in points]
        match verb.name:
            case "MOVE":
                if start is not None and segments:
                    yield Outline(start, tuple(segments))
                start, segments = placed[0], []
            case "LINE":
                segments.append(placed[0])
            case "QUAD":
                begin = segments[-1][-2:] if segments else start or (0.0, 0.0)
                segments.append(_cubic(begin, placed))
            case "CUBIC":
                segments.append(tuple(number for point in placed for number in point))
            case _:
                if start is not None and segments:
                    yield Outline(start, tuple(segments))
                segments = []
    if start is not None and segments:
        yield Outline(start, tuple(segments))


def _cubic(begin: Sequence[float], points: Sequence[tuple[float, float]]) -> Segment:
    (x0, y0), ((x1, y1), (x2, y2)) = begin, points
    first = (x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0))
    second = (x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2))
    return (*first, *second, x2, y2)


def rectangle(rect: Rect, matrix: Matrix = IDENTITY) -> Area:
    """Return a transformed rectangle as an area."""
    from pathops import Path

    area = Path()
    pen = area.getPen()
    first, *others = matrix.corners(rect)
    pen.moveTo(first)
    for point in others:
        pen.lineTo(point)
    pen.closePath()
    return area
