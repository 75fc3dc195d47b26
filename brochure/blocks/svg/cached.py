"""Drawings kept: what an SVG came to when it was made plain, so that the next build need not take it apart again.

Takes an SVG file's bytes; gives its `Drawing`, from memory or the cache where it stands there under the digest of these bytes,
else made plain and put there. What the cache holds is numbers as JSON; anything that does not read as a drawing is made anew.
"""

from __future__ import annotations

import hashlib

from brochure.blocks.svg.drawing import Drawing
from brochure.blocks.svg.isolated import plain_drawing
from brochure.blocks.svg.serialized import heard, told
from brochure.system.cache import picture_cache
from brochure.system.lru_cache import Recent

FORM = b"drawing 2\n"
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
            return heard(kept)
        except ValueError:
            return None  # an entry of another form; it is made anew and put right
    return None


def _made(key: str, data: bytes) -> Drawing:
    made = plain_drawing(data)
    picture_cache().put(key, told(made))
    return made
