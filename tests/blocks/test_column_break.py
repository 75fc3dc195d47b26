"""Column breaks: text continues at the top of the next column."""

from __future__ import annotations

import pytest

from tests.blocks.setting import TOP, Scene, placed

COPY = "a: {one: First words, two: Second words}"
TWO = Scene(width=210, frame="columns: 2\ngutter: 10 pt")


def test_text_continues_in_the_next_column() -> None:
    page = placed("- text: a.one\n- column-break: the first half ends\n- text: a.two", COPY, TWO)
    baseline = TOP - page.cap_height("body")
    # Columns of (210 - 10) / 2 = 100 pt; the second begins at 50 + 100 + 10. The note is not set.
    assert page.lines == [("First words", 50.0, pytest.approx(baseline)),
                          ("Second words", pytest.approx(160), pytest.approx(baseline))]  # fmt: skip


def test_text_after_the_last_column_is_overset() -> None:
    placed("- text: a.one\n- column-break:\n- text: a.two", COPY, expect=("overflow",))


def test_break_in_a_box_is_reported() -> None:
    box = "- box:\n    - text: a.one\n    - column-break:\n    - text: a.two"
    placed(box, COPY, TWO, expect=("break-useless",))
