"""Read the marker segments of a JPEG file (ITU-T T.81, annex B) and write the file without its metadata.

The compressed picture is copied byte for byte, so nothing is decoded or lost. What is kept is what a decoder needs: tables,
frame and scans, the JFIF header without its thumbnail, the Adobe marker, which says how colours are stored, and the ICC
profile. EXIF, XMP, IPTC, comments, thumbnails, maker notes, provenance data and whatever follows the end of the picture (other
pictures of a multi-picture file, the film of a motion photo) are left out.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from brochure.errors import ImageError
from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily
from brochure.system.files import open_memory_file

SIGNATURE = b"\xff\xd8"
END_OF_IMAGE = b"\xff\xd9"
END, SCAN, COMMENT = 0xD9, 0xDA, 0xFE
APP0, EXIF_OR_XMP, ICC, PHOTOSHOP, ADOBE = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
HUFFMAN, ARITHMETIC, RESERVED = 0xC4, 0xCC, 0xC8
TABLES = frozenset({HUFFMAN, ARITHMETIC, 0xDB, 0xDC, 0xDD})
"""Huffman and arithmetic tables, quantisation tables, number of lines, restart interval."""
FRAMES = frozenset(range(0xC0, 0xD0)) - {HUFFMAN, ARITHMETIC, RESERVED}
STANDALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
"""Markers without a segment; FF 00 is a byte of compressed data."""

EXIF_NAME, ICC_NAME, ADOBE_NAME, JFIF_NAME = b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe", b"JFIF\0"
ADOBE_LENGTH, JFIF_LENGTH = 12, 12
"""Lengths of the data that are kept: the Adobe marker, and the JFIF header before the size of its thumbnail."""

NEXT_MARKER = compile_lazily(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""The end of a scan's data, in which FF is followed by 00 or by a restart marker."""


MAX_SCANS = 100
"""Scans of one picture, for each of which a decoder goes through all of its pixels. Progressive files have about ten."""

MAX_SEGMENTS = 20_000
"""Marker segments of one file; the largest has 64 kB."""


