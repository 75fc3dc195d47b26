"""Tables of records: the supported notations, and findings about errors."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from brochure.errors import InputError, UsageError
from brochure.findings import Span
from brochure.l10n.personalization import Record
from brochure.mailmerge import table as tables
from brochure.mailmerge.merge_findings import TableFindings
from brochure.mailmerge.row_ranges import parse_row_ranges
from brochure.mailmerge.table import MergeSchema, read_records
from brochure.spec.model import Layout
from brochure.spec.values import Example, Size

NOWHERE = Span("brochure.yaml")
LAYOUT = Layout(
    "brochure.yaml",
    NOWHERE,
    "thanks",
    Size(100, 100),
    (),
    merge_fields={"name": Example("Ada", NOWHERE), "gift": Example(250, NOWHERE)},
)
TERMS = MergeSchema(
    LAYOUT,
    {"name": "message 'front.words'"},
    {"cambodia": ("km", "en"), "canada": ("en", "fr-CA")},
    frozenset({"en", "fr"}),
)


def read(
    path: Path, data: bytes | str, terms: MergeSchema = TERMS
) -> tuple[list[Record], list[str]]:
    """Return the records and the findings."""
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    findings = TableFindings("t.csv")
    found = list(read_records(path, terms, findings))
    return found, [str(one) for one in findings.merged()]


def fields(path: Path, data: bytes | str) -> list[dict[str, object]]:
    """Return the fields of each record of a table without findings."""
    found, result = read(path, data)
    assert result == []
    return [dict(one.fields) for one in found]


WANTED: list[dict[str, object]] = [{"name": "Núñez, Co", "gift": 5}, {"name": "", "gift": 1.5}]


@pytest.mark.parametrize(
    "data",
    [
        'name,gift\n"Núñez, Co",5\n,1.5\n',
        'name;gift\r\n"Núñez, Co";5\r\n;1.5',
        "gift\tNAME\n5\tNúñez, Co\n\n1.5\t\n",
        '\ufeff name , gift ,\n"Núñez, Co ",5,\n\t ,1.5,,\n',
    ],
)
def test_tables_as_spreadsheet_programs_write_them(tmp_path: Path, data: str) -> None:
    assert fields(tmp_path / "t.csv", data) == WANTED


def test_a_workbook(tmp_path: Path) -> None:
    book, out = Workbook(), io.BytesIO()
    for row in (["name", "gift"], ["Núñez, Co", 5], [None, 1.5]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    assert fields(tmp_path / "t.xlsx", out.getvalue()) == WANTED


def workbook(cells: list[tuple[bool | float | str | date, str]], *, formula: str = "") -> bytes:
    """Return a workbook with a column `name`: values with their number formats."""
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", "gift"])
    for line, (value, number_format) in enumerate(cells, start=2):
        sheet.cell(line, 1, value).number_format = number_format
        sheet.cell(line, 2, 1)
    if formula:
        sheet.cell(len(cells) + 2, 1, formula)
        sheet.cell(len(cells) + 2, 2, 1)
    book.save(out)
    return out.getvalue()


def test_cells_are_read_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    cells: list[tuple[bool | float | str | date, str]] = [
        (3766, "00000"),
        (0.27, "0%"),
        (date(2026, 11, 28), "yyyy-mm-dd"),
        (True, "General"),
        ("a_x000D_\nb", "General"),
    ]
    found = fields(tmp_path / "t.xlsx", workbook(cells))
    assert [one["name"] for one in found] == ["03766", "27%", "2026-11-28", "TRUE", "a\nb"]


def test_numbers_of_a_workbook_have_no_separators(tmp_path: Path) -> None:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", "gift"])
    for value, number_format in ((2500, "#,##0"), (1234.5, "#,##0.00"), (0.27, "0%"), (7, "0000")):
        sheet.append(["a", value])
        sheet.cell(sheet.max_row, 2).number_format = number_format
    book.save(out)
    found = fields(tmp_path / "t.xlsx", out.getvalue())
    assert [one["gift"] for one in found] == [2500, 1234.5, 27, 7]


def test_cells_without_a_text_are_refused(tmp_path: Path) -> None:
    cells: list[tuple[bool | float | str | date, str]] = [
        ("#N/A", "General"),
        (date(2026, 11, 28), "mm-dd-yy"),
        (0.5, "# ?/?"),
    ]
    _, result = read(tmp_path / "t.xlsx", workbook(cells, formula="=VLOOKUP(1,D:E,2,0)"))
    assert [one.partition(" (")[0] for one in result] == [
        "t.csv:2:1: the cell of 'name' cannot be read: it shows the error #N/A",
        "t.csv:3:1: the cell of 'name' cannot be read: its date format 'mm-dd-yy' depends on region or language",
        "t.csv:4:1: the cell of 'name' cannot be read: its number format '# ?/?' is not supported",
        "t.csv:5:1: the cell of 'name' cannot be read: its formula has no stored value",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_line_that_names_the_separator(tmp_path: Path, separator: str) -> None:
    table = f"sep={separator}\r\nname{separator}gift\r\nAda{separator}5\r\n"
    found, result = read(tmp_path / "t.csv", table)
    assert result == []
    assert [(one.fields["name"], one.span.line) for one in found] == [("Ada", 3)]


def test_columns_that_are_not_used_may_have_any_name(tmp_path: Path) -> None:
    table = "name,First name,e-mail,Größe,,gift\nAda,x,y,z,,5\n"
    found, result = read(tmp_path / "t.csv", table)
    assert [dict(one.fields) for one in found] == [{"name": "Ada", "gift": 5}]
    assert len(result) == 4
    assert all(": note: column " in one and "ignored" in one for one in result)


def test_lines_and_numbers(tmp_path: Path) -> None:
    """A cell with two lines moves the rows below it; empty rows are not records."""
    found, _ = read(tmp_path / "t.csv", 'name,gift\n"a\r\nb",1\n\n,\nc,2\n')
    assert [(one.number, one.span.line, one.fields["name"]) for one in found] == [
        (1, 2, "a\nb"),
        (2, 6, "c"),
    ]


def test_columns_that_choose_the_edition(tmp_path: Path) -> None:
    data = "name,gift,language,office,file\na,1,fr-CA,canada,ada.pdf\nb,1,,,\nc,1,fr-BE,,\n"
    found, result = read(tmp_path / "t.csv", data)
    assert result == []
    chosen = [(one.language, one.office, one.file) for one in found]
    assert chosen == [("fr-CA", "canada", "ada"), (None, None, ""), ("fr-BE", None, "")]
    usual = MergeSchema(LAYOUT, {}, TERMS.offices, TERMS.languages, "km", "cambodia")
    found, _ = read(tmp_path / "t.csv", "name,gift,language\na,1,\nb,1,en\n", usual)
    assert [(one.language, one.office) for one in found] == [("km", "cambodia"), ("en", "cambodia")]


UTF8 = "save it as 'CSV UTF-8'"
HEAD = "name,gift\n"
RAGGED = "(put cells that contain a separator in quotation marks)"
FIGURE = "(use only digits and a decimal point, e.g. 1234.5)"
CONTROL = (
    "the text contains a control character (U+0000), which cannot be printed "
    "(delete it; it probably came from copy and paste)"
)
OVERRIDE = "the text contains a right-to-left override (U+202E) (delete it; text direction is detected automatically)"
TWICE = "'ada.PDF', which another record uses (first used in line 2)"
NUMBERED = "'thanks_en_press_000002', which is reserved for records without a file name (choose another name)"
OPEN = '(double a quotation mark inside a cell: "Ada ""Lady"" Lovelace")'
MIDDLE = '(put the cell in quotation marks and double those inside it: "Ada ""Lady""")'
AS = f"({UTF8})"
FILE = "which is not a valid file name (use letters, digits, periods, hyphens and underscores; no folders)"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "",
            [
                "t.csv:1:1: the first row has no column names (possible columns: name, gift, language, office, file)"
            ],
        ),
        (
            HEAD,
            ["t.csv:1:1: the table has no rows below the column names"],
        ),
        (
            "First name,gift\n",
            [
                "t.csv:1:1: note: column 'First name' is not a merge field of the layout and is ignored",
                "t.csv:1:1: column 'name' is missing; it is used by message 'front.words' (add a column 'name')",
            ],
        ),
        ("name,gift,Name\n", ["t.csv:1:3: column 3 has the same name as column 1: 'Name'"]),
        (
            "name,gift,,file\nAda,1,x,../a\n",
            [
                "t.csv:1:3: note: column 3 has no name and is ignored",
                f"t.csv:2:4: 'file' is '../a', {FILE}",
            ],
        ),
        (HEAD + "a\n", ["t.csv:2:1: the row has 1 cell; expected 2 " + RAGGED]),
        (
            HEAD + "a,1,b\n",
            ["t.csv:2:1: the row has 3 cells; expected 2 " + RAGGED],
        ),
        (HEAD + "a,\n", ["t.csv:2:2: 'gift' is empty; expected a number " + FIGURE]),
        (HEAD + "a\0b,1\n", ["t.csv:2:1: 'name': " + CONTROL]),
        (HEAD + "a\u202eb,1\n", ["t.csv:2:1: 'name': " + OVERRIDE]),
        (
            HEAD + "a" * 2001 + ",1\n",
            ["t.csv:2:1: 'name' has 2,001 characters; the limit is 2,000"],
        ),
        (
            HEAD[:-1] + ",office\na,1,cambodja\n",
            ["t.csv:2:3: unknown office 'cambodja' (did you mean 'cambodia'?)"],
        ),
        (
            HEAD[:-1] + ",language\na,1,de\n",
            ["t.csv:2:3: no copy in 'de' (one of: en, fr)"],
        ),
        (
            HEAD[:-1] + ",language,office\na,1,km,canada\n",
            ["t.csv:2:3: " + "office 'canada' does not publish in 'km' (one of: en, fr-CA)"],
        ),
        (
            HEAD[:-1] + ",language\na,1,../en\n",
            ["t.csv:2:3: '../en' is not a language tag (e.g. en, fr-CA or km)"],
        ),
        *[
            (f"{HEAD[:-1]},file\na,1,{name}\n", [f"t.csv:2:3: 'file' is '{name}', {FILE}"])
            for name in (
                "../x",
                "/etc/x",
                "a\\b",
                "..",
                "con",
                "NUL.pdf",
                ".x",
                "a/",
                "-x",
                "x" * 81,
            )
        ],
        (HEAD[:-1] + ",file\na,1,Ada\nb,1,ada.PDF\n", ["t.csv:3:3: 'file' is " + TWICE]),
        (
            HEAD[:-1] + ",file\na,1,thanks_en_press_000002\n",
            ["t.csv:2:3: 'file' is " + NUMBERED],
        ),
    ],
)
def test_findings_about_an_invalid_table(tmp_path: Path, data: str, said: list[str]) -> None:
    found, told = read(tmp_path / "t.csv", data)
    assert told == said
    assert len(found) == (1 if "ada.PDF" in data else 0)


