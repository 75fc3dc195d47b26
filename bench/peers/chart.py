"""Bars of the column charts, for programs without charts or with charts that look different."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GAP = 3.0
MAX_BAR_HEIGHT = 72.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: position from the left edge of the chart and size in millimetres, label and value."""

    x: float
    width: float
    height: float
    label: str
    value: int
    is_last: bool


def lay_out_bars(chart: Sequence[tuple[str, int]], width: float) -> Iterator[Bar]:
    """Yield the bars of a chart of the given width in millimetres."""
    bar_width = (width - GAP * (len(chart) - 1)) / len(chart)
    maximum = max(value for _, value in chart)
    for n, (label, value) in enumerate(chart):
        height = MAX_BAR_HEIGHT * value / maximum
        yield Bar(n * (bar_width + GAP), bar_width, height, label, value, n + 1 == len(chart))
