"""Read the chunks of a PNG file (PNG 1.2; third edition for `cICP`), without decoding its pixels."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from brochure.errors import ImageError
from brochure.fast_dataclass import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_CHUNKS = 100_000
"""Chunks in one file; encoders write a chunk for every 8 kB of pixels or more."""

MAX_METADATA = 50_000_000
"""Bytes in chunks other than the picture's data."""

PIXEL_DATA = b"IDAT"
GREY, RGB, GREY_ALPHA = 0, 2, 4
"""Colour types (PNG 1.2, 4.1.1)."""


@dataclass(frozen=True, slots=True)
class PngHeader:
    """Size in pixels, bits per channel, colour type, and whether the rows are interlaced."""

    width: int
    height: int
    depth: int
    colour: int
    is_interlaced: bool


def read_header(data: bytes) -> PngHeader:
    """Read the header of a PNG."""
    width, height, depth, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    return PngHeader(width, height, depth, colour, bool(interlaced))


def chunks(data: bytes, *, check: bool = False) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG, each with its type, up to the last (`IEND`) or to where the file is cut off.

    Raises:
        ValueError: With `check`, a chunk is damaged.
    """
    at, kind = len(SIGNATURE), b""
    while at + 12 <= len(data) and kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return
        body = data[at + 8 : at + 8 + length]
        stored = data[at + 8 + length : at + 12 + length]
        if check and zlib.crc32(kind + body).to_bytes(4, "big") != stored:
            raise ImageError("the PNG data is damaged")
        yield kind, body
        at += 12 + length


def check_size(data: bytes) -> None:
    """Check the number of chunks and the amount of metadata, and that the file is complete.

    Raises:
        ImageError: The PNG is truncated or exceeds a limit.
    """
    kind, metadata = b"", 0
    for count, (kind, body) in enumerate(chunks(data), start=1):
        metadata += 0 if kind == PIXEL_DATA else len(body)
        if count > MAX_CHUNKS:
            raise ImageError(f"it has more than {MAX_CHUNKS:,} chunks; {SAVE_AGAIN}")
        if metadata > MAX_METADATA:
            megabytes = MAX_METADATA // 1_000_000
            raise ImageError(f"it has more than {megabytes} MB of metadata; {SAVE_AGAIN}")
    if kind != b"IEND":
        raise ImageError("it is truncated: the end of the PNG is missing")


SAVE_AGAIN = "save it again without metadata"


def read_chunk(data: bytes, wanted: bytes) -> bytes:
    """Return the first chunk of a type; empty if there is none."""
    return next((body for kind, body in chunks(data) if kind == wanted), b"")


SRGB_CODES = frozenset({1, 6, 13, 14, 15})
"""Transfer functions of `cICP` (ITU-T H.273, table 3) that are shown like sRGB's."""
SRGB_PRIMARIES = 1


def has_other_code_points(data: bytes) -> bool:
    """Return True if `cICP` gives colours other than sRGB's, such as HDR, without an ICC profile to use instead."""
    named = read_chunk(data, b"cICP")
    if len(named) < 4 or read_chunk(data, b"iCCP"):
        return False
    return not (named[0] == SRGB_PRIMARIES and named[1] in SRGB_CODES and named[2] == 0)
