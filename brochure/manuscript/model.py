"""Values between the readers of manuscripts and the copy: paragraphs, tables and notes, without a trace of their file format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.l10n.message_text import MarkedText

MAX_PARAGRAPHS = 5_000
"""Paragraphs and cells of one manuscript; about five hundred pages."""

Pieces = tuple[MarkedText, ...]


class Kind(StrEnum):
    """What a paragraph is; the value is the block that prints it, or for lists its marker."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"
    BULLET = "bullet"
    NUMBER = "number"
    SKIP = "skip"


LISTS = (Kind.BULLET, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Role:
    """What the paragraphs of a style are: their kind, their level if they are headings, and a paragraph style of the layout."""

    kind: Kind
    level: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class ManuscriptParagraph:
    """A paragraph.

    `level` counts from 1 for headings, from 0 for items of lists; `number` is the number of an item, `starts` that a new list
    begins with it. `comments` are those of people who have read the manuscript. `line` is the line of a text file, or in a Word
    document the number of the paragraph.
    """

    role: Role
    pieces: Pieces
    line: int
    level: int = 0
    number: int = 1
    starts: bool = False
    comments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text without marks."""
        return text_of(self.pieces)


def text_of(pieces: Pieces) -> str:
    """Return the text of pieces without marks."""
    return "".join(piece.text for piece in pieces)


@dataclass(frozen=True, slots=True)
class ManuscriptCell:
    """A cell of a table: its paragraphs, and how many columns and rows it spans."""

    paragraphs: tuple[Pieces, ...]
    columns: int = 1
    rows: int = 1
    comments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text without marks."""
        return "\n\n".join(map(text_of, self.paragraphs))


@dataclass(frozen=True, slots=True)
class ManuscriptTable:
    """A table: rows of cells, and how many of them are header rows."""

    rows: tuple[tuple[ManuscriptCell, ...], ...]
    head: int
    line: int


@dataclass(frozen=True, slots=True)
class StyleUse:
    """A style of the manuscript: its name, how many paragraphs have it, and what they become."""

    name: str
    count: int
    role: Role


@dataclass(frozen=True)
class Manuscript:
    """A manuscript: its blocks in order, the paragraphs of its notes by their names in the manuscript, and what was not taken."""

    blocks: tuple[ManuscriptParagraph | ManuscriptTable, ...]
    notes: Mapping[str, tuple[Pieces, ...]]
    findings: tuple[Finding, ...]
    title: str = ""
    styles: tuple[StyleUse, ...] = ()
    character_styles: Mapping[str, str] = field(default_factory=dict)
    """Marks of the character styles in use, by name; `none` for those that are not taken."""

    def all_pieces(self) -> Iterator[Pieces]:
        """Yield the paragraphs of all blocks, without notes."""
        for block in self.blocks:
            if isinstance(block, ManuscriptParagraph):
                yield block.pieces
            else:
                for cell in (cell for row in block.rows for cell in row):
                    yield from cell.paragraphs
