"""Area charts: stacked sums, a single area, names and values that cannot be stacked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.model.display_list import Path
from tests.blocks.charts import assert_set_apart
from tests.blocks.series_charts import Row, cells_of, fills_of, lines_of, series_chart, tried_series
from tests.blocks.setting import SetPage
from tests.quick import examples

ROWS: list[Row] = [("2010", [100, 300, 50]), ("2011", [200, 100, 80])]
NAMES = ["Wind", "Sun", "Water"]


def edges(page: SetPage) -> list[list[tuple[float, float]]]:
    """Return the points of each area of two entries: its upper edge, then its lower edge backwards."""
    areas = [path for path in page.paths if path.fill and len(path.outlines[0].segments) == 3]
    return [
        [path.outlines[0].start, *((x, y) for x, y in path.outlines[0].segments)] for path in areas
    ]


def test_areas_are_on_top_of_each_other() -> None:
    wind, sun, water = edges(series_chart("area-chart", ROWS, NAMES))
    zero = wind[3][1]
    point = (wind[0][1] - zero) / 100
    assert [sun[0][1] - zero, water[0][1] - zero] == pytest.approx([400 * point, 450 * point])
    assert [wind[1][1] - zero, water[1][1] - zero] == pytest.approx([200 * point, 380 * point])
    assert sun[3] == pytest.approx(wind[0])


def test_names_are_beside_the_middle_of_the_last_values() -> None:
    page = series_chart("area-chart", ROWS, NAMES)
    for area, name in zip(edges(page), NAMES, strict=True):
        middle = (area[1][1] + area[2][1]) / 2
        assert page.run(name).y + page.cap_height("axis") / 2 == pytest.approx(middle, abs=1.5)


def test_a_single_area_is_a_tint_below_a_line() -> None:
    page = series_chart("area-chart", [("2010", [-5]), ("2011", [4]), ("2012", [6])], ["Net"])
    (line,), (area,) = lines_of(page), fills_of(page.items)
    assert area.top == pytest.approx(max(y for _, y in line))
    assert cells_of(page.items)[1:4] == ["Net", "2010", "−5"]


def test_panels_are_not_stacked() -> None:
    page = series_chart("area-chart", ROWS, NAMES, "panels: 3", width=300)
    tops = [max(y for _, y in line) for line in lines_of(page)]
    assert tops[1] > tops[0] > tops[2]


@pytest.mark.parametrize("value", ["none", "-3"])
def test_missing_and_negative_values_are_not_stacked(value: str) -> None:
    rows: list[Row] = [("2010", [1, 2, 3]), ("2011", [1, value, 3])]
    series_chart("area-chart", rows, NAMES, expect=("chart-stack",))


def test_areas_that_look_alike_are_reported() -> None:
    series_chart(
        "area-chart", ROWS, NAMES, "colours: [ink, ink 97%, sand]", expect=("chart-contrast",)
    )


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 90_000), min_size=3, max_size=3), min_size=1, max_size=12),
    st.sampled_from([200.0, 334.0]),
)
def test_areas_are_inside_the_plot(values: list[list[int]], width: float) -> None:
    rows: list[Row] = [(str(2000 + at), row) for at, row in enumerate(values)]
    items, codes = tried_series("area-chart", rows, NAMES, width=width)
    assert codes <= {"chart-crowded"}
    assert_set_apart(items, width)
    grid = [
        item.outlines[0].start[1]
        for item in items
        if isinstance(item, Path) and item.stroke and item.stroke.width in (0.25, 0.5)
    ]
    for rect in fills_of(items):
        # The areas of a single entry are dots, whose middle is at the value.
        radius = 2.0 if len(values) == 1 else 0.01
        assert rect.top + 450 <= max(grid) + radius
