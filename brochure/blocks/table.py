"""Table: text and figures in rows and columns.

Rows are lists of cells. The first `head` rows are header rows and repeat when the table continues in another column or
frame. A cell is a message, `none` for an empty cell, or a mapping: the `value` of a variable with its `format`, and the
`columns` and `rows` that the cell spans. Column widths are fixed, or computed from the content. With `align: point` figures
align on their decimal point. A table breaks between rows, never within a row.

`table: {from: finance.csv}` prints a CSV, TSV or XLSX file of the assets folder, whose first row names the columns. Columns of
numbers are formatted in the language of the edition and align on their decimal point. `columns` chooses and formats columns of
the file, `labels` replaces its texts by messages, `where`, `sort` and `limit` choose rows, and `total` adds sums.

Example:
    - table:
        - [work.country, work.rescued, work.share]
        - [work.cambodia, {value: rescued}, {value: share, format: percent}]
        - [work.total, {text: work.unknown, columns: 2}]
      columns: [40%, {align: point}, {align: point}]
      rules: [top, head, foot]
      caption: work.caption
      source: work.source

    - table:
        from: finance.csv
        labels: {Grants: finance.grants, Shops: finance.shops}
        sort: {by: "2025", order: descending}
        total: finance.total
      columns:
        - {from: Income, head: finance.income, width: 50%}
        - {from: "2025", decimals: 1, negative: brackets}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.blocks.tables.cells import (
    Natural,
    Row,
    TableColumn,
    TableData,
    TableStyle,
    as_column,
    place_cells,
)
from brochure.blocks.tables.column_widths import ColumnWidths, measure_columns
from brochure.blocks.tables.rows import (
    Group,
    RowTints,
    TableFrame,
    TableLines,
    group_rows,
    group_slab,
)
from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Inset
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.model.galley import Galley, GalleyBox, as_artifact
from brochure.spec.constraints import Distance, Extent, Heads, Part
from brochure.spec.data import TableSource
from brochure.spec.edges import Insets
from brochure.spec.model import Valign
from brochure.spec.values import BackgroundName, Length, Message, Share, StyleName, SwatchName
from brochure.typeset.style import Align


class TableRule(Enum):
    """Positions of rules: top of the table, below the header rows, between rows, bottom of the table."""

    TOP = "top"
    HEAD = "head"
    ROWS = "rows"
    FOOT = "foot"


INSETS = Insets(Length(ems=0.5), Length(ems=0.5), Length(ems=0.6), Length(ems=0.6))


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    span: Span
    rows: Annotated[
        tuple[Row, ...] | TableSource, "rows, each a list of cells; or a file, with `from`"
    ]
    head: Annotated[Heads, "number of header rows"] = 1
    columns: Annotated[
        tuple[Length | Share | Natural | TableColumn, ...],
        "column widths: lengths, percentages of the table or auto; or mappings with width, align, style and formats",
    ] = ()
    width: Annotated[
        Extent | Part | Natural, "width of the table: a length, a percentage of the column, or auto"
    ] = Share(1.0)
    row_heads: Annotated[Heads, "number of header cells at the start of each row"] = 0
    align: Annotated[Align, "position in the column: start, centre or end"] = Align.START
    rules: Annotated[
        tuple[TableRule, ...] | None, "positions of rules: top, head, rows, foot; or none"
    ] = (
        TableRule.TOP,
        TableRule.HEAD,
        TableRule.FOOT,
    )
    thickness: Annotated[Distance, "line weight of the rules at top, head and foot"] = Length(0.6)
    hairline: Annotated[
        Distance, "line weight of the rules between rows and below spanning header cells"
    ] = Length(0.25)
    colour: Annotated[SwatchName | None, "swatch of the rules (default: black)"] = None
    zebra: Annotated[BackgroundName | None, "swatch or gradient behind every other row"] = None
    head_ground: Annotated[BackgroundName | None, "swatch or gradient behind the header rows"] = (
        None
    )
    inset: Annotated[Distance | Insets, "distance from the cell edges to the text"] = INSETS
    flush: Annotated[
        bool | None,
        "align the outer text with the edges of the table (default: yes, unless rows have a background)",
    ] = None
    valign: Annotated[Valign, "vertical alignment of cells; header cells align at the bottom"] = (
        Valign.TOP
    )
    style: Annotated[StyleName | None, "paragraph style of the cells (default: `cell`)"] = None
    head_style: Annotated[
        StyleName | None, "paragraph style of header cells (default: `head-cell`)"
    ] = None
    total_style: Annotated[
        StyleName | None, "paragraph style of the row of totals (default: `head-cell`)"
    ] = None
    caption: Annotated[Message | None, "caption above the table"] = None
    source: Annotated[Message | None, "source of the figures, below the table"] = None
    caption_style: Annotated[
        StyleName | None, "paragraph style of the caption (default: `caption`)"
    ] = None
    source_style: Annotated[
        StyleName | None, "paragraph style of the source (default: `source`)"
    ] = None
    space_before: Annotated[Distance, "space above"] = Length(lines=1)
    space_after: Annotated[Distance, "space below"] = Length(lines=1)


GAP = 0.8
"""Gap between caption, table and source, in ems of the caption or source."""

TOLERANCE = 0.05
"""Rounding tolerance before a table counts as too wide, in points."""


def galley(block: Table, context: BlockContext) -> Galley:
    """Typeset each row, or rows joined by a spanning cell, as a box; header, caption and source stay with their rows."""
    inside = context.within("Table")
    data = _read_rows(block, context)
    look = _table_style(block, data, context)
    placed = place_cells(data.rows, look, context, block.span)
    if not placed:
        return ()
    columns = measure_columns(placed, look, context, _table_width(block, context))
    _note_too_wide(block, context, columns)
    spare = max(0.0, context.measure - columns.edges[-1])
    frame = TableFrame(context.left(block.align, spare), columns, context.edition.left_to_right)
    caption = _caption_slab((block.caption, "Caption"), block.caption_style, "caption", inside)
    groups = tuple(group_rows(placed, look, inside, columns))
    rows = _rows(block, inside, look, frame, groups, has_total=data.has_total)
    source = _caption_slab((block.source, "P"), block.source_style, "source", context)
    return _joined(block, context, caption, rows, source)


def _read_rows(block: Table, context: BlockContext) -> TableData:
    """Return the rows and columns of the layout, or those of a file."""
    if isinstance(block.rows, TableSource):
        # Imported here: most tables are in the layout.
        from brochure.blocks.tables.data_table import read_table_data

        total_style = block.total_style or block.head_style or StyleName("head-cell", block.span)
        has_head = block.head > 0
        return read_table_data(block.rows, block.columns, total_style, context, has_head=has_head)
    columns = tuple(map(as_column, block.columns))
    for one in columns:
        if one.from_:
            message = "a table whose rows are in the layout has no columns of a file"
            hint = "remove 'from', or write table: {from: a CSV, TSV or XLSX file}"
            context.note("data-column", message, one.from_.span, hint)
    return TableData(block.rows, columns)


def _table_style(block: Table, data: TableData, context: BlockContext) -> TableStyle:
    """Resolve the cell settings of the block to points and styles."""
    style = context.style(block.style, "cell")
    has_tint = bool(block.zebra or block.head_ground)
    return TableStyle(
        style,
        context.style(block.head_style, "head-cell"),
        data.columns,
        _inset(block.inset, context, style.type.size),
        not has_tint if block.flush is None else block.flush,
        block.valign,
        _count_head_rows(block, data),
        block.row_heads,
    )


def _count_head_rows(block: Table, data: TableData) -> int:
    """Return the number of header rows; a table from a file has one at most."""
    most = 1 if isinstance(block.rows, TableSource) else len(data.rows)
    return min(max(0, block.head), most)


def _inset(inset: Length | Insets, context: BlockContext, em: float) -> Inset:
    if isinstance(inset, Length):
        around = context.points(inset, em)
        return Inset(around, around, around, around)
    top, bottom = context.points(inset.top, em), context.points(inset.bottom, em)
    return Inset(top, context.points(inset.end, em), bottom, context.points(inset.start, em))


def _table_width(block: Table, context: BlockContext) -> float | None:
    """Return the width of the table in points; None for `width: auto`."""
    if isinstance(block.width, Natural):
        return None
    if isinstance(block.width, Share):
        return context.measure * block.width.fraction
    return context.points(block.width)


def _note_too_wide(block: Table, context: BlockContext, columns: ColumnWidths) -> None:
    over = columns.edges[-1] - context.measure
    if over > TOLERANCE:
        what = f"the table is {over:.1f} pt wider than its column"
        context.note(
            "table-too-wide",
            what,
            block.span,
            "use fewer or narrower columns, or a smaller text size",
        )


# Rows


def _rows(
    block: Table,
    context: BlockContext,
    look: TableStyle,
    frame: TableFrame,
    row_groups: Sequence[Group],
    *,
    has_total: bool,
) -> tuple[GalleyBox, ...]:
    """Typeset the rows; body rows carry the header that repeats when they start a column."""
    head: GalleyBox | None = None
    boxes: list[GalleyBox] = []
    for index, group in enumerate(row_groups):
        is_head = group.first < look.head
        swatch = block.head_ground if is_head else block.zebra if _is_striped(index, look) else None
        tints = RowTints(context.paint(swatch), context)
        lines = _row_rules(
            block, context, is_head=is_head, first=index == 0, last=group is row_groups[-1]
        )
        if has_total and index == len(row_groups) - 2 and not is_head:
            lines = _with_rule_above_total(block, context, lines)
        row = replace(
            group_slab(group, look, frame, tints, lines),
            head=head,
            span=group.cells[0].place.cell.span,
        )
        if is_head:
            head = _repeated_head(row)
            row = replace(row, keep_with_next=len(row_groups) > 1)
        boxes.append(row)
    return tuple(boxes)


def _is_striped(index: int, look: TableStyle) -> bool:
    """Return True for the second, fourth … group of body rows, which have a tint."""
    return (index - (1 if look.head else 0)) % 2 == 1


def _repeated_head(head: GalleyBox) -> GalleyBox:
    """Return the header for repetition in another column, as an artifact so that it is read only once."""
    items = (as_artifact(item) for item in head.items)
    return replace(head, items=tuple(item for item in items if item is not None))


def _row_rules(
    block: Table, context: BlockContext, *, is_head: bool, first: bool, last: bool
) -> TableLines:
    """Return the rules of a group of rows."""
    rules = block.rules or ()
    paint = context.paint(block.colour) or BLACK
    thick = Stroke(paint, context.points(block.thickness))
    fine = Stroke(paint, context.points(block.hairline))
    between = fine if TableRule.ROWS in rules and not is_head else None
    ends = thick if (TableRule.HEAD if is_head else TableRule.FOOT) in rules else None
    return TableLines(
        top=thick if first and TableRule.TOP in rules else None,
        between=between,
        foot=ends if is_head or last else between,
        below_heads=fine if is_head and TableRule.HEAD in rules else None,
    )


def _with_rule_above_total(block: Table, context: BlockContext, lines: TableLines) -> TableLines:
    """Return the rules of the row above the totals, with a thin one below it unless there is one."""
    if lines.foot or not block.rules:
        return lines
    paint = context.paint(block.colour) or BLACK
    return replace(lines, foot=Stroke(paint, context.points(block.hairline)))


# Caption and source


def _caption_slab(
    text: tuple[Message | None, str],
    style_name: StyleName | None,
    default_style: str,
    context: BlockContext,
) -> tuple[GalleyBox, ...]:
    """Typeset caption or source with its structure type and its distance from the table."""
    message, role = text
    if not message:
        return ()
    style = context.style(style_name, default_style)
    gap = GAP * style.type.size
    words = context.set_message(message, style, role)
    return (replace(words, space_before=gap, space_after=gap),)


def _joined(
    block: Table,
    context: BlockContext,
    caption: tuple[GalleyBox, ...],
    rows: tuple[GalleyBox, ...],
    source: tuple[GalleyBox, ...],
) -> Galley:
    """Join caption, rows and source; the caption stays with the header, the source with the last row."""
    kept = tuple(replace(part, keep_with_next=True) for part in caption)
    if source:
        rows = (*rows[:-1], replace(rows[-1], keep_with_next=True))
    boxes = [*kept, *rows, *source]
    boxes[0] = replace(boxes[0], space_before=context.points(block.space_before))
    boxes[-1] = replace(boxes[-1], space_after=context.points(block.space_after))
    return tuple(boxes)
