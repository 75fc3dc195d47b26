"""Table: words and figures in rows and columns.

Rows are lists of cells; the first `head` of them head the columns, and stand again wherever the table goes on in a new
column or frame. A cell is a message, `none` for an empty one, or keys: a fact's `value` with its `format`, the `columns` and
`rows` that it spans. Columns are as wide as told, or share what is left by what is in them. Figures stand on their decimal
point with `align: point`. Rules and tints are yours to choose; a table breaks between rows, never within one.

Example:
    - table:
        - [work.country, work.rescued, work.share]
        - [work.cambodia, {value: rescued}, {value: share, format: percent}]
        - [work.total, {text: work.unknown, columns: 2}]
      columns: [40%, {align: point}, {align: point}]
      rules: [top, head, foot]
      caption: work.caption
      source: work.source
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.blocks.tables.cells import Natural, Row, TableColumn, TableStyle, places
from brochure.blocks.tables.column_widths import ColumnWidths, measure_columns
from brochure.blocks.tables.rows import Group, RowTints, TableFrame, TableLines, groups, slab
from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Inset
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.model.galley import Galley, Slab, as_artifact
from brochure.spec.constraints import Distance, Extent, Heads, Part
from brochure.spec.model import Insets, Valign
from brochure.spec.values import Length, Message, Share, StyleName, SwatchName
from brochure.typeset.style import Align


class TableRule(Enum):
    """Where rules stand: at the table's top, below its head, between its rows, at its foot."""

    TOP = "top"
    HEAD = "head"
    ROWS = "rows"
    FOOT = "foot"


INSETS = Insets(Length(ems=0.5), Length(ems=0.5), Length(ems=0.6), Length(ems=0.6))


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    span: Span
    rows: Annotated[tuple[Row, ...], "the rows, each a list of cells"]
    head: Annotated[Heads, "how many of the first rows head the columns"] = 1
    columns: Annotated[
        tuple[Length | Share | Natural | TableColumn, ...],
        "the columns' widths, lengths, shares of the table or auto; or their width, align and style",
    ] = ()
    width: Annotated[
        Extent | Part | Natural, "how wide the table is: a length, a share of the column, or auto"
    ] = Share(1.0)
    row_heads: Annotated[Heads, "how many cells at the start of each row head that row"] = 0
    align: Annotated[Align, "where it stands in its column: start, centre or end"] = Align.START
    rules: Annotated[
        tuple[TableRule, ...] | None, "where rules stand: top, head, rows, foot; or none"
    ] = (
        TableRule.TOP,
        TableRule.HEAD,
        TableRule.FOOT,
    )
    thickness: Annotated[Distance, "how thick the rules at top, head and foot are"] = Length(0.6)
    hairline: Annotated[Distance, "how thick those between rows and below spanning heads are"] = (
        Length(0.25)
    )
    colour: Annotated[SwatchName | None, "the rules' swatch; black unless told"] = None
    zebra: Annotated[SwatchName | None, "a tint behind every other row"] = None
    head_ground: Annotated[SwatchName | None, "a tint behind the head"] = None
    inset: Annotated[Distance | Insets, "from the cells' edges to their words"] = INSETS
    flush: Annotated[
        bool | None,
        "whether words stand flush with the table's sides; yes unless rows are tinted",
    ] = None
    valign: Annotated[Valign, "where words stand in a taller row; those of heads at its foot"] = (
        Valign.TOP
    )
    style: Annotated[StyleName | None, "the style of the cells; `cell` unless told"] = None
    head_style: Annotated[StyleName | None, "the style of heads; `head-cell` unless told"] = None
    caption: Annotated[Message | None, "words above it"] = None
    source: Annotated[Message | None, "where the figures come from, below it"] = None
    caption_style: Annotated[StyleName | None, "the caption's style; `caption` unless told"] = None
    source_style: Annotated[StyleName | None, "the source's style; `source` unless told"] = None
    space_before: Annotated[Distance, "above it"] = Length(lines=1)
    space_after: Annotated[Distance, "below it"] = Length(lines=1)


GAP = 0.8
"""Between caption, table and source, in ems of the words."""

OVER = 0.05
"""What rounding may add to a table before it counts as too wide, in points."""


def galley(block: Table, context: BlockContext) -> Galley:
    """A slab for each row, or for rows that a cell spans; head, caption and source stay with what they belong to."""
    inside = context.within("Table")
    look = _look(block, context)
    placed = places(block.rows, look, context, block.span)
    if not placed:
        return ()
    columns = measure_columns(placed, look, context, _room(block, context))
    _note_too_wide(block, context, columns)
    spare = max(0.0, context.measure - columns.edges[-1])
    frame = TableFrame(context.left(block.align, spare), columns, context.edition.left_to_right)
    caption = _words((block.caption, "Caption"), block.caption_style, "caption", inside)
    rows = _rows(block, inside, look, frame, tuple(groups(placed, look, inside, columns)))
    source = _words((block.source, "P"), block.source_style, "source", context)
    return _joined(block, context, caption, rows, source)


