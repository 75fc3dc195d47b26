"""Quotes: quotation, attribution and footnote, kept together."""

from __future__ import annotations

import pytest

from tests.blocks.setting import LEFT, TOP, Scene, placed

COPY = """
a:
  words: “Words that were said.”
  who: |-
    A name*

    Director

    The unit
  note: "* Not the real name."
  six: sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth sixth
"""
STYLES = """
quote: {size: 14 pt, leading: 18 pt, space-after: 10 pt}
attribution: {size: 9 pt, leading: 11 pt, space-before: 4 pt, space-after: 0 pt}
footnote: {size: 7 pt, leading: 9 pt, space-before: 5 pt}
"""
SCENE = Scene(styles=STYLES)


def test_lines_keep_spacing_and_leading_of_their_styles() -> None:
    page = placed("- {quote: a.words, by: a.who, footnote: a.note}", COPY, SCENE)
    words, name, director, unit, note = (y for _, _, y in page.lines)
    assert words == pytest.approx(TOP - page.cap_height("quote"))
    # The larger of the two spaces, 10 and 4 pt, and the attribution's leading.
    assert words - name == pytest.approx(10 + 11)
    # Several lines of an attribution have the leading only.
    assert (name - director, director - unit) == pytest.approx((11, 11))
    # The note's space and its leading.
    assert unit - note == pytest.approx(5 + 9)


def test_each_part_has_its_structure_type() -> None:
    page = placed("- {quote: a.words, by: a.who, footnote: a.note}", COPY, SCENE)
    roles = [tuple(role for role, _ in run.tag.path) for run in page.runs]
    caption = ("BlockQuote", "Caption", "P")
    assert roles == [("BlockQuote", "P"), caption, caption, caption, ("Note",)]


def test_opening_quotation_mark_hangs() -> None:
    page = placed("- quote: a.words", COPY, SCENE)
    # A hanging style of 14 pt or more places the whole mark outside.
    mark = page.runs[0].glyphs.advances[0]
    assert page.runs[0].glyphs.size >= 14
    assert page.runs[0].x + mark == pytest.approx(LEFT)


def test_attribution_stays_with_the_quotation() -> None:
    # Words: 18 sixths in two lines of 12 pt, quote below them; the attribution would not fit any more.
    scene = Scene(width=410, height=60, frame="columns: 2\ngutter: 10 pt", styles=STYLES)
    page = placed("- text: a.six\n- {quote: a.words, by: a.who}", COPY, scene)
    # The second column begins at 50 + 200 + 10.
    assert page.line("Director")[0] == pytest.approx(260)
    assert page.runs[-4].glyphs.text == "“Words that were said.”"
    assert page.runs[-4].x > 250


def test_styles() -> None:
    block = (
        "- {quote: a.words, by: a.note, footnote: a.note,"
        " style: lead, by-style: body, footnote-style: caption}"
    )
    page = placed(block, COPY, SCENE)
    assert [run.glyphs.size for run in page.runs] == pytest.approx([13.5, 10, 8])
