"""Encode JPEGs without holding the interpreter's lock."""

from __future__ import annotations

import io
from typing import Any

from brochure.system.files import open_memory_file


def save_jpeg(image: Any, **options: Any) -> bytes:
    """Return a picture as a JPEG with Huffman tables of its own.

    Pillow lets other threads run while it writes to a file of the system, and not while it writes to an object of Python.
    """
    file = open_memory_file() or io.BytesIO()
    with file:
        image.save(file, "JPEG", optimize=True, **options)
        file.seek(0)
        return file.read()
