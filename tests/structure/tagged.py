"""The structure tree of a tagged PDF with the text of every element, parsed by pypdf from the file alone.

Also lists inconsistencies between the tree and the pages: unclaimed marked content, wrong parents, untagged content.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pypdf
from pypdf.generic import ContentStream

SHOWS = {b"Tj", b"TJ"}
PAINTS = SHOWS | {b"f", b"f*", b"S", b"B", b"B*", b"Do"}

Mark = tuple[int, int]
"""Marked content: page index and MCID."""


@dataclass
class Node:
    """A structure element."""

    role: str
    alt: str = ""
    language: str = ""
    traits: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    name: str = ""

    @property
    def text(self) -> str:
        """The text of the element and its children."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def all(self, role: str) -> Iterator[Node]:
        """Return all elements of a structure type, in order."""
        if self.role == role:
            yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all(role)

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Return the tree as lines of structure types, attributes and text."""
        plain = {key: value for key, value in self.traits.items() if key != "BBox"}
        parts = [f"{key}={value}" for key, value in sorted(plain.items()) if key != "Placement"]
        parts += [self.language] if self.language else []
        parts += [f"alt {self.alt!r}"] if self.alt else []
        parts += [f"to {link}" for link in dict.fromkeys(self.links)]
        nodes = [kid for kid in self.kids if isinstance(kid, Node)]
        if self.text and not self.alt and (self._own or not nodes):
            parts.append(repr(self.text))
        yield "  " * depth + " ".join([self.role, *parts])
        for node in nodes:
            yield from node.lines(depth + 1)

    @property
    def _own(self) -> bool:
        return any(isinstance(kid, str) for kid in self.kids)


def tree_of(pdf: bytes) -> Node:
    """Return the document element."""
    return _read_pdf(pdf).root()


def outline_of(pdf: bytes) -> list[str]:
    """Return the content of the document's only section, as lines."""
    (section,) = tree_of(pdf).kids
    assert isinstance(section, Node)
    assert section.role == "Sect"
    return [line[2:] for line in list(section.lines())[1:]]


def faults(pdf: bytes) -> list[str]:
    """Return the inconsistencies between the tree and the pages."""
    return list(_read_pdf(pdf).faults())


@lru_cache(maxsize=2)
def _read_pdf(pdf: bytes) -> _Reading:
    return _Reading(pdf)


class _Reading:
    def __init__(self, pdf: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(pdf))
        self.catalog: Any = self.reader.trailer["/Root"]
        pages: list[Any] = list(self.reader.pages)
        self.pages = {page.indirect_reference.idnum: at for at, page in enumerate(pages)}
        self.words: dict[Mark, str] = {}
        self.outside: list[str] = []
        for at in range(len(self.reader.pages)):
            self._read(at)

    def root(self) -> Node:
        top = self.catalog["/StructTreeRoot"]["/K"].get_object()
        return self._node(top)

    def _node(self, element: Any) -> Node:
        node = Node(
            element["/S"][1:],
            str(element.get("/Alt", "")),
            str(element.get("/Lang", "")),
            name=str(element.get("/ID", "")),
        )
        for attributes in element.get("/A", []):
            node.traits |= {key[1:]: value for key, value in attributes.items() if key != "/O"}
        for kid in (one.get_object() for one in element["/K"]):
            if kid.get("/Type") == "/MCR":
                page = kid.raw_get("/Pg").idnum
                node.kids.append(self.words[self.pages[page], int(kid["/MCID"])])
            elif kid.get("/Type") == "/OBJR":
                annotation = kid["/Obj"]
                node.links.append(str(annotation["/A"]["/URI"]) if "/A" in annotation else "#")
                node.contents.append(str(annotation["/Contents"]))
            else:
                node.kids.append(self._node(kid))
        return node

    # The pages

    def _read(self, at: int) -> None:
        page: Any = self.reader.pages[at]
        fonts = {name: _texts(font) for name, font in page["/Resources"].get("/Font", {}).items()}
        font: dict[int, str] = {}
        marks: list[Mark | None] = []
        stream = ContentStream(page["/Contents"].get_object(), self.reader)
        for operands, operator in stream.operations:
            if operator in (b"BDC", b"BMC"):
                real = operands[0] != "/Artifact"
                marks.append((at, int(operands[1]["/MCID"])) if real else None)
                if marks[-1]:
                    self.words.setdefault(marks[-1], "")
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator in PAINTS:
                if not marks:
                    self.outside.append(
                        f"page {at}: {operator!r} is neither real content nor artifact"
                    )
                elif marks[-1] and operator in SHOWS:
                    self.words[marks[-1]] += _shown(operands[0], font)
        assert not marks, "a mark is left open"

    # Inconsistencies

    def faults(self) -> Iterator[str]:
        yield from self.outside
        claimed = list(self._claims(self.catalog["/StructTreeRoot"]["/K"]))
        marks = [mark for mark, _ in claimed]
        for mark in self.words.keys() - set(marks):
            yield f"{mark}: claimed by no element"
        for mark, count in Counter(marks).items():
            if count > 1:
                yield f"{mark}: claimed more than once"
        parents = self._parents()
        for (page, number), element in claimed:
            row = parents[int(self.reader.pages[page]["/StructParents"])]  # type: ignore[call-overload]
            if row[number].idnum != element:
                yield f"{page, number}: its parent is another element"
        for leaf in self.reader.pages:
            for annotation in leaf.get("/Annots", []):
                parent = parents[int(annotation.get_object()["/StructParent"])]
                if parent.get_object()["/S"] != "/Link":
                    yield f"a link is in {parent.get_object()['/S']}"

    def _claims(self, reference: Any) -> Iterator[tuple[Mark, int]]:
        element = reference.get_object()
        number = element.indirect_reference.idnum
        for kid in element["/K"]:
            inner = kid.get_object()
            if inner.get("/Type") == "/MCR":
                yield (self.pages[inner.raw_get("/Pg").idnum], int(inner["/MCID"])), number
            elif inner.get("/Type") != "/OBJR":
                assert inner.raw_get("/P").idnum == number, "a kid names another parent"
                yield from self._claims(kid)

    def _parents(self) -> dict[int, Any]:
        nums = self.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        return {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}


def _texts(font: Any) -> dict[int, str]:
    """Return the ToUnicode mapping of a font."""
    data = font["/ToUnicode"].get_data().decode("ascii")
    pairs = re.findall(r"^<(\w{4})> <(\w*)>$", data, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _shown(operand: Any, font: dict[int, str]) -> str:
    parts = operand if isinstance(operand, list) else [operand]
    strings = [part for part in parts if isinstance(part, (str, bytes))]
    return "".join(_decoded(string, font) for string in strings)


def _decoded(string: Any, font: dict[int, str]) -> str:
    data = string.original_bytes if hasattr(string, "original_bytes") else bytes(string)
    codes = (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
    return "".join(font[code] for code in codes)
