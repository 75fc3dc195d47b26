"""Read the rows of a CSV file in UTF-8, separated by commas, semicolons or tabs.

Mail-merge tables and data files are read with it. The file is read as a stream.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain

from brochure.errors import InputError
from brochure.findings import Finding, Span
from brochure.l10n.csv_errors import explain_csv_error
from brochure.l10n.formats._rows import Row

DELIMITERS = ",;\t"
SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?\s*', re.IGNORECASE)
"""A first line that names the cell separator, as Excel reads it."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZIP_SIGNATURE = b"PK\x03\x04"
OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
MAX_LINE_BYTES = 1_000_000
"""Longer lines are rejected, since no real row is as long."""

AS_UTF8 = "save it as 'CSV UTF-8'"


def read_csv_rows(
    lines: Iterator[bytes], label: str, code: str, delimiter: str = ""
) -> Iterator[Row]:
    """Yield the rows of a CSV file with the number of their first line.

    Args:
        lines: The lines of the file, each of at most `MAX_LINE_BYTES`.
        label: Name of the file for messages.
        code: First part of the codes of findings, such as `records`.
        delimiter: Separator of the cells (default: the one that the first line has most of).

    Raises:
        InputError: The file is not UTF-8, or a row is not valid CSV.
    """
    text = _decode(lines, label, code)
    header = next(text, "")
    delimiter, skipped = delimiter or max(DELIMITERS, key=header.count), 0
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
        raise InputError([Finding(f"{code}-csv", message, Span(label, line), hint)]) from failure


def _decode(lines: Iterator[bytes], label: str, code: str) -> Iterator[str]:
    """Decode the lines; InputError at the first that is not valid UTF-8."""
    for number, line in enumerate(lines, 1):
        data = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if number == 1 and (data[:2] in OTHER_ENCODINGS or data.startswith(ZIP_SIGNATURE)):
            actual = OTHER_ENCODINGS.get(data[:2], "a ZIP archive, perhaps a workbook")
            message = f"the file is {actual}; expected CSV in UTF-8"
            raise InputError([Finding(f"{code}-encoding", message, Span(label), AS_UTF8)])
        if len(data) == MAX_LINE_BYTES:
            message = f"the line is too long; the limit is {MAX_LINE_BYTES:,} bytes"
            raise InputError([Finding(f"{code}-long", message, Span(label, number))])
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError as failure:
            raise InputError([_report_encoding(data, failure, Span(label, number), code)]) from None


def _report_encoding(data: bytes, failure: UnicodeDecodeError, row: Span, code: str) -> Finding:
    """Return a finding for a line that is not UTF-8, with a guess at its encoding."""
    has_windows_bytes = any(0x80 <= byte < 0xA0 for byte in data)
    guess = "Windows-1252" if has_windows_bytes else "ISO 8859-1 or Windows-1252"
    column = len(data[: failure.start].decode("utf-8")) + 1
    message = f"the file is not UTF-8; it looks like {guess} (byte {data[failure.start]:02X})"
    return Finding(f"{code}-encoding", message, Span(row.file, row.line, column), AS_UTF8)
