"""XLSX catalogues, for offices that translate in Excel, read and written with openpyxl.

A sheet has one row per message (see `_rows.py`); it is the first one that has its columns. Every cell is text, even if it starts
with a formula sign; keys and sources are locked. Workbooks rejected by `_workbook_parts.py` are not opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from brochure.errors import BrochureError
from brochure.findings import Finding, Span, nearest
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats._cell_format import ESCAPE, CellText, refuse, show_value
from brochure.l10n.formats._package_parts import EPOCH, DamagedPartError, fix_times
from brochure.l10n.formats._rows import (
    COLUMNS,
    EDITABLE,
    STATES,
    Row,
    find_header,
    read_rows,
    write_header,
    write_rows,
)
from brochure.l10n.formats._workbook_comments import read_comments
from brochure.l10n.formats._workbook_parts import find_refusal_reason
from brochure.locales import is_known_language

SUFFIXES = (".xlsx",)
MAX_CELL = 32_767
"""Maximum characters in a cell (Excel specifications and limits)."""

MAX_CELLS = 1_000_000
"""Cells of a sheet that are read. A workbook may claim 16 billion (1,048,576 rows of 16,384 columns)."""

TEXT_FORMAT = "@"
WIDTHS = {"key": 26, "source": 60, "translation": 60, "state": 12, "notes": 30, "comments": 50}


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a workbook, and findings for its errors; comments on cells become notes."""
    sheets, wrong = _read_sheets(data, label, None)
    if wrong or not sheets:
        return Catalogue(language, label, {}), wrong
    at = next((at for at, (_, rows) in enumerate(sheets) if find_header(rows) is not None), 0)
    title, rows = sheets[at]
    try:
        comments = read_comments(data, at)
    except DamagedPartError as failure:
        message = f"the workbook is damaged: its part {failure} is missing or cannot be read"
        hint = "open it in a spreadsheet program and save it again as .xlsx"
        return Catalogue(language, label, {}), (Finding("xlsx-form", message, Span(label), hint),)
    catalogue, findings = read_rows(rows, label, language, comments)
    declared = catalogue.declared or (title if is_known_language(title) else "")
    return replace(catalogue, declared=declared), findings


