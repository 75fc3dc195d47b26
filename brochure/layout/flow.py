"""Flow: galleys cut into columns.

Takes the pieces of a galley and the columns that they run through, in order; gives placed items by column, how far each
column is filled, and what did not fit. Widows and orphans are held, headings stay with what follows, slabs are never
divided. Nothing is thrown when the columns are full: what is left is part of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.layout.keeps import breaks_keeps, lines_in
from brochure.layout.line_slots import (
    SLACK,
    FrameColumn,
    Indent,
    LinePosition,
    Pen,
    below_holes,
    line_positions,
    start_of_column,
)
from brochure.layout.overset import Left, OversetText, by_message, of_paragraph
from brochure.model.display_list import Item
from brochure.model.galley import (
    Fill,
    ForcedBreak,
    Galley,
    Matter,
    Piece,
    Slab,
    headed,
    items_of,
    label_x,
    moved,
)
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import compose
from brochure.typeset.style import ParagraphStyle

CapHeight = Callable[[ParagraphStyle], float]


@dataclass(frozen=True, slots=True)
class Flowed:
    """The items of each column, the y down to which each is filled, and what was left over.

    `parted` are paragraphs whose lines could not be kept together as their styles ask, since all columns are full; `loose`
    are the styles of justified lines that would need more room than their script's custom allows.
    """

    items: tuple[tuple[Item, ...], ...]
    depths: tuple[float, ...]
    overflows: tuple[OversetText, ...]
    too_wide: tuple[tuple[Matter, float], ...] = ()
    parted: tuple[Matter, ...] = ()
    on_grid: bool = False
    loose: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """One piece, placed: where the pen is now, items and feet by column (the last foot counts), what was left."""

    pen: Pen
    items: tuple[tuple[int, Item], ...]
    feet: tuple[tuple[int, float], ...] = ()
    overflow: OversetText | None = None
    first_column: int = 0
    too_wide: float = 0.0
    parted: bool = False
    loose: bool = False


def flow(galley: Galley, columns: tuple[FrameColumn, ...], cap_height: CapHeight) -> Flowed:
    """The galley in the columns, from the first one's head."""
    flowing = _Flow(columns, cap_height)
    for group in kept_groups(_filled(galley, flowing)):
        flowing.place(group)
    return flowing.result()


def kept_groups(galley: Galley) -> Iterator[tuple[Piece, ...]]:
    """The pieces in groups that must begin together: headings with what follows them."""
    held: list[Piece] = []
    for piece in galley:
        held.append(piece)
        if not _keeps(piece):
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def _keeps(piece: Piece) -> bool:
    match piece:
        case Matter(text=text):
            return text.style.keep_with_next
        case Slab(keep_with_next=keep):
            return keep
        case _:
            return False


class _Flow:
    """The state of one flow: the pen and what has been placed."""

    def __init__(self, columns: tuple[FrameColumn, ...], cap_height: CapHeight) -> None:
        self.columns = columns
        self.cap_height = cap_height
        self.pen = start_of_column(columns, 0)
        self.placed: list[PlacedPiece] = []
        self.left: list[Left] = []
        self.too_wide: list[tuple[Matter, float]] = []
        self.parted: list[Matter] = []
        self.loose: set[str] = set()
        self.on_grid = False

    def place(self, group: Sequence[Piece]) -> None:
        """Places a group; at the next column's head where its pieces would not begin together here."""
        tried = self._tried(group, self.pen)
        if not self.pen.at_head and _parted(tried) and self.pen.column + 1 < len(self.columns):
            tried = self._tried(group, start_of_column(self.columns, self.pen.column + 1))
        for piece, placed in zip(group, tried, strict=True):
            self.left.append((piece, placed.overflow))
            if isinstance(piece, Matter):
                self._note(piece, placed)
        self.placed.extend(tried)
        self.pen = tried[-1].pen

    def _note(self, matter: Matter, placed: PlacedPiece) -> None:
        if placed.too_wide > SLACK:
            self.too_wide.append((matter, placed.too_wide))
        if placed.parted:
            self.parted.append(matter)
        if placed.loose:
            self.loose.add(matter.text.style.name)
        self.on_grid |= matter.text.style.to_grid

    def _tried(self, group: Sequence[Piece], pen: Pen) -> list[PlacedPiece]:
        tried: list[PlacedPiece] = []
        for piece in group:
            tried.append(place_piece(piece, pen, self.columns, self.cap_height))
            pen = tried[-1].pen
        return tried

    def result(self) -> Flowed:
        """All that was placed, by column."""
        items: list[list[Item]] = [[] for _ in self.columns]
        depths = [column.rect.top for column in self.columns]
        for placed in self.placed:
            for at, item in placed.items:
                items[at].append(item)
            for at, foot in placed.feet:
                depths[at] = foot
        return Flowed(
            tuple(map(tuple, items)),
            tuple(depths),
            tuple(by_message(self.left)),
            tuple(self.too_wide),
            tuple(self.parted),
            self.on_grid,
            frozenset(self.loose),
        )


