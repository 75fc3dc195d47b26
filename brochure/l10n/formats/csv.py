"""CSV catalogues, for offices that translate in a spreadsheet program.

Files may be UTF-8 or UTF-16, separated by commas, semicolons or tabs, with one row per message. Text that a spreadsheet
program would evaluate as a formula is written with an apostrophe before it, which is removed on import.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.csv_errors import explain_csv_error
from brochure.l10n.formats._catalogue_limits import (
    MAX_COLUMNS,
    MAX_ENTRIES,
    find_excess_lines,
    find_oversize,
)
from brochure.l10n.formats._rows import Row, read_rows, write_header, write_rows

SUFFIXES = (".csv", ".tsv")
DELIMITERS = ",;\t"
FORMULA_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""Characters that start a formula, including their full-width forms, which Japanese spreadsheet programs accept."""
AT_START = rf"(?='*(?: *[{FORMULA_SIGNS}]|[\t\r\n]))"
AFTER_SEPARATOR = rf"(?<=[;\t\r\n])%s(?='*[{FORMULA_SIGNS}])"
UNGUARDED = re.compile(rf"^{AT_START}|{AFTER_SEPARATOR % ''}")
GUARDED = re.compile(rf"^'{AT_START}|{AFTER_SEPARATOR % chr(39)}")
"""Where a formula could start, without and with the protecting apostrophe: at the start of the cell, after optional spaces, and
after characters that programs with other regional settings treat as separators."""


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a CSV file, and findings for its errors."""
    empty = Catalogue(language, label, {})
    oversize = find_oversize(data, label)
    if oversize:
        return empty, (oversize,)
    text = _decode(data)
    if text is None:
        hint = "save it as 'CSV UTF-8'"
        wrong = Finding("csv-encoding", "the file is neither UTF-8 nor UTF-16", Span(label), hint)
        return empty, (wrong,)
    excess = find_excess_lines(text, label)
    if excess:
        return empty, (excess,)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(islice(_read_cells(reader), MAX_ENTRIES + 2))
    except csv.Error as failure:
        message, hint = explain_csv_error(failure)
        span = Span(label, max(1, reader.line_num))
        return empty, (Finding("csv-form", message, span, hint),)
    wide = next((line for line, cells in rows if len(cells) > MAX_COLUMNS), None)
    if wide is not None:
        message = f"the row has more than {MAX_COLUMNS:,} cells"
        return empty, (Finding("csv-form", message, Span(label, wide), "delete empty columns"),)
    return read_rows(rows, label, language)


def _decode(data: bytes) -> str | None:
    for encoding in (
        ("utf-16", "utf-8-sig") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_cells(reader: Iterator[list[str]]) -> Iterator[Row]:
    """Yield the rows with the number of the line on which each starts."""
    line = 1
    for cells in reader:
        yield line, tuple(_unguard(cell) if cell else cell for cell in cells[: MAX_COLUMNS + 1])
        line = reader.line_num + 1  # type: ignore[attr-defined]  # csv.reader has line_num


def write(catalogue: Catalogue) -> bytes:
    """Return the catalogue as CSV, with a byte order mark so that spreadsheet programs detect UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(write_header(catalogue))
    for row in write_rows(catalogue):
        writer.writerow([_guard(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _guard(cell: str) -> str:
    """Put an apostrophe before text that could be taken for a formula."""
    return UNGUARDED.sub("'", cell)


def _unguard(cell: str) -> str:
    """Remove the apostrophes added by `_guard`."""
    return GUARDED.sub("", cell)
