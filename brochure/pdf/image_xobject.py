"""Stored pictures: an image object with its soft mask, and the same as bytes that can be kept.

Takes the entries and data of image streams; gives references to them in a document, and the bytes under which the picture
cache keeps them between builds.
"""

from __future__ import annotations

import struct

from brochure.frozen import dataclass
from brochure.pdf.objects import Objects
from brochure.pdf.operators import stream_parts
from brochure.recent import Recent


@dataclass(frozen=True, slots=True)
class Stored:
    """An image stream: its dictionary's entries, its data as the filter wants it, and its soft mask (11.6.5)."""

    entries: str
    data: bytes | memoryview
    mask: Stored | None = None


def size(stored: Stored) -> int:
    """Its bytes, with those of its mask."""
    return len(stored.data) + (size(stored.mask) if stored.mask else 0)


MOST = 200_000_000
RECENT: Recent[str, Stored] = Recent(MOST, size)
"""Pictures under the digests of all that they were made from, for the next edition or the next build in this process."""


def put(stored: Stored, key: str, writer: Objects, made_of: str) -> str:
    """The picture into a document; the reference to it. `made_of` says all that it was made from."""
    entries = stored.entries
    if stored.mask:
        entries += f" /SMask {put(stored.mask, key + 'm', writer, made_of + ' mask')}"
    return writer.refer(stream_parts(entries, stored.data), key, made_of)


def packed(stored: Stored) -> bytes:
    """The picture as bytes."""
    entries = stored.entries.encode("ascii")
    mask = packed(stored.mask) if stored.mask else b""
    return b"".join(
        (struct.pack(">IQ", len(entries), len(stored.data)), entries, stored.data, mask)
    )


def unpacked(kept: bytes | memoryview) -> Stored | None:
    """The picture that these bytes keep; None where they keep none."""
    if len(kept) < HEAD:
        return None
    words, length = struct.unpack_from(">IQ", kept)
    end = HEAD + words + length
    if end > len(kept):
        return None
    seen = memoryview(kept)
    mask = unpacked(seen[end:]) if end < len(kept) else None
    entries = str(seen[HEAD : HEAD + words], "ascii")
    return Stored(entries, seen[HEAD + words : end], mask)


HEAD = struct.calcsize(">IQ")