class TruncatedError(ImageError):
    """A JPEG that ends before its picture does."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker with its data (without the length), and the compressed data that follows a scan's header."""

    marker: int
    body: bytes
    scan: bytes = b""


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A JPEG file in parts.

    `stripped` is the file without metadata, `metadata` the segments left out. `frame` is the marker that names the coding
    process, `precision` its bits per sample, `components` the identifiers of the colour components.
    """

    stripped: bytes
    metadata: tuple[Segment, ...]
    frame: int
    precision: int
    components: bytes
    has_adobe: bool
    has_jfif: bool

    @property
    def is_valid_in_pdf(self) -> bool:
        """True if PDF's DCTDecode filter shows the file as JPEG decoders do (ISO 32000-1, 7.4.8).

        It is Huffman-coded, has 8 bits, and is not the RGB that libjpeg recognises by the names of its components alone.
        """
        is_named_rgb = self.components == b"RGB" and not (self.has_adobe or self.has_jfif)
        return self.frame in (0xC0, 0xC1, 0xC2) and self.precision == 8 and not is_named_rgb


def read_jpeg(data: bytes, *, may_be_truncated: bool = False, keeps_profile: bool = True) -> Jpeg:
    """Read a JPEG file up to the first end-of-image marker.

    Args:
        data: The file.
        may_be_truncated: Accept a file that ends before its picture does.
        keeps_profile: Keep the ICC profile in the file without metadata.

    Raises:
        TruncatedError: The file ends before the picture does, unless `may_be_truncated`.
        ImageError: The file has too many scans or segments.
        ValueError: The file has no picture.
    """
    kept, dropped = [SIGNATURE], []
    frame = Segment(0, bytes(6))
    has_adobe = has_jfif = False
    scans = 0
    for segment in _segments(data, may_be_truncated=may_be_truncated):
        scans += segment.marker == SCAN
        if scans > MAX_SCANS:
            raise ImageError(
                f"it has more than {MAX_SCANS} scans; save it again as an ordinary (baseline) JPEG"
            )
        body = _kept(segment)
        if segment.marker == ICC and not keeps_profile:
            body = None
        if body is None:
            dropped.append(segment)
            continue
        if len(body) < len(segment.body):
            dropped.append(segment)
        has_adobe |= segment.marker == ADOBE
        has_jfif |= segment.marker == APP0
        frame = segment if segment.marker in FRAMES else frame
        kept += [struct.pack(">BBH", 0xFF, segment.marker, len(body) + 2), body, segment.scan]
    if not frame.marker or len(frame.body) < 6:
        raise ImageError("the JPEG contains no picture")
    kept.append(b"\xff\xd9")
    components = frame.body[6 : 6 + 3 * frame.body[5] : 3]
    return Jpeg(
        b"".join(kept),
        tuple(dropped),
        frame.marker,
        frame.body[0],
        components,
        has_adobe,
        has_jfif,
    )


def read_exif(data: bytes) -> bytes:
    """Return the EXIF data of a JPEG without its name; empty if there is none. Only what precedes the scans is read."""
    for segment in _segments(data[:MAX_HEAD], may_be_truncated=True):
        if segment.marker == SCAN:
            break
        if segment.marker == EXIF_OR_XMP and segment.body.startswith(EXIF_NAME):
            return segment.body[len(EXIF_NAME) :]
    return b""


MAX_HEAD = 1_000_000
"""Bytes in which EXIF data is looked for; cameras write it first."""


def _kept(segment: Segment) -> bytes | None:
    """Return the part of a segment's data that a decoder needs; None if it is metadata."""
    marker, body = segment.marker, segment.body
    if marker in TABLES or marker in FRAMES or marker == SCAN:
        return body
    if marker == ADOBE and body.startswith(ADOBE_NAME) and len(body) >= ADOBE_LENGTH:
        return body[:ADOBE_LENGTH]
    if marker == APP0 and body.startswith(JFIF_NAME) and len(body) >= JFIF_LENGTH + 2:
        return body[:JFIF_LENGTH] + bytes(2)
    if marker == ICC and body.startswith(ICC_NAME):
        return body
    return None


def _segments(data: bytes, *, may_be_truncated: bool) -> Iterator[Segment]:
    """Yield the segments up to the end-of-image marker, or to where the file is cut off."""
    at, count = len(SIGNATURE), 0
    while True:
        at = _next_marker(data, at)
        if at == len(data):
            if may_be_truncated:
                return
            raise TruncatedError("the end of the JPEG is missing")
        marker, at = data[at], at + 1
        if marker == END:
            return
        if marker in STANDALONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            at = len(data)
            continue
        body, at, scan = data[at + 2 : at + length], at + length, b""
        if marker == SCAN:
            match = NEXT_MARKER.search(data, at)
            end = match.start() if match else len(data)
            scan, at = data[at:end], end
        count += 1
        if count > MAX_SEGMENTS:
            raise ImageError(f"it has more than {MAX_SEGMENTS:,} segments; save it again")
        yield Segment(marker, body, scan)


def _next_marker(data: bytes, at: int) -> int:
    """Return the position after the FF of the next marker. Like libjpeg, skip what is not a marker, and fill bytes."""
    at = data.find(b"\xff", at)
    while 0 <= at < len(data) and data[at] == 0xFF:
        at += 1
    return len(data) if at < 0 else at


def save_jpeg(image: Any, *, optimize: bool = True, **options: Any) -> bytes:
    """Return a picture as a JPEG, with Huffman tables of its own unless `optimize` is false.

    Pillow lets other threads run while it writes to a file of the system, and not while it writes to an object of Python.
    """
    if (file := open_memory_file()) is not None:
        # A limit on the size of files counts for it, too. Pillow does not notice that it has written a part only.
        with suppress(OSError), file:
            image.save(file, "JPEG", optimize=optimize, **options)
            file.seek(0)
            if (data := file.read()).endswith(END_OF_IMAGE):
                return data
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", optimize=optimize, **options)
    return buffer.getvalue()
