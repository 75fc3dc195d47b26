"""Gradients of SVG files (SVG 2, 14.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from brochure.blocks.svg.colours import BLACK, CURRENT, Solid, read_colour
from brochure.blocks.svg.context import Context, Painter, element_name
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.geometry import Bounds
from brochure.blocks.svg.painted import Shading, ShadingStop
from brochure.blocks.svg.style import NEUTRAL_WORDS, read_properties
from brochure.blocks.svg.values import (
    UNIT_SCOPE,
    read_href,
    read_length,
    read_share,
    read_transform,
)
from brochure.color.gradient import make_gradient
from brochure.color.swatch import Axis, Gradient, GradientPlacement, GradientStop
from brochure.geometry import Matrix, Rect

KINDS = ("linearGradient", "radialGradient")
SPREADS = ("pad", "reflect", "repeat")
MAX_STOPS = 256
MAX_REPEATS = 200
MIN_STEP = 1e-5
"""Distance between two stops at one place: in PDF, the parts of a function have a width."""


def read_gradient(
    painter: Painter, element: Any, box: Bounds | None, context: Context
) -> Shading | Solid | None:
    """Return a gradient for a shape with this bounding box in the units of the context; a flat colour if it is one."""
    chain = find_chain(painter, element, KINDS)
    attributes = merge_attributes(chain)
    stops = _read_stops(next((one for one in chain if _stops_of(one)), element))
    if not stops:
        return None
    last = Solid(stops[-1].colour, stops[-1].opacity)
    if len(stops) == 1:
        return last
    is_relative = attributes.get("gradientUnits", "objectBoundingBox") != "userSpaceOnUse"
    matrix = read_transform(element, attributes.get("gradientTransform", ""))
    if is_relative:
        if box is None or box[2] <= box[0] or box[3] <= box[1]:
            return None
        matrix = matrix.then(box_matrix(box))
    matrix = matrix.then(context.matrix)
    axis = _read_axis(element, attributes, UNIT_SCOPE if is_relative else context.scope)
    if axis is None or abs(matrix.determinant) < 1e-12:
        return last
    spread = attributes.get("spreadMethod", "pad")
    if spread not in SPREADS:
        refuse(
            element, f"spreadMethod '{spread[:40]}' is not supported; use {' or '.join(SPREADS)}"
        )
    return Shading(stops, axis, matrix, spread, element)


def box_matrix(box: Bounds) -> Matrix:
    """Return the matrix from fractions of a bounding box to its units."""
    left, top, right, bottom = box
    return Matrix(right - left, 0, 0, bottom - top, left, top)


def find_chain(painter: Painter, element: Any, kinds: Sequence[str]) -> list[Any]:
    """Return a gradient or pattern, and those that it takes missing attributes from."""
    chain = [element]
    while reference := read_href(chain[-1]):
        template = painter.find(reference, *kinds)
        if template is None:
            refuse(chain[-1], f"it refers to '#{reference[:40]}', which does not exist")
        if template in chain:
            refuse(element, "references lead to each other")
        chain.append(template)
    return chain


def merge_attributes(chain: Sequence[Any]) -> Mapping[str, str]:
    """Return the attributes of a chain; the first element that has one determines it."""
    merged: dict[str, str] = {}
    for one in reversed(chain):
        merged.update(read_properties(one))
    return merged


# Stops


def _stops_of(element: Any) -> list[Any]:
    return [child for child in element if element_name(child) == "stop"]


def _read_stops(element: Any) -> tuple[ShadingStop, ...]:
    elements = _stops_of(element)
    if len(elements) > MAX_STOPS:
        refuse(element, f"it has {len(elements)} stops; at most {MAX_STOPS} are supported")
    stops: list[ShadingStop] = []
    for one in elements:
        stop = _read_stop(one)
        least = stops[-1].offset if stops else 0.0
        stops.append(replace(stop, offset=max(stop.offset, least)))
    return tuple(stops)


def _read_stop(element: Any) -> ShadingStop:
    properties = read_properties(element)
    offset = read_share(element, "offset", properties.get("offset") or "0")
    value = properties.get("stop-color", "black")
    colour = (
        _inherited_colour(element)
        if value.casefold() == CURRENT
        else BLACK
        if value in NEUTRAL_WORDS
        else read_colour(element, "stop-color", value)
    )
    opacity = properties.get("stop-opacity", "1")
    share = 1.0 if opacity in NEUTRAL_WORDS else read_share(element, "stop-opacity", opacity)
    return ShadingStop(offset, colour.colour, colour.opacity * share)


def _inherited_colour(element: Any) -> Solid:
    """Return the value of `color` where a gradient is defined."""
    for one in (element, *element.iterancestors()):
        value = read_properties(one).get("color", "inherit")
        if value not in NEUTRAL_WORDS:
            return read_colour(one, "color", value)
    return BLACK


# The axis


def _read_axis(element: Any, attributes: Mapping[str, str], scope: Any) -> Axis | None:
    """Return the axis; None if it has no length."""

    def length(key: str, default: str) -> float:
        return read_length(element, key, attributes.get(key) or default, scope)

    if element_name(element) == "linearGradient":
        start = length("x1", "0%"), length("y1", "0%")
        end = length("x2", "100%"), length("y2", "0%")
        return Axis(start, end) if start != end else None
    centre = length("cx", "50%"), length("cy", "50%")
    radius, inner = length("r", "50%"), length("fr", "0%")
    focus = length("fx", str(centre[0])), length("fy", str(centre[1]))
    if radius <= 0 or inner < 0:
        return None
    return Axis(_move_inside(focus, centre, radius - inner), centre, inner, radius)


NEARLY = 0.999


def _move_inside(
    focus: tuple[float, float], centre: tuple[float, float], radius: float
) -> tuple[float, float]:
    """Return the focal point, moved into the circle if it is outside, where the gradient would be a cone."""
    dx, dy = focus[0] - centre[0], focus[1] - centre[1]
    distance, most = math.hypot(dx, dy), max(0.0, radius) * NEARLY
    if distance <= most:
        return focus
    return centre[0] + dx * most / distance, centre[1] + dy * most / distance


# As paints


def to_paint(shading: Shading, back: Matrix, box: Rect, opacity: float) -> Gradient:
    """Return the paint of an area.

    Args:
        shading: The gradient, in working units.
        back: From working units to those of the drawing.
        box: The box of the area's outlines in units of the drawing, y downwards.
        opacity: The opacity of the area.
    """
    width, height = max(box.width, 1e-6), max(box.height, 1e-6)
    fractions = Matrix(1 / width, 0, 0, -1 / height, -box.x / width, box.top / height)
    matrix = shading.matrix.then(back).then(fractions)
    axis, stops = shading.axis, [*shading.stops]
    if shading.spread != "pad":
        axis, stops = _repeat(shading, matrix)
    parts = (
        GradientStop(offset, stop.colour, stop.opacity * opacity)
        for offset, stop in _spread_out(stops)
    )
    gradient = make_gradient(tuple(parts))
    return replace(gradient, placement=GradientPlacement(axis, matrix))


def _spread_out(stops: Sequence[ShadingStop]) -> Iterator[tuple[float, ShadingStop]]:
    """Yield stops with offsets that increase from each to the next, within 0 to 1."""
    count = len(stops)
    least = 0.0
    for at, stop in enumerate(stops):
        most = 1 - (count - 1 - at) * MIN_STEP
        offset = min(most, max(least, stop.offset))
        least = offset + MIN_STEP
        yield offset, stop


def _repeat(shading: Shading, matrix: Matrix) -> tuple[Axis, list[ShadingStop]]:
    """Return the axis and the stops of a gradient that is repeated across the unit square."""
    inverse = matrix.inverse()
    corners = inverse.corners(Rect(0.0, 0.0, 1.0, 1.0))
    first, last = _find_extent(shading.axis, corners)
    if last - first > MAX_REPEATS:
        refuse(shading.element, f"it is repeated more than {MAX_REPEATS} times; make it larger")
    count = max(1, last - first)
    stops = []
    for number in range(first, first + count):
        mirrored = shading.spread == "reflect" and number % 2 == 1
        for stop in reversed(shading.stops) if mirrored else shading.stops:
            offset = 1 - stop.offset if mirrored else stop.offset
            stops.append(replace(stop, offset=(number - first + offset) / count))
    return _extend(shading.axis, first, first + count), stops


def _find_extent(axis: Axis, points: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the first and the last repetition that covers any of the points."""
    (x0, y0), (x1, y1) = axis.start, axis.end
    if not axis.end_radius:
        square = (x1 - x0) ** 2 + (y1 - y0) ** 2
        at = [((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / square for x, y in points]
        return math.floor(min(at)), math.ceil(max(at))
    for last in range(1, MAX_REPEATS + 1):
        circle = _extend(axis, 0, last)
        cx, cy = circle.end
        if all(math.hypot(x - cx, y - cy) <= circle.end_radius for x, y in points):
            return 0, last
    return 0, MAX_REPEATS + 1


def _extend(axis: Axis, first: int, last: int) -> Axis:
    """Return the axis from one repetition to another one."""

    def between(start: float, end: float, at: int) -> float:
        return start + (end - start) * at

    pairs = [*zip(axis.start, axis.end, strict=True), (axis.start_radius, axis.end_radius)]
    (x0, y0, r0), (x1, y1, r1) = (
        [between(start, end, at) for start, end in pairs] for at in (first, last)
    )
    return Axis((x0, y0), (x1, y1), r0, r1)
