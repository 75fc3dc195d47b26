"""Balance the columns of one frame: find the least height at which all content still fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from brochure.geometry import Rect
from brochure.layout.fills import shrink_fills
from brochure.layout.flow import Flowed, flow
from brochure.layout.line_slots import FrameColumn
from brochure.layout.place_piece import CapHeight
from brochure.model.galley import Galley

PRECISION = 1.0
"""Precision of the search, in points."""


def balance_columns(
    galley: Galley, columns: tuple[FrameColumn, ...], cap_height: CapHeight
) -> Flowed:
    """Flow the galley into columns cut to the least height that neither oversets it nor breaks more keep rules."""
    # Trial columns are too low for pictures that shrink, which would then be smaller for no reason.
    galley = shrink_fills(galley, columns, cap_height)
    best = flow(galley, columns, cap_height)
    if len(columns) < 2 or best.overflows:
        return best
    return find_least_height(
        lambda height: flow(galley, _cut(columns, height), cap_height),
        columns[0].rect.height,
        best,
    )


def find_least_height(flow_at: Callable[[float], Flowed], height: float, best: Flowed) -> Flowed:
    """Return the content at the least height at which it fits and breaks no more keep rules.

    Args:
        flow_at: Flows the content into columns of a height.
        height: The full height of the columns.
        best: The content at that height.
    """
    low, high = 0.0, height
    while high - low > PRECISION:
        middle = (low + high) / 2
        trial = flow_at(middle)
        if trial.overflows or len(trial.broken_keeps) > len(best.broken_keeps):
            low = middle
        else:
            high, best = middle, trial
    return best


def _cut(columns: tuple[FrameColumn, ...], height: float) -> tuple[FrameColumn, ...]:
    return tuple(replace(column, rect=_cut_below(column.rect, height)) for column in columns)


def _cut_below(rect: Rect, height: float) -> Rect:
    return Rect(rect.x, rect.top - height, rect.width, height)
