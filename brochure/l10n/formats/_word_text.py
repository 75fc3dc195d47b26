"""Text of Word documents (ECMA-376 Part 1, 17): cells with tracked changes accepted, and the comments on them.

Insertions are text, deletions are not. What a message cannot contain, such as a footnote, is named in `omitted`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.l10n.formats._package_parts import find_related, parse_part
from brochure.l10n.formats._xliff_xml import children, descendants, first_child, local_name

DELETED = ("del", "moveFrom")
INSERTED = ("ins", "moveTo")
CONTAINERS = frozenset(
    ("hyperlink", "smartTag", "sdtContent", "customXml", "fldSimple", "bdo", "dir", "Choice")
)
"""Elements around text; `Choice` is the first of several versions of a content (Part 3, 7.6)."""

CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
CHARACTERS["softHyphen"] = "\u00ad"
OMITTED = {
    "drawing": "a picture",
    "pict": "a picture",
    "object": "an embedded object",
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "oMath": "a formula",
    "oMathPara": "a formula",
    "altChunk": "a part of another document",
    "tbl": "a table in a cell",
}
FORMATS = ("b", "i", "strike")
OFF = ("0", "false", "off")


class PieceKind(Enum):
    """What a piece of a cell is."""

    TEXT = 0
    COMMENT = 1
    OMITTED = 2
    FORMATTED = 3
    CHANGED = 4


Piece = tuple[PieceKind, str]
"""A piece of a cell: text, the id of a comment, or the name of what is omitted."""

FORMATTED: Piece = (PieceKind.FORMATTED, "")
CHANGED: Piece = (PieceKind.CHANGED, "")


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of a table.

    Attributes:
        paragraphs: Its text.
        start: The number of its first column.
        span: How many columns it covers.
        is_continued: True if it is the lower part of a cell that covers several rows.
        pieces: What is in it besides text.
    """

    paragraphs: tuple[str, ...]
    start: int
    span: int
    is_continued: bool
    pieces: frozenset[Piece]

    @property
    def comments(self) -> frozenset[str]:
        """The ids of the comments on it."""
        return frozenset(text for kind, text in self.pieces if kind is PieceKind.COMMENT)

    @property
    def omitted(self) -> tuple[str, ...]:
        """What it contains that is not text, in words."""
        return tuple(sorted(text for kind, text in self.pieces if kind is PieceKind.OMITTED))


WordRow = tuple[int, tuple[WordCell, ...]]
"""The number of a row in the document, and its cells."""


def get_attribute(element: Any, name: str, default: str = "") -> str:
    """Return an attribute by its local name."""
    found = (str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, default)


def has_path(element: Any, *names: str) -> bool:
    """Return True if an element has descendants of these names, each in the one before."""
    for name in names:
        element = first_child(element, name)
        if element is None:
            return False
    return True


# Tables


def read_tables(body: Any) -> Iterator[tuple[WordRow, ...]]:
    """Yield the rows of each table that is not inside another one; rows are numbered through the document."""
    line = 1
    for table in _find_outer(body, "tbl"):
        rows = tuple(_read_rows(table, line))
        line += len(rows)
        yield rows


