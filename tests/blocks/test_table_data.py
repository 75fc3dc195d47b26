"""Tables from data files: columns, numbers, labels, rows, totals and errors with their places."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from dataclasses import replace

import pytest

from brochure.api import lay_out
from brochure.errors import InputError
from brochure.findings import Severity
from brochure.model.display_list import GlyphRun, bounds
from brochure.project import MemoryProject
from tests.blocks.setting import Scene, SetPage, placed

COPY = """
a:
  income: Income
  gifts: Gifts
  total: Sum
  unknown: not known
"""
SCENE = Scene(
    styles="cell: {size: 10 pt, leading: 12 pt}\nhead-cell: {size: 10 pt, leading: 12 pt}"
)
FINANCE = """\
Source,2024,2025,Change
Gifts,"1,204.5","1,388.0",15.2 %
Shops,642.0,610.4,(4.9 %)
Rent,"(1,102.0)",-98.25,0 %
"""
FROM = "- table: {from: data.csv}\n"


ARABIC = "fonts: {fallback: {Arab: Noto Sans Arabic}}"


def table(
    data: str, blocks: str = FROM, expect: tuple[str, ...] = (), scene: Scene = SCENE
) -> SetPage:
    """Place a table from `data.csv` with these contents."""
    return placed(blocks, COPY, with_files(scene, {"data.csv": data.encode()}), expect)


def with_files(scene: Scene, files: Mapping[str, bytes]) -> Scene:
    return replace(scene, files={f"assets/{name}": data for name, data in files.items()})


def rows(page: SetPage) -> list[list[str]]:
    """Return the text of the cells by row, in reading order."""
    cells: dict[tuple[tuple[str, int], ...], dict[int, str]] = {}
    for run in page.runs:
        path = run.tag.path
        if len(path) >= 3 and path[0][0] == "Table" and path[1][0] == "TR":
            row = cells.setdefault(path[:2], {})
            row[path[2][1]] = row.get(path[2][1], "") + run.glyphs.text
    return [list(row.values()) for row in cells.values()]


def errors(page: SetPage) -> list[str]:
    return [str(finding) for finding in page.findings]


# Columns and numbers


def test_all_columns_are_printed_as_the_file_writes_their_numbers() -> None:
    # One number has two decimals, so all of its column have; brackets stay where the column has them.
    assert rows(table(FINANCE)) == [
        ["Source", "2024", "2025", "Change"],
        ["Gifts", "1,204.5", "1,388.00", "15.2%"],
        ["Shops", "642.0", "610.40", "(4.9%)"],
        ["Rent", "(1,102.0)", "−98.25", "0.0%"],
    ]


def test_numbers_align_on_their_decimal_point() -> None:
    page = table(FINANCE)
    runs = [page.run(text) for text in ("642.0", "(1,102.0)")]
    points = []
    for run in runs:
        at = run.glyphs.text.index(".")
        pairs = zip(run.glyphs.clusters, run.glyphs.advances, strict=True)
        points.append(run.x + sum(width for cluster, width in pairs if cluster < at))
    assert points[0] == pytest.approx(points[1], abs=0.01)


def test_a_table_from_a_file_is_drawn_as_one_from_the_layout() -> None:
    columns = "  columns: [40%, {decimals: 1, align: point, negative: brackets}]\n  zebra: sand\n"
    from_file = table("Income,Gifts\nnot known,1204.5\nSum,-3\n", FROM + columns)
    entries = (
        "- table:\n    - [a.income, a.gifts]\n    - [a.unknown, {value: 1204.5}]\n"
        "    - [a.total, {value: -3}]\n"
    )
    written = placed(entries + columns, COPY, SCENE)
    assert from_file.lines == written.lines
    assert from_file.paths == written.paths
    assert [run.tag for run in from_file.runs] == [run.tag for run in written.runs]


def test_columns_are_chosen_renamed_and_formatted() -> None:
    page = table(
        FINANCE,
        """
- table: {from: data.csv, labels: {Gifts: a.gifts}}
  columns:
    - {from: "2025", decimals: 0, negative: brackets, align: end}
    - {from: Source, head: a.income}
