"""Waffle charts: numbers of squares, shapes, labels and values that cannot be counted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.model.display_list import Item, Path, bounds
from tests.blocks.charts import Data, assert_set_apart, block, chart, copy, data_of, scene, tried
from tests.blocks.setting import SetPage, placed
from tests.quick import examples

SHARES: Data = [("Given", 45), ("Earned", 35), ("Other", 20)]


def units(items: list[Path] | tuple[Item, ...]) -> list[int]:
    """Return the outlines of each path of units; the samples of the legend are paths of one square."""
    paths = [item for item in items if isinstance(item, Path) and item.fill]
    return [len(path.outlines) for path in paths if len(path.outlines) > 1]


def grid(page: SetPage) -> list[Path]:
    return [path for path in page.paths if path.fill and len(path.outlines) > 1]


def test_a_square_is_one_per_cent() -> None:
    page = chart("waffle-chart", SHARES, width=300)
    assert units(page.items) == [45, 35, 20]
    assert {"45%", "35%", "20%"} <= {run.glyphs.text for run in page.runs}


def test_squares_add_up_to_a_hundred() -> None:
    assert units(chart("waffle-chart", [(name, 1) for name in "abc"]).items) == [34, 33, 33]


def test_each_counts_and_the_rest_is_one_more() -> None:
    page = chart("waffle-chart", [("Given", 25), ("Earned", 20)], "each: 10")
    assert units(page.items) == [3, 2]
    assert {"25", "20"} <= {run.glyphs.text for run in page.runs}


def test_rows_are_filled_from_the_start_edge() -> None:
    page = chart("waffle-chart", [("Given", 3), ("Earned", 2)], "each: 1", "columns: 3")
    first, second = (bounds(path.outlines) for path in grid(page))
    assert first.y > second.top
    assert first.x == pytest.approx(second.x)
    blocks, words = block("waffle-chart", SHARES), copy(SHARES)
    mirrored = bounds(grid(placed(blocks, words, scene(200, "ar")))[0].outlines)
    there = bounds(grid(placed(blocks, words, scene(200)))[0].outlines)
    assert mirrored.right - 50 == pytest.approx(200 - (there.x - 50))


def test_people_have_a_head_a_body_and_legs() -> None:
    page = chart("waffle-chart", [("Given", 3), ("Earned", 2)], "each: 1", "shape: person")
    assert units(page.items) == [12, 8]


def test_the_alternative_text_has_the_values() -> None:
    page = chart("waffle-chart", SHARES)
    assert any("Given: 45" in path.tag.alt for path in page.paths)


@pytest.mark.parametrize(
    ("data", "key", "code"),
    [
        ([], "columns: 5", "chart-empty"),
        ([("A", -1), ("B", 2)], "columns: 5", "chart-share"),
        ([("A", 0)], "columns: 5", "chart-share"),
        ([("A", "none")], "columns: 5", "chart-share"),
        ([("A", 5)], "each: 0", "chart-share"),
        ([("A", 5_000)], "each: 1", "chart-share"),
        (SHARES, "height: 10 pt", "chart-low"),
        ([("A", "[1, 2]")], "columns: 5", "chart-series"),
    ],
)
def test_invalid_data_is_reported(data: Data, key: str, code: str) -> None:
    _, codes = tried("waffle-chart", data, key, width=200)
    assert code in codes


@settings(max_examples=examples(40), deadline=None)
@given(data_of(st.integers(1, 5000), 8), st.sampled_from([164.0, 200.0, 334.0]))
def test_text_never_overlaps(data: Data, width: float) -> None:
    items, codes = tried("waffle-chart", data, width=width)
    assert codes <= {"chart-crowded"}
    assert sum(
        len(item.outlines) for item in items if isinstance(item, Path) and item.fill
    ) == 100 + len(data)
    assert_set_apart(items, width)
