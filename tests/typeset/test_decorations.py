"""Underlines and strikethrough."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.color.swatch import BLACK
from brochure.typeset.lines import Line
from brochure.typeset.style import Position, TextRun
from tests.typeset.setting import BOXES, RAGGED, box_catalog, lines

UNDER = replace(BOXES, underline=True)


def set_line(*runs: TextRun, width: float = 400.0) -> Line:
    first, *_ = lines(runs, width, replace(RAGGED, type=BOXES), box_catalog())
    return first


def test_the_position_of_an_underline_is_that_of_the_font() -> None:
    # Its centre is 100 thousandths below the baseline, 50 thick; at 10 pt from -1.25 up to -0.75.
    (bar,) = set_line(TextRun("word", UNDER)).bars
    assert (bar.x, bar.width) == pytest.approx((0.0, 20.0))
    assert (bar.y, bar.thickness) == pytest.approx((-1.25, 0.5))
    assert bar.paint == BLACK


def test_the_position_of_a_strikethrough_is_that_of_the_font() -> None:
    # 250 thousandths above the baseline, as thick as the underline.
    (bar,) = set_line(TextRun("word", replace(BOXES, strikethrough=True))).bars
    assert bar.y + bar.thickness / 2 == pytest.approx(2.5)


def test_one_line_continues_below_several_runs() -> None:
    # The superior is smaller and raised; the line continues straight below it.
    above = replace(UNDER, position=Position.SUPERSCRIPT)
    (bar,) = set_line(TextRun("note", UNDER), TextRun("12", above), TextRun(" more", UNDER)).bars
    assert bar.y == pytest.approx(-1.25)
    # 4 letters, 2 superiors at 0.6, a space and 4 letters: 20 + 6 + 25.
    assert bar.width == pytest.approx(51.0)


def test_spaces_at_the_ends_are_not_underlined() -> None:
    (bar,) = set_line(TextRun("a", BOXES), TextRun(" two words ", UNDER), TextRun("b", BOXES)).bars
    assert (bar.x, bar.width) == pytest.approx((10.0, 45.0))


def test_each_colour_has_its_own_line() -> None:
    grey = replace(UNDER, paint=replace(BLACK, opacity=0.5))
    bars = set_line(TextRun("ab", UNDER), TextRun("cd", grey)).bars
    assert [(bar.x, bar.width) for bar in bars] == [(0.0, 10.0), (10.0, 10.0)]
    assert [bar.paint for bar in bars] == [BLACK, grey.paint]


def test_underlines_on_both_lines() -> None:
    runs = [TextRun("underlined words", UNDER)]
    first, second = lines(runs, 60.0, replace(RAGGED, type=BOXES), box_catalog())
    assert (first.bars[0].width, second.bars[0].width) == (50.0, 25.0)


def test_blank_runs_are_not_underlined() -> None:
    assert set_line(TextRun("a", BOXES), TextRun("  ", UNDER), TextRun("b", BOXES)).bars == ()
