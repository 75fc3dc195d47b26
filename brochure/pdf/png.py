"""PNGs as they are: their compressed rows are what a PDF holds as well (ISO 32000-1, 7.4.4.4; PNG 1.2, 6 and 10).

Takes the bytes of a PNG; gives the picture with the PNG's own data, or None where the pixels must be made anew: alpha,
palettes, interlacing, sixteen bits.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from brochure.pdf.image_xobject import Stored

PIECE = 1 << 20

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB = 0, 2
CHANNELS = {GREY: 1, RGB: 3}
SPACES = {GREY: "DeviceGray", RGB: "DeviceRGB"}


def png_itself(data: bytes) -> Stored | None:
    """The picture of a PNG whose data can stand in the PDF; ValueError where that data is damaged."""
    if not data.startswith(SIGNATURE):
        return None
    width, height, depth, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    chunks = list(_chunks(data))
    has_transparency = any(kind == b"tRNS" for kind, _ in chunks)
    if colour not in CHANNELS or depth > 8 or interlaced or has_transparency:
        return None
    rows = b"".join(body for kind, body in chunks if kind == b"IDAT")
    _look_whole(rows, (1 + (width * depth * CHANNELS[colour] + 7) // 8) * height)
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
    """The PNG's chunks, each with its kind; ValueError where one is cut off or is not what was written."""
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if zlib.crc32(kind + body).to_bytes(4, "big") != check:
            raise ValueError("its data is damaged")
        yield kind, body
        at += 12 + length


def _look_whole(rows: bytes, expected: int) -> None:
    """ValueError where the rows are not those of the picture's size."""
    unpacking = zlib.decompressobj()
    found, rest = 0, rows
    while rest and found <= expected:
        # A piece at a time: a picture that is not decoded need not fit into memory either.
        piece = len(unpacking.decompress(rest, PIECE))
        found, rest = found + piece, unpacking.unconsumed_tail
        if not piece:
            break
    if found != expected:
        raise ValueError("its data does not fill the picture")
