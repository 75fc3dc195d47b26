"""Rows: a table of records, read as it comes.

Takes a CSV file (UTF-8; commas, semicolons or tabs) or a workbook; gives its rows, each with the line that it begins on. A
CSV file is never held whole, however long it is. What cannot be read at all is raised, with its place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Span
from brochure.l10n.formats import xlsx
from brochure.l10n.formats._rows import Row
from brochure.project import lines_of, read_whole

DELIMITERS = ",;\t"
MARK = b"\xef\xbb\xbf"
PACKED = b"PK\x03\x04"
WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
MAX_IN_A_LINE = 1_000_000
"""Bytes: as many as no row of a table of people has."""

AS_UTF8 = "save it as 'CSV UTF-8'"


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a table; InputError where it cannot be read."""
    label = path.as_posix()
    if path.suffix.lower() in xlsx.SUFFIXES:
        rows, wrong = xlsx.read_table(read_whole(path), label)
        if wrong:
            raise InputError(wrong)
        yield from _padded(rows)
        return
    if path.suffix.lower() in (".xls", ".ods", ".numbers"):
        raise UsageError(f"{path}: is neither CSV nor XLSX; save it as 'CSV UTF-8'")
    yield from _csv_rows(lines_of(path, MAX_IN_A_LINE), label)


def _padded(rows: Iterable[Row]) -> Iterator[Row]:
    """A workbook's rows end with the last cell that is filled; here each is as wide as the first."""
    width = 0
    for line, cells in rows:
        width = width or len(cells)
        yield line, (*cells, *[""] * (width - len(cells)))


def _csv_rows(lines: Iterator[bytes], label: str) -> Iterator[Row]:
    text = _decoded(lines, label)
    head = next(text, "")
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(chain([head], text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, tuple(cells)
            line = reader.line_num + 1
    except csv.Error as failure:
        raise InputError([_malformed(str(failure), Span(label, line))]) from failure


def _decoded(lines: Iterator[bytes], label: str) -> Iterator[str]:
    """The lines as text; InputError at the first that is none."""
    for number, line in enumerate(lines, 1):
        data = line.removeprefix(MARK) if number == 1 else line
        if number == 1 and (data[:2] in WIDE or data.startswith(PACKED)):
            what = WIDE.get(data[:2], "a packed file, perhaps a workbook")
            message = f"this is {what}, not CSV in UTF-8"
            raise InputError([Finding("records-encoding", message, Span(label), AS_UTF8)])
        if len(data) == MAX_IN_A_LINE:
            message = f"a line of more than {MAX_IN_A_LINE:,} bytes is no row of records"
            raise InputError([Finding("records-long", message, Span(label, number))])
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError as failure:
            raise InputError([_no_utf8(data, failure, Span(label, number))]) from None


def _no_utf8(data: bytes, failure: UnicodeDecodeError, row: Span) -> Finding:
    """What is wrong with the bytes of a line, and what they look like."""
    windows = any(0x80 <= byte < 0xA0 for byte in data)
    looks = "Windows-1252" if windows else "ISO 8859-1 or Windows-1252"
    column = len(data[: failure.start].decode("utf-8")) + 1
    message = f"this is not UTF-8 but looks like {looks} (byte {data[failure.start]:02X})"
    return Finding("records-encoding", message, Span(row.file, row.line, column), AS_UTF8)


def _malformed(said: str, place: Span) -> Finding:
    """What the reader of CSV means, in words, and what would be right."""
    message, hint = f"this cannot be read as CSV: {said}", ""
    if "unexpected end of data" in said or "field limit" in said:
        message = "a quotation mark that opens in this row is not closed"
        hint = 'a quotation mark inside a cell is written twice: "Ada ""Lady"" Lovelace"'
    elif "expected after" in said:
        message = "a quotation mark stands in the middle of a cell"
        hint = 'write the cell in quotation marks, and each within it twice: "Ada ""Lady"""'
    elif "new-line" in said:
        message, hint = "a line ends with a bare carriage return", AS_UTF8
    return Finding("records-csv", message, place, hint)
