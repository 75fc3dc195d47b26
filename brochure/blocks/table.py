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

from brochure.blocks.tables.cells import Column, Look, Natural, Row, places
from brochure.blocks.tables.column_widths import Columns, measured
from brochure.blocks.tables.rows import Frame, Group, Lines, Tints, groups, slab
from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Inset
from brochure.model.block_context import Setter
from brochure.model.display_list import Stroke
from brochure.model.galley import Galley, Slab, as_artifact
from brochure.spec.constraints import Distance, Extent, Heads, Part
from brochure.spec.model import Insets, Valign
from brochure.spec.values import Length, Message, Share, StyleName, SwatchName
from brochure.typeset.style import Align


class Rule(Enum):
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
        tuple[Length | Share | Natural | Column, ...],
        "the columns' widths, lengths, shares of the table or auto; or their width, align and style",
    ] = ()
    width: Annotated[
        Extent | Part | Natural, "how wide the table is: a length, a share of the column, or auto"
    ] = Share(1.0)
    row_heads: Annotated[Heads, "how many cells at the start of each row head that row"] = 0
    align: Annotated[Align, "where it stands in its column: start, centre or end"] = Align.START
    rules: Annotated[
        tuple[Rule, ...] | None, "where rules stand: top, head, rows, foot; or none"
    ] = (
        Rule.TOP,
        Rule.HEAD,
        Rule.FOOT,
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


def galley(block: Table, setter: Setter) -> Galley:
    """A slab for each row, or for rows that a cell spans; head, caption and source stay with what they belong to."""
    inside = setter.within("Table")
    look = _look(block, setter)
    placed = places(block.rows, look, setter, block.span)
    if not placed:
        return ()
    columns = measured(placed, look, setter, _room(block, setter))
    _note_too_wide(block, setter, columns)
    spare = max(0.0, setter.measure - columns.edges[-1])
    frame = Frame(setter.left(block.align, spare), columns, setter.edition.rightward)
    caption = _words((block.caption, "Caption"), block.caption_style, "caption", inside)
    rows = _rows(block, inside, look, frame, tuple(groups(placed, look, inside, columns)))
    source = _words((block.source, "P"), block.source_style, "source", setter)
    return _joined(block, setter, caption, rows, source)


def _look(block: Table, setter: Setter) -> Look:
    """What the block says about cells, in numbers."""
    style = setter.style(block.style, "cell")
    columns = tuple(one if isinstance(one, Column) else Column(width=one) for one in block.columns)
    tinted = bool(block.zebra or block.head_ground)
    return Look(
        style,
        setter.style(block.head_style, "head-cell"),
        columns,
        _inset(block.inset, setter, style.type.size),
        not tinted if block.flush is None else block.flush,
        block.valign,
        min(max(0, block.head), len(block.rows)),
        block.row_heads,
    )


def _inset(inset: Length | Insets, setter: Setter, em: float) -> Inset:
    if isinstance(inset, Length):
        around = setter.points(inset, em)
        return Inset(around, around, around, around)
    top, bottom = setter.points(inset.top, em), setter.points(inset.bottom, em)
    return Inset(top, setter.points(inset.end, em), bottom, setter.points(inset.start, em))


def _room(block: Table, setter: Setter) -> float | None:
    """How wide the table is to be; None where its columns say."""
    if isinstance(block.width, Natural):
        return None
    if isinstance(block.width, Share):
        return setter.measure * block.width.fraction
    return setter.points(block.width)


def _note_too_wide(block: Table, setter: Setter, columns: Columns) -> None:
    over = columns.edges[-1] - setter.measure
    if over > OVER:
        what = f"the table is {over:.1f} pt wider than its column"
        setter.note("table-too-wide", what, block.span, "give it fewer or narrower columns")


# Rows


def _rows(
    block: Table, setter: Setter, look: Look, frame: Frame, found: Sequence[Group]
) -> tuple[Slab, ...]:
    """The rows as slabs; those below a head have it again where they begin a column."""
    head: Slab | None = None
    slabs: list[Slab] = []
    for at, group in enumerate(found):
        is_head = group.first < look.head
        dyed = block.head_ground if is_head else block.zebra if _other(at, look) else None
        tints = Tints(setter.paint(dyed), setter)
        lines = _lines(block, setter, is_head=is_head, first=at == 0, last=group is found[-1])
        row = replace(
            slab(group, look, frame, tints, lines), head=head, span=group.cells[0].place.cell.span
        )
        if is_head:
            head = _again(row)
            row = replace(row, keep_with_next=len(found) > 1)
        slabs.append(row)
    return tuple(slabs)


def _other(at: int, look: Look) -> bool:
    """Whether a group of rows is one of those that are tinted: the second, the fourth and so on."""
    return (at - (1 if look.head else 0)) % 2 == 1


def _again(head: Slab) -> Slab:
    """The head as it stands above the rows in another column: nobody hears it twice."""
    items = (as_artifact(item) for item in head.items)
    return replace(head, items=tuple(item for item in items if item is not None))


def _lines(block: Table, setter: Setter, *, is_head: bool, first: bool, last: bool) -> Lines:
    """The rules of a group of rows, by what it is and where it stands."""
    wanted = block.rules or ()
    paint = setter.paint(block.colour) or BLACK
    thick = Stroke(paint, setter.points(block.thickness))
    fine = Stroke(paint, setter.points(block.hairline))
    between = fine if Rule.ROWS in wanted and not is_head else None
    ends = thick if (Rule.HEAD if is_head else Rule.FOOT) in wanted else None
    return Lines(
        top=thick if first and Rule.TOP in wanted else None,
        between=between,
        foot=ends if is_head or last else between,
        below_heads=fine if is_head and Rule.HEAD in wanted else None,
    )


# Words above and below


def _words(
    said: tuple[Message | None, str], named: StyleName | None, otherwise: str, setter: Setter
) -> tuple[Slab, ...]:
    """Caption or source with their role, at their distance from the table, which may have one caption."""
    message, role = said
    if not message:
        return ()
    style = setter.style(named, otherwise)
    gap = GAP * style.type.size
    words = setter.slab(message, style, role)
    return (replace(words, space_before=gap, space_after=gap),)


def _joined(
    block: Table,
    setter: Setter,
    caption: tuple[Slab, ...],
    rows: tuple[Slab, ...],
    source: tuple[Slab, ...],
) -> Galley:
    """All of it in a row: the caption stays with the head, the source with the last row."""
    held = tuple(replace(slab, keep_with_next=True) for slab in caption)
    if source:
        rows = (*rows[:-1], replace(rows[-1], keep_with_next=True))
    slabs = [*held, *rows, *source]
    slabs[0] = replace(slabs[0], space_before=setter.points(block.space_before))
    slabs[-1] = replace(slabs[-1], space_after=setter.points(block.space_after))
    return tuple(slabs)
