"""CSV and XLSX: spreadsheets as offices send them back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from brochure.findings import Severity, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import csv, ods, xlsx
from brochure.l10n.formats._workbook_parts import MAX_UNPACKED

TABLE_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
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


def test_columns_may_be_in_any_order_with_others_between() -> None:
    data = b"Translation,mine,KEY,Source\nAh,x,a,A\n"
    found, findings = csv.read(data, "fr.csv", "fr")
    assert findings == ()
    assert texts(found) == ["Ah"]


def test_cells_of_a_csv_are_never_formulas() -> None:
    cells = csv.write(catalogue(*EVIL)).decode("utf-8-sig").splitlines()[1:]
    assert all(",'" in line or ",\"'" in line for line in cells)


def test_every_cell_of_a_workbook_is_text() -> None:
    book = load_workbook(io.BytesIO(xlsx.write(catalogue(*EVIL))))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_decompression_bomb_is_refused() -> None:
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
def test_errors_in_tables(text: str, code: str, line: int) -> None:
    _, findings = csv.read(text.encode(), "fr.csv", "fr")
    assert [(finding.code, finding.span) for finding in findings] == [(code, Span("fr.csv", line))]


def test_rows_with_line_ends_keep_their_lines() -> None:
    data = b'key,source,translation\na,A,"one\ntwo"\nb,B,Be\n'
    found, _ = csv.read(data, "fr.csv", "fr")
    assert [one.span.line for one in found.entries.values()] == [2, 4]


# Spreadsheets as offices fill them in


def workbook(rows: list[list[object]], title: str = "Sheet1") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLE: list[list[object]] = [
    ["key", "source", "translation"],
    ["a", "A", "Ah"],
    ["b", "B", "Bé"],
]


def test_cells_are_text_and_only_translations_can_be_edited() -> None:
    sheet = load_workbook(io.BytesIO(xlsx.write(catalogue("Ah", "1-2")))).worksheets[0]
    assert sheet.title == "fr"
    assert sheet.protection.sheet
    assert not sheet.protection.password
    heads = [f"{cell.value}".partition(" (")[0] for cell in sheet[1]]
    for row in sheet.iter_rows():
        assert {cell.number_format for cell in row} == {"@"}
        is_open = {
            head for head, cell in zip(heads, row, strict=True) if not cell.protection.locked
        }
        assert is_open == (set() if row[0].row == 1 else {"translation", "state", "notes"})


def test_states_are_chosen_from_a_list() -> None:
    sheet = load_workbook(io.BytesIO(xlsx.write(catalogue("Ah", "Bé")))).worksheets[0]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"translated,new,fuzzy"'
    assert f"{validation.sqref}" == "D2:D3"


def test_comments_on_cells_become_notes() -> None:
    book = workbook([[*TABLE[0], "notes"], [*TABLE[1], "mine"], TABLE[2]])
    sheet = book.worksheets[0]
    thread = "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Too long?\nReply:\n    No."
    sheet["C2"].comment = Comment("Anna:\nIs this right?", "Anna")
    sheet["C3"].comment = Comment(thread, "tc={0-1}")
    found, findings = xlsx.read(saved(book), "fr.xlsx", "fr")
    assert findings == ()
    assert [one.notes.split("\n") for one in found.entries.values()] == [
        ["mine", "Anna: Is this right?"],
        ["Too long?", "No."],
    ]


def test_comments_that_cannot_be_read_are_a_finding() -> None:
    book = workbook(TABLE)
    book.worksheets[0]["C2"].comment = Comment("Right?", "Anna")
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as good,
        zipfile.ZipFile(out, "w") as bad,
    ):
        for name in good.namelist():
            is_comments = name.startswith("xl/comments")
            bad.writestr(name, '<comments xmlns:x="\ufeff"/>' if is_comments else good.read(name))
    found, (finding,) = xlsx.read(out.getvalue(), "fr.xlsx", "fr")
    assert (found.entries, finding.code) == ({}, "xlsx-form")
    assert "its part xl/comments" in finding.message


def test_comments_of_other_sheets_are_ignored() -> None:
    book = workbook([["Please fill in the other sheet"]])
    book.worksheets[0]["A1"].comment = Comment("not this", "Anna")
    second = book.create_sheet("fr")
    for row in TABLE:
        second.append(row)
    second["C2"].comment = Comment("this", "Anna")
    found, findings = xlsx.read(saved(book), "fr.xlsx", "fr")
    assert findings == ()
    assert found.declared == "fr"
    assert [one.notes for one in found.entries.values()] == ["Anna: this", ""]


def test_rows_above_the_table_are_skipped() -> None:
    found, findings = xlsx.read(
        saved(workbook([["Please fill in column C"], [], *TABLE])), "x", "fr"
    )
    assert findings == ()
    assert texts(found) == ["Ah", "Bé"]


@pytest.mark.parametrize("head", ["translation (es)", "Translation [es]", "TRANSLATION (es)"])
def test_the_column_of_the_translation_names_its_language(head: str) -> None:
    data = f"key,source,{head}\na,A,Ah\n".encode()
    found, findings = csv.read(data, "x.csv", "fr")
    assert (found.declared, findings, texts(found)) == ("es", (), ["Ah"])


def test_placeholders_that_a_spreadsheet_program_has_changed_are_restored() -> None:
    changed: list[object] = ["a", "{n, number} of '{'", "{N,\u00a0number} de ‘{’"]
    found, (finding,) = xlsx.read(saved(workbook([TABLE[0], changed, TABLE[2]])), "x", "fr")
    assert texts(found) == ["{n, number} de '{'", "Bé"]
    assert (finding.code, finding.severity) == ("table-placeholder", Severity.NOTE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 3, 4), "a date"),
        (True, "a truth value"),
        ("TRUE", ""),
        (5, ""),
    ],  # as in a cell
)
def test_words_that_a_spreadsheet_has_converted_are_reported(value: object, expected: str) -> None:
    book = load_workbook(io.BytesIO(xlsx.write(catalogue("mai"))))
    sheet: Any = book.active
    cell = sheet["C2"]
    cell.value, cell.number_format = value, "yyyy-mm-dd" if expected == "a date" else "General"
    data = io.BytesIO()
    book.save(data)
    _, findings = xlsx.read(data.getvalue(), "fr.xlsx", "fr")
    assert [f"is {expected}," in found.message for found in findings] == [True] * bool(expected)


def test_an_unknown_state_is_read_as_fuzzy() -> None:
    found, (finding,) = csv.read(b"key,source,translation,state\na,A,Ah,OK\n", "x.csv", "fr")
    assert found.entries["a"].fuzzy
    assert finding.severity is Severity.WARNING


def test_the_same_row_twice_is_not_an_error() -> None:
    found, findings = csv.read(b"key,source,translation\na,A,Ah\na,A,Ah\n", "x.csv", "fr")
    assert (texts(found), findings) == (["Ah"], ())


def spreadsheet(content: str) -> bytes:
    """An OpenDocument spreadsheet with these tables."""
    text = f"""<office:document-content {ods.NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
      ><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", ods.MIME_TYPE)
        packed.writestr("content.xml", text)
    return out.getvalue()


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


HEADS = "<table:table-row>" + "".join(map(cell, TABLE[0])) + "</table:table-row>"  # type: ignore[arg-type]  # they are texts


def test_a_spreadsheet_as_libreoffice_saves_it() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    note = "<office:annotation><dc:creator>Anna</dc:creator><text:p>Right?</text:p></office:annotation>"
    rows = f"""{HEADS}
      <table:table-row table:number-rows-repeated="2">{empty}</table:table-row>
      <table:table-row>{cell("a")}{cell("A")}<table:table-cell office:value-type="string">{note}
        <text:p>two <text:s text:c="2"/>spaces,
          <text:span>a<text:tab/>tab</text:span><text:line-break/>and</text:p><text:p>lines</text:p></table:table-cell>{empty}</table:table-row>
      <table:table-row>{cell("b")}{cell("B")}<table:table-cell office:value-type="date" office:date-value="2026-01-02"
        ><text:p>2 janvier</text:p></table:table-cell></table:table-row>
      <table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>"""
    found, findings = ods.read(
        spreadsheet(f'<table:table table:name="fr">{rows}</table:table>'), "fr.ods", "fr"
    )
    assert [(one.code, str(one.span)) for one in findings] == [("table-converted", "fr.ods:5:3")]
    assert found.declared == "fr"
    assert texts(found) == ["two   spaces, a\ttab\nand\nlines", "2 janvier"]
    assert [one.notes for one in found.entries.values()] == ["Anna: Right?", ""]
    assert [one.span.line for one in found.entries.values()] == [4, 5]


def test_an_error_in_a_spreadsheet_is_a_finding_and_the_others_are_read() -> None:
    wrong = (
        '<table:table-cell calcext:value-type="error"><text:p>#NAME?</text:p></table:table-cell>'
    )
    rows = f"""{HEADS}<table:table-row>{cell("a")}{cell("A")}{wrong}</table:table-row>
      <table:table-row>{cell("b")}{cell("B")}{cell("Bé")}</table:table-row>"""
    found, (finding,) = ods.read(spreadsheet(f"<table:table>{rows}</table:table>"), "x", "fr")
    assert (finding.code, finding.span) == ("table-cell", Span("x", 2, 3))
    assert (texts(found), found.left_out) == (["", "Bé"], frozenset({"a"}))


def test_a_huge_spreadsheet_is_refused() -> None:
    wide = cell("x", 'table:number-columns-repeated="1000"')
    row = f'<table:table-row table:number-rows-repeated="9999">{wide}</table:table-row>'
    _, (finding,) = ods.read(spreadsheet(f"<table:table>{row}</table:table>"), "x", "fr")
    assert finding.message == "a sheet has more than 1,000,000 cells"


def test_only_translations_can_be_edited_in_a_written_spreadsheet() -> None:
    with zipfile.ZipFile(io.BytesIO(ods.write(catalogue("Ah")))) as packed:
        assert packed.infolist()[0].filename == "mimetype"
        assert packed.infolist()[0].compress_type == zipfile.ZIP_STORED
        root = etree.fromstring(packed.read("content.xml"))
    (table,) = root.iter(f"{TABLE_NAMESPACE}table")
    assert (table.get(f"{TABLE_NAMESPACE}name"), table.get(f"{TABLE_NAMESPACE}protected")) == (
        "fr",
        "true",
    )
    styles = [
        [one.get(f"{TABLE_NAMESPACE}style-name") for one in row]
        for row in table.iter(f"{TABLE_NAMESPACE}table-row")
    ]
    assert styles == [
        ["heading"] * 7,
        ["locked", "locked", "editable", "editable", "locked", "editable", "locked"],
    ]
