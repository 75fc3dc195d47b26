"""The column charts, as rectangles: for programs that have no charts of their own, or only ones that look like no brochure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GAP = 3.0
TALLEST = 72.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar's place in millimetres from the chart's left, its size, and what is written at its ends."""

    x: float
    width: float
    height: float
    label: str
    value: int
    last: bool


def bars(chart: Sequence[tuple[str, int]], width: float) -> Iterator[Bar]:
    """The bars of a chart that is as wide as this."""
    each = (width - GAP * (len(chart) - 1)) / len(chart)
    most = max(value for _, value in chart)
    for at, (label, value) in enumerate(chart):
        yield Bar(
            at * (each + GAP), each, TALLEST * value / most, label, value, at + 1 == len(chart)
        )
