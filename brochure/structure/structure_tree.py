"""The structure tree of a document, independent of PDF: a section for each spread, elements in reading order below.

Links and changes of language become elements here. The PDF writer makes tags from this tree; the reading-order check prints
it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from math import inf

from brochure.fast_dataclass import dataclass
from brochure.model.display_list import (
    GlyphRun,
    InlineFigure,
    Item,
    Link,
    Page,
    Path,
    Picture,
    Tag,
    Traits,
)
from brochure.typeset.bidi import is_left_to_right


@dataclass(frozen=True, slots=True, eq=False)
class MarkedContent:
    """Consecutive items on a page that belong to one element; `page` counts from 0."""

    page: int
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class LinkReference:
    """A clickable area of a link."""

    page: int
    link: Link


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element with its content; `number` is its position in reading order, `target` the target of a link."""

    role: str
    number: int = -1
    traits: Traits = ()
    alt: str = ""
    language: str = ""
    target: str = ""
    kids: list[Element | MarkedContent | LinkReference] = field(default_factory=list)

    @property
    def pieces(self) -> Iterator[MarkedContent]:
        """The marked content of the element and of all elements in it."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.pieces
            elif isinstance(kid, MarkedContent):
                yield kid

    @property
    def leads_to(self) -> str:
        """The target of a link, or an empty string."""
        targets = (kid.link.target for kid in self.kids if isinstance(kid, LinkReference))
        return self.target or next(targets, "")

    @property
    def text(self) -> str:
        """The text of the element, with the alternative texts of pictures in it."""
        parts: list[Item | str] = []
        self._collect_text(parts)
        return join_text(parts)

    def _collect_text(self, parts: list[Item | str]) -> None:
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.role == "Figure" and kid.number < 0:
                    parts.append(kid.alt)
                else:
                    kid._collect_text(parts)
            elif isinstance(kid, MarkedContent):
                parts.extend(kid.items)


@dataclass(frozen=True, slots=True)
class Tree:
    """The document element; for each page the marked content of its items (None: artifact) and the elements of its links."""

    root: Element
    pieces: tuple[tuple[MarkedContent | None, ...], ...]
    links: tuple[tuple[Element, ...], ...]


def build_tree(pages: Sequence[Page], language: str) -> Tree:
    """Build the structure tree of a document from its pages and its language."""
    sections = _sections(pages, left_first=is_left_to_right(language))
    builder = _TreeBuilder(language, sections)
    for page_index, page in enumerate(pages):
        builder.add(page_index, page)
    builder.root.kids.extend(one for one in dict.fromkeys(sections) if one.kids)
    _sort(builder.root)
    return Tree(builder.root, tuple(builder.pieces), tuple(builder.links))


def join_text(items: Iterable[Item | str]) -> str:
    """Join the text of items: lines are separated by spaces, hyphenated words are rejoined."""
    text = ""
    previous: GlyphRun | None = None
    for item in items:
        if isinstance(item, str):  # a picture in the line
            text, previous = _join_words(text, item), None
            continue
        if not isinstance(item, GlyphRun):
            continue
        if previous and (
            previous.trailing_space or (item.y == previous.y and _has_gap(previous, item))
        ):
            text += " "
        text = text + item.glyphs.text if previous else _join_words(text, item.glyphs.text)
        previous = item
    return " ".join(text.split())


def _join_words(text: str, more: str) -> str:
    """Return a text with more text, and a space between two letters."""
    is_divided = not (text[-1:].isalnum() and more[:1].isalnum())
    return text + more if is_divided else f"{text} {more}"


def _has_gap(one: GlyphRun, other: GlyphRun) -> bool:
    """Return True if the gap between two runs of a line is wide enough for a space."""
    gap = max(other.x - one.x - one.glyphs.width, one.x - other.x - other.glyphs.width)
    return gap > MIN_SPACE * other.glyphs.size


MIN_SPACE = 0.15
"""Minimum gap between runs that counts as a space, in ems."""


def _sections(pages: Sequence[Page], *, left_first: bool) -> tuple[Element, ...]:
    """Return the section of each page; facing pages share one."""
    sections: list[Element] = []
    for page_index, page in enumerate(pages):
        before = pages[page_index - 1].verso if page_index else page.verso
        faces = before is left_first and page.verso is not left_first
        sections.append(sections[-1] if page_index and faces else Element("Sect", page_index))
    return tuple(sections)


class _TreeBuilder:
    """Collects the elements of a tree, page by page."""

    def __init__(self, language: str, sections: Sequence[Element]) -> None:
        self.sections = sections
        self.root = Element("Document", language=language)
        self.pieces: list[tuple[MarkedContent | None, ...]] = []
        self.links: list[tuple[Element, ...]] = []
        self._elements: dict[int, Element] = {}
        self._inline_figures: dict[tuple[object, tuple[int, int]], Element] = {}
        self._link_elements: defaultdict[tuple[Tag, str], deque[Element]] = defaultdict(deque)

    def add(self, page_index: int, page: Page) -> None:
        """Add the items of a page in drawing order."""
        links: list[Element] = []
        pieces: list[MarkedContent | None] = []
        last: tuple[Element, MarkedContent] | None = None
        for item in page.items:
            if isinstance(item, Link):
                links.append(self._link_element(page_index, item))
            piece = None
            if isinstance(item, (GlyphRun, Path, Picture)):
                last = self._add_item(page_index, item, last)
                piece = last[1] if last and paints(item) else None
            pieces.append(piece)
        self.pieces.append(tuple(pieces))
        self.links.append(tuple(links))

    def _add_item(
        self,
        page_index: int,
        item: GlyphRun | Path | Picture,
        last: tuple[Element, MarkedContent] | None,
    ) -> tuple[Element, MarkedContent] | None:
        """Add an item to its element, in the same marked content as the item before if both belong to one element."""
        if not item.tag.path:
            return None if paints(item) else last
        element = self._leaf(page_index, item)
        if not paints(item):
            return last
        if last is None or last[0] is not element:
            last = (element, MarkedContent(page_index))
            element.kids.append(last[1])
        last[1].items.append(item)
        return last

    def _leaf(self, page_index: int, item: GlyphRun | Path | Picture) -> Element:
        """Return the element of an item: that of its tag, or a link or language change within it."""
        element = self._element(page_index, item)
        if item.tag.figure:
            return self._inline_figure(element, item.tag, item.tag.figure)
        if not isinstance(item, GlyphRun) or element.role == "Figure":
            return element
        glyphs = item.glyphs
        if glyphs.link and "Link" not in (role for role, _ in item.tag.path):
            element = _within(element, Element("Link", target=glyphs.link))
            self._link_elements[item.tag, glyphs.link].append(element)
        if glyphs.language != self.root.language:
            element = _within(element, Element("Span", language=glyphs.language))
        return element

    def _inline_figure(self, element: Element, tag: Tag, figure: InlineFigure) -> Element:
        """Return the figure in the text of an element, within its link if it is part of one."""
        known = self._inline_figures.get((tag.path, figure.key))
        if known is not None:
            return known
        if figure.link and "Link" not in (role for role, _ in tag.path):
            element = _within(element, Element("Link", target=figure.link))
            self._link_elements[replace(tag, figure=None), figure.link].append(element)
        made = Element("Figure", alt=figure.alt)
        element.kids.append(made)
        self._inline_figures[tag.path, figure.key] = made
        return made

    def _element(self, page_index: int, item: Item) -> Element:
        """Return the element of an item's tag; create it and its ancestors if necessary."""
        path, traits = item.tag.path, dict(item.tag.traits)
        element = self._elements.get(path[-1][1])
        if element is not None:
            return element
        element = self.sections[page_index]
        for role, number in path:
            inner = self._elements.get(number)
            if inner is None:
                alt = _alt(item) if number == path[-1][1] else ""
                inner = self._elements[number] = Element(role, number, traits.get(number, ()), alt)
                element.kids.append(inner)
            element = inner
        return element

    def _link_element(self, page_index: int, link: Link) -> Element:
        """Return the element of a clickable area."""
        queue = self._link_elements[link.tag, link.target]
        element = queue.popleft() if queue else self._link_without_text(page_index, link)
        element.kids.append(LinkReference(page_index, link))
        return element

    def _link_without_text(self, page_index: int, link: Link) -> Element:
        """Return the link element of an area without text: the one on its path, or a new one."""
        path = link.tag.path
        inner = self._element(page_index, link) if path else self.sections[page_index]
        own = next((number for role, number in reversed(path) if role == "Link"), None)
        if own is not None:
            return self._elements[own]
        return _within(inner, Element("Link", target=link.target))


