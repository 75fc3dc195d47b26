"""Paragraph and frame settings in English and Arabic: golden pages, and the files as other programs read them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pypdf
import pytest

from brochure.api import build, lay_out
from brochure.model.page_dump import dump
from brochure.preflight import PROFILES
from brochure.preflight.session import check_pdf
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.setting_gallery import gallery
from tests.pictures.test_sample import compare, pictures
from tests.readback.readers import READERS

LANGUAGES = ["en", "ar"]


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_look_as_before(language: str) -> None:
    built = build(gallery(), CONDITIONS["press"], language)
    assert not built.findings
    for number, picture in enumerate(pictures(built.pdf), 1):
        assert compare(f"setting/{language}-{number}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_laid_out_as_before(language: str) -> None:
    for page in lay_out(gallery(), language).pages:
        golden_files.compare(f"setting/{language}-{page.number}.txt", dump(page))


@lru_cache(maxsize=4)
def finished(condition: str, language: str, more: str = "") -> bytes:
    built = build(gallery(more), CONDITIONS[condition], language)
    assert not built.findings
    return built.pdf


@pytest.mark.parametrize("reader", READERS)
def test_columns_are_read_between_the_headings_that_span_them(reader: str, tmp_path: Path) -> None:
    text = " ".join(READERS[reader](_page(finished("screen", "en"), 4, tmp_path), tmp_path).split())
    order = [
        "Round the harbour",
        "Kettles",
        "screws",
        "Kettles",
        "screws",
        "What to bring",
        "Kettles",
        "screws",
        "I had not",
    ]
    at = -1
    for words in order:
        at = text.find(words, at + 1)
        assert at >= 0, f"{words}: {text}"


@pytest.mark.parametrize("reader", READERS)
def test_labels_of_a_form_are_read(reader: str, tmp_path: Path) -> None:
    text = " ".join(READERS[reader](_page(finished("screen", "en"), 5, tmp_path), tmp_path).split())
    for words in ("Name:", "Address", "Postcode", "every month", "Account (IBAN)", "Received on"):
        assert words in text


def _page(pdf: bytes, number: int, folder: Path) -> bytes:
    """Return one page of a file."""
    writer = pypdf.PdfWriter()
    source = folder / "all.pdf"
    source.write_bytes(pdf)
    writer.append(source, pages=(number - 1, number))
    path = folder / "one.pdf"
    writer.write(path)
    return path.read_bytes()


@pytest.mark.parametrize("standard", ["x-1a", "x-4"])
def test_press_files_pass_their_own_checks(standard: str) -> None:
    pdf = finished("press", "en", f"press: {{condition: coated-fogra39, standard: {standard}}}")
    found = check_pdf(pdf, "built.pdf", PROFILES["sheetfed"])
    assert [str(one) for one in found if one.severity.value == "error"] == []


def test_screen_files_pass_their_own_checks() -> None:
    for language in LANGUAGES:
        found = check_pdf(finished("screen", language), "built.pdf", PROFILES["screen"])
        assert [str(one) for one in found if one.severity.value == "error"] == []
