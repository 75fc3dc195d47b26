"""Drop caps: their height, their baseline, and the text set around them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.typeset.lines import Glyphs, Line
from brochure.typeset.style import DropInitial, TypeStyle
from tests.typeset.setting import (
    BOXES,
    COPY,
    JUSTIFIED,
    RAGGED,
    box_catalog,
    font_catalog,
    lines,
    prepared,
    said,
    scripts_catalog,
    typed,
    words,
)


def initial_of(line: Line) -> Glyphs:
    return max(line.runs, key=lambda run: run.size)


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_capitals_agree_above_and_baselines_below(depth: int) -> None:
    style = replace(JUSTIFIED, drop_cap=DropInitial(depth))
    first, *_ = lines(COPY, 220.0, style)
    big = initial_of(first)
    # The drop cap is on the baseline of its last line, (depth - 1) x 13 pt below the first,
    assert big.y == pytest.approx(-(depth - 1) * 13.0)
    # and its height is the distance from there to the cap height of the first line.
    body = font_catalog().face(style.type)
    assert big.face.cap_height * big.size + big.y == pytest.approx(body.cap_height * 10.0)


def test_lines_are_beside_it_and_below_it() -> None:
    # Boxes are 0.5 em wide with 0.05 em of space before and after them: 3 lines of 13 pt need 33 pt of capitals, which are 0.7
    # em: 47.14 pt type. Flush left, its advance ends at 23.57 - 2.36 = 21.21; with a gap of 4 pt, 25.21.
    style = replace(RAGGED, type=BOXES, drop_cap=DropInitial(3, gap=4.0))
    found = lines("Once laws are enforced " * 6, 200.0, style, box_catalog())
    big = initial_of(found[0])
    assert big.size == pytest.approx(33 / 0.7)
    assert big.x == pytest.approx(-0.05 * big.size)
    # The first line includes the drop cap, and so has the whole measure to fill.
    assert (found[0].slot_x, found[0].slot_width, found[0].overfull) == (0.0, 200.0, 0.0)
    for line in found[1:3]:
        assert (line.slot_x, line.slot_width) == pytest.approx(
            (
                25.214,
                174.786,
            ),
            abs=0.001,
        )
    # The first line includes the drop cap too, and has the whole slot to fill; the fourth is below it.
    for line in (found[0], found[3]):
        assert (line.slot_x, line.slot_width) == (0.0, 200.0)
    body = next(run for run in found[0].runs if run.size == 10.0)
    assert body.x == pytest.approx(25.214, abs=0.001)


def test_the_word_stays_whole() -> None:
    style = replace(JUSTIFIED, drop_cap=DropInitial(2))
    found = lines(COPY, 220.0, style)
    assert said(found[0]).startswith("Once laws")
    assert " ".join(words(COPY, found)).replace("- ", "").startswith("Once laws are enforced")
    assert (found[0].start, found[-1].end) == (0, len(COPY))


def test_an_opening_quotation_mark_is_included() -> None:
    text = "“" + COPY
    (run,) = prepared(text, JUSTIFIED, drop_cap=DropInitial(2)).initial.metrics.items  # type: ignore[union-attr]
    assert (run.item.start, run.item.end) == (0, 2)


def test_several_characters_in_another_style() -> None:
    sans = TypeStyle("Source Sans 3", 10.0, weight=700.0)
    first, *_ = lines(COPY, 220.0, JUSTIFIED, drop_cap=DropInitial(2, characters=4, type=sans))
    big = initial_of(first)
    assert (len(big.ids), big.face.family) == (4, "Source Sans 3")


def test_no_drop_cap_deeper_than_its_paragraph() -> None:
    style = replace(RAGGED, drop_cap=DropInitial(3))
    found = lines("Two lines of copy, and no more than two of them.", 160.0, style)
    assert len(found) == 2
    assert {run.size for line in found for run in line.runs} == {10.0}


def test_a_drop_cap_keeps_its_accent() -> None:
    made = prepared("E\u0301tat " + COPY, JUSTIFIED, drop_cap=DropInitial(2)).initial
    assert made is not None
    assert made.text == "E\u0301"


@pytest.mark.parametrize("text", [" blank first " + COPY, "A\nforced end " + COPY, "\n" + COPY])
def test_no_drop_cap_without_a_letter(text: str) -> None:
    found = lines(text, 220.0, JUSTIFIED, drop_cap=DropInitial(2))
    assert {run.size for line in found for run in line.runs} == {10.0}
    assert (found[0].start, found[-1].end) == (0, len(text))


def test_a_drop_cap_at_the_right() -> None:
    on = scripts_catalog("Noto Naskh Arabic")
    style = replace(RAGGED, type=typed("Arab", "Noto Naskh Arabic", "ar"), drop_cap=DropInitial(2))
    text = "العدالة تحمي الناس من العنف عندما تطبق القوانين في كل مكان وزمان"
    found = lines(text, 120.0, style, on)
    big = initial_of(found[0])
    others = [run for run in found[0].runs if run.size < big.size]
    assert all(run.x + run.width < big.x for run in others)
    assert found[2].right == pytest.approx(120.0)


# Distance from the lines above and below


def ink(run: Glyphs) -> tuple[float, float]:
    """Return the lower and upper edge of the run's outlines, above the baseline of the first line."""
    extents = [run.face.font.get_glyph_extents(glyph) for glyph in run.ids]
    scale = run.size / run.face.upem
    return (
        run.y + max(it.y_bearing for it in extents) * scale,
        run.y + min(it.y_bearing + it.height for it in extents) * scale,
    )


