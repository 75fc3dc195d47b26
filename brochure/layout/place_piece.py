"""Place one piece of a galley at the pen: a paragraph in one or more columns, or a box in the first column that it fits in.

A paragraph is composed for all its columns at once. Where the result breaks its style's rules for widows and orphans, line
positions are dropped and it is composed again; likewise where the notes of a line do not fit in its column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from brochure.fast_dataclass import dataclass
from brochure.layout.footnote_area import FootnoteArea, find_notes
from brochure.layout.keeps import count_lines, find_broken_keep, find_undivided_lines
from brochure.layout.line_slots import (
    SLACK,
    FrameColumn,
    Indent,
    LinePosition,
    Pen,
    line_positions,
    move_below_holes,
    pen_at_column,
)
from brochure.layout.loose_spaces import find_stretched
from brochure.layout.overset import OversetText, find_overset
from brochure.model.display_list import Item
from brochure.model.galley import (
    Fill,
    ForcedBreak,
    GalleyBox,
    GalleyParagraph,
    Piece,
    add_head,
    label_x,
    line_items,
    move_item,
)
from brochure.model.shading import (
    NO_EDGES,
    Edges,
    Extent,
    SetLine,
    ShadingPart,
    measure_line,
    surround_lines,
)
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import compose
from brochure.typeset.style import ParagraphStyle

SPARE_LINES = 10
"""Positions that keep rules may drop in a column, beyond one for each character of a paragraph."""

CapHeight = Callable[[ParagraphStyle], float]
"""Returns the cap height of a style, in points."""


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A placed piece: the pen after it, its items and lower edges by column (the last edge counts), and what did not fit.

    `notes` are the links of the notes that are marked in it, by column. `shadings` are the parts of its shading by column, which
    are not among the items.
    """

    pen: Pen
    items: tuple[tuple[int, Item], ...]
    bottoms: tuple[tuple[int, float], ...] = ()
    overflow: OversetText | None = None
    first_column: int = 0
    too_wide: float = 0.0
    broken_keeps: bool = False
    loose: bool = False
    stretched: tuple[float, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    shadings: tuple[tuple[int, ShadingPart], ...] = ()


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next piece is placed: the pen, the columns, and the footnote areas at their foot."""

    pen: Pen
    columns: tuple[FrameColumn, ...]
    area: FootnoteArea | None = None


def place_piece(
    piece: Piece,
    pen: Pen,
    columns: tuple[FrameColumn, ...],
    cap_height: CapHeight,
    area: FootnoteArea | None = None,
) -> PlacedPiece:
    """Place one piece at the pen; `area` is the footnote area of the columns, which end above the notes already set."""
    cursor = Cursor(pen, columns, area)
    match piece:
        case GalleyParagraph():
            return _place_paragraph(piece, cursor, cap_height(piece.text.style))
        case GalleyBox():
            return _place_box(piece, cursor)
        case Fill():
            column = columns[pen.column]
            return _place_box(piece.make(pen.edge - column.rect.y), cursor)
        case ForcedBreak():
            after = _break_column(pen, columns)
            return PlacedPiece(after, (), first_column=after.column)


def _break_column(pen: Pen, columns: tuple[FrameColumn, ...]) -> Pen:
    """Return the pen at the top of the next column, or at the bottom of the last."""
    if pen.column + 1 < len(columns):
        return pen_at_column(columns, pen.column + 1)
    return Pen(pen.column, columns[pen.column].rect.y, at_head=False)


# Boxes


def _place_box(box: GalleyBox, cursor: Cursor) -> PlacedPiece:
    pen, columns, area = cursor.pen, cursor.columns, cursor.area
    lacking: list[float] = []
    for at in range(pen.column, len(columns)):
        here = pen if at == pen.column else pen_at_column(columns, at)
        column = columns[at]
        box_here = add_head(box) if here.at_head else box
        top = move_below_holes(
            column, here.edge - _space_above(box_here, here), box_here.height, box_here.width
        )
        notes = find_notes((at, item) for item in box_here.items) if area else ()
        foot = column.rect.y
        if area and notes:
            foot += area.extra_height(at, [link for _, link in notes])
        if top - box_here.height >= foot - SLACK:
            items = tuple((at, move_item(item, column.rect.x, top)) for item in box_here.items)
            baseline = None if box_here.baseline is None else top - box_here.baseline
            after = Pen(at, top - box_here.height, box_here.space_after, baseline, at_head=False)
            edges = ((at, after.edge),)
            too_wide = max(0.0, box.width - column.rect.width)
            return PlacedPiece(after, items, edges, None, at, too_wide, notes=notes)
        lacking.append(foot - (top - box_here.height))
    overflow = OversetText("", box.span, 0, 0, 0, min(lacking))
    return PlacedPiece(pen, (), (), overflow, len(columns))


def _space_above(box: GalleyBox, pen: Pen) -> float:
    """Return the space above a box: none at the top of a column; its text's leading below other text."""
    if pen.at_head:
        return 0.0
    return max(pen.space, box.space_before) + (0.0 if pen.baseline is None else box.air)


# Paragraphs


def _place_paragraph(paragraph: GalleyParagraph, cursor: Cursor, cap_height: float) -> PlacedPiece:
    pen, columns, area = cursor.pen, cursor.columns, cursor.area
    style = paragraph.text.style
    edges = paragraph.edges
    positions: list[list[LinePosition]] = []
    column = columns[pen.column]
    indent = _indent(paragraph, edges)
    full_slot = LineSlot(
        indent.left, column.rect.width - indent.left - indent.right, column.outer_left
    )
    for at in range(pen.column, len(columns)):
        here = pen if at == pen.column else pen_at_column(columns, at)
        reserve = _reserve(edges, here, is_start=not any(positions))
        free = line_positions(columns[at], here, style, cap_height, indent, reserve)
        positions.append(list(islice(free, _max_lines(paragraph))))
        divided, lines = _divide(paragraph, positions, full_slot, cursor)
        if len(lines) <= sum(map(len, divided)):
            positions = divided
            break
    else:  # all columns are full: prefer a widow to overset lines
        if divided != positions:
            positions, lines = _divide(paragraph, positions, full_slot, cursor, keeps=False)
    if edges.rule_above and not positions[0] and pen.column + 1 < len(columns):
        # It begins in another column, whose first line needs space for the rule above.
        following = replace(cursor, pen=pen_at_column(columns, pen.column + 1))
        return _place_paragraph(paragraph, following, cap_height)
    counts = count_lines([len(row) for row in positions], len(lines))
    used = [(pen.column + at, position) for at, row in enumerate(positions) for position in row]
    items = [
        (at, item)
        for (at, position), line in zip(used, lines, strict=False)
        for item in line_items(
            line, columns[at].rect.x, position.baseline, paragraph.tag, paragraph.text.text
        )
    ]
    first = used[0][0] if used else len(columns)
    notes = find_notes(items) if area else ()
    items[:0] = _label_items(paragraph, used, columns)
    set_lines = used[: len(lines)]
    is_whole = len(lines) <= len(used)
    placed = list(zip(set_lines, lines, strict=False))
    rules, shadings, bottoms = _surround(
        paragraph, pen, placed, columns, cap_height, is_whole=is_whole
    )
    items[:0] = rules
    return PlacedPiece(
        _pen_after(pen, set_lines, style, edges.rule_below + edges.inset_below(is_end=True)),
        tuple(items),
        tuple(bottoms),
        find_overset(paragraph, lines, len(used)),
        first,
        max((line.overfull for line in lines), default=0.0),
        find_broken_keep(counts, len(lines), style, fresh=False) is not None,
        any(line.loose for line in lines),
        tuple(find_stretched(lines[: len(used)], style)),
        notes,
        tuple(shadings),
    )


def _max_lines(paragraph: GalleyParagraph) -> int:
    """Return more lines than the paragraph can have, so that a very high column is not searched to its end."""
    return len(paragraph.text.text) + SPARE_LINES


def _pen_after(
    pen: Pen, used: Sequence[tuple[int, LinePosition]], style: ParagraphStyle, below: float
) -> Pen:
    if not used:
        return pen
    at, position = used[-1]
    edge = position.baseline - below
    return Pen(at, edge, style.space_after, edge, at_head=False)


def _reserve(edges: Edges, pen: Pen, *, is_start: bool) -> tuple[float, float]:
    """Return the space above the first line and below the last one in a column, for rules and shading."""
    above = edges.inset_above(is_start=is_start, at_head=pen.at_head)
    return above + (edges.rule_above if is_start else 0.0), edges.foot


def _surround(
    paragraph: GalleyParagraph,
    pen: Pen,
    placed: Sequence[tuple[tuple[int, LinePosition], Line]],
    columns: tuple[FrameColumn, ...],
    cap_height: float,
    *,
    is_whole: bool,
) -> tuple[list[tuple[int, Item]], list[tuple[int, ShadingPart]], list[tuple[int, float]]]:
    """Return the rules, the parts of the shading, and the lower edges of a paragraph's lines, each by column.

    `is_whole` is set if all its lines are placed.
    """
    edges, style = paragraph.edges, paragraph.text.style
    if edges == NO_EDGES:
        return [], [], [(at, position.baseline) for (at, position), _ in placed]
    rules: list[tuple[int, Item]] = []
    shadings: list[tuple[int, ShadingPart]] = []
    bottoms: list[tuple[int, float]] = []
    numbers = sorted({at for (at, _), _ in placed})
    for at in numbers:
        lines = _measure_lines(paragraph, columns[at], [one for one in placed if one[0][0] == at])
        extent = Extent(
            at == numbers[0], is_whole and at == numbers[-1], pen.at_head or at != pen.column
        )
        around = surround_lines(style, lines, cap_height, edges, extent)
        rules.extend((at, path) for path in around.rules)
        if around.shading:
            shadings.append((at, around.shading))
        bottoms.append((at, around.bottom))
    return rules, shadings, bottoms


def _measure_lines(
    paragraph: GalleyParagraph,
    column: FrameColumn,
    placed: Sequence[tuple[tuple[int, LinePosition], Line]],
) -> list[SetLine]:
    indent = _indent(paragraph, paragraph.edges)
    hanging = min(0.0, paragraph.text.style.indent_start), min(0.0, paragraph.text.style.indent_end)
    left, right = hanging if paragraph.text.left_to_right else (hanging[1], hanging[0])
    return [
        measure_line(
            line,
            position.slot,
            column.rect.x,
            position.baseline,
            (indent.left - left, indent.right - right),
            has_label=bool(paragraph.label),
        )
        for (_, position), line in placed
    ]


def _label_items(
    paragraph: GalleyParagraph,
    used: Sequence[tuple[int, LinePosition]],
    columns: tuple[FrameColumn, ...],
) -> list[tuple[int, Item]]:
    """Return the label beside the first line, and the paragraph's bookmark."""
    if not used:
        return []
    at, position = used[0]
    x = columns[at].rect.x + label_x(paragraph, position.slot)
    items: list[tuple[int, Item]] = [
        (at, move_item(item, x, position.baseline)) for item in paragraph.label
    ]
    if paragraph.bookmark:
        items.insert(
            0, (at, replace(paragraph.bookmark, y=position.baseline + paragraph.text.style.leading))
        )
    return items


def _indent(paragraph: GalleyParagraph, edges: Edges) -> Indent:
    """Return the paragraph's indent, on the side where its lines begin, with the insets of its shading."""
    if paragraph.text.left_to_right:
        return Indent(paragraph.indent + edges.left, edges.right)
    return Indent(edges.left, paragraph.indent + edges.right)


def _divide(
    paragraph: GalleyParagraph,
    positions: list[list[LinePosition]],
    full_slot: LineSlot,
    cursor: Cursor,
    *,
    keeps: bool = True,
) -> tuple[list[list[LinePosition]], tuple[Line, ...]]:
    """Return the line positions that the paragraph uses in each column, and its lines.

    Lines are composed for all columns at once, since the best breaks depend on the widths of all. Where the result breaks a
    keep rule, or has notes that do not fit in the column of their line, positions are dropped and the lines are composed
    again. Without `keeps`, keep rules do not count.
    """
    style, pen, area = paragraph.text.style, cursor.pen, cursor.area
    while True:
        lines = _compose_lines(paragraph, positions, full_slot, cursor.columns[pen.column :])
        counts = count_lines([len(row) for row in positions], len(lines))
        broken = None
        if area:
            baselines = [[position.baseline for position in row] for row in positions]
            broken = area.find_excess(pen.column, baselines, lines)
        if broken is None and keeps:
            broken = find_broken_keep(counts, len(lines), style, fresh=pen.at_head)
        if broken is None:
            return positions, lines
        at, keep = broken
        positions = [*positions[:at], positions[at][:keep], *positions[at + 1 :]]


def _compose_lines(
    paragraph: GalleyParagraph,
    positions: list[list[LinePosition]],
    full_slot: LineSlot,
    columns: tuple[FrameColumn, ...],
) -> tuple[Line, ...]:
    """Compose the paragraph for these positions; further lines get the last position's slot, or the whole column."""
    slots = tuple(position.slot for row in positions for position in row)
    across = paragraph.text.style.hyphenation.across
    undivided = frozenset(find_undivided_lines([len(row) for row in positions], columns, across))
    return compose(paragraph.text, LineSlots(slots, slots[-1] if slots else full_slot, undivided))