""",
    )
    assert rows(page) == [
        ["2025", "Income"],
        ["1,388", "Gifts"],
        ["610", "Shops"],
        ["(98)", "Rent"],
    ]


def test_without_header_row() -> None:
    assert rows(table(FINANCE, FROM + "  head: 0\n"))[0][0] == "Gifts"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["1.204,5", "1.388,00", "15,2\u00a0%"]),
        ("fr", ["1\u202f204,5", "1\u202f388,00", "15,2\u00a0%"]),
        ("fa", ["۱٬۲۰۴٫۵", "۱٬۳۸۸٫۰۰", "۱۵٫۲٪"]),
    ],
)
def test_numbers_are_formatted_for_the_language(language: str, expected: list[str]) -> None:
    scene = replace(SCENE, language=language, width=240, extra=ARABIC)
    found = rows(table(FINANCE.replace("Gifts", "—"), scene=scene))[1][1:]
    assert [text.replace("\u200e", "") for text in found] == expected


def test_decimal_commas_and_semicolons() -> None:
    data = "Posten;Betrag\nMiete;1.204,5\nStrom;-3\n"
    page = table(data, "- table: {from: data.csv, decimal-mark: comma}\n")
    assert rows(page)[1:] == [["Miete", "1,204.5"], ["Strom", "−3.0"]]


def test_years_codes_and_empty_cells_stay_as_they_are() -> None:
    data = "Year,Code,Gift\n2024,007,5\n1998,,\n"
    page = table(data)
    assert rows(page) == [["Year", "Code", "Gift"], ["2024", "007", "5"], ["1998"]]
    as_numbers = "- table: {from: data.csv}\n  columns: [{type: number}, auto, {type: text}]\n"
    assert rows(table(data, as_numbers))[1] == ["2,024", "007", "5"]


def test_column_of_texts_with_a_number_format_is_an_error_at_its_first_cell() -> None:
    blocks = FROM + "  columns: [{from: Source, decimals: 1}, {from: '2025'}]\n"
    page = table(FINANCE, blocks, ("data-number",))
    assert errors(page) == [
        "assets/data.csv:2:1: 'Gifts' in the column 'Source' is not a number (3 cells, in lines 2, 3, 4)"
        " (correct it, or give the text a message under 'labels')"
    ]


def test_a_decimal_comma_is_recognized() -> None:
    blocks = FROM + "  columns: [{from: B, decimals: 1}]\n"
    page = table('A,B\nx,"1,5"\n', blocks, ("data-number",))
    assert "if the file writes decimal commas, add decimal-mark: comma" in errors(page)[0]


def test_labels_replace_texts_in_columns_of_numbers() -> None:
    blocks = (
        "- table: {from: data.csv, labels: {n/a: a.unknown}}\n  columns: [auto, {decimals: 1}]\n"
    )
    assert rows(table("A,B\nx,1\ny,n/a\n", blocks))[1:] == [["x", "1.0"], ["y", "not known"]]


def test_per_cent_signs_in_some_cells_only() -> None:
    blocks = FROM + "  columns: [auto, {decimals: 1}]\n"
    page = table("A,B\nx,1 %\ny,2\n", blocks, ("data-percent",))
    assert errors(page)[0].startswith("assets/data.csv:3:2: '2' in the column 'B' has no per cent")


# Rows


SORTED = "Kind,Name,Sum\nin,Zoe,5\nout,Émile,30\nin,adam,\nin,Bea,20\n"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("where: {Kind: in}", ["Zoe", "adam", "Bea"]),
        ("where: {Kind: [in, out], Sum: '>= 20'}", ["Émile", "Bea"]),
        ("where: {Sum: ['> 5', '< 30']}", ["Bea"]),
        ("where: {Kind: '!= in'}", ["Émile"]),
        ("where: {Sum: 5.0}", ["Zoe"]),
        ("sort: Name", ["adam", "Bea", "Émile", "Zoe"]),
        ("sort: {by: Sum, order: descending}", ["Émile", "Bea", "Zoe", "adam"]),
        ("sort: [{by: Kind, order: descending}, Sum]", ["Émile", "Zoe", "Bea", "adam"]),
        ("sort: Sum, limit: 2", ["Zoe", "Bea"]),
    ],
)
def test_rows_are_filtered_and_sorted(source: str, names: list[str]) -> None:
    blocks = f"- table: {{from: data.csv, {source}}}\n  columns: [{{from: Name}}]\n  head: 0\n"
    assert [row[0] for row in rows(table(SORTED, blocks))] == names


def test_totals() -> None:
    blocks = """
- table: {from: data.csv, total: a.total}
  columns: [{}, {}, {decimals: 1, negative: brackets}, {}]
"""
    page = table(FINANCE.replace("1,388.0", "0.1").replace("610.4", "0.2"), blocks)
    assert rows(page)[-1] == ["Sum", "744.5", "(98.0)"]
    assert page.run("Sum").glyphs.face.weight == 600
    # Rules at the top, below the header, above the total and at the foot.
    assert len({round(bounds(path.outlines).y, 2) for path in page.paths if path.stroke}) == 4


def test_totals_are_exact_and_can_be_left_out() -> None:
    blocks = """
- table: {from: data.csv, total: a.total}
  columns: [{from: A}, {from: B, format: "::.0##############"}, {from: C, total: no}]
