"""Repeated findings: the same error many times on a page is one finding with a count and the first places."""

from __future__ import annotations

import pytest

from brochure.api import lay_out
from brochure.edition_checks import check_laid_out
from brochure.findings import Finding, Severity, Span
from brochure.preflight.merging import merge_findings
from brochure.preflight.profile import PROFILES
from brochure.project import MemoryProject


def at_point(x: float, page: int = 1, message: str = "too thin", code: str = "hairline") -> Finding:
    """A finding at a point of a PDF page."""
    return Finding(code, message, None, "thicker", Severity.WARNING, page, (x, 0.0))


def test_errors_of_one_kind_on_a_page_are_one_finding() -> None:
    # 72 points are 25.4 mm.
    (merged,) = merge_findings([at_point(0), at_point(72), at_point(144, message="thinner yet")])
    assert merged.message == "too thin, and 2 more like it on this page, at 25, 0 mm; 51, 0 mm"
    assert (merged.count, merged.at) == (3, (0, 0))
    assert merged.places == ((0, 0), (72, 0), (144, 0))


def test_thousands_of_findings_have_the_first_places_only() -> None:
    (merged,) = merge_findings(at_point(float(x)) for x in range(31_085))
    assert merged.count == 31_085
    assert "and 31,084 more like it" in merged.message
    assert merged.message.endswith(", …")
    assert len(merged.places) == 4


def test_different_pages_checks_and_severities_are_not_merged() -> None:
    error = Finding("hairline", "too thin", None, "", Severity.ERROR, 1, (0, 0))
    findings = (at_point(0), at_point(0, page=2), at_point(0, code="bleed"), error)
    assert merge_findings(findings) == findings


def test_an_object_painted_twice_is_one_finding() -> None:
    assert merge_findings([at_point(5), at_point(5)]) == (at_point(5),)


def test_findings_without_a_point_are_distinguished_by_their_message() -> None:
    figure = Finding("figure-alt", "a figure has no alternate text", page=3)
    first, second = (
        Finding("font-embedded", f"font {one} is not embedded", page=3) for one in "AB"
    )
    merged = merge_findings([figure, first, figure, second])
    assert [(one.message, one.count) for one in merged] == [
        ("a figure has no alternate text, and 1 more like it on this page", 2),
        ("font A is not embedded", 1),
        ("font B is not embedded", 1),
    ]


def test_lines_of_a_project_are_not_merged() -> None:
    lines = [
        Finding("hairline", "too thin", Span("brochure.yaml", line), page=1, at=(0, 0))
        for line in (3, 4)
    ]
    assert merge_findings(lines) == tuple(lines)


LAYOUT = """\
brochure: trial
size: A5
binding: none
date: 2026-11-24
pages:
  - frames:
      f: {at: margins, content: {image: mark.svg, alt: none}}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="5" height="5" %s/></svg>'


@pytest.mark.parametrize(
    ("drawing", "codes"),
    [
        ('filter="url(#a)"', {"drawing-unusable"}),
        ('fill="none"', {"page-empty"}),
    ],
)
def test_a_page_without_its_unusable_drawing_is_not_reported_as_blank(
    drawing: str, codes: set[str]
) -> None:
    files = {
        "brochure.yaml": LAYOUT.encode(),
        "content/en.yaml": b"a: b\n",
        "assets/mark.svg": (SVG % drawing).encode(),
    }
    project = MemoryProject(files)
    found = check_laid_out(lay_out(project), PROFILES["sheetfed"], project)
    assert {one.code for one in found} & {"drawing-unusable", "page-empty"} == codes
