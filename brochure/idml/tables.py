"""Tables: cells with their spans in rows, and the widths of the columns."""

from __future__ import annotations

from brochure.fast_dataclass import dataclass
from brochure.idml.xml_nodes import Node


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its element, and how many columns and rows it spans."""

    node: Node
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the number of header rows, and the widths of the columns as shares of the table."""

    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int
    widths: tuple[str, ...]


def read_rows(node: Node) -> Table:
    """Return a table; cells are in order of columns, whatever the order of their elements."""
    placed: dict[tuple[int, int], Cell] = {}
    for cell in node.children:
        if cell.name != "Cell":
            continue
        column, _, row = cell.get("Name", "0:0").partition(":")
        if column.isdigit() and row.isdigit():
            spans = _span(cell, "ColumnSpan"), _span(cell, "RowSpan")
            placed[int(row), int(column)] = Cell(cell, *spans)
    count = max((row for row, _ in placed), default=-1) + 1
    rows = tuple(
        tuple(placed[key] for key in sorted(placed) if key[0] == row) for row in range(count)
    )
    head = int(node.number("HeaderRowCount"))
    return Table(rows, min(head, count), _widths(node))


def _span(cell: Node, name: str) -> int:
    return max(1, int(cell.number(name, 1)))


def _widths(node: Node) -> tuple[str, ...]:
    columns = [one for one in node.children if one.name == "Column"]
    widths = [one.number("SingleColumnWidth", 1.0) for one in columns]
    total = sum(widths) or 1.0
    return tuple(f"{round(100 * width / total, 2):g}%" for width in widths)