"""
    page = table("A,B,C\nx,0.1,1\ny,0.2,2\n", blocks)
    assert rows(page)[-1] == ["Sum", "0.3"]


def test_total_without_a_column_for_its_label() -> None:
    table("A\n1\n", "- table: {from: data.csv, total: a.total}\n", ("data-total",))


# Errors


def test_unknown_columns_are_all_reported_with_the_nearest_name() -> None:
    blocks = """
- table: {from: data.csv, where: {Sorce: Gifts}, sort: "2026"}
  columns: [{from: Chnge}, {width: 20%}]
"""
    page = table(FINANCE, blocks, ("data-column", "data-column"))
    assert [str(one).split(": ", 1)[1] for one in page.findings] == [
        "assets/data.csv has no column 'Sorce' (did you mean 'Source'?)",
        "assets/data.csv has no column '2026' (did you mean '2025'?)",
    ]
    columns = FROM + "  columns: [{from: Chnge}, {width: 20%}]\n"
    page = table(FINANCE, columns, ("data-column", "data-column"))
    assert "(did you mean 'Change'?)" in "".join(errors(page))
    assert "column 2 of the table does not name a column" in "".join(errors(page))


def test_columns_without_names_must_be_as_many() -> None:
    table(FINANCE, FROM + "  columns: [50%, 50%]\n", ("data-column",))


def test_from_in_a_table_whose_rows_are_in_the_layout() -> None:
    blocks = "- table: [[a.income]]\n  columns: [{from: A}]\n  head: 0\n"
    placed(blocks, COPY, SCENE, ("data-column",))


def project(data: bytes, blocks: str = FROM, **copy: str) -> MemoryProject:
    """Return a project with a table from these bytes, and translations of the copy."""
    layout = LAYOUT + textwrap.indent(blocks, " " * 10)
    files = {f"content/{name}.yaml": text.encode() for name, text in {"en": COPY, **copy}.items()}
    return MemoryProject({"brochure.yaml": layout.encode(), "assets/data.csv": data, **files})


LAYOUT = """
brochure: test
size: A6
binding: none
source-language: en
pages:
  - frames:
      matter:
        at: margins
        content:
"""


@pytest.mark.parametrize(
    ("where", "code", "severity"),
    [
        ("{Source: Gits}", "data-empty", Severity.ERROR),
        ("{Source: [Gits, Shops]}", "data-condition", Severity.WARNING),
        ("{'2025': '> many'}", "data-condition", Severity.ERROR),
    ],
)
def test_conditions_that_cannot_be_met(where: str, code: str, severity: Severity) -> None:
    blocks = f"- table: {{from: data.csv, where: {where}}}\n"
    made = lay_out(project(FINANCE.encode(), blocks))
    assert (code, severity) in [(one.code, one.severity) for one in made.findings]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "assets/data.csv:1:1: the file is empty"),
        (b"A,B\n", "assets/data.csv:1:1: the file has no rows"),
        (b"A,B\n1\n", "assets/data.csv:2:1: the row has 1 cell; expected 2"),
        (b"A,B\n1,2,3\n", "assets/data.csv:2:1: the row has 3 cells; expected 2"),
        (b"A,A\n1,2\n", "assets/data.csv:1:2: column 2 has the same name as column 1: 'A'"),
        (b"A,B\n1,caf\xe9\n", "assets/data.csv:2:6: the file is not UTF-8"),
        (b"\xff\xfeA\0\n\0", "assets/data.csv:1:1: the file is UTF-16"),
        (b'A,B\n1,"2\n', "assets/data.csv:2:1: unclosed quotation mark"),
        (b"A,B\n1,x\x07\n", "assets/data.csv:2:2: the text contains a control character"),
        (b"A\n" + b"x" * 2001 + b"\n", "assets/data.csv:2:1: the cell has 2,001 characters"),
        (b"A\n" + b"x\n" * 50_001, "assets/data.csv:50002:1: the file has more than 50,000 rows"),
        (b"A," * 501 + b"\n", "assets/data.csv:1:1: the row has 502 cells"),
    ],
)
def test_damaged_files_are_reported_with_their_place(data: bytes, expected: str) -> None:
    with pytest.raises(InputError) as refusal:
        lay_out(project(data))
    assert [str(one)[: len(expected)] for one in refusal.value.findings] == [expected]


def test_all_errors_of_a_file_are_reported_at_once() -> None:
    with pytest.raises(InputError) as refusal:
        lay_out(project(b"A,A\n1\n1,2,3\n1,x\x07\n"))
    assert [one.code for one in refusal.value.findings] == [
        "data-column-twice",
        "data-ragged",
        "data-ragged",
        "data-character",
    ]


def test_an_error_in_many_rows_is_counted() -> None:
    with pytest.raises(InputError) as refusal:
        lay_out(project(b"A,B\n" + b"1\n" * 1000))
    assert len(refusal.value.findings) == 21
    assert sum(one.count for one in refusal.value.findings) == 1000


@pytest.mark.parametrize("name", ["none.csv", "data.ods", "../data.csv"])
def test_files_that_are_missing_or_of_another_format(name: str) -> None:
    with pytest.raises(InputError):
        lay_out(project(FINANCE.encode(), f"- table: {{from: {name}}}\n"))


def test_the_name_of_a_file_in_place_of_rows() -> None:
    with pytest.raises(InputError, match=r"a table is read from it with \{from: data.csv\}"):
        lay_out(project(FINANCE.encode(), "- table: data.csv\n"))


def test_a_table_with_too_many_cells() -> None:
    data = "A,B,C\n" + "x,y,z\n" * 7000
    table(data, expect=("table-size",))


# Editions


LABELLED = """\
- table: {from: data.csv, labels: {Gifts: a.gifts, Shops: a.unknown}}
  columns: [{from: Source, head: a.income}, {from: "2025"}]
