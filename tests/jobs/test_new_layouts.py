"""Layouts for special purposes: no edition has findings for press and screen, and each serves its purpose."""

from __future__ import annotations

import csv
import functools
import io
from typing import Any

import pypdf
import pypdfium2
import pytest

from brochure.api import build
from brochure.build_values import Built
from brochure.findings import Severity
from brochure.geometry import MM
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject
from brochure.templates import list_templates
from tests.structure.tagged import tree_of

EDITIONS = {
    ("donor-appeal", "en"): 2,
    ("factsheet", "en"): 1,
    ("right-to-left", "ar"): 4,
    ("right-to-left", "en"): 4,
    ("two-languages", "en"): 4,
}
TARGETS = {"press": PRESS, "screen": SCREEN}


@functools.cache
def built(name: str, language: str, target: str) -> Built:
    return build(DiskProject(list_templates()[name]), TARGETS[target], language)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("name", "language"), EDITIONS)
def test_an_edition_has_no_findings(name: str, language: str, target: str) -> None:
    made = built(name, language, target)
    assert [one for one in made.findings if one.severity is not Severity.NOTE] == []
    assert len(pypdfium2.PdfDocument(made.pdf)) == EDITIONS[name, language]


def boxes(name: str, language: str, page: int) -> list[tuple[float, float, float, float]]:
    """Return left, bottom, right and top of each line of text of a page of the screen PDF, in mm."""
    text = pypdfium2.PdfDocument(built(name, language, "screen").pdf)[page].get_textpage()
    found = (text.get_rect(number) for number in range(text.count_rects()))
    return [tuple(value / MM for value in box) for box in found]


def test_the_address_is_where_the_window_of_an_envelope_is() -> None:
    """DIN 5008, form B: in a window 85 mm wide, 20 mm from the left, 45 to 90 mm from the top."""
    seen = [
        box for box in boxes("donor-appeal", "en", 0) if box[1] > 297 - 90 and box[3] < 297 - 45
    ]
    window = [box for box in seen if box[0] < 105]
    assert len(window) == 4  # the sender, the name, the street and the town
    assert all(left >= 20 and right <= 105 for left, _, right, _ in window)


def test_the_english_edition_of_the_arabic_original_is_mirrored() -> None:
    right = max(box[2] for box in boxes("right-to-left", "ar", 0))
    left = min(box[0] for box in boxes("right-to-left", "en", 0))
    assert right == pytest.approx(210 - 16, abs=1)
    assert left == pytest.approx(16, abs=1)
    assert direction("ar") == "/R2L"
    assert direction("en") == "/L2R"


def direction(language: str) -> str:
    """Return the direction in which the PDF opens."""
    pdf = built("right-to-left", language, "screen").pdf
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).root_object
    return str(root["/ViewerPreferences"].get("/Direction", "/L2R"))


def test_each_half_of_a_page_has_its_language() -> None:
    pdf = built("two-languages", "en", "screen").pdf
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        rects = [text.get_rect(number) for number in range(text.count_rects())]
        assert all(right < 74 * MM or left > 74 * MM for left, _, right, _ in rects)
    spans = [one.text for one in tree_of(pdf).all("Span") if one.language == "es"]
    assert {"a diario 9–22", "555 0190"} <= set(spans)
    assert any(text.startswith("Beba un vaso") for text in spans)


def test_the_lines_of_the_factsheet_add_up() -> None:
    folder = list_templates()["factsheet"] / "assets"
    lines = list(csv.DictReader((folder / "lines.csv").open(encoding="utf-8")))
    rides = {line["Line"]: int(line["Rides"]) for line in lines}
    assert sum(rides.values()) * 365 == 1_204_500
    cost = sum(float(line["Cost"]) * int(line["Rides"]) for line in lines) * 365
    assert round(cost / 1e6, 1) == 2.8
    months = list(csv.DictReader((folder / "months.csv").open(encoding="utf-8")))
    for name, mean in rides.items():
        assert sum(int(month[name]) for month in months) == 12 * mean
