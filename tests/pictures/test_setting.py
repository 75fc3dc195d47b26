"""How paragraphs and frames are set, in English and Arabic: golden pages."""

from __future__ import annotations

import pytest

from brochure.api import build, lay_out
from brochure.model.display_list import dump
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.setting_gallery import gallery
from tests.pictures.test_sample import compare, pictures

LANGUAGES = ["en", "ar"]


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_look_as_they_did(language: str) -> None:
    built = build(gallery(), CONDITIONS["press"], language)
    assert not built.findings
    for number, picture in enumerate(pictures(built.pdf), 1):
        assert compare(f"setting/{language}-{number}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_made_up_as_they_were(language: str) -> None:
    for page in lay_out(gallery(), language).pages:
        golden_files.compare(f"setting/{language}-{page.number}.txt", dump(page))
