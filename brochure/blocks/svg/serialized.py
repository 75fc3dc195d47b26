"""SVG drawings as JSON, for the cache and for the conversion process. Numbers survive the round trip exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from brochure.blocks.svg.drawing import SvgDrawing, SvgShape, SvgText
from brochure.color.gradient import make_gradient
from brochure.color.swatch import (
    Axis,
    Colour,
    Gradient,
    GradientPlacement,
    GradientStop,
    Paint,
    Rgb,
)
from brochure.geometry import Matrix
from brochure.model.display_list import Outline


def serialize(drawing: SvgDrawing) -> bytes:
    """Return a drawing as JSON."""
    shapes = [*map(_encode, drawing.shapes)]
    content = {"box": drawing.box, "shapes": shapes, "languages": drawing.languages}
    return json.dumps(content).encode()


def _encode(shape: SvgShape | SvgText) -> Any:
    if isinstance(shape, SvgText):
        # Imported here: most drawings have no texts.
        from brochure.blocks.svg.serialized_text import encode_text

        return encode_text(shape)
    return {
        "fill": _encode_paint(shape.fill),
        "even-odd": shape.even_odd,
        "outlines": encode_outlines(shape.outlines),
    }


def encode_outlines(outlines: tuple[Outline, ...]) -> Any:
    """Return outlines as values that JSON has."""
    return [[one.start, one.segments, one.closed] for one in outlines]


def _encode_paint(paint: Paint) -> list[Any]:
    """Return a paint as a list: of four numbers, or of stops, axis and matrix of a gradient."""
    if not isinstance(paint, Gradient):
        return [*_rgb(paint.colour), paint.opacity]
    assert paint.placement is not None
    axis, matrix = paint.placement.axis, paint.placement.matrix
    return [
        [[stop.offset, *_rgb(stop.colour), stop.opacity] for stop in paint.stops],
        [*axis.start, *axis.end, axis.start_radius, axis.end_radius],
        [matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f],
    ]


def _rgb(colour: Colour) -> tuple[float, float, float]:
    assert isinstance(colour, Rgb)  # SVG colours are RGB
    return colour.r, colour.g, colour.b


def deserialize(data: bytes | memoryview) -> SvgDrawing:
    """Return the drawing in JSON data.

    Raises:
        ValueError: The data is not a drawing.
    """
    try:
        content = json.loads(bytes(data))
        x, y, wide, high = content["box"]
        shapes = tuple(_decode_shape(one) for one in content["shapes"])
        return SvgDrawing((x, y, wide, high), shapes, tuple(content["languages"]))
    except (TypeError, KeyError, IndexError) as failure:
        raise ValueError("the data is not a drawing") from failure


def _decode_shape(entry: Any) -> SvgShape | SvgText:
    if "chunks" in entry:
        # Imported here: most drawings have no texts.
        from brochure.blocks.svg.serialized_text import decode_text

        return decode_text(entry)
    outlines = decode_outlines(entry["outlines"])
    return SvgShape(outlines, _decode_paint(entry["fill"]), entry["even-odd"])


def decode_outlines(entries: Any) -> tuple[Outline, ...]:
    """Return the outlines that were encoded."""
    return tuple(
        Outline((start[0], start[1]), tuple(tuple(part) for part in segments), closed)
        for start, segments, closed in entries
    )


def _decode_paint(entry: Any) -> Paint:
    if len(entry) == 4:
        red, green, blue, opacity = entry
        return Paint(Rgb(red, green, blue), opacity)
    stops, (x0, y0, x1, y1, first, last), matrix = entry
    gradient = make_gradient(
        tuple(GradientStop(at, Rgb(*colour), opacity) for at, *colour, opacity in stops)
    )
    axis = Axis((x0, y0), (x1, y1), first, last)
    return replace(gradient, placement=GradientPlacement(axis, Matrix(*matrix)))
