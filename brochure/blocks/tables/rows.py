"""Table rows: cells on a common first baseline, with backgrounds and rules; rows joined by a spanning cell form one box."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from math import fsum

from brochure.blocks.tables.cell_text import is_decimal_aligned, prepare_cell, split_figure
from brochure.blocks.tables.cells import CellPlacement, TableStyle
from brochure.blocks.tables.column_widths import ColumnWidths
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import (
    Item,
    Outline,
    Path,
    Stroke,
    Tag,
    Traits,
    outline_rect,
    vacant,
)
from brochure.model.galley import GalleyBox, move_item
from brochure.model.paragraph_box import stack
from brochure.spec.model import Valign

SHARES = {Valign.TOP: 0.0, Valign.MIDDLE: 0.5, Valign.BOTTOM: 1.0}


@dataclass(frozen=True, slots=True)
class SetCell:
    """A typeset cell: its content, inset from the left edge of its column, and the cap height of its first line in points."""

    place: CellPlacement
    content: GalleyBox
    capitals: float


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stay together: first row, cells, row heights, and each row's greatest cap height of a first line, in points."""

    first: int
    cells: tuple[SetCell, ...]
    heights: tuple[float, ...]
    capitals: Mapping[int, float]

    @property
    def edges(self) -> tuple[float, ...]:
        """Edges of the rows, as distances below the top."""
        return tuple(accumulate(self.heights, initial=0.0))


@dataclass(frozen=True, slots=True)
class TableLines:
    """Rules of a group: top, between rows, bottom, and below spanning header cells; None for no rule."""

    top: Stroke | None = None
    between: Stroke | None = None
    foot: Stroke | None = None
    below_heads: Stroke | None = None


@dataclass(frozen=True, slots=True)
class RowTints:
    """Background of a group's rows, and the context that resolves the backgrounds of cells."""

    rows: Paint | None
    context: BlockContext


@dataclass(frozen=True, slots=True)
class TableFrame:
    """Position of the table in its column: left edge, column widths and direction."""

    left: float
    columns: ColumnWidths
    left_to_right: bool

    def across(self, first: int, last: int) -> tuple[float, float]:
        """Return the left and right edges of the columns from `first` up to, not including, `last`."""
        edges = self.columns.edges
        if self.left_to_right:
            return self.left + edges[first], self.left + edges[last]
        return self.left + edges[-1] - edges[last], self.left + edges[-1] - edges[first]


# Typesetting the cells


def group_rows(
    placed: Sequence[CellPlacement], look: TableStyle, context: BlockContext, columns: ColumnWidths
) -> Iterator[Group]:
    """Yield groups of rows that no spanning cell crosses; header rows form one group."""
    rows = max(place.rows.stop for place in placed)
    by_row: list[list[CellPlacement]] = [[] for _ in range(rows)]
    for place in placed:
        by_row[place.row].append(place)
    crossed = {edge for place in placed for edge in place.rows[1:]}
    first = 0
    row_contexts = [context.within("TR") for _ in range(rows)]
    for end in range(1, rows + 1):
        if end in crossed or end < min(look.head, rows):
            continue
        inside = chain.from_iterable(by_row[first:end])
        cells = tuple(_set_cell(place, look, row_contexts[place.row], columns) for place in inside)
        capitals = _capitals(cells)
        yield Group(first, cells, _heights(first, end, cells, capitals, look), capitals)
        first = end


def _set_cell(
    place: CellPlacement, look: TableStyle, context: BlockContext, columns: ColumnWidths
) -> SetCell:
    """Typeset a cell at its width; figures are shifted to align on their decimal point."""
    edges = columns.edges
    start, end = look.padding(place, len(columns.widths))
    width = max(0.0, edges[place.columns.stop] - edges[place.column] - start - end)
    within = context.within("TH" if place.heads else "TD", _traits(place, look)).narrowed(width)
    texts = prepare_cell(place, look, within)
    if not texts:
        cell = Tag(within.path, traits=within.traits)
        return SetCell(place, GalleyBox(width, 0.0, (vacant(cell),)), 0.0)
    story = within.story(place.cell.text) if place.cell.text else None
    content = stack([within.set_paragraph(text, within.tag("P"), story) for text in texts], width)
    capitals = within.cap_height(texts[0].style.type)
    left = start if context.edition.left_to_right else end
    if is_decimal_aligned(place, look):
        point, own = columns.points[place.column], split_figure(texts, within)
        shift = width - point.before - point.after if context.edition.left_to_right else 0.0
        left += shift + point.before - own.before
    items = tuple(move_item(item, left, 0.0) for item in content.items)
    return SetCell(place, GalleyBox(width, content.height, items), capitals)


def _traits(place: CellPlacement, look: TableStyle) -> Traits:
    """Return the structure attributes of a cell: Scope, ColSpan and RowSpan."""
    traits: list[tuple[str, str]] = []
    if place.heads:
        traits.append(("Scope", "Column" if place.row < look.head else "Row"))
    if place.across > 1:
        traits.append(("ColSpan", str(place.across)))
    if place.down > 1:
        traits.append(("RowSpan", str(place.down)))
    return tuple(traits)


