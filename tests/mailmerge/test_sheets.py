"""Several records on a page: labels, badges and cards in a grid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from brochure.api import build_record, lay_out, lay_out_record, open_job
from brochure.errors import InputError
from brochure.findings import Span
from brochure.geometry import MM
from brochure.l10n.number_format import Fact
from brochure.l10n.personalization import Record
from brochure.mailmerge.record_groups import group_records
from brochure.mailmerge.record_pictures import MAX_NAMED
from brochure.model.display_list import GlyphRun, Page, bounds
from brochure.model.display_list import Path as Shape
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests import golden_files
from tests.blocks.test_qr import expected, read
from tests.cli.calling import call
from tests.mailmerge.test_memory import GOAL, most
from tests.mailmerge.thanks import table
from tests.pictures.label_gallery import badges, sheets
from tests.programs import run

LAYOUT = """\
brochure: labels
preflight: off
size: A6
binding: none
merge-fields: {name: Ada Lovelace, gift: 250, code: "0001", photo: a}
paragraph-styles: {body: {font: Source Serif 4, size: 10 pt, leading: 13 pt}}
pages:
- frames:
    label:
      at: margins
      repeat: {from: records, columns: 2, rows: 3, gap: 2 mm}
      background: black 10%
      content: [{text: words}]
