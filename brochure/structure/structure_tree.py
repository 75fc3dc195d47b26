"""The tree: what is on the pages as a reader aloud meets it.

Takes placed pages; gives `Tree`: the document, a section for each spread, and below them the elements that the items' tags
name, in the order of reading. Links and changes of language become elements of their own here. Nothing is known of PDF:
the plate writes its tags from this tree, and the check of the reading order prints it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from math import inf

from brochure.fast_dataclass import dataclass
from brochure.model.display_list import GlyphRun, Item, Link, Page, Path, Picture, Tag, Traits
from brochure.typeset.bidi import is_left_to_right


@dataclass(frozen=True, slots=True, eq=False)
class MarkedContent:
    """Items that lie one above the other on a page and belong to one element; `page` counts from 0."""

    page: int
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class LinkReference:
    """A place to click that belongs to a link."""

    page: int
    link: Link


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element with what is in it; `number` is its place in the order of reading, `target` where a link leads."""

    role: str
    number: int = -1
    traits: Traits = ()
    alt: str = ""
    language: str = ""
    target: str = ""
    kids: list[Element | MarkedContent | LinkReference] = field(default_factory=list)

    @property
    def pieces(self) -> Iterator[MarkedContent]:
        """Its pieces, those of the elements in it as well."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.pieces
            elif isinstance(kid, MarkedContent):
                yield kid

    @property
    def leads_to(self) -> str:
        """Where a link leads."""
        touches = (kid.link.target for kid in self.kids if isinstance(kid, LinkReference))
        return self.target or next(touches, "")

    @property
    def text(self) -> str:
        """Its words."""
        return said(item for piece in self.pieces for item in piece.items)


@dataclass(frozen=True, slots=True)
class Tree:
    """The document; for each page the pieces that its items are in (None: an artifact), and its links' elements in order."""

    root: Element
    pieces: tuple[tuple[MarkedContent | None, ...], ...]
    links: tuple[tuple[Element, ...], ...]


def build_tree(pages: Sequence[Page], language: str) -> Tree:
    """The tree of the pages of a document in this language."""
    sections = _sections(pages, left_first=is_left_to_right(language))
    growing = _Growing(language, sections)
    for at, page in enumerate(pages):
        growing.add(at, page)
    growing.root.kids.extend(one for one in dict.fromkeys(sections) if one.kids)
    _sort(growing.root)
    return Tree(growing.root, tuple(growing.pieces), tuple(growing.links))


def said(items: Iterable[Item]) -> str:
    """The words of items as one text: lines are parted by spaces, words that were divided are whole again."""
    text = ""
    above: GlyphRun | None = None
    for item in items:
        if not isinstance(item, GlyphRun):
            continue
        if above and (above.trailing_space or (item.y == above.y and _apart(above, item))):
            text += " "
        text, above = text + item.glyphs.text, item
    return " ".join(text.split())


def _apart(one: GlyphRun, other: GlyphRun) -> bool:
    """Whether there is room for a space between two runs of a line, whichever comes first."""
    gap = max(other.x - one.x - one.glyphs.width, one.x - other.x - other.glyphs.width)
    return gap > ROOM * other.glyphs.size


ROOM = 0.15
"""The least room, in ems, that is heard as a space."""


def _sections(pages: Sequence[Page], *, left_first: bool) -> tuple[Element, ...]:
    """For each page the section that it is in: pages that face each other share one."""
    found: list[Element] = []
    for at, page in enumerate(pages):
        before = pages[at - 1].verso if at else page.verso
        faces = before is left_first and page.verso is not left_first
        found.append(found[-1] if at and faces else Element("Sect", at))
    return tuple(found)


