"""Findings about fonts: styles that a family lacks, licences, glyphs without an outline."""

from __future__ import annotations

from brochure.findings import Finding, Severity
from tests.fonts.built import Recipe, built
from tests.layout.pages import made

COPY = {"one": "Some *words* and **more**.", "two": "Some words."}
BLOCKS = "[{text: one}, {text: two}, {text: two}]"
BOXES = "{body: {font: Boxes, size: 10 pt, leading: 12 pt}}"


def findings(blocks: str, *recipes: Recipe, copy: dict[str, str] = COPY) -> list[Finding]:
    assets = {f"assets/fonts/{at}.ttf": built(recipe) for at, recipe in enumerate(recipes)}
    pages = f"[{{frames: {{f: {{at: margins, content: {blocks}}}}}}}]"
    return list(made(copy, assets, pages=pages, paragraph_styles=BOXES).findings)


def test_a_complete_family_has_no_findings() -> None:
    family = [Recipe(), Recipe(weight=700), Recipe(italic=True)]
    assert findings(BLOCKS, *family) == []


def test_each_style_that_is_missing_is_one_warning() -> None:
    found = findings(BLOCKS, Recipe())
    assert [(one.code, one.severity) for one in found] == [
        ("font-style-missing", Severity.WARNING)
    ] * 2
    assert {one.message for one in found} == {
        "font family 'Boxes' has no italic; regular is used instead",
        "font family 'Boxes' has no bold; regular is used instead",
    }
    assert all(one.span and one.span.file == "brochure.yaml" for one in found)


def test_a_family_without_a_regular_is_a_warning() -> None:
    (found,) = findings("[{text: two}, {text: two}]", Recipe(weight=700, italic=True))
    assert found.message == "font family 'Boxes' has no regular; bold italic is used instead"


def test_a_licence_is_one_warning() -> None:
    (found,) = findings("[{text: two}, {text: two}]", Recipe(licence_bits=2))
    assert (found.code, found.severity) == ("font-licence", Severity.WARNING)
    assert "'Boxes'" in found.message


def test_a_letter_without_an_outline_is_missing() -> None:
    (found,) = findings("[{text: two}]", Recipe(empty="w", pictures="w"))
    assert (found.code, found.severity) == ("glyph-missing", Severity.ERROR)
    assert "'w' (U+0077)" in found.message
    assert "colours" in found.hint