def _find_outer(element: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a name in an element, or in content controls around them."""
    for child in element:
        own = local_name(child)
        if own == name:
            yield child
        elif own in CONTAINERS or own == "sdt" or own in INSERTED:
            yield from _find_outer(child, name)


def _read_rows(table: Any, first: int) -> Iterator[WordRow]:
    rows = (one for one in _find_outer(table, "tr") if not has_path(one, "trPr", "del"))
    for line, row in enumerate(rows, first):
        yield line, tuple(_read_cells(row))


def _read_cells(row: Any) -> Iterator[WordCell]:
    properties = first_child(row, "trPr")
    start = _read_number(properties, "gridBefore", 0)
    for cell in _find_outer(row, "tc"):
        own = first_child(cell, "tcPr")
        span = max(1, _read_number(own, "gridSpan", 1))
        merge = first_child(own, "vMerge") if own is not None else None
        is_continued = merge is not None and get_attribute(merge, "val", "continue") == "continue"
        pieces: set[Piece] = set()
        paragraphs = tuple(_read_paragraphs(cell, pieces))
        yield WordCell(paragraphs, start, span, is_continued, frozenset(pieces))
        start += span


def _read_number(properties: Any, name: str, default: int) -> int:
    element = None if properties is None else first_child(properties, name)
    written = "" if element is None else get_attribute(element, "val")
    return int(written) if written.isdecimal() and len(written) < 6 else default


# Paragraphs


def _read_paragraphs(cell: Any, others: set[Piece]) -> Iterator[str]:
    """Yield the paragraphs of a cell; `others` gets what is in them besides text."""
    pending = ""
    for block in _find_blocks(cell, others):
        pieces = [*read_pieces(block)]
        others.update(one for one in pieces if one[0] is not PieceKind.TEXT)
        pending += "".join(text for kind, text in pieces if kind is PieceKind.TEXT)
        if any(has_path(block, "pPr", "rPr", name) for name in DELETED):
            others.add(CHANGED)
            continue  # the paragraph's end is deleted: the next one is a part of it
        yield pending
        pending = ""
    if pending:
        yield pending


def _find_blocks(element: Any, others: set[Piece]) -> Iterator[Any]:
    """Yield the paragraphs in a cell, in content controls too."""
    for child in element:
        name = local_name(child)
        if name == "p":
            yield child
        elif name == "sdt" and is_placeholder(child):
            continue
        elif name in CONTAINERS or name == "sdt" or name in INSERTED:
            yield from _find_blocks(child, others)
        elif name == "commentRangeStart":
            others.add((PieceKind.COMMENT, get_attribute(child, "id")))
        elif name in OMITTED:
            others.add((PieceKind.OMITTED, OMITTED[name]))


def is_placeholder(control: Any) -> bool:
    """Return True if a content control shows its placeholder: it is empty."""
    properties = first_child(control, "sdtPr")
    shown = None if properties is None else first_child(properties, "showingPlcHdr")
    return shown is not None and get_attribute(shown, "val") not in OFF


def read_pieces(element: Any) -> Iterator[Piece]:
    """Yield the pieces of a paragraph or of a part of it."""
    for child in element:
        name = local_name(child)
        if name in DELETED:
            yield CHANGED
        elif name in INSERTED:
            yield CHANGED
            yield from read_pieces(child)
        elif name in ("r", "AlternateContent"):
            yield from _read_run(child)
        elif name in CONTAINERS or (name == "sdt" and not is_placeholder(child)):
            yield from read_pieces(child)
        elif name == "commentRangeStart":
            yield PieceKind.COMMENT, get_attribute(child, "id")
        elif name in OMITTED:
            yield PieceKind.OMITTED, OMITTED[name]


def _read_run(run: Any) -> Iterator[Piece]:
    """Yield the pieces of a run: text with the same formatting."""
    texts = [piece for child in run for piece in _read_run_child(child)]
    properties = first_child(run, "rPr")
    has_text = any(kind is PieceKind.TEXT and text.strip() for kind, text in texts)
    if has_text and properties is not None and _is_formatted(properties):
        yield FORMATTED
    yield from texts


def _is_formatted(properties: Any) -> bool:
    found = (one for name in FORMATS for one in children(properties, name))
    raised = (get_attribute(one, "val") for one in children(properties, "vertAlign"))
    return any(get_attribute(one, "val") not in OFF for one in found) or any(
        value in ("superscript", "subscript") for value in raised
    )


def _read_run_child(child: Any) -> Iterator[Piece]:
    name = local_name(child)
    if name == "t":
        yield PieceKind.TEXT, _read_text(child)
    elif name in CHARACTERS:
        yield PieceKind.TEXT, CHARACTERS[name]
    elif name == "sym":
        code = get_attribute(child, "char")
        if re.fullmatch("[0-9A-Fa-f]{4}", code):
            yield PieceKind.TEXT, chr(int(code, 16))
    elif name == "commentReference":
        yield PieceKind.COMMENT, get_attribute(child, "id")
    elif name in OMITTED:
        yield PieceKind.OMITTED, OMITTED[name]
    elif name in ("AlternateContent", "Choice"):
        yield from _read_run(child)
    elif name == "ruby":
        base = first_child(child, "rubyBase")
        yield from () if base is None else read_pieces(base)


def _read_text(element: Any) -> str:
    text = element.text or ""
    return text if get_attribute(element, "space") == "preserve" else text.strip(" \t\r\n")


# Comments


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment: its id, its text with the author, and the id of the comment that it answers."""

    number: str
    text: str
    parent: str = ""


def read_comments(packed: zipfile.ZipFile, document: str) -> tuple[WordComment, ...]:
    """Return the comments of a document, in their order."""
    answers = dict(_read_threads(packed, document))
    found: list[tuple[str, str, str]] = []
    for part in find_related(packed, document, "/comments"):
        for one in descendants(parse_part(packed, part), "comment"):
            paragraphs = [*descendants(one, "p")]
            text = "\n".join(_join_text(read_pieces(paragraph)) for paragraph in paragraphs).strip()
            author = get_attribute(one, "author").strip()
            mark = get_attribute(paragraphs[-1], "paraId") if paragraphs else ""
            if text:
                shown = f"{author}: {text}" if author else text
                found.append((get_attribute(one, "id"), shown, mark))
    numbers = {mark: number for number, _, mark in found if mark}
    return tuple(
        WordComment(number, text, numbers.get(answers.get(mark, ""), ""))
        for number, text, mark in found
    )


def _read_threads(packed: zipfile.ZipFile, document: str) -> Iterator[tuple[str, str]]:
    """Yield the last paragraph of each answer, and that of the comment that it answers ([MS-DOCX] 2.5.4.1)."""
    for part in find_related(packed, document, "/commentsExtended"):
        for one in descendants(parse_part(packed, part), "commentEx"):
            parent = get_attribute(one, "paraIdParent")
            if parent:
                yield get_attribute(one, "paraId"), parent


def _join_text(pieces: Iterable[Piece]) -> str:
    return "".join(text for kind, text in pieces if kind is PieceKind.TEXT)
