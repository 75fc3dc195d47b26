"""Rows of a table, set: cells side by side on one first baseline, rows that a cell spans in one piece.

Takes placed cells and the columns' widths; gives a `Slab` for each group of rows that cannot be parted, with its tints and
rules. Stands between the widths of a table and the galley that it becomes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from brochure.blocks.tables.cell_text import on_point, paragraphs, parts
from brochure.blocks.tables.cells import CellPlacement, TableStyle
from brochure.blocks.tables.column_widths import ColumnWidths
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext, stacked
from brochure.model.display_list import Item, Outline, Path, Stroke, Tag, Traits, box, vacant
from brochure.model.galley import Slab, moved
from brochure.spec.model import Valign

SHARES = {Valign.TOP: 0.0, Valign.MIDDLE: 0.5, Valign.BOTTOM: 1.0}


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell, set: its matter, in from its column's left by its inset, and how high the capitals of its first line are."""

    place: CellPlacement
    matter: Slab
    capitals: float


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stay together: their cells and their heights, from the first of them downwards."""

    first: int
    cells: tuple[SetCell, ...]
    heights: tuple[float, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """How far below the top each row begins, and the last one ends."""
        return tuple(accumulate(self.heights, initial=0.0))


@dataclass(frozen=True, slots=True)
class TableLines:
    """The rules of a group: at its top, between its rows, at its foot, below spanning heads; None is none."""

    top: Stroke | None = None
    between: Stroke | None = None
    foot: Stroke | None = None
    below_heads: Stroke | None = None


@dataclass(frozen=True, slots=True)
class RowTints:
    """The tints of a group's rows, and how a cell's own tint is found."""

    rows: Paint | None
    context: BlockContext


@dataclass(frozen=True, slots=True)
class TableFrame:
    """Where the table stands in its column: its left edge, its columns, and whether they are mirrored."""

    left: float
    columns: ColumnWidths
    left_to_right: bool

    def across(self, first: int, last: int) -> tuple[float, float]:
        """The left and the right edge of columns `first` up to, not including, `last`."""
        edges = self.columns.edges
        if self.left_to_right:
            return self.left + edges[first], self.left + edges[last]
        return self.left + edges[-1] - edges[last], self.left + edges[-1] - edges[first]


# Setting the cells


def groups(
    placed: Sequence[CellPlacement], look: TableStyle, context: BlockContext, columns: ColumnWidths
) -> Iterator[Group]:
    """The rows in groups that no spanning cell crosses; the head's rows are one group."""
    rows = max(place.row + place.down for place in placed)
    first = 0
    rows_setters = [context.within("TR") for _ in range(rows)]
    for end in range(1, rows + 1):
        crossed = any(place.row < end < place.row + place.down for place in placed)
        if crossed or end < min(look.head, rows):
            continue
        inside = [place for place in placed if first <= place.row < end]
        cells = tuple(_set(place, look, rows_setters[place.row], columns) for place in inside)
        yield Group(first, cells, _heights(first, end, cells, look))
        first = end


def _set(
    place: CellPlacement, look: TableStyle, context: BlockContext, columns: ColumnWidths
) -> SetCell:
    """The cell's matter at its width, figures moved to their point."""
    edges = columns.edges
    start, end = look.padding(place, len(columns.widths))
    width = max(0.0, edges[place.columns.stop] - edges[place.column] - start - end)
    within = context.within("TH" if place.heads else "TD", _traits(place, look)).narrowed(width)
    texts = paragraphs(place, look, within)
    if not texts:
        cell = Tag(within.path, traits=within.traits)
        return SetCell(place, Slab(width, 0.0, (vacant(cell),)), 0.0)
    story = within.story(place.cell.text) if place.cell.text else None
    matter = stacked([within.set(text, within.tag("P"), story) for text in texts], width)
    capitals = within.cap_height(texts[0].style.type)
    left = start if context.edition.left_to_right else end
    if on_point(place, look):
        point, own = columns.points[place.column], parts(texts, within)
        shift = width - point.before - point.behind if context.edition.left_to_right else 0.0
        left += shift + point.before - own.before
    items = tuple(moved(item, left, 0.0) for item in matter.items)
    return SetCell(place, Slab(width, matter.height, items), capitals)


def _traits(place: CellPlacement, look: TableStyle) -> Traits:
    """What a reader aloud must know of a cell: what it heads, and what it spans."""
    said: list[tuple[str, str]] = []
    if place.heads:
        said.append(("Scope", "Column" if place.row < look.head else "Row"))
    if place.across > 1:
        said.append(("ColSpan", str(place.across)))
    if place.down > 1:
        said.append(("RowSpan", str(place.down)))
    return tuple(said)