@pytest.mark.parametrize(
    "figure", ["1,5", "1 000", "007", "1e3", "0x1", "٣", "1.", "--1", "NaN", "=1"]
)
def test_values_that_are_not_figures(tmp_path: Path, figure: str) -> None:
    _, result = read(tmp_path / "t.csv", f'name,gift\na,"{figure}"\n')
    assert len(result) == 1
    assert f"'gift' is '{figure}'; expected a number (" in result[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"name,gift\nN\xfa\xf1ez,1\n",
            "2:2: the file is not UTF-8; it looks like ISO 8859-1 or Windows-1252 (byte FA) " + AS,
        ),
        (
            b"name,gift\nA \x93x\x94,1\n",
            "2:3: the file is not UTF-8; it looks like Windows-1252 (byte 93) " + AS,
        ),
        (
            "name,gift\n".encode("utf-16"),
            f"1:1: the file is UTF-16; expected CSV in UTF-8 ({UTF8})",
        ),
        (
            b"PK\x03\x04",
            f"1:1: the file is a ZIP archive, perhaps a workbook; expected CSV in UTF-8 ({UTF8})",
        ),
        (
            b'name,gift\na,1\n"b,2\nc,3\n',
            "3:1: unclosed quotation mark in this row " + OPEN,
        ),
        (b'name,gift\n"a" b,1\n', "2:1: quotation mark in the middle of a cell " + MIDDLE),
        (b"name,gift\ra,1\r", f"1:1: a line ends with a carriage return alone ({UTF8})"),
        (
            b"name,gift\n" + b"x" * 1_000_000,
            "2:1: the line is too long; the limit is 1,000,000 bytes",
        ),
    ],
    ids=["latin", "windows", "utf-16", "zip", "open", "middle", "mac", "line"],
)
def test_files_that_are_not_tables(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputError) as stopped:
        read(tmp_path / "t.csv", data)
    assert str(stopped.value) == f"{tmp_path.as_posix()}/t.csv:{said}"


