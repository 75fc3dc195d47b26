"""Flow galleys into columns.

Widows and orphans are controlled, headings stay with the paragraph that follows, and boxes are never divided. Content that
does not fit is part of the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.layout.column_feet import ColumnPart, is_stretchable
from brochure.layout.footnotes import Footnotes, PlacedNotes, find_mark_tags
from brochure.layout.line_slots import (
    SLACK,
    FrameColumn,
    Pen,
    pen_at_column,
)
from brochure.layout.note_room import NoteRoom, find_notes, raise_foot
from brochure.layout.overset import Left, OversetText, merge_by_message, overset_height
from brochure.layout.place_piece import CapHeight, PlacedPiece, place_piece
from brochure.model.display_list import Item
from brochure.model.galley import (
    Fill,
    Galley,
    GalleyBox,
    GalleyParagraph,
    Piece,
)
from brochure.spec.notes import NotePlace


@dataclass(frozen=True, slots=True)
class Flowed:
    """The items of each column, the y down to which each is filled, and the overset text.

    `broken_keeps` are paragraphs whose lines could not be kept together as their styles ask, since all columns are full.
    `loose` are the styles of justified lines whose spaces exceed the limit of their script. `stretched` has the word spaces of
    the lines that exceed the limit of their style, by paragraph. `parts` are the pieces of each column. `overset_height` is the
    height of all overset lines and boxes, without the space between them. `notes` are the notes at the foot of each column,
    which are not among its items.
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
    overset_height: float = 0.0
    notes: tuple[PlacedNotes | None, ...] = ()


def flow(
    galley: Galley,
    columns: tuple[FrameColumn, ...],
    cap_height: CapHeight,
    notes: Footnotes | None = None,
) -> Flowed:
    """Flow the galley into the columns, from the top of the first, with the notes that are marked in it."""
    if notes is None or not notes.is_at_foot:
        return _flow(galley, columns, cap_height).result()
    if notes.place is NotePlace.FRAME:
        return _flow_above_frame_notes(galley, columns, cap_height, notes)
    state = _flow(galley, columns, cap_height, notes.room(columns))
    assert state.room, "the flow has room for notes"
    return _add_notes(state, notes, columns, state.room.links)


def _flow(
    galley: Galley,
    columns: tuple[FrameColumn, ...],
    cap_height: CapHeight,
    room: NoteRoom | None = None,
) -> _Flow:
    state = _Flow(columns, cap_height, room)
    for group in kept_groups(_replace_fills(galley, state)):
        state.place(group)
    return state


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

    def __init__(
        self, columns: tuple[FrameColumn, ...], cap_height: CapHeight, room: NoteRoom | None = None
    ) -> None:
        self.columns = columns
        self.room = room
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
        for placed in trial:
            if self.room and placed.notes:
                self.room = self.room.add(placed.notes)
                self.columns = self.room.raised

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
        columns, room = self.columns, self.room
        for piece in group:
            placed = place_piece(piece, pen, columns, self.cap_height, room)
            if room and placed.notes:
                room = room.add(placed.notes)
                columns = room.raised
            trial.append(placed)
            pen = placed.pen
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
            sum(overset_height(left) for left in self.left),
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


# Notes


def _flow_above_frame_notes(
    galley: Galley, columns: tuple[FrameColumn, ...], cap_height: CapHeight, notes: Footnotes
) -> Flowed:
    """Flow the galley above the notes of each frame, whose height is found step by step: all columns end above them."""
    frames = [column.frame for column in columns]
    areas = {frame: _span_columns(columns, frame) for frame in frames}
    heights = dict.fromkeys(frames, 0.0)
    while True:
        above = tuple(raise_foot(column, heights[column.frame]) for column in columns)
        state = _flow(galley, above, cap_height)
        links = _links_by_frame(state, columns)
        needed = {frame: notes.height(areas[frame], links[frame]) for frame in areas}
        if all(needed[frame] <= heights[frame] for frame in areas):
            break
        heights = {frame: max(needed[frame], heights[frame]) for frame in areas}
    flowed = _add_notes(state, notes, tuple(areas.values()), [links[frame] for frame in areas])
    by_frame = dict(zip(areas, flowed.notes, strict=True))
    firsts = [frames.index(frame) == at for at, frame in enumerate(frames)]
    return replace(
        flowed,
        notes=tuple(
            one if first or one is None else replace(one, items=())
            for one, first in zip((by_frame[frame] for frame in frames), firsts, strict=True)
        ),
    )


