"""Drawings kept: what an SVG came to when it was made plain, so that the next build need not take it apart again.

Takes an SVG file's bytes; gives its `Drawing`, from memory or the cache where it stands there under the digest of these bytes,
else made by `_svg` and put there. What the cache holds is numbers as JSON; anything that does not read as a drawing is made anew.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from brochure.blocks._svg import Drawing, Shape, drawing
from brochure.cache import picture_cache
from brochure.colour.swatch import Paint, Rgb
from brochure.placed import Outline
from brochure.recent import Recent

FORM = b"drawing 1\n"
"""Changes whenever `_svg` makes other shapes of the same file."""


def kept_drawing(data: bytes) -> Drawing:
    """The drawing in an SVG file; DrawingError where it is none, or holds what cannot be printed."""
    key = f"drawing-{hashlib.sha256(FORM + data).hexdigest()}"
    found = RECENT.get(key) or _kept(key) or _made(key, data)
    RECENT.put(key, found)
    return found


RECENT: Recent[str, Drawing] = Recent(64)


def _kept(key: str) -> Drawing | None:
    kept = picture_cache().get(key)
    if kept is not None:
        try:
            return _read(json.loads(kept))
        except (ValueError, TypeError, KeyError, IndexError):
            return None  # an entry of another form; it is made anew and put right
    return None


def _made(key: str, data: bytes) -> Drawing:
    made = drawing(data)
    picture_cache().put(key, json.dumps(_told(made)).encode())
    return made


def _told(made: Drawing) -> dict[str, Any]:
    shapes = [
        {
            "fill": [*_light(shape.fill), shape.fill.opacity],
            "even-odd": shape.even_odd,
            "outlines": [[one.start, one.segments, one.closed] for one in shape.outlines],
        }
        for shape in made.shapes
    ]
    return {"box": made.box, "shapes": shapes}


def _light(paint: Paint) -> tuple[float, float, float]:
    colour = paint.colour
    assert isinstance(colour, Rgb)  # an SVG names no others
    return colour.r, colour.g, colour.b


def _read(told: Any) -> Drawing:
    x, y, wide, high = told["box"]
    return Drawing((x, y, wide, high), tuple(_shape(one) for one in told["shapes"]))


def _shape(told: Any) -> Shape:
    red, green, blue, opacity = told["fill"]
    outlines = tuple(
        Outline((start[0], start[1]), tuple(tuple(part) for part in segments), closed)
        for start, segments, closed in told["outlines"]
    )
    return Shape(outlines, Paint(Rgb(red, green, blue), opacity), told["even-odd"])
