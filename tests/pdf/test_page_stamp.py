"""Stamps of pages: their content, and which operations keep or change them."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import pypdf

from brochure.api import build, open_job, stamp_pages
from brochure.api import lay_out as lay_out_project
from brochure.approval.page_digest import digest_page
from brochure.pdf.page_stamp import PageStamp, read_stamp
from brochure.prepress.output_conditions import BOOKLET, PRESS, SCREEN
from brochure.project import DiskProject
from tests.programs import run
from tests.readback.sample import ROOT, SmallPictures

SAMPLE = SmallPictures(ROOT)
LEAFLET = DiskProject(ROOT.parent / "leaflet")


@lru_cache(maxsize=4)
def screen(office: str | None = None) -> bytes:
    return build(SAMPLE, SCREEN, "km" if office else None, office).pdf


def stamps_of(pdf: bytes) -> list[PageStamp | None]:
    return [read_stamp(page)[0] for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_each_page_of_a_screen_pdf_has_a_stamp() -> None:
    made = lay_out_project(SAMPLE)
    expected = [
        PageStamp("proven-model", "en", page.number, digest_page(page, SAMPLE))
        for page in made.pages
    ]
    assert stamps_of(screen()) == expected
    assert {one.edition for one in stamps_of(screen("cambodia")) if one} == {"cambodia/km"}


def test_files_for_printing_have_no_stamps() -> None:
    for condition in (PRESS, BOOKLET):
        assert set(stamps_of(build(LEAFLET, condition).pdf)) == {None}
    assert None not in stamps_of(build(LEAFLET, SCREEN).pdf)


def test_a_page_with_private_data_has_a_date(tmp_path: Path) -> None:
    """ISO 32000-1, table 30: a page with /PieceInfo must have /LastModified. It is the same in every build."""
    for page in pypdf.PdfReader(io.BytesIO(screen())).pages:
        assert str(page["/LastModified"]) == "D:20000101000000Z"
        assert set(page["/PieceInfo"]["/Brochure"]) == {"/LastModified", "/Private"}  # type: ignore[index]
    (tmp_path / "a.pdf").write_bytes(screen())
    run("qpdf", "--check", tmp_path / "a.pdf")


def test_stamps_survive_extraction_and_merging(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(screen())
    (tmp_path / "b.pdf").write_bytes(screen("cambodia"))
    merged = tmp_path / "merged.pdf"
    run(
        "qpdf",
        "--empty",
        "--pages",
        tmp_path / "a.pdf",
        "3,5",
        tmp_path / "b.pdf",
        "2",
        "--",
        merged,
    )
    found = [(one.edition, one.page) for one in stamps_of(merged.read_bytes()) if one]
    assert found == [("en", 3), ("en", 5), ("cambodia/km", 2)]


def test_the_digest_is_that_of_the_display_list() -> None:
    """The same pages in another build have the same stamps."""
    made, again = lay_out_project(SAMPLE), lay_out_project(SAMPLE)
    assert stamp_pages(made, open_job(SAMPLE).project) == stamp_pages(again, SAMPLE)
