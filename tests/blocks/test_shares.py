"""Percentages of a whole: they add up to 100, and each is the nearest or the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.blocks.charts.shares import round_shares
from tests.blocks.charts import chart

values = st.lists(st.floats(0, 1e6), min_size=1, max_size=12).filter(lambda found: sum(found) > 0)


@given(values, st.one_of(st.none(), st.integers(0, 4)))
def test_the_sum_is_100(amounts: list[float], decimals: int | None) -> None:
    total = sum(amounts)
    shares = [amount / total for amount in amounts]
    percentages, places = round_shares(shares, decimals)
    assert round(sum(percentages), 6) == 100
    unit = 10.0**-places
    for share, printed in zip(shares, percentages, strict=True):
        assert abs(share * 100 - printed) < unit * 1.001 + 1e-6
    if decimals is None and min(share for share in shares if share > 0) > 1e-7:
        assert all(printed > 0 for share, printed in zip(shares, percentages, strict=True) if share)


@pytest.mark.parametrize(
    ("amounts", "expected", "places"),
    [
        ((1, 1, 1), (34, 33, 33), 0),
        ((618, 207, 66, 109), (62, 21, 6, 11), 0),
        ((97, 2.5, 0.5), (97.0, 2.5, 0.5), 1),
        ((99.96, 0.04, 0), (99.96, 0.04, 0), 2),
        ((5,), (100,), 0),
    ],
)
def test_the_largest_remainders_are_rounded_up(
    amounts: tuple[float, ...], expected: tuple[float, ...], places: int
) -> None:
    total = sum(amounts)
    assert round_shares([one / total for one in amounts], None) == (expected, places)


def test_a_donut_prints_them() -> None:
    page = chart("donut", [("A", 618), ("B", 207), ("C", 66), ("D", 109)], width=334)
    printed = [run.glyphs.text for run in page.runs if run.glyphs.text.endswith("%")]
    assert sorted(printed) == ["11%", "21%", "6%", "62%"]
    small = chart("donut", [("A", 995), ("B", 5)], width=334)
    assert small.run("0.5%")
    assert small.run("99.5%")


@pytest.mark.parametrize(("value", "codes"), [(100, []), (2700, ["percent-large"])])
def test_a_chart_warns_of_more_than_100_per_cent(value: float, codes: list[str]) -> None:
    assert chart(
        "bar-chart", [("A", value)], "format: percent", width=334, expect=tuple(codes)
    ).runs
