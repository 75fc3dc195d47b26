"""The messages of a manuscript, before they have keys: paragraphs, cells of tables, and notes."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.fast_dataclass import dataclass
from brochure.l10n.message_text import write_marked
from brochure.manuscript.alignment import comparable
from brochure.manuscript.model import (
    LISTS,
    Kind,
    Manuscript,
    ManuscriptCell,
    ManuscriptParagraph,
    Pieces,
    Role,
)
from brochure.manuscript.spaces import tidy_comments

NOTE, CELL, ITEM = "note", "cell", "item"


@dataclass(frozen=True, slots=True)
class CopyUnit:
    """A message of the manuscript.

    `block` is the index of its block, -1 for a note. `table`, `row` and `column` are the place of a cell. `note` is the name of a
    note in the manuscript.
    """

    kind: str
    paragraphs: tuple[Pieces, ...]
    line: int
    block: int = -1
    role: Role | None = None
    comments: tuple[str, ...] = ()
    table: int = -1
    row: int = 0
    column: int = 0
    note: str = ""

    @property
    def message(self) -> str:
        """The text with marks; the marks of notes have their names in the manuscript."""
        return "\n\n".join(map(write_marked, self.paragraphs))

    @property
    def text(self) -> str:
        """The text as it is compared."""
        return comparable(self.message)

    @property
    def plain(self) -> str:
        """The words without marks."""
        return " ".join(piece.text for pieces in self.paragraphs for piece in pieces)


def list_units(manuscript: Manuscript) -> Iterator[CopyUnit]:
    """Yield the messages in the order of the manuscript, notes last; empty cells are left out."""
    tables = 0
    for at, block in enumerate(manuscript.blocks):
        if isinstance(block, ManuscriptParagraph):
            kind, comments = _kind(block.role), tidy_comments(block.comments)
            yield CopyUnit(kind, (block.pieces,), block.line, at, block.role, comments)
            continue
        for row, column, cell in place_cells(block.rows):
            if cell.text.strip():
                comments, place = tidy_comments(cell.comments), (tables, row, column)
                yield CopyUnit(CELL, cell.paragraphs, block.line, at, None, comments, *place)
        tables += 1
    for name, paragraphs in manuscript.notes.items():
        if paragraphs:
            yield CopyUnit(NOTE, paragraphs, 0, note=name)


def place_cells(
    rows: tuple[tuple[ManuscriptCell, ...], ...],
) -> Iterator[tuple[int, int, ManuscriptCell]]:
    """Yield the cells of a table with their rows and columns, which cells of rows above may take up."""
    until: dict[int, int] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while until.get(column, 0) > row:
                column += 1
            yield row, column, cell
            for across in range(column, column + cell.columns):
                until[across] = row + cell.rows
            column += cell.columns


def _kind(role: Role) -> str:
    """Return the kind of a message, which is also the last part of its key."""
    if role.kind in LISTS:
        return ITEM
    if role.kind is Kind.HEADING:
        return "head"
    return role.style or role.kind.value if role.kind is Kind.TEXT else role.kind.value
