"""Books with a spine on printer's sheets, the area below marks, inks of the slug line, and content for the press only."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from brochure.api import build
from brochure.choices import Creep, Scheme
from brochure.errors import InputError
from brochure.impose import ImposedSheets, impose_project
from brochure.imposition.finishing import remove_press_only
from brochure.imposition.page_order import Nest
from brochure.imposition.schemes import ImpositionOptions
from brochure.model.display_list import GlyphRun, Page
from brochure.preflight import DEFAULT, PROFILES
from brochure.preflight.session import check_pdf
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from tests.imposition.leaflets import brochure, finished
from tests.layout.pages import GREEN, RED, field, fields, made
from tests.pdf.pixels import seen

SHEETFED = PROFILES[DEFAULT]
COVER = 2


def book(count: int = 20, spine: str = "spine: {background: cyan}", **keys: str) -> MemoryProject:
    """A perfect-bound book of A6 pages with their numbers, each with a field that bleeds."""
    further = "\n".join(f"{key}: {value}" for key, value in keys.items())
    frame = "{at: margins, content: {title: t%d}}"
    pages = "\n".join(
        f"  - {{background: pale, frames: {{t: {frame % number}}}}}"
        for number in range(1, count + 1)
    )
    layout = f"""\
brochure: book
size: A6
bleed: 3 mm
binding: perfect
source-language: en
date: 2026-11-24
paper: {{caliper: 0.2 mm}}
swatches: {{pale: cmyk 0 20 30 0, cyan: cmyk 100 0 0 0}}
grid: {{margins: {{top: 14 mm, bottom: 14 mm, inner: 14 mm, outer: 14 mm}}}}
{spine}
{further}
pages:
{pages}
"""
    copy = "".join(f"t{number}: Page {number}.\n" for number in range(1, count + 1))
    return MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": copy.encode()})


def numbers(sheets: ImposedSheets) -> list[list[int]]:
    """The numbers of the pages on each side, from the text of the file, in ascending order."""
    texts = (page.extract_text() for page in PdfReader(io.BytesIO(sheets.pdf)).pages)
    return [sorted(int(number) for number in re.findall(r"Page (\d+)\.", text)) for text in texts]


def sizes(sheets: ImposedSheets) -> list[float]:
    """The width of each side's trim, in millimetres."""
    reader = PdfReader(io.BytesIO(sheets.pdf))
    return [round(float(page.trimbox.width) * 25.4 / 72, 1) for page in reader.pages]


def test_the_cover_is_a_separate_sheet_with_a_spine() -> None:
    sheets = impose_project(book(), ImpositionOptions(section=8))
    # 16 pages inside are 8 leaves of 0.2 mm; the cover adds 0.2 mm on both sides.
    assert sizes(sheets) == [212.0] * COVER + [210.0] * 8
    found = numbers(sheets)
    assert found[:COVER] == [[1, 20], [2, 19]]
    assert sorted(number for side in found[COVER:] for number in side) == list(range(3, 19))
    assert found[COVER:6] == [[3, 10], [4, 9], [5, 8], [6, 7]]
    labels = PdfReader(io.BytesIO(sheets.pdf)).page_labels
    assert labels[:3] == ["cover outside", "cover inside", "1 front"]


@pytest.mark.parametrize(
    "scheme", [Scheme.TURN, Scheme.TUMBLE, Scheme.N_UP, Scheme.STEP_AND_REPEAT]
)
def test_every_scheme_keeps_the_spine(scheme: Scheme) -> None:
    sheets = impose_project(book(), ImpositionOptions(scheme, section=8))
    assert sizes(sheets)[:COVER] == [212.0, 212.0]
    pages = {number for side in numbers(sheets) for number in side}
    assert pages == set(range(1, 21))


def test_reader_spreads_begin_with_the_cover() -> None:
    sheets = impose_project(book(), ImpositionOptions(Scheme.READER))
    assert sizes(sheets) == [212.0, *[210.0] * 9]
    assert numbers(sheets) == [[1, 20], *([at, at + 1] for at in range(2, 20, 2))]


def test_a_cover_too_wide_for_the_paper_has_its_own_size() -> None:
    paper = (211 * 72 / 25.4, 160 * 72 / 25.4)
    sheets = impose_project(book(), ImpositionOptions(section=8, paper=paper))
    media = [
        round(float(page.mediabox.width) * 25.4 / 72)
        for page in PdfReader(io.BytesIO(sheets.pdf)).pages
    ]
    assert media[:COVER] == [218, 218]
    assert set(media[COVER:]) == {211}


def test_without_a_spine_the_cover_is_part_of_the_block() -> None:
    sheets = impose_project(book(spine=""), ImpositionOptions(section=4))
    assert set(sizes(sheets)) == {210.0}
    assert numbers(sheets)[0] == [1, 4]


def test_blank_pages_are_counted_behind_the_last_page_of_the_block() -> None:
    sheets = impose_project(book(22), ImpositionOptions(section=8))
    (finding,) = [one for one in sheets.findings if one.code == "pages-blank"]
    assert "2 blank pages were added after page 20" in finding.message


def test_a_perfect_bound_block_in_one_signature_is_a_warning() -> None:
    (finding,) = [
        one
        for one in impose_project(book(24), ImpositionOptions()).findings
        if one.code == "signature"
    ]
    assert "--signature-pages 16" in finding.hint
    whole = impose_project(book(20), ImpositionOptions())
    assert all(one.code != "signature" for one in whole.findings)


