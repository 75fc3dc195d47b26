"""Cells of a table: how they are written, and their positions on the grid of rows and columns.

Rows and spans that do not form a complete grid are reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Inset
from brochure.model.block_context import BlockContext
from brochure.spec.constraints import Bounds, Extent, Part, Spanned
from brochure.spec.model import Valign
from brochure.spec.values import (
    BackgroundName,
    ColumnName,
    FactName,
    Length,
    Message,
    Share,
    StyleName,
    WrittenFigure,
)
from brochure.typeset.style import Align, ParagraphStyle


class Natural(Enum):
    """Automatic width, from the content."""

    AUTO = "auto"


class CellAlign(Enum):
    """Alignment of a cell; `point` aligns figures on their decimal point."""

    START = "start"
    END = "end"
    CENTRE = "centre"
    POINT = "point"


class NegativeStyle(Enum):
    """Sign of negative numbers."""

    MINUS = "minus"
    BRACKETS = "brackets"


class CellType(Enum):
    """What the cells of a column from a file are."""

    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell."""

    span: Span
    text: Annotated[Message | None, "text of the cell"] = None
    value: Annotated[WrittenFigure | FactName | None, "a number or a variable, instead of text"] = (
        None
    )
    format: Annotated[
        str | None,
        "number format: percent (27 is printed as 27%), or an ICU number skeleton such as `::.0` (default: from the column)",
    ] = None
    decimals: Annotated[
        int | None,
        Bounds(0, 9),
        "decimal places (default: from the column, or as the number is written)",
    ] = None
    columns: Annotated[Spanned, "number of columns that the cell spans"] = 1
    rows: Annotated[Spanned, "number of rows that the cell spans"] = 1
    align: Annotated[
        CellAlign | None, "alignment: start, end, centre or point (default: from the column)"
    ] = None
    style: Annotated[StyleName | None, "paragraph style (default: from the column)"] = None
    negative: Annotated[
        NegativeStyle | None,
        "negative numbers with minus or in brackets (default: from the column)",
    ] = None
    ground: Annotated[BackgroundName | None, "swatch or gradient behind the cell"] = None
    words: str = ""
    """Text from a file, instead of a message."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column."""

    width: Annotated[
        Extent | Part | Natural,
        "width: a length, a percentage of the table, or auto (from the content)",
    ] = Natural.AUTO
    align: Annotated[
        CellAlign | None, "alignment: start, end, centre, or point (decimal point)"
    ] = None
    style: Annotated[StyleName | None, "paragraph style of its cells (default: from the table)"] = (
        None
    )
    format: Annotated[
        str | None,
        "number format of its figures: percent, or an ICU number skeleton such as `::.0`",
    ] = None
    decimals: Annotated[
        int | None,
        Bounds(0, 9),
        "decimal places of its figures (default: as each is written)",
    ] = None
    negative: Annotated[
        NegativeStyle | None,
        "negative numbers with minus or in brackets (default: minus; as in the file, if there is one)",
    ] = None
    from_: Annotated[
        ColumnName | None,
        "column of the file that the table is read from (default: all, in the order of the file)",
    ] = None
    head: Annotated[
        Message | None, "heading of a column from a file (default: its name in the file)"
    ] = None
    type: Annotated[
        CellType | None,
        "cells of a column from a file: text or number (default: number if all cells are numbers, except years)",
    ] = None
    total: Annotated[
        bool | None,
        "sum of the column in the row of totals (default: yes for numbers, no for percentages)",
    ] = None


Row = tuple[Message | TableCell | None, ...]
"""A row as written in the layout; None is an empty cell."""

ColumnSetting = Length | Share | Natural | TableColumn
"""A column as written in the layout: its width, or its settings."""

COLUMN = TableColumn()


def as_column(setting: ColumnSetting) -> TableColumn:
    """Return the settings of a column that has only a width."""
    return setting if isinstance(setting, TableColumn) else TableColumn(width=setting)


@dataclass(frozen=True, slots=True)
class TableData:
    """Contents of a table: its rows and the settings of its columns; `has_total` is True if the last row is a total."""

    rows: tuple[Row, ...] = ()
    columns: tuple[TableColumn, ...] = ()
    has_total: bool = False


MAX_CELLS = 20_000
"""Cells of one table, about eighty pages of small type."""


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Settings of a table's cells: styles, columns, insets (left is the start side) and numbers of header rows and columns."""

    style: ParagraphStyle
    head_style: ParagraphStyle
    columns: tuple[TableColumn, ...]
    inset: Inset
    flush: bool
    valign: Valign
    head: int
    row_heads: int

    def column(self, index: int) -> TableColumn:
        """Return the settings of a column."""
        return self.columns[index] if index < len(self.columns) else COLUMN

    def padding(self, place: CellPlacement, count: int) -> tuple[float, float]:
        """Return the start and end insets of a cell in a table of `count` columns."""
        first, last = place.column == 0, place.column + place.across == count
        return (
            0.0 if self.flush and first else self.inset.left,
            0.0 if self.flush and last else self.inset.right,
        )


