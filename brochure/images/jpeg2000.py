"""Write a JPEG 2000 file without its metadata (ISO/IEC 15444-1, annexes A and I); the compressed picture is copied."""

from __future__ import annotations

import struct
from collections.abc import Iterator

SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
CODESTREAM = b"\xff\x4f\xff\x51"
KEPT_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
"""What a decoder needs; `xml `, `uuid` and `uinf` have XMP, EXIF, positions and addresses."""
START_OF_TILE, COMMENT = 0xFF90, 0xFF64


def strip_jpeg2000(data: bytes) -> bytes:
    """Return the file, or the bare codestream, without metadata and comments; data of another kind is returned unchanged.

    Raises:
        ValueError: The file is damaged.
    """
    if data.startswith(CODESTREAM):
        return _without_comments(data)
    if not data.startswith(SIGNATURE):
        return data
    kept = []
    for kind, body in _boxes(data):
        if kind in KEPT_BOXES:
            clean = _without_comments(body) if kind == b"jp2c" else body
            kept.append(struct.pack(">I4s", len(clean) + 8, kind) + clean)
    return b"".join(kept)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the boxes of a file; the length 0 reaches to its end, 1 is followed by a long length."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data.ljust(at + 16, b"\0"), start)
            start += 8
        end = at + length if length else len(data)
        if end < start or end > len(data):
            raise ValueError("a box of the JPEG 2000 file is damaged")
        yield kind, data[start:end]
        at = end


def _without_comments(stream: bytes) -> bytes:
    """Return a codestream without the comments of its main header; nothing else there depends on positions."""
    kept, at = [stream[:2]], 2
    while at + 4 <= len(stream):
        marker, length = struct.unpack_from(">HH", stream, at)
        if marker == START_OF_TILE:
            break
        if length < 2 or at + 2 + length > len(stream):
            raise ValueError("the header of the JPEG 2000 codestream is damaged")
        if marker != COMMENT:
            kept.append(stream[at : at + 2 + length])
        at += 2 + length
    return b"".join([*kept, stream[at:]])
