"""Image XObjects (ISO 32000-1, 8.9.5) with soft masks, and their form in the image cache."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix
from brochure.pdf.objects import Array, Dictionary, Stream, name
from brochure.pdf.output import Document

Entries = Mapping[str, Any]
"""Entries of an image dictionary (table 89) as plain data: str is a name, list an array, dict a dictionary."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An image: its dictionary's entries, its encoded data, and its soft mask (11.6.5).

    `orientation` is the EXIF orientation with which it must be placed; only data that was not converted has one. `profile` is
    the ICC profile of its colour space, if it has one.
    """

    entries: Entries
    data: bytes | memoryview
    mask: Stored | None = None
    orientation: int = 1
    profile: bytes = b""


def size(stored: Stored) -> int:
    """Return the image's bytes, including its mask."""
    return len(stored.data) + len(stored.profile) + (size(stored.mask) if stored.mask else 0)


def embed(
    stored: Stored, key: str, document: Document, made_of: str, color_space: Any = None
) -> None:
    """Register the image in a document.

    Args:
        stored: The image.
        key: Its name.
        document: The document.
        made_of: The digest of all that the image depends on.
        color_space: The colour space, if it is an object of the document and not in the image's entries.
    """
    stream = Stream(_dictionary(stored.entries), stored.data, made_of.encode("ascii"))
    if color_space is not None:
        stream.dictionary["ColorSpace"] = color_space
    stream.dictionary["Type"], stream.dictionary["Subtype"] = "/XObject", "/Image"
    if stored.mask:
        embed(stored.mask, f"{key}.mask", document, f"{made_of} mask")
        stream.dictionary["SMask"] = document.image_reference(f"{key}.mask")
    document.add_image(key, stream)


UPRIGHT_MATRICES = {
    1: IDENTITY,
    2: Matrix(-1, 0, 0, 1, 1, 0),
    3: Matrix(-1, 0, 0, -1, 1, 1),
    4: Matrix(1, 0, 0, -1, 0, 1),
    5: Matrix(0, -1, -1, 0, 1, 1),
    6: Matrix(0, -1, 1, 0, 0, 1),
    7: Matrix(0, 1, 1, 0, 0, 0),
    8: Matrix(0, 1, -1, 0, 1, 0),
}
"""For each EXIF orientation (EXIF 2.3, 4.6.4), how the unit square in which an image is painted is turned to be upright."""


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


def serialize(stored: Stored) -> bytes:
    """Serialize the image."""
    entries = json.dumps(dict(stored.entries)).encode("ascii")
    mask = serialize(stored.mask) if stored.mask else b""
    head = struct.pack(HEAD, len(entries), len(stored.profile), len(stored.data))
    return b"".join((head, entries, stored.profile, stored.data, mask))


def deserialize(data: bytes | memoryview) -> Stored:
    """Deserialize an image.

    Raises:
        ValueError: The bytes are not a valid image.
    """
    start = struct.calcsize(HEAD)
    if len(data) < start:
        raise ValueError("incomplete header")
    entries_length, profile_length, length = struct.unpack_from(HEAD, data)
    profile_start = start + entries_length
    data_start = profile_start + profile_length
    end = data_start + length
    if end > len(data):
        raise ValueError("incomplete image")
    view = memoryview(data)
    entries = json.loads(bytes(view[start:profile_start]))
    mask = deserialize(view[end:]) if end < len(data) else None
    profile = bytes(view[profile_start:data_start])
    return Stored(entries, view[data_start:end], mask, profile=profile)


HEAD = ">IIQ"
