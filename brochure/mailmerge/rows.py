"""Read the rows of a mail-merge table: CSV (UTF-8; commas, semicolons or tabs) or an XLSX workbook.

A CSV file is read as a stream, so that its size is not limited by memory. A file that cannot be read raises InputError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from brochure.errors import InputError, UsageError
from brochure.l10n.csv_rows import MAX_LINE_BYTES, read_csv_rows
from brochure.l10n.formats import xlsx
from brochure.l10n.formats._rows import Row
from brochure.project import lines_of, read_whole


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
    yield from read_csv_rows(lines_of(path, MAX_LINE_BYTES), label, "records")


def _pad(rows: Iterable[Row]) -> Iterator[Row]:
    """Pad the rows of a workbook, which end with their last filled cell, to the width of the first row."""
    width = 0
    for line, cells in rows:
        width = width or len(cells)
        yield line, (*cells, *[""] * (width - len(cells)))
