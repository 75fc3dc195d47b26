"""Widths of a table's columns: as told, or shared out by what is in them.

Takes placed cells and the room there is; gives a width for each column. A column's natural width is that of its longest
line, its least width that of its longest word; between the two the room is shared in proportion, as in the automatic
table layout of CSS 2.1 (17.5.2.2). Stands between the grid of a table and its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from brochure.blocks.tables.cell_text import Parts, least, natural, on_point, paragraphs, parts
from brochure.blocks.tables.cells import Look, Natural, Place, count_columns
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import Setter
from brochure.spec.values import Share

SLACK = 0.01
"""What rounding may take away from a column, in points."""


@dataclass(frozen=True, slots=True)
class Want:
    """How wide a cell or a column wants to be, and how narrow it can be, in points, insets included."""

    least: float = 0.0
    natural: float = 0.0

    def joined(self, other: Want) -> Want:
        """Room for both."""
        return Want(max(self.least, other.least), max(self.natural, other.natural))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a set table: their widths, and for each the parts of its figures about the decimal point."""

    widths: tuple[float, ...]
    points: tuple[Parts, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """Where the columns begin and the last one ends, from the side where lines begin."""
        return tuple(accumulate(self.widths, initial=0.0))


def measured(placed: Sequence[Place], look: Look, setter: Setter, room: float | None) -> Columns:
    """The columns' widths in the room there is; their natural ones where `room` is None."""
    count = count_columns(placed)
    points = tuple(_points(placed, at, look, setter) for at in range(count))
    wants = _wants(placed, look, setter, points)
    told = [_told(look, at, room or setter.measure, setter) for at in range(count)]
    fixed = sum(width for width in told if width is not None)
    free = [at for at in range(count) if told[at] is None]
    if room is None:
        shares = [min(wants[at].natural, setter.measure) for at in free]
    else:
        shares = shared([wants[at] for at in free], room - fixed)
    for at, width in zip(free, shares, strict=True):
        told[at] = width
    return Columns(tuple(width or 0.0 for width in told), points)


def _told(look: Look, at: int, room: float, setter: Setter) -> float | None:
    width = look.column(at).width
    if isinstance(width, Natural):
        return None
    if isinstance(width, Share):
        return room * width.fraction
    return setter.points(width, look.style.type.size)


def shared(wants: Sequence[Want], room: float) -> list[float]:
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


def _points(placed: Sequence[Place], at: int, look: Look, setter: Setter) -> Parts:
    """Room for every figure of a column that stands on its point."""
    found = Parts()
    for place in placed:
        if place.column == at and on_point(place, look):
            found = found.joined(parts(paragraphs(place, look, setter), setter))
    return found


def _wants(
    placed: Sequence[Place], look: Look, setter: Setter, points: Sequence[Parts]
) -> list[Want]:
    """What each column wants; what a spanning cell lacks is shared by its columns alike."""
    count = len(points)
    wants = [Want()] * count
    for place in placed:
        if place.across == 1:
            want = _want(place, look, setter, points[place.column], count)
            wants[place.column] = wants[place.column].joined(want)
    for place in placed:
        if place.across > 1:
            _share(wants, place, _want(place, look, setter, Parts(), count), look)
    return wants


def _share(wants: list[Want], place: Place, want: Want, look: Look) -> None:
    """Widens those columns of a spanning cell that are not of a told width."""
    free = [at for at in place.columns if look.column(at).width is Natural.AUTO]
    low = max(0.0, want.least - sum(wants[at].least for at in place.columns))
    wide = max(0.0, want.natural - sum(wants[at].natural for at in place.columns))
    for at in free:
        lowest = wants[at].least + low / len(free)
        wants[at] = Want(lowest, max(lowest, wants[at].natural + wide / len(free)))


def _want(place: Place, look: Look, setter: Setter, point: Parts, count: int) -> Want:
    texts = paragraphs(place, look, setter)
    around = sum(look.padding(place, count)) + SLACK
    if texts and on_point(place, look):
        wide = point.before + point.behind + around
        return Want(wide, wide)
    return Want(least(texts) + around, natural(texts, setter) + around)
