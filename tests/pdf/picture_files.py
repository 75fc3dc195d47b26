"""Picture files of every kind, written from pixels without the library that the program uses to read them.

TIFF files of any number of bits, samples and tags (TIFF 6.0), PNG files of any depth with any chunks (PNG 1.2).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Samples = np.ndarray[Any, np.dtype[Any]]
SHORT, LONG, UNDEFINED = 3, 4, 7
SIZES = {SHORT: 2, LONG: 4, UNDEFINED: 1}


def tiff(
    samples: Samples, bits: Sequence[int], photometric: int, order: str = "<", **more: Any
) -> bytes:
    """A TIFF of one uncompressed strip. `samples` are rows of pixels of samples; `more` are `fill` (2: bits reversed) and further
    tags, such as `t274=6`."""
    height, width = samples.shape[:2]
    strip = packed(samples, bits[0], order)
    if more.get("fill", 1) == 2:
        reverse = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
        strip = strip.translate(reverse)
    tags: dict[int, Any] = {
        256: width,
        257: height,
        258: tuple(bits),
        259: 1,
        262: photometric,
        266: more.pop("fill", 1),
        273: 8,
        277: len(bits),
        278: height,
        279: len(strip),
    }
    tags |= {int(tag[1:]): value for tag, value in more.items()}
    return file(tags, strip, order)


def packed(samples: Samples, bits: int, order: str) -> bytes:
    """Samples as bytes: each row begins at a byte boundary."""
    if bits % 8 == 0:
        return samples.astype(f"{order}{samples.dtype.kind}{bits // 8}").tobytes()
    flat = samples.reshape(samples.shape[0], -1)
    shifts = np.arange(bits - 1, -1, -1)
    return np.packbits(
        ((flat[:, :, None] >> shifts) & 1).astype(np.uint8).reshape(flat.shape[0], -1), axis=1
    ).tobytes()


def file(tags: Mapping[int, Any], strip: bytes, order: str) -> bytes:
    """The header, the strip, the directory and the values that do not fit into its entries."""
    strip += bytes(len(strip) % 2)
    start = 8 + len(strip)
    entries, values = b"", b""
    after = start + 2 + 12 * len(tags) + 4
    for tag, value in sorted(tags.items()):
        kind = UNDEFINED if isinstance(value, bytes) else LONG if tag in (273, 279) else SHORT
        parts = value if isinstance(value, (tuple, bytes)) else (value,)
        data = bytes(parts) if kind == UNDEFINED else b""
        for part in () if kind == UNDEFINED else parts:
            data += struct.pack(order + ("H" if kind == SHORT else "I"), part)
        entries += struct.pack(order + "HHI", tag, kind, len(parts))
        if len(data) > 4:
            entries += struct.pack(order + "I", after + len(values))
            values += data + bytes(len(data) % 2)
        else:
            entries += data.ljust(4, b"\0")
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start)
    return head + strip + struct.pack(order + "H", len(tags)) + entries + bytes(4) + values


def png(samples: Samples, bits: int, colour: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of rows of pixels of samples, with chunks before the pixels."""
    height, width = samples.shape[:2]
    rows = packed(samples, bits, ">")
    length = len(rows) // height
    data = b"".join(b"\0" + rows[at : at + length] for at in range(0, len(rows), length))
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    every = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in every
    )
