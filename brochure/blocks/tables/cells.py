"""The cells of a table: how they are written, and where each stands on the grid of rows and columns.

Takes the rows of a table; gives `CellPlacement`s, cells with their row, column and spans, and findings where rows and spans do
not make a whole grid. Stands behind `table`, before widths are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Inset
from brochure.model.block_context import BlockContext
from brochure.spec.constraints import Extent, Part, Spanned
from brochure.spec.model import Valign
from brochure.spec.values import FactName, Message, StyleName, SwatchName
from brochure.typeset.style import Align, ParagraphStyle


class Natural(Enum):
    """As wide as what is in it asks for."""

    AUTO = "auto"


class CellAlign(Enum):
    """How words stand in a cell; figures by their decimal point."""

    START = "start"
    END = "end"
    CENTRE = "centre"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell that says more than which message it holds."""

    span: Span
    text: Annotated[Message | None, "its words"] = None
    value: Annotated[float | FactName | None, "a number or a fact, in place of words"] = None
    format: Annotated[
        str, "the form of the figure: percent, or a skeleton of ICU such as `::.0`"
    ] = ""
    columns: Annotated[Spanned, "how many columns it spans"] = 1
    rows: Annotated[Spanned, "how many rows it spans"] = 1
    align: Annotated[CellAlign | None, "as its column unless told"] = None
    style: Annotated[StyleName | None, "as its column unless told"] = None
    ground: Annotated[SwatchName | None, "a tint behind it"] = None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column."""

    width: Annotated[
        Extent | Part | Natural, "a length, a share of the table, or auto: by what is in it"
    ] = Natural.AUTO
    align: Annotated[CellAlign | None, "start, end, centre, or point for figures"] = None
    style: Annotated[StyleName | None, "the style of its cells; the table's unless told"] = None


Row = tuple[Message | TableCell | None, ...]
"""A row as it is written; None is an empty cell."""

COLUMN = TableColumn()


@dataclass(frozen=True, slots=True)
class TableStyle:
    """What a table's cells look like: styles, columns, insets (left is where lines begin), and which cells are heads."""

    style: ParagraphStyle
    head_style: ParagraphStyle
    columns: tuple[TableColumn, ...]
    inset: Inset
    flush: bool
    valign: Valign
    head: int
    row_heads: int

    def column(self, at: int) -> TableColumn:
        """What is said about a column."""
        return self.columns[at] if at < len(self.columns) else COLUMN

    def padding(self, place: CellPlacement, count: int) -> tuple[float, float]:
        """The insets of a cell where its lines begin and end, in a table of so many columns."""
        first, last = place.column == 0, place.column + place.across == count
        return (
            0.0 if self.flush and first else self.inset.left,
            0.0 if self.flush and last else self.inset.right,
        )


@dataclass(frozen=True, slots=True)
class CellPlacement:
    """A cell on the grid: its first row and column, from 0, and how many it takes; `heads` says that it is a head."""

    cell: TableCell
    row: int
    column: int
    across: int
    down: int
    heads: bool

    @property
    def rows(self) -> range:
        """The rows that it takes."""
        return range(self.row, self.row + self.down)

    @property
    def columns(self) -> range:
        """The columns that it takes."""
        return range(self.column, self.column + self.across)


def places(
    rows: Sequence[Row], look: TableStyle, context: BlockContext, span: Span
) -> tuple[CellPlacement, ...]:
    """Every cell at its place, row by row; empty where the rows make no grid, and that is noted."""
    taken: set[tuple[int, int]] = set()
    found: list[CellPlacement] = []
    for at, row in enumerate(rows):
        end = look.head if at < look.head <= len(rows) else len(rows)
        for place in _row_places(row, at, taken, look, span):
            if place.row + place.down > end:
                what = "a cell spans rows that are not there"
                context.note("table-span", what, place.cell.span, "heads and body are apart")
                return ()
            found.append(place)
    return tuple(found) if _whole(rows, taken, look, context, span) else ()


def _row_places(
    row: Row, at: int, taken: set[tuple[int, int]], look: TableStyle, span: Span
) -> Iterator[CellPlacement]:
    column = 0
    for written in row:
        while (at, column) in taken:
            column += 1
        cell = _cell(written, span)
        across, down = max(1, cell.columns), max(1, cell.rows)
        place = CellPlacement(
            cell, at, column, across, down, at < look.head or column < look.row_heads
        )
        taken.update((y, x) for y in place.rows for x in place.columns)
        yield place
        column += across


def _cell(written: Message | TableCell | None, span: Span) -> TableCell:
    if isinstance(written, TableCell):
        return written
    return TableCell(written.span if written else span, written)


def _whole(
    rows: Sequence[Row],
    taken: set[tuple[int, int]],
    look: TableStyle,
    context: BlockContext,
    span: Span,
) -> bool:
    """Whether every row has the same columns; says which has not."""
    count = len(look.columns) or max((column + 1 for _, column in taken), default=0)
    whole = True
    for at, row in enumerate(rows):
        has = sum(1 for y, _ in taken if y == at)
        if has != count:
            place = next((cell.span for cell in row if cell is not None), span)
            what = f"row {at + 1} of the table takes {has} columns, where there are {count}"
            context.note("table-row", what, place, "write none for an empty cell")
            whole = False
    return whole and count > 0


def count_columns(placed: Sequence[CellPlacement]) -> int:
    """How many columns the placed cells take."""
    return max((place.column + place.across for place in placed), default=0)


# What stands in a cell


def style_of(place: CellPlacement, look: TableStyle, context: BlockContext) -> ParagraphStyle:
    """The style of a cell: its own, its column's, else the table's, aligned as told."""
    column = look.column(place.column)
    named = place.cell.style or (None if place.heads else column.style)
    style = (
        context.style(named, "cell") if named else look.head_style if place.heads else look.style
    )
    return _aligned(style, align_of(place, look))


def align_of(place: CellPlacement, look: TableStyle) -> CellAlign | None:
    """How a cell's words stand; a head over figures, and words that span columns of them, end where they end."""
    if place.cell.align:
        return place.cell.align
    align = look.column(place.column).align
    heads_figures = align is CellAlign.POINT and (place.row < look.head or place.across > 1)
    return CellAlign.END if heads_figures else align


def _aligned(style: ParagraphStyle, align: CellAlign | None) -> ParagraphStyle:
    if align is None:
        return style
    wanted = Align.LEFT if align is CellAlign.POINT else Align(align.value)
    return replace(style, align=wanted)