def _heights(
    first: int,
    end: int,
    cells: Sequence[SetCell],
    capitals: Mapping[int, float],
    look: TableStyle,
) -> tuple[float, ...]:
    """Return the heights of the rows; the excess of a spanning cell is divided equally among its rows."""
    around = look.inset.top + look.inset.bottom
    heights = [around] * (end - first)
    for cell in cells:
        if cell.place.down == 1:
            row = cell.place.row
            height = capitals[row] - cell.capitals + cell.content.height + around
            heights[row - first] = max(heights[row - first], height)
    for cell in cells:
        own = range(cell.place.row - first, cell.place.rows.stop - first)
        excess = cell.content.height + around - fsum(heights[index] for index in own)
        for index in own:
            heights[index] += max(0.0, excess) / len(own)
    return tuple(heights)


def _capitals(cells: Sequence[SetCell]) -> dict[int, float]:
    """Return the greatest cap height of the first lines in each row."""
    found: dict[int, float] = {}
    for cell in cells:
        found[cell.place.row] = max(found.get(cell.place.row, 0.0), cell.capitals)
    return found


# Assembling the box


def group_slab(
    group: Group, look: TableStyle, frame: TableFrame, tints: RowTints, lines: TableLines
) -> GalleyBox:
    """Return the group as one box: backgrounds, then text, then rules."""
    edges = group.edges
    items: list[Item] = [*_tints(group, frame, tints)]
    for cell in group.cells:
        left, _ = frame.across(cell.place.column, cell.place.columns.stop)
        down = _vertical_offset(cell, group, edges, look)
        items.extend(move_item(item, left, -down) for item in cell.content.items)
    items.extend(_rules(group, look, frame, lines))
    return GalleyBox(frame.across(0, len(frame.columns.widths))[1], edges[-1], tuple(items))


def _vertical_offset(
    cell: SetCell, group: Group, edges: Sequence[float], look: TableStyle
) -> float:
    """Return the distance from the group's top to the cell's content."""
    place = cell.place
    top, foot = edges[place.row - group.first], edges[place.rows.stop - group.first]
    above = look.inset.top + group.capitals[place.row] - cell.capitals
    valign = Valign.BOTTOM if place.row < look.head else look.valign
    spare = foot - top - above - cell.content.height - look.inset.bottom
    return top + above + max(0.0, spare) * SHARES[valign]


def _tints(group: Group, frame: TableFrame, tints: RowTints) -> Iterator[Path]:
    if tints.rows:
        left, right = frame.across(0, len(frame.columns.widths))
        height = group.edges[-1]
        yield Path((outline_rect(Rect(left, -height, right - left, height)),), fill=tints.rows)
    edges = group.edges
    for cell in group.cells:
        paint = tints.context.paint(cell.place.cell.ground)
        if paint:
            yield Path((outline_rect(_cell_rect(cell.place, group, edges, frame)),), fill=paint)


def _cell_rect(
    place: CellPlacement, group: Group, edges: Sequence[float], frame: TableFrame
) -> Rect:
    left, right = frame.across(place.column, place.columns.stop)
    top = edges[place.row - group.first]
    foot = edges[place.rows.stop - group.first]
    return Rect(left, -foot, right - left, foot - top)


# Rules


def _rules(group: Group, look: TableStyle, frame: TableFrame, lines: TableLines) -> Iterator[Path]:
    count = len(frame.columns.widths)
    edges = group.edges
    if lines.top:
        yield _rule(frame.across(0, count), 0.0, lines.top)
    crossed = _crossed_columns(group) if lines.between else {}
    ending = _spans_by_end(group) if lines.below_heads else {}
    for index, y in enumerate(edges[1:-1], group.first + 1):
        if lines.between:
            for first, last in _uncrossed(crossed.get(index, ()), count):
                yield _rule(frame.across(first, last), -y, lines.between)
        if lines.below_heads:
            yield from _below_spans(ending.get(index, ()), look, frame, -y, lines.below_heads)
    if lines.foot:
        yield _rule(frame.across(0, count), -edges[-1], lines.foot)


def _crossed_columns(group: Group) -> dict[int, set[int]]:
    """Return the columns in which a spanning cell crosses the upper edge of a row, by row."""
    crossed: dict[int, set[int]] = {}
    for cell in group.cells:
        for row in cell.place.rows[1:]:
            crossed.setdefault(row, set()).update(cell.place.columns)
    return crossed


def _uncrossed(crossed: Collection[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of columns that are not crossed."""
    start = 0
    for index in range(count + 1):
        if index == count or index in crossed:
            if index > start:
                yield start, index
            start = index + 1


def _spans_by_end(group: Group) -> dict[int, list[CellPlacement]]:
    """Return the cells that span several columns, by the row below them."""
    ending: dict[int, list[CellPlacement]] = {}
    for cell in group.cells:
        if cell.place.across > 1:
            ending.setdefault(cell.place.rows.stop, []).append(cell.place)
    return ending


def _below_spans(
    places: Iterable[CellPlacement], look: TableStyle, frame: TableFrame, y: float, stroke: Stroke
) -> Iterator[Path]:
    """Draw a rule below each spanning header cell, as wide as its text area."""
    for place in places:
        left, right = frame.across(place.column, place.columns.stop)
        start, end = look.padding(place, len(frame.columns.widths))
        if not frame.left_to_right:
            start, end = end, start
        yield _rule((left + start, right - end), y, stroke)


def _rule(ends: tuple[float, float], y: float, stroke: Stroke) -> Path:
    return Path((Outline((ends[0], y), ((ends[1], y),), closed=False),), stroke=stroke)
