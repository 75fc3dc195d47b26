"""Character styles by use: strong and emphasis of a paragraph style, and words that match a pattern."""

from __future__ import annotations

import pytest

from tests.blocks.setting import Scene, SetPage, placed

STYLES = """
  panel: {strong: loud, emphasis: soft}
  counted: {patterns: [{match: '\\p{Nd}+', character: number}, {match: '(H)(2)O', character: loud}]}
  nested: {based-on: counted, size: 20 pt}
  plain: {based-on: counted, patterns: []}
"""
CHARACTERS = """character-styles:
  loud: {size: 2 em}
  soft: {underline: yes}
  number: {features: [onum], baseline-shift: 1 pt}
"""


def set_text(style: str, text: str, language: str = "en", extra: str = "") -> SetPage:
    scene = Scene(styles=STYLES, language=language, extra=CHARACTERS + extra)
    return placed(f"- {{text: a.b, style: {style}}}", f"a:\n  b: '{text}'\n", scene)


def sizes(page: SetPage) -> list[tuple[str, float]]:
    return [(run.glyphs.text.strip(), run.glyphs.size) for run in page.runs]


def test_strong_and_emphasis_of_the_paragraph_style() -> None:
    page = set_text("panel", "One **two** *three* four")
    assert sizes(page)[:2] == [("One", 10), ("two", 20)]
    names = {run.glyphs.face.name for run in page.runs}
    assert all("Regular" in name for name in names), "the character styles set only size and line"


def test_a_pattern_sets_what_matches() -> None:
    page = set_text("counted", "In 2025 and 9")
    raised = [run.glyphs.text for run in page.runs if run.y > min(run.y for run in page.runs)]
    assert "".join(raised).replace(" ", "") == "20259"


def test_only_the_groups_get_the_style() -> None:
    found = sizes(set_text("counted", "See H2O!"))
    assert found == [("See", 10), ("H", 20), ("2", 20), ("O!", 10)]


def test_patterns_are_inherited_and_can_be_removed() -> None:
    assert dict(sizes(set_text("nested", "H2O x")))["O x"] == 20
    assert sizes(set_text("plain", "H2O 7")) == [("H2O 7", 10)]


def test_marks_apply_over_patterns() -> None:
    page = set_text("counted", "**12**")
    assert len(page.runs) == 1
    assert "Semibold" in page.runs[0].glyphs.face.name or "Bold" in page.runs[0].glyphs.face.name


@pytest.mark.parametrize(("language", "digits"), [("ar", "٢٠٢٥"), ("km", "២០២៥")])
def test_digits_of_every_script(language: str, digits: str) -> None:
    fallback = "fonts: {fallback: {Arab: Noto Sans Arabic, Khmr: Noto Sans Khmer}}"
    page = set_text("counted", f"x {digits} y", language, fallback)
    lowest = min(run.y for run in page.runs)
    assert {run.glyphs.text.strip() for run in page.runs if run.y > lowest} == {digits}


def test_many_matches_take_linear_time_in_pieces() -> None:
    page = set_text("counted", "1 a " * 40)
    assert "".join(run.glyphs.text for run in page.runs).count("1") == 40
