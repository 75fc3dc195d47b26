"""Entries of charts from the rows of data files; loaded by charts that have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from brochure.blocks._data_numbers import (
    WrittenNumbers,
    are_percentages,
    count_written_decimals,
    read_cells,
)
from brochure.blocks._data_texts import warn_of_untranslated
from brochure.blocks.charts.chart import MAX_DATA, Chart, Datum, NumberFormat
from brochure.findings import Finding, Severity, Span
from brochure.l10n.data_rows import find_column, select_rows
from brochure.l10n.data_table import DataRow, DataTable
from brochure.model.block_context import BlockContext
from brochure.spec.data import ChartSource
from brochure.spec.values import ColumnName, Message

Block = TypeVar("Block", bound=Chart)


def read_files(block: Block, context: BlockContext, *, decimals: bool) -> Block | None:
    """Return the chart with entries in place of its files; see `read_chart_data`."""
    entries: list[Datum] = []
    numbers: list[WrittenNumbers] = []
    for one in block.data:
        if isinstance(one, Datum):
            entries.append(one)
        elif (read := _read_entries(one, context)) is None:
            return None
        else:
            entries.extend(read[0])
            numbers.append(read[1])
    written = tuple(number for each in numbers for number in each)
    if are_percentages(written):
        block = replace(block, format=NumberFormat.PERCENT)
    if decimals and block.decimals is None and len(numbers) == len(block.data):
        block = replace(block, decimals=count_written_decimals(written))
    return replace(block, data=tuple(entries))


def _read_entries(
    source: ChartSource, context: BlockContext
) -> tuple[tuple[Datum, ...], WrittenNumbers] | None:
    """Return the entries of a file and their numbers as written; None, with findings, if it has errors."""
    table = context.edition.data.get(source.table_name)
    if table is None:
        return None  # reported when the file was read
    before = len(context.findings)
    label_at = _find(source.label, 0, source, table, context)
    value_at = _find(source.value, 1, source, table, context)
    rows = select_rows(source, table, context)
    if label_at is None or value_at is None or not rows:
        return None
    column = read_cells(rows, value_at, source, table)
    column.note_wrong(context)
    column.note_mixed(context)
    _note_unlabelled(rows, label_at, table, context)
    if len(rows) > MAX_DATA:
        message = f"the chart has {len(rows):,} entries; the maximum is {MAX_DATA:,}"
        context.note("chart-data", message, source.span, "choose rows with 'where' or 'limit'")
    if any(one.severity is Severity.ERROR for one in context.findings[before:]):
        return None
    entries = tuple(
        _make_entry(row, label_at, None if number is None else number.value, source, table)
        for row, number in zip(rows, column.numbers, strict=True)
    )
    texts = tuple((one.words, one.span) for one in entries if one.words)
    warn_of_untranslated(texts, table, context)
    return entries, column.numbers


def _find(
    name: ColumnName | None,
    default: int,
    source: ChartSource,
    table: DataTable,
    context: BlockContext,
) -> int | None:
    """Return the index of a named column, or of the default one."""
    if name is not None:
        return find_column(name.name, table, name.span, context)
    if default < len(table.names):
        return default
    message = f"{table.label} has one column; a chart needs labels and values"
    context.note("data-column", message, source.span, "add a column of numbers")
    return None


def _make_entry(
    row: DataRow, label_at: int, value: float | None, source: ChartSource, table: DataTable
) -> Datum:
    line, cells = row
    text = cells[label_at].strip()
    place = Span(table.label, line, label_at + 1)
    message = source.labels.get(text)
    colour = source.colours.get(text)
    if message:
        return Datum(place, message, value, colour)
    return Datum(place, Message("", place), value, colour, words=" ".join(text.split()))


def _note_unlabelled(
    rows: Sequence[DataRow], label_at: int, table: DataTable, context: BlockContext
) -> None:
    """Report rows without a label, as one finding at the first."""
    lines = [line for line, cells in rows if not cells[label_at].strip()]
    if lines:
        rows_text = "" if len(lines) == 1 else f" in {len(lines):,} rows"
        message = f"the column '{table.names[label_at]}' has no label{rows_text}"
        place = Span(table.label, lines[0], label_at + 1)
        hint = "write a label for each entry, or choose rows with 'where'"
        context.findings.append(Finding("data-label", message, place, hint, count=len(lines)))
