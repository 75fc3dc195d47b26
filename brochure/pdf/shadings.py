"""Gradients as form XObjects with a shading (ISO 32000-1, 8.7.4.5) and, if they are transparent, a soft mask (11.6.5).

A form is as large as the box that the gradient fills. The same gradient in boxes of the same size is stored once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from brochure.color.gradient import ink_stops, light_stops, place_gradient
from brochure.color.printing_condition import DEFAULT, shipped_condition
from brochure.color.swatch import Axis, Cmyk, Colour, Gradient, GradientStop, Grey, Rgb, Spot
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.pdf.engine import PDFObjectReference
from brochure.pdf.objects import Array, Dictionary, Names, deflate
from brochure.pdf.resources import Resources

ALPHA_SPACE = "/DeviceGray"


def embed_gradient(gradient: Gradient, width: float, height: float, shared: Resources) -> str:
    """Return the name of the form that paints the gradient in a box of this size, with its corner at the origin."""
    stops = _convert_stops(gradient, shared)
    box = Rect(0.0, 0.0, round(width, 3), round(height, 3))
    axis, matrix = place_gradient(gradient, box)
    parts = repr((stops, axis, matrix, box)).encode("utf-8")
    key = f"Gr{hashlib.blake2b(parts, digest_size=8).hexdigest()}"
    if not shared.document.hasForm(key):
        space = _color_space(stops[0].colour, shared)
        resources = {"Shading": Names({"S": _shading(axis, space, _colour_ramp(stops))})}
        operators = _paint_operators(matrix)
        if any(stop.opacity < 1 for stop in stops):
            alpha = [(stop.offset, (stop.opacity,)) for stop in stops]
            state = _soft_mask(_shading(axis, ALPHA_SPACE, alpha), operators, box, shared, key)
            resources["ExtGState"] = Names({"G": state})
            operators = b"/G gs " + operators
        shared.document.add_image(key, _form(box, Dictionary(**resources), operators))
    return key


def _paint_operators(matrix: Matrix) -> bytes:
    """Return the operators that paint the shading of a form."""
    if matrix == IDENTITY:
        return b"/S sh"
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return f"{' '.join(f'{number:.8f}' for number in numbers)} cm /S sh".encode()


def _convert_stops(gradient: Gradient, shared: Resources) -> tuple[GradientStop, ...]:
    press = shared.condition.press or shipped_condition(DEFAULT)
    if shared.condition.inks:
        return ink_stops(gradient, press)
    return light_stops(gradient, press)


def _color_space(colour: Colour, shared: Resources) -> Any:
    match colour:
        case Cmyk():
            return "/DeviceCMYK"
        case Rgb():
            return "/DeviceRGB"
        case Grey():
            return "/DeviceGray"
        case Spot():
            return PDFObjectReference(shared.spot(replace(colour, tint=1.0)))


def _form(box: Rect, resources: Dictionary, operators: bytes, **more: Any) -> Any:
    corners = Array([0, 0, box.width, box.height])
    return deflate(
        operators,
        Type="/XObject",
        Subtype="/Form",
        BBox=corners,
        Resources=resources,
        **more,
    )


Ramp = Sequence[tuple[float, tuple[float, ...]]]
"""Component values by offset."""


def _colour_ramp(stops: Sequence[GradientStop]) -> Ramp:
    return [(stop.offset, _components(stop.colour)) for stop in stops]


def _components(colour: Colour) -> tuple[float, ...]:
    match colour:
        case Cmyk(c, m, y, k):
            return c, m, y, k
        case Rgb(r, g, b):
            return r, g, b
        case Grey(light):
            return (light,)
        case Spot():
            return (colour.tint,)


def _shading(axis: Axis, space: Any, ramp: Ramp) -> Dictionary:
    """Return an axial or a radial shading, which continues beyond both ends."""
    is_radial = axis.end_radius > 0
    coords: tuple[float, ...] = (*axis.start, *axis.end)
    if is_radial:
        coords = (*axis.start, axis.start_radius, *axis.end, axis.end_radius)
    return Dictionary(
        ShadingType=3 if is_radial else 2,
        ColorSpace=space,
        Coords=Array(coords),
        Extend=Array([True, True]),
        Function=_function(ramp),
    )


def _function(ramp: Ramp) -> Dictionary:
    """Return the function from 0 to 1 that interpolates the ramp: stitched if it has more than two points."""
    points = list(ramp)
    if points[0][0] > 0:
        points.insert(0, (0.0, points[0][1]))
    if points[-1][0] < 1:
        points.append((1.0, points[-1][1]))
    parts = [_exponential(first, last) for (_, first), (_, last) in pairwise(points)]
    if len(parts) == 1:
        return parts[0]
    return Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Functions=Array(parts),
        Bounds=Array([offset for offset, _ in points[1:-1]]),
        Encode=Array([0, 1] * len(parts)),
    )


def _exponential(first: tuple[float, ...], last: tuple[float, ...]) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array(first), C1=Array(last))


def _soft_mask(
    shading: Dictionary, operators: bytes, box: Rect, shared: Resources, key: str
) -> Dictionary:
    """Return the graphics state whose soft mask is a grey shading: white is opaque (11.6.5.3)."""
    name = f"{key}.mask"
    group = Dictionary(S="/Transparency", CS=ALPHA_SPACE)
    form = _form(box, Dictionary(Shading=Names({"S": shading})), operators, Group=group)
    shared.document.add_image(name, form)
    mask = Dictionary(Type="/Mask", S="/Luminosity", G=shared.document.image_reference(name))
    return Dictionary(Type="/ExtGState", SMask=mask)