def _parted(tried: Sequence[PlacedPiece]) -> bool:
    """Whether a piece of a group begins in another column than the one before it ends in, or did not fit at all."""
    return any(above.pen.column != below.first_column for above, below in pairwise(tried))


def place_piece(
    piece: Piece, pen: Pen, columns: tuple[FrameColumn, ...], cap_height: CapHeight
) -> PlacedPiece:
    """One piece, from the pen on."""
    match piece:
        case Matter():
            return _place_matter(piece, pen, columns, cap_height(piece.text.style))
        case Slab():
            return _place_slab(piece, pen, columns)
        case Fill():
            column = columns[pen.column]
            return _place_slab(piece.make(pen.edge - column.rect.y), pen, columns)
        case ForcedBreak():
            after = _broken(pen, columns)
            return PlacedPiece(after, (), first_column=after.column)


def _broken(pen: Pen, columns: tuple[FrameColumn, ...]) -> Pen:
    """The pen at the next column's head; at the foot of the last one where none follows."""
    if pen.column + 1 < len(columns):
        return start_of_column(columns, pen.column + 1)
    return Pen(pen.column, columns[pen.column].rect.y, at_head=False)


# Slabs


def _place_slab(slab: Slab, pen: Pen, columns: tuple[FrameColumn, ...]) -> PlacedPiece:
    lacking: list[float] = []
    for at in range(pen.column, len(columns)):
        here = pen if at == pen.column else start_of_column(columns, at)
        column = columns[at]
        whole = headed(slab) if here.at_head else slab
        top = below_holes(column, here.edge - _space_above(whole, here), whole.height, whole.width)
        if top - whole.height >= column.rect.y - SLACK:
            items = tuple((at, moved(item, column.rect.x, top)) for item in whole.items)
            baseline = None if whole.baseline is None else top - whole.baseline
            after = Pen(at, top - whole.height, whole.space_after, baseline, at_head=False)
            return PlacedPiece(after, items, ((at, after.edge),), first_column=at)
        lacking.append(column.rect.y - (top - whole.height))
    overflow = OversetText("", slab.span, 0, 0, 0, min(lacking))
    return PlacedPiece(pen, (), (), overflow, len(columns))


def _space_above(slab: Slab, pen: Pen) -> float:
    """What is left free above a slab: nothing at a column's head; the leading of its text below other text."""
    if pen.at_head:
        return 0.0
    return max(pen.space, slab.space_before) + (0.0 if pen.baseline is None else slab.air)


# Paragraphs


def _place_matter(
    matter: Matter, pen: Pen, columns: tuple[FrameColumn, ...], cap_height: float
) -> PlacedPiece:
    style = matter.text.style
    room: list[list[LinePosition]] = []
    whole = LineSlot(_indent(matter).left, columns[pen.column].rect.width - matter.indent)
    for at in range(pen.column, len(columns)):
        here = pen if at == pen.column else start_of_column(columns, at)
        room.append(list(line_positions(columns[at], here, style, cap_height, _indent(matter))))
        divided, lines = _divided(matter, room, whole, fresh=pen.at_head)
        if len(lines) <= sum(map(len, divided)):
            room = divided
            break
    else:  # all columns are full: better lines that stand alone than lines that are missing
        lines = _lines(matter, room, whole)
    counts = lines_in([len(row) for row in room], len(lines))
    taken = [(pen.column + at, seat) for at, row in enumerate(room) for seat in row]
    items = [
        (at, item)
        for (at, seat), line in zip(taken, lines, strict=False)
        for item in _line_items(line, columns[at].rect.x, seat.baseline, matter)
    ]
    first = taken[0][0] if taken else len(columns)
    items[:0] = _beside_first(matter, taken, columns)
    set_lines = taken[: len(lines)]
    return PlacedPiece(
        _pen_after(pen, set_lines, style),
        tuple(items),
        tuple((at, seat.baseline) for at, seat in set_lines),
        of_paragraph(matter, lines, len(taken)),
        first,
        max((line.overfull for line in lines), default=0.0),
        breaks_keeps(counts, len(lines), style, fresh=False) is not None,
        any(line.loose for line in lines),
    )


