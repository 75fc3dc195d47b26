"""Scatter charts: positions, sizes, names without collisions and data files."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.api import lay_out
from brochure.geometry import Rect
from brochure.model.display_list import Item, Path, bounds
from brochure.project import MemoryProject
from tests.blocks.charts import LABEL, assert_set_apart, scene
from tests.blocks.series_charts import cells_of
from tests.blocks.setting import Scene, SetPage, _written, placed
from tests.quick import examples

Point = tuple[str, float, float]
POINTS: list[Point] = [("One", 10, 40), ("Two", 30, 40), ("Three", 20, 80)]


def scatter_block(points: list[Point], *keys: str) -> str:
    """Return a block; labels are the messages `l0`, `l1` …"""
    rows = [
        f"    - {{label: l{at}, x: {x}, value: {value}}}" for at, (_, x, value) in enumerate(points)
    ]
    return "\n".join(["- scatter-chart:", *rows, *(f"  {key}" for key in ("alt: alt", *keys))])


def scatter(points: list[Point], *keys: str, language: str = "en") -> SetPage:
    """Place a scatter chart."""
    return placed(scatter_block(points, *keys), words(points), scene(language=language))


def words(points: list[Point]) -> str:
    labels = [f'l{at}: "{label}"' for at, (label, _, _) in enumerate(points)]
    return "\n".join([*labels, "alt: What is shown.", ""])


def discs(items: tuple[Item, ...] | list[Path]) -> list[Rect]:
    """Return the points: each is drawn on a larger paper-coloured disc."""
    round_ones = [
        bounds(item.outlines)
        for item in items
        if isinstance(item, Path) and item.fill and len(item.outlines[0].segments[-1]) == 6
    ]
    return round_ones[1::2]


def test_points_are_to_scale() -> None:
    one, two, three = sorted(discs(scatter(POINTS).items), key=lambda rect: (rect.y, rect.x))
    assert one.centre.y == pytest.approx(two.centre.y)
    assert three.centre.x == pytest.approx((one.centre.x + two.centre.x) / 2)


def test_areas_are_proportional_to_sizes() -> None:
    data = "Name,Income,Life,People\nOne,10,40,100\nTwo,30,50,25\n"
    page = placed(
        "- scatter-chart: {from: d.csv, x: Income, value: Life, label: Name, size: People}\n  alt: alt\n",
        "alt: Countries\n",
        Scene(files={"assets/d.csv": data.encode()}),
    )
    large, small = sorted(discs(page.items), key=lambda rect: -rect.width)
    assert large.width / small.width == pytest.approx(math.sqrt(4))
    assert cells_of(page.items)[-8:] == ["One", "10", "40", "100", "Two", "30", "50", "25"]


def test_only_highlighted_points_of_a_file_are_named() -> None:
    data = "Name,Income,Life\nOne,10,40\nTwo,30,50\n"
    page = placed(
        "- scatter-chart: {from: d.csv, x: Income, value: Life, label: Name, colours: {Two: ember}}\n  alt: alt\n",
        "alt: Countries\n",
        Scene(files={"assets/d.csv": data.encode()}),
    )
    texts = {run.glyphs.text for run in page.runs}
    assert "Two" in texts
    assert "One" not in texts


def test_names_without_space_are_reported() -> None:
    crowd: list[Point] = [(f"Extraordinarily {at}", 10 + at / 100, 40) for at in range(30)]
    page = placed(scatter_block(crowd), words(crowd), scene(), expect=("chart-names",))
    assert "names of the chart have no space" in page.findings[0].message


def test_right_to_left_editions_are_mirrored() -> None:
    there, mirrored = discs(scatter(POINTS).items), discs(scatter(POINTS, language="ar").items)
    assert there[0].x < there[1].x
    assert mirrored[0].x > mirrored[1].x


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{label: none, x: none, value: 3}", "chart-data"),
        ("{label: none, x: home, value: 3}", "chart-value"),
        ("{label: none, x: 1, value: 3, size: -1}", "chart-data"),
    ],
)
def test_invalid_points_are_reported(row: str, code: str) -> None:
    placed(f"- scatter-chart: [{row}]\n  alt: none\n", "a: A\n", expect=(code,))


def test_one_point_is_inside_the_plot() -> None:
    (disc,) = discs(scatter([("One", 5, 5)]).items)
    assert disc.x > 50
    assert disc.right <= 250.01


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(
        st.tuples(LABEL, st.integers(-500, 9_000), st.integers(-500, 90_000)),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([200.0, 334.0]),
)
def test_points_are_inside_and_text_never_overlaps(points: list[Point], width: float) -> None:
    files = _written(scatter_block(points), words(points), scene(width))
    made = lay_out(MemoryProject(files))
    assert {one.code for one in made.findings} <= {"chart-names"}
    assert len(discs(made.pages[0].items)) == len(points)
    assert_set_apart(made.pages[0].items, width)
