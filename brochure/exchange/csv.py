"""CSV: a catalogue for an office that has nothing but a spreadsheet program.

Takes the bytes of a `.csv` file as spreadsheet programs write them (UTF-8 or UTF-16; commas, semicolons or tabs); gives a
`Catalogue`, and bytes again. One row a message, columns by the names in the first row. A cell that a spreadsheet would take for a
formula is written behind an apostrophe, which is taken off again: no translation ever runs as a program.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from brochure.content.catalogue import Catalogue
from brochure.exchange._rows import COLUMNS, Row, catalogue_of, rows_of
from brochure.findings import Finding, Span

SUFFIXES = (".csv", ".tsv")
DELIMITERS = ",;\t"
FORMULA = "=+-@\t\r"
GUARD = "'"


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
    return catalogue_of(rows, label, language)


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
    for row in rows_of(catalogue):
        writer.writerow([_guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    """A cell that cannot be taken for a formula."""
    return GUARD + cell if cell.startswith((*FORMULA, GUARD)) else cell


def _unguarded(cell: str) -> str:
    """The cell without the apostrophe before a formula's sign, or before an apostrophe of its own."""
    return cell[1:] if cell[:1] == GUARD and cell[1:2] in (*FORMULA, GUARD) and cell[1:] else cell
