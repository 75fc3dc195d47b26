"""The data of a chart as a table in the structure tree: read by screen readers, not drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Path, Traits, vacant


@dataclass(frozen=True, slots=True)
class DataCells:
    """Texts of the table: the headings of its columns, then rows that begin with the heading of the row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tag_cells(data: DataCells, context: BlockContext) -> tuple[Path, ...]:
    """Return items that paint nothing, each with the text of a cell (PDF 14.9.4, replacement text)."""
    inside = context.within("Table")
    return tuple(
        item
        for index, row in enumerate((data.heads, *data.rows))
        for item in _tag_row(row, inside, is_head=not index)
    )


def _tag_row(row: Sequence[str], table: BlockContext, *, is_head: bool) -> Iterator[Path]:
    context = table.within("TR")
    for column, text in enumerate(row):
        traits: Traits = (("Scope", "Column" if is_head else "Row"),)
        is_heading = is_head or not column
        cell = context.within("TH", traits) if is_heading else context.within("TD")
        # An empty corner has no text to replace; its element stays, as in tables.
        yield vacant(cell.tag("Span", text) if text else cell.tag("Span"))
