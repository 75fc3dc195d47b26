"""Lines and blocks that are aligned with the spine or with the fore edge."""

from __future__ import annotations

import pytest

from brochure.model.display_list import GlyphRun, Page, Path, bounds
from tests.layout.pages import made, pages

BODY = "body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, space-after: 0 pt}"
STYLES = f"{{{BODY}, away: {{align: outer}}, near: {{align: inner}}}}"
MASTER = "{m: {frames: {f: {at: margins, content: [{text: a, style: away}]}}}}"


def sides(page: Page) -> list[str]:
    """Return the side of each line: the type area is 40..180 or 20..160 wide."""
    middle = 110 if min(run.x for run in page.items if isinstance(run, GlyphRun)) > 39 else 90
    runs = [item for item in page.items if isinstance(item, GlyphRun)]
    return ["left" if run.x < middle else "right" for run in runs]


@pytest.mark.parametrize(
    ("binding", "language", "expected"),
    [
        ("saddle-stitch", "en", ["right", "left", "right", "left"]),
        ("saddle-stitch", "ar", ["left", "right", "left", "right"]),
        ("none", "en", ["right", "right", "right", "right"]),
        ("none", "ar", ["left", "left", "left", "left"]),
    ],
)
def test_outer_is_away_from_the_spine(binding: str, language: str, expected: list[str]) -> None:
    files = {f"content/{language}.yaml": b"a: '12'"}
    result = made(
        None,
        files,
        masters=MASTER,
        pages="[{master: m}, {master: m}, {master: m}, {master: m}]",
        paragraph_styles=STYLES,
        binding=binding,
        source_language=language,
        fonts="{fallback: {Arab: Noto Sans Arabic}}",
    )
    assert [side for page in result.pages for side in sides(page)] == expected


def test_a_paragraph_over_two_pages_changes_sides() -> None:
    copy = {"a": "one\ntwo\nthree\nfour"}
    frame = "{at: 'x 40 pt, y 20 pt, width 100 pt, height 24 pt', story: s}"
    found = pages(
        copy,
        stories="{s: {content: [{text: a, style: near}]}}",
        pages=f"[{{frames: {{f: {frame}}}}}, {{frames: {{f: {frame}}}}}]",
        paragraph_styles=STYLES,
        binding="perfect",
    )
    lefts = [[run.x for run in page.items if isinstance(run, GlyphRun)] for page in found]
    assert lefts[0] == pytest.approx([40, 40])
    assert all(x > 100 for x in lefts[1])


def test_a_rule_at_the_fore_edge() -> None:
    rule = "{rule: 10 pt, thickness: 1 pt, align: outer}"
    frame = f"{{at: 'x 40 pt, y 20 pt, width 100 pt, height 24 pt', content: [{rule}]}}"
    found = pages(
        pages=f"[{{frames: {{f: {frame}}}}}, {{frames: {{f: {frame}}}}}]", binding="perfect"
    )
    lefts = [
        bounds(item.outlines).x for page in found for item in page.items if isinstance(item, Path)
    ]
    assert lefts == pytest.approx([130, 40])
