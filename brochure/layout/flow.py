"""Flow galleys into columns.

Widows and orphans are controlled, headings stay with the paragraph that follows, and boxes are never divided. Content that
does not fit is part of the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.layout.column_feet import ColumnPart, is_stretchable
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
from brochure.layout.overset import Left, OversetText, find_overset, merge_by_message
from brochure.model.display_list import Item
from brochure.model.galley import (
    Fill,
    ForcedBreak,
    Galley,
    GalleyBox,
    GalleyParagraph,
    Piece,
    add_head,
    label_x,
    line_items,
    move_item,
)
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import compose
from brochure.typeset.style import ParagraphStyle

CapHeight = Callable[[ParagraphStyle], float]


@dataclass(frozen=True, slots=True)
class Flowed:
    """The items of each column, the y down to which each is filled, and the overset text.

    `broken_keeps` are paragraphs whose lines could not be kept together as their styles ask, since all columns are full.
    `loose` are the styles of justified lines whose spaces exceed the limit of their script. `stretched` has the word spaces of
    the lines that exceed the limit of their style, by paragraph. `parts` are the pieces of each column.
    """

    items: tuple[tuple[Item, ...], ...]
    depths: tuple[float, ...]
    overflows: tuple[OversetText, ...]
    too_wide: tuple[tuple[GalleyParagraph, float], ...] = ()
    broken_keeps: tuple[GalleyParagraph, ...] = ()
    on_grid: bool = False
    loose: frozenset[str] = frozenset()
    stretched: tuple[tuple[GalleyParagraph, tuple[float, ...]], ...] = ()
    parts: tuple[tuple[ColumnPart, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A placed piece: the pen after it, its items and lower edges by column (the last edge counts), and what did not fit."""

    pen: Pen
    items: tuple[tuple[int, Item], ...]
    bottoms: tuple[tuple[int, float], ...] = ()
    overflow: OversetText | None = None
    first_column: int = 0
    too_wide: float = 0.0
    broken_keeps: bool = False
    loose: bool = False
    stretched: tuple[float, ...] = ()


def flow(galley: Galley, columns: tuple[FrameColumn, ...], cap_height: CapHeight) -> Flowed:
    """Flow the galley into the columns, from the top of the first."""
    state = _Flow(columns, cap_height)
    for group in kept_groups(_replace_fills(galley, state)):
        state.place(group)
    return state.result()


