"""Every kind of chart in English and Arabic: golden pages, and the tables in the finished PDF."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from brochure.api import build, lay_out
from brochure.build_values import Built
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.chart_gallery import gallery
from tests.pictures.test_sample import compare, pictures
from tests.programs import run

LANGUAGES = ["en", "ar"]


@lru_cache(maxsize=4)
def built(language: str, condition: str) -> Built:
    return build(gallery(), CONDITIONS[condition], language)


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_look_as_before(language: str) -> None:
    made = built(language, "press")
    assert {one.code for one in made.findings} <= {"data-untranslated"}
    (picture,) = pictures(made.pdf)
    assert compare(f"charts/{language}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_are_drawn_as_before(language: str) -> None:
    (page,) = lay_out(gallery(), language).pages
    golden_files.compare(f"charts/{language}.txt", dump(page))


def test_the_finished_pdf_has_the_data_as_tables() -> None:
    pdf = built("en", "screen").pdf
    root = pypdf.PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"].get_object()
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


# poppler reads the structure of a page in a time that grows with its square.
@pytest.mark.parametrize(
    ("language", "income"),
    [("en", "Income"), pytest.param("ar", "الدخل", marks=pytest.mark.soak)],
)
def test_the_data_can_be_extracted_from_the_structure(
    language: str, income: str, tmp_path: Path
) -> None:
    path = tmp_path / "charts.pdf"
    path.write_bytes(built(language, "screen").pdf)
    structure = run("pdfinfo", "-struct-text", path)
    table = structure[structure.index("Table") :]
    assert table.index(income) < table.index("2012") < table.index("402.1") < table.index("2013")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_can_be_extracted_from_the_page(language: str, tmp_path: Path) -> None:
    """A press PDF has none of it, and it is invisible."""
    path = tmp_path / "charts.pdf"
    path.write_bytes(built(language, "screen").pdf)
    reader = pypdf.PdfReader(path)
    texts = {
        "poppler": run("pdftotext", path, "-"),
        "pdfium": pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range(),
        "mupdf": run("mutool", "draw", "-q", "-F", "text", path),
        "pypdf": reader.pages[0].extract_text(),
    }
    for text in texts.values():
        assert "541.2" in text
    press = tmp_path / "press.pdf"
    press.write_bytes(built(language, "press").pdf)
    assert "541.2" not in run("pdftotext", press, "-")


def test_extracted_data_is_a_table_below_its_chart(tmp_path: Path) -> None:
    path = tmp_path / "charts.pdf"
    path.write_bytes(built("en", "screen").pdf)
    lines = [line.split() for line in run("pdftotext", "-layout", path, "-").splitlines()]
    words = ["2022", "640.8", "£", "thousand", "600.3", "£", "thousand", "109.0", "£", "thousand"]
    assert any(line[: len(words)] == words for line in lines)
