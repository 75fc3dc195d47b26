"""Line charts: positions to scale, gaps, axes, direct labels, dashes, annotations, small multiples and data files."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from brochure.api import lay_out
from brochure.color.swatch import Cmyk, Spot
from brochure.errors import InputError
from brochure.model.display_list import GlyphRun, Path
from brochure.project import MemoryProject
from tests.blocks.charts import LABEL, VALUE, assert_set_apart
from tests.blocks.series_charts import (
    Row,
    cells_of,
    fills_of,
    lines_of,
    series_chart,
    tried_series,
)
from tests.blocks.setting import LEFT, TOP, Scene, placed
from tests.quick import examples

TWO: list[Row] = [("2010", [100, 20]), ("2012", [300, 40]), ("2020", [200, 60])]
NAMES = ["Given", "Earned"]


def test_points_are_to_scale_on_both_axes() -> None:
    first = lines_of(series_chart("line-chart", TWO, NAMES))[-1]
    (x0, y0), (x1, y1), (x2, y2) = first
    # 2012 is a fifth of the way from 2010 to 2020; values rise by 200, then fall by 100.
    assert (x1 - x0) / (x2 - x0) == pytest.approx(0.2)
    assert (y1 - y0) / (y1 - y2) == pytest.approx(2.0)


def test_words_have_equal_distances() -> None:
    rows: list[Row] = [("Spring", [1]), ("Summer", [2]), ("Autumn", [4])]
    (xs,) = ([x for x, _ in line] for line in lines_of(series_chart("line-chart", rows, ["A"])))
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1])


def test_dates_of_a_file_are_to_scale_and_formatted_in_the_language() -> None:
    data = "Day,Cases\n2025-01-01,5\n2025-02-01,8\n2025-12-31,3\n"
    page = placed(
        "- line-chart: {from: data.csv}\n  alt: alt\n",
        "alt: Cases by day\n",
        Scene(language="fr", files={"assets/data.csv": data.encode()}),
    )
    (line,) = lines_of(page)
    assert (line[1][0] - line[0][0]) / (line[2][0] - line[0][0]) == pytest.approx(31 / 364)
    assert "juil. 2025" in {text for text, _, _ in page.lines}
    assert "1 janv. 2025" in cells_of(page.items)


def test_a_missing_value_is_a_gap_and_a_lonely_point_a_dot() -> None:
    rows: list[Row] = [("2010", [1]), ("2011", [2]), ("2012", ["none"]), ("2013", [3])]
    page = series_chart("line-chart", rows, ["A"])
    (line,) = lines_of(page)
    assert len(line) == 2
    (dot,) = fills_of(page.items)
    assert dot.width == pytest.approx(2 * 0.24 * 8)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((40, 100), {"0", "20", "100"}),
        ((80, 100), {"80", "85", "100"}),
        ((-30, 20), {"−30", "0", "20"}),
        ((7, 7), {"0", "2", "8"}),
        ((0, 0), {"0", "0.2", "1"}),
    ],
)
def test_the_axis_starts_at_zero_unless_values_are_far_from_it(
    values: tuple[float, float], ticks: set[str]
) -> None:
    rows: list[Row] = [("2010", [values[0]]), ("2011", [values[1]])]
    texts = {run.glyphs.text for run in series_chart("line-chart", rows, ["A"]).runs}
    assert ticks <= texts
    assert ("0" in texts) is ("0" in ticks)


def test_names_are_beside_the_ends_of_their_lines() -> None:
    page = series_chart("line-chart", TWO, NAMES)
    for line, name in zip(lines_of(page), ("Earned", "Given"), strict=True):
        run = page.run(name)
        assert run.x - LEFT > line[-1][0]
        assert run.y - TOP + page.cap_height("axis") / 2 == pytest.approx(line[-1][1], abs=0.5)


def test_names_of_close_lines_are_moved_apart_with_leader_lines() -> None:
    rows: list[Row] = [("2010", [100, 99, 98]), ("2011", [100, 99, 98])]
    page = series_chart("line-chart", rows, ["One", "Two", "Three"], "axis: 0..1000")
    ys = [page.run(name).y for name in ("One", "Two", "Three")]
    assert ys == sorted(ys, reverse=True)
    assert min(ys[0] - ys[1], ys[1] - ys[2]) >= page.cap_height("axis")
    assert len([line for line in lines_of(page, 0.5) if len(line) == 3]) >= 2


def test_wide_names_are_set_above_the_chart() -> None:
    page = series_chart("line-chart", TWO, ["Extraordinarilywidenamesofseries", "Earned"])
    top = max(y for line in lines_of(page) if len(line) == 3 for _, y in line)
    assert page.run("Earned").y - TOP > top


def test_lines_that_look_alike_have_different_dashes() -> None:
    rows: list[Row] = [("2010", [1, 2, 3, 4]), ("2011", [2, 3, 4, 5])]
    page = series_chart(
        "line-chart", rows, ["A", "B", "C", "D"], "colours: [ink, ember, ink, ember]"
    )
    strokes = [path.stroke for path in page.paths if path.stroke and path.stroke.width == 1.4]
    assert len({(stroke.paint, stroke.dash) for stroke in strokes}) == 4
    assert {stroke.paint.colour for stroke in strokes} == {
        Cmyk(0, 0, 0, 1),
        Cmyk(0.0, 0.72, 0.92, 0.06),
    }


def test_a_chart_in_a_spot_ink_uses_its_tints() -> None:
    layout = """
