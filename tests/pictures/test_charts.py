"""Every kind of chart in English and Arabic: golden pages, and the tables in the finished PDF."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from brochure.api import build, lay_out
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import CONDITIONS
from tests import golden_files
from tests.pictures.chart_gallery import gallery
from tests.pictures.test_sample import compare, pictures
from tests.programs import run

LANGUAGES = ["en", "ar"]


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_look_as_before(language: str) -> None:
    built = build(gallery(), CONDITIONS["press"], language)
    assert {one.code for one in built.findings} <= {"data-untranslated"}
    (picture,) = pictures(built.pdf)
    assert compare(f"charts/{language}.webp", picture).alike


@pytest.mark.goldens
@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_are_drawn_as_before(language: str) -> None:
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


@pytest.mark.parametrize(("language", "income"), [("en", "Income"), ("ar", "الدخل")])
def test_the_data_can_be_extracted_by_other_programs(
    language: str, income: str, tmp_path: Path
) -> None:
    """From the structure and from the page; a press PDF has none of it, and it is invisible."""
    built = build(gallery(), CONDITIONS["screen"], language)
    path = tmp_path / "charts.pdf"
    path.write_bytes(built.pdf)
    structure = run("pdfinfo", "-struct-text", path)
    table = structure[structure.index("Table") :]
    assert table.index(income) < table.index("2012") < table.index("402.1") < table.index("2013")
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
    press.write_bytes(build(gallery(), CONDITIONS["press"], language).pdf)
    assert "541.2" not in run("pdftotext", press, "-")


def test_extracted_data_is_a_table_below_its_chart(tmp_path: Path) -> None:
    path = tmp_path / "charts.pdf"
    path.write_bytes(build(gallery(), CONDITIONS["screen"], "en").pdf)
    lines = [line.split() for line in run("pdftotext", "-layout", path, "-").splitlines()]
    words = ["2022", "640.8", "£", "thousand", "600.3", "£", "thousand", "109.0", "£", "thousand"]
    assert any(line[: len(words)] == words for line in lines)
