"""Flow a galley in which headings, pictures or other pieces span the columns of their frame.

The pieces above one that spans are balanced over the columns; it follows below them, and the columns go on below it. A heading
that spans stays with the text that follows: if none of that fits below it, both begin in the next frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, islice

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.layout.column_balance import find_least_height
from brochure.layout.column_feet import align_feet
from brochure.layout.flow import Flowed, ends_with_keep, flow, kept_groups
from brochure.layout.line_slots import SLACK, FrameColumn
from brochure.layout.page_plan import PlannedFrame
from brochure.layout.place_piece import CapHeight
from brochure.model.display_list import Item
from brochure.model.galley import (
    ForcedBreak,
    Galley,
    GalleyBox,
    GalleyParagraph,
    Piece,
    spans_columns,
)


@dataclass(frozen=True, slots=True)
class SpanFrame:
    """The columns of a frame of a thread, and whether their feet are aligned."""

    columns: tuple[FrameColumn, ...]
    align_feet: bool = False

    @property
    def whole(self) -> FrameColumn:
        """All columns as one."""
        first = self.columns[0]
        left = min(column.rect.x for column in self.columns)
        right = max(column.rect.right for column in self.columns)
        holes = tuple(dict.fromkeys(hole for column in self.columns for hole in column.holes))
        low = min(column.rect.y for column in self.columns)
        rect = Rect(left, low, right - left, first.rect.top - low)
        return replace(first, rect=rect, holes=holes)


def make_span_frames(
    columns: Iterable[FrameColumn], frames: Iterable[PlannedFrame]
) -> list[SpanFrame]:
    """Return the columns of a thread by its frames."""
    following = iter(columns)
    return [
        SpanFrame(tuple(islice(following, len(frame.columns))), frame.spec.align_feet)
        for frame in frames
    ]


def flow_spanning(
    galley: Galley, frames: Sequence[SpanFrame], cap_height: CapHeight, *, balance: bool = False
) -> Flowed:
    """Flow the galley into the frames, from the top of the first.

    In the result, all items of a frame are in its first column.

    Args:
        galley: The galley.
        frames: The frames of the thread.
        cap_height: Returns the cap height of a style.
        balance: Whether the columns below the last piece that spans are balanced.
    """
    state = _SpanningFlow(frames, cap_height)
    sections = [
        (is_spanning, tuple(pieces)) for is_spanning, pieces in groupby(galley, spans_columns)
    ]
    for at, (is_spanning, pieces) in enumerate(sections):
        is_last = at + 1 == len(sections)
        if is_spanning:
            state.place_across(pieces, () if is_last else sections[at + 1][1])
        else:
            state.place_in_columns(pieces, is_balanced=balance or not is_last)
    return state.result()


class _SpanningFlow:
    """State of a flow: the frame, how far down it is filled, and what was placed."""

    def __init__(self, frames: Sequence[SpanFrame], cap_height: CapHeight) -> None:
        self.frames = frames
        self.cap_height = cap_height
        self.at = 0
        self.edge: float | None = None
        self.above: Piece | None = None
        self.flowed: list[Flowed] = []
        self.wide_boxes: list[tuple[GalleyBox, float, int]] = []
        self.items: list[list[Item]] = [[] for _ in frames]
        self.depths = [[column.rect.top for column in frame.columns] for frame in frames]

    # Columns

    def place_in_columns(self, pieces: Galley, *, is_balanced: bool) -> None:
        """Place pieces in the columns of the current frame, below what it has, and of the frames that follow."""
        start = self.at
        columns = self._columns_below(pieces[0])
        flowed = flow(pieces, tuple(column for each in columns for column in each), self.cap_height)
        last = self._find_last(flowed, columns)
        if is_balanced and not flowed.overflows:
            flowed = self._balance(pieces, columns[: last + 1], flowed)
        first = 0
        for number, each in enumerate(columns[: last + 1]):
            self._take(flowed, first, start + number, each)
            first += len(each)
        self._append(flowed, start)
        self._move_to(start + last, min(self.depths[start + last]), pieces[-1])

    def _columns_below(self, piece: Piece) -> list[tuple[FrameColumn, ...]]:
        """Return the columns left in the current frame, and those of the frames that follow."""
        top = self._top_for(piece)
        here = tuple(_cut_above(column, top) for column in self.frames[self.at].columns)
        return [here, *(frame.columns for frame in self.frames[self.at + 1 :])]

    def _find_last(self, flowed: Flowed, columns: Sequence[tuple[FrameColumn, ...]]) -> int:
        """Return the index of the last frame with items."""
        last = first = 0
        for number, each in enumerate(columns):
            if any(flowed.items[first : first + len(each)]):
                last = number
            first += len(each)
        return last

    def _balance(
        self, pieces: Galley, columns: Sequence[tuple[FrameColumn, ...]], best: Flowed
    ) -> Flowed:
        """Return the pieces with the columns of the last frame cut to the least height in which they fit."""
        *before, last = columns
        if len(last) < 2:
            return flow(pieces, _chain([*before, last]), self.cap_height)

        def try_height(height: float) -> Flowed:
            cut = tuple(_cut_below(column, height) for column in last)
            return flow(pieces, _chain([*before, cut]), self.cap_height)

        return find_least_height(try_height, last[0].rect.height, best)

    def _take(self, flowed: Flowed, first: int, frame: int, columns: Sequence[FrameColumn]) -> None:
        """Take over the items of the columns of a frame, with their feet aligned if it asks for it."""
        here = slice(first, first + len(columns))
        items, depths = flowed.items[here], flowed.depths[here]
        if self.frames[frame].align_feet and len(columns) > 1 and not flowed.on_grid:
            items, depths = align_feet(items, depths, flowed.parts[here], columns)
        for at, (own, depth) in enumerate(zip(items, depths, strict=True)):
            self.items[frame].extend(own)
            if own:
                self.depths[frame][at] = depth

    def _append(self, flowed: Flowed, frame: int) -> None:
        """Add what was placed from a frame on; its columns are numbered from the first frame."""
        before = sum(len(one.columns) for one in self.frames[:frame])
        self.wide_boxes += [(box, excess, before + at) for box, excess, at in flowed.wide_boxes]
        self.flowed.append(flowed)

    # Across the columns

    def place_across(self, pieces: Galley, below: Galley) -> None:
        """Place pieces that span the columns; `below` is what follows."""
        flowed, fits = self._try_across(pieces, below)
        if not fits and self.edge is not None and self.at + 1 < len(self.frames):
            self._move_to(self.at + 1, None, None)
            flowed, _ = self._try_across(pieces, below)
        self.items[self.at].extend(flowed.items[0])
        self._append(flowed, self.at)
        self._move_to(self.at, flowed.depths[0], pieces[-1])
        self.depths[self.at] = [flowed.depths[0]] * len(self.depths[self.at])

    def _try_across(self, pieces: Galley, below: Galley) -> tuple[Flowed, bool]:
        """Return the pieces below what the frame has, and whether they and what must stay with them fit."""
        column = _cut_above(self.frames[self.at].whole, self._top_for(pieces[0]))
        flowed = flow(pieces, (column,), self.cap_height)
        if flowed.overflows or not (below and ends_with_keep(pieces)):
            return flowed, not flowed.overflows
        before = self.edge, self.above
        self.edge, self.above = flowed.depths[0], pieces[-1]
        columns = self._columns_below(below[0])
        self.edge, self.above = before
        following = flow(next(kept_groups(below)), _chain(columns), self.cap_height)
        return flowed, any(following.items[: len(columns[0])])

    # The current place

    def _move_to(self, frame: int, edge: float | None, above: Piece | None) -> None:
        self.at, self.edge, self.above = frame, edge, above

    def _top_for(self, piece: Piece) -> float:
        """Return the upper edge of a piece in the current frame: its capitals are there, or the edge of its box."""
        top = self.frames[self.at].columns[0].rect.top
        if self.edge is None or self.above is None:
            return top
        space = max(_space_after(self.above), _space_before(piece))
        if _ends_in_text(self.above):
            space += self._air(piece)
        return min(top, self.edge - space)

    def _air(self, piece: Piece) -> float:
        """Return the part of the leading of a piece that is above its capitals."""
        match piece:
            case GalleyParagraph(text=text):
                return max(0.0, text.style.leading - self.cap_height(text.style))
            case GalleyBox(air=air):
                return air
            case _:
                return 0.0

    def result(self) -> Flowed:
        """Return all that was placed, by the columns of the frames."""
        items: list[tuple[Item, ...]] = []
        for frame, own in zip(self.frames, self.items, strict=True):
            items += [tuple(own), *[()] * (len(frame.columns) - 1)]
        parts = self.flowed
        return Flowed(
            tuple(items),
            tuple(depth for depths in self.depths for depth in depths),
            tuple(one for part in parts for one in part.overflows),
            tuple(one for part in parts for one in part.too_wide),
            tuple(one for part in parts for one in part.broken_keeps),
            any(part.on_grid for part in parts),
            frozenset(name for part in parts for name in part.loose),
            tuple(one for part in parts for one in part.stretched),
            tuple(() for _ in items),
            sum(part.overset_height for part in parts),
            wide_boxes=tuple(self.wide_boxes),
        )


def _chain(columns: Sequence[tuple[FrameColumn, ...]]) -> tuple[FrameColumn, ...]:
    return tuple(column for each in columns for column in each)


def _cut_above(column: FrameColumn, top: float) -> FrameColumn:
    """Return the part of a column below a height; a column that is full has a height of 0."""
    rect = column.rect
    top = max(min(top, rect.top), rect.y - SLACK)
    return replace(column, rect=Rect(rect.x, rect.y, rect.width, top - rect.y))


def _cut_below(column: FrameColumn, height: float) -> FrameColumn:
    rect = column.rect
    return replace(column, rect=Rect(rect.x, rect.top - height, rect.width, height))


def _space_after(piece: Piece) -> float:
    match piece:
        case GalleyParagraph(text=text):
            return text.style.space_after
        case ForcedBreak():
            return 0.0
        case _:
            return piece.space_after


def _space_before(piece: Piece) -> float:
    match piece:
        case GalleyParagraph(text=text):
            return text.style.space_before
        case ForcedBreak():
            return 0.0
        case _:
            return piece.space_before


def _ends_in_text(piece: Piece) -> bool:
    match piece:
        case GalleyParagraph():
            return True
        case GalleyBox(baseline=baseline):
            return baseline is not None
        case _:
            return False