def _look(block: Table, context: BlockContext) -> TableStyle:
    """What the block says about cells, in numbers."""
    style = context.style(block.style, "cell")
    columns = tuple(
        one if isinstance(one, TableColumn) else TableColumn(width=one) for one in block.columns
    )
    tinted = bool(block.zebra or block.head_ground)
    return TableStyle(
        style,
        context.style(block.head_style, "head-cell"),
        columns,
        _inset(block.inset, context, style.type.size),
        not tinted if block.flush is None else block.flush,
        block.valign,
        min(max(0, block.head), len(block.rows)),
        block.row_heads,
    )


def _inset(inset: Length | Insets, context: BlockContext, em: float) -> Inset:
    if isinstance(inset, Length):
        around = context.points(inset, em)
        return Inset(around, around, around, around)
    top, bottom = context.points(inset.top, em), context.points(inset.bottom, em)
    return Inset(top, context.points(inset.end, em), bottom, context.points(inset.start, em))


def _room(block: Table, context: BlockContext) -> float | None:
    """How wide the table is to be; None where its columns say."""
    if isinstance(block.width, Natural):
        return None
    if isinstance(block.width, Share):
        return context.measure * block.width.fraction
    return context.points(block.width)


def _note_too_wide(block: Table, context: BlockContext, columns: ColumnWidths) -> None:
    over = columns.edges[-1] - context.measure
    if over > OVER:
        what = f"the table is {over:.1f} pt wider than its column"
        context.note("table-too-wide", what, block.span, "give it fewer or narrower columns")


# Rows


def _rows(
    block: Table, context: BlockContext, look: TableStyle, frame: TableFrame, found: Sequence[Group]
) -> tuple[Slab, ...]:
    """The rows as slabs; those below a head have it again where they begin a column."""
    head: Slab | None = None
    slabs: list[Slab] = []
    for at, group in enumerate(found):
        is_head = group.first < look.head
        dyed = block.head_ground if is_head else block.zebra if _other(at, look) else None
        tints = RowTints(context.paint(dyed), context)
        lines = _lines(block, context, is_head=is_head, first=at == 0, last=group is found[-1])
        row = replace(
            slab(group, look, frame, tints, lines), head=head, span=group.cells[0].place.cell.span
        )
        if is_head:
            head = _again(row)
            row = replace(row, keep_with_next=len(found) > 1)
        slabs.append(row)
    return tuple(slabs)


def _other(at: int, look: TableStyle) -> bool:
    """Whether a group of rows is one of those that are tinted: the second, the fourth and so on."""
    return (at - (1 if look.head else 0)) % 2 == 1


def _again(head: Slab) -> Slab:
    """The head as it stands above the rows in another column: nobody hears it twice."""
    items = (as_artifact(item) for item in head.items)
    return replace(head, items=tuple(item for item in items if item is not None))


def _lines(
    block: Table, context: BlockContext, *, is_head: bool, first: bool, last: bool
) -> TableLines:
    """The rules of a group of rows, by what it is and where it stands."""
    wanted = block.rules or ()
    paint = context.paint(block.colour) or BLACK
    thick = Stroke(paint, context.points(block.thickness))
    fine = Stroke(paint, context.points(block.hairline))
    between = fine if TableRule.ROWS in wanted and not is_head else None
    ends = thick if (TableRule.HEAD if is_head else TableRule.FOOT) in wanted else None
    return TableLines(
        top=thick if first and TableRule.TOP in wanted else None,
        between=between,
        foot=ends if is_head or last else between,
        below_heads=fine if is_head and TableRule.HEAD in wanted else None,
    )


# Words above and below


def _words(
    said: tuple[Message | None, str], named: StyleName | None, otherwise: str, context: BlockContext
) -> tuple[Slab, ...]:
    """Caption or source with their role, at their distance from the table, which may have one caption."""
    message, role = said
    if not message:
        return ()
    style = context.style(named, otherwise)
    gap = GAP * style.type.size
    words = context.slab(message, style, role)
    return (replace(words, space_before=gap, space_after=gap),)


def _joined(
    block: Table,
    context: BlockContext,
    caption: tuple[Slab, ...],
    rows: tuple[Slab, ...],
    source: tuple[Slab, ...],
) -> Galley:
    """All of it in a row: the caption stays with the head, the source with the last row."""
    held = tuple(replace(slab, keep_with_next=True) for slab in caption)
    if source:
        rows = (*rows[:-1], replace(rows[-1], keep_with_next=True))
    slabs = [*held, *rows, *source]
    slabs[0] = replace(slabs[0], space_before=context.points(block.space_before))
    slabs[-1] = replace(slabs[-1], space_after=context.points(block.space_after))
    return tuple(slabs)
