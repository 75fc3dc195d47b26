"""Drawings told: a drawing as JSON, for the cache and for the process in which heavy ones are made plain.

Takes a `SvgDrawing`; gives it as bytes, and from such bytes the drawing again. Every number comes back as it was; bytes that are
no drawing are a ValueError.
"""

from __future__ import annotations

import json
from typing import Any

from brochure.blocks.svg.drawing import SvgDrawing, SvgShape
from brochure.color.swatch import Paint, Rgb
from brochure.model.display_list import Outline


def serialize(made: SvgDrawing) -> bytes:
    """The drawing as JSON."""
    shapes = [
        {
            "fill": [*_light(shape.fill), shape.fill.opacity],
            "even-odd": shape.even_odd,
            "outlines": [[one.start, one.segments, one.closed] for one in shape.outlines],
        }
        for shape in made.shapes
    ]
    return json.dumps({"box": made.box, "shapes": shapes}).encode()


def _light(paint: Paint) -> tuple[float, float, float]:
    colour = paint.colour
    assert isinstance(colour, Rgb)  # an SVG names no others
    return colour.r, colour.g, colour.b


def deserialize(data: bytes) -> SvgDrawing:
    """The drawing in such bytes."""
    try:
        said = json.loads(data)
        x, y, wide, high = said["box"]
        return SvgDrawing((x, y, wide, high), tuple(_shape(one) for one in said["shapes"]))
    except (TypeError, KeyError, IndexError) as failure:
        raise ValueError("this is no drawing") from failure


def _shape(said: Any) -> SvgShape:
    red, green, blue, opacity = said["fill"]
    outlines = tuple(
        Outline((start[0], start[1]), tuple(tuple(part) for part in segments), closed)
        for start, segments, closed in said["outlines"]
    )
    return SvgShape(outlines, Paint(Rgb(red, green, blue), opacity), said["even-odd"])
