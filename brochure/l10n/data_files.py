"""Read data files: tables in CSV, TSV or XLSX files that blocks are filled from.

The first row has the names of the columns. Rows without text are ignored. All errors of a file are collected.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from brochure.errors import InputError
from brochure.findings import Finding, Severity, Span, count_repeated
from brochure.l10n.csv_rows import MAX_LINE_BYTES, read_csv_rows
from brochure.l10n.data_table import DataTable
from brochure.l10n.formats import xlsx
from brochure.l10n.formats._cell_format import CellText
from brochure.l10n.formats._rows import Row
from brochure.l10n.proofreading import find_character_problems
from brochure.project import Project, read_unchanged
from brochure.system.cache import MemoryCache

MAX_DATA_BYTES = 20_000_000
"""Maximum size of a data file."""
MAX_ROWS = 50_000
"""Maximum rows of a data file; a table prints fewer, a filter may choose them."""
MAX_COLUMNS = 500
"""Maximum columns of a data file."""
MAX_CELL_LENGTH = 2_000
"""Maximum characters of a cell."""


Contents = tuple[DataTable | None, tuple[Finding, ...]]
"""The table of a file, None if it has errors, and the findings."""

CACHE: MemoryCache[tuple[bytes, str, str | None], Contents] = MemoryCache(
    1_000_000, lambda read: 1 + (len(read[0].rows) * len(read[0].names) if read[0] else 0)
)
"""Data files by digest, label and sheet, for other editions of a job; the weight is the number of cells."""


def read_data_file(project: Project, name: str, sheet: str | None = None) -> Contents:
    """Return the table in a file of the project, None if it has errors, and the findings.

    Args:
        project: The project.
        name: The file.
        sheet: The sheet of a workbook (default: the first).

    Raises:
        InputError: The file cannot be read.
    """
    digest, label = project.digest(name), project.label(name)
    found = CACHE.get((digest, label, sheet))
    if found is None:
        data = read_unchanged(project, name, digest)
        found = _read(data, digest, label, sheet)
        CACHE.put((digest, label, sheet), found)
    return found


def _read(data: bytes, digest: bytes, label: str, sheet: str | None) -> Contents:
    if len(data) > MAX_DATA_BYTES:
        message = f"the file has {len(data):,} bytes; the maximum is {MAX_DATA_BYTES:,}"
        return None, (Finding("data-size", message, Span(label), "keep only what is printed"),)
    try:
        rows = tuple(_limit(_read_rows(data, label, sheet), label))
    except InputError as failure:
        return None, failure.findings
    findings = tuple(count_repeated(_check(rows, label)))
    if any(one.severity is Severity.ERROR for one in findings):
        return None, findings
    (first, names), *below = rows
    width = len(_trimmed(names))
    padded = tuple((line, _fit(cells, width)) for line, cells in below)
    return DataTable(
        label, digest, sheet, first, tuple(map(str.strip, names[:width])), padded
    ), findings


def _read_rows(data: bytes, label: str, sheet: str | None) -> Iterator[Row]:
    """Yield the rows that contain text."""
    rows: Iterable[Row]
    if label.lower().endswith(xlsx.SUFFIXES):
        rows, findings = xlsx.read_table(data, label, sheet)
        if findings:
            raise InputError(findings)
    elif sheet is not None:
        message = f"the file has no sheet '{sheet}': only workbooks have sheets"
        raise InputError([Finding("data-sheet", message, Span(label), "remove 'sheet'")])
    else:
        stream = io.BytesIO(data)
        lines = iter(lambda: stream.readline(MAX_LINE_BYTES), b"")
        delimiter = "\t" if label.lower().endswith(".tsv") else ""
        rows = read_csv_rows(lines, label, "data", delimiter)
    return (row for row in rows if any(cell.strip() or _problem(cell) for cell in row[1]))


def _limit(rows: Iterable[Row], label: str) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > MAX_ROWS:
            message = f"the file has more than {MAX_ROWS:,} rows"
            hint = "keep only the rows that are printed"
            raise InputError([Finding("data-size", message, Span(label, row[0]), hint)])
        if len(row[1]) > MAX_COLUMNS:
            message = f"the row has {len(row[1]):,} cells; the maximum is {MAX_COLUMNS}"
            hint = "keep only the columns that are printed"
            raise InputError([Finding("data-size", message, Span(label, row[0]), hint)])
        yield row


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells without the empty ones at the end."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _fit(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))


# Checks


def _check(rows: tuple[Row, ...], label: str) -> Iterator[Finding]:
    if not rows:
        hint = "write the names of the columns in the first row, and the data below them"
        yield Finding("data-empty", "the file is empty", Span(label), hint)
        return
    line, names = rows[0]
    yield from _check_names(_trimmed(names), Span(label, line))
    if len(rows) == 1:
        message = "the file has no rows below the names of its columns"
        yield Finding("data-empty", message, Span(label, line), "add the data")
    width = len(_trimmed(names))
    for number, cells in rows[1:]:
        yield from _check_width(cells, width, Span(label, number))
    for number, cells in rows:
        for at, cell in enumerate(cells, 1):
            yield from _check_cell(cell, Span(label, number, at))


def _check_names(names: tuple[str, ...], place: Span) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for at, name in enumerate(map(str.strip, names), 1):
        if name and seen.setdefault(name, at) != at:
            message = f"column {at} has the same name as column {seen[name]}: '{name}'"
            hint = "give every column a name of its own"
            yield Finding("data-column-twice", message, Span(place.file, place.line, at), hint)


def _check_width(cells: tuple[str, ...], width: int, place: Span) -> Iterator[Finding]:
    count = len(_trimmed(cells))
    if count <= width and not _is_short(cells, width, place.file):
        return
    has = max(count, min(len(cells), width))
    message = f"the row has {has} {'cell' if has == 1 else 'cells'}; expected {width}"
    hint = "put cells that contain a separator in quotation marks"
    yield Finding("data-ragged", message, place, hint)


def _is_short(cells: tuple[str, ...], width: int, label: str) -> bool:
    """Return True if cells are missing; the rows of a workbook end with their last filled cell."""
    return len(cells) < width and not label.lower().endswith(xlsx.SUFFIXES)


def _check_cell(cell: str, place: Span) -> Iterator[Finding]:
    if _problem(cell) and isinstance(cell, CellText):
        yield Finding("data-cell", f"the cell cannot be read: {cell.problem}", place, cell.hint)
    if len(cell) > MAX_CELL_LENGTH:
        message = f"the cell has {len(cell):,} characters; the maximum is {MAX_CELL_LENGTH:,}"
        yield Finding("data-cell", message, place, "write a long text in the copy")
    elif not (cell.isascii() and cell.isprintable()):
        for problem in find_character_problems(cell.replace("\r", ""), "en"):
            if problem.severity is Severity.ERROR:
                yield Finding("data-character", problem.message, place, problem.hint)


def _problem(cell: str) -> str:
    return cell.problem if isinstance(cell, CellText) else ""