def _heights(first: int, end: int, cells: Sequence[SetCell], look: TableStyle) -> tuple[float, ...]:
    """The rows' heights: of their tallest cell; what a spanning cell lacks is shared by its rows alike."""
    around = look.inset.top + look.inset.bottom
    heights = [around] * (end - first)
    for at in range(first, end):
        capitals = _capitals(cells, at)
        for cell in cells:
            if cell.place.rows == range(at, at + 1):
                tall = capitals - cell.capitals + cell.matter.height + around
                heights[at - first] = max(heights[at - first], tall)
    for cell in cells:
        own = range(cell.place.row - first, cell.place.rows.stop - first)
        lack = cell.matter.height + around - sum(heights[at] for at in own)
        for at in own:
            heights[at] += max(0.0, lack) / len(own)
    return tuple(heights)


def _capitals(cells: Sequence[SetCell], row: int) -> float:
    """How high the highest capitals of the first lines in a row are."""
    return max((cell.capitals for cell in cells if cell.place.row == row), default=0.0)


# From cells to a slab


def slab(
    group: Group, look: TableStyle, frame: TableFrame, tints: RowTints, lines: TableLines
) -> Slab:
    """The group as one piece: tints beneath, then words, then rules."""
    edges = group.edges
    items: list[Item] = [*_tints(group, frame, tints)]
    for cell in group.cells:
        left, _ = frame.across(cell.place.column, cell.place.columns.stop)
        down = _down(cell, group, look)
        items.extend(moved(item, left, -down) for item in cell.matter.items)
    items.extend(_rules(group, look, frame, lines))
    return Slab(frame.across(0, len(frame.columns.widths))[1], edges[-1], tuple(items))


def _down(cell: SetCell, group: Group, look: TableStyle) -> float:
    """How far below the group's top the cell's matter begins."""
    place, edges = cell.place, group.edges
    top, foot = edges[place.row - group.first], edges[place.rows.stop - group.first]
    above = look.inset.top + _capitals(group.cells, place.row) - cell.capitals
    valign = Valign.BOTTOM if place.row < look.head else look.valign
    spare = foot - top - above - cell.matter.height - look.inset.bottom
    return top + above + max(0.0, spare) * SHARES[valign]


def _tints(group: Group, frame: TableFrame, tints: RowTints) -> Iterator[Path]:
    if tints.rows:
        left, right = frame.across(0, len(frame.columns.widths))
        height = group.edges[-1]
        yield Path((box(Rect(left, -height, right - left, height)),), fill=tints.rows)
    for cell in group.cells:
        paint = tints.context.paint(cell.place.cell.ground)
        if paint:
            yield Path((box(_box(cell.place, group, frame)),), fill=paint)


def _box(place: CellPlacement, group: Group, frame: TableFrame) -> Rect:
    left, right = frame.across(place.column, place.columns.stop)
    top = group.edges[place.row - group.first]
    foot = group.edges[place.rows.stop - group.first]
    return Rect(left, -foot, right - left, foot - top)


# Rules


def _rules(group: Group, look: TableStyle, frame: TableFrame, lines: TableLines) -> Iterator[Path]:
    count = len(frame.columns.widths)
    edges = group.edges
    if lines.top:
        yield _rule(frame.across(0, count), 0.0, lines.top)
    for at, y in enumerate(edges[1:-1], group.first + 1):
        if lines.between:
            for first, last in _uncrossed(group, at, count):
                yield _rule(frame.across(first, last), -y, lines.between)
        if lines.below_heads:
            yield from _below_spans(group, look, frame, at, lines.below_heads)
    if lines.foot:
        yield _rule(frame.across(0, count), -edges[-1], lines.foot)


def _uncrossed(group: Group, row: int, count: int) -> Iterator[tuple[int, int]]:
    """The stretches of columns in which no cell crosses the upper edge of a row."""
    crossed = {
        column
        for cell in group.cells
        if cell.place.row < row < cell.place.rows.stop
        for column in cell.place.columns
    }
    start = 0
    for at in range(count + 1):
        if at == count or at in crossed:
            if at > start:
                yield start, at
            start = at + 1


def _below_spans(
    group: Group, look: TableStyle, frame: TableFrame, row: int, stroke: Stroke
) -> Iterator[Path]:
    """A rule below each head over several columns, as long as what it heads."""
    for cell in group.cells:
        place = cell.place
        if place.across > 1 and place.rows.stop == row:
            left, right = frame.across(place.column, place.columns.stop)
            start, end = look.padding(place, len(frame.columns.widths))
            if not frame.left_to_right:
                start, end = end, start
            y = -group.edges[row - group.first]
            yield _rule((left + start, right - end), y, stroke)


def _rule(ends: tuple[float, float], y: float, stroke: Stroke) -> Path:
    return Path((Outline((ends[0], y), ((ends[1], y),), closed=False),), stroke=stroke)