brochure: test
size: A6
binding: none
swatches: {blue: spot "PANTONE 3025 C" as cmyk 100 17 0 51}
paragraph-styles: {axis: {colour: blue}, label: {colour: blue}}
pages:
  - frames:
      matter:
        at: margins
        content:
          - line-chart: [{label: a, value: [1, 2]}, {label: b, value: [2, 3]}]
            series: [a, b]
            alt: a
"""
    files = {"brochure.yaml": layout.encode(), "content/en.yaml": b"a: First\nb: Second\n"}
    made = lay_out(MemoryProject(files))
    assert made.findings == ()
    paints = [item.glyphs.paint for item in made.pages[0].items if isinstance(item, GlyphRun)]
    for item in made.pages[0].items:
        if isinstance(item, Path):
            paints += [item.fill] if item.fill else []
            paints += [item.stroke.paint] if item.stroke else []
    assert {type(paint.colour) for paint in paints} == {Spot}


def test_annotations_are_at_their_positions() -> None:
    page = series_chart(
        "line-chart",
        TWO,
        NAMES,
        'notes: [{x: "2012", text: note}, {value: 250, text: l0}, {x: l0, to: l1, text: l2}]',
    )
    first = lines_of(page)[-1]
    upright = [line for line in lines_of(page, 0.5) if line[0][0] == line[1][0]]
    pointer = max(upright, key=lambda line: abs(line[0][1] - line[1][1]))
    assert pointer[0][0] == pytest.approx(first[1][0])
    assert page.run("The flood").y - TOP > pointer[0][1]
    # The range of the third one is as wide as the first two points are apart.
    assert any(
        rect.width == pytest.approx(first[1][0] - first[0][0]) for rect in fills_of(page.items)
    )
    dashed = [path for path in page.paths if path.stroke and path.stroke.dash == (2.4, 1.8)]
    assert len(dashed) == 1


def test_panels_have_common_axes_and_titles() -> None:
    page = series_chart("line-chart", TWO, NAMES, "panels: 2", width=300)
    one, two = lines_of(page)
    assert two[0][0] - one[0][0] == pytest.approx(two[1][0] - one[1][0])
    # Values of both panels are on one scale: 200 more are as high in the first as 40 are lower in the second.
    assert (one[1][1] - one[0][1]) / (two[1][1] - two[0][1]) == pytest.approx(200 / 20)
    assert page.run("Given").y == pytest.approx(page.run("Earned").y)
    # Each panel shows the other line in the background.
    assert len(lines_of(page, 0.7)) == 2


def test_right_to_left_editions_are_mirrored() -> None:
    there = lines_of(series_chart("line-chart", TWO, NAMES))
    mirrored = lines_of(series_chart("line-chart", TWO, NAMES, language="ar"))
    for one, other in zip(there, mirrored, strict=True):
        assert all(x0 > x1 for (x0, _), (x1, _) in pairwise(other))
        assert [y for _, y in other] == pytest.approx([y for _, y in one], abs=1.0)


def test_the_data_are_a_table_in_the_structure() -> None:
    page = series_chart("line-chart", TWO, NAMES, "decimals: 1")
    assert cells_of(page.items) == [
        *("", "Given", "Earned", "2010", "100.0", "20.0"),
        *("2012", "300.0", "40.0", "2020", "200.0", "60.0"),
    ]


@pytest.mark.parametrize("value", ["1e400", "9e15", "-1e13"])
def test_values_that_are_not_finite_are_refused(value: str) -> None:
    with pytest.raises(InputError, match="variable"):
        series_chart("line-chart", [("2010", [value, 1])], NAMES)


@pytest.mark.parametrize(
    ("rows", "key", "code"),
    [
        ([("2010", [1, 2]), ("2010", [2, 3])], "step: 1", "chart-x"),
        ([("2010", [1, 2]), ("2011", [2])], "step: 1", "chart-series"),
        ([("2010", ["none", "none"])], "step: 1", "chart-data"),
        (TWO, "axis: 0..50", "chart-axis"),
        (TWO, "height: 20 pt", "chart-low"),
        (TWO, "notes: [{x: '1990', text: note}]", "chart-note"),
        (TWO, "notes: [{value: 5000, text: note}]", "chart-note"),
        (TWO, "notes: [{text: note}]", "chart-note"),
        ([("2010", ["home", 2])], "step: 1", "chart-value"),
    ],
)
def test_invalid_data_is_reported(rows: list[Row], key: str, code: str) -> None:
    _, codes = tried_series("line-chart", rows, NAMES, key, width=200)
    assert code in codes


def test_a_chart_has_at_most_twelve_series() -> None:
    names = [f"n{at}" for at in range(13)]
    data = ",".join(["year", *names]) + "\n" + ",".join(["2020", *["1"] * 13]) + "\n"
    page = placed(
        "- line-chart: {from: data.csv}\n  alt: alt\n",
        "alt: Many\n",
        Scene(files={"assets/data.csv": data.encode()}),
        expect=("chart-data",),
    )
    assert "maximum is 12" in page.findings[0].message


ROWS = st.integers(1, 4).flatmap(
    lambda count: st.tuples(
        st.lists(st.lists(VALUE, min_size=count, max_size=count), min_size=1, max_size=12),
        st.lists(LABEL, min_size=count, max_size=count),
    )
)


@settings(max_examples=examples(60), deadline=None)
@given(ROWS, st.sampled_from([164.0, 200.0, 334.0]), st.sampled_from(["step: 0", "panels: 2"]))
def test_marks_are_inside_the_plot_and_text_never_overlaps(
    data: tuple[list[list[object]], list[str]], width: float, key: str
) -> None:
    values, names = data
    rows: list[Row] = [(str(2000 + at), row) for at, row in enumerate(values)]
    key = "title: l0" if key == "step: 0" else key
    items, codes = tried_series("line-chart", rows, names, key, width=width)
    event(f"findings {sorted(codes)}")
    assert codes <= {"chart-crowded", "chart-data"}
    if not codes:
        assert_set_apart(items, width)


def test_annotations_of_panels() -> None:
    notes = "notes: [{x: '2012', text: note}, {value: 250, text: l0}, {x: '2020', text: l1, series: s1}]"
    page = series_chart("line-chart", TWO, NAMES, "panels: 2", notes, width=300)
    # The line of a position and the dashed one of a level are in both panels, their texts in the first.
    assert len([path for path in page.paths if path.stroke and path.stroke.dash]) == 2
    assert [run.glyphs.text for run in page.runs].count("The flood") == 1
    first, second = lines_of(page)
    assert page.run("The flood").x - LEFT < first[-1][0] < second[0][0]
    upright = [line[0][0] for line in lines_of(page, 0.5) if line[0][0] == line[1][0]]
    assert sum(x == pytest.approx(second[1][0]) for x in upright) >= 1
    assert page.run("2012").x - LEFT > second[0][0]


@pytest.mark.parametrize("keys", [("panels: 2", "s9"), ("step: 100", "s0")])
def test_annotations_of_a_series_need_its_panel(keys: tuple[str, str]) -> None:
    key, series = keys
    notes = f"notes: [{{value: 100, text: note, series: {series}}}]"
    _, codes = tried_series("line-chart", TWO, NAMES, key, notes, width=300)
    assert codes == {"chart-note"}
