"""The brochure as a screen reader announces it: one line for each element, in reading order.

Lines give the kind of element, its text or alternative text, changes of language, and link targets. Artifacts are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.fast_dataclass import dataclass
from brochure.structure.structure_tree import Element, MarkedContent, Tree

NAMES = {
    "P": "paragraph",
    "L": "list",
    "LI": "item",
    "Lbl": "label",
    "BlockQuote": "quotation",
    "Caption": "caption",
    "Figure": "figure",
    "Table": "table",
    "TR": "row",
    "TH": "header",
    "TD": "cell",
    "Link": "link",
    "Note": "note",
    "Div": "group",
}
UNANNOUNCED = frozenset({"Document", "Sect", "LBody"})
"""Structure types that are not announced."""

INLINE = frozenset({"Span", "Link", "Figure"})


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One announcement: depth in the tree, kind of element and text; `page` counts from 1, or is 0 for none."""

    depth: int
    what: str
    words: str = ""
    page: int = 0
    language: str = ""
    target: str = ""

    def __str__(self) -> str:
        language = f" [{self.language}]" if self.language else ""
        words = f": {self.words}" if self.words else ""
        target = f" → {self.target}" if self.target else ""
        return f"{'  ' * self.depth}{self.what}{language}{words}{target}"


def read_aloud_order(tree: Tree) -> tuple[ReadingLine, ...]:
    """Return the announcements for the whole document."""
    return tuple(_announce(tree.root, 0))


def _announce(element: Element, depth: int) -> Iterator[ReadingLine]:
    if element.role in UNANNOUNCED:
        yield from _announce_kids(element, depth)
    elif element.role == "Figure":
        yield ReadingLine(depth, "figure", element.alt, _page(element))
    elif _is_text(element):
        yield ReadingLine(depth, _name(element), element.text, _page(element))
        yield from _inline_lines(element, depth + 1)
    elif element.role == "LI":
        yield from _item(element, depth)
    elif element.role in ("TH", "TD"):
        yield from _cell(element, depth)
    else:
        target = element.leads_to if element.role == "Link" else ""
        yield ReadingLine(depth, _name(element), "", _page(element), target=target)
        yield from _announce_kids(element, depth + 1)


def _announce_kids(element: Element, depth: int) -> Iterator[ReadingLine]:
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _announce(kid, depth)


def _is_text(element: Element) -> bool:
    """Return True if an element contains text and only inline elements."""
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    is_inline = all(kid.role in INLINE and kid.number < 0 and _is_text(kid) for kid in kids)
    return is_inline and any(True for _ in element.pieces)


def _inline_lines(element: Element, depth: int) -> Iterator[ReadingLine]:
    """Yield links and changes of language within text."""
    for kid in element.kids:
        if not isinstance(kid, Element):
            continue
        if kid.role == "Figure":
            yield ReadingLine(depth, "figure", kid.alt, _page(kid))
            continue
        if kid.role == "Link":
            yield ReadingLine(depth, "link", kid.text, _page(kid), target=kid.leads_to)
        if kid.language:
            yield ReadingLine(depth, "language", kid.text, _page(kid), kid.language)
        yield from _inline_lines(kid, depth)


def _name(element: Element) -> str:
    role, traits = element.role, dict(element.traits)
    if role[:1] == "H" and role[1:].isdigit():
        return f"heading {role[1:]}"
    if role in ("L", "Table"):
        what = ("item", "LI") if role == "L" else ("row", "TR")
        count = sum(1 for kid in element.kids if isinstance(kid, Element) and kid.role == what[1])
        return f"{NAMES[role]} of {count} {what[0]}{'' if count == 1 else 's'}"
    if role in ("TH", "TD"):
        head = f"{traits['Scope'].lower()} header" if "Scope" in traits else NAMES[role]
        spans = [f"{traits[key]} {what}" for key, what in SPANS.items() if key in traits]
        return ", ".join([head, *spans])
    return NAMES.get(role, role)


SPANS = {"ColSpan": "columns wide", "RowSpan": "rows tall"}


def _item(element: Element, depth: int) -> Iterator[ReadingLine]:
    """Yield a list item with its marker and first paragraph, then its other paragraphs."""
    paragraphs = list(_paragraphs(element))
    kids = (kid for kid in element.kids if isinstance(kid, Element))
    label = next((kid.text for kid in kids if kid.role == "Lbl"), "")
    first = paragraphs[0].text if paragraphs else ""
    yield ReadingLine(depth, "item", f"{label} {first}".strip(), _page(element))
    for index, paragraph in enumerate(paragraphs):
        if index:
            yield ReadingLine(depth + 1, "paragraph", paragraph.text, _page(paragraph))
        yield from _inline_lines(paragraph, depth + 1)


def _paragraphs(element: Element) -> Iterator[Element]:
    for kid in element.kids:
        if isinstance(kid, Element) and kid.role == "P":
            yield kid
        elif isinstance(kid, Element) and kid.role != "Lbl":
            yield from _paragraphs(kid)


def _cell(element: Element, depth: int) -> Iterator[ReadingLine]:
    paragraphs = list(_paragraphs(element))
    words = " ".join(paragraph.text for paragraph in paragraphs)
    yield ReadingLine(depth, _name(element), words or "empty", _page(element))
    for paragraph in paragraphs:
        yield from _inline_lines(paragraph, depth + 1)


def _page(element: Element) -> int:
    piece = next(iter(element.pieces), None)
    return piece.page + 1 if isinstance(piece, MarkedContent) else 0
