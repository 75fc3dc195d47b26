"""Balance: the columns of one frame made equally long.

Takes a galley and the columns of a frame; gives the flow in the shortest columns that hold all of it. Where the galley does
not fit even whole columns there is nothing to balance, and the flow is as it would have been. Stands beside `flow`, which
it asks again and again; nothing is shaped twice.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.geometry import Rect
from brochure.layout.flow import CapHeight, Flowed, flow
from brochure.layout.line_slots import FrameColumn
from brochure.model.galley import Galley

NEAR = 1.0
"""How close to the shortest is close enough, in points."""


def balance_columns(
    galley: Galley, columns: tuple[FrameColumn, ...], cap_height: CapHeight
) -> Flowed:
    """The galley in columns cut to one height: the least in which nothing is left over and nothing kept is parted."""
    best = flow(galley, columns, cap_height)
    if len(columns) < 2 or best.overflows:
        return best
    low, high = 0.0, columns[0].rect.height
    while high - low > NEAR:
        middle = (low + high) / 2
        tried = flow(galley, _cut(columns, middle), cap_height)
        if tried.overflows or len(tried.parted) > len(best.parted):
            low = middle
        else:
            high, best = middle, tried
    return best


def _cut(columns: tuple[FrameColumn, ...], height: float) -> tuple[FrameColumn, ...]:
    return tuple(replace(column, rect=_upper(column.rect, height)) for column in columns)


def _upper(rect: Rect, height: float) -> Rect:
    """The upper part of a rectangle."""
    return Rect(rect.x, rect.top - height, rect.width, height)
