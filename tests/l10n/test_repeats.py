"""Tests of pages, frames and blocks that are repeated for the rows of a table."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from PIL import Image

from brochure.api import build, build_edition, build_record, lay_out, open_job, open_recorded_job
from brochure.edition_checks import check_laid_out
from brochure.errors import InputError
from brochure.findings import Finding, Span
from brochure.inputs import CurrentInputs
from brochure.l10n.personalization import Record
from brochure.model.display_list import GlyphRun, Picture
from brochure.model.page_dump import dump
from brochure.preflight import PROFILES
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import MemoryProject
from brochure.translation.template import make_template
from brochure.translation.workspace import open_workspace
from tests.golden_files import compare

HEAD = """\
brochure: crew
size: A5
binding: none
paragraph-styles: {body: {font: Source Sans 3, size: 9 pt, leading: 12 pt, space-after: 0 pt}}
"""
GRID = """\
masters:
  page:
    frames:
      top: {at: "x 15 mm, y 5 mm, width 100 mm, height 6 mm", content: {text: top}}
      crew:
        at: margins
        repeat:
          from: crew.csv
          columns: 2
          rows: 2
          gap: 4 mm
          row-gap: 8 mm
          group: port
          labels: {Cook: cook}
        border: {colour: black}
        inset: 2 mm
      foot: {at: "x 15 mm, y 200 mm, width 100 mm, height 6 mm", content: {folio: }}
pages:
  - master: page
    crew: [{image: "faces/{face}", alt: alt, height: 20 mm}, {text: name}, {text: job}]
"""
TABLE = """\
name,job,port,face,age
Ana *Bold*,Cook,Ely,a.png,1034
Ben,Pilot,Bath,b.png,41
Cleo,Cook,Ely,a.png,28
Dov,Diver,Ely,b.png,37
Eli,Diver,Ely,a.png,52
Fay,Diver,Ely,b.png,60
"""
COPY = {
    "top": "Crew in {port}",
    "name": '"{name}"',
    "job": '"{job}"',
    "alt": "Portrait of {name}",
    "cook": "Ship’s cook",
    "age": '"{name}: {age}"',
    "none": "Nobody",
}


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (700, 700), colour).save(data, "PNG")
    return data.getvalue()


FACES = {"assets/faces/a.png": picture("teal"), "assets/faces/b.png": picture("maroon")}


def project(
    layout: str = GRID,
    table: str = TABLE,
    head: str = HEAD,
    more: dict[str, bytes] | None = None,
) -> MemoryProject:
    words = "".join(f"{key}: {text}\n" for key, text in COPY.items())
    return MemoryProject(
        {
            "brochure.yaml": (head + layout).encode(),
            "content/en.yaml": words.encode(),
            "assets/crew.csv": table.encode(),
            **FACES,
            **(more or {}),
        }
    )


def words(files: MemoryProject, language: str = "en") -> list[list[str]]:
    """Return the text of each page, block by block."""
    data = build(files, SCREEN, language).pdf
    pages = (page.extract_text().splitlines() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return [[line.strip() for line in page if line.strip()] for page in pages]


def problems(files: MemoryProject) -> tuple[Finding, ...]:
    with pytest.raises(InputError) as failure:
        lay_out(files)
    return failure.value.findings


def test_a_grid_of_frames_fills_as_many_pages_as_needed() -> None:
    ely, rest, bath = words(project())
    assert ely[0] == rest[0] == "Crew in Ely"
    assert bath[0] == "Crew in Bath"
    assert ely[1:-1] == [
        "Ana *Bold*",
        "Ship’s cook",
        "Cleo",
        "Ship’s cook",
        "Dov",
        "Diver",
        "Eli",
        "Diver",
    ]
    assert (rest[1:-1], bath[1:-1]) == (["Fay", "Diver"], ["Ben", "Pilot"])
    assert [page[-1] for page in (ely, rest, bath)] == ["1", "2", "3"]


def places(files: MemoryProject, language: str) -> list[tuple[float, float]]:
    page = lay_out(files, language).pages[0]
    boxes = [item.rect for item in page.items if isinstance(item, Picture)]
    return [(round(box.x, 1), round(box.y, 1)) for box in boxes]


def test_cells_divide_the_area() -> None:
    first, second, third, _ = places(project(), "en")
    width = (419.53 - 2 * 42.52 - 11.34) / 2
    height = (595.28 - 2 * 42.52 - 22.68) / 2
    assert second[0] - first[0] == pytest.approx(width + 11.34, abs=0.2)
    assert first[1] - third[1] == pytest.approx(height + 22.68, abs=0.2)
    assert first[1] == second[1]
    assert first[0] == third[0]


@pytest.mark.parametrize("mirror", ["", "        mirror: no\n"])
def test_the_first_cell_is_at_the_right_in_right_to_left_editions(mirror: str) -> None:
    hebrew = "".join(f"{key}: {text}\n" for key, text in COPY.items()).encode()
    layout = GRID.replace("        inset: 2 mm\n", f"        inset: 2 mm\n{mirror}")
    files = project(layout, more={"content/he.yaml": hebrew})
    first, second, third, _ = places(files, "he")
    assert first[0] > second[0]
    assert (first[0], first[1]) == (third[0], second[1])


def test_pages_and_blocks_are_repeated_inside_each_other() -> None:
    layout = """\
