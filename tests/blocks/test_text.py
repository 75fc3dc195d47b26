"""Text: paragraph styles, with an optional style for the first paragraph."""

from __future__ import annotations

import pytest

from tests.blocks.setting import TOP, Scene, placed

COPY = """
a:
  two: |-
    First words.

    Second words.
"""


def test_blank_line_starts_a_paragraph() -> None:
    page = placed("- text: a.two", COPY)
    first, second = page.runs
    # Capitals at the top of the frame, then one leading of 12 pt.
    assert first.y == pytest.approx(TOP - page.cap_height("body"))
    assert first.y - second.y == pytest.approx(12)
    assert first.tag.path != second.tag.path
    assert {first.tag.role, second.tag.role} == {"P"}


def test_first_paragraph_style() -> None:
    page = placed("- {text: a.two, style: caption, first: lead}", COPY)
    # lead is 1.35 em, caption 0.8 em of 10 pt.
    assert [run.glyphs.size for run in page.runs] == pytest.approx([13.5, 8])


def test_indent_applies_to_first_lines_only() -> None:
    words = "a:\n  long: " + " ".join(["words"] * 20) + "\n"
    scene = Scene(styles="body-in: {based-on: body, indent: 2 em}")
    page = placed("- {text: a.long, style: body-in}", words, scene)
    lefts = [x for _, x, _ in page.lines]
    assert lefts[0] == pytest.approx(70)
    assert lefts[1:] == pytest.approx([50] * (len(lefts) - 1))
    assert len(lefts) > 1


def test_overset_text_is_reported() -> None:
    words = "a:\n  long: " + " ".join(["words"] * 60) + "\n"
    placed("- text: a.long", words, Scene(height=20), expect=("overflow",))


def test_a_variation_selector_without_a_glyph_is_left_out() -> None:
    # U+FE0F chooses the form of the character before it; here it is alone in a run.
    words = "a:\n  b: " + "one *\ufe0f* two three " * 8 + "\n"
    scene = Scene(styles="tight: {align: justify, letter-space: -5..10}")
    page = placed("- {text: a.b, style: tight}", words, scene)
    shown = "".join(run.glyphs.text for run in page.runs)
    assert "".join(shown.replace("\ufe0f", "").split()) == "onetwothree" * 8
