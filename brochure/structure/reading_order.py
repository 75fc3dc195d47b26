"""Spoken: a brochure as somebody hears it who does not see it.

Takes the tree of what is on the pages; gives a line for everything that a screen reader says, in its order: what it is, its
words or what is said in its place, its language where that changes, and where a link leads. Nothing else on the pages is
heard: what is not here is decoration.
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
SILENT = frozenset({"Document", "Sect", "LBody"})
"""Roles that are not said themselves."""

INLINE = frozenset({"Span", "Link"})


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One thing that is said: how deep it lies, what it is, and its words; `page` counts from 1, 0 where there is none."""

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


def read_aloud_order(grown: Tree) -> tuple[ReadingLine, ...]:
    """Everything that is said, from the first page to the last."""
    return tuple(_said(grown.root, 0))


def _said(element: Element, depth: int) -> Iterator[ReadingLine]:
    if element.role in SILENT:
        yield from _inside(element, depth)
    elif element.role == "Figure":
        yield ReadingLine(depth, "figure", element.alt, _page(element))
    elif _is_text(element):
        yield ReadingLine(depth, _name(element), element.text, _page(element))
        yield from _marked(element, depth + 1)
    elif element.role == "LI":
        yield from _item(element, depth)
    elif element.role in ("TH", "TD"):
        yield from _cell(element, depth)
    else:
        target = element.leads_to if element.role == "Link" else ""
        yield ReadingLine(depth, _name(element), "", _page(element), target=target)
        yield from _inside(element, depth + 1)


def _inside(element: Element, depth: int) -> Iterator[ReadingLine]:
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _said(kid, depth)


def _is_text(element: Element) -> bool:
    """Whether an element holds words and no other elements but what is marked among them."""
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    plain = all(kid.role in INLINE and _is_text(kid) for kid in kids)
    return plain and any(True for _ in element.pieces)


def _marked(element: Element, depth: int) -> Iterator[ReadingLine]:
    """Links and changes of language among the words."""
    for kid in element.kids:
        if not isinstance(kid, Element):
            continue
        if kid.role == "Link":
            yield ReadingLine(depth, "link", kid.text, _page(kid), target=kid.leads_to)
        if kid.language:
            yield ReadingLine(depth, "language", kid.text, _page(kid), kid.language)
        yield from _marked(kid, depth)


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
    """An item with its marker; in one line where it has one paragraph."""
    paragraphs = list(_paragraphs(element))
    kids = (kid for kid in element.kids if isinstance(kid, Element))
    label = next((kid.text for kid in kids if kid.role == "Lbl"), "")
    first = paragraphs[0].text if paragraphs else ""
    yield ReadingLine(depth, "item", f"{label} {first}".strip(), _page(element))
    for at, paragraph in enumerate(paragraphs):
        if at:
            yield ReadingLine(depth + 1, "paragraph", paragraph.text, _page(paragraph))
        yield from _marked(paragraph, depth + 1)


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
        yield from _marked(paragraph, depth + 1)


def _page(element: Element) -> int:
    piece = next(iter(element.pieces), None)
    return piece.page + 1 if isinstance(piece, MarkedContent) else 0
