"""Drawings kept: what an SVG came to when it was made plain, so that the next build need not take it apart again.

Takes an SVG file's bytes; gives its `SvgDrawing`, from memory or the cache where it stands there under the digest of these bytes,
else made plain and put there. What the cache holds is numbers as JSON; anything that does not read as a drawing is made anew.
"""

from __future__ import annotations

import hashlib

from brochure.blocks.svg.drawing import SvgDrawing
from brochure.blocks.svg.isolated import convert_isolated
from brochure.blocks.svg.serialized import deserialize, serialize
from brochure.system.cache import image_cache
from brochure.system.lru_cache import LruCache

FORM = b"drawing 2\n"
"""Changes whenever `_svg` makes other shapes of the same file."""


def load_drawing(data: bytes) -> SvgDrawing:
    """The drawing in an SVG file; DrawingError where it is none, or holds what cannot be printed."""
    key = f"drawing-{hashlib.sha256(FORM + data).hexdigest()}"
    found = RECENT.get(key) or _kept(key) or _made(key, data)
    RECENT.put(key, found)
    return found


RECENT: LruCache[str, SvgDrawing] = LruCache(64)


def _kept(key: str) -> SvgDrawing | None:
    kept = image_cache().get(key)
    if kept is not None:
        try:
            return deserialize(kept)
        except ValueError:
            return None  # an entry of another form; it is made anew and put right
    return None


def _made(key: str, data: bytes) -> SvgDrawing:
    made = convert_isolated(data)
    image_cache().put(key, serialize(made))
    return made
