"""Tagged PDF: structure tree and marked content (ISO 32000-1, 14.7 and 14.8).

Marked-content operators enclose items of a content stream; the structure tree refers to them and to links, with a parent
tree for the reverse direction. What is not in the tree is marked as an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from brochure.geometry import Rect
from brochure.imposition.sheets import Sheet
from brochure.model.display_list import Bookmark, Item, Link, visible_bounds
from brochure.pdf.engine import PDFObjectReference
from brochure.pdf.objects import Array, Dictionary, name, text
from brochure.pdf.output import Document
from brochure.structure.structure_tree import Element, LinkReference, MarkedContent, Tree, paints

OWNERS = {
    "ListNumbering": "List",
    "Scope": "Table",
    "ColSpan": "Table",
    "RowSpan": "Table",
    "Role": "PrintField",
    "checked": "PrintField",
}
"""The attribute object of each trait (14.8.5)."""

NAMES = frozenset({"ListNumbering", "Scope", "Role", "checked"})
"""Traits whose values are names, not numbers."""


class PageTags:
    """The marked content of one page: the piece that each item belongs to, and the MCIDs of pieces opened so far.

    Pieces are compared by identity: two pieces with equal items are different.
    """

    def __init__(self, pieces: Sequence[MarkedContent | None], roles: Mapping[int, str]) -> None:
        self.opened: dict[int, int] = {}
        self._pieces = pieces
        self._roles = roles
        self._open: object = None

    def before(self, at: int, item: Item) -> Iterator[str]:
        """Yield the operators before an item: the end of one sequence, the beginning of the next."""
        if isinstance(item, (Bookmark, Link)) or not paints(item):
            return
        piece = self._pieces[at]
        owner = piece or ("artifact", item.tag.artifact)
        if owner == self._open:
            return
        yield from self.end()
        self._open = owner
        if piece is None:
            yield _artifact(item.tag.artifact)
        else:
            yield f"/{self._roles[id(piece)]} <</MCID {len(self.opened)}>> BDC"
            self.opened[id(piece)] = len(self.opened)

    def reset(self) -> None:
        """Discard the pieces opened so far."""
        self.opened.clear()
        self._open = None

    def end(self) -> Iterator[str]:
        """Yield the operators that end the open sequence."""
        if self._open is not None:
            yield "EMC"
        self._open = None


def _artifact(kind: str) -> str:
    return f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC"


class StructureTree:
    """The tags of a document that is being written."""

    def __init__(self, document: Document, tree: Tree, sheets: Sequence[Sheet]) -> None:
        self.document = document
        self.tree = tree
        self.sheets = sheets
        self._roles = dict(_roles(tree.root))
        self._pages: list[PageTags] = []
        self._annotations: dict[int, tuple[PDFObjectReference, int]] = {}
        self._references: dict[int, PDFObjectReference] = {}
        self._notes: list[tuple[str, PDFObjectReference]] = []

    def page(self) -> PageTags:
        """Return the tags of the next page."""
        tags = PageTags(self.tree.pieces[len(self._pages)], self._roles)
        self._pages.append(tags)
        return tags

    @property
    def page_entries(self) -> dict[str, Any]:
        """Return entries of the current page: its key in the parent tree, and tab order by structure."""
        return {"StructParents": len(self._pages) - 1, "Tabs": "/S"}

    def link_entries(self, at: int) -> dict[str, Any]:
        """Return entries of a link annotation of the current page: its description, and its key in the parent tree."""
        element = self.tree.links[len(self._pages) - 1][at]
        words = element.text or _alt(element) or element.leads_to
        return {"Contents": text(words), "StructParent": self._next_key}

    @property
    def _next_key(self) -> int:
        return len(self.sheets) + len(self._annotations)

    def add_link(self, at: int, reference: PDFObjectReference) -> None:
        """Add the annotation of a link of the current page to the tree."""
        element = self.tree.links[len(self._pages) - 1][at]
        link_references = (kid for kid in element.kids if isinstance(kid, LinkReference))
        link_reference = next(one for one in link_references if id(one) not in self._annotations)
        self._annotations[id(link_reference)] = (reference, self._next_key)

    def finish(self) -> PDFObjectReference:
        """Register the tree and return the reference to its root."""
        root = Dictionary(Type="/StructTreeRoot")
        reference = self.document.register(root, "StructTreeRoot")
        root["K"] = self._element(self.tree.root, reference)
        numbers: list[Any] = []
        for at, tags in enumerate(self._pages):
            numbers += [at, Array(self._references[piece] for piece in tags.opened)]
        for piece, (_, key) in self._annotations.items():
            numbers += [key, self._references[piece]]
        parents = Dictionary(Nums=Array(numbers))
        root["ParentTree"] = self.document.register(parents, "ParentTree")
        root["ParentTreeNextKey"] = self._next_key
        if self._notes:
            names = (item for key, note in self._notes for item in (text(key), note))
            root["IDTree"] = Dictionary(Names=Array(names))
        return reference

    def _element(self, element: Element, parent: PDFObjectReference) -> PDFObjectReference:
        """Register an element with its content."""
        entries = Dictionary(S=name(element.role), P=parent)
        key = f"StructElem.{len(self._references)}"
        reference = self.document.register(entries, key)
        self._references[id(element)] = reference
        entries["K"] = Array(self._kids(element, reference))
        self._describe(element, entries, reference)
        return reference

    def _kids(self, element: Element, reference: PDFObjectReference) -> Iterator[Any]:
        for kid in element.kids:
            if isinstance(kid, Element):
                yield self._element(kid, reference)
                continue
            self._references[id(kid)] = reference
            page = PDFObjectReference(f"Page{kid.page + 1}")
            if isinstance(kid, MarkedContent):
                number = self._pages[kid.page].opened[id(kid)]
                yield Dictionary(Type="/MCR", Pg=page, MCID=number)
            else:
                annotation, _ = self._annotations[id(kid)]
                yield Dictionary(Type="/OBJR", Pg=page, Obj=annotation)

    def _describe(
        self, element: Element, entries: Dictionary, reference: PDFObjectReference
    ) -> None:
        """Set an element's alternative text, language, ID and attributes."""
        if element.alt:
            # The text of a cell that is not drawn replaces its empty content (14.9.4).
            entries["ActualText" if element.role == "Span" else "Alt"] = text(element.alt)
        if element.language:
            entries["Lang"] = text(element.language)
        if element.role == "Note":
            key = f"note{len(self._notes) + 1:05d}"
            self._notes.append((key, reference))
            entries["ID"] = text(key)
        attributes = [*_attributes(element.traits), *self._box(element)]
        if attributes:
            entries["A"] = Array(attributes)

    def _box(self, element: Element) -> Iterator[Dictionary]:
        """Yield the bounding box of a figure, within its page (14.8.5.4.3)."""
        pieces = list(element.pieces) if element.role == "Figure" else []
        if pieces:
            media = self.sheets[pieces[0].page].media
            boxes = [visible_bounds(item) for piece in pieces for item in piece.items]
            rect = bounding_box(boxes, media).translate(-media.x, -media.y)
            box = Array((rect.x, rect.y, rect.right, rect.top))
            placement = "/Block" if element.number >= 0 else "/Inline"
            yield Dictionary(O="/Layout", Placement=placement, BBox=box)


def _roles(element: Element) -> Iterator[tuple[int, str]]:
    """Yield each piece's role: that of its element."""
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _roles(kid)
        elif isinstance(kid, MarkedContent):
            yield id(kid), element.role


def _alt(element: Element) -> str:
    return next((kid.alt for kid in element.kids if isinstance(kid, Element)), "")


def _attributes(traits: Sequence[tuple[str, str]]) -> Iterator[Dictionary]:
    """Yield the traits as attribute objects, one for each owner."""
    for owner in dict.fromkeys(OWNERS[key] for key, _ in traits):
        own = {
            key: name(value) if key in NAMES else int(value)
            for key, value in traits
            if OWNERS[key] == owner
        }
        yield Dictionary(O=name(owner), **own)


def bounding_box(boxes: Sequence[Rect], media: Rect) -> Rect:
    """Return the rectangle around all boxes, within the medium."""
    left = max(media.x, min(box.x for box in boxes))
    low = max(media.y, min(box.y for box in boxes))
    right = min(media.right, max(box.right for box in boxes))
    high = min(media.top, max(box.top for box in boxes))
    return Rect(left, low, max(0.0, right - left), max(0.0, high - low))
