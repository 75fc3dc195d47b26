"""Column charts: column heights, spacing of text, axes and intervals of year labels."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from brochure.color.swatch import WHITE
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
from tests.blocks.series_charts import Row, cells_of, fills_of, lines_of, series_chart, tried_series
from tests.blocks.setting import Scene, placed
from tests.quick import examples

PAIR: Data = [("Start", 100), ("Now", 27)]
YEARS: Data = [(str(2004 + at), 90_000 - 5000 * at) for at in range(11)]


def test_column_heights_are_proportional_to_values() -> None:
    start, now = bars(chart("column-chart", PAIR))
    assert now.height / start.height == pytest.approx(0.27)
    assert now.y == pytest.approx(start.y)


def test_column_is_62_percent_of_its_slot_and_centred() -> None:
    start, now = bars(chart("column-chart", PAIR, "values: no"))
    # Two slots of 100 pt: 62 pt each, the middles at 50 and 150.
    assert [start.width, now.width] == pytest.approx([62.0, 62.0])
    assert [start.centre.x, now.centre.x] == pytest.approx([50.0, 150.0])


def test_gap_is_respected() -> None:
    start, now = bars(chart("column-chart", PAIR, "gap: 30 pt"))
    assert now.x - start.right == pytest.approx(30.0)


def test_figures_are_half_an_em_above_their_columns() -> None:
    page = chart("column-chart", PAIR)
    # 0.5 of 8 pt above each column's upper edge.
    for text, bar in zip(("100", "27"), bars(page), strict=True):
        assert page.run(text).y - 450.0 - bar.top == pytest.approx(4.0)


def test_labels_share_a_baseline_even_if_one_has_two_lines() -> None:
    page = chart("column-chart", [("Start", 9), ("Now in all of the provinces together", 3)])
    first = max(run.y for run in page.runs if run.glyphs.text.startswith("Now"))
    assert page.run("Start").y == pytest.approx(first)


def test_negative_columns_have_their_figures_below() -> None:
    page = chart("column-chart", [("Up", 30), ("Down", -10)])
    rising, falling = bars(page)
    assert falling.top == pytest.approx(rising.y)
    assert falling.height * 3 == pytest.approx(rising.height)
    assert page.run("−10").y - 450.0 < falling.y


def test_axis_replaces_figures_that_do_not_fit() -> None:
    page = chart("column-chart", YEARS, width=164)
    texts = {run.glyphs.text for run in page.runs}
    # 90,000 over five steps is 18,000, so the axis has every 20,000; none of the columns' own figures is there.
    assert {"0", "20,000", "40,000", "60,000", "80,000"} <= texts
    assert "85,000" not in texts


def test_crowded_years_are_labelled_at_intervals_from_the_last() -> None:
    page = chart("column-chart", YEARS, width=164)
    shown = {run.glyphs.text for run in page.runs if run.glyphs.text.startswith("20")} - {"20,000"}
    assert shown == {"2004", "2006", "2008", "2010", "2012", "2014"}


def test_right_to_left_editions_are_mirrored() -> None:
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
def test_invalid_data_is_reported(data: Data, key: str, code: str) -> None:
    chart("column-chart", data, key, expect=(code,))


def test_height_is_respected() -> None:
    page = chart("column-chart", PAIR, "height: 150 pt", "title: l0", "source: l1")
    figure, low = page.run("100"), min(page.runs, key=lambda run: run.y)
    title = max(page.runs, key=lambda run: run.y)
    # Between title and source: 1.4 em of 8 pt, the chart's 150 pt, 1.3 em, and the capitals of the source.
    spaces = (1.4 + 1.3) * 8 + page.cap_height("source")
    assert title.y - low.y == pytest.approx(150 + spaces, abs=0.01)
    assert title.y - figure.y == pytest.approx(1.4 * 8 + page.cap_height("axis"), abs=0.01)


@settings(max_examples=examples(60), deadline=None)
@given(data_of(VALUE), WIDTHS)
def test_text_never_overlaps(data: Data, width: float) -> None:
    items, codes = tried("column-chart", data, "title: l0", "source: l0", width=width)
    event(f"findings {sorted(codes)}")
    assert codes <= {"chart-crowded"}
    if not codes:
        assert_set_apart(items, width)


@settings(max_examples=examples(30), deadline=None)
@given(data_of(VALUE, 6), WIDTHS)
def test_text_never_overlaps_with_an_axis(data: Data, width: float) -> None:
    items, codes = tried("column-chart", data, "ticks: yes", width=width)
    assert codes <= {"chart-crowded"}
    if not codes:
        assert_set_apart(items, width)


# Several series

ROWS: list[Row] = [("2024", [1204, 642, 88]), ("2025", [1388, 610, -97])]
NAMES = ["Donations", "Contracts", "Shops"]


def test_several_columns_are_side_by_side() -> None:
    page = series_chart("column-chart", ROWS, NAMES, "values: no", width=334)
    # The first three are the samples of the key.
    rects = fills_of(page.items)[3:9]
    assert [rect.height / rects[0].height for rect in rects] == pytest.approx(
        [value / 1204 for value in (1204, 642, 88, 1388, 610, 97)]
    )
    assert [rect.x for rect in rects] == sorted(rect.x for rect in rects)


def test_stacked_columns_add_up_both_ways() -> None:
    page = series_chart("column-chart", ROWS, NAMES, "stacked: yes", width=334)
    first, second, third, *_, below = fills_of(page.items)[:6]
    point = first.height / 1204
    assert third.top - first.y == pytest.approx((1204 + 642 + 88) * point)
    assert second.x == pytest.approx(first.x)
    assert first.y - below.y == pytest.approx(97 * point)


def test_names_are_beside_the_last_stack_and_else_above() -> None:
    beside = series_chart("column-chart", ROWS, NAMES, "stacked: yes", width=334)
    assert beside.run("Donations").x > max(rect.right for rect in fills_of(beside.items))
    above = series_chart("column-chart", ROWS, NAMES, width=334)
    assert above.run("Donations").y - 450 > max(rect.top for rect in fills_of(above.items)[3:9])


def test_figures_in_segments_are_in_a_colour_that_can_be_read() -> None:
    page = series_chart("column-chart", ROWS, NAMES, "stacked: yes", width=334)
    assert page.run("1,388").glyphs.paint == WHITE
    assert page.run("Donations").glyphs.paint != WHITE


def test_columns_are_a_table_in_the_structure() -> None:
    page = series_chart("column-chart", ROWS, NAMES, width=334)
    assert cells_of(page.items)[4:8] == ["2024", "1,204", "642", "88"]


def test_columns_of_a_file_are_series() -> None:
    data = "Year,Gifts,Shops\n2024,10,20\n2025,30,40\n"
    page = placed(
        "- column-chart: {from: d.csv, value: [Gifts, Shops]}\n  alt: alt\n  values: no\n",
        "alt: Income\n",
        Scene(width=300, files={"assets/d.csv": data.encode()}),
    )
    heights = [rect.height for rect in fills_of(page.items)[2:6]]
    assert heights == pytest.approx([heights[0] * at for at in (1, 2, 3, 4)])


def test_an_annotation_ends_above_its_column() -> None:
    page = series_chart("column-chart", ROWS, NAMES, "notes: [{x: l0, text: note}]", width=334)
    pointer = next(line for line in lines_of(page, 0.5) if line[0][0] == line[1][0])
    tallest = max(rect.top for rect in fills_of(page.items)[3:6])
    assert min(y for _, y in pointer) > tallest


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.lists(VALUE, min_size=3, max_size=3), min_size=1, max_size=8),
    WIDTHS,
    st.sampled_from(["yes", "no"]),
    st.sampled_from(["column-chart", "bar-chart"]),
)
def test_series_never_overlap(
    values: list[list[object]], width: float, stacked: str, kind: str
) -> None:
    rows: list[Row] = [(str(2000 + at), row) for at, row in enumerate(values)]
    items, codes = tried_series(kind, rows, NAMES, f"stacked: {stacked}", width=width)
    event(f"findings {sorted(codes)}")
    assert codes <= {"chart-crowded", "chart-data"}
    if not codes:
        assert_set_apart(items, width)
