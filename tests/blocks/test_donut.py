"""Donuts: arcs, labels around the ring or in a legend, and reports of invalid shares."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import event, given, settings

from brochure.blocks.charts.labels import space_out
from brochure.blocks.charts.ring import Ring
from brochure.model.display_list import Path, bounds
from tests.blocks.charts import (
    POSITIVE,
    WIDTHS,
    Data,
    assert_set_apart,
    block,
    chart,
    copy,
    data_of,
    scene,
    tried,
)
from tests.blocks.setting import SetPage, placed
from tests.quick import examples

THREE: Data = [("Rescue", 50), ("Care", 25), ("Training", 25)]


def arcs(page: SetPage) -> list[Path]:
    """Return the outlines of the shares."""
    return [path for path in page.paths if any(len(s) == 6 for s in path.outlines[0].segments)]


def area(path: Path) -> float:
    """Return the area of an outline, by the shoelace formula over points along its curves."""
    points = []
    at = path.outlines[0].start
    for segment in path.outlines[0].segments:
        if len(segment) == 6:
            handles = [at, segment[0:2], segment[2:4], segment[4:6]]
            points += [_bezier(handles, step / 40) for step in range(40)]
        else:
            points.append(at)
        at = (segment[-2], segment[-1])
    points.append(at)
    turns = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in turns)) / 2


def _bezier(handles: Sequence[tuple[float, ...]], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
    pairs = list(zip(weights, handles, strict=True))
    return sum(w * p[0] for w, p in pairs), sum(w * p[1] for w, p in pairs)


def test_areas_are_proportional_to_shares() -> None:
    page = chart("donut", THREE, "labels: below")
    areas = [area(path) for path in arcs(page)]
    # The ring takes 0.66 of the 200 pt; its hole is 0.62 of its radius; 1.2 pt part two shares.
    outer = 66.0
    ring = math.pi * outer**2 * (1 - 0.62**2)
    gap = 1.2 * outer * (1 - 0.62)
    assert areas == pytest.approx([ring / 2 - gap, ring / 4 - gap, ring / 4 - gap], rel=2e-3)


def test_shares_run_clockwise_from_the_top() -> None:
    half = bounds(arcs(chart("donut", THREE, "labels: below"))[0].outlines).translate(-50, -450)
    # The ring's centre is at 100; half of it is to its right.
    assert half.x == pytest.approx(100, abs=0.7)
    assert half.right == pytest.approx(166, abs=0.1)


def test_right_to_left_editions_run_anticlockwise() -> None:
    page = placed(block("donut", THREE, "labels: below"), copy(THREE), scene(language="ar"))
    half = bounds(arcs(page)[0].outlines).translate(-50, -450)
    assert half.right == pytest.approx(100, abs=0.7)


def test_labels_show_percentages_or_values() -> None:
    assert chart("donut", THREE, width=334).run("50%")
    assert chart("donut", THREE, "shares: no", width=334).run("50")
    assert chart("donut", [("A", 1), ("B", 2)], "decimals: 1").run("33.3%")


def test_labels_are_on_the_side_of_their_shares() -> None:
    page = chart("donut", THREE, width=334)
    # The first half is to the right of the centre at 50 + 167, the two quarters to its left.
    assert page.run("Rescue").x > 217 > page.run("Care").x
    assert page.run("Care").y < page.run("Training").y


def test_single_share_is_a_closed_ring() -> None:
    (ring,) = arcs(chart("donut", [("All", 7)], "labels: below"))
    assert ring.even_odd
    assert len(ring.outlines) == 2


def test_text_in_the_centre_is_centred() -> None:
    words = copy(THREE, 'sum: "1,775"', "of: people")
    page = placed(
        block("donut", THREE, "labels: below", "centre: sum", "centre-label: of"), words, scene()
    )
    for text in ("1,775", "people"):
        run = page.run(text)
        assert run.x + run.glyphs.width / 2 == pytest.approx(150, abs=0.2)
    assert page.run("people").y < page.run("1,775").y


@pytest.mark.parametrize(
    ("data", "key", "code"),
    [
        ([], "shares: no", "chart-empty"),
        ([("A", 3), ("B", -1)], "shares: no", "chart-share"),
        ([("A", 3), ("B", "none")], "shares: no", "chart-share"),
        ([("A", 0), ("B", 0)], "shares: no", "chart-share"),
        (THREE, "height: 20 pt", "chart-low"),
        ([("Incomprehensibilitiesandsuchlikeotherwords", 3)], "labels: beside", "chart-crowded"),
        (THREE, "labels: around", "chart-crowded"),
    ],
)
def test_invalid_data_is_reported(data: Data, key: str, code: str) -> None:
    width = 90.0 if key == "labels: around" else 164.0
    chart("donut", data, key, width=width, expect=(code,))


def test_height_includes_ring_and_legend() -> None:
    page = chart("donut", THREE, "labels: below", "height: 150 pt", "source: l0")
    source = min(page.runs, key=lambda run: run.y)
    # The ring's head is the frame's; below the 150 pt come 1.3 em of 8 pt and the capitals of the source.
    assert 450 - source.y == pytest.approx(150 + 1.3 * 8 + page.cap_height("source"))


def test_a_ring_is_never_wider_than_its_column() -> None:
    page = chart("donut", THREE, "labels: below", "height: 300 pt")
    # Three labels leave far more than 200 pt of the 300, but the column is 200 wide.
    edges = [bounds(path.outlines) for path in arcs(page)]
    assert min(edge.x for edge in edges) == pytest.approx(50, abs=0.5)
    assert max(edge.right for edge in edges) == pytest.approx(250, abs=0.5)


def test_arcs_are_accurate() -> None:
    ring = Ring(0, 0, 100, 60)
    outline = ring.segment(0.1, 0.85, 0.0)
    start, *rest = outline.start, *outline.segments
    middle = _bezier([start, rest[0][0:2], rest[0][2:4], rest[0][4:6]], 0.5)
    # A curve of at most a quarter turn is off by less than 0.03 % of the radius.
    assert math.hypot(*middle) == pytest.approx(100, abs=0.03)


def test_overlapping_blocks_share_their_displacement() -> None:
    # Three blocks 10 tall, 2 apart, two of them wanted at 0: those move by 6 either way, the third stays.
    assert space_out([0, 0, -50], [10, 10, 10], 2) == pytest.approx([6, -6, -50])
    # All at 0: 12 apart about 0.
    assert space_out([0, 0, 0], [10, 10, 10], 2) == pytest.approx([12, 0, -12])


@settings(max_examples=examples(80), deadline=None)
@given(data_of(POSITIVE), WIDTHS)
def test_text_never_overlaps(data: Data, width: float) -> None:
    items, codes = tried("donut", data, "title: l0", "source: l0", width=width)
    event(f"findings {sorted(codes)}")
    assert codes <= {"chart-crowded", "chart-share"}
    if not codes:
        assert_set_apart(items, width)
