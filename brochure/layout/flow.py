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
from brochure.layout.fills import resolve_fills
from brochure.layout.footnote_area import FootnoteArea, find_notes, raise_foot
from brochure.layout.footnotes import Footnotes, PlacedNotes, find_mark_tags
from brochure.layout.line_slots import (
    SLACK,
    FrameColumn,
    Pen,
    pen_at_column,
)
from brochure.layout.overset import Left, OversetText, merge_by_message, overset_height
from brochure.layout.place_piece import CapHeight, PlacedPiece, place_piece
from brochure.model.display_list import Item
from brochure.model.galley import (
    Galley,
    GalleyBox,
    GalleyParagraph,
    Piece,
    join_shadings,
)
from brochure.spec.notes import NotePlace


@dataclass(frozen=True, slots=True)
class Flowed:
    """The items of each column, the y down to which each is filled, and the overset text.

    `broken_keeps` are paragraphs whose lines could not be kept together as their styles ask, since all columns are full.
    `loose` are the styles of justified lines whose spaces exceed the limit of their script. `stretched` has the word spaces of
    the lines that exceed the limit of their style, by paragraph. `parts` are the pieces of each column. `overset_height` is the
    height of all overset lines and boxes, without the space between them. `notes` are the notes at the foot of each column,
    which are not among its items. `wide_boxes` are boxes that are wider than their column, by how much, and its index.
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
    wide_boxes: tuple[tuple[GalleyBox, float, int], ...] = ()


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
        return flow_above_notes(
            lambda above: _flow(galley, above, cap_height).result(), columns, notes
        )
    state = _flow(galley, columns, cap_height, notes.area(columns))
    assert state.area, "the flow has footnote areas"
    return _add_notes(state.result(), notes, columns, state.area.links)


def _flow(
    galley: Galley,
    columns: tuple[FrameColumn, ...],
    cap_height: CapHeight,
    area: FootnoteArea | None = None,
) -> _Flow:
    state = _Flow(columns, cap_height, area)
    joined = tuple(join_shadings(galley))
    for group in kept_groups(resolve_fills(joined, columns, cap_height, area)):
        state.place(group)
    if any(piece.shadings for piece in state.placed):
        # Imported here: only shaded paragraphs need it.
        from brochure.layout.paragraph_shading import draw_shadings

        state.placed = draw_shadings(state.placed)
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


def ends_with_keep(galley: Galley) -> bool:
    """Return True if the last piece stays with what follows."""
    return bool(galley) and _has_keep_with_next(galley[-1])


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
        self,
        columns: tuple[FrameColumn, ...],
        cap_height: CapHeight,
        area: FootnoteArea | None = None,
    ) -> None:
        self.columns = columns
        self.area = area
        self.cap_height = cap_height
        self.pen = pen_at_column(columns, 0)
        self.placed: list[PlacedPiece] = []
        self.left: list[Left] = []
        self.too_wide: list[tuple[GalleyParagraph, float]] = []
        self.wide_boxes: list[tuple[GalleyBox, float, int]] = []
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
            elif isinstance(piece, GalleyBox) and placed.too_wide > SLACK:
                self.wide_boxes.append((piece, placed.too_wide, placed.first_column))
        self.placed.extend(trial)
        self.pen = trial[-1].pen
        for placed in trial:
            if self.area and placed.notes:
                self.area = self.area.add(placed.notes)
                self.columns = self.area.raised

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
        columns, area = self.columns, self.area
        for piece in group:
            placed = place_piece(piece, pen, columns, self.cap_height, area)
            if area and placed.notes:
                area = area.add(placed.notes)
                columns = area.raised
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
            wide_boxes=tuple(self.wide_boxes),
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


def flow_above_notes(
    flow_into: Callable[[tuple[FrameColumn, ...]], Flowed],
    columns: tuple[FrameColumn, ...],
    notes: Footnotes,
) -> Flowed:
    """Flow content above the notes of each frame, whose height is found step by step: all columns end above them.

    Args:
        flow_into: Flows the content into columns.
        columns: The columns without notes.
        notes: The notes.
    """
    frames = [column.frame for column in columns]
    areas = {frame: _span_columns(columns, frame) for frame in frames}
    heights = dict.fromkeys(frames, 0.0)
    while True:
        above = tuple(raise_foot(column, heights[column.frame]) for column in columns)
        flowed = flow_into(above)
        links = _links_by_frame(flowed, columns)
        needed = {frame: notes.height(areas[frame], links[frame]) for frame in areas}
        if all(needed[frame] <= heights[frame] for frame in areas):
            break
        heights = {frame: max(needed[frame], heights[frame]) for frame in areas}
    flowed = _add_notes(flowed, notes, tuple(areas.values()), [links[frame] for frame in areas])
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


def _links_by_frame(flowed: Flowed, columns: Sequence[FrameColumn]) -> dict[int, tuple[str, ...]]:
    """Return the notes that are marked in each frame, each in the frame of its first mark."""
    links: dict[int, tuple[str, ...]] = {column.frame: () for column in columns}
    known: set[str] = set()
    for at, link in find_notes(_located_items(flowed)):
        if link not in known:
            known.add(link)
            links[columns[at].frame] += (link,)
    return links


def _located_items(flowed: Flowed) -> Iterator[tuple[int, Item]]:
    """Yield the items with the indexes of their columns."""
    for at, items in enumerate(flowed.items):
        for item in items:
            yield at, item


def _add_notes(
    flowed: Flowed,
    notes: Footnotes,
    columns: Sequence[FrameColumn],
    links: Sequence[tuple[str, ...]],
) -> Flowed:
    """Return what was placed, with the notes of each column."""
    tags = find_mark_tags(_located_items(flowed), notes.texts)
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
