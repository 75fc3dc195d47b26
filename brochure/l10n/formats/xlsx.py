"""XLSX: a catalogue as a workbook, for offices that translate in Excel.

Takes the bytes of an `.xlsx` file; gives a `Catalogue`, and bytes again. The first sheet has one row a message, as `_rows.py`
has it; every cell is text and stays text, whatever sign it begins with. What `_parts.py` refuses is not opened. Read and
written by openpyxl.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from brochure.errors import BrochureError
from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats._rows import COLUMNS, Row, read_rows, write_rows
from brochure.l10n.formats._workbook_parts import find_refusal_reason

SUFFIXES = (".xlsx",)
MAX_CELL = 32_767
"""What a cell of Excel holds, in characters (Excel specifications and limits)."""

WIDTHS = {"key": 26, "source": 60, "translation": 60, "state": 12, "notes": 30, "comments": 50}
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # workbooks keep a time without zone; always this one: same copy, same bytes
MIDNIGHT = EPOCH.time()
EPOCH_ZIP = (2000, 1, 1, 0, 0, 0)


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue in a workbook's first sheet."""
    rows, wrong = read_table(data, label)
    return (Catalogue(language, label, {}), wrong) if wrong else read_rows(rows, label, language)


def read_table(data: bytes, label: str) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The rows of a workbook's first sheet, every cell as text; none, with a finding, where it is no workbook."""
    refused = find_refusal_reason(data)
    if refused:
        hint = "save it as an Excel workbook (.xlsx), without macros"
        return (), (Finding("xlsx-form", refused, Span(label), hint),)
    # Imported here: only whoever exchanges workbooks loads the library.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            return (), (Finding("xlsx-form", "this workbook has no sheet", Span(label)),)
        rows = tuple(_rows(book.worksheets[0]))
    except Exception as failure:  # openpyxl raises whatever it meets in a damaged file
        message = f"this cannot be read as a workbook: {failure}"
        return (), (Finding("xlsx-form", message, Span(label)),)
    return rows, ()


def _rows(sheet: Any) -> Iterator[Row]:
    for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield line, tuple(_text(cell) for cell in cells)


def _text(cell: object) -> str:
    """What a cell shows; a day is one at midnight for openpyxl."""
    if isinstance(cell, datetime) and cell.time() == MIDNIGHT:
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def write(catalogue: Catalogue) -> bytes:
    """The workbook of a catalogue."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = catalogue.language[:31]
    for line, row in enumerate([COLUMNS, *write_rows(catalogue)], start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            _fill(cell, text, catalogue.file)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line == 1)
    for column, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 20)
    sheet.freeze_panes = "C2"
    book.properties.created = book.properties.modified = EPOCH
    return _settled(book)


def _fill(cell: Any, text: str, label: str) -> None:
    """The text as text: a sign at its beginning never makes it a formula."""
    if len(text) > MAX_CELL:
        raise BrochureError(
            f"{label}: a message has more than the {MAX_CELL:,} characters that a cell holds"
        )
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@"


def _settled(book: Any) -> bytes:
    """The workbook's bytes without the time of day, so that the same copy gives the same bytes."""
    packed = io.BytesIO()
    book.save(packed)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(packed) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled,
    ):
        for part in parts.infolist():
            settled.writestr(
                zipfile.ZipInfo(part.filename, EPOCH_ZIP),
                _timeless(part.filename, parts.read(part)),
            )
    return out.getvalue()


def _timeless(name: str, data: bytes) -> bytes:
    """A part's bytes; the properties' time of saving is put back to the epoch, since openpyxl sets it to now."""
    if name != "docProps/core.xml":
        return data
    begin, end = data.find(b"<dcterms:modified"), data.find(b"</dcterms:modified>")
    opened = data.find(b">", begin) + 1
    return (
        data[:opened] + EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + data[end:]
        if begin >= 0
        else data
    )
