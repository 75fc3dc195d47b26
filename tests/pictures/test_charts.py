"""Every kind of chart in English and Arabic: golden pages, and the tables in the finished PDF."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from brochure.api import build, lay_out
from brochure.model.display_list import dump
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.chart_gallery import gallery
from tests.pictures.test_sample import compare, pictures

LANGUAGES = ["en", "ar"]


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_look_as_they_did(language: str) -> None:
    built = build(gallery(), CONDITIONS["press"], language)
    assert {one.code for one in built.findings} <= {"data-untranslated"}
    (picture,) = pictures(built.pdf)
    assert compare(f"charts/{language}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_are_drawn_as_they_were(language: str) -> None:
    (page,) = lay_out(gallery(), language).pages
    golden_files.compare(f"charts/{language}.txt", dump(page))


def test_the_finished_pdf_has_the_data_as_tables() -> None:
    built = build(gallery(), CONDITIONS["screen"], "en")
    root = pypdf.PdfReader(io.BytesIO(built.pdf)).root_object["/StructTreeRoot"].get_object()
    tables = [_texts(one) for one in _elements(root, "/Table")]
    # All charts but the waffle chart, whose alternative text has its three values.
    assert len(tables) == 6
    assert tables[0][:4] == ["Income", "Spending", "Reserves", "2012"]
    assert tables[0][4] == "402.1\u00a0£ thousand"
    alts = [str(one["/Alt"]) for one in _elements(root, "/Figure")]
    assert len(alts) == 7
    assert all(alt.startswith("The figures of the association.") for alt in alts)


def _elements(element: Any, role: str) -> list[Any]:
    """Return the structure elements of a role, in order."""
    found = [element] if element.get("/S") == role else []
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and "/S" in inner:
            found += _elements(inner, role)
    return found


def _texts(table: Any) -> list[str]:
    """Return the texts of a table's cells."""
    return [str(one["/ActualText"]) for one in _elements(table, "/Span") if "/ActualText" in one]
