"""Patterns of SVG files as repeated outlines (SVG 2, 14.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.context import Context, Painter
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.geometry import Area, Bounds
from brochure.blocks.svg.gradients import box_matrix, find_chain, merge_attributes
from brochure.blocks.svg.overlaps import fade
from brochure.blocks.svg.painted import Painted, PaintedText, Shading
from brochure.blocks.svg.style import INITIAL, inherit, read_properties
from brochure.blocks.svg.values import UNIT_SCOPE, Scope, read_length, read_transform
from brochure.blocks.svg.viewports import make_viewport, read_view_box
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift

KINDS = ("pattern",)
MAX_TILES = 4_000

Steps = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Tiling:
    """A tile, the matrix from its coordinates to working units, and the shifts of its copies in working units."""

    frame: Rect
    matrix: Matrix
    steps: Steps


def paint_pattern(
    painter: Painter,
    element: Any,
    area: Area,
    box: Bounds | None,
    context: Context,
    opacity: float,
) -> Iterator[Painted]:
    """Yield what a pattern paints in an area in working units; `box` is the bounding box of the shape in its own units."""
    context = context.refer(element)
    chain = find_chain(painter, element, KINDS)
    attributes = merge_attributes(chain)
    tiling = _read_tiling(element, attributes, area, box, context)
    if tiling is None:
        return
    painter.count(element, len(tiling.steps))
    source = next((one for one in chain if len(one)), element)
    tile = list(_paint_tile(painter, source, attributes, tiling, box, context))
    for one in fade(element, tile, opacity) if opacity < 1 else tile:
        if isinstance(one, PaintedText):
            refuse(one.text.element, "text in a pattern is not supported; convert it to paths")
        yield from _repeat(one, tiling.steps, area)


def _read_tiling(
    element: Any, attributes: Mapping[str, str], area: Area, box: Bounds | None, context: Context
) -> _Tiling | None:
    is_relative = attributes.get("patternUnits", "objectBoundingBox") != "userSpaceOnUse"
    scope, base = (UNIT_SCOPE, box) if is_relative else (context.scope, (0.0, 0.0, 1.0, 1.0))
    if base is None:
        return None
    x, y, width, height = (
        read_length(element, key, attributes.get(key) or "0", scope)
        for key in ("x", "y", "width", "height")
    )
    frame = box_matrix(base).box(Rect(x, y, width, height))
    matrix = read_transform(element, attributes.get("patternTransform", "")).then(context.matrix)
    if width <= 0 or height <= 0 or not frame.width or abs(matrix.determinant) < 1e-12:
        return None
    return _Tiling(frame, matrix, _find_steps(element, frame, matrix, area))


def _find_steps(element: Any, frame: Rect, matrix: Matrix, area: Area) -> Steps:
    """Return the shifts of the tiles that may touch an area."""
    left, top, right, bottom = area.bounds
    covered = matrix.inverse().box(Rect(left, top, right - left, bottom - top))
    columns = _range(covered.x, covered.right, frame.x, frame.width)
    rows = _range(covered.y, covered.top, frame.y, frame.height)
    if len(columns) * len(rows) > MAX_TILES:
        refuse(element, f"it is repeated more than {MAX_TILES:,} times; make its tiles larger")
    across = (matrix.a * frame.width, matrix.b * frame.width)
    down = (matrix.c * frame.height, matrix.d * frame.height)
    return tuple(
        (across[0] * column + down[0] * row, across[1] * column + down[1] * row)
        for row in rows
        for column in columns
    )


def _range(start: float, end: float, first: float, step: float) -> range:
    return range(math.floor((start - first) / step), math.ceil((end - first) / step))


def _paint_tile(
    painter: Painter,
    source: Any,
    attributes: Mapping[str, str],
    tiling: _Tiling,
    box: Bounds | None,
    context: Context,
) -> Iterator[Painted | PaintedText]:
    """Yield what is painted in one tile, in working units."""
    frame = tiling.frame
    scope, content = _content_matrix(source, attributes, frame, box, context.scope)
    matrix = content.then(tiling.matrix)
    clip = geometry.rectangle(frame, tiling.matrix)
    style, scope = inherit(source, read_properties(source), INITIAL, scope)
    inner = replace(context, style=style, matrix=matrix, scope=scope, clip=clip, outer=None)
    for child in source:
        yield from painter.paint(child, inner)


def _content_matrix(
    source: Any,
    attributes: Mapping[str, str],
    frame: Rect,
    box: Bounds | None,
    scope: Scope,
) -> tuple[Scope, Matrix]:
    """Return the scope of the content, and the matrix from its coordinates to those of the tiles."""
    if read_view_box(source, attributes):
        viewport = make_viewport(source, attributes, frame)
        return replace(scope, width=viewport.width, height=viewport.height), viewport.matrix
    if attributes.get("patternContentUnits") == "objectBoundingBox" and box:
        return UNIT_SCOPE, box_matrix(box).then(shift(frame.x - box[0], frame.y - box[1]))
    return scope, shift(frame.x, frame.y)


def _repeat(painted: Painted, steps: Steps, area: Area) -> Iterator[Painted]:
    """Yield a part of a tile in all places, cut to an area."""
    if isinstance(painted.fill, Shading):
        for step in steps:
            place = shift(*step)
            part = geometry.intersection(geometry.transformed(painted.area, place), area)
            fill = replace(painted.fill, matrix=painted.fill.matrix.then(place))
            yield replace(painted, area=part, fill=fill)
        return
    copies = geometry.joined(geometry.transformed(painted.area, shift(*step)) for step in steps)
    yield replace(painted, area=geometry.intersection(copies, area))