class _Growing:
    """A tree in the making."""

    def __init__(self, language: str, sections: Sequence[Element]) -> None:
        self.sections = sections
        self.root = Element("Document", language=language)
        self.pieces: list[tuple[MarkedContent | None, ...]] = []
        self.links: list[tuple[Element, ...]] = []
        self._elements: dict[int, Element] = {}
        self._waiting: defaultdict[tuple[Tag, str], deque[Element]] = defaultdict(deque)

    def add(self, at: int, page: Page) -> None:
        """Takes up a page's items, in the order in which they lie on it."""
        links: list[Element] = []
        pieces: list[MarkedContent | None] = []
        last: tuple[Element, MarkedContent] | None = None
        for item in page.items:
            if isinstance(item, Link):
                links.append(self._touched(at, item))
            piece = None
            if isinstance(item, (GlyphRun, Path, Picture)):
                last = self._laid(at, item, last)
                piece = last[1] if last and paints(item) else None
            pieces.append(piece)
        self.pieces.append(tuple(pieces))
        self.links.append(tuple(links))

    def _laid(
        self, at: int, item: GlyphRun | Path | Picture, last: tuple[Element, MarkedContent] | None
    ) -> tuple[Element, MarkedContent] | None:
        """The item in its element: in the same piece as the one before it, where that belongs there as well."""
        if not item.tag.path:
            return None if paints(item) else last
        element = self._leaf(at, item)
        if not paints(item):
            return last
        if last is None or last[0] is not element:
            last = (element, MarkedContent(at))
            element.kids.append(last[1])
        last[1].items.append(item)
        return last

    def _leaf(self, at: int, item: GlyphRun | Path | Picture) -> Element:
        """The element that the item is in: that of its tag, or a link or a change of language in it."""
        element = self._element(at, item)
        if not isinstance(item, GlyphRun) or element.role == "Figure":
            return element
        glyphs = item.glyphs
        if glyphs.link and "Link" not in (role for role, _ in item.tag.path):
            element = _within(element, Element("Link", target=glyphs.link))
            self._waiting[item.tag, glyphs.link].append(element)
        if glyphs.language != self.root.language:
            element = _within(element, Element("Span", language=glyphs.language))
        return element

    def _element(self, at: int, item: Item) -> Element:
        """The element of an item's tag, and those around it, made where they are not yet there."""
        path, traits = item.tag.path, dict(item.tag.traits)
        element = self._elements.get(path[-1][1])
        if element is not None:
            return element
        element = self.sections[at]
        for role, number in path:
            inner = self._elements.get(number)
            if inner is None:
                alt = _alt(item) if number == path[-1][1] else ""
                inner = self._elements[number] = Element(role, number, traits.get(number, ()), alt)
                element.kids.append(inner)
            element = inner
        return element

    def _touched(self, at: int, link: Link) -> Element:
        """The link that a place to click belongs to."""
        waiting = self._waiting[link.tag, link.target]
        element = waiting.popleft() if waiting else self._around(at, link)
        element.kids.append(LinkReference(at, link))
        return element

    def _around(self, at: int, link: Link) -> Element:
        """The link whose place to click came with no words: the one on its own path, or one made for it."""
        path = link.tag.path
        inner = self._element(at, link) if path else self.sections[at]
        own = next((number for role, number in reversed(path) if role == "Link"), None)
        if own is not None:
            return self._elements[own]
        return _within(inner, Element("Link", target=link.target))


def _alt(item: Item) -> str:
    return item.tag.alt or (item.alt if isinstance(item, Picture) else "")


def paints(item: GlyphRun | Path | Picture) -> bool:
    """Whether anything of the item is seen."""
    match item:
        case GlyphRun():
            return bool(item.glyphs.ids)
        case Path():
            return bool(item.fill or item.stroke)
        case Picture():
            return True


def _within(element: Element, wanted: Element) -> Element:
    """The last element inside, where it is the one that is wanted; else that one, from here on."""
    last = next((kid for kid in reversed(element.kids) if not isinstance(kid, LinkReference)), None)
    if isinstance(last, Element) and last.number < 0 and _alike(last, wanted):
        return last
    element.kids.append(wanted)
    return wanted


def _alike(one: Element, other: Element) -> bool:
    return (one.role, one.target, one.language) == (other.role, other.target, other.language)


def _sort(element: Element) -> None:
    """Puts elements that have numbers in their order; what is inside a paragraph stays as it came."""
    if any(isinstance(kid, Element) and kid.number >= 0 for kid in element.kids):
        element.kids.sort(key=_place)
    for kid in element.kids:
        if isinstance(kid, Element):
            _sort(kid)


def _place(kid: Element | MarkedContent | LinkReference) -> float:
    return kid.number if isinstance(kid, Element) else inf
