"""Sheet sides: pages at their places on one side of a sheet, without paper around them.

Coordinates are in points from the lower left corner of the outermost trim.
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
    """A page's trim size and the bleed available on each side, in points."""

    width: float
    height: float
    bleed: float = 0.0


@dataclass(frozen=True, slots=True)
class PageSlot:
    """A page's place: `at` maps its points (from its trim's corner) to the sheet's; `seen` is its visible part, in its points."""

    number: int
    at: Matrix
    seen: Rect


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One side of a sheet. `trims` are the pieces left after cutting; `folds` are vertical lines, by their x."""

    name: str
    slots: tuple[PageSlot, ...]
    trims: tuple[Rect, ...]
    bleed: float
    folds: tuple[float, ...] = ()

    @property
    def block(self) -> Rect:
        """The rectangle around all trims."""
        full_rect = self.trims[0]
        for trim in self.trims[1:]:
            full_rect = full_rect.union(trim)
        return full_rect

    def renumbered(self, by: int) -> SheetLayout:
        """Return the side with other page numbers."""
        if not by:
            return self
        slots = tuple(replace(slot, number=slot.number + by) for slot in self.slots)
        return replace(self, slots=slots)

    def scaled(self, factor: float) -> SheetLayout:
        """Return the side scaled about its corner."""
        by = Matrix(factor, 0, 0, factor)
        slots = tuple(replace(slot, at=slot.at.then(by)) for slot in self.slots)
        trims = tuple(_scale_rect(trim, factor) for trim in self.trims)
        folds = tuple(x * factor for x in self.folds)
        return SheetLayout(self.name, slots, trims, self.bleed * factor, folds)


def _scale_rect(rect: Rect, factor: float) -> Rect:
    return Rect(rect.x * factor, rect.y * factor, rect.width * factor, rect.height * factor)


Sizes = Callable[[int], PageSize]
"""Returns the size of a page by its number; 0 is a blank page."""


def lay_out_side(side: SheetSide, size: Sizes, bleed: float) -> SheetLayout:
    """Place the pages of a side; pieces that are cut apart are separated by two bleeds."""
    gap = 2 * bleed
    widths = [
        max(_width(row[at], size) for row in side.rows if at < len(row))
        for at in range(max(len(row) for row in side.rows))
    ]
    heights = [max(_height(piece, size) for piece in row) for row in side.rows]
    lefts = [0.0, *accumulate(width + gap for width in widths)]
    bottoms = [0.0, *accumulate(height + gap for height in reversed(heights))]
    slots: list[PageSlot] = []
    trims: list[Rect] = []
    folds: dict[float, None] = {}
    for row, bottom in zip(reversed(side.rows), bottoms, strict=False):
        for piece, left in zip(row, lefts, strict=False):
            trim = Rect(left, bottom, _width(piece, size), _height(piece, size))
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
    """Yield the cells of a piece with their rectangles, from left to right on the sheet."""
    x = trim.x
    for cell in reversed(piece.cells) if piece.turned else piece.cells:
        width = size(cell.number).width
        yield cell, Rect(x, trim.y, width, trim.height)
        x += width


def _slot(
    cell: PageCell, cell_rect: Rect, piece: SheetPiece, size: Sizes, bleed: float
) -> PageSlot:
    """Place a page in its cell: rotated if the piece is, moved by creep, visible up to folds and with bleed elsewhere."""
    page = size(cell.number)
    rise = (cell_rect.height - page.height) / 2
    if piece.turned:
        half = turn(180).then(shift(page.width, page.height))
        at = half.then(shift(cell_rect.x - cell.shift, cell_rect.y + rise))
    else:
        at = shift(cell_rect.x + cell.shift, cell_rect.y + rise)
    max_bleed = min(page.bleed, bleed)
    place, last = piece.cells.index(cell), len(piece.cells) - 1
    # Pages are painted from left to right: a later one covers what its predecessor shows beyond the fold.
    under_left, under_right = (OVERLAP, 0.0) if piece.turned else (0.0, OVERLAP)
    left = max_bleed if place == 0 else under_left
    right = max_bleed if place == last else under_right
    # Creep moves the page behind its window, not the window: the fold stays in place.
    window = Rect(
        -left - cell.shift, -max_bleed, page.width + left + right, page.height + 2 * max_bleed
    )
    full_rect = Rect(0, 0, page.width, page.height).expand(page.bleed)
    return PageSlot(cell.number, at, window.intersect(full_rect))


OVERLAP = 0.2
"""How far a page extends below its neighbour at a fold, in points, so that no paper shows between them."""
