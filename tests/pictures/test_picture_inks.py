"""Pictures in one and two inks, with shadows and blended, and icons in text: golden pages in English and Arabic."""

from __future__ import annotations

import pytest

from brochure.api import build, lay_out
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.picture_gallery import gallery
from tests.pictures.test_sample import compare, pictures

LANGUAGES = ["en", "ar"]


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_look_as_before(language: str) -> None:
    built = build(gallery(), CONDITIONS["press"], language)
    assert built.findings == ()
    (picture,) = pictures(built.pdf)
    assert compare(f"pictures/{language}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_placed_as_before(language: str) -> None:
    (page,) = lay_out(gallery(), language).pages
    golden_files.compare(f"pictures/{language}.txt", dump(page))
