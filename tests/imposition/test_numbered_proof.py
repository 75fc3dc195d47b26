"""Numbered proofs: positions of the labels, content of the key list, and validity of the PDF."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdf
import pytest

from brochure.api import build, lay_out, make_sheets, open_job
from brochure.build_values import LaidOut
from brochure.color.swatch import Grey, Paint, Rgb
from brochure.geometry import Rect, bounding_box
from brochure.imposition.label_colours import CANDIDATES, choose_colour
from brochure.imposition.number_labels import MARGIN, SIZE
from brochure.imposition.sheets import Sheet
from brochure.model.display_list import GlyphRun, Page, bounds
from brochure.model.display_list import Path as DrawnPath
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject, Project
from tests.cli.calling import call
from tests.programs import run
from tests.quick import only
from tests.readback.sample import ROOT, SmallPictures

NARROW = """
brochure: narrow
title: title
size: 100 x 100 mm
bleed: 0 mm
binding: none
source-language: en
paragraph-styles:
  body: {font: Source Serif 4, size: 9 pt, leading: 10 pt, grid: no, hyphenation: no, align: justify}
masters:
  full:
    frames:
      one: {at: "x 0 mm, y 0 mm, width 33 mm, height 100 mm"}
      two: {at: "x 33.4 mm, y 0 mm, width 33 mm, height 100 mm"}
      three: {at: "x 67 mm, y 0 mm, width 33 mm, height 100 mm"}
pages:
  - {master: full, one: [{text: a}, {text: b}], two: [{text: c}, {text: d}], three: [{text: e}]}
"""
"""Three columns without space beside, above or below the lines of the middle one."""

LONG = "a few words that fill the whole of a line in this column and go on to the next one " * 3


def narrow_project() -> MemoryProject:
    copy = "title: Narrow\n" + "".join(f"{key}: {LONG.strip()}\n" for key in "abcde")
    return MemoryProject({"brochure.yaml": NARROW.encode(), "content/en.yaml": copy.encode()})


@lru_cache(maxsize=8)
def numbered(language: str | None = None) -> tuple[LaidOut, tuple[Sheet, ...]]:
    """The sample's pages, and its numbered sheets."""
    return sheets_of(SmallPictures(ROOT), language)


def sheets_of(project: Project, language: str | None = None) -> tuple[LaidOut, tuple[Sheet, ...]]:
    made = lay_out(project, language)
    imposed = make_sheets(open_job(project), made, SCREEN.numbered())
    return made, imposed.sheets


def page_of(sheet: Sheet) -> Page:
    return sheet.placed[0].page


def labels_of(made: LaidOut, sheet: Sheet) -> list[tuple[str, Rect, Any]]:
    """Return the labels that were added to a page: their numbers, boxes and matrices."""
    page = page_of(sheet)
    own = next(one for one in made.pages if one.number == page.number)
    added = page.items[len(own.items) :]
    found, last = [], None
    for item in added:
        if isinstance(item, DrawnPath) and item.fill and item.fill.colour != Grey(1.0):
            last = item
        if isinstance(item, GlyphRun) and last:
            found.append((item.glyphs.text, last.matrix.box(bounds(last.outlines)), last.matrix))
    return found


def text_boxes(made: LaidOut, number: int) -> list[Rect]:
    """Return the boxes of upright text, from the descenders to the cap height."""
    page = next(one for one in made.pages if one.number == number)
    return [
        item.matrix.box(
            Rect(item.x, item.y - 0.2 * item.glyphs.size, item.glyphs.width, 0.9 * item.glyphs.size)
        )
        for item in page.items
        if isinstance(item, GlyphRun) and item.glyphs.ids
    ]


