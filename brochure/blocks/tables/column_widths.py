"""Widths of a table's columns: as told, or shared out by what is in them.

Takes placed cells and the room there is; gives a width for each column. A column's natural width is that of its longest
line, its least width that of its longest word; between the two the room is shared in proportion, as in the automatic
table layout of CSS 2.1 (17.5.2.2). Stands between the grid of a table and its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from brochure.blocks.tables.cell_text import Parts, least, natural, on_point, paragraphs, parts
from brochure.blocks.tables.cells import CellPlacement, Natural, TableStyle, count_columns
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.spec.values import Share

SLACK = 0.01
"""What rounding may take away from a column, in points."""


@dataclass(frozen=True, slots=True)
class WidthRequest:
    """How wide a cell or a column wants to be, and how narrow it can be, in points, insets included."""

    least: float = 0.0
    natural: float = 0.0

    def joined(self, other: WidthRequest) -> WidthRequest:
        """Room for both."""
        return WidthRequest(max(self.least, other.least), max(self.natural, other.natural))


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """The columns of a set table: their widths, and for each the parts of its figures about the decimal point."""

    widths: tuple[float, ...]
    points: tuple[Parts, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """Where the columns begin and the last one ends, from the side where lines begin."""
        return tuple(accumulate(self.widths, initial=0.0))


def measure_columns(
    placed: Sequence[CellPlacement], look: TableStyle, context: BlockContext, room: float | None
) -> ColumnWidths:
    """The columns' widths in the room there is; their natural ones where `room` is None."""
    count = count_columns(placed)
    points = tuple(_points(placed, at, look, context) for at in range(count))
    wants = _wants(placed, look, context, points)
    told = [_told(look, at, room or context.measure, context) for at in range(count)]
    fixed = sum(width for width in told if width is not None)
    free = [at for at in range(count) if told[at] is None]
    if room is None:
        shares = [min(wants[at].natural, context.measure) for at in free]
    else:
        shares = distribute_width([wants[at] for at in free], room - fixed)
    for at, width in zip(free, shares, strict=True):
        told[at] = width
    return ColumnWidths(tuple(width or 0.0 for width in told), points)


def _told(look: TableStyle, at: int, room: float, context: BlockContext) -> float | None:
    width = look.column(at).width
    if isinstance(width, Natural):
        return None
    if isinstance(width, Share):
        return room * width.fraction
    return context.points(width, look.style.type.size)


def distribute_width(wants: Sequence[WidthRequest], room: float) -> list[float]:
    """The room shared out: to each its least, then what it lacks to its natural width, then in proportion to that."""
    lowest, wanted = sum(want.least for want in wants), sum(want.natural for want in wants)
    if wanted <= room:
        more = (room - wanted) / wanted if wanted else 0.0
        return [want.natural * (1 + more) for want in wants]
    if lowest >= room:
        return [want.least for want in wants]
    part = (room - lowest) / (wanted - lowest)
    return [want.least + (want.natural - want.least) * part for want in wants]


# What is in the columns


def _points(
    placed: Sequence[CellPlacement], at: int, look: TableStyle, context: BlockContext
) -> Parts:
    """Room for every figure of a column that stands on its point."""
    found = Parts()
    for place in placed:
        if place.column == at and on_point(place, look):
            found = found.joined(parts(paragraphs(place, look, context), context))
    return found


def _wants(
    placed: Sequence[CellPlacement],
    look: TableStyle,
    context: BlockContext,
    points: Sequence[Parts],
) -> list[WidthRequest]:
    """What each column wants; what a spanning cell lacks is shared by its columns alike."""
    count = len(points)
    wants = [WidthRequest()] * count
    for place in placed:
        if place.across == 1:
            want = _want(place, look, context, points[place.column], count)
            wants[place.column] = wants[place.column].joined(want)
    for place in placed:
        if place.across > 1:
            _share(wants, place, _want(place, look, context, Parts(), count), look)
    return wants


def _share(
    wants: list[WidthRequest], place: CellPlacement, want: WidthRequest, look: TableStyle
) -> None:
    """Widens those columns of a spanning cell that are not of a told width."""
    free = [at for at in place.columns if look.column(at).width is Natural.AUTO]
    low = max(0.0, want.least - sum(wants[at].least for at in place.columns))
    wide = max(0.0, want.natural - sum(wants[at].natural for at in place.columns))
    for at in free:
        lowest = wants[at].least + low / len(free)
        wants[at] = WidthRequest(lowest, max(lowest, wants[at].natural + wide / len(free)))


def _want(
    place: CellPlacement, look: TableStyle, context: BlockContext, point: Parts, count: int
) -> WidthRequest:
    texts = paragraphs(place, look, context)
    around = sum(look.padding(place, count)) + SLACK
    if texts and on_point(place, look):
        wide = point.before + point.behind + around
        return WidthRequest(wide, wide)
    return WidthRequest(least(texts) + around, natural(texts, context) + around)
