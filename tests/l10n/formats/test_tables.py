"""CSV and XLSX: spreadsheets as offices send them back."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import csv, xlsx
from brochure.l10n.formats._workbook_parts import MAX_UNPACKED

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")')


def catalogue(*texts: str) -> Catalogue:
    entries = {
        f"k{at}": Translation(f"k{at}", "source", text, Span("fr.po"))
        for at, text in enumerate(texts)
    }
    return Catalogue("fr", "fr.po", entries)


def texts(found: Catalogue) -> list[str]:
    return [one.text for one in found.entries.values()]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ","), ("utf-8", ";"), ("utf-16", "\t"), ("utf-8", "\t")],
)
def test_csv_as_spreadsheet_programs_write_it(encoding: str, delimiter: str) -> None:
    rows = [["key", "source", "translation"], ["a", "A", "Ah"], ["b", "B", "Bé"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    found, findings = csv.read(data, "fr.csv", "fr")
    assert findings == ()
    assert texts(found) == ["Ah", "Bé"]


def test_columns_may_stand_in_any_order_and_others_between() -> None:
    data = b"Translation,mine,KEY,Source\nAh,x,a,A\n"
    found, findings = csv.read(data, "fr.csv", "fr")
    assert findings == ()
    assert texts(found) == ["Ah"]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    cells = csv.write(catalogue(*EVIL)).decode("utf-8-sig").splitlines()[1:]
    assert all(",'" in line or ",\"'" in line for line in cells)


def test_every_cell_of_a_workbook_is_text() -> None:
    book = load_workbook(io.BytesIO(xlsx.write(catalogue(*EVIL))))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_workbook_that_would_unpack_without_end_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (MAX_UNPACKED + 1))
    _, (finding,) = xlsx.read(bomb.getvalue(), "fr.xlsx", "fr")
    assert finding.message == "the workbook unpacks to more than 40 MB"


def test_a_workbook_with_entities_is_refused() -> None:
    evil = io.BytesIO()
    with zipfile.ZipFile(evil, "w") as parts:
        parts.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>')
    _, (finding,) = xlsx.read(evil.getvalue(), "fr.xlsx", "fr")
    assert finding.message == (
        "part xl/workbook.xml: it has a document type declaration or entities, which are not allowed (line 1)"
    )


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("key,source\na,A\n", "table-columns", 1),
        ("key,source,translation\n,A,Ah\n", "table-key", 2),
        ("key,source,translation\na,A,Ah\na,A,Oh\n", "table-duplicate", 3),
        ("key,source,translation,state\na,A,Ah,done\n", "table-state", 2),
        ('key,source,translation\na,A,"Ah\n', "csv-form", 2),
    ],
)
def test_what_is_wrong_with_a_table(text: str, code: str, line: int) -> None:
    _, findings = csv.read(text.encode(), "fr.csv", "fr")
    assert [(finding.code, finding.span) for finding in findings] == [(code, Span("fr.csv", line))]


def test_rows_with_line_ends_keep_their_lines() -> None:
    data = b'key,source,translation\na,A,"one\ntwo"\nb,B,Be\n'
    found, _ = csv.read(data, "fr.csv", "fr")
    assert [one.span.line for one in found.entries.values()] == [2, 4]
