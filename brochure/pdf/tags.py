"""Structure: the tree of what is on the pages, as the tags of a PDF (ISO 32000-1, 14.7 and 14.8).

Takes the tree, and what each page's content stream and links come to; gives the marked-content operators around the items
and, at the end, the structure tree with its table of parents. What has no place in the tree is marked as an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from brochure.geometry import Matrix, Rect
from brochure.makeup.tree import Element, Piece, Touch, Tree, paints
from brochure.pdf.operators import dictionary, nums, text_string
from brochure.pdf.writer import Writer
from brochure.placed import Bookmark, GlyphRun, Item, Link, Path, Picture, bounds
from brochure.press.sheets import Sheet

OWNERS = {"ListNumbering": "List", "Scope": "Table", "ColSpan": "Table", "RowSpan": "Table"}
"""Which attribute object a trait stands in (14.8.5)."""

NAMES = frozenset({"ListNumbering", "Scope"})
"""Traits whose values are names, not numbers."""


class PageTags:
    """The marked content of one page: which piece each of its items is in, and the numbers of those that were opened.

    Pieces are known by their identity: two with the same items on them are two.
    """

    def __init__(self, pieces: Sequence[Piece | None], roles: Mapping[int, str]) -> None:
        self.opened: dict[int, int] = {}
        self._pieces = pieces
        self._roles = roles
        self._open: object = None

    def before(self, at: int, item: Item) -> Iterator[str]:
        """What stands before an item in the stream: the end of one sequence, the begin of the next."""
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

    def begin_again(self) -> None:
        """Forgets what was opened."""
        self.opened.clear()
        self._open = None

    def end(self) -> Iterator[str]:
        """What ends the sequence that is open."""
        if self._open is not None:
            yield "EMC"
        self._open = None


def _artifact(kind: str) -> str:
    return f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC"


class Structure:
    """The tags of one document in the making."""

    def __init__(self, writer: Writer, grown: Tree, sheets: Sequence[Sheet]) -> None:
        self.writer = writer
        self.tree = grown
        self.sheets = sheets
        self._roles = dict(_roles(grown.root))
        self._pages: list[PageTags] = []
        self._touched: dict[int, tuple[str, int]] = {}
        self._parents: list[str] = []
        self._references: dict[int, str] = {}
        self._notes: list[tuple[str, str]] = []

    def page(self) -> PageTags:
        """The tags of the next page."""
        tags = PageTags(self.tree.pieces[len(self._pages)], self._roles)
        self._pages.append(tags)
        return tags

    @property
    def page_entries(self) -> dict[str, str]:
        """What the page in hand says of its tags: where its parents stand, and that the tab key follows the tree."""
        return {"StructParents": str(len(self._pages) - 1), "Tabs": "/S"}

    def link(self, at: int, entries: Mapping[str, str]) -> str:
        """The next link annotation of the page in hand, told what it leads to and where in the tree it is."""
        element = self.tree.links[len(self._pages) - 1][at]
        touches = [kid for kid in element.kids if isinstance(kid, Touch)]
        number = len(self.sheets) + len(self._touched)
        touch = next(one for one in touches if id(one) not in self._touched)
        words = element.text or _alt(element) or element.leads_to
        told = dictionary(**entries, Contents=text_string(words), StructParent=str(number))
        reference = self.writer.refer(told, f"link{number}")
        self._touched[id(touch)] = (reference, number)
        return reference

    def finish(self) -> str:
        """Writes the tree; gives the reference to its root."""
        root = self.writer.reserve("StructTreeRoot")
        document = self._element(self.tree.root, root)
        rows = [
            f"{at} [{' '.join(self._references[piece] for piece in tags.opened)}]"
            for at, tags in enumerate(self._pages)
        ]
        rows += [f"{number} {self._references[at]}" for at, (_, number) in self._touched.items()]
        parents = self.writer.refer(f"<</Nums [{' '.join(rows)}]>>", "ParentTree")
        notes = " ".join(f"{text_string(name)} {reference}" for name, reference in self._notes)
        named = {"IDTree": f"<</Names [{notes}]>>"} if notes else {}
        following = str(len(self._pages) + len(self._touched))
        told = {"K": document, "ParentTree": parents, "ParentTreeNextKey": following, **named}
        self.writer.fill("StructTreeRoot", dictionary(Type="/StructTreeRoot", **told))
        return root

    def _element(self, element: Element, parent: str) -> str:
        """Writes an element with what is in it; gives the reference to it."""
        key = f"element{len(self._references)}-{element.role}"
        reference = self.writer.reserve(key)
        self._references[id(element)] = reference
        kids = " ".join(self._kids(element, reference))
        entries = {"S": f"/{element.role}", "P": parent, "K": f"[{kids}]"}
        self.writer.fill(key, dictionary(**entries, **self._said(element, reference)))
        return reference

    def _kids(self, element: Element, reference: str) -> Iterator[str]:
        for kid in element.kids:
            match kid:
                case Element():
                    yield self._element(kid, reference)
                case Piece():
                    self._references[id(kid)] = reference
                    number = self._pages[kid.page].opened[id(kid)]
                    page = self.writer.page_reference(kid.page + 1)
                    yield f"<</Type /MCR /Pg {page} /MCID {number}>>"
                case Touch():
                    self._references[id(kid)] = reference
                    page = self.writer.page_reference(kid.page + 1)
                    annotation, _ = self._touched[id(kid)]
                    yield f"<</Type /OBJR /Pg {page} /Obj {annotation}>>"

    def _said(self, element: Element, reference: str) -> dict[str, str]:
        """What an element says of itself: its alternative text, language, name and attributes."""
        said: dict[str, str] = {}
        if element.alt:
            said["Alt"] = text_string(element.alt)
        if element.language:
            said["Lang"] = text_string(element.language)
        if element.role == "Note":
            name = f"note{len(self._notes) + 1:05d}"
            self._notes.append((name, reference))
            said["ID"] = text_string(name)
        attributes = [*_attributes(element.traits), *self._box(element)]
        if attributes:
            said["A"] = f"[{' '.join(attributes)}]"
        return said

    def _box(self, element: Element) -> Iterator[str]:
        """Where a figure stands, as far as its page shows it (14.8.5.4.3)."""
        pieces = list(element.pieces) if element.role == "Figure" else []
        if pieces:
            media = self.sheets[pieces[0].page].media
            boxes = [seen(item) for piece in pieces for item in piece.items]
            rect = within(boxes, media).moved(-media.x, -media.y)
            edges = nums(rect.x, rect.y, rect.right, rect.top)
            yield f"<</O /Layout /Placement /Block /BBox [{edges}]>>"


def _roles(element: Element) -> Iterator[tuple[int, str]]:
    """Each piece's role: that of the element that it is in."""
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _roles(kid)
        elif isinstance(kid, Piece):
            yield id(kid), element.role