def _span_columns(columns: Sequence[FrameColumn], frame: int) -> FrameColumn:
    """Return a column as wide as all columns of a frame."""
    own = [column for column in columns if column.frame == frame]
    first = own[0].rect
    x = min(column.rect.x for column in own)
    width = max(column.rect.right for column in own) - x
    holes = tuple(dict.fromkeys(hole for column in own for hole in column.holes))
    return replace(own[0], rect=replace(first, x=x, width=width), holes=holes)


def _links_by_frame(state: _Flow, columns: Sequence[FrameColumn]) -> dict[int, tuple[str, ...]]:
    """Return the notes that are marked in each frame, each in the frame of its first mark."""
    links: dict[int, tuple[str, ...]] = {column.frame: () for column in columns}
    known: set[str] = set()
    for placed in state.placed:
        for at, link in find_notes(placed.items):
            if link not in known:
                known.add(link)
                links[columns[at].frame] += (link,)
    return links


def _add_notes(
    state: _Flow,
    notes: Footnotes,
    columns: Sequence[FrameColumn],
    links: Sequence[tuple[str, ...]],
) -> Flowed:
    """Return what was placed, with the notes of each column."""
    flowed = state.result()
    items = [item for placed in state.placed for item in placed.items]
    tags = find_mark_tags(items, notes.texts)
    placed_notes = [
        notes.items(column, own, tags) if own else None
        for column, own in zip(columns, links, strict=True)
    ]
    found = [one for one in placed_notes if one]
    is_loose = any(one.is_loose for one in found)
    return replace(
        flowed,
        notes=tuple(placed_notes),
        too_wide=(*flowed.too_wide, *(each for one in found for each in one.too_wide)),
        loose=flowed.loose | {notes.style.name} if is_loose else flowed.loose,
    )


# Boxes that fill


def _replace_fills(galley: Galley, state: _Flow) -> Galley:
    """Replace fills by boxes that share the height left over in the first column."""
    fills = [piece for piece in galley if isinstance(piece, Fill)]
    if not fills:
        return galley
    column = state.columns[0]
    others = tuple(_without_height(piece) if isinstance(piece, Fill) else piece for piece in galley)
    natural = _natural_height(others, column, state)
    share = max(0.0, column.rect.height - natural) / len(fills)
    return tuple(
        piece.make(max(share, piece.least)) if isinstance(piece, Fill) else piece
        for piece in galley
    )


def _without_height(fill: Fill) -> GalleyBox:
    """Return a fill without its height: its spaces only."""
    return GalleyBox(0.0, 0.0, (), fill.space_before, fill.space_after)


def _natural_height(galley: Galley, column: FrameColumn, state: _Flow) -> float:
    """Return the height of the pieces in a column of unlimited height, with their notes."""
    tall = 1e5
    rect = replace(column.rect, y=column.rect.top - tall, height=tall)
    endless = (replace(column, rect=rect, holes=()),)
    pen = pen_at_column(endless, 0)
    links: list[str] = []
    for piece in galley:
        placed = place_piece(piece, pen, endless, state.cap_height)
        links += [link for _, link in find_notes(placed.items)]
        pen = placed.pen
    notes = state.room.extra_height(0, links) if state.room else 0.0
    return rect.top - pen.edge + notes