@dataclass(frozen=True, slots=True)
class CellPlacement:
    """A cell on the grid: first row and column, from 0, and spans; `heads` is True for header cells."""

    cell: TableCell
    row: int
    column: int
    across: int
    down: int
    heads: bool

    @property
    def rows(self) -> range:
        """The rows that it occupies."""
        return range(self.row, self.row + self.down)

    @property
    def columns(self) -> range:
        """The columns that it occupies."""
        return range(self.column, self.column + self.across)


def place_cells(
    rows: Sequence[Row], look: TableStyle, context: BlockContext, span: Span
) -> tuple[CellPlacement, ...]:
    """Return every cell with its position, row by row.

    Report a table that is too large or whose rows form no grid, and return nothing.
    """
    count = sum(map(len, rows))
    if count > MAX_CELLS:
        what = f"the table has {count:,} cells; the maximum is {MAX_CELLS:,}"
        context.note("table-size", what, span, "divide it into several tables")
        return ()
    taken: set[tuple[int, int]] = set()
    placed: list[CellPlacement] = []
    for index, row in enumerate(rows):
        end = look.head if index < look.head <= len(rows) else len(rows)
        for place in _row_places(row, index, taken, look, span):
            if place.row + place.down > end:
                what = "a cell spans more rows than there are"
                context.note(
                    "table-span",
                    what,
                    place.cell.span,
                    "a span cannot leave the header rows or the table",
                )
                return ()
            placed.append(place)
    return tuple(placed) if _has_equal_rows(rows, taken, look, context, span) else ()


def _row_places(
    row: Row, index: int, taken: set[tuple[int, int]], look: TableStyle, span: Span
) -> Iterator[CellPlacement]:
    column = 0
    for content in row:
        while (index, column) in taken:
            column += 1
        cell = _cell(content, span)
        across, down = max(1, cell.columns), max(1, cell.rows)
        place = CellPlacement(
            cell, index, column, across, down, index < look.head or column < look.row_heads
        )
        taken.update((y, x) for y in place.rows for x in place.columns)
        yield place
        column += across


def _cell(content: Message | TableCell | None, span: Span) -> TableCell:
    if isinstance(content, TableCell):
        return content
    return TableCell(content.span if content else span, content)


def _has_equal_rows(
    rows: Sequence[Row],
    taken: set[tuple[int, int]],
    look: TableStyle,
    context: BlockContext,
    span: Span,
) -> bool:
    """Return True if all rows have the same number of columns; report those that differ."""
    count = len(look.columns) or max((column + 1 for _, column in taken), default=0)
    counts = Counter(row for row, _ in taken)
    is_complete = True
    for index, row in enumerate(rows):
        has = counts[index]
        if has != count:
            place = next((cell.span for cell in row if cell is not None), span)
            what = f"row {index + 1} has {has} columns; the table has {count}"
            context.note("table-row", what, place, "write none for an empty cell")
            is_complete = False
    return is_complete and count > 0


def count_columns(placed: Sequence[CellPlacement]) -> int:
    """Return the number of columns that the cells occupy."""
    return max((place.column + place.across for place in placed), default=0)


# Styles of cells


def cell_style(place: CellPlacement, look: TableStyle, context: BlockContext) -> ParagraphStyle:
    """Return the style of a cell: its own, its column's or the table's, with its alignment."""
    column = look.column(place.column)
    style_name = place.cell.style or (None if place.heads else column.style)
    style = (
        context.style(style_name, "cell")
        if style_name
        else look.head_style
        if place.heads
        else look.style
    )
    return _aligned(style, cell_align(place, look))


def cell_align(place: CellPlacement, look: TableStyle) -> CellAlign | None:
    """Return the alignment of a cell; headers and spanning cells over decimal-aligned columns align at the end."""
    if place.cell.align:
        return place.cell.align
    align = look.column(place.column).align
    is_over_figures = align is CellAlign.POINT and (place.row < look.head or place.across > 1)
    return CellAlign.END if is_over_figures else align


def _aligned(style: ParagraphStyle, align: CellAlign | None) -> ParagraphStyle:
    if align is None:
        return style
    text_align = Align.LEFT if align is CellAlign.POINT else Align(align.value)
    return replace(style, align=text_align)
