"""Subtitles: a paragraph below a title."""

from __future__ import annotations

import pytest

from tests.blocks.setting import LEFT, TOP, placed


def test_a_subtitle_is_a_paragraph_in_its_own_style() -> None:
    page = placed("- subtitle: a.words", "a: {words: One working model}")
    [run] = page.runs
    # 1.5 em of 10 pt.
    assert run.glyphs.size == pytest.approx(15)
    assert (run.x, run.y) == pytest.approx((LEFT, TOP - page.cap_height("subtitle")))
    assert run.tag.role == "P"
    assert page.bookmarks == []


def test_subtitle_style() -> None:
    page = placed("- {subtitle: a.words, style: body}", "a: {words: One working model}")
    assert page.runs[0].glyphs.size == pytest.approx(10)
