"""Maps with proportional symbols in English and Arabic: golden pages."""

from __future__ import annotations

import pytest

from brochure.api import build, lay_out
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.map_gallery import maps
from tests.pictures.test_sample import compare, pictures

LANGUAGES = ["en", "ar"]


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_maps_look_as_before(language: str) -> None:
    built = build(maps(), CONDITIONS["press"], language)
    assert {one.code for one in built.findings} <= {"data-untranslated"}
    (picture,) = pictures(built.pdf)
    assert compare(f"maps/{language}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_maps_are_drawn_as_before(language: str) -> None:
    (page,) = lay_out(maps(), language).pages
    golden_files.compare(f"maps/{language}.txt", dump(page))
