"""Files of other programs: clean ones have no finding; the others have exactly the correct ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.preflight import producers as p
from tests.preflight.pdfx_seeds import check

CLEAN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "WeasyPrint, PDF/X-4": ("x-4", lambda: p.weasyprint("pdf/x-4")),
    "WeasyPrint, PDF/X-1a": ("x-1a", lambda: p.weasyprint("pdf/x-1a")),
    "WeasyPrint, PDF/X-3": ("x-3", lambda: p.weasyprint("pdf/x-3")),
    "Ghostscript, PDF/X-3": ("x-3", p.ghostscript),
    "typst, PDF/X-4": ("x-4", p.typst_for_press),
    "MuPDF, written anew": (
        "x-4",
        lambda: p.rewritten(p.weasyprint("pdf/x-4"), "mutool", "clean", "-gggz", "IN", "OUT"),
    ),
    "qpdf, written anew": (
        "x-1a",
        lambda: p.rewritten(p.weasyprint("pdf/x-1a"), "qpdf", "--linearize", "IN", "OUT"),
    ),
}
"""Files that satisfy a standard."""


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_file_has_no_finding(name: str) -> None:
    standard, make = CLEAN[name]
    data = make()
    for profile in ("sheetfed", standard):
        assert [str(one) for one in check(data, profile)] == [], profile
    others = {"x-1a", "x-3", "x-4"} - {standard}
    for other in others:
        assert "pdfx" in {one.code for one in check(data, other)}


NOT_PDFX = {"boxes", "output-intent", "pdfx"}
"""Findings of every file that is not PDF/X: no TrimBox, no output intent and no version."""
PLAIN: dict[str, tuple[set[str], Callable[[], bytes]]] = {
    # /Trapped is missing
    "typst": ({"metadata"}, p.typst),
    # no XMP metadata
    "ReportLab": ({"metadata"}, p.reportlab),
    # also no title and no identifier
    "MuPDF": (
        {"metadata", "file-id"},
        lambda: p.converted("mutool", "convert", "-F", "pdf", "-o", "OUT", "IN"),
    ),
    # all colours in RGB, blended in RGB
    "cairo": (
        {"metadata", "file-id", "colour-space", "blend-space"},
        lambda: p.converted("pdftocairo", "-pdf", "IN", "OUT"),
    ),
    "Chromium": ({"metadata", "file-id", "colour-space"}, p.chromium),
}
"""The further findings of plain PDFs."""


@pytest.mark.parametrize("name", PLAIN)
def test_findings_in_a_plain_pdf_are_correct(name: str) -> None:
    expected, make = PLAIN[name]
    assert {one.code for one in check(make())} == NOT_PDFX | expected
