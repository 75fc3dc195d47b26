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
from brochure.blocks.charts.chart import MAX_DATA, Chart, ChartPoint, Datum, NumberFormat
from brochure.blocks.charts.points import ScatterFields
from brochure.blocks.charts.series import SeriesChart, SeriesName, SeriesTable
from brochure.findings import Finding, Severity, Span
from brochure.l10n.data_rows import find_column, select_rows
from brochure.l10n.data_table import DataRow, DataTable
from brochure.l10n.number_reading import WrittenNumber
from brochure.model.block_context import BlockContext
from brochure.spec.data import ChartSource, DataSource, LineSource, PointSource
from brochure.spec.values import ColumnName, Message

Block = TypeVar("Block", bound=Chart)


def read_files(block: Block, context: BlockContext, *, decimals: bool) -> Block | None:
    """Return the chart with entries in place of its files; see `read_chart_data`."""
    entries: list[Datum] = []
    numbers: list[WrittenNumbers] = []
    for one in block.data:
        if isinstance(one, Datum):
            entries.append(one)
        elif not isinstance(one, ChartSource) or (read := _read_entries(one, context)) is None:
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
    if len(source.value) > 1:
        message = f"the file has {len(source.value)} columns of values; this chart has one"
        hint = "use a bar-chart, a column-chart, a line-chart or an area-chart"
        context.note("chart-series", message, source.span, hint)
    value_at = _find(source.value[0] if source.value else None, 1, source, table, context)
    rows = select_rows(source, table, context.findings)
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


# Several series

SeriesBlock = TypeVar("SeriesBlock", bound=SeriesChart)
PointBlock = TypeVar("PointBlock", bound=ScatterFields)


def read_series_file(
    block: SeriesBlock, source: ChartSource | LineSource, context: BlockContext
) -> tuple[SeriesBlock, SeriesTable] | None:
    """Return the chart, with the number format of the file, and the values of its columns."""
    table = context.edition.data.get(source.table_name)
    if table is None:
        return None  # reported when the file was read
    x_name = source.x if isinstance(source, LineSource) else source.label
    x_at = _find(x_name, 0, source, table, context)
    rows = select_rows(source, table, context.findings)
    if x_at is None or not rows:
        return None
    _note_unlabelled(rows, x_at, table, context)
    places = _value_columns(source, x_at, rows, table, context)
    columns = [read_cells(rows, at, source, table) for at in places]
    for column in columns:
        column.note_wrong(context)
        column.note_mixed(context)
    block = _with_formats(block, tuple(one for column in columns for one in column.numbers))
    entries = tuple(_make_entry(row, x_at, None, source, table) for row in rows)
    if len(places) > 1:
        # Their colours are those of the columns.
        entries = tuple(replace(one, colour=None) for one in entries)
    names = tuple(_make_name(at, source, table) for at in places)
    words = [(one.words, one.span) for one in entries if one.words]
    words += [(one.words, one.span) for one in names if one.words]
    warn_of_untranslated(words, table, context)
    values = zip(*(column.numbers for column in columns), strict=True)
    cells = tuple(tuple(one.value if one else None for one in row) for row in values)
    return block, SeriesTable(entries, names, cells)


def _with_formats(block: Block, written: WrittenNumbers) -> Block:
    if are_percentages(written):
        block = replace(block, format=NumberFormat.PERCENT)
    if block.decimals is None:
        block = replace(block, decimals=count_written_decimals(written))
    return block


def _value_columns(
    source: ChartSource | LineSource,
    x_at: int,
    rows: Sequence[DataRow],
    table: DataTable,
    context: BlockContext,
) -> list[int]:
    """Return the indices of the columns of values: those named, or all others that are numbers only."""
    named = source.lines if isinstance(source, LineSource) else source.value
    if named:
        found = [find_column(one.name, table, one.span, context.findings) for one in named]
        return [at for at in found if at is not None]
    columns = {
        at: read_cells(rows, at, source, table) for at in range(len(table.names)) if at != x_at
    }
    chosen = [at for at, one in columns.items() if any(one.numbers) and not one.wrong]
    if not chosen:
        message = f"{table.label} has no column of numbers beside '{table.names[x_at]}'"
        context.note("data-column", message, source.span, "name the columns of the values")
    return chosen


