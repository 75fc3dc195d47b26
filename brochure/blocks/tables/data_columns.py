"""Columns of a table that is read from a file: which columns of the file, and their number formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.blocks._data_numbers import are_percentages, count_written_decimals, read_cells
from brochure.blocks.tables.cells import (
    CellAlign,
    CellType,
    ColumnSetting,
    NegativeStyle,
    TableColumn,
    as_column,
)
from brochure.fast_dataclass import dataclass
from brochure.l10n.data_rows import find_column
from brochure.l10n.data_table import DataRow, DataTable
from brochure.l10n.number_reading import WrittenNumber
from brochure.model.block_context import BlockContext
from brochure.spec.data import DataSource


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of the table: its index in the file, its settings, and the numbers of its rows; none for a column of texts."""

    at: int
    settings: TableColumn
    numbers: tuple[WrittenNumber | None, ...] = ()

    @property
    def has_numbers(self) -> bool:
        """Whether the column contains numbers."""
        return bool(self.numbers)


def choose_columns(
    settings: Sequence[ColumnSetting],
    rows: Sequence[DataRow],
    source: DataSource,
    table: DataTable,
    context: BlockContext,
) -> tuple[DataColumn, ...]:
    """Return the columns with their numbers; none, with findings, if the settings or the numbers have errors."""
    before = len(context.findings)
    chosen = _pick([as_column(one) for one in settings], source, table, context)
    columns = tuple(_read_numbers(column, rows, source, table, context) for column in chosen)
    return columns if len(context.findings) == before else ()


def _pick(
    settings: Sequence[TableColumn], source: DataSource, table: DataTable, context: BlockContext
) -> list[DataColumn]:
    """Return the columns that the settings name; if they name none, all columns of the file in order."""
    if any(one.from_ for one in settings):
        return _pick_named(settings, source, table, context)
    if settings and len(settings) != len(table.names):
        message = f"{table.label} has {len(table.names)} columns; 'columns' lists {len(settings)}"
        hint = "choose columns of the file with 'from', e.g. {from: " + table.names[-1] + "}"
        context.note("data-column", message, source.span, hint)
        return []
    columns = settings or [TableColumn()] * len(table.names)
    return [DataColumn(at, one) for at, one in enumerate(columns)]


def _pick_named(
    settings: Sequence[TableColumn], source: DataSource, table: DataTable, context: BlockContext
) -> list[DataColumn]:
    chosen: list[DataColumn] = []
    for number, one in enumerate(settings, 1):
        if one.from_ is None:
            message = f"column {number} of the table does not name a column of {table.label}"
            context.note("data-column", message, source.span, "add 'from' with the column's name")
            continue
        at = find_column(one.from_.name, table, one.from_.span, context.findings)
        if at is not None:
            chosen.append(DataColumn(at, one))
    return chosen


# Numbers


def _read_numbers(
    column: DataColumn,
    rows: Sequence[DataRow],
    source: DataSource,
    table: DataTable,
    context: BlockContext,
) -> DataColumn:
    """Return the column with its numbers, and with the formats that follow from them."""
    one = column.settings
    if one.type is CellType.TEXT:
        return column
    read = read_cells(rows, column.at, source, table)
    if _is_declared(one):
        read.note_wrong(context)
    elif read.wrong or not any(read.numbers) or _are_years(read.numbers):
        return column
    read.note_mixed(context)
    return replace(column, settings=_complete(one, read.numbers), numbers=read.numbers)


def _is_declared(column: TableColumn) -> bool:
    """Return True if the settings say that the column contains numbers."""
    return (
        column.type is CellType.NUMBER
        or column.decimals is not None
        or column.format is not None
        or column.negative is not None
        or column.align is CellAlign.POINT
    )


FIRST_YEAR, LAST_YEAR = 1000, 2999


def _are_years(numbers: Sequence[WrittenNumber | None]) -> bool:
    """Return True if all numbers look like years, which are not grouped."""
    return all(
        isinstance(one.value, int)
        and FIRST_YEAR <= one.value <= LAST_YEAR
        and not (one.is_grouped or one.decimals or one.has_percent)
        for one in numbers
        if one
    )


def _complete(column: TableColumn, numbers: Sequence[WrittenNumber | None]) -> TableColumn:
    """Return the settings, and those that are not given as the file writes the numbers."""
    written = [one for one in numbers if one]
    has_percent = are_percentages(numbers)
    has_brackets = any(one.has_brackets for one in written)
    style = column.format if column.format is not None else "percent" if has_percent else None
    decimals = column.decimals
    if decimals is None and style in (None, "", "percent"):
        decimals = count_written_decimals(numbers)
    return replace(
        column,
        align=column.align or CellAlign.POINT,
        format=style,
        decimals=decimals,
        negative=column.negative
        or (NegativeStyle.BRACKETS if has_brackets else NegativeStyle.MINUS),
    )