pages:
  - repeat: {from: [{city: Ely, pop: 20574}, {city: York, pop: 1841}]}
    frames:
      main:
        at: margins
        content:
          - text: top
          - repeat: {from: crew.csv, where: {port: "{city}"}, sort: {by: age, order: descending}, names: {port: port}, limit: 3}
            content: {text: age}
            otherwise: {text: none}
"""
    layout = layout.replace("{text: none}", "{text: none}").replace("text: top", "text: cook")
    ely, york = words(project(layout))
    assert ely == ["Ship’s cook", "Ana *Bold*: 1,034", "Fay: 60", "Eli: 52"]
    assert york == ["Ship’s cook", "Nobody"]
    (note,) = (one for one in lay_out(project(layout)).findings if one.code == "repeat-empty")
    assert (note.severity.value, note.span and note.span.line) == ("note", 12)


def test_groups_of_blocks_have_heads() -> None:
    layout = """\
pages:
  - frames:
      main:
        at: margins
        content:
          - repeat: {from: crew.csv, group: port, where: {job: [Cook, Pilot]}}
            head: {text: top}
            content: {text: name}
"""
    assert words(project(layout)) == [["Crew in Ely", "Ana *Bold*", "Cleo", "Crew in Bath", "Ben"]]


def test_no_rows_are_an_error_with_its_place() -> None:
    layout = GRID.replace(
        "          group: port\n", "          group: port\n          where: {age: '> 2000'}\n"
    )
    (found,) = problems(project(layout))
    assert (found.code, found.span and (found.span.file, found.span.line)) == (
        "repeat-empty",
        ("brochure.yaml", 12),
    )
    (found,) = problems(project(table="name,job,port,face,age\n"))
    assert found.code == "repeat-empty"
    other = layout.replace(
        "        inset", "        otherwise: {at: margins, content: {text: none}}\n        inset"
    )
    other = other.replace("content: {text: top}", "content: {text: none}")
    assert words(project(other)) == [["Nobody", "Nobody", "1"]]


def test_only_frames_have_a_grid() -> None:
    layout = """\
pages:
  - repeat: {from: crew.csv, columns: 2}
    frames:
      main:
        at: margins
        content: [{repeat: {from: crew.csv, rows: 2}, content: {text: name}}]