def _alt(element: Element) -> str:
    return next((kid.alt for kid in element.kids if isinstance(kid, Element)), "")


def _attributes(traits: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The traits as attribute objects, one an owner."""
    for owner in dict.fromkeys(OWNERS[name] for name, _ in traits):
        own = {
            name: f"/{value}" if name in NAMES else value
            for name, value in traits
            if OWNERS[name] == owner
        }
        yield dictionary(O=f"/{owner}", **own)


def seen(item: Item) -> Rect:
    """The upright rectangle around what is seen of an item."""
    match item:
        case GlyphRun(glyphs=glyphs):
            low, high = -glyphs.face.descent * glyphs.size, glyphs.face.ascent * glyphs.size
            rect = Rect(item.x, item.y + low, glyphs.width, high - low)
            return _mapped(rect, item.matrix)
        case Path():
            return _mapped(bounds(item.clip or item.outlines), item.matrix)
        case Picture():
            return _mapped(bounds(item.clip) if item.clip else item.rect, item.matrix)
        case Link():
            return item.rect
        case Bookmark():
            return Rect(0, 0, 0, 0)


def _mapped(rect: Rect, matrix: Matrix) -> Rect:
    corners = [matrix.apply(x, y) for x in (rect.x, rect.right) for y in (rect.y, rect.top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def within(boxes: Sequence[Rect], media: Rect) -> Rect:
    """The rectangle around all boxes, no larger than the medium."""
    left = max(media.x, min(box.x for box in boxes))
    low = max(media.y, min(box.y for box in boxes))
    right = min(media.right, max(box.right for box in boxes))
    high = min(media.top, max(box.top for box in boxes))
    return Rect(left, low, max(0.0, right - left), max(0.0, high - low))
