"""Rows of tables as values for the copy and for file names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.l10n.data_rows import select_rows
from brochure.l10n.data_table import DataRow, DataTable
from brochure.l10n.number_format import Fact
from brochure.l10n.number_reading import read_number
from brochure.l10n.office import Office
from brochure.l10n.record_values import PlainText
from brochure.project import Project
from brochure.spec.data import RecordTable
from brochure.spec.repeat import Repeat
from brochure.spec.values import DataAsset, Example, Message

NAME = re.compile(r"[A-Za-z_][\w.-]*")
"""A column's name that can be a placeholder."""
YEARS = range(1000, 3000)


@dataclass(frozen=True, slots=True)
class CellValue:
    """The value of a cell: the text of a message, a number that is formatted in the edition's language, or a text."""

    value: Fact | Message
    raw: str
    place: Span = field(compare=False)

    def __str__(self) -> str:
        return self.raw


Row = tuple[tuple[str, CellValue], ...]
"""The values of a row by the names of the columns in the copy."""


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows that a repeat uses, with the names of the table's columns."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_row_table(
    project: Project, repeat: Repeat, office: Office | None, findings: list[Finding]
) -> RowTable | None:
    """Return the rows of a repeat; None, with findings, if its table has errors."""
    table = _read_table(project, repeat, office, findings)
    if table is None:
        return None
    notes: list[Finding] = []
    rows = select_rows(repeat, table, notes) if table.rows else ()
    findings.extend(one for one in notes if one.code != "data-empty")
    if any(one.severity is Severity.ERROR and one.code != "data-empty" for one in notes):
        return None
    names = dict(_names_in_copy(repeat, table))
    numeric = {at for at in range(len(table.names)) if _is_numeric(table, at, repeat)}
    values = tuple(tuple(_values(row, names, numeric, repeat, table)) for row in rows)
    return RowTable(table.label, tuple(filter(None, table.names)), values)


def _read_table(
    project: Project, repeat: Repeat, office: Office | None, findings: list[Finding]
) -> DataTable | None:
    if isinstance(repeat.from_, RecordTable):
        return None  # its rows are given with --records
    if not isinstance(repeat.from_, DataAsset):
        return _table_of(repeat.from_, repeat.span)
    own = office.pictures.get(repeat.from_.path) if office else None
    name = project.asset((own or repeat.from_).path)
    if name is None:
        message, hint = (
            f"file 'assets/{repeat.from_.path}' not found",
            "add it to the assets folder",
        )
        findings.append(Finding("asset-missing", message, (own or repeat.from_).span, hint))
        return None
    # Imported here so that only layouts with data files load the readers of CSV and XLSX.
    from brochure.l10n.data_files import read_data_file

    try:
        table, found = read_data_file(project, name, repeat.sheet)
    except InputError as failure:
        table, found = None, failure.findings
    if table is None and found and all(one.code == "data-empty" for one in found):
        return DataTable(project.label(name), b"", repeat.sheet, 1, (), ())
    findings.extend(found)
    return table


def _table_of(rows: tuple[Mapping[str, Example], ...], span: Span) -> DataTable:
    """Return the table of a list in the layout."""
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    lines = [min((one.span.line for one in row.values()), default=span.line) for row in rows]
    cells = [tuple(str(row[name].value) if name in row else "" for name in names) for row in rows]
    return DataTable(span.file, b"", None, span.line, names, tuple(zip(lines, cells, strict=True)))


def _names_in_copy(repeat: Repeat, table: DataTable) -> Iterator[tuple[str, int]]:
    """Yield the names that the copy uses for columns, with their indices."""
    for at, name in enumerate(table.names):
        if NAME.fullmatch(name):
            yield name, at
    for name, column in repeat.names.items():
        if column.name in table.names:
            yield name, table.names.index(column.name)


def _is_numeric(table: DataTable, at: int, repeat: Repeat) -> bool:
    """Return True if all cells of a column are numbers, but not years or codes."""
    cells = [cells[at].strip() for _, cells in table.rows if cells[at].strip()]
    numbers = [read_number(cell, repeat.decimal_mark) for cell in cells]
    plain = [one for one in numbers if one and not (one.has_percent or one.has_brackets)]
    if not cells or len(plain) < len(cells):
        return False
    return not all(one.value in YEARS and not one.is_grouped for one in plain)


def _values(
    row: DataRow,
    names: Mapping[str, int],
    numeric: set[int],
    repeat: Repeat,
    table: DataTable,
) -> Iterator[tuple[str, CellValue]]:
    line, cells = row
    for name, at in names.items():
        text, place = cells[at].strip(), Span(table.label, line, at + 1)
        number = read_number(cells[at], repeat.decimal_mark) if at in numeric else None
        value: Fact | Message = repeat.labels.get(text) or PlainText(text)
        yield name, CellValue(number.value if number else value, text, place)