def _line_items(line: Line, x: float, y: float, matter: Matter) -> Iterator[Item]:
    return items_of(line, x, y, matter.tag, matter.text.text)


def _pen_after(pen: Pen, taken: Sequence[tuple[int, LinePosition]], style: ParagraphStyle) -> Pen:
    if not taken:
        return pen
    at, seat = taken[-1]
    return Pen(at, seat.baseline, style.space_after, seat.baseline, at_head=False)


def _beside_first(
    matter: Matter, taken: Sequence[tuple[int, LinePosition]], columns: tuple[FrameColumn, ...]
) -> list[tuple[int, Item]]:
    """The label beside the first line, and its entry in the outline."""
    if not taken:
        return []
    at, seat = taken[0]
    x = columns[at].rect.x + label_x(matter, seat.slot)
    found: list[tuple[int, Item]] = [(at, moved(item, x, seat.baseline)) for item in matter.label]
    if matter.bookmark:
        found.insert(0, (at, replace(matter.bookmark, y=seat.baseline + matter.text.style.leading)))
    return found


def _indent(matter: Matter) -> Indent:
    """The paragraph's indent on the side where its lines begin."""
    return Indent(left=matter.indent) if matter.text.left_to_right else Indent(right=matter.indent)


def _divided(
    matter: Matter, room: list[list[LinePosition]], whole: LineSlot, *, fresh: bool
) -> tuple[list[list[LinePosition]], tuple[Line, ...]]:
    """The seats that the paragraph takes in each column, and its lines for them.

    Lines are composed for all columns at once, since a break in one may lie elsewhere for the measures of the next;
    where the cut would leave a widow or an orphan, seats are given up and the lines composed again.
    """
    style = matter.text.style
    while True:
        lines = _lines(matter, room, whole)
        counts = lines_in([len(row) for row in room], len(lines))
        broken = breaks_keeps(counts, len(lines), style, fresh=fresh)
        if broken is None:
            return room, lines
        at, keep = broken
        room = [*room[:at], room[at][:keep], *room[at + 1 :]]


def _lines(matter: Matter, room: list[list[LinePosition]], whole: LineSlot) -> tuple[Line, ...]:
    """The paragraph's lines for these seats; what has no seat is broken like the last, or for the whole column."""
    slots = tuple(seat.slot for row in room for seat in row)
    return compose(matter.text, LineSlots(slots, slots[-1] if slots else whole))


# Slabs that fill


def _filled(galley: Galley, flowing: _Flow) -> Galley:
    """The galley with its fills made slabs: they share what the other pieces leave of the first column."""
    fills = [piece for piece in galley if isinstance(piece, Fill)]
    if not fills:
        return galley
    column = flowing.columns[0]
    others = tuple(_empty(piece) if isinstance(piece, Fill) else piece for piece in galley)
    share = max(0.0, column.rect.height - _natural_height(others, column, flowing)) / len(fills)
    return tuple(
        piece.make(max(share, piece.least)) if isinstance(piece, Fill) else piece
        for piece in galley
    )


def _empty(fill: Fill) -> Slab:
    """A fill before it has its height: its spaces alone."""
    return Slab(0.0, 0.0, (), fill.space_before, fill.space_after)


def _natural_height(galley: Galley, column: FrameColumn, flowing: _Flow) -> float:
    """How tall the pieces stand in a column without end."""
    tall = 1e5
    rect = replace(column.rect, y=column.rect.top - tall, height=tall)
    endless = (replace(column, rect=rect, holes=()),)
    pen = start_of_column(endless, 0)
    for piece in galley:
        pen = place_piece(piece, pen, endless, flowing.cap_height).pen
    return rect.top - pen.edge
