"""Footnotes and endnotes in English and Arabic: golden pages, and the finished PDFs read by other programs."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from brochure.api import build, lay_out
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.note_gallery import gallery
from tests.pictures.test_sample import compare, pictures

LANGUAGES = ["en", "ar-EG"]


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_look_as_before(language: str) -> None:
    built = build(gallery(), CONDITIONS["press"], language)
    assert built.findings == ()
    for number, picture in enumerate(pictures(built.pdf), start=1):
        assert compare(f"notes/{language}-{number}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_set_as_before(language: str) -> None:
    for page in lay_out(gallery(), language).pages:
        golden_files.compare(f"notes/{language}-{page.number}.txt", dump(page))


@pytest.mark.parametrize("condition", ["press", "screen"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_is_in_the_finished_file(condition: str, language: str) -> None:
    made = build(gallery(), CONDITIONS[condition], language)
    assert made.findings == ()
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made.pdf)
    )
    if language == "en":
        for words in (
            "that of the ferry",
            "Slow Medicine",
            "By appointment",
            "From February",
            "The 14",
            "county archive",
        ):
            assert words in text.replace("\r\n", " ")
    assert len(pypdf.PdfReader(io.BytesIO(made.pdf)).pages) == 2