def test_a_broken_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a valid workbook"):
        read(tmp_path / "t.xlsx", b"PK\x03\x04nothing")


def test_the_same_error_in_many_rows_is_one_finding(tmp_path: Path) -> None:
    data = HEAD + "a,\na,\nb,1,2\n" * 21 + "a,x\n" + "a,y\n" * 1200 + "b\n"
    found, result = read(tmp_path / "t.csv", data)
    assert found == []
    assert result == [
        f"t.csv:2:2: 'gift' is empty; expected a number (42 rows: 2, 3, 5, …) {FIGURE}",
        f"t.csv:4:1: the row has 3 cells; expected 2 (21 rows: 4, 7, 10, …) {RAGGED}",
        f"t.csv:65:2: 'gift' is 'x'; expected a number (1,201 rows: 65, 66, 67, …) {FIGURE}",
        f"t.csv:1266:1: the row has 1 cell; expected 2 {RAGGED}",
    ]


def test_few_rows_are_all_named(tmp_path: Path) -> None:
    _, result = read(tmp_path / "t.csv", HEAD + "a,\na,1\nb,\n")
    assert result == [f"t.csv:2:2: 'gift' is empty; expected a number (2 rows: 2, 4) {FIGURE}"]


def test_the_same_error_in_two_columns_is_two_findings(tmp_path: Path) -> None:
    layout = replace(LAYOUT, merge_fields={"gift": Example(1, NOWHERE), "age": Example(1, NOWHERE)})
    _, result = read(tmp_path / "t.csv", "gift,age,file\n,,a\n,,b\n", MergeSchema(layout))
    assert [one.partition(" (")[0] for one in result] == [
        "t.csv:2:1: 'gift' is empty; expected a number",
        "t.csv:2:2: 'age' is empty; expected a number",
    ]