def _alt(item: Item) -> str:
    return item.tag.alt or (item.alt if isinstance(item, Picture) else "")


def is_replacement(tag: Tag) -> bool:
    """Return True if the alternate text of an element replaces content that is not drawn (ISO 32000-1, 14.9.4)."""
    return tag.role == "Span" and bool(tag.alt)


def paints(item: GlyphRun | Path | Picture) -> bool:
    """Return True if the item is visible, or has text for the element of an invisible one."""
    match item:
        case GlyphRun():
            return bool(item.glyphs.ids)
        case Path():
            return bool(item.fill or item.stroke) or is_replacement(item.tag)
        case Picture():
            return True


def _within(element: Element, new: Element) -> Element:
    """Return the last child if it is an equal inline element, else append and return the new one."""
    last = next((kid for kid in reversed(element.kids) if not isinstance(kid, LinkReference)), None)
    if isinstance(last, Element) and last.number < 0 and _is_same_inline(last, new):
        return last
    element.kids.append(new)
    return new


def _is_same_inline(one: Element, other: Element) -> bool:
    return (one.role, one.target, one.language) == (other.role, other.target, other.language)


def _sort(element: Element) -> None:
    """Sort numbered elements in reading order; content within a paragraph keeps its order."""
    if any(isinstance(kid, Element) and kid.number >= 0 for kid in element.kids):
        element.kids.sort(key=_position)
    for kid in element.kids:
        if isinstance(kid, Element):
            _sort(kid)


def _position(kid: Element | MarkedContent | LinkReference) -> float:
    return kid.number if isinstance(kid, Element) else inf
