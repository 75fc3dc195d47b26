"""Object streams and cross-reference streams (ISO 32000-1, 7.5.7 and 7.5.8).

Screen files use them, which reduces a tagged file to a third. Press files do not, since some RIPs cannot read them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brochure.pdf.objects import Array, Stream, deflate

MAX_OBJECTS = 200
"""Objects in one object stream; a reader must decompress all of them to read one."""

FREE, PLAIN, PACKED = 0, 1, 2
"""Types of entries in a cross-reference stream (table 18)."""

Entry = tuple[int, int, int]
"""Type, offset (or number of the object stream), generation (or index in the object stream)."""


def object_stream(objects: Sequence[tuple[int, bytes]]) -> Stream:
    """Return an object stream: numbers and offsets first, then the objects."""
    offsets, at = [], 0
    for number, data in objects:
        offsets.append(f"{number} {at}")
        at += len(data) + 1
    head = " ".join(offsets).encode("ascii") + b"\n"
    body = b"\n".join(data for _, data in objects)
    return deflate(head + body, Type="/ObjStm", N=len(objects), First=len(head))


def cross_reference_stream(entries: Mapping[int, Entry], trailer: Mapping[str, Any]) -> Stream:
    """Return the cross-reference stream; `trailer` are the entries that a trailer would have.

    Each row has a byte for the type, four for the offset and two for the rest.
    """
    rows = b"".join(
        kind.to_bytes(1, "big") + offset.to_bytes(4, "big") + rest.to_bytes(2, "big")
        for _, (kind, offset, rest) in sorted({0: (FREE, 0, 0xFFFF), **entries}.items())
    )
    return deflate(rows, Type="/XRef", Size=len(entries) + 1, W=Array([1, 4, 2]), **trailer)
