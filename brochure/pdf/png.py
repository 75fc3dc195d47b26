"""Embed PNG data unchanged: its compressed rows are valid in PDF (ISO 32000-1, 7.4.4.4; PNG 1.2, 6 and 10).

Not possible with alpha, palettes, interlacing or 16 bits.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from brochure.images.probe import ImageError
from brochure.pdf.image_xobject import Stored

PIECE_SIZE = 1 << 20

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB = 0, 2
CHANNELS = {GREY: 1, RGB: 3}
SPACES = {GREY: "DeviceGray", RGB: "DeviceRGB"}


def embed_png(data: bytes) -> Stored | None:
    """Return a PNG's image with its own data, None if not possible; raise `ImageError` if the data is damaged."""
    if not data.startswith(SIGNATURE):
        return None
    width, height, depth, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    chunks = list(_chunks(data))
    has_transparency = any(kind == b"tRNS" for kind, _ in chunks)
    if colour not in CHANNELS or depth > 8 or interlaced or has_transparency:
        return None
    rows = b"".join(body for kind, body in chunks if kind == b"IDAT")
    _check_length(rows, (1 + (width * depth * CHANNELS[colour] + 7) // 8) * height)
    channels = CHANNELS[colour]
    predictor = {"Predictor": 15, "Colors": channels, "BitsPerComponent": depth, "Columns": width}
    entries = {
        "Width": width,
        "Height": height,
        "ColorSpace": SPACES[colour],
        "BitsPerComponent": depth,
        "Filter": "FlateDecode",
        "DecodeParms": predictor,
    }
    return Stored(entries, rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the PNG's chunks, each with its type; raise `ImageError` if one is damaged."""
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if zlib.crc32(kind + body).to_bytes(4, "big") != check:
            raise ImageError("the PNG data is damaged")
        yield kind, body
        at += 12 + length


def _check_length(rows: bytes, expected: int) -> None:
    """Raise `ImageError` if the data is not as long as the picture's size requires."""
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