"""
    assert {(one.code, one.span and one.span.line) for one in problems(project(layout))} == {
        ("repeat-form", 6),
        ("repeat-form", 10),
    }


def test_text_keeps_its_place_in_the_layout_and_the_copy() -> None:
    runs = [item for page in lay_out(project()).pages for item in page.items]
    origins = {one.glyphs.origin for one in runs if isinstance(one, GlyphRun) and one.glyphs.origin}
    lines = {(one.key, one.block and one.block.line, one.span and one.span.line) for one in origins}
    assert {("name", 24, 2), ("job", 24, 3), ("top", 8, 1)} <= lines
    assert {key for key, *_ in lines if key} == {"name", "job", "top"}


def test_missing_pictures_are_named_at_once() -> None:
    table = (
        TABLE.replace("Ben,Pilot,Bath,b.png", "Ben,Pilot,Bath,../../b.png")
        .replace("Dov,Diver,Ely,b.png", "Dov,Diver,Ely,lost.png")
        .replace("Eli,Diver,Ely,a.png", "Eli,Diver,Ely,")
    )
    (found,) = problems(project(table=table))
    assert (found.code, found.count) == ("repeat-pictures", 3)
    for name in (
        "assets/faces/../../b.png (assets/crew.csv:3)",
        "lost.png (assets/crew.csv:5)",
        "assets/crew.csv:6",
    ):
        assert name in found.message


def test_unknown_columns_have_their_place() -> None:
    layout = GRID.replace("group: port", "group: harbour").replace("{face}", "{photo}")
    found = {(one.code, one.span.line if one.span else 0) for one in problems(project(layout))}
    assert found == {("data-column", 17), ("data-column", 24)}


def test_the_number_of_pages_can_be_checked() -> None:
    four = HEAD.replace("binding: none", "binding: none\npage-multiple: 4")
    found = [one for one in problems(project(head=four))]
    assert [(one.code, one.message) for one in found] == [
        ("page-count", "the brochure has 3 pages, not a multiple of 4")
    ]
    more = TABLE + "Gus,Cook,York,a.png,20\n"
    assert len(lay_out(project(head=four, table=more)).pages) == 4


def test_translators_get_the_messages_once() -> None:
    catalogue = make_template(open_workspace(project()), "fr")
    assert list(catalogue.entries) == list(COPY)
    assert "text of a table" in catalogue.entries["cook"].comments
    assert "page 1, frame crew" in catalogue.entries["name"].comments
    assert (
        "unused" not in catalogue.entries["cook"].comments
        or "page" in catalogue.entries["cook"].comments
    )
    french = 'top: Équipage de {port}\nname: "{name}"\njob: "{job}"\nalt: Portrait de {name}\ncook: Coq\n'
    files = project(more={"content/fr.yaml": french.encode()})
    assert words(files, "fr")[0][:3] == ["Équipage de Ely", "Ana *Bold*", "Coq"]


def test_alternative_text_and_reading_order_follow_the_rows() -> None:
    data = build(project(), SCREEN).pdf
    alts = [text for text in _alternatives(pypdf.PdfReader(io.BytesIO(data)))]
    assert alts == [
        f"Portrait of {name}" for name in ("Ana *Bold*", "Cleo", "Dov", "Eli", "Fay", "Ben")
    ]


def _alternatives(reader: pypdf.PdfReader) -> list[str]:
    found: list[str] = []
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop(0)
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting[:0] = one
        elif isinstance(one, dict):
            found += [str(one["/Alt"])] if "/Alt" in one else []
            waiting[:0] = [one["/K"]] if "/K" in one else []
    return found


def test_a_press_pdf_is_built_and_checked() -> None:
    made = lay_out(project())
    found = check_laid_out(made, PROFILES["sheetfed"], project())
    assert not [one for one in found if one.severity.value == "error"]
    built = build(project(), PRESS)
    assert (built.pages, len(pypdf.PdfReader(io.BytesIO(built.pdf)).pages)) == (3, 3)


def test_a_changed_table_is_an_input() -> None:
    job = open_recorded_job(project())
    assert job.inputs
    recorded = job.inputs.start(None)
    build_edition(replace(job, project=recorded), SCREEN)
    inputs = job.inputs.collect(recorded)
    assert CurrentInputs(project()).are(inputs)
    assert not CurrentInputs(project(table=TABLE + "Gus,Cook,York,a.png,20\n")).are(inputs)
    assert not CurrentInputs(project(more={"assets/faces/a.png": picture("red")})).are(inputs)


def test_a_build_after_a_change_is_as_one_from_scratch() -> None:
    job = open_job(project())
    build_edition(job, SCREEN)
    changed = project(table=TABLE.replace("Cleo", "Cleopatra"))
    assert build_edition(open_job(changed, job), SCREEN).pdf == build(changed, SCREEN).pdf


def test_records_have_pictures_and_values_in_repeats() -> None:
    layout = """\
merge-fields: {photo: a.png, who: Ada}
pages:
  - frames:
      main:
        at: margins
        content:
          - {image: "faces/{record_photo}", alt: none, height: 20 mm}
          - repeat: {from: [{gift: Rope}, {gift: Tar}]}
            content: {text: thanks}
"""
    files = project(layout)
    copy = files.files["content/en.yaml"] + b'thanks: "{record_who}: {gift}"\n'
    files = MemoryProject({**files.files, "content/en.yaml": copy})
    job = open_job(files)

    def record(photo: str, who: str) -> Record:
        return Record(1, Span("people.csv", 2), {"photo": photo, "who": who})

    texts = []
    for photo, who in (("a.png", "Ann"), ("b.png", "Bo")):
        data = build_record(job, SCREEN, record(photo, who)).pdf
        page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
        texts.append((page.extract_text().split("\n"), _pixel(page.images[0].data)))
    assert [words for words, _ in texts] == [["Ann: Rope", "Ann: Tar"], ["Bo: Rope", "Bo: Tar"]]
    assert texts[0][1] != texts[1][1]
    for photo in ("none.png", "../crew.csv"):
        with pytest.raises(InputError):
            build_record(job, SCREEN, record(photo, "Cy"))


def _pixel(data: bytes) -> object:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB").getpixel((9, 9))


@pytest.mark.goldens
def test_the_grid_looks_as_before() -> None:
    compare("repeats/page-01.txt", dump(lay_out(project()).pages[0]))