def _make_name(at: int, source: ChartSource | LineSource, table: DataTable) -> SeriesName:
    text = table.names[at].strip()
    place = Span(table.label, table.line, at + 1)
    message = source.labels.get(text)
    words = "" if message else " ".join(text.split())
    return SeriesName(place, message, words, source.colours.get(text))


# Points


def read_point_files(block: PointBlock, context: BlockContext) -> PointBlock:
    """Return the chart with points in place of its files, without those of files that have errors."""
    points: list[ChartPoint] = []
    written: list[WrittenNumber | None] = []
    for one in block.data:
        if isinstance(one, ChartPoint):
            points.append(one)
        elif isinstance(one, PointSource):
            points.extend(_read_points(one, written, context))
    block = _with_formats(block, tuple(written)) if any(written) else block
    return replace(block, data=tuple(points))


def _read_points(
    source: PointSource, written: list[WrittenNumber | None], context: BlockContext
) -> tuple[ChartPoint, ...]:
    """Return the points of a file; add the numbers of its y axis to `written`."""
    table = context.edition.data.get(source.table_name)
    if table is None:
        return ()  # reported when the file was read
    x_at = _find(source.x, 0, source, table, context)
    value_at = _find(source.value, 1, source, table, context)
    places = [x_at, value_at]
    if source.size:
        places.append(find_column(source.size.name, table, source.size.span, context.findings))
    label_at = None
    if source.label:
        label_at = find_column(source.label.name, table, source.label.span, context.findings)
    rows = select_rows(source, table, context.findings)
    if None in places or not rows:
        return ()
    if len(rows) > MAX_DATA:
        message = f"the chart has {len(rows):,} entries; the maximum is {MAX_DATA:,}"
        context.note("chart-data", message, source.span, "choose rows with 'where' or 'limit'")
        return ()
    columns = [read_cells(rows, at, source, table) for at in places if at is not None]
    for column in columns:
        column.note_wrong(context)
        column.note_mixed(context)
    written.extend(columns[1].numbers)
    points = []
    for at, row in enumerate(rows):
        numbers = [one.numbers[at] for one in columns]
        values = [None if one is None else float(one.value) for one in numbers]
        points.append(_make_point(row, label_at, values, source, table))
    words = [(one.words, one.span) for one in points if one.words]
    warn_of_untranslated(words, table, context)
    return tuple(points)


def _make_point(
    row: DataRow,
    label_at: int | None,
    values: Sequence[float | None],
    source: PointSource,
    table: DataTable,
) -> ChartPoint:
    line, cells = row
    text = "" if label_at is None else cells[label_at].strip()
    message = source.labels.get(text)
    place = Span(table.label, line, (label_at or 0) + 1)
    x, value, *size = values
    return ChartPoint(
        place,
        message,
        x,
        value,
        size[0] if size else None,
        source.colours.get(text),
        "" if message else " ".join(text.split()),
    )


def _find(
    name: ColumnName | None,
    default: int,
    source: DataSource,
    table: DataTable,
    context: BlockContext,
) -> int | None:
    """Return the index of a named column, or of the default one."""
    if name is not None:
        return find_column(name.name, table, name.span, context.findings)
    if default < len(table.names):
        return default
    message = f"{table.label} has one column; a chart needs labels and values"
    context.note("data-column", message, source.span, "add a column of numbers")
    return None


def _make_entry(
    row: DataRow,
    label_at: int,
    value: float | None,
    source: ChartSource | LineSource,
    table: DataTable,
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