"""
COPY = 'words: "{record_name}: {record_gift, number}"\nplain: For all.\nalt: A light.\n'
SMALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect x="1" y="1" width="2" height="2"/></svg>'
CIRCLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><circle cx="2" cy="2" r="2"/></svg>'
)


def labels(folder: Path, layout: str = LAYOUT, copy: str = COPY) -> Path:
    """The project in a folder."""
    for name in ("content", "assets"):
        (folder / name).mkdir(parents=True)
    (folder / "brochure.yaml").write_text(layout, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    for name in "ab":
        (folder / "assets" / f"{name}.svg").write_text(CIRCLE, encoding="utf-8")
    return folder


def rows(count: int, photo: str = "a") -> list[str]:
    return [f"P-{at},{at},{at:04},{photo}" for at in range(1, count + 1)]


HEAD = "name,gift,code,photo"


def merge(folder: Path, people: list[str], *words: str, layout: str = LAYOUT) -> Path:
    """One file of these records, on a grid of six."""
    card = labels(folder / "card", layout)
    records = table(folder / "people.csv", people, HEAD)
    result = call("build", card, "--records", records, "--one-file", "-o", folder, *words)
    assert (result.status, result.err) == (0, "")
    return Path(result.out.split("  ")[0])


def words_of(path: Path) -> list[list[str]]:
    texts = (page.extract_text() for page in PdfReader(path).pages)
    return [re.findall(r"P-\d+: \d+", text) for text in texts]


def test_pages_are_filled_in_the_order_of_the_table(tmp_path: Path) -> None:
    path = merge(tmp_path, rows(14))
    run("qpdf", "--check", path)
    expected = [f"P-{at}: {at}" for at in range(1, 15)]
    assert words_of(path) == [expected[:6], expected[6:12], expected[12:]]
    reader = PdfReader(path)
    assert [str(one.title) for one in reader.outline] == ["1–6 P-1", "7–12 P-7", "13–14 P-13"]  # type: ignore[union-attr]
    assert reader.page_labels == ["1-1", "2-1", "3-1"]


def test_rows_of_the_table_are_selected(tmp_path: Path) -> None:
    path = merge(tmp_path, rows(14), "--rows", "3-4,9-14")
    assert [len(page) for page in words_of(path)] == [6, 2]
    assert words_of(path)[0][:3] == ["P-3: 3", "P-4: 4", "P-9: 9"]


def record(at: int, **fields: str) -> Record:
    values: dict[str, Fact] = {
        "name": f"P-{at}",
        "gift": at,
        "code": f"{at:04}",
        "photo": "a",
        **fields,
    }
    return Record(at, Span("t.csv", at + 1), values)


def page_of(*members: Record, language: str = "en", layout: str = LAYOUT) -> Page:
    files = {
        "brochure.yaml": layout.replace("size: A6", f"size: A6\nsource-language: {language}"),
        f"content/{language}.yaml": COPY,
        "assets/a.svg": CIRCLE,
        "assets/b.svg": SMALL,
    }
    job = open_job(MemoryProject({name: text.encode() for name, text in files.items()}))
    made = lay_out_record(job, next(group_records(members, 6)))
    assert not made.findings
    return made.pages[0]


def places(page: Page) -> dict[str, tuple[float, float]]:
    runs = (item for item in page.items if isinstance(item, GlyphRun))
    return {run.glyphs.text[:3]: (run.x, run.y) for run in runs}


def test_the_last_page_has_cells_for_its_records_only() -> None:
    full, partial = page_of(*map(record, range(1, 7))), page_of(record(1), record(2), record(3))
    fields = [sum(isinstance(item, Shape) for item in page.items) for page in (full, partial)]
    assert fields == [6, 3]
    assert places(partial).items() <= places(full).items()


@pytest.mark.parametrize(("language", "first_is_left"), [("en", True), ("ar", False)])
def test_cells_follow_the_direction_of_the_language(language: str, first_is_left: bool) -> None:
    at = places(page_of(record(1), record(2), record(3), language=language))
    assert (at["P-1"][0] < at["P-2"][0]) is first_is_left
    assert at["P-1"][1] == at["P-2"][1] > at["P-3"][1]


def test_a_page_has_one_edition() -> None:
    editions = ("en", None), ("en", None), ("fr", None), ("en", "here"), ("en", "here")
    records = [
        Record(at, Span("t.csv", at), {}, language, office)
        for at, (language, office) in enumerate(editions, 1)
    ]
    pages = [[one.number for one in page.members] for page in group_records(records, 2)]
    assert pages == [[1, 2], [3], [4, 5]]


def test_each_record_has_its_own_code() -> None:
    content = "[{qr: , value: record_code, size: 20 mm, alt: none}]"
    layout = LAYOUT.replace("[{text: words}]", content)
    page = page_of(record(1, code="A-1"), record(2, code="B-22"), layout=layout)
    codes = [item for item in page.items if isinstance(item, Shape) and len(item.outlines) > 20]
    for code, text in zip(codes, ("A-1", "B-22"), strict=True):
        modules = expected(text)
        dark = bounds(code.outlines)
        assert read(code, dark.expand(4 * dark.width / len(modules)), len(modules)) == modules


def test_each_record_has_its_own_picture() -> None:
    content = '[{image: "{record_photo}.svg", alt: none, height: 5 mm, width: 5 mm}]'
    layout = LAYOUT.replace("[{text: words}]", content)
    page = page_of(record(1, photo="b"), record(2), record(3, photo="b"), layout=layout)
    shapes = [item for item in page.items if isinstance(item, Shape)]
    widths = [round(bounds(item.outlines).width / MM, 1) for item in shapes]
    assert widths[1::2] == [2.5, 5.0, 2.5]


def test_without_a_table_every_cell_shows_the_examples() -> None:
    files = {"brochure.yaml": LAYOUT, "content/en.yaml": COPY}
    made = lay_out(MemoryProject({name: text.encode() for name, text in files.items()}))
    texts = [item.glyphs.text for item in made.pages[0].items if isinstance(item, GlyphRun)]
    assert texts == ["Ada Lovelace: 250"] * 6


def test_separate_files_are_numbered_by_page_and_kept(tmp_path: Path) -> None:
    card, records = labels(tmp_path / "card"), table(tmp_path / "t.csv", rows(8), HEAD)
    words = ("build", card, "--records", records, "-o", tmp_path / "out", "--target", "screen")
    assert call(*words).out.startswith(f"{tmp_path}/out  8 of 8 records built")
    names = sorted(path.name for path in (tmp_path / "out").glob("*.pdf"))
    assert names == ["labels_en_screen_000001.pdf", "labels_en_screen_000002.pdf"]
    table(tmp_path / "t.csv", [*rows(7), "Other,8,0008,a"], HEAD)
    data = call(*words, "--json").data
    assert [(one["sheet"], one["records"], one["unchanged"]) for one in data["records"]] == [
        (1, [1, 2, 3, 4, 5, 6], True),
        (2, [7, 8], False),
    ]


def test_screen_pages_are_read_cell_by_cell(tmp_path: Path) -> None:
    job = open_job(badges())
    built = build_record(job, SCREEN, sheets()[0])
    assert not built.findings
    path = tmp_path / "badges.pdf"
    path.write_bytes(built.pdf)
    texts = run("pdfinfo", "-struct-text", path)
    names = [texts.index(name) for name in ("Katherine Johnson", "Núñez & Co", "Grace Hopper")]
    assert names == sorted(names)
    assert names[0] < texts.index("Computer, A-0001") < names[1]


# Errors


def test_invalid_records_are_named(tmp_path: Path) -> None:
    card = labels(tmp_path / "card")
    people = rows(9)
    people[2] = people[7] = f"{'Wolfeschlegelstein ' * 60},1,2,a"
    records = table(tmp_path / "t.csv", people, HEAD)
    words = ("build", card, "--records", records, "--one-file", "-o", tmp_path / "out")
    result = call(*words)
    assert result.status == 1
    assert result.codes == ["overflow", "record-not-built"]
    assert "(2 records: 3, 8)" in result.lines[0]
    assert result.lines[1].startswith(f"{records}:4:1: 2 records cannot be built: ")
    skipped = call(*words, "--skip-invalid")
    assert "7 of 9 records built" in skipped.out
    pages = words_of(tmp_path / "out" / "labels_records_press.pdf")
    assert [len(page) for page in pages] == [5, 2]
    assert call(*words[:4], "-o", tmp_path / "files").out.startswith(
        f"{tmp_path}/files  0 of 9 records"
    )


def test_missing_pictures_are_named_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # paths below the current folder are printed relative to it
    layout = LAYOUT.replace(
        "[{text: words}]", '[{image: "{record_photo}.svg", alt: none, height: 5 mm}]'
    )
    people = rows(5)
    people[1], people[3] = rows(2, "x")[1], rows(4, "../y")[3]
    records = table(Path("t.csv"), people, HEAD)
    card = labels(Path("card"), layout)
    result = call("build", card, "--records", records, "-o", "out")
    assert result.status == 2
    (line,) = result.lines[:-1]
    assert (
        f"2 pictures are missing: assets/x.svg ({records}:3), assets/../y.svg ({records}:5)" in line
    )
    assert line.startswith(f"{card}/brochure.yaml:13:25: ")
    many = table(Path("m.csv"), [f"P,1,1,x{at}" for at in range(MAX_NAMED + 50)], HEAD)
    assert ", and 50 more (" in call("build", card, "--records", many).err


WRONG = {
    "no fields": ('merge-fields: {name: Ada Lovelace, gift: 250, code: "0001", photo: a}\n', ""),
    "no rows": (", rows: 3", ""),
    "a filter": ("rows: 3,", "rows: 3, where: {gift: '> 3'},"),
    "too many": ("columns: 2, rows: 3", "columns: 20, rows: 60"),
    "two sizes": (
        "content: [{text: words}]",
        "content: [{text: words}]\n    other: {at: bleed, repeat: {from: records, columns: 1, rows: 2}, content: {text: words}}",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_grid_is_an_error_with_its_place(name: str) -> None:
    old, new = WRONG[name]
    copy = COPY if name != "no fields" else 'words: "a"\n'
    files = {"brochure.yaml": LAYOUT.replace(old, new), "content/en.yaml": copy}
    with pytest.raises(InputError) as caught:
        lay_out(MemoryProject({path: text.encode() for path, text in files.items()}))
    assert {one.code for one in caught.value.findings} == {"repeat-records"}
    assert all(one.span and one.span.line > 1 for one in caught.value.findings)


@pytest.mark.parametrize(
    "layout",
    [
        LAYOUT.replace("[{text: words}]", "[{repeat: {from: records}, content: {text: plain}}]"),
        LAYOUT.replace("- frames:", "- repeat: {from: records}\n  frames:"),
    ],
)
def test_records_are_repeated_in_frames_only(layout: str) -> None:
    files = {"brochure.yaml": layout, "content/en.yaml": COPY}
    with pytest.raises(InputError) as caught:
        lay_out(MemoryProject({path: text.encode() for path, text in files.items()}))
    assert "repeat-form" in {one.code for one in caught.value.findings}


def test_a_field_outside_the_grid_is_an_error(tmp_path: Path) -> None:
    layout = LAYOUT + "    head: {at: bleed, content: {text: head}}\n"
    card = labels(tmp_path / "card", layout, COPY + 'head: "For {record_name}"\n')
    result = call("build", card, "--records", table(tmp_path / "t.csv", rows(3), HEAD))
    assert result.status == 2
    assert result.codes == ["records-outside"]
    assert "content/en.yaml:4:" in result.err


# Pages


def test_badges_are_drawn_as_they_were() -> None:
    job = open_job(badges())
    golden_files.compare("repeats/badges.txt", dump(lay_out_record(job, sheets()[0]).pages[0]))


def test_more_records_take_no_more_memory(tmp_path: Path) -> None:
    card = labels(tmp_path / "card")
    folder = tmp_path
    few, many = most(folder, card, 40), most(folder, card, 600)
    assert many < GOAL
    assert many - few < 12_000_000
