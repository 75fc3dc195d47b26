"""The roll: a PDF that is written as it grows, for files that no memory holds.

Takes objects that are PDF already, and pages with their boxes; writes each at once, and remembers where it stands and what
is still to come. A content stream that was there before is not written again: pages that look alike share it. In the end
come the trees and the table of places (ISO 32000-1, 7.5.4, 7.7.3). Same inputs, same bytes.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping
from typing import BinaryIO

from brochure.paint.assembly import MARK, Data, Version
from brochure.paint.operators import dictionary
from brochure.paint.writer import WrittenPage, contents_of, page_dictionary

KIDS = 128
"""How many pages a node of the page tree has; its root has as many nodes as are needed."""

APART = ("Font", "ColorSpace", "ExtGState")
"""Shared resources that stand in objects of their own, since pages with forms have a dictionary of their own around them."""

MOST_BYTES = 9_999_999_999
"""As far as a place in the table reaches, which has ten digits."""


class Roll:
    """A PDF in the making, open for writing."""

    def __init__(self, out: BinaryIO, language: str, version: Version) -> None:
        self.out = out
        self.pages = 0
        self._places = array("Q")
        self._at = 0
        self._digest = hashlib.blake2b(digest_size=16)
        self._contents: dict[bytes, str] = {}
        self._put(f"%PDF-{version[0]}.{version[1]}\n".encode("ascii") + MARK)
        self._catalog = {"Lang": f"({language})"}
        self._info: dict[str, str] = {}
        self._root = self.reserve()
        self._nodes: list[str] = []
        self._node, self._kids = "", list[str]()
        self._shared, self._inner = self.reserve(), ""
        self._parts = {name: self.reserve() for name in APART}

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._at

    # Objects

    def refer(self, data: Data | str, key: str, made_of: str = "") -> str:
        """Writes an object; gives the reference to it. Nothing here needs its key."""
        del key, made_of
        reference = self.reserve()
        self.fill(reference, data)
        return reference

    def reserve(self) -> str:
        """The reference to an object that is yet to be written."""
        self._places.append(0)
        return f"{len(self._places)} 0 R"

    def fill(self, reference: str, data: Data | str) -> None:
        """Writes an object that was reserved."""
        number = int(reference.split(" ", 1)[0])
        self._places[number - 1] = self._at
        whole = data.encode("ascii") if isinstance(data, str) else data
        parts = (whole,) if isinstance(whole, bytes) else whole
        for part in (b"%d 0 obj\n" % number, *parts, b"\nendobj\n"):
            self._put(part)

    def _put(self, data: bytes | memoryview) -> None:
        self.out.write(data)
        self._digest.update(data)
        self._at += len(data)

    # What pages share

    @property
    def inner(self) -> str:
        """The reference to what forms draw on."""
        self._inner = self._inner or self.reserve()
        return self._inner

    def resources(self, **entries: str) -> None:
        """What all pages draw on."""
        for name, reference in self._parts.items():
            self.fill(reference, entries[name])
        self.fill(self._shared, dictionary(**{**entries, **self._parts}))

    def inner_resources(self, **entries: str) -> None:
        """What forms draw on, where there are forms."""
        if self._inner:
            self.fill(self._inner, dictionary(**{**entries, **self._parts}))

    def catalog(self, **entries: str) -> None:
        """Entries of the document's catalogue."""
        self._catalog |= entries

    def info(self, **entries: str) -> None:
        """The document's information dictionary."""
        self._info = entries

    # Pages

    def page(self, page: WrittenPage, named: Mapping[str, str]) -> str:
        """Writes one page behind the others; gives the reference to it. `named` are the forms that it shows, and pictures."""
        shared = self._shared
        if named:
            objects = dictionary(**named)
            shared = dictionary(**self._parts, XObject=objects)
        content = self._content(*contents_of(page))
        reference = self.refer(page_dictionary(page, self._parent(), content, shared), "")
        self._kids.append(reference)
        self.pages += 1
        return reference

    def _content(self, operators: bytes, stream: bytes) -> str:
        """The stream of these operators, written where it is not there yet."""
        digest = hashlib.blake2b(operators, digest_size=16).digest()
        if digest not in self._contents:
            self._contents[digest] = self.refer(stream, "")
        return self._contents[digest]

    def _parent(self) -> str:
        """The node that the next page hangs on."""
        if len(self._kids) == KIDS:
            self._end_node()
        self._node = self._node or self.reserve()
        return self._node

    def _end_node(self) -> None:
        kids = " ".join(self._kids)
        node = dictionary(
            Type="/Pages", Parent=self._root, Kids=f"[{kids}]", Count=str(len(self._kids))
        )
        self.fill(self._node, node)
        self._nodes.append(self._node)
        self._node, self._kids = "", []

    # The end

    def close(self) -> None:
        """Writes what was left for the end: the page tree's root, the catalogue, the table of places."""
        if self._kids:
            self._end_node()
        kids = f"[{' '.join(self._nodes)}]"
        self.fill(self._root, dictionary(Type="/Pages", Kids=kids, Count=str(self.pages)))
        root = self.refer(dictionary(Type="/Catalog", Pages=self._root, **self._catalog), "")
        info = self.refer(dictionary(**self._info), "")
        identity, start, size = self._digest.hexdigest(), self._at, len(self._places) + 1
        self._put(f"xref\n0 {size}\n0000000000 65535 f \n".encode("ascii"))
        for first in range(0, len(self._places), 1000):
            rows = self._places[first : first + 1000]
            self._put("".join(f"{place:010d} 00000 n \n" for place in rows).encode("ascii"))
        entries = dictionary(
            Size=str(size), Root=root, Info=info, ID=f"[<{identity}> <{identity}>]"
        )
        self._put(f"trailer\n{entries}\nstartxref\n{start}\n%%EOF\n".encode("ascii"))
