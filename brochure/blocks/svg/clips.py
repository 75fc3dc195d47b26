"""Clipping paths (CSS Masking 1, chapter 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.context import Context, Painter, element_name
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.geometry import SHAPES, Area, Bounds
from brochure.blocks.svg.gradients import box_matrix
from brochure.blocks.svg.style import INITIAL, inherit, read_own, read_properties
from brochure.blocks.svg.values import read_href, read_length, read_transform
from brochure.geometry import Matrix, Rect, shift

FindBox = Callable[[], Bounds | None]
"""Returns the bounding box of the clipped element in its own units."""


def read_clip(
    painter: Painter, element: Any, identity: str, find_box: FindBox, context: Context
) -> Area | None:
    """Return the clip for an element with a `clip-path`: that of its parents, and its own."""
    if not identity:
        return context.clip
    source = painter.find(identity, "clipPath")
    if source is None:
        refuse(element, f"clip-path: clipPath element '{identity[:40]}' not found")
    matrix = context.matrix
    if source.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
        box = find_box()
        if box is None:
            refuse(element, "clipPathUnits 'objectBoundingBox' is not supported for text")
        matrix = box_matrix(box).then(matrix)
    area = _clip_area(painter, source, replace(context, matrix=matrix))
    return area if context.clip is None else geometry.intersection(area, context.clip)


def _clip_area(painter: Painter, source: Any, context: Context) -> Area:
    """Return the area inside a clipPath element, in working units."""
    context = context.refer(source)
    painter.count(source)
    properties = read_properties(source)
    style, scope = inherit(source, properties, INITIAL, context.scope)
    matrix = read_transform(source, properties.get("transform", "")).then(context.matrix)
    inner = replace(context, style=style, matrix=matrix, scope=scope, clip=None)
    areas = [area for child in source for area in _paint_child(painter, child, inner)]
    clip = read_clip(painter, source, read_own(source, properties).clip_path, _no_box, inner)
    return geometry.clipped(geometry.union(areas), clip)


def _no_box() -> None:
    return None


def _paint_child(painter: Painter, element: Any, context: Context) -> Iterator[Area]:
    """Yield the areas of a child of a clipPath element."""
    name = element_name(element)
    if name not in SHAPES and name not in ("use", "text"):
        return
    painter.count(element)
    properties = read_properties(element)
    own = read_own(element, properties)
    style, scope = inherit(element, properties, context.style, context.scope)
    matrix = read_transform(element, properties.get("transform", "")).then(context.matrix)
    context = replace(context, style=style, matrix=matrix, scope=scope)
    if not own.is_displayed:
        return
    if name == "text":
        refuse(element, "text in a clipPath is not supported; convert it to paths")
    if name == "use":
        inner = _enter_use(element, properties, context)
        target = painter.find(read_href(element))
        areas = [] if target is None else [*_paint_child(painter, target, inner)]
    else:
        areas = [*_shape_areas(element, name, properties, context)]
    clip = read_clip(painter, element, own.clip_path, _no_box, context)
    yield from (geometry.clipped(area, clip) for area in areas)


def _enter_use(element: Any, properties: Mapping[str, str], context: Context) -> Context:
    context = context.refer(element)
    x, y = (
        read_length(element, key, properties.get(key) or "0", context.scope) for key in ("x", "y")
    )
    return replace(context, matrix=shift(x, y).then(context.matrix))


def _shape_areas(
    element: Any, name: str, properties: Mapping[str, str], context: Context
) -> Iterator[Area]:
    path = geometry.shape_path(element, name, properties, context.scope)
    if path is not None and context.style.visibility == "visible":
        yield geometry.transformed(geometry.filled(path, context.style.clip_rule), context.matrix)


def clip_to_rectangle(clip: Area | None, rect: Rect, matrix: Matrix) -> Area:
    """Return the part of a clip inside a transformed rectangle."""
    frame = geometry.rectangle(rect, matrix)
    return frame if clip is None else geometry.intersection(frame, clip)
