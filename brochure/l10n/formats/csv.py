"""CSV: a catalogue for an office that has nothing but a spreadsheet program.

Takes the bytes of a `.csv` file as spreadsheet programs write them (UTF-8 or UTF-16; commas, semicolons or tabs); gives a
`Catalogue`, and bytes again. One row a message, columns by the names in the first row. What a spreadsheet would take for a
formula, at a cell's beginning or where a program that divides by other signs sees one begin, is written behind an apostrophe,
which is taken off again: no translation ever runs as a program.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats._rows import COLUMNS, Row, read_rows, write_rows

SUFFIXES = (".csv", ".tsv")
DELIMITERS = ",;\t"
SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""What begins a formula; in full width too, as Japanese spreadsheets take it."""
BEGINNING = rf"(?='*(?: *[{SIGNS}]|[\t\r\n]))"
WITHIN = rf"(?<=[;\t\r\n])%s(?='*[{SIGNS}])"
OPEN = re.compile(rf"^{BEGINNING}|{WITHIN % ''}")
GUARDED = re.compile(rf"^'{BEGINNING}|{WITHIN % chr(39)}")
"""Where a formula could begin, and the apostrophe that stands there instead: at the cell's beginning, spaces or not, and
behind what programs of other countries divide cells and rows at."""


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue in a CSV file."""
    text = _decoded(data)
    if text is None:
        hint = "save it as 'CSV UTF-8'"
        wrong = Finding("csv-encoding", "this is neither UTF-8 nor UTF-16", Span(label), hint)
        return Catalogue(language, label, {}), (wrong,)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(
            _rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        )
    except csv.Error as failure:
        message = f"this cannot be read as CSV: {failure}"
        return Catalogue(language, label, {}), (Finding("csv-form", message, Span(label)),)
    return read_rows(rows, label, language)


def _decoded(data: bytes) -> str | None:
    for encoding in (
        ("utf-16", "utf-8-sig") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(reader: Iterator[list[str]]) -> Iterator[Row]:
    """The rows, each with the line on which it begins."""
    line = 1
    for cells in reader:
        yield line, tuple(_unguarded(cell) for cell in cells)
        line = reader.line_num + 1  # type: ignore[attr-defined]  # a csv.reader counts its lines


def write(catalogue: Catalogue) -> bytes:
    """The CSV file of a catalogue, marked as UTF-8 so that spreadsheet programs see it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for row in write_rows(catalogue):
        writer.writerow([_guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    """A cell that cannot be taken for a formula."""
    return OPEN.sub("'", cell)


def _unguarded(cell: str) -> str:
    """The cell without the apostrophes before a formula's sign."""
    return GUARDED.sub("", cell)
