"""Assembly: numbered objects into one file, with the table that says where each stands.

Takes objects that are PDF already and the trailer's entries; gives the file. A press file is plain, as every RIP reads
it; a screen file packs what is no stream into object streams and its table into one stream (ISO 32000-1, 7.5.4, 7.5.7,
7.5.8), which makes a tagged file a third as large.
"""

from __future__ import annotations

from collections.abc import Sequence

from brochure.frozen import dataclass
from brochure.pdf.operators import deflated

Version = tuple[int, int]

Data = bytes | tuple[bytes | memoryview, ...]
"""An object that is PDF already, whole or in parts that are not worth copying."""

MARK = b"%\xb5\xb6\xbc\xbd\n"
"""Bytes that no text has, so that no program takes the file for one (7.5.2)."""

PACK = 200
"""The most objects in one object stream: more would have to be read for any one of them."""

FREE, PLAIN, PACKED = 0, 1, 2
"""The kinds of entry in a cross-reference stream (table 18)."""


@dataclass(frozen=True, slots=True)
class Body:
    """The numbered objects, from 1; the version they are written for; the trailer's entries but for its size."""

    objects: Sequence[Data]
    version: Version
    trailer: str


Parts = tuple[bytes | memoryview, ...]
"""A file in parts: what is large in it is not worth copying before it is written."""


def plain(body: Body) -> Parts:
    """The file with every object in the open and a table of offsets."""
    out = _Parts(_head(body.version))
    offsets = [out.add(number, data) for number, data in enumerate(body.objects, 1)]
    size = len(offsets) + 1
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<</Size {size} {body.trailer}>>\n"
    return out.closed(table.encode("ascii"))


def packed(body: Body) -> Parts:
    """The file with its dictionaries packed; streams stand in the open."""
    out = _Parts(_head(body.version))
    entries: dict[int, tuple[int, int, int]] = {0: (FREE, 0, 0xFFFF)}
    held: list[tuple[int, bytes]] = []
    for number, data in enumerate(body.objects, 1):
        if not isinstance(data, bytes) or data.endswith(b"endstream"):
            entries[number] = (PLAIN, out.add(number, data), 0)
        else:
            held.append((number, data))
    number = len(body.objects)
    for first in range(0, len(held), PACK):
        number += 1
        pack = held[first : first + PACK]
        entries |= {one: (PACKED, number, at) for at, (one, _) in enumerate(pack)}
        entries[number] = (PLAIN, out.add(number, _pack(pack)), 0)
    entries[number + 1] = (PLAIN, out.length, 0)
    return out.closed(_object(number + 1, _table(entries, body.trailer)))


def _head(version: Version) -> bytes:
    return f"%PDF-{version[0]}.{version[1]}\n".encode("ascii") + MARK


class _Parts:
    """The file's parts in order."""

    def __init__(self, head: bytes) -> None:
        self._parts: list[bytes | memoryview] = [head]
        self.length = len(head)

    def add(self, number: int, data: Data) -> int:
        """Puts an object behind the others; gives its offset."""
        offset = self.length
        parts = (data,) if isinstance(data, bytes) else data
        for part in (b"%d 0 obj\n" % number, *parts, b"\nendobj\n"):
            self._parts.append(part)
            self.length += len(part)
        return offset

    def closed(self, table: bytes) -> Parts:
        """The file, with the table of what stands where and, behind it, where that begins."""
        foot = f"startxref\n{self.length}\n%%EOF\n".encode("ascii")
        return (*self._parts, table, foot)


def _object(number: int, data: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, data)


def _pack(pack: Sequence[tuple[int, bytes]]) -> bytes:
    """An object stream: numbers and places first, then the objects."""
    places, at = [], 0
    for number, data in pack:
        places.append(f"{number} {at}")
        at += len(data) + 1
    head = " ".join(places).encode("ascii") + b"\n"
    objects = b"\n".join(data for _, data in pack)
    return deflated(f"/Type /ObjStm /N {len(pack)} /First {len(head)}", head + objects)


def _table(entries: dict[int, tuple[int, int, int]], trailer: str) -> bytes:
    """The cross-reference stream: a byte for the kind, four for the place, two for the rest."""
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + rest.to_bytes(2, "big")
        for _, (kind, place, rest) in sorted(entries.items())
    )
    return deflated(f"/Type /XRef /Size {len(entries)} /W [1 4 2] {trailer}", rows)
