"""Rows of a table that is read from a file: headings, texts, numbers and totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from brochure.blocks._data_texts import warn_of_untranslated
from brochure.blocks.tables.cells import (
    MAX_CELLS,
    ColumnSetting,
    Row,
    TableCell,
    TableData,
)
from brochure.blocks.tables.data_columns import DataColumn, choose_columns
from brochure.findings import Span
from brochure.l10n.data_rows import select_rows
from brochure.l10n.data_table import DataRow, DataTable
from brochure.model.block_context import BlockContext
from brochure.spec.data import TableSource
from brochure.spec.values import StyleName, WrittenFigure


def read_table_data(
    source: TableSource,
    settings: Sequence[ColumnSetting],
    total_style: StyleName,
    context: BlockContext,
    *,
    has_head: bool,
) -> TableData:
    """Return the contents of a table from a file; empty, with findings, if there are errors."""
    table = context.edition.data.get(source.table_name)
    if table is None:
        return TableData()  # reported when the file was read
    rows = select_rows(source, table, context.findings)
    columns = choose_columns(settings, rows, source, table, context) if rows else ()
    if not columns or _is_too_large(rows, columns, source, table, context):
        return TableData()
    made = [_make_row(row, number, columns, source, table) for number, row in enumerate(rows)]
    if has_head:
        made.insert(0, _make_head(columns, source, table))
    warn_of_untranslated(tuple(_find_texts(made)), table, context)
    total = _make_total(columns, source, total_style, context) if source.total else None
    return TableData(
        (*made, total) if total else tuple(made),
        tuple(one.settings for one in columns),
        bool(total),
    )


def _is_too_large(
    rows: Sequence[DataRow],
    columns: Sequence[DataColumn],
    source: TableSource,
    table: DataTable,
    context: BlockContext,
) -> bool:
    count = len(rows) * len(columns)
    if count > MAX_CELLS:
        message = f"the table from {table.label} has {count:,} cells; the maximum is {MAX_CELLS:,}"
        hint = "choose rows with 'where' or 'limit', or fewer columns"
        context.note("table-size", message, source.span, hint)
    return count > MAX_CELLS


# Rows


def _make_head(columns: Sequence[DataColumn], source: TableSource, table: DataTable) -> Row:
    return tuple(
        TableCell(one.settings.head.span, one.settings.head)
        if one.settings.head
        else _make_text(table.names[one.at], Span(table.label, table.line, one.at + 1), source)
        for one in columns
    )


def _make_row(
    row: DataRow, number: int, columns: Sequence[DataColumn], source: TableSource, table: DataTable
) -> Row:
    line, cells = row
    made: list[TableCell] = []
    for one in columns:
        place = Span(table.label, line, one.at + 1)
        figure = one.numbers[number] if one.has_numbers else None
        made.append(
            TableCell(place, value=WrittenFigure(figure.value))
            if figure
            else _make_text(cells[one.at], place, source)
        )
    return tuple(made)


def _make_text(text: str, place: Span, source: TableSource) -> TableCell:
    """Return a cell with a text of the file, or with the message that replaces it."""
    text = text.strip()
    message = source.labels.get(text)
    return TableCell(place, message) if message else TableCell(place, words=text)


# Totals


def _make_total(
    columns: Sequence[DataColumn], source: TableSource, style: StyleName, context: BlockContext
) -> Row | None:
    """Return the row of totals: the label in the first column of texts, and sums in those of numbers."""
    label_at = next((at for at, one in enumerate(columns) if not _is_summed(one)), None)
    if label_at is None:
        message = "the row of totals has no column for its label"
        hint = "print a column of texts, or add total: no to a column"
        context.note("data-total", message, source.total.span if source.total else None, hint)
        return None
    return tuple(
        TableCell(source.span, source.total, style=style)
        if at == label_at
        else TableCell(source.span, value=WrittenFigure(_sum(one)), style=style)
        if _is_summed(one)
        else None
        for at, one in enumerate(columns)
    )


def _is_summed(column: DataColumn) -> bool:
    """Return True if a column has a total: numbers do, unless they are percentages."""
    if column.settings.total is not None:
        return column.has_numbers and column.settings.total
    is_percent = any(one.has_percent for one in column.numbers if one)
    return column.has_numbers and not is_percent and "percent" not in (column.settings.format or "")


def _sum(column: DataColumn) -> float:
    """Return the sum of the numbers, as exact as they are written."""
    return float(sum(Decimal(repr(one.value)) for one in column.numbers if one))


def _find_texts(rows: Sequence[Row]) -> Iterator[tuple[str, Span]]:
    """Yield the words of the file with their places."""
    for row in rows:
        for cell in row:
            if isinstance(cell, TableCell) and cell.words:
                yield cell.words, cell.span
