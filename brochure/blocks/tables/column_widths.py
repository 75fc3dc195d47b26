"""Column widths of a table: fixed, or distributed by content.

A column's natural width is that of its longest line, its minimum width that of its longest word; the available width is
distributed in proportion between the two, as in the automatic table layout of CSS 2.1 (17.5.2.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import fsum

from brochure.blocks.tables.cell_text import (
    DecimalParts,
    is_decimal_aligned,
    min_width,
    natural_width,
    prepare_cell,
    split_figure,
)
from brochure.blocks.tables.cells import CellPlacement, Natural, TableStyle, count_columns
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.spec.values import Share

TOLERANCE = 0.01
"""Added to each column for rounding, in points."""


@dataclass(frozen=True, slots=True)
class WidthRequest:
    """Minimum and natural width of a cell or column, in points, insets included."""

    min_width: float = 0.0
    natural_width: float = 0.0

    def union(self, other: WidthRequest) -> WidthRequest:
        """Return the larger of each width."""
        return WidthRequest(
            max(self.min_width, other.min_width), max(self.natural_width, other.natural_width)
        )


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """Widths of the columns in points, and for each the widths of its figures before and after the decimal point."""

    widths: tuple[float, ...]
    points: tuple[DecimalParts, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """Edges of the columns, from the start side."""
        return tuple(accumulate(self.widths, initial=0.0))


def measure_columns(
    placed: Sequence[CellPlacement],
    look: TableStyle,
    context: BlockContext,
    available: float | None,
) -> ColumnWidths:
    """Return the column widths for an available width in points; the natural widths if it is None."""
    count = count_columns(placed)
    points = tuple(_decimal_parts(placed, index, look, context) for index in range(count))
    requests = _width_requests(placed, look, context, points)
    fixed_widths = [
        _fixed_width(look, index, available or context.measure, context) for index in range(count)
    ]
    fixed = fsum(width for width in fixed_widths if width is not None)
    free = [index for index in range(count) if fixed_widths[index] is None]
    if available is None:
        shares = [min(requests[index].natural_width, context.measure) for index in free]
    else:
        shares = distribute_width([requests[index] for index in free], available - fixed)
    for index, width in zip(free, shares, strict=True):
        fixed_widths[index] = width
    return ColumnWidths(tuple(width or 0.0 for width in fixed_widths), points)


def _fixed_width(
    look: TableStyle, index: int, available: float, context: BlockContext
) -> float | None:
    width = look.column(index).width
    if isinstance(width, Natural):
        return None
    if isinstance(width, Share):
        return available * width.fraction
    return context.points(width, look.style.type.size)


def distribute_width(requests: Sequence[WidthRequest], available: float) -> list[float]:
    """Distribute a width: first the minimum widths, then up to the natural widths, then in proportion to those."""
    lowest, natural = (
        fsum(request.min_width for request in requests),
        fsum(request.natural_width for request in requests),
    )
    if natural <= available:
        more = (available - natural) / natural if natural else 0.0
        return [request.natural_width * (1 + more) for request in requests]
    if lowest >= available:
        return [request.min_width for request in requests]
    part = (available - lowest) / (natural - lowest)
    return [
        request.min_width + (request.natural_width - request.min_width) * part
        for request in requests
    ]


# Content of the columns


def _decimal_parts(
    placed: Sequence[CellPlacement], index: int, look: TableStyle, context: BlockContext
) -> DecimalParts:
    """Return the widths needed by the decimal-aligned figures of a column."""
    total = DecimalParts()
    for place in placed:
        if place.column == index and is_decimal_aligned(place, look):
            total = total.union(split_figure(prepare_cell(place, look, context), context))
    return total


def _width_requests(
    placed: Sequence[CellPlacement],
    look: TableStyle,
    context: BlockContext,
    points: Sequence[DecimalParts],
) -> list[WidthRequest]:
    """Return the width requests of the columns; the excess of a spanning cell is divided equally among its columns."""
    count = len(points)
    requests = [WidthRequest()] * count
    for place in placed:
        if place.across == 1:
            request = _width_request(place, look, context, points[place.column], count)
            requests[place.column] = requests[place.column].union(request)
    for place in placed:
        if place.across > 1:
            _widen_spanned(
                requests, place, _width_request(place, look, context, DecimalParts(), count), look
            )
    return requests


def _widen_spanned(
    requests: list[WidthRequest], place: CellPlacement, request: WidthRequest, look: TableStyle
) -> None:
    """Widen the automatic columns of a spanning cell."""
    free = [index for index in place.columns if look.column(index).width is Natural.AUTO]
    low = max(0.0, request.min_width - fsum(requests[index].min_width for index in place.columns))
    wide = max(
        0.0, request.natural_width - fsum(requests[index].natural_width for index in place.columns)
    )
    for index in free:
        lowest = requests[index].min_width + low / len(free)
        requests[index] = WidthRequest(
            lowest, max(lowest, requests[index].natural_width + wide / len(free))
        )


def _width_request(
    place: CellPlacement, look: TableStyle, context: BlockContext, point: DecimalParts, count: int
) -> WidthRequest:
    texts = prepare_cell(place, look, context)
    around = sum(look.padding(place, count)) + TOLERANCE
    if texts and is_decimal_aligned(place, look):
        wide = point.before + point.after + around
        return WidthRequest(wide, wide)
    return WidthRequest(min_width(texts) + around, natural_width(texts, context) + around)
