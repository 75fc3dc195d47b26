"""Embed PNG data unchanged: its compressed rows are valid in PDF (ISO 32000-1, 7.4.4.4; PNG 1.2, 6 and 10).

Not possible with alpha, palettes, interlacing or 16 bits.
"""

from __future__ import annotations

import zlib

from brochure.errors import ImageError
from brochure.images import png
from brochure.pdf.image_xobject import Stored

PIECE_SIZE = 1 << 20

CHANNELS = {png.GREY: 1, png.RGB: 3}
SPACES = {png.GREY: "DeviceGray", png.RGB: "DeviceRGB"}


def embed_png(data: bytes) -> Stored | None:
    """Return a PNG's image with its own data, None if not possible; raise `ImageError` if the data is damaged."""
    if not data.startswith(png.SIGNATURE):
        return None
    header = png.read_header(data)
    chunks = list(png.chunks(data, check=True))
    has_transparency = any(kind == b"tRNS" for kind, _ in chunks)
    if header.colour not in CHANNELS or header.depth > 8:
        return None
    if header.is_interlaced or has_transparency:
        return None
    channels = CHANNELS[header.colour]
    rows = b"".join(body for kind, body in chunks if kind == b"IDAT")
    row_length = 1 + (header.width * header.depth * channels + 7) // 8
    rows = _check_length(rows, row_length * header.height)
    predictor = {
        "Predictor": 15,
        "Colors": channels,
        "BitsPerComponent": header.depth,
        "Columns": header.width,
    }
    entries = {
        "Width": header.width,
        "Height": header.height,
        "ColorSpace": SPACES[header.colour],
        "BitsPerComponent": header.depth,
        "Filter": "FlateDecode",
        "DecodeParms": predictor,
    }
    return Stored(entries, rows)


def _check_length(rows: bytes, expected: int) -> bytes:
    """Return the compressed rows without what follows them; raise `ImageError` if they are too short or too long."""
    decompressor = zlib.decompressobj()
    length, rest = 0, rows
    while rest and length <= expected:
        # In pieces, so that the picture need not fit into memory.
        piece = len(decompressor.decompress(rest, PIECE_SIZE))
        length, rest = length + piece, decompressor.unconsumed_tail
        if not piece:
            break
    if length != expected:
        raise ImageError("the PNG data is incomplete")
    return rows[: len(rows) - len(decompressor.unused_data)]
