"""Several jobs on one sheet, smaller pages at the fold, and covers with and without a spine in a separate file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from brochure.api import build
from brochure.choices import Scheme
from brochure.errors import BrochureError, UsageError
from brochure.geometry import MM
from brochure.impose import GangSource, gang_pdfs, impose_pdf, impose_project
from brochure.imposition.gang import GangedLeaf, GangSpace, gang
from brochure.imposition.schemes import CoverOptions, ImpositionOptions
from brochure.imposition.sheet_sides import PageSize
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from tests.cli.calling import call
from tests.imposition.paper import numbered_pdf
from tests.imposition.test_book_sheets import book
from tests.pdf.pixels import seen
from tests.programs import run
from tests.quick import examples

CARD, FLYER = (85 * MM, 55 * MM), (105 * MM, 148 * MM)
SRA3 = (320 * MM, 450 * MM)
GANG = ImpositionOptions(Scheme.GANG, SRA3)


def texts(pdf: bytes, folder: Path) -> list[list[str]]:
    """The words on each page, by poppler."""
    (folder / "sheets.pdf").write_bytes(pdf)
    count = len(PdfReader(io.BytesIO(pdf)).pages)
    return [
        run("pdftotext", "-f", str(at), "-l", str(at), folder / "sheets.pdf", "-").split()
        for at in range(1, count + 1)
    ]


def test_each_job_is_on_the_sheet_as_often_as_requested(tmp_path: Path) -> None:
    sources = [
        GangSource(numbered_pdf(2, CARD, 3 * MM), "card.pdf", 6),
        GangSource(numbered_pdf(1, FLYER, 3 * MM), "flyer.pdf", 2),
    ]
    front, back = texts(gang_pdfs(sources, GANG).pdf, tmp_path)
    assert sorted(front) == ["1"] * 8
    assert back == ["2"] * 6  # the flyer has no back


def centres(pdf: bytes, page: int, folder: Path) -> list[tuple[float, float]]:
    (folder / "sheets.pdf").write_bytes(pdf)
    lines = run("pdftotext", "-f", str(page), "-l", str(page), "-bbox", folder / "sheets.pdf", "-")
    found = []
    for line in lines.splitlines():
        if "<word" in line:
            box = {
                key: float(line.split(f'{key}="')[1].split('"')[0])
                for key in ("xMin", "xMax", "yMin")
            }
            found.append(((box["xMin"] + box["xMax"]) / 2, box["yMin"]))
    return sorted(found)


def test_backs_are_behind_their_fronts(tmp_path: Path) -> None:
    """The position of each front, mirrored in the middle of the sheet, is that of a back."""
    sources = [
        GangSource(numbered_pdf(2, CARD), "card.pdf", 5),
        GangSource(numbered_pdf(2, FLYER), "flyer.pdf", 1),
    ]
    pdf = gang_pdfs(sources, GANG).pdf
    width = float(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width)
    fronts, backs = centres(pdf, 1, tmp_path), centres(pdf, 2, tmp_path)
    mirrored = sorted((width - x, y) for x, y in fronts)
    assert len(mirrored) == 6
    for one, other in zip(mirrored, backs, strict=True):
        assert one == pytest.approx(other, abs=0.1)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(20, 300), st.integers(20, 300), st.integers(1, 9)),
        min_size=1,
        max_size=5,
    ),
    st.integers(0, 9),
)
def test_nothing_overlaps_and_all_is_on_the_paper(
    jobs: list[tuple[int, int, int]], bleed: int
) -> None:
    leaves = [
        GangedLeaf(2 * at + 1, 2 * at + 2, PageSize(width, height, bleed), copies)
        for at, (width, height, copies) in enumerate(jobs)
    ]
    paper = (600.0, 500.0)
    sides = gang(leaves, GangSpace(paper))
    for side in sides:
        assert side.block.width <= paper[0] - 2 * bleed + 0.1
        assert side.block.height <= paper[1] - 2 * bleed + 0.1
        for at, one in enumerate(side.trims):
            assert not any(
                one.expand(bleed - 0.01).overlaps(other) for other in side.trims[at + 1 :]
            )
    printed = [slot.number for side in sides[::2] for slot in side.slots]
    assert sorted(printed) == sorted(leaf.front for leaf in leaves for _ in range(leaf.copies))


def test_the_paper_is_turned_if_fewer_sheets_are_needed() -> None:
    wide = GangSource(numbered_pdf(1, (420 * MM, 297 * MM)), "wide.pdf")
    made = gang_pdfs([wide], GANG)
    (page,) = PdfReader(io.BytesIO(made.pdf)).pages
    assert page.mediabox.width > page.mediabox.height


def test_jobs_that_cannot_be_ganged(tmp_path: Path) -> None:
    card = GangSource(numbered_pdf(1, CARD), "card.pdf")
    with pytest.raises(UsageError, match="needs the size of the sheet: --paper"):
        gang_pdfs([card], ImpositionOptions(Scheme.GANG))
    with pytest.raises(UsageError, match=r"page 1 of 85 x 55 mm does not fit"):
        gang_pdfs([card], ImpositionOptions(Scheme.GANG, (100.0, 100.0)))
    one, other = (press_pdf(name) for name in ("coated-fogra39", "uncoated-fogra47"))
    sources = [GangSource(one, "a.pdf"), GangSource(other, "b.pdf")]
    with pytest.raises(BrochureError, match=r"different printing conditions \(FOGRA39, FOGRA47\)"):
        gang_pdfs(sources, GANG)


def press_pdf(condition: str) -> bytes:
    layout = f"brochure: card\nsize: 85 x 55 mm\nbinding: none\npress: {condition}\ndate: 2026-11-24\npages: [{{}}]\n"
    return build(
        MemoryProject({"brochure.yaml": layout.encode(), "content/en.yaml": b"title: Card"}), PRESS
    ).pdf


def test_ganged_press_pdfs_keep_their_output_intent() -> None:
    sources = [GangSource(press_pdf("coated-fogra39"), name) for name in ("a.pdf", "b.pdf")]
    root: Any = PdfReader(io.BytesIO(gang_pdfs(sources, GANG).pdf)).root_object
    (intent,) = root["/OutputIntents"]
    assert intent.get_object()["/OutputConditionIdentifier"] == "FOGRA39"


def test_the_command_gangs_pdfs_and_projects(tmp_path: Path) -> None:
    (tmp_path / "card.pdf").write_bytes(numbered_pdf(2, CARD))
    layout = "brochure: flyer\nsize: A6\nbinding: none\ndate: 2026-11-24\npages: [{}]\n"
    (tmp_path / "flyer" / "content").mkdir(parents=True)
    (tmp_path / "flyer" / "brochure.yaml").write_text(layout)
    (tmp_path / "flyer" / "content" / "en.yaml").write_text("title: Flyer")
    words = ("--scheme", "gang", "--copies", "4,2", "--paper", "SRA3", "--marks", "crop")
    result = call(
        "impose", tmp_path / "card.pdf", tmp_path / "flyer", *words, "-o", tmp_path / "g.pdf"
    )
    assert result.status == 0, result.err
    assert "3 pages on 2 sides" in result.out
    run("qpdf", "--check", tmp_path / "g.pdf")


def test_contradictory_options(tmp_path: Path) -> None:
    card = tmp_path / "card.pdf"
    card.write_bytes(numbered_pdf(2, CARD))
    wrong = [
        (card, card),
        (card, "--copies", "3"),
        (card, "--scheme", "gang", "--copies", "1,2", "--paper", "A3"),
        (card, "--scheme", "gang", "--copies", "0", "--paper", "A3"),
        (card, "--up", "8"),
        (card, "--scheme", "sheetwise", "--up", "5"),
        (card, "--scheme", "sheetwise", "--signature-pages", "16"),
        (card, "--separate-cover"),
        (card, "--milling", "-3mm"),
        (card, "--glue", "much"),
    ]
    for words in wrong:
        assert call("impose", *words, "-o", tmp_path / "x.pdf").status == 64, words


# Smaller pages


def test_smaller_pages_are_aligned_to_the_fold() -> None:
    """A booklet whose middle pages are narrower: both begin at the fold."""
    writer = PdfWriter()
    for width in (60, 40, 40, 60):
        page = writer.add_blank_page(width, 80)
        stream = DecodedStreamObject()
        stream.set_data(b"1 0 0 rg 0 0 1000 1000 re f")
        page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    made = impose_pdf(buffer.getvalue(), "fold-out.pdf", ImpositionOptions())
    assert [finding.code for finding in made.findings] == ["page-sizes"]
    inside = seen(one_page(made.pdf, 1))
    red = (inside[40, :, 1] < 100).nonzero()[0]
    assert (red.min(), red.max()) == (
        20,
        99,
    )  # 40 at the left of the fold at 60, and 40 at its right


def one_page(pdf: bytes, at: int) -> bytes:
    writer = PdfWriter()
    writer.add_page(PdfReader(io.BytesIO(pdf)).pages[at])
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


# Covers


def test_a_cover_with_a_spine_in_a_separate_file(tmp_path: Path) -> None:
    options = ImpositionOptions(Scheme.BOOKLET, section=16, cover=CoverOptions(is_separate=True))
    made = impose_project(book(), options)
    assert [sorted(words) for words in texts(made.cover, tmp_path)] == [
        ["1.", "20.", "Page", "Page"],
        ["19.", "2.", "Page", "Page"],
    ]
    numbers = {word for words in texts(made.pdf, tmp_path) for word in words if word != "Page"}
    assert numbers == {f"{number}." for number in range(3, 19)}


def test_the_four_outer_pages_are_the_cover_without_a_spine(tmp_path: Path) -> None:
    options = ImpositionOptions(Scheme.BOOKLET, cover=CoverOptions(is_separate=True))
    files = dict(book(12, "").files)
    files["brochure.yaml"] = files["brochure.yaml"].replace(
        b"binding: perfect", b"binding: saddle-stitch"
    )
    saddle = impose_project(MemoryProject(files), options)
    assert [sorted(set(words) - {"Page"}) for words in texts(saddle.cover, tmp_path)] == [
        ["1.", "12."],
        ["11.", "2."],
    ]
    assert len(PdfReader(io.BytesIO(saddle.pdf)).pages) == 4


def test_glue_areas_are_not_printed() -> None:
    """Inside the cover, a strip beside the spine; outside, the pages reach the spine."""
    glue, page = 6 * MM, 105 * MM
    options = ImpositionOptions(Scheme.BOOKLET, section=16, cover=CoverOptions(True, glue))
    project = book()
    sheets = impose_project(project, options)
    inside = Image.fromarray(seen(one_page(sheets.cover, 1)))
    spine = inside.width / 2
    row = [inside.getpixel((x, inside.height // 4)) for x in range(inside.width)]
    white = [x for x, pixel in enumerate(row) if pixel == (255, 255, 255)]
    middle = [x for x in white if abs(x - spine) < page / 2]
    spine_width = (20 - 4) / 2 * 0.2 * MM + 2 * 0.2 * MM
    assert max(middle) - min(middle) + 1 == pytest.approx(spine_width + 2 * glue, abs=2.5)
    block = Image.fromarray(seen(one_page(sheets.pdf, 0)))
    pixels = [block.getpixel((x, block.height // 4)) for x in range(block.width)]
    gap = [x for x, pixel in enumerate(pixels) if pixel == (255, 255, 255)]
    strip = [x for x in gap if abs(x - block.width / 2) < page / 2]
    assert max(strip) - min(strip) + 1 == pytest.approx(2 * glue, abs=2.5)


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    for name, data in book().files.items():
        path = tmp_path / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    words = ("--scheme", "sheetwise", "--up", "8", "--separate-cover", "--json")
    result = call("impose", tmp_path / "book", *words, "-o", tmp_path / "sheets.pdf")
    assert result.status == 0, result.err
    assert result.data["imposed"]["cover"] == str(tmp_path / "sheets_cover.pdf")
    for name in ("sheets.pdf", "sheets_cover.pdf"):
        run("qpdf", "--check", tmp_path / name)


def test_rectangles_of_a_mirrored_sheet_fill_the_same_block() -> None:
    leaves = [GangedLeaf(1, 2, PageSize(100, 50), 3), GangedLeaf(3, 4, PageSize(70, 90), 1)]
    front, back = gang(leaves, GangSpace((400, 300)))
    assert front.block == back.block