def kept_groups(galley: Galley) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces in groups that must begin in one column: headings with what follows them."""
    held: list[Piece] = []
    for piece in galley:
        held.append(piece)
        if not _has_keep_with_next(piece):
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def _has_keep_with_next(piece: Piece) -> bool:
    match piece:
        case GalleyParagraph(text=text):
            return text.style.keep_with_next
        case GalleyBox(keep_with_next=keep):
            return keep
        case _:
            return False


class _Flow:
    """State of one flow: the pen and what has been placed."""

    def __init__(self, columns: tuple[FrameColumn, ...], cap_height: CapHeight) -> None:
        self.columns = columns
        self.cap_height = cap_height
        self.pen = pen_at_column(columns, 0)
        self.placed: list[PlacedPiece] = []
        self.left: list[Left] = []
        self.too_wide: list[tuple[GalleyParagraph, float]] = []
        self.broken_keeps: list[GalleyParagraph] = []
        self.loose: set[str] = set()
        self.stretched: list[tuple[GalleyParagraph, tuple[float, ...]]] = []
        self.on_grid = False

    def place(self, group: Sequence[Piece]) -> None:
        """Place a group, at the top of the next column if its pieces would not begin together in this one."""
        trial = self._try_group(group, self.pen)
        if not self.pen.at_head and _is_split(trial) and self.pen.column + 1 < len(self.columns):
            trial = self._try_group(group, pen_at_column(self.columns, self.pen.column + 1))
        for piece, placed in zip(group, trial, strict=True):
            self.left.append((piece, placed.overflow))
            if isinstance(piece, GalleyParagraph):
                self._record(piece, placed)
        self.placed.extend(trial)
        self.pen = trial[-1].pen

    def _record(self, paragraph: GalleyParagraph, placed: PlacedPiece) -> None:
        if placed.too_wide > SLACK:
            self.too_wide.append((paragraph, placed.too_wide))
        if placed.broken_keeps:
            self.broken_keeps.append(paragraph)
        if placed.stretched:
            self.stretched.append((paragraph, placed.stretched))
        if placed.loose:
            self.loose.add(paragraph.text.style.name)
        self.on_grid |= paragraph.text.style.to_grid

    def _try_group(self, group: Sequence[Piece], pen: Pen) -> list[PlacedPiece]:
        trial: list[PlacedPiece] = []
        for piece in group:
            trial.append(place_piece(piece, pen, self.columns, self.cap_height))
            pen = trial[-1].pen
        return trial

    def result(self) -> Flowed:
        """Return all that was placed, by column."""
        items: list[list[Item]] = [[] for _ in self.columns]
        depths = [column.rect.top for column in self.columns]
        for placed in self.placed:
            for at, item in placed.items:
                items[at].append(item)
            for at, bottom in placed.bottoms:
                depths[at] = bottom
        return Flowed(
            tuple(map(tuple, items)),
            tuple(depths),
            tuple(merge_by_message(self.left)),
            tuple(self.too_wide),
            tuple(self.broken_keeps),
            self.on_grid,
            frozenset(self.loose),
            tuple(self.stretched),
            self._column_parts(),
        )

    def _column_parts(self) -> tuple[tuple[ColumnPart, ...], ...]:
        """Return the pieces of each column: how many items each has, and whether space may be added above it."""
        parts: list[list[ColumnPart]] = [[] for _ in self.columns]
        last: list[Piece | None] = [None] * len(self.columns)
        for (piece, _), placed in zip(self.left, self.placed, strict=True):
            for at, count in sorted(Counter(at for at, _ in placed.items).items()):
                above = last[at]
                parts[at].append(
                    ColumnPart(count, above is not None and is_stretchable(above, piece))
                )
                last[at] = piece
        return tuple(map(tuple, parts))


def _is_split(trial: Sequence[PlacedPiece]) -> bool:
    """Return True if a piece begins in another column than the one where its predecessor ends, or does not fit."""
    return any(above.pen.column != below.first_column for above, below in pairwise(trial))


def place_piece(
    piece: Piece, pen: Pen, columns: tuple[FrameColumn, ...], cap_height: CapHeight
) -> PlacedPiece:
    """Place one piece at the pen."""
    match piece:
        case GalleyParagraph():
            return _place_paragraph(piece, pen, columns, cap_height(piece.text.style))
        case GalleyBox():
            return _place_box(piece, pen, columns)
        case Fill():
            column = columns[pen.column]
            return _place_box(piece.make(pen.edge - column.rect.y), pen, columns)
        case ForcedBreak():
            after = _break_column(pen, columns)
            return PlacedPiece(after, (), first_column=after.column)


def _break_column(pen: Pen, columns: tuple[FrameColumn, ...]) -> Pen:
    """Return the pen at the top of the next column, or at the bottom of the last."""
    if pen.column + 1 < len(columns):
        return pen_at_column(columns, pen.column + 1)
    return Pen(pen.column, columns[pen.column].rect.y, at_head=False)


# Boxes


def _place_box(box: GalleyBox, pen: Pen, columns: tuple[FrameColumn, ...]) -> PlacedPiece:
    lacking: list[float] = []
    for at in range(pen.column, len(columns)):
        here = pen if at == pen.column else pen_at_column(columns, at)
        column = columns[at]
        box_here = add_head(box) if here.at_head else box
        top = move_below_holes(
            column, here.edge - _space_above(box_here, here), box_here.height, box_here.width
        )
        if top - box_here.height >= column.rect.y - SLACK:
            items = tuple((at, move_item(item, column.rect.x, top)) for item in box_here.items)
            baseline = None if box_here.baseline is None else top - box_here.baseline
            after = Pen(at, top - box_here.height, box_here.space_after, baseline, at_head=False)
            return PlacedPiece(after, items, ((at, after.edge),), first_column=at)
        lacking.append(column.rect.y - (top - box_here.height))
    overflow = OversetText("", box.span, 0, 0, 0, min(lacking))
    return PlacedPiece(pen, (), (), overflow, len(columns))


def _space_above(box: GalleyBox, pen: Pen) -> float:
    """Return the space above a box: none at the top of a column; its text's leading below other text."""
    if pen.at_head:
        return 0.0
    return max(pen.space, box.space_before) + (0.0 if pen.baseline is None else box.air)