def test_check_has_no_findings_about_our_own_sheets() -> None:
    project = book()
    built = build(project, CONDITIONS["press"])
    assert check_pdf(built.pdf, "book.pdf", SHEETFED) == ()
    for creep in Creep:
        for scheme in (Scheme.BOOKLET, Scheme.TURN):
            options = ImpositionOptions(scheme, nest=Nest(0.0, creep), section=8)
            sheets = impose_project(project, options, caliper=0.85)
            assert check_pdf(sheets.pdf, "sheets.pdf", SHEETFED) == (), (creep, scheme)


# Below marks


def test_a_spread_picture_ends_at_the_bleed_below_marks() -> None:
    frame = "{frames: {f: {at: spread-bleed, background: green}}}"
    pages = f"[{{}}, {frame}, {{}}, {{}}]"
    result = made(None, None, binding="saddle-stitch", pages=pages, marks="[crop]")
    sheet = finished(result)[1]
    assert field(sheet.placed[0].page, GREEN)[2] > 400  # it runs over both pages
    project = MemoryProject(
        {
            "brochure.yaml": (
                "brochure: t\nsize: 200 x 300 pt\nbleed: 9 pt\nbinding: saddle-stitch\nmarks: [crop]\n"
                f"swatches: {{green: cmyk 100 0 100 0}}\nsource-language: en\npages: {pages}\n"
            ).encode(),
            "content/en.yaml": b"a: b\n",
        }
    )
    pdf = build(project, CONDITIONS["press"]).pdf
    page = PdfReader(io.BytesIO(pdf)).pages[1]
    bleed, media = page.bleedbox, page.mediabox
    pixels = seen(_only_page(pdf, 1))
    is_white = np.asarray(np.all(pixels > 250, axis=2))
    right = round(float(bleed.right - media.left))
    low = round(float(media.top - bleed.bottom))
    assert not is_white[low - 20, right - 3]
    assert is_white[low - 20, right + 2 :].all()


def _only_page(pdf: bytes, at: int) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.append(io.BytesIO(pdf), pages=(at, at + 1))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# Inks


def png(mode: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (200, 200), 120 if mode == "L" else (40, 90, 160)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "inks"),
    [
        ("background: red", ["magenta", "yellow"]),
        ("background: dark", ["black"]),
        ("background: void", []),
        ("background: seal 20%", ["SEAL"]),
        ("background: seal 0%", []),
        ("content: {image: grey.png, alt: none}", ["black"]),
        ("content: {image: colour.png, alt: none}", ["cyan", "magenta", "yellow", "black"]),
    ],
)
def test_the_inks_are_those_that_are_printed(content: str, inks: list[str]) -> None:
    swatches = "{red: cmyk 0 100 100 0, dark: grey 90, void: cmyk 0 0 0 0, seal: spot SEAL as cmyk 0 90 0 0}"
    assets = {"assets/grey.png": png("L"), "assets/colour.png": png("RGB")}
    pages = f"[{{frames: {{f: {{at: margins, {content}}}}}}}]"
    result = made(None, assets, pages=pages, swatches=swatches)
    assert list(find_inks(result.pages, result.work.condition)) == inks


# For the press only

VARNISH = '{red: cmyk 0 100 100 0, varnish: spot "SPOT UV" as cmyk 0 40 0 0 overprint press-only}'


def press_only_pages() -> tuple[Page, ...]:
    frames = (
        "{a: {at: 'x 20 pt, y 20 pt, width 50 pt, height 50 pt', background: red},"
        " b: {at: 'x 20 pt, y 20 pt, width 50 pt, height 50 pt', background: varnish 50%},"
        " c: {at: margins, content: {text: words, style: shiny}}}"
    )
    styles = "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt}, shiny: {colour: varnish}}"
    return made(
        {"words": "Lamp"},
        None,
        pages=f"[{{frames: {frames}}}]",
        swatches=VARNISH,
        paragraph_styles=styles,
    ).pages


def test_a_varnish_is_left_out_of_screen_pages() -> None:
    (page,) = press_only_pages()
    (shown,) = (remove_press_only(page),)
    assert fields(shown, RED) == fields(page, RED)
    assert len(shown.items) == len(page.items) - 2
    assert not [item for item in shown.items if isinstance(item, GlyphRun)]


@pytest.mark.parametrize(
    ("target", "is_there"), [("press", True), ("screen", False), ("booklet", False)]
)
def test_only_the_press_pdf_has_the_varnish(target: str, is_there: bool) -> None:
    layout = f"""\
brochure: t
size: 60 x 60 pt
binding: none
source-language: en
swatches: {VARNISH}
pages: [{{background: varnish}}]
"""
    project = MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": b"a: b\n"})
    pdf = build(project, CONDITIONS[target]).pdf
    pixels = seen(pdf)
    assert bool((np.asarray(pixels) < 240).any()) is is_there


def test_press_only_belongs_to_a_swatch_or_a_colour() -> None:
    with pytest.raises(InputError) as failure:
        made(None, None, swatches="{v: press-only}")
    assert "swatch 'v'" in str(failure.value)


def test_unbound_pages_have_no_cover() -> None:
    assert len(finished(brochure(8, "none"))) == 8