@pytest.mark.parametrize("language", [None, "ar", "km"])
def test_each_message_of_a_page_has_a_label_that_covers_no_text(language: str | None) -> None:
    made, sheets = numbered(language)
    for sheet, page in zip(sheets, made.pages[: made.count], strict=False):
        keys = {
            item.glyphs.origin.key
            for item in page.items
            if isinstance(item, GlyphRun) and item.glyphs.origin and item.glyphs.text.strip()
        } - {""}
        labels = labels_of(made, sheet)
        assert len(labels) == len(keys)
        assert len({text for text, _, _ in labels}) == len(labels)
        _check_places([box for _, box, _ in labels], made, sheet)


def _check_places(labels: list[Rect], made: LaidOut, sheet: Sheet) -> None:
    texts = text_boxes(made, page_of(sheet).number)
    assert not [(label, text) for label in labels for text in texts if label.overlaps(text)]
    assert not [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])]
    assert all(sheet.media.contains(label) for label in labels)


def test_labels_are_beside_the_first_line() -> None:
    made, sheets = numbered()
    page = made.pages[2]
    first = next(
        item
        for item in page.items
        if isinstance(item, GlyphRun)
        and item.glyphs.origin
        and item.glyphs.origin.key == "model.rescue-text"
    )
    near = [box for _, box, _ in labels_of(made, sheets[2]) if abs(box.centre.y - first.y - 3) < 3]
    assert any(0 < first.x - box.right < 4 for box in near)


def test_labels_of_text_from_right_to_left_are_on_its_right() -> None:
    made, sheets = numbered("ar")
    boxes = [box for _, box, _ in labels_of(made, sheets[2])]
    right = max(box.x for box in boxes)
    assert right > made.pages[2].width - 50
    assert not [box for box in boxes if box.x < 50]


def test_labels_without_space_are_outside_the_page() -> None:
    made, sheets = sheets_of(narrow_project())
    labels = [box for _, box, _ in labels_of(made, sheets[0])]
    assert len(labels) == 5
    _check_places(labels, made, sheets[0])
    outside = [box for box in labels if box.right <= 0 or box.x >= made.pages[0].width]
    assert outside
    assert sheets[0].media.width == made.pages[0].width + 2 * MARGIN
    assert sheets[0].trim == made.pages[0].trim


def test_labels_of_rotated_text_are_rotated() -> None:
    made, sheets = numbered()
    matrices = [matrix for _, _, matrix in labels_of(made, sheets[0])]
    assert len({(round(one.a), round(one.b)) for one in matrices}) == 2


def test_numbers_are_readable() -> None:
    assert SIZE >= 5.5
    for colour in CANDIDATES:
        assert _contrast(colour, Rgb(1, 1, 1)) >= 4.5