# Paragraphs


def _place_paragraph(
    paragraph: GalleyParagraph, pen: Pen, columns: tuple[FrameColumn, ...], cap_height: float
) -> PlacedPiece:
    style = paragraph.text.style
    positions: list[list[LinePosition]] = []
    full_slot = LineSlot(_indent(paragraph).left, columns[pen.column].rect.width - paragraph.indent)
    for at in range(pen.column, len(columns)):
        here = pen if at == pen.column else pen_at_column(columns, at)
        positions.append(
            list(line_positions(columns[at], here, style, cap_height, _indent(paragraph)))
        )
        divided, lines = _divide(
            paragraph, positions, full_slot, columns[pen.column :], fresh=pen.at_head
        )
        if len(lines) <= sum(map(len, divided)):
            positions = divided
            break
    else:  # all columns are full: prefer a widow to overset lines
        lines = _compose_lines(paragraph, positions, full_slot, columns[pen.column :])
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
    items[:0] = _label_items(paragraph, used, columns)
    set_lines = used[: len(lines)]
    return PlacedPiece(
        _pen_after(pen, set_lines, style),
        tuple(items),
        tuple((at, position.baseline) for at, position in set_lines),
        find_overset(paragraph, lines, len(used)),
        first,
        max((line.overfull for line in lines), default=0.0),
        find_broken_keep(counts, len(lines), style, fresh=False) is not None,
        any(line.loose for line in lines),
        tuple(find_stretched(lines[: len(used)], style)),
    )


def _pen_after(pen: Pen, used: Sequence[tuple[int, LinePosition]], style: ParagraphStyle) -> Pen:
    if not used:
        return pen
    at, position = used[-1]
    return Pen(at, position.baseline, style.space_after, position.baseline, at_head=False)


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


def _indent(paragraph: GalleyParagraph) -> Indent:
    """Return the paragraph's indent, on the side where its lines begin."""
    return (
        Indent(left=paragraph.indent)
        if paragraph.text.left_to_right
        else Indent(right=paragraph.indent)
    )


def _divide(
    paragraph: GalleyParagraph,
    positions: list[list[LinePosition]],
    full_slot: LineSlot,
    columns: tuple[FrameColumn, ...],
    *,
    fresh: bool,
) -> tuple[list[list[LinePosition]], tuple[Line, ...]]:
    """Return the line positions that the paragraph uses in each column, and its lines.

    Lines are composed for all columns at once, since the best breaks depend on the widths of all. Where the result breaks a
    keep rule, positions are dropped and the lines are composed again.
    """
    style = paragraph.text.style
    while True:
        lines = _compose_lines(paragraph, positions, full_slot, columns)
        counts = count_lines([len(row) for row in positions], len(lines))
        broken = find_broken_keep(counts, len(lines), style, fresh=fresh)
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


# Boxes that fill


def _replace_fills(galley: Galley, state: _Flow) -> Galley:
    """Replace fills by boxes that share the height left over in the first column."""
    fills = [piece for piece in galley if isinstance(piece, Fill)]
    if not fills:
        return galley
    column = state.columns[0]
    others = tuple(_without_height(piece) if isinstance(piece, Fill) else piece for piece in galley)
    share = max(0.0, column.rect.height - _natural_height(others, column, state)) / len(fills)
    return tuple(
        piece.make(max(share, piece.least)) if isinstance(piece, Fill) else piece
        for piece in galley
    )


def _without_height(fill: Fill) -> GalleyBox:
    """Return a fill without its height: its spaces only."""
    return GalleyBox(0.0, 0.0, (), fill.space_before, fill.space_after)


def _natural_height(galley: Galley, column: FrameColumn, state: _Flow) -> float:
    """Return the height of the pieces in a column of unlimited height."""
    tall = 1e5
    rect = replace(column.rect, y=column.rect.top - tall, height=tall)
    endless = (replace(column, rect=rect, holes=()),)
    pen = pen_at_column(endless, 0)
    for piece in galley:
        pen = place_piece(piece, pen, endless, state.cap_height).pen
    return rect.top - pen.edge
