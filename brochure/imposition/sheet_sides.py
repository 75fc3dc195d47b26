"""Sheet sides: pages at their places on one side of a sheet, without paper around them.

Coordinates are in points from the lower left corner of the outermost trim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from itertools import accumulate
from math import atan2, degrees

from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.imposition.page_order import PageCell, SheetPiece, SheetSide


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's trim size and the bleed available on each side, in points."""

    width: float
    height: float
    bleed: float = 0.0


class FoldEdge(Enum):
    """The edge of a page that is at a fold."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class PageSlot:
    """A page's place: `at` maps its points (from its trim's corner) to the sheet's; `seen` is its visible part, in its points.

    `fold` is its edge at a fold, to which smaller pages are aligned. `size` is the size that is reserved for it.
    """

    number: int
    at: Matrix
    seen: Rect
    fold: FoldEdge = FoldEdge.NONE
    size: PageSize = PageSize(0, 0)


@dataclass(frozen=True, slots=True)
class Spine:
    """The spine of a signature on its outside: its number, and its line from `head` to `foot` at `x`, in points."""

    signature: int
    x: float
    head: float
    foot: float
    milling: float = 0.0


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One side of a sheet. `trims` are the pieces left after cutting.

    `folds` are vertical lines, by their x, and `horizontal_folds` horizontal ones, by their y. `spines` are the spines of
    signatures, each with the signature's number: a line from the head to the foot.
    """

    name: str
    slots: tuple[PageSlot, ...]
    trims: tuple[Rect, ...]
    bleed: float
    folds: tuple[float, ...] = ()
    horizontal_folds: tuple[float, ...] = ()
    spines: tuple[Spine, ...] = ()

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
        across = tuple(y * factor for y in self.horizontal_folds)
        return SheetLayout(self.name, slots, trims, self.bleed * factor, folds, across)


def _scale_rect(rect: Rect, factor: float) -> Rect:
    return Rect(rect.x * factor, rect.y * factor, rect.width * factor, rect.height * factor)


Sizes = Callable[[int], PageSize]
"""Returns the size of a page by its number; 0 is a blank page."""


def lay_out_side(
    side: SheetSide, size: Sizes, bleed: float, gutter: float | None = None
) -> SheetLayout:
    """Place the pages of a side; pieces that are cut apart are separated by a gutter, by default two bleeds."""
    gap = 2 * bleed if gutter is None else gutter
    widths = [
        max(_width(row[at], size) for row in side.rows if at < len(row))
        for at in range(max(len(row) for row in side.rows))
    ]
    heights = [max(_height(piece, size) for piece in row) for row in side.rows]
    lefts = [0.0, *accumulate(width + gap for width in widths)]
    bottoms = [0.0, *accumulate(height + gap for height in reversed(heights))]
    slots: list[PageSlot] = []
    trims: list[Rect] = []
    spines: list[Spine] = []
    folds: dict[float, None] = {}
    for row, bottom in zip(reversed(side.rows), bottoms, strict=False):
        for piece, left in zip(row, lefts, strict=False):
            trim = Rect(left, bottom, _width(piece, size), _height(piece, size))
            trims.append(trim)
            cells = list(_cells(piece, trim, size))
            slots += [_slot(cell, rect, piece, size, bleed) for cell, rect in cells if cell.number]
            edges = [rect.x - piece.milling for _, rect in cells if rect.x > trim.x + 0.01]
            folds |= dict.fromkeys(round(edge, 6) for edge in edges)
            if piece.signature:
                spines.append(_spine(piece, edges[0], trim))
    across = (lefts[at + 1] - gap / 2 for at in side.fold_columns)
    down = (bottoms[len(heights) - 1 - at] - gap / 2 for at in side.fold_rows)
    return SheetLayout(
        side.name,
        tuple(slots),
        tuple(trims),
        bleed,
        tuple(sorted(folds | dict.fromkeys(round(x, 6) for x in across))),
        tuple(sorted(down)),
        tuple(spines),
    )


def _spine(piece: SheetPiece, x: float, trim: Rect) -> Spine:
    ends = (trim.y, trim.top) if piece.turned else (trim.top, trim.y)
    return Spine(piece.signature, x, *ends, piece.milling)


def _width(piece: SheetPiece, size: Sizes) -> float:
    spines = len(piece.cells) - 1
    return sum(size(cell.number).width for cell in piece.cells) + spines * 2 * piece.milling


def _height(piece: SheetPiece, size: Sizes) -> float:
    return max(size(cell.number).height for cell in piece.cells)


def _cells(piece: SheetPiece, trim: Rect, size: Sizes) -> Iterator[tuple[PageCell, Rect]]:
    """Yield the cells of a piece with their rectangles, from left to right on the sheet."""
    x = trim.x
    for cell in reversed(piece.cells) if piece.turned else piece.cells:
        width = size(cell.number).width
        yield cell, Rect(x, trim.y, width, trim.height)
        x += width + 2 * piece.milling


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
    milled = min(page.bleed, piece.milling)
    left = max_bleed if place == 0 else milled or under_left
    right = max_bleed if place == last else milled or under_right
    # Creep moves the page behind its window, not the window: the fold stays in place.
    window = Rect(
        -left - cell.shift, -max_bleed, page.width + left + right, page.height + 2 * max_bleed
    )
    full_rect = Rect(0, 0, page.width, page.height).expand(page.bleed)
    leaning = _lean(cell.lean, page, from_left=place > 0).then(at) if cell.lean else at
    seen = window.intersect(full_rect)
    return PageSlot(cell.number, leaning, seen, _fold_edge(place, last), page)


def _fold_edge(place: int, last: int) -> FoldEdge:
    """Return which edge of a page is at a fold, in its own direction; none if both are or none is."""
    if place == 0:
        return FoldEdge.RIGHT if last else FoldEdge.NONE
    return FoldEdge.LEFT if place == last else FoldEdge.NONE


def _lean(lean: float, page: PageSize, *, from_left: bool) -> Matrix:
    """Return the rotation of a page about its foot at the spine that moves its head sideways by `lean`."""
    x = 0.0 if from_left else page.width
    angle = -degrees(atan2(lean, page.height))
    return shift(-x, 0).then(turn(angle)).then(shift(x, 0))


OVERLAP = 0.2
"""How far a page extends below its neighbour at a fold, in points, so that no paper shows between them."""
