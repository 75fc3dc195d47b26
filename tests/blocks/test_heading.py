"""Headings: levels, bookmarks and keeping with the next paragraph."""

from __future__ import annotations

import pytest

from tests.blocks.setting import LEFT, TOP, Scene, placed

COPY = """
a:
  head: What was found
  text: Words that follow the heading and are long enough for a second line and for a third one too.
"""


def test_a_heading_has_the_style_and_role_of_its_level() -> None:
    page = placed("- {heading: a.head, level: 3}", COPY)
    [run] = page.runs
    # heading-3 is 1.15 em of 10 pt. It is the first heading, so it is tagged with the first level.
    assert run.glyphs.size == pytest.approx(11.5)
    assert run.tag.role == "H1"
    assert page.bookmarks[0].title == "What was found"


def test_default_level_is_2() -> None:
    page = placed("- heading: a.head", COPY)
    assert page.runs[0].tag.role == "H1"
    assert page.runs[0].glyphs.size == pytest.approx(15)


def test_space_before_is_dropped_at_the_top_of_a_column() -> None:
    page = placed("- {heading: a.head, level: 4}\n- {heading: a.head, level: 4}", COPY)
    first, second = (run.y for run in page.runs)
    assert first == pytest.approx(TOP - page.cap_height("heading-4"))
    # One line of 12 pt above, then the leading: 1.15 x 10 pt.
    assert first - second == pytest.approx(12 + 11.5)


def test_heading_moves_with_its_text_to_the_next_column() -> None:
    # Four lines fill 6.7 + 3 x 12 = 42.7 of 90 pt. The heading would be at 42.7 + 23.5 = 66.2, but two lines of its text would
    # reach 66.2 + 2 x 12 = 90.2.
    text = "- {text: b.four}\n- {heading: a.head, level: 4}\n- {text: a.text}"
    lines = "b:\n  four: " + " ".join(["sixth"] * 12) + "\n"
    scene = Scene(width=210, height=90, frame="columns: 2\ngutter: 10 pt")
    page = placed(text, COPY + lines, scene)
    assert len([x for _, x, _ in page.lines if x == LEFT]) == 4
    head = page.run("What was found")
    # The second column begins at 50 + 100 + 10.
    assert head.x == pytest.approx(160)
    assert head.y == pytest.approx(TOP - page.cap_height("heading-4"))