def read_table(
    data: bytes, label: str, sheet: str | None = None
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Return the rows of a workbook's sheet, every cell as the spreadsheet shows it, or a finding.

    The first sheet is read, or the one of the given name. Cells are `CellText`; one that has no text has a problem, which the
    caller reports if it uses the cell.
    """
    sheets, wrong = _read_sheets(data, label, sheet or "")
    return (sheets[0][1] if sheets else ()), wrong


def _read_sheets(
    data: bytes, label: str, sheet: str | None
) -> tuple[tuple[tuple[str, tuple[Row, ...]], ...], tuple[Finding, ...]]:
    """Return the titles and rows of all sheets, of the one with this name or, if the name is empty, of the first one."""
    reason = find_refusal_reason(data)
    if reason:
        hint = "save it as an Excel workbook (.xlsx), without macros"
        return (), (Finding("xlsx-form", reason, Span(label), hint),)
    # Imported here so that only workbooks load openpyxl.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        titles = [one.title for one in book.worksheets]
        if not titles:
            return (), (Finding("xlsx-form", "the workbook has no sheet", Span(label)),)
        if sheet and sheet not in titles:
            message = f"the workbook has no sheet '{sheet}'"
            return (), (Finding("xlsx-form", message, Span(label), nearest(sheet, titles)),)
        wanted = range(len(titles)) if sheet is None else [titles.index(sheet) if sheet else 0]
        cells = (_read_sheet(book.worksheets[at], _find_formulas(data, at)) for at in wanted)
        return tuple(zip((titles[at] for at in wanted), map(tuple, cells), strict=True)), ()
    except _TooManyCellsError:
        which = f"sheet '{sheet}'" if sheet else "first sheet"
        message = f"the {which} has more than {MAX_CELLS:,} cells, most of them perhaps empty"
        hint = "delete the empty rows and columns after the table, or divide it into several files"
        return (), (Finding("xlsx-form", message, Span(label), hint),)
    except MemoryError:
        raise
    except Exception:  # openpyxl raises many kinds of exceptions for damaged files
        message = "the workbook is damaged: its cells cannot be read"
        hint = "open it in a spreadsheet program and save it again as .xlsx"
        return (), (Finding("xlsx-form", message, Span(label), hint),)


class _TooManyCellsError(Exception):
    """A sheet with more than `MAX_CELLS` cells."""


def _count_cells(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows; raise an error when they have too many cells. A missing row counts as a cell."""
    count = 0
    for row in rows:
        count += max(1, len(row))
        if count > MAX_CELLS:
            raise _TooManyCellsError
        yield row


def _find_formulas(data: bytes, at: int) -> frozenset[tuple[int, int]]:
    """Return the rows and columns of a sheet's formulas; openpyxl reads either formulas or their stored values."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheets = (name for name in packed.namelist() if name.startswith("xl/worksheets/"))
        if not any(b"<f" in packed.read(name) for name in sheets):
            return frozenset()
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    cells = (cell for row in _count_cells(book.worksheets[at].iter_rows()) for cell in row)
    return frozenset(
        (cell.row, cell.column)
        for cell in cells
        if cell.data_type == "f" and cell.row and cell.column
    )


def _read_sheet(sheet: Any, formulas: frozenset[tuple[int, int]]) -> Iterator[Row]:
    for line, cells in enumerate(_count_cells(sheet.iter_rows()), start=1):
        yield line, tuple(_cell_text(cell, formulas) for cell in cells)


def _cell_text(cell: Any, formulas: frozenset[tuple[int, int]]) -> CellText:
    """Return a cell as the spreadsheet shows it."""
    value = cell.value
    if value is None:
        is_unknown = formulas and cell.data_type == "n" and (cell.row, cell.column) in formulas
        hint = "open the workbook in a spreadsheet program and save it, or paste the values"
        return refuse("its formula has no stored value", hint) if is_unknown else CellText()
    if cell.data_type == "e":
        return refuse(f"it shows the error {value}", "correct the formula, or clear the cell")
    return show_value(value, cell.number_format)


def write(catalogue: Catalogue) -> bytes:
    """Return the catalogue as a workbook."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, Protection
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = catalogue.language[:31]
    alignment = Alignment(wrap_text=True, vertical="top")
    for line, row in enumerate([write_header(catalogue), *write_rows(catalogue)], start=1):
        for column, (name, text) in enumerate(zip(COLUMNS, row, strict=True), start=1):
            cell = sheet.cell(line, column)
            _set_text(cell, text, catalogue.file)
            cell.alignment, cell.number_format = alignment, TEXT_FORMAT
            cell.font = Font(bold=line == 1)
            cell.protection = Protection(locked=line == 1 or name not in EDITABLE)
    for column, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 20)
    sheet.freeze_panes = "C2"
    _protect(sheet, line)
    book.properties.created = book.properties.modified = EPOCH
    return _save_reproducibly(book)


def _protect(sheet: Any, last: int) -> None:
    """Lock all cells that are not to be changed, without a password, and offer the states in a list."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.protection.sheet = True
    # False means that it is allowed (ECMA-376 Part 1, 18.3.1.85).
    sheet.protection.formatCells = sheet.protection.formatColumns = False
    sheet.protection.formatRows = sheet.protection.autoFilter = sheet.protection.objects = False
    letter = get_column_letter(COLUMNS.index("state") + 1)
    states = DataValidation("list", formula1=f'"{",".join(STATES)}"', allow_blank=True)
    states.errorTitle, states.error = "state", f"Choose one of: {', '.join(STATES)}"
    sheet.add_data_validation(states)
    if last > 1:
        states.add(f"{letter}2:{letter}{last}")


def _set_text(cell: Any, text: str, label: str) -> None:
    """Set a cell's text so that it is never taken for a formula."""
    if len(text) > MAX_CELL:
        raise BrochureError(
            f"{label}: a message is longer than the {MAX_CELL:,} characters of an Excel cell; export it in another format"
        )
    cell.value = ESCAPE.sub(r"_x005F\g<0>", text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@"


def _save_reproducibly(book: Any) -> bytes:
    """Return the workbook's bytes with fixed times."""
    packed = io.BytesIO()
    book.save(packed)
    return fix_times(packed.getvalue())
