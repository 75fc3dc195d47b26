"""Bar charts: bar lengths, spacing of text and reports of invalid data."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings

from brochure.model.page_dump import dump
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
from tests.blocks.series_charts import Row, fills_of, series_chart
from tests.blocks.setting import LEFT, placed
from tests.quick import examples

PAIR: Data = [("Start", 100), ("Now", 27)]


def test_a_bar_of_27_on_an_axis_of_200_points_from_0_to_100_is_54_points_long() -> None:
    page = chart("bar-chart", PAIR, "labels: above", "values: no", "axis: 0..100")
    # The labels are above and no figures follow the bars, so the axis is the whole measure: 27/100 of 200 pt.
    assert [bar.width for bar in bars(page)] == pytest.approx([200.0, 54.0])


def test_bar_lengths_are_proportional_to_values() -> None:
    data = [("North", 1775), ("South", 645), ("East", -355)]
    lengths = [bar.width for bar in bars(chart("bar-chart", data, width=334))]
    # 645/1775 and 355/1775 of the longest.
    assert lengths[1] / lengths[0] == pytest.approx(645 / 1775)
    assert lengths[2] / lengths[0] == pytest.approx(0.2)


def test_longest_bar_leaves_space_for_its_figure() -> None:
    page = chart("bar-chart", PAIR, width=334)
    figure = page.run("100")
    # The figure ends at the end of the measure: 50 + 334; it begins 0.45 em of 8 pt, 3.6 pt, after the bar.
    assert figure.x + figure.glyphs.width == pytest.approx(384.0)
    assert figure.x - (LEFT + bars(page)[0].right) == pytest.approx(3.6)


def test_label_and_figure_share_a_baseline_centred_on_the_bar() -> None:
    page = chart("bar-chart", PAIR, width=334)
    label, figure = page.run("Start"), page.run("100")
    assert label.y == pytest.approx(figure.y)
    middle = bars(page)[0].centre.y + 450.0
    assert label.y + page.cap_height("axis") / 2 == pytest.approx(middle)


def test_negative_bars_run_in_the_opposite_direction() -> None:
    rising, falling = bars(chart("bar-chart", [("Up", 30), ("Down", -10)], width=334))
    assert falling.right == pytest.approx(rising.x)
    assert falling.width * 3 == pytest.approx(rising.width)


def test_right_to_left_editions_are_mirrored() -> None:
    blocks, words = block("bar-chart", PAIR), copy(PAIR)
    there = bars(placed(blocks, words, scene()))
    mirrored = bars(placed(blocks, words, scene(language="ar")))
    # Each bar as far from the right edge of the 200 pt as it was from the left one.
    assert [200 - bar.right for bar in mirrored] == pytest.approx([bar.x for bar in there], abs=0.5)
    assert [bar.y for bar in mirrored] == pytest.approx([bar.y for bar in there], abs=0.5)


def test_unknown_values_have_a_dash_and_no_bar() -> None:
    page = chart("bar-chart", [("North", 10), ("South", "none")], width=334)
    assert len(bars(page)) == 1
    assert page.run("–").x > page.run("South").x


def test_minus_sign_and_percent_format_of_the_language() -> None:
    page = chart("bar-chart", [("North", -27)], "format: percent", "decimals: 1", width=334)
    assert page.run("−27.0%")


def test_axis_has_round_ticks_that_do_not_overlap() -> None:
    data = [("North", 1775), ("South", 645)]
    page = chart("bar-chart", data, "ticks: yes", "values: no", width=334)
    # 1775 over five steps is 355, so they are 500 apart and lead to 2000.
    assert {"0", "500", "1,000", "1,500", "2,000"} <= {run.glyphs.text for run in page.runs}
    # The bar is 1775/2000 of the way from 0 to the last hairline.
    hairlines = sorted(p.outlines[0].start[0] for p in page.paths if p.stroke)
    assert bars(page)[0].width / (hairlines[-1] - hairlines[0]) == pytest.approx(1775 / 2000)


def test_crowded_axis_keeps_the_tick_at_0() -> None:
    data = [("North", 1_300_000), ("South", -2_600_000)]
    page = chart("bar-chart", data, "ticks: yes", "values: no", "labels: above", width=164)
    # 3.9 million over five steps is 780,000, so they are a million apart: -3 to 2 million, with no space for all six.
    figures = {run.glyphs.text for run in page.runs} - {"North", "South"}
    assert figures == {"−2,000,000", "0", "2,000,000"}


def test_height_is_respected() -> None:
    page = chart("bar-chart", PAIR, "height: 120 pt", width=334)
    line = next(path.outlines[0] for path in page.paths if path.stroke)
    # Without title and axis the line of 0 extends from the top to the bottom.
    assert line.start[1] - line.segments[-1][-1] == pytest.approx(120.0)


def test_figure_has_the_alternative_text() -> None:
    page = chart("bar-chart", PAIR)
    # The alternative text of the layout has no figures, so they follow it.
    alt = "What the chart shows. Start: 100; Now: 27."
    assert {item.tag.alt for item in page.paths} == {alt}
    assert dump(page.page).count(f"alt '{alt}'") == 1


def test_without_alternative_text_it_is_an_artifact() -> None:
    blocks = block("bar-chart", PAIR).replace("alt: alt", "alt: none")
    page = placed(blocks, copy(PAIR), scene())
    roles = [path.tag.role for path in page.paths] + [run.tag.role for run in page.runs]
    assert set(roles) == {"Artifact"}


@pytest.mark.parametrize(
    ("data", "key", "code"),
    [
        ([], "gap: 2 mm", "chart-empty"),
        (PAIR, "axis: 20..100", "chart-axis"),
        (PAIR, "axis: 0..50", "chart-axis"),
        (PAIR, "step: 0", "chart-axis"),
        (PAIR, "step: 0.001", "chart-axis"),
        (PAIR, "decimals: 40", "chart-decimals"),
        (PAIR, "height: 10 pt", "chart-low"),
        ([("Start", "home")], "gap: 2 mm", "chart-value"),
        (
            [("Incomprehensibilitiesandsuchlikeotherwordswithoutanyend", 3)],
            "gap: 1 mm",
            "chart-crowded",
        ),
    ],
)
def test_invalid_data_is_reported(data: Data, key: str, code: str) -> None:
    chart("bar-chart", data, key, expect=(code,))


def test_equal_values_zeros_and_a_single_value_are_charts() -> None:
    assert len({bar.width for bar in bars(chart("bar-chart", [("A", 5), ("B", 5)]))}) == 1
    assert bars(chart("bar-chart", [("A", 0), ("B", 0)])) == []
    assert len(bars(chart("bar-chart", [("A", 1e-9)]))) == 1


@settings(max_examples=examples(60), deadline=None)
@given(data_of(VALUE), WIDTHS)
def test_text_never_overlaps(data: Data, width: float) -> None:
    items, codes = tried("bar-chart", data, "title: l0", "source: l0", width=width)
    event(f"findings {sorted(codes)}")
    assert codes <= {"chart-crowded"}
    if not codes:
        assert_set_apart(items, width)


@settings(max_examples=examples(30), deadline=None)
@given(data_of(VALUE), WIDTHS)
def test_text_never_overlaps_with_an_axis(data: Data, width: float) -> None:
    items, codes = tried("bar-chart", data, "ticks: yes", width=width)
    assert codes <= {"chart-crowded"}
    if not codes:
        assert_set_apart(items, width)


# Several series

ROWS: list[Row] = [("North", [30, 20]), ("South", [40, -10])]


def test_several_bars_are_below_each_other() -> None:
    page = series_chart("bar-chart", ROWS, ["Then", "Now"], "values: no", width=334)
    bars_ = fills_of(page.items)[2:6]
    assert [rect.width / bars_[0].width for rect in bars_] == pytest.approx(
        [1, 2 / 3, 4 / 3, 1 / 3]
    )
    assert [rect.y for rect in bars_] == sorted((rect.y for rect in bars_), reverse=True)


def test_stacked_bars_add_up_both_ways() -> None:
    page = series_chart("bar-chart", ROWS, ["Then", "Now"], "stacked: yes", width=334)
    first, second, third, fourth = fills_of(page.items)[2:6]
    point = first.width / 30
    assert second.right - first.x == pytest.approx(50 * point)
    assert third.x - fourth.x == pytest.approx(10 * point)
    assert first.y == pytest.approx(second.y)
