"""Read the rows of a mail-merge table: CSV (UTF-8; commas, semicolons or tabs) or an XLSX workbook.

A CSV file is read as a stream, so that its size is not limited by memory. A file that cannot be read raises InputError.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Span
from brochure.l10n.csv_errors import explain_csv_error
from brochure.l10n.formats import xlsx
from brochure.l10n.formats._rows import Row
from brochure.project import lines_of, read_whole

DELIMITERS = ",;\t"
SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?\s*', re.IGNORECASE)
"""A first line that names the cell separator, as Excel reads it."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZIP_SIGNATURE = b"PK\x03\x04"
OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
MAX_LINE_BYTES = 1_000_000
"""Longer lines are rejected, since no real row is as long."""

AS_UTF8 = "save it as 'CSV UTF-8'"


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a table with their line numbers; InputError if it cannot be read."""
    label = path.as_posix()
    if path.suffix.lower() in xlsx.SUFFIXES:
        rows, wrong = xlsx.read_table(read_whole(path), label)
        if wrong:
            raise InputError(wrong)
        yield from _pad(rows)
        return
    if path.suffix.lower() in (".xls", ".ods", ".numbers"):
        raise UsageError(f"{path}: neither CSV nor XLSX; save it as 'CSV UTF-8'")
    yield from _read_csv(lines_of(path, MAX_LINE_BYTES), label)


def _pad(rows: Iterable[Row]) -> Iterator[Row]:
    """Pad the rows of a workbook, which end with their last filled cell, to the width of the first row."""
    width = 0
    for line, cells in rows:
        width = width or len(cells)
        yield line, (*cells, *[""] * (width - len(cells)))


def _read_csv(lines: Iterator[bytes], label: str) -> Iterator[Row]:
    text = _decode(lines, label)
    header = next(text, "")
    delimiter, skipped = max(DELIMITERS, key=header.count), 0
    stated = SEPARATOR_LINE.fullmatch(header)
    if stated:
        delimiter, skipped, header = stated[1], 1, next(text, "")
    reader = csv.reader(chain([header], text), delimiter=delimiter, strict=True)
    line = 1 + skipped
    try:
        for cells in reader:
            yield line, tuple(cells)
            line = reader.line_num + 1 + skipped
    except csv.Error as failure:
        message, hint = explain_csv_error(failure)
        raise InputError([Finding("records-csv", message, Span(label, line), hint)]) from failure


def _decode(lines: Iterator[bytes], label: str) -> Iterator[str]:
    """Decode the lines; InputError at the first that is not valid UTF-8."""
    for number, line in enumerate(lines, 1):
        data = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if number == 1 and (data[:2] in OTHER_ENCODINGS or data.startswith(ZIP_SIGNATURE)):
            actual = OTHER_ENCODINGS.get(data[:2], "a ZIP archive, perhaps a workbook")
            message = f"the file is {actual}; expected CSV in UTF-8"
            raise InputError([Finding("records-encoding", message, Span(label), AS_UTF8)])
        if len(data) == MAX_LINE_BYTES:
            message = f"the line is too long; the limit is {MAX_LINE_BYTES:,} bytes"
            raise InputError([Finding("records-long", message, Span(label, number))])
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError as failure:
            raise InputError([_report_encoding(data, failure, Span(label, number))]) from None


def _report_encoding(data: bytes, failure: UnicodeDecodeError, row: Span) -> Finding:
    """Return a finding for a line that is not UTF-8, with a guess at its encoding."""
    has_windows_bytes = any(0x80 <= byte < 0xA0 for byte in data)
    guess = "Windows-1252" if has_windows_bytes else "ISO 8859-1 or Windows-1252"
    column = len(data[: failure.start].decode("utf-8")) + 1
    message = f"the file is not UTF-8; it looks like {guess} (byte {data[failure.start]:02X})"
    return Finding("records-encoding", message, Span(row.file, row.line, column), AS_UTF8)
