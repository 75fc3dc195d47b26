"""Tabs and leaders: the position of text at tab stops, in both directions, and aligned leaders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.typeset.hanging_punctuation import right_share
from brochure.typeset.lines import Glyphs, Line
from brochure.typeset.style import LINE_END, ParagraphStyle, Tab, TabAlign
from tests.typeset.setting import (
    BOXES,
    JUSTIFIED,
    RAGGED,
    box_catalog,
    in_a_row,
    lines,
    scripts_catalog,
    typed,
    words,
)

STYLE = replace(RAGGED, type=BOXES)


def set_on(*tabs: Tab, text: str, width: float = 200.0, style: ParagraphStyle = STYLE) -> Line:
    (line,) = lines(text, width, style, box_catalog(), tabs=tabs)
    return line


def of(line: Line, text: str) -> Glyphs:
    return next(run for run in line.runs if run.text == text)


def test_text_is_aligned_at_stops_by_start_middle_and_end() -> None:
    # Four letters of 5 pt: from 60, around 110, up to 190.
    tabs = (Tab(60.0), Tab(110.0, TabAlign.CENTRE), Tab(190.0, TabAlign.END))
    line = set_on(*tabs, text="ab\tfour\tmidd\tlast")
    assert of(line, "four").x == pytest.approx(60.0)
    assert of(line, "midd").x == pytest.approx(110.0 - 10.0)
    assert of(line, "last").x + 20.0 == pytest.approx(190.0)
    assert line.right == pytest.approx(190.0)


def test_a_passed_stop_is_not_used() -> None:
    line = set_on(Tab(8.0), Tab(60.0), text="abc\tx")
    assert of(line, "x").x == pytest.approx(60.0)


def test_text_too_wide_for_its_stop_follows_the_text_before_it() -> None:
    # Ten letters take 50 pt: they cannot end at 40, so they begin where the text before them ends, at 10.
    line = set_on(Tab(40.0, TabAlign.END), text="ab\tcdefghijkl")
    assert of(line, "cdefghijkl").x == pytest.approx(10.0)


def test_default_stops() -> None:
    # Steps of 36 pt: after "ab" (10 pt) at 36, after "cdefgh" (to 66) at 72.
    line = set_on(text="ab\tcdefgh\tx")
    assert (of(line, "cdefgh").x, of(line, "x").x) == (36.0, 72.0)


def test_spaces_of_a_tabbed_line_keep_their_width() -> None:
    style = replace(JUSTIFIED, type=BOXES)
    found = lines("a b\tc d " + "word " * 12, 150.0, style, box_catalog(), tabs=(Tab(60.0),))
    first, second, *_ = found
    assert first.stretch == 0.0
    assert of(first, "a b").width == pytest.approx(15.0)
    assert second.right == pytest.approx(150.0)  # the lines below it are justified again


def test_dots_of_leaders_are_aligned() -> None:
    tabs = (Tab(200.0, TabAlign.END, leader="."),)
    found = [set_on(*tabs, text=text) for text in ("Rescue\t7", "Restrain and repair\t12")]
    places = [dots(line) for line in found]
    # Dots every 5 pt at common positions for all lines; 2 pt from the text on both sides.
    for row, before, number in zip(places, (30.0, 95.0), (195.0, 190.0), strict=True):
        assert all(x % 5 == pytest.approx(0.0) for x in row)
        assert row[0] >= before + 2
        assert row[-1] + 5 <= number - 2
    assert set(places[1]) < set(places[0])


def dots(line: Line) -> list[float]:
    """Return the positions of the leader's dots."""
    run = of(line, "\t")
    places, x = [], run.x
    for at, advance in enumerate(run.advances):
        if at:
            places.append(round(x, 6))
        x += advance
    return places


def test_no_leader_without_space() -> None:
    line = set_on(Tab(40.0, TabAlign.END, leader="."), text="abcde\tfg")
    run = of(line, "\t")
    assert len(run.ids) == 1
    assert run.width == pytest.approx(5.0)


def test_a_leader_to_the_end_of_a_line() -> None:
    # A line to write on: the tab is the last character, and is not dropped.
    line = set_on(Tab(150.0, leader="_"), text="Name:\t")
    assert of(line, "\t").width == pytest.approx(125.0)
    assert line.right == pytest.approx(150.0)


def test_a_leader_that_ends_a_line_reaches_its_stop() -> None:
    # The leader ends at the stop, wherever it begins; dots are 5 pt wide.
    for text, before in (("Name:\t", 25.0), ("Town\t", 20.0), ("\t", 0.0)):
        row = dots(set_on(Tab(152.0, leader="."), text=text))
        assert row[-1] + 5 == pytest.approx(152.0)
        assert row[0] >= before + (2 if before else 0)
        assert row[0] < before + 8


def test_a_stop_at_the_end_of_the_line() -> None:
    for measure in (120.0, 181.0):
        (line,) = lines(
            "Name:\t",
            measure,
            replace(RAGGED, type=BOXES),
            box_catalog(),
            tabs=(Tab(LINE_END, leader="."),),
        )
        assert dots(line)[-1] + 5 == pytest.approx(measure)


def test_stops_from_the_right_in_arabic() -> None:
    on = scripts_catalog("Noto Naskh Arabic")
    style = replace(
        RAGGED, type=typed("Arab", "Noto Naskh Arabic", "ar"), tabs=(Tab(180.0, TabAlign.END, "."),)
    )
    (line,) = lines("العدالة\t12", 200.0, style, on)
    row = in_a_row(line)
    number, tab, word = row
    assert [run.text for run in row] == ["12", "\t", "العدالة"]
    # The word begins at the right edge, 200; the number ends 180 from there, at 20.
    assert word.x + word.width == pytest.approx(200.0)
    assert number.x == pytest.approx(20.0)
    assert tab.x == pytest.approx(number.x + number.width)
    assert len(tab.ids) > 20


def test_line_breaks_in_a_paragraph_with_tabs() -> None:
    text = "Rescue\tfrom where people were held"
    found = lines(text, 150.0, STYLE, box_catalog(), tabs=(Tab(100.0),))
    # From 100 on there are 50 pt, ten letters: "from where" has exactly ten.
    assert words(text, found) == ["Rescue\tfrom where", "people were held"]


@pytest.mark.parametrize("tracking", [-40.0, 120.0])
@pytest.mark.parametrize("hanging", [False, True])
def test_the_last_letter_ends_at_a_stop_at_the_line_end(tracking: float, *, hanging: bool) -> None:
    """Tracking after the last letter and hanging punctuation are outside of the line."""
    type_ = replace(BOXES, tracking=tracking)
    style = replace(RAGGED, type=type_, hanging_punctuation=hanging)
    stop = Tab(LINE_END, TabAlign.END)
    line = set_on(stop, text="“ab\tcd.", width=200.0, style=style)
    assert line.left == pytest.approx(0.0)
    assert line.right == pytest.approx(200.0)
    last = of(line, "cd.")
    hangs = right_share(".") * (5.0 + tracking * BOXES.size / 1000) if hanging else 0.0
    visible = last.x + last.width - tracking * BOXES.size / 1000
    assert visible == pytest.approx(200.0 + hangs, abs=0.1)