def test_different_errors_of_a_kind_are_limited(tmp_path: Path) -> None:
    rows = "".join(f"a,1,office-{at}\n" for at in range(300))
    _, result = read(tmp_path / "t.csv", HEAD[:-1] + ",office\n" + rows * 2)
    assert len(result) == 8
    assert result[0].startswith("t.csv:2:3: unknown office 'office-0' (2 rows: 2, 302) (")
    assert result[7].startswith(
        "t.csv:9:3: unknown office 'office-7' (2 rows: 9, 309); 584 more like this ("
    )


def test_the_size_of_a_table_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_RECORDS", 3)
    found, result = read(tmp_path / "t.csv", HEAD + "a,1\n" * 5)
    assert len(found) == 3
    assert result == ["t.csv:5:1: the table has more than 3 records (split the table)"]


def test_unused_columns(tmp_path: Path) -> None:
    found, result = read(tmp_path / "t.csv", "name,gitf,mail\na,1,x\n")
    assert [one.fields for one in found] == [{"name": "a"}]
    assert result == [
        "t.csv:1:2: note: column 'gitf' is not a merge field of the layout and is ignored (did you mean 'gift'?)",
        "t.csv:1:3: note: column 'mail' is not a merge field of the layout and is ignored",
        "t.csv:1:1: note: column 'gift' is missing; the brochure does not use the field",
    ]


def test_selected_rows() -> None:
    wanted = parse_row_ranges("3-5, 9")
    assert [at for at in range(1, 12) if at in wanted] == [3, 4, 5, 9]
    assert str(wanted) == "3-5,9"
    assert 10**9 in parse_row_ranges(None)
    for wrong in ("", "0", "5-3", "a", "1-", "-1", "1;2"):
        with pytest.raises(UsageError, match="expected record numbers"):
            parse_row_ranges(wrong)
