"""Formes: the pages of one side of a sheet at their places, before there is paper around them.

Takes imposed sides and the sizes of pages; gives `SheetLayout`s: for every page a map and a window, the rectangles that are left
when all is cut, the folds. x and y grow from the lower left corner of the outermost trim. Stands between imposition, which
knows numbers only, and sheets, which bring paper and marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate

from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.imposition.page_order import PageCell, SheetPiece, SheetSide


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as imposition sees it: its trim, and the bleed that there is on each side of it."""

    width: float
    height: float
    bleed: float = 0.0


@dataclass(frozen=True, slots=True)
class PageSlot:
    """A page's place: `at` maps its points (from its trim's corner) to the forme's, `seen` is its window, in its points."""

    number: int
    at: Matrix
    seen: Rect


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One side of a sheet. `trims` are the pieces that are left when all is cut, `folds` upright lines, by their x."""

    name: str
    slots: tuple[PageSlot, ...]
    trims: tuple[Rect, ...]
    bleed: float
    folds: tuple[float, ...] = ()

    @property
    def block(self) -> Rect:
        """The rectangle around all trims."""
        whole = self.trims[0]
        for trim in self.trims[1:]:
            whole = whole.joined(trim)
        return whole

    def scaled(self, factor: float) -> SheetLayout:
        """The forme made smaller or larger about its corner."""
        by = Matrix(factor, 0, 0, factor)
        slots = tuple(replace(slot, at=slot.at.then(by)) for slot in self.slots)
        trims = tuple(_scaled(trim, factor) for trim in self.trims)
        folds = tuple(x * factor for x in self.folds)
        return SheetLayout(self.name, slots, trims, self.bleed * factor, folds)


def _scaled(rect: Rect, factor: float) -> Rect:
    return Rect(rect.x * factor, rect.y * factor, rect.width * factor, rect.height * factor)


Sizes = Callable[[int], PageSize]
"""The size of a page by its number; of a blank one, 0."""


def lay_out_side(side: SheetSide, size: Sizes, bleed: float) -> SheetLayout:
    """The side with its pages at their places; between pieces that are cut apart there is room for two bleeds."""
    gap = 2 * bleed
    widths = [
        max(_width(row[at], size) for row in side.rows if at < len(row))
        for at in range(max(len(row) for row in side.rows))
    ]
    heights = [max(_height(piece, size) for piece in row) for row in side.rows]
    lefts = [0.0, *accumulate(width + gap for width in widths)]
    foots = [0.0, *accumulate(height + gap for height in reversed(heights))]
    slots: list[PageSlot] = []
    trims: list[Rect] = []
    folds: dict[float, None] = {}
    for row, foot in zip(reversed(side.rows), foots, strict=False):
        for piece, left in zip(row, lefts, strict=False):
            trim = Rect(left, foot, _width(piece, size), _height(piece, size))
            trims.append(trim)
            cells = list(_cells(piece, trim, size))
            slots += [_slot(cell, rect, piece, size, bleed) for cell, rect in cells if cell.number]
            edges = (round(rect.x, 6) for _, rect in cells if rect.x > trim.x + 0.01)
            folds |= dict.fromkeys(edges)
    return SheetLayout(side.name, tuple(slots), tuple(trims), bleed, tuple(sorted(folds)))


def _width(piece: SheetPiece, size: Sizes) -> float:
    return sum(size(cell.number).width for cell in piece.cells)


def _height(piece: SheetPiece, size: Sizes) -> float:
    return max(size(cell.number).height for cell in piece.cells)


def _cells(piece: SheetPiece, trim: Rect, size: Sizes) -> Iterator[tuple[PageCell, Rect]]:
    """The cells of a piece with the room of each, from left to right as they lie."""
    x = trim.x
    for cell in reversed(piece.cells) if piece.turned else piece.cells:
        width = size(cell.number).width
        yield cell, Rect(x, trim.y, width, trim.height)
        x += width


def _slot(cell: PageCell, room: Rect, piece: SheetPiece, size: Sizes, bleed: float) -> PageSlot:
    """A page in its room: upright or upside down, moved by creep, seen up to the folds and out to the bleed elsewhere."""
    page = size(cell.number)
    lift = (room.height - page.height) / 2
    if piece.turned:
        half = turn(180).then(shift(page.width, page.height))
        at = half.then(shift(room.x - cell.shift, room.y + lift))
    else:
        at = shift(room.x + cell.shift, room.y + lift)
    most = min(page.bleed, bleed)
    place, last = piece.cells.index(cell), len(piece.cells) - 1
    # Sheets are painted from left to right: whoever comes later covers what the one before it shows beyond the fold.
    under_left, under_right = (OVERLAP, 0.0) if piece.turned else (0.0, OVERLAP)
    left = most if place == 0 else under_left
    right = most if place == last else under_right
    # The window stands still while creep moves the page behind it: the fold is where it was.
    window = Rect(-left - cell.shift, -most, page.width + left + right, page.height + 2 * most)
    whole = Rect(0, 0, page.width, page.height).grown(page.bleed)
    return PageSlot(cell.number, at, window.common(whole))


OVERLAP = 0.2
"""How far a page shows beneath its neighbour at a fold, in points: two edges that only meet let the paper shine through."""
