"""Lists: hanging markers, aligned numbers and a column of lead words."""

from __future__ import annotations

import pytest

from tests.blocks.setting import LEFT, TOP, Scene, placed

COPY = """
a:
  one: First item
  two: |-
    Second item.

    Its second paragraph.
  rescue: "**Rescue** Words that follow"
  strengthen: "**Strengthen** Other words"
"""


def test_bullets_hang_in_front_of_their_items() -> None:
    page = placed("- list: [a.one, a.two]", COPY)
    baseline = TOP - page.cap_height("list")
    # The items are indented by 1.2 em of 10 pt; the space between paragraphs is 3 pt (a quarter line).
    assert page.lines == [
        ("•", LEFT, pytest.approx(baseline)),
        ("First item", pytest.approx(LEFT + 12), pytest.approx(baseline)),
        ("•", LEFT, pytest.approx(baseline - 15)),
        ("Second item.", pytest.approx(LEFT + 12), pytest.approx(baseline - 15)),
        ("Its second paragraph.", pytest.approx(LEFT + 12), pytest.approx(baseline - 30)),
    ]


def test_the_structure_is_that_of_a_list() -> None:
    page = placed("- list: [a.one]", COPY)
    roles = [tuple(role for role, _ in run.tag.path) for run in page.runs]
    assert roles == [("L", "LI", "Lbl"), ("L", "LI", "LBody", "P")]


def test_numbers_align_on_their_points() -> None:
    page = placed("- {list: [a.one, a.two], marker: number, start: 9}", COPY)
    nine, ten = page.run("9."), page.run("10.")
    assert ten.x == pytest.approx(LEFT)
    assert nine.x + nine.glyphs.width == pytest.approx(ten.x + ten.glyphs.width)
    # The indent of 12 pt would leave less than 0.35 em after the wider number, so it is enlarged.
    assert ten.glyphs.width + 3.5 > 12
    assert page.line("First item")[0] == pytest.approx(LEFT + ten.glyphs.width + 3.5)


def test_numbers_use_the_digits_of_the_language() -> None:
    page = placed("- {list: [a.one], marker: number}", COPY, Scene(language="de"))
    assert page.runs[0].glyphs.text == "1."


def test_lead_words_form_a_column() -> None:
    page = placed("- {list: [a.rescue, a.strengthen], marker: lead}", COPY)
    rescue, strengthen = page.run("Rescue"), page.run("Strengthen")
    assert (rescue.x, strengthen.x) == (LEFT, LEFT)
    assert rescue.glyphs.face.weight == 700
    # An em after the widest of them.
    expected = pytest.approx(LEFT + strengthen.glyphs.width + 10)
    assert page.line("Words that follow")[0] == expected
    assert page.line("Other words")[0] == expected


def test_item_without_lead_words_is_reported() -> None:
    page = placed("- {list: [a.rescue, a.one], marker: lead}", COPY, expect=("list-lead",))
    assert page.line("First item")[0] > LEFT + 40


def test_items_without_markers_are_not_indented() -> None:
    page = placed("- {list: [a.one], marker: none}", COPY)
    assert [(text, x) for text, x, _ in page.lines] == [("First item", LEFT)]


def test_dash_indent_style_and_character() -> None:
    block = "- {list: [a.one], marker: dash, indent: 30 pt, style: big, character: red}"
    extra = "character-styles: {red: {colour: ember}}"
    page = placed(block, COPY, Scene(styles="big: {size: 20 pt}", extra=extra))
    dash, item = page.runs
    assert dash.glyphs.text == "–"
    assert (dash.x, item.x) == pytest.approx((LEFT, LEFT + 30))
    assert item.glyphs.size == pytest.approx(20)
    assert dash.glyphs.paint != item.glyphs.paint


def test_markers_are_on_the_right_in_right_to_left_text() -> None:
    page = placed("- {list: [a.one, a.two], marker: number, start: 9}", COPY, Scene(language="he"))
    nine, ten = (
        [run for run in page.runs if run.tag.role == "Lbl" and number in run.glyphs.text]
        for number in ("9", "10")
    )
    # The wider number ends at the column's right edge; both full stops have the same distance from it.
    assert max(run.x + run.glyphs.width for run in ten) == pytest.approx(250)
    assert min(run.x for run in nine) == pytest.approx(min(run.x for run in ten))
