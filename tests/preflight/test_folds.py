"""Edges that are not trimmed: the spine of bound pages, panels of a folded sheet, and the spine of a cover."""

from __future__ import annotations

from brochure.api import lay_out
from brochure.edition_checks import check_laid_out
from brochure.findings import Finding
from brochure.preflight import DEFAULT, PROFILES
from brochure.project import MemoryProject
from tests.preflight.brochures import photograph

HEAD = """\
brochure: folds
size: A6
bleed: 3 mm
source-language: en
date: 2026-11-24
swatches: {{night: cmyk 80 60 30 40}}
paragraph-styles: {{body: {{font: Source Serif 4, size: 9 pt, leading: 12 pt}}}}
binding: {binding}
{more}
pages:
"""
WORDS = '{at: "x 20 mm, y 20 mm, width 60 mm, height 40 mm", content: {text: words}}'
PLAIN = f"  - frames: {{words: {WORDS}}}\n"


def checked(binding: str, pages: str, more: str = "") -> list[Finding]:
    """Return the findings of the preflight on these pages."""
    layout = HEAD.format(binding=binding, more=more) + pages
    files = {
        "brochure.yaml": layout.encode(),
        "content/en.yaml": b"words: Some words\nalt: A field\n",
    }
    if "field.jpg" in layout:
        files["assets/field.jpg"] = photograph(600, 420)
    project = MemoryProject(files)
    return list(check_laid_out(lay_out(project), PROFILES[DEFAULT], project))


def codes(findings: list[Finding]) -> list[str]:
    return [one.code for one in findings]


def field(place: str) -> str:
    """A page with a field of colour."""
    return f'  - frames: {{ground: {{at: "{place}", background: night}}}}\n'


# The pages are 105 mm wide. Page 2 is a verso: its right edge is the spine.
TO_THE_RIGHT = "x 40 mm, y 40 mm, width 65 mm, height 40 mm"
TO_THE_LEFT = "x 0 mm, y 40 mm, width 65 mm, height 40 mm"


def test_a_field_may_end_at_the_spine() -> None:
    assert codes(checked("saddle-stitch", PLAIN + field(TO_THE_RIGHT) + PLAIN + PLAIN)) == []


def test_a_field_may_not_end_at_the_fore_edge() -> None:
    (finding,) = checked("saddle-stitch", PLAIN + field(TO_THE_LEFT) + PLAIN + PLAIN)
    assert (finding.code, finding.page) == ("bleed", 2)
    assert finding.message == "a filled area ends at the left edge without bleed"


def test_panels_of_a_folded_sheet_meet_without_bleed() -> None:
    panels = field(TO_THE_LEFT) + field(TO_THE_RIGHT)
    assert codes(checked("z-fold", panels + PLAIN + PLAIN)) == []
    assert codes(checked("none", panels + PLAIN + PLAIN)) == ["bleed", "bleed"]


def test_a_panel_that_is_folded_in_is_narrower_and_not_of_another_size() -> None:
    assert codes(checked("tri-fold", PLAIN * 6, "fold: {compensation: 2 mm}")) == []


def test_the_spine_is_not_reported_as_a_page_of_another_size() -> None:
    # 6 pages with a cover of 4: the spine is as wide as one leaf, 2 mm.
    spine = "paper: {caliper: 2 mm}\nspine: {background: night}"
    assert codes(checked("perfect", PLAIN * 6, spine)) == []


def test_a_picture_across_the_fold_is_reported_once() -> None:
    picture = "  - frames: {picture: {at: spread-bleed, content: {image: field.jpg, alt: alt}}}\n"
    findings = checked("saddle-stitch", PLAIN + picture + PLAIN + PLAIN)
    # It covers 216 x 154 mm, two pages and their bleed; the resolution is lower vertically: 420 / (154 / 25.4) = 69.3 ppi.
    coarse = [one for one in findings if one.code == "picture-resolution"]
    assert [(one.page, "69 x 69 ppi" in one.message) for one in coarse] == [(2, True)]
