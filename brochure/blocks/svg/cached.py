"""SVG drawings, cached in memory and on disk under the SHA-256 digest of the file.

The disk cache holds numbers as JSON; an invalid entry is replaced.
"""

from __future__ import annotations

import hashlib

from cachetools import LRUCache

from brochure.blocks.svg.drawing import SvgDrawing
from brochure.blocks.svg.isolated import convert_isolated
from brochure.blocks.svg.serialized import deserialize, serialize
from brochure.system.cache import image_cache

VERSION = b"drawing 2\n"
"""Version of the converter; change it whenever the same file yields different shapes."""


def load_drawing(data: bytes) -> SvgDrawing:
    """Return the drawing in an SVG file, from the cache if possible.

    Raises:
        SvgError: The file is not a valid SVG or contains something that cannot be printed.
    """
    key = f"drawing-{hashlib.sha256(VERSION + data).hexdigest()}"
    drawing = RECENT.get(key) or _read(key) or _convert(key, data)
    RECENT[key] = drawing
    return drawing


RECENT: LRUCache[str, SvgDrawing] = LRUCache(64)


def _read(key: str) -> SvgDrawing | None:
    entry = image_cache().get(key)
    if entry is not None:
        try:
            return deserialize(entry)
        except ValueError:
            return None  # not a valid entry; it will be replaced
    return None


def _convert(key: str, data: bytes) -> SvgDrawing:
    drawing = convert_isolated(data)
    image_cache().put(key, serialize(drawing))
    return drawing