def _contrast(one: Rgb, other: Rgb) -> float:
    """Contrast by WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.r, colour.g, colour.b)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("colour", CANDIDATES)
def test_the_colour_is_not_one_of_the_design(colour: Rgb) -> None:
    outline = page_of(numbered()[1][0]).items
    path = next(item for item in outline if isinstance(item, DrawnPath))
    drawn = DrawnPath(path.outlines, fill=Paint(colour))
    page = Page(1, "1", 100, 100, 0, (drawn,))
    assert choose_colour([page]).colour != colour


# The PDF


@lru_cache(maxsize=4)
def pdf(language: str | None = None) -> bytes:
    built = build(SmallPictures(ROOT), SCREEN.numbered(), language)
    assert built.name == f"proven-model_{language or 'en'}_screen_numbered"
    return built.pdf


def test_boxes() -> None:
    page = pypdf.PdfReader(io.BytesIO(pdf())).pages[0]
    assert float(page.mediabox.width) == pytest.approx(
        float(page.trimbox.width) + 2 * MARGIN, abs=0.01
    )
    assert float(page.trimbox.left) == pytest.approx(MARGIN, abs=0.01)


@pytest.mark.parametrize("language", only((None, "ar"), [None, "ar", "fr"]))
def test_key_list(language: str | None, tmp_path: Path) -> None:
    """Each number has its key, in the rows that poppler reads."""
    path = tmp_path / "proof.pdf"
    path.write_bytes(pdf(language))
    made, _ = numbered(language)
    text = run("pdftotext", "-layout", "-f", str(made.count + 1), path, "-")
    text = text.replace("\u200b", "").replace("\u200e", "")
    numbers = {key: number for number, key in _rows(text)}
    keys = {
        item.glyphs.origin.key
        for page in made.pages[: made.count]
        for item in page.items
        if isinstance(item, GlyphRun) and item.glyphs.origin and item.glyphs.text.strip()
    } - {""}
    assert set(numbers) == keys
    assert sorted(numbers.values()) == list(range(1, len(keys) + 1))
    assert ("source" if language is None else "ready") in text


def _rows(text: str) -> list[tuple[int, str]]:
    rows = []
    for line in text.splitlines():
        number = re.search(r"(?:^\s*|\s)(\d{1,3})(?:\s|$)", line)
        key = re.search(r"(?<!\S)[a-z0-9-]+\.[a-z0-9-]+(?!\S)|(?<!\S)legal(?!\S)", line)
        cells = line.split()
        if key and number:
            own = cells[0] if cells[0].isdigit() else cells[-1]
            rows.append((int(own), key[0]))
    return rows


def test_the_file_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "proof.pdf"
    path.write_bytes(pdf("ar"))
    run("qpdf", "--check", path)
    reader = pypdf.PdfReader(io.BytesIO(pdf("ar")))
    content = reader.pages[2].get_contents()
    assert content is not None
    operators = content.get_data()
    # Everything that was added is in an artifact, the last sequence of the page.
    last = operators[operators.rindex(b"BMC") - 20 :]
    assert b"/Artifact BMC" in last
    assert operators.count(b"BDC") + operators.count(b"BMC") == operators.count(b"EMC")


def test_the_key_list_is_a_table_for_screen_readers() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf()))
    roles: list[str] = []
    stack = [reader.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while stack:
        node = stack.pop().get_object()
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            roles.append(str(node.get("/S", "")))
            stack.append(node.get("/K", pypdf.generic.ArrayObject()))
    made, _ = numbered()
    keys = len(
        {text for sheet in numbered()[1][: made.count] for text, _, _ in labels_of(made, sheet)}
    )
    lists = len(numbered()[1]) - made.count
    assert roles.count("/TH") >= 5 * lists
    assert roles.count("/TD") >= 5 * keys


def test_other_outputs_are_unchanged() -> None:
    project = narrow_project()
    plain = build(project, SCREEN)
    assert plain.pages == 1
    reader = pypdf.PdfReader(io.BytesIO(plain.pdf))
    assert len(reader.pages) == 1
    page = reader.pages[0]
    assert float(page.mediabox.width) == pytest.approx(float(page.trimbox.width), abs=0.001)


# The command


def test_command(tmp_path: Path) -> None:
    result = call("build", ROOT, "-o", tmp_path, "--target", "screen", "--numbered")
    assert (result.status, result.err) == (0, "")
    assert (tmp_path / "proven-model_en_screen_numbered.pdf").is_file()


@pytest.mark.parametrize("more", [[], ["--target", "booklet"]])
def test_only_screen_pdfs_are_numbered(more: list[str], tmp_path: Path) -> None:
    result = call("build", ROOT, "-o", tmp_path, "--numbered", *more)
    assert result.status == 64
    assert "add --target screen" in result.err


def test_boxes_of_labels_contain_their_digits() -> None:
    made, sheets = numbered()
    for sheet in sheets[: made.count]:
        page = page_of(sheet)
        for item in page.items:
            if (
                isinstance(item, GlyphRun)
                and item.glyphs.size == SIZE
                and item.glyphs.text.isdigit()
            ):
                corners = item.matrix.corners(Rect(item.x, item.y, item.glyphs.width, 0.65 * SIZE))
                inside = bounding_box(corners)
                assert any(box.contains(inside) for _, box, _ in labels_of(made, sheet))
