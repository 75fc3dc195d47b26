"""SVG drawings as JSON, for the cache and for the conversion process. Numbers survive the round trip exactly."""

from __future__ import annotations

import json
from typing import Any

from brochure.blocks.svg.drawing import SvgDrawing, SvgShape
from brochure.color.swatch import Paint, Rgb
from brochure.model.display_list import Outline


def serialize(drawing: SvgDrawing) -> bytes:
    """Return a drawing as JSON."""
    shapes = [
        {
            "fill": [*_rgb(shape.fill), shape.fill.opacity],
            "even-odd": shape.even_odd,
            "outlines": [[one.start, one.segments, one.closed] for one in shape.outlines],
        }
        for shape in drawing.shapes
    ]
    return json.dumps({"box": drawing.box, "shapes": shapes}).encode()


def _rgb(paint: Paint) -> tuple[float, float, float]:
    colour = paint.colour
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
        return SvgDrawing((x, y, wide, high), tuple(_shape(one) for one in content["shapes"]))
    except (TypeError, KeyError, IndexError) as failure:
        raise ValueError("the data is not a drawing") from failure


def _shape(entry: Any) -> SvgShape:
    red, green, blue, opacity = entry["fill"]
    outlines = tuple(
        Outline((start[0], start[1]), tuple(tuple(part) for part in segments), closed)
        for start, segments, closed in entry["outlines"]
    )
    return SvgShape(outlines, Paint(Rgb(red, green, blue), opacity), entry["even-odd"])
