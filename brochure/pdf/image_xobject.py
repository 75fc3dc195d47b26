"""Image XObjects (ISO 32000-1, 8.9.5), with soft masks, and the bytes that the picture cache keeps of them."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.pdf.objects import Array, Dictionary, Stream, name
from brochure.pdf.output import Document
from brochure.system.lru_cache import LruCache

Entries = Mapping[str, Any]
"""Entries of an image dictionary (table 89) as plain data: a str is a name, a list an array, a dict a dictionary."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An image: its dictionary's entries, its data as the filter wants it, and its soft mask (11.6.5)."""

    entries: Entries
    data: bytes | memoryview
    mask: Stored | None = None


def size(stored: Stored) -> int:
    """Its bytes, with those of its mask."""
    return len(stored.data) + (size(stored.mask) if stored.mask else 0)


MAX_BYTES = 200_000_000
RECENT: LruCache[str, Stored] = LruCache(MAX_BYTES, size)
"""Images by the digests of all that they were made from, for the next edition or build in this process."""


def embed(stored: Stored, key: str, document: Document, made_of: str) -> None:
    """Register the image in a document. `made_of` is the digest of all that it was made from."""
    stream = Stream(_dictionary(stored.entries), stored.data, made_of.encode("ascii"))
    stream.dictionary["Type"], stream.dictionary["Subtype"] = "/XObject", "/Image"
    if stored.mask:
        embed(stored.mask, f"{key}.mask", document, f"{made_of} mask")
        stream.dictionary["SMask"] = document.image_reference(f"{key}.mask")
    document.add_image(key, stream)


def _dictionary(entries: Entries) -> Dictionary:
    return Dictionary(**{key: _value(value) for key, value in entries.items()})


def _value(value: Any) -> Any:
    match value:
        case str():
            return name(value)
        case list():
            return Array(value)
        case dict():
            return _dictionary(value)
        case _:
            return value


def packed(stored: Stored) -> bytes:
    """The image as bytes."""
    entries = json.dumps(dict(stored.entries)).encode("ascii")
    mask = packed(stored.mask) if stored.mask else b""
    head = struct.pack(HEAD, len(entries), len(stored.data))
    return b"".join((head, entries, stored.data, mask))


def unpacked(kept: bytes | memoryview) -> Stored | None:
    """The image that these bytes hold; None where they hold none."""
    start = struct.calcsize(HEAD)
    if len(kept) < start:
        return None
    words, length = struct.unpack_from(HEAD, kept)
    end = start + words + length
    if end > len(kept):
        return None
    seen = memoryview(kept)
    try:
        entries = json.loads(bytes(seen[start : start + words]))
    except ValueError:
        return None
    mask = unpacked(seen[end:]) if end < len(kept) else None
    return Stored(entries, seen[start + words : end], mask)


HEAD = ">IQ"
