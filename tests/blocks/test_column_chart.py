"""Column charts: heights are values, words stand apart or give way to an axis, years are thinned out."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings

from tests.blocks.charts import (
    VALUE,
    WIDTHS,
    Data,
    assert_set_apart,
    bars,
    block,
    chart,
    copy,
    data_of,
    scene,
    tried,
)
from tests.blocks.setting import placed

PAIR: Data = [("Start", 100), ("Now", 27)]
YEARS: Data = [(str(2004 + at), 90_000 - 5000 * at) for at in range(11)]


def test_heights_are_as_values() -> None:
    start, now = bars(chart("column-chart", PAIR))
    assert now.height / start.height == pytest.approx(0.27)
    assert now.y == pytest.approx(start.y)


def test_a_column_takes_62_hundredths_of_its_slot_in_its_middle() -> None:
    start, now = bars(chart("column-chart", PAIR, "values: no"))
    # Two slots of 100 pt: 62 pt each, the middles at 50 and 150.
    assert [start.width, now.width] == pytest.approx([62.0, 62.0])
    assert [start.centre.x, now.centre.x] == pytest.approx([50.0, 150.0])


def test_a_gap_that_is_asked_for_is_kept() -> None:
    start, now = bars(chart("column-chart", PAIR, "gap: 30 pt"))
    assert now.x - start.right == pytest.approx(30.0)


def test_figures_stand_half_an_em_above_their_columns() -> None:
    page = chart("column-chart", PAIR)
    # 0.5 of 8 pt above each column's upper edge.
    for text, bar in zip(("100", "27"), bars(page), strict=True):
        assert page.run(text).y - 450.0 - bar.top == pytest.approx(4.0)


def test_labels_stand_on_one_baseline_even_where_one_has_two_lines() -> None:
    page = chart("column-chart", [("Start", 9), ("Now in all of the provinces together", 3)])
    first = max(run.y for run in page.runs if run.glyphs.text.startswith("Now"))
    assert page.run("Start").y == pytest.approx(first)


def test_columns_below_0_hang_from_the_line_and_bear_their_figures_below() -> None:
    page = chart("column-chart", [("Up", 30), ("Down", -10)])
    rising, falling = bars(page)
    assert falling.top == pytest.approx(rising.y)
    assert falling.height * 3 == pytest.approx(rising.height)
    assert page.run("−10").y - 450.0 < falling.y


def test_where_figures_have_no_room_an_axis_says_what_columns_are_worth() -> None:
    page = chart("column-chart", YEARS, width=164)
    texts = {run.glyphs.text for run in page.runs}
    # 90,000 over five steps is 18,000, so the axis has every 20,000; none of the columns' own figures is there.
    assert {"0", "20,000", "40,000", "60,000", "80,000"} <= texts
    assert "85,000" not in texts


def test_years_are_thinned_out_from_the_last_one() -> None:
    page = chart("column-chart", YEARS, width=164)
    shown = {run.glyphs.text for run in page.runs if run.glyphs.text.startswith("20")} - {"20,000"}
    assert shown == {"2004", "2006", "2008", "2010", "2012", "2014"}


def test_a_right_to_left_edition_is_the_mirror_image() -> None:
    blocks, words = block("column-chart", PAIR), copy(PAIR)
    there = bars(placed(blocks, words, scene()))
    mirrored = bars(placed(blocks, words, scene(language="ar")))
    assert [200 - bar.right for bar in mirrored] == pytest.approx([bar.x for bar in there])
    assert [bar.height for bar in mirrored] == pytest.approx([bar.height for bar in there])


@pytest.mark.parametrize(
    ("data", "key", "code"),
    [
        ([], "gap: 2 mm", "chart-empty"),
        (PAIR, "axis: 20..100", "chart-axis"),
        (PAIR, "height: 30 pt", "chart-low"),
        ([("Extraordinarily", 3)] * 6, "gap: 1 mm", "chart-crowded"),
    ],
)
def test_what_cannot_be_charted_is_said(data: Data, key: str, code: str) -> None:
    chart("column-chart", data, key, expect=(code,))


def test_the_height_that_is_asked_for_is_kept() -> None:
    page = chart("column-chart", PAIR, "height: 150 pt", "title: l0", "source: l1")
    figure, low = page.run("100"), min(page.runs, key=lambda run: run.y)
    title = max(page.runs, key=lambda run: run.y)
    # Between title and source: 1.4 em of 8 pt, the chart's 150 pt, 1.3 em, and the capitals of the source.
    spaces = (1.4 + 1.3) * 8 + page.cap_height("source")
    assert title.y - low.y == pytest.approx(150 + spaces, abs=0.01)
    assert title.y - figure.y == pytest.approx(1.4 * 8 + page.cap_height("axis"), abs=0.01)


@settings(max_examples=60, deadline=None)
@given(data_of(VALUE), WIDTHS)
def test_words_never_touch(data: Data, width: float) -> None:
    items, said = tried("column-chart", data, "title: l0", "source: l0", width=width)
    event(f"said {sorted(said)}")
    assert said <= {"chart-crowded"}
    if not said:
        assert_set_apart(items, width)


@settings(max_examples=30, deadline=None)
@given(data_of(VALUE, 6), WIDTHS)
def test_words_never_touch_with_an_axis(data: Data, width: float) -> None:
    items, said = tried("column-chart", data, "ticks: yes", width=width)
    assert said <= {"chart-crowded"}
    if not said:
        assert_set_apart(items, width)
