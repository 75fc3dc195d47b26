"""Boxes: background, border, insets and keeping content together."""

from __future__ import annotations

import pytest

from brochure.color.swatch import Cmyk
from tests.blocks.setting import LEFT, TOP, Scene, placed

COPY = """
a:
  head: Head
  words: Words
  after: After
  two: |-
    First.

    Second.
"""


def test_box_height_is_content_and_insets() -> None:
    page = placed("- box: {text: a.words}\n  background: sand\n  inset: 10 pt", COPY)
    height = page.cap_height("body") + 20
    assert page.box() == pytest.approx((LEFT, TOP - height, 200, height))
    fill = page.paths[0].fill
    assert fill is not None
    assert fill.colour == Cmyk(0.03, 0.06, 0.13, 0)
    assert page.line("Words") == pytest.approx((60, TOP - 10 - page.cap_height("body")))


def test_background_is_behind_the_text() -> None:
    page = placed("- box: {text: a.words}\n  background: sand", COPY)
    assert page.items[0] is page.paths[0]


def test_default_inset_is_3_mm_without_background_or_border() -> None:
    page = placed("- box: {text: a.words}", COPY)
    # 3 mm are 8.504 pt.
    assert page.line("Words")[0] == pytest.approx(58.504, abs=0.001)
    assert page.paths == []


def test_border_is_inside_the_box() -> None:
    page = placed("- box: {text: a.words}\n  border: {colour: ember, width: 2 pt}", COPY)
    x, _, width, _ = page.box()
    stroke = page.paths[0].stroke
    # Its middle is 1 pt inside the edge.
    assert (x, width) == pytest.approx((51, 198))
    assert stroke is not None
    assert stroke.width == 2


def test_rounded_corners() -> None:
    page = placed("- box: {text: a.words}\n  background: sand\n  corner: 5 pt", COPY)
    [outline] = page.paths[0].outlines
    assert [len(segment) for segment in outline.segments] == [2, 6, 2, 6, 2, 6, 2, 6]
    assert outline.start[0] == pytest.approx(LEFT + 5)


def test_content_keeps_leading_and_spacing() -> None:
    box = "- box:\n    - {heading: a.head, level: 4}\n    - text: a.two\n  inset: 10 pt"
    page = placed(box, COPY)
    head, first, second = (y for _, _, y in page.lines)
    assert head == pytest.approx(TOP - 10 - page.cap_height("heading-4"))
    # The space below the heading (0.2 em) and the text's own leading, then the leading from paragraph to paragraph.
    assert (head - first, first - second) == pytest.approx((2 + 12, 12))


def test_default_space_around_a_box_is_one_line() -> None:
    page = placed(
        "- text: a.words\n- box: {text: a.two}\n  background: sand\n- text: a.after", COPY
    )
    above, below = page.line("Words")[1], page.line("After")[1]
    _, y, _, height = page.box()
    assert above - (y + height) == pytest.approx(12)
    assert y - below == pytest.approx(12 + page.cap_height("body"))
    box = "- box: {text: a.two}\n  background: sand\n  space-before: 3 pt\n  space-after: 5 pt\n"
    page = placed(f"- text: a.words\n{box}- text: a.after", COPY)
    _, y, _, height = page.box()
    assert page.line("Words")[1] - (y + height) == pytest.approx(3)
    assert y - page.line("After")[1] == pytest.approx(5 + page.cap_height("body"))


def test_box_is_never_divided() -> None:
    words = "b:\n  long: " + " ".join(["words"] * 12) + "\n"
    scene = Scene(width=210, height=100, frame="columns: 2\ngutter: 10 pt")
    page = placed("- text: a.two\n- box: {text: b.long}\n  inset: 5 pt", COPY + words, scene)
    lefts = [x for text, x, _ in page.lines if text.startswith("words")]
    # All of it in the second column, which begins at 50 + 100 + 10, in by 5 pt.
    assert len(lefts) > 3
    assert lefts == pytest.approx([165] * len(lefts))


def test_box_too_tall_for_its_frame_is_reported() -> None:
    placed("- box: {text: a.two}", COPY, Scene(height=20), expect=("overflow",))
