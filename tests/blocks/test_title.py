"""Titles: a level 1 heading with a bookmark."""

from __future__ import annotations

import pytest

from tests.blocks.setting import LEFT, TOP, placed


def test_title_is_a_level_1_heading_with_a_bookmark() -> None:
    page = placed("- title: a.title", "a: {title: A proof}")
    [run] = page.runs
    # The built-in title is 3.4 em of a 10 pt body; its capitals touch the top of the frame.
    assert run.glyphs.size == pytest.approx(34)
    assert (run.x, run.y) == pytest.approx((LEFT, TOP - page.cap_height("title")))
    assert run.tag.role == "H1"
    [entry] = page.bookmarks
    assert (entry.title, entry.level) == ("A proof", 1)
    # The entry shows the whole line: one leading (1.15 x 34 pt) above its baseline.
    assert entry.y == pytest.approx(run.y + 1.15 * 34)


def test_title_of_two_paragraphs_has_one_bookmark() -> None:
    page = placed("- title: a.title", 'a: {title: "First part\\n\\nsecond part"}')
    assert [entry.title for entry in page.bookmarks] == ["First part second part"]
    assert [run.tag.role for run in page.runs] == ["H1", "H1"]


def test_title_style() -> None:
    page = placed("- {title: a.title, style: lead}", "a: {title: A proven answer}")
    # 1.35 em of 10 pt.
    assert page.runs[0].glyphs.size == pytest.approx(13.5)
