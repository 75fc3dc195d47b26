"""Damaged pictures: sizes in headers, lengths of chunks and segments, false profiles and EXIF, truncated data.

Damages a good JPEG, PNG, TIFF or WebP, depending on its first bytes. The checksums of PNG chunks are usually corrected, because
otherwise readers would stop at them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from random import Random

from tests.fuzz.mutants import _bytes

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
SIZES = (0, 1, 2, 47, 49, 4000, 16383, 30000, 65500, 65535, 0x7FFFFFFF, 0xFFFFFFFF)
Chunk = tuple[bytes, bytes]


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the picture after a change for its own format, or one for any file."""
    if rng.random() < 0.35:
        return _bytes.damaged(data, rng)
    if data.startswith(PNG_HEAD):
        return _png(data, rng)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data, rng)
    if data[8:12] == b"WEBP":
        return _webp(data, rng)
    return _tiff(data, rng)


def _among(chunks: list[Chunk], rng: Random) -> list[Chunk]:
    """Damage the inside of a chunk, remove, repeat or move one, or make its data very long or empty."""
    at = rng.randrange(len(chunks))
    name, body = chunks[at]
    match rng.randrange(6):
        case 0 | 1:
            chunks[at] = (name, _bytes.damaged(body, rng) if body else b"\0" * 9)
        case 2:
            del chunks[at]
        case 3:
            chunks[at:at] = [chunks[at]] * rng.choice((1, 1, 60))
        case 4:
            chunks.insert(rng.randrange(len(chunks)), chunks.pop(at))
        case _:
            chunks[at] = (name, rng.choice((b"", body * 3, b"\0" * 100_000)))
    return chunks


# PNG (ISO 15948)


def _png(data: bytes, rng: Random) -> bytes:
    chunks = list(_png_chunks(data))
    if rng.random() < 0.5:
        chunks[0] = (b"IHDR", _header(chunks[0][1], rng))
    if rng.random() < 0.6:
        chunks = _among(chunks, rng)
    if rng.random() < 0.2:
        body = rng.choice(
            (zlib.compress(b"\0" * 3_000_000), zlib.compress(b"x" * 10)[:-3], rng.randbytes(40))
        )
        name = rng.choice(
            (
                b"iCCP",
                b"zTXt",
                b"iTXt",
                b"IDAT",
                b"eXIf",
                b"tRNS",
                b"PLTE",
                b"gAMA",
                b"cHRM",
                b"acTL",
                b"fcTL",
                b"fdAT",
            )
        )
        chunks.insert(
            rng.randrange(1, len(chunks) + 1), (name, b"p\0\0" * (name == b"iCCP") + body)
        )
    true = rng.random() < 0.9
    return PNG_HEAD + b"".join(_png_chunk(chunk, true=true) for chunk in chunks)


def _header(body: bytes, rng: Random) -> bytes:
    """Change one of width, height, depth, colour type, compression, filter, interlace."""
    at = rng.choice((0, 4, 8, 9, 10, 11, 12))
    if at < 8:
        return body[:at] + struct.pack(">I", rng.choice(SIZES)) + body[at + 4 :]
    return body[:at] + bytes([rng.choice((0, 1, 2, 3, 4, 6, 8, 16, 255))]) + body[at + 1 :]


def _png_chunks(data: bytes) -> Iterator[Chunk]:
    at = len(PNG_HEAD)
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 12 + length


def _png_chunk(chunk: Chunk, *, true: bool) -> bytes:
    name, body = chunk
    check = zlib.crc32(name + body) if true else 7
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


# JPEG (ITU-T T.81, annex B)


def _jpeg(data: bytes, rng: Random) -> bytes:
    segments, scan = _jpeg_segments(data)
    for at, (name, body) in enumerate(segments):
        if name[1] in (0xC0, 0xC2) and rng.random() < 0.4:
            segments[at] = (name, _frame(body, rng))
    if rng.random() < 0.7:
        segments = _among(segments, rng)
    if rng.random() < 0.2:
        scan = _bytes.damaged(scan, rng)
    if rng.random() < 0.1:
        segments.append(
            (
                bytes([0xFF, rng.choice((0xC1, 0xC3, 0xC9, 0xDD, 0xE2, 0xED, 0xEE, 0xFE))]),
                rng.randbytes(12),
            )
        )
    return b"\xff\xd8" + b"".join(map(_jpeg_segment, segments)) + scan


def _frame(body: bytes, rng: Random) -> bytes:
    """Change the depth, height, width, number of components, or sampling factors."""
    at = rng.choice((0, 1, 1, 3, 3, 5, 6, 7, 8))
    if at in (1, 3):
        return body[:at] + struct.pack(">H", rng.choice(SIZES) & 0xFFFF) + body[at + 2 :]
    return body[:at] + bytes([rng.choice((0, 1, 2, 3, 4, 5, 12, 0x11, 0x44, 255))]) + body[at + 1 :]


def _jpeg_segments(data: bytes) -> tuple[list[Chunk], bytes]:
    """Return the segments before the scan, and the rest."""
    found, at = [], 2
    while at + 4 <= len(data):
        (length,) = struct.unpack_from(">H", data, at + 2)
        found.append((data[at : at + 2], data[at + 4 : at + 2 + length]))
        at += 2 + length
        if found[-1][0] == b"\xff\xda":
            break
    return found, data[at:]


def _jpeg_segment(segment: Chunk) -> bytes:
    name, body = segment
    return name + struct.pack(">H", min(0xFFFF, len(body) + 2)) + body[:0xFFFD]


# TIFF (revision 6.0, section 2)


def _tiff(data: bytes, rng: Random) -> bytes:
    """Change the tag, type, count or value of an entry of the directory."""
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    for _ in range(rng.choice((1, 1, 2, 3))):
        entry = start + 2 + 12 * rng.randrange(count)
        at, width = rng.choice(((0, 2), (2, 2), (4, 4), (8, 4), (8, 4), (8, 2)))
        if rng.random() < 0.3 and at == 8:
            data = data[: entry + 8] + struct.pack("<I", rng.choice(SIZES)) + data[entry + 12 :]
        else:
            data = _bytes.with_figure(data, entry + at, width, rng, little=True)
    if rng.random() < 0.1:
        again = struct.pack("<I", rng.choice((start, 8, len(data) - 4)))  # a cycle of directories
        data = data[: start + 2 + 12 * count] + again + data[start + 6 + 12 * count :]
    return data


# WebP (RFC 9649)


def _webp(data: bytes, rng: Random) -> bytes:
    chunks = list(_webp_chunks(data))
    if rng.random() < 0.5:
        at = rng.randrange(len(chunks))
        name, body = chunks[at]
        chunks[at] = (
            name,
            _bytes.with_figure(body, rng.randrange(10), rng.choice((1, 2, 4)), rng, little=True),
        )
    else:
        chunks = _among(chunks, rng)
    whole = b"WEBP" + b"".join(_webp_chunk(chunk) for chunk in chunks)
    length = len(whole) if rng.random() < 0.8 else rng.choice(SIZES) & 0xFFFFFFFF
    return b"RIFF" + struct.pack("<I", length) + whole


def _webp_chunks(data: bytes) -> Iterator[Chunk]:
    at = 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _webp_chunk(chunk: Chunk) -> bytes:
    name, body = chunk
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
