"""Tables of a Word document: cells in rows, with the columns and rows that they span."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.manuscript.word_elements import local, words_of
from brochure.manuscript.word_numbering import to_int
from brochure.manuscript.word_runs import WordContext
from brochure.manuscript.word_styles import OFF, child, is_on, value

MAX_COLUMNS = 63
"""Columns that Word allows in a table."""


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell: its element, and how many columns and rows it spans."""

    node: Any
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class WordTable:
    """Rows of cells, and the number of header rows."""

    rows: tuple[tuple[WordCell, ...], ...]
    head: int


def read_rows(node: Any, context: WordContext, line: int) -> WordTable:
    """Return a table with merged cells as cells that span columns and rows, and rows of equal length."""
    rows = [row for row in _rows(node) if not _is_removed(row, context)]
    grid: list[dict[int, WordCell]] = []
    owners: dict[int, tuple[int, int]] = {}
    has_merged = False
    for at, row in enumerate(rows):
        grid.append({})
        column = to_int(value(child(child(row, "trPr"), "gridBefore")))
        for cell in _children(row, "tc"):
            properties = child(cell, "tcPr")
            span = min(MAX_COLUMNS, max(1, to_int(value(child(properties, "gridSpan")), 1)))
            merge = child(properties, "vMerge")
            has_merged = has_merged or span > 1 or merge is not None
            is_continued = merge is not None and value(merge) != "restart" and column in owners
            if is_continued:
                top, first = owners[column]
                grid[top][first] = replace(grid[top][first], rows=at - top + 1)
            else:
                grid[at][column] = WordCell(cell, span)
                owners.pop(column, None)
                if merge is not None:
                    owners[column] = at, column
            column += span
    if has_merged:
        words = "".join(words_of(node))
        context.losses.add(
            "table", "merged cells are cells that span columns and rows", line, words
        )
    context.losses.add(
        "table",
        "widths, borders and shading of a table are not taken",
        line,
        "".join(words_of(node)),
    )
    return WordTable(_fill(grid, context, line), _count_head(node, rows))


def _fill(
    grid: list[dict[int, WordCell]], context: WordContext, line: int
) -> tuple[tuple[WordCell, ...], ...]:
    """Return the rows with empty cells where rows are shorter than others."""
    width = max((column + cell.columns for row in grid for column, cell in row.items()), default=0)
    covered: set[tuple[int, int]] = set()
    for at, row in enumerate(grid):
        for column, cell in row.items():
            covered |= {
                (at + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
    is_filled = False
    for at, row in enumerate(grid):
        for column in range(width):
            if (at, column) not in covered:
                row[column] = WordCell(EMPTY)
                is_filled = True
    if is_filled:
        context.losses.add("table", "rows of different lengths are filled with empty cells", line)
    return tuple(tuple(row[column] for column in sorted(row)) for row in grid)


EMPTY: tuple[Any, ...] = ()
"""The content of a cell that the document does not have."""


def _rows(node: Any) -> Iterator[Any]:
    return _children(node, "tr")


def _children(node: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those in content controls."""
    for part in node:
        found = local(part)
        if found == name:
            yield part
        elif found in ("sdt", "sdtContent", "customXml", "ins", "del"):
            yield from _children(part, name)


def _is_removed(row: Any, context: WordContext) -> bool:
    properties = child(row, "trPr")
    return any(
        child(properties, name) is not None and context.is_removed(name) for name in ("ins", "del")
    )


def _count_head(node: Any, rows: list[Any]) -> int:
    """Return the number of header rows: those that repeat on each page, or the first if the table's style marks it."""
    count = 0
    for row in rows:
        if not is_on(child(row, "trPr"), "tblHeader"):
            break
        count += 1
    if count or len(rows) < 2:
        return min(count, max(0, len(rows) - 1))
    look = child(child(node, "tblPr"), "tblLook")
    first = value(look, "firstRow")
    bits = value(look)
    is_hex = bool(bits) and all(char in "0123456789abcdefABCDEF" for char in bits) and len(bits) < 9
    marked = first not in ("", *OFF) if first else is_hex and bool(int(bits, 16) & FIRST_ROW)
    return int(marked and bool(value(child(child(node, "tblPr"), "tblStyle"))))


FIRST_ROW = 0x0020
"""The bit of `tblLook` for a first row that is formatted differently (ISO 29500-1, 17.4.55)."""