"""
FRENCH = "a.income: Recettes\na.gifts: Dons\na.unknown: inconnu\n"


def test_texts_of_the_file_without_a_message_are_reported_in_translations() -> None:
    made = lay_out(project(FINANCE.encode(), LABELLED, fr=FRENCH), "fr")
    assert [(str(one.span), one.code, one.count) for one in made.findings] == [
        ("assets/data.csv:4:1", "data-untranslated", 1)
    ]
    texts = {
        item.glyphs.text: item.glyphs.language
        for page in made.pages
        for item in page.items
        if isinstance(item, GlyphRun)
    }
    assert texts["Dons"] == "fr"
    assert texts["Rent"] == "en"


def test_an_office_replaces_a_data_file() -> None:
    base = project(FINANCE.encode(), "- table: {from: data.csv, limit: 1}\n")
    office = b"office: leeds\nlanguages: [en]\npictures: {data.csv: leeds.csv}\n"
    own = {
        "offices/leeds.yaml": office,
        "assets/leeds.csv": FINANCE.replace("Gifts", "Fees").encode(),
    }
    made = lay_out(replace(base, files={**base.files, **own}), "en", "leeds")
    texts = [item.glyphs.text for item in made.pages[0].items if isinstance(item, GlyphRun)]
    assert "Fees" in texts
    assert "Gifts" not in texts


# Workbooks and tab-separated files


def workbook() -> bytes:
    """Return the finance table as a workbook with number formats."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Source", 2024, "Change"], ["Gifts", 1204.5, 0.152], ["Rent", -1102, -0.049]):
        sheet.append(row)
    for at in (2, 3):
        sheet.cell(at, 2).number_format = "#,##0.0_);(#,##0.0)"
        sheet.cell(at, 3).number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


EXPECTED = [
    ["Source", "2024", "Change"],
    ["Gifts", "1,204.5", "15.2%"],
    ["Rent", "(1,102.0)", "−4.9%"],
]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("book.xlsx", workbook()),
        ("data.tsv", b"Source\t2024\tChange\nGifts\t1,204.5\t15.2 %\nRent\t(1,102.0)\t-4.9 %\n"),
    ],
)
def test_workbooks_and_tab_separated_files(name: str, data: bytes) -> None:
    page = placed(f"- table: {{from: {name}}}\n", COPY, with_files(SCENE, {name: data}))
    assert rows(page) == EXPECTED


def test_a_named_sheet_of_a_workbook() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook()))
    other = book.create_sheet("Costs 2025")
    for row in (["Kind", "Sum"], ["Rent", 7.5]):
        other.append(row)
    out = io.BytesIO()
    book.save(out)
    scene = with_files(SCENE, {"data.xlsx": out.getvalue()})
    sheets = "- table: {from: data.xlsx}\n- table: {from: data.xlsx, sheet: Costs 2025}\n"
    assert rows(placed(sheets, COPY, scene)) == [*EXPECTED, ["Kind", "Sum"], ["Rent", "7.5"]]
    with pytest.raises(InputError, match=r"no sheet 'Cost 2025' .*did you mean 'Costs 2025'"):
        placed("- table: {from: data.xlsx, sheet: Cost 2025}\n", COPY, scene)
    with pytest.raises(InputError, match="only workbooks have sheets"):
        table(FINANCE, "- table: {from: data.csv, sheet: Costs 2025}\n")


def test_a_cell_of_a_workbook_that_shows_an_error() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook()))
    book.worksheets[0].cell(2, 2, "#REF!").data_type = "e"
    out = io.BytesIO()
    book.save(out)
    files = {"data.xlsx": out.getvalue()}
    with pytest.raises(InputError, match=r"data.xlsx:2:2: .* it shows the error #REF!"):
        placed("- table: {from: data.xlsx}\n", COPY, with_files(SCENE, files))