@pytest.mark.parametrize("text", ["Quick ", "Joy ", "gypsy ", "Ça ", "Once ", "(Once) "])
@pytest.mark.parametrize("leading", [11.0, 13.0, 17.0])
def test_no_line_below_touches_the_drop_cap(text: str, leading: float) -> None:
    style = replace(JUSTIFIED, leading=leading, drop_cap=DropInitial(3))
    found = lines(text + COPY, 220.0, style)
    initial = initial_of(found[0])
    _, bottom = ink(initial)
    ascenders = font_catalog().face(style.type).cap_height * 10.0
    right = initial.x + initial.width
    for at, line in enumerate(found[1:], start=1):
        if -at * leading + ascenders > bottom:
            assert line.left >= right - 0.5, at
    beside = sum(line.left > 1.0 for line in found[1:])
    assert beside == (3 if bottom < -3 * leading + 1.1 * ascenders else 2)


@pytest.mark.parametrize("text", ["Éclair ", "Ångström ", "Ẫn ", "Once "])
@pytest.mark.parametrize("space", [0.0, 6.0])
def test_no_accent_touches_the_line_above(text: str, space: float) -> None:
    style = replace(JUSTIFIED, drop_cap=DropInitial(3), space_before=space)
    found = lines(text + COPY, 220.0, style)
    top, _ = ink(initial_of(found[0]))
    assert top <= 13.0 + space - 0.22 * 10.0 + 0.01
    plain = lines("Once " + COPY, 220.0, style)
    if text == "Once ":
        assert initial_of(found[0]).size == initial_of(plain[0]).size
    assert initial_of(found[0]).y == initial_of(plain[0]).y


def test_a_paragraph_too_short_for_a_descender_has_no_drop_cap() -> None:
    style = replace(RAGGED, drop_cap=DropInitial(2))
    text = "Questions of law and order, and what became of them"
    counts: dict[bool, set[int]] = {True: set(), False: set()}
    for width in range(70, 300, 5):
        found = lines(text, float(width), style)
        counts[initial_of(found[0]).size > 10.0].add(len(found))
    assert min(counts[True]) == 3  # the tail of Q takes a third line
    assert max(counts[False]) == 2
