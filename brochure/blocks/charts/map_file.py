"""Points of symbol maps from the rows of data files; loaded by maps that have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.blocks._data_numbers import (
    NumberColumn,
    are_percentages,
    count_written_decimals,
    read_cells,
)
from brochure.blocks._data_texts import warn_of_untranslated
from brochure.blocks.charts.chart import MAX_DATA, MapPoint, NumberFormat
from brochure.blocks.charts.map_points import SymbolMapFields
from brochure.findings import Span
from brochure.l10n.data_rows import find_column, select_rows
from brochure.l10n.data_table import DataRow, DataTable
from brochure.l10n.number_reading import WrittenNumber
from brochure.model.block_context import BlockContext
from brochure.spec.data import MapSource
from brochure.spec.values import ColumnName, Share


def read_map_files(block: SymbolMapFields, context: BlockContext) -> SymbolMapFields:
    """Return the map with points in place of its files, without those of files that have errors."""
    points: list[MapPoint] = []
    written: list[WrittenNumber | None] = []
    for one in block.data:
        if isinstance(one, MapPoint):
            points.append(one)
        else:
            points.extend(_read_points(one, written, context))
    if are_percentages(written):
        block = replace(block, format=NumberFormat.PERCENT)
    if block.decimals is None and any(written):
        block = replace(block, decimals=count_written_decimals(written))
    return replace(block, data=tuple(points))


def _read_points(
    source: MapSource, written: list[WrittenNumber | None], context: BlockContext
) -> tuple[MapPoint, ...]:
    """Return the points of a file; add its values to `written`."""
    table = context.edition.data.get(source.table_name)
    if table is None:
        return ()  # reported when the file was read
    before = len(context.findings)
    named = {
        "label": _find(source.label, 0, table, context),
        "value": _find(source.value, 1, table, context),
        "x": _find(source.x, None, table, context),
        "y": _find(source.y, None, table, context),
        "id": _find(source.id, None, table, context),
    }
    if (source.id is None) is (source.x is None or source.y is None):
        message = "the points of a file need the columns of their places: 'x' and 'y', or 'id'"
        context.note("map-place", message, source.span, "e.g. x: longitude, y: latitude")
    rows = select_rows(source, table, context.findings)
    if named["value"] is None and len(context.findings) == before:
        message = f"{table.label} has one column; a map needs labels and values"
        context.note("data-column", message, source.span, "add a column of numbers")
    if len(context.findings) > before or not rows:
        return ()
    if len(rows) > MAX_DATA:
        message = f"the chart has {len(rows):,} entries; the maximum is {MAX_DATA:,}"
        context.note("chart-data", message, source.span, "choose rows with 'where' or 'limit'")
        return ()
    numbers = {
        name: read_cells(rows, at, source, table)
        for name, at in named.items()
        if name in ("value", "x", "y") and at is not None
    }
    for column in numbers.values():
        column.note_wrong(context)
        column.note_mixed(context)
    written.extend(numbers["value"].numbers)
    points = tuple(
        _make_point(at, row, named, numbers, source, table) for at, row in enumerate(rows)
    )
    warn_of_untranslated([(one.words, one.span) for one in points if one.words], table, context)
    return points


def _find(
    column: ColumnName | None, default: int | None, table: DataTable, context: BlockContext
) -> int | None:
    """Return the index of a named column, or the default one."""
    if column is None:
        return default if default is None or default < len(table.names) else None
    return find_column(column.name, table, column.span, context.findings)


def _make_point(
    number: int,
    row: DataRow,
    named: dict[str, int | None],
    columns: dict[str, NumberColumn],
    source: MapSource,
    table: DataTable,
) -> MapPoint:
    line, cells = row
    label_at, id_at = named.get("label"), named.get("id")
    text = "" if label_at is None else cells[label_at].strip()
    message = source.labels.get(text)
    value = columns["value"].numbers[number]
    return MapPoint(
        Span(table.label, line, (label_at or 0) + 1),
        message,
        None if value is None else float(value.value),
        _coordinate(columns.get("x"), number),
        _coordinate(columns.get("y"), number),
        None if id_at is None else cells[id_at].strip(),
        source.colours.get(text),
        "" if message else " ".join(text.split()),
    )


def _coordinate(column: NumberColumn | None, number: int) -> Share | float | None:
    """Return a coordinate of a row: a percentage if it has a per cent sign."""
    found: Sequence[WrittenNumber | None] = column.numbers if column else ()
    one = found[number] if found else None
    if one is None:
        return None
    return Share(one.value / 100) if one.has_percent else float(one.value)
