"""Booklets on office paper, within the printable area of a printer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from brochure.api import build
from brochure.geometry import MM, Rect
from brochure.imposition.booklet import A4, UNPRINTABLE_MARGIN
from brochure.prepress.output_conditions import BOOKLET
from brochure.project import DiskProject
from brochure.templates import list_templates
from tests.imposition.leaflets import brochure, finished
from tests.programs import run

WIDE = (A4[1], A4[0])


def test_two_pages_are_on_a4_in_landscape() -> None:
    sheets = finished(brochure(8, "saddle-stitch"), BOOKLET)
    assert [[one.page.number for one in sheet.placed] for sheet in sheets] == [
        [8, 1],
        [2, 7],
        [6, 3],
        [4, 5],
    ]
    for sheet in sheets:
        assert (sheet.media.width, sheet.media.height) == pytest.approx(WIDE)


def test_the_fold_is_in_the_middle_of_the_paper() -> None:
    sheet = finished(brochure(8, "saddle-stitch"), BOOKLET)[0]
    right = sheet.placed[1]
    fold, _ = right.at.apply(0, 0)
    assert fold == pytest.approx(sheet.media.centre.x)


def test_pages_that_fit_are_not_scaled() -> None:
    # Two pages of 200 x 300 pt are 400 x 300: less than the printable area of A4, 813.5 x 566.9.
    sheet = finished(brochure(4, "saddle-stitch"), BOOKLET)[0]
    assert sheet.trim == Rect(0, 0, 400, 300)


@pytest.mark.parametrize("size", ["A5", "A4", "Letter"])
def test_larger_pages_are_scaled_to_the_printable_area(size: str) -> None:
    sheet = finished(brochure(4, "saddle-stitch", size=size), BOOKLET)[0]
    reach = sheet.media.expand(-UNPRINTABLE_MARGIN)
    assert reach.contains(sheet.trim)
    # As large as possible: it reaches the edge of the printable area horizontally or vertically.
    assert min(reach.width - sheet.trim.width, reach.height - sheet.trim.height) == pytest.approx(
        0, abs=0.01
    )


def test_no_bleed_is_shown() -> None:
    for sheet in finished(brochure(4, "saddle-stitch"), BOOKLET):
        for one in sheet.placed:
            assert one.seen is not None
            assert (one.seen.y, one.seen.top) == (0, 300)
            assert one.seen.x == 0


def test_unbound_pages_are_single_sheets() -> None:
    sheets = finished(brochure(3, "none"), BOOKLET)
    assert [[one.page.number for one in sheet.placed] for sheet in sheets] == [[1], [2], [3]]
    assert (sheets[0].media.width, sheets[0].media.height) == pytest.approx(A4)


def test_a_leaflet_has_two_sides() -> None:
    sheets = finished(brochure(6, "tri-fold"), BOOKLET)
    assert [[one.page.number for one in sheet.placed] for sheet in sheets] == [[5, 6, 1], [2, 3, 4]]


def test_the_sample_on_the_paper_of_its_offices(tmp_path: Path) -> None:
    project = DiskProject(list_templates()["proven-model"])
    built = build(project, BOOKLET, "ar", "jordan")
    assert built.name == "proven-model_jordan_ar_booklet"
    path = tmp_path / "desk.pdf"
    path.write_bytes(built.pdf)
    result = run("pdfinfo", path)
    assert re.search(r"Pages: +6$", result, re.M)  # twelve pages, two on each side
    assert re.search(r"Page size: +841.89 x 595.27", result)
    assert b"/Duplex /DuplexFlipShortEdge" in built.pdf
    # The binding is at the right, so the front is on the left of its sheet: its title is in the left half.
    words = run(
        "pdftotext", "-f", "1", "-l", "1", "-x", "0", "-y", "0", "-W", "420", "-H", "595", path, "-"
    )
    assert words.strip()
    # RGB only: no CMYK picture.
    listed = run("pdfimages", "-list", path)
    assert "cmyk" not in listed
    assert (210 * MM, 297 * MM) == A4
