"""Page order: which page lies where on which side of which sheet.

Sides print as text: `8 1 | 2 7` is a sheet's front and back. Numbers beyond the last page are blank and written as 0. Only
creep is measured here, in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from brochure.choices import Creep
from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PageCell:
    """A page on a piece of paper: its number from 1 (0: blank), and its shift to the right by creep, in points.

    `lean` is how much further its head moves to the right than its foot (bottling).
    """

    number: int
    shift: float = 0.0
    lean: float = 0.0


@dataclass(frozen=True, slots=True)
class SheetPiece:
    """Pages on one piece of paper after cutting, from left to right; `turned` if the piece lies upside down.

    `milling` is the width that each page loses at the spine, in points. A piece with the outer pages of a signature has the
    `signature`'s number.
    """

    cells: tuple[PageCell, ...]
    turned: bool = False
    milling: float = 0.0
    signature: int = 0

    def __str__(self) -> str:
        words = [f"{cell.number}{'↓' if self.turned else ''}" for cell in self.cells]
        return " ".join(reversed(words) if self.turned else words)


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One side of a sheet: rows of pieces from the top, each from left to right.

    `fold_columns` are the spaces between pieces across, and `fold_rows` those between rows, from 0, at which the sheet is folded
    before it is cut.
    """

    name: str
    rows: tuple[tuple[SheetPiece, ...], ...]
    fold_columns: tuple[int, ...] = ()
    fold_rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        return " / ".join(", ".join(str(piece) for piece in row) for row in self.rows)

    def turned(self) -> SheetSide:
        """Return the side upside down."""
        rows = [
            tuple(replace(piece, turned=not piece.turned) for piece in reversed(row))
            for row in reversed(self.rows)
        ]
        across, down = len(self.rows[0]), len(self.rows)
        return replace(
            self,
            rows=tuple(rows),
            fold_columns=tuple(across - 2 - at for at in reversed(self.fold_columns)),
            fold_rows=tuple(down - 2 - at for at in reversed(self.fold_rows)),
        )

    @property
    def numbers(self) -> tuple[int, ...]:
        """The page numbers, row by row; those of turned pieces in their own order."""
        return tuple(cell.number for row in self.rows for one in row for cell in one.cells)


@dataclass(frozen=True, slots=True)
class Nest:
    """How a booklet is nested: the paper's thickness in points (0: no creep), and the direction of creep."""

    caliper: float = 0.0
    creep: Creep = Creep.IN

    def inwards(self, depth: int, sheets: int) -> float:
        """Return how far a sheet's pages move towards the spine, in points; `depth` counts from the outermost, 0.

        A sheet is wrapped by `depth` others, and each fold takes one thickness of paper: the sheet would stand out by that
        much at the fore edge, where all are trimmed alike.
        """
        steps = depth if self.creep is Creep.IN else depth - (sheets - 1)
        return steps * self.caliper


def format_sides(sides: Iterable[SheetSide]) -> str:
    """Return sides as text, front and back separated by a bar."""
    return " | ".join(str(side) for side in sides)


def count_blanks(count: int, to: int) -> int:
    """Return the number of blank pages that fill a count up to a multiple."""
    return -count % to


# Schemes


def reader_spreads(spreads: Iterable[Sequence[int]]) -> tuple[SheetSide, ...]:
    """Return pages side by side as in reading, for proofs."""
    sheets = []
    for spread in spreads:
        name = "-".join(str(number) for number in (spread[0], spread[-1])[: len(spread)])
        sheets.append(SheetSide(name, ((_piece(spread),),)))
    return tuple(sheets)


def facing_pages(
    count: int, *, first_alone: bool = True, left_to_right: bool = True
) -> tuple[tuple[int, ...], ...]:
    """Return the spreads of a bound brochure: `1`, `2 3`, `4 5` …; reversed if read from right to left."""
    numbers = list(range(1, count + 1))
    groups = [numbers[:1]] if first_alone else []
    rest = numbers[1:] if first_alone else numbers
    groups += [rest[at : at + 2] for at in range(0, len(rest), 2)]
    return tuple(tuple(group if left_to_right else group[::-1]) for group in groups if group)


def booklet(
    count: int, *, section: int = 0, nest: Nest | None = None, left_to_right: bool = True
) -> tuple[tuple[SheetSide, SheetSide], ...]:
    """Return the sheets of a saddle-stitched booklet from the outermost in, or of sections of so many pages each."""
    total = count + count_blanks(count, 4)
    step = section or total
    sheets = []
    for first in range(0, total, step):
        pages = range(first + 1, min(first + step, total) + 1)
        nested = list(_nest_sheets(pages, count, nest or Nest(), left_to_right=left_to_right))
        if section:
            outside, inside = nested[0]
            nested[0] = replace(outside, signature=first // step + 1), inside
        sheets += nested
    return tuple(_name_sides(at, front, back) for at, (front, back) in enumerate(sheets, start=1))


def _nest_sheets(
    pages: range, count: int, nest: Nest, *, left_to_right: bool
) -> Iterator[tuple[SheetPiece, SheetPiece]]:
    sheets = len(pages) // 4
    for depth in range(sheets):
        low, high = pages[2 * depth], pages[-1 - 2 * depth]
        shift = nest.inwards(depth, sheets)
        front, back = (high, low), (low + 1, high - 1)
        yield tuple(
            _fold_pair(pair, count, shift, left_to_right=left_to_right) for pair in (front, back)
        )  # type: ignore[misc]


def _fold_pair(
    pair: tuple[int, int], count: int, shift: float, *, left_to_right: bool
) -> SheetPiece:
    """Return two pages beside a fold, both moved towards it by creep."""
    left, right = pair if left_to_right else pair[::-1]
    numbers = [number if number <= count else 0 for number in (left, right)]
    return SheetPiece((PageCell(numbers[0], shift), PageCell(numbers[1], -shift)))


def _name_sides(at: int, front: SheetPiece, back: SheetPiece) -> tuple[SheetSide, SheetSide]:
    return SheetSide(f"{at} front", ((front,),)), SheetSide(f"{at} back", ((back,),))


def work_and_turn(sheets: Iterable[tuple[SheetSide, SheetSide]]) -> tuple[SheetSide, ...]:
    """Work-and-turn: front and back side by side on both sides of the paper, which is turned about its vertical axis.

    Behind each front is its back; cutting the sheet in two gives two copies.
    """
    return tuple(
        SheetSide(
            _sheet(front),
            tuple(a + b for a, b in zip(front.rows, back.rows, strict=True)),
            (*front.fold_columns, *(len(front.rows[0]) + at for at in back.fold_columns)),
            front.fold_rows,
        )
        for front, back in sheets
    )


def work_and_tumble(sheets: Iterable[tuple[SheetSide, SheetSide]]) -> tuple[SheetSide, ...]:
    """Work-and-tumble: the back below the front, upside down; the paper is turned about its horizontal axis."""
    return tuple(
        SheetSide(_sheet(front), front.rows + back.turned().rows) for front, back in sheets
    )


def _sheet(side: SheetSide) -> str:
    return f"{side.name} and back"


Grid = tuple[int, int]
"""Number of pieces across and down."""


Leaf = tuple[tuple[int, ...], tuple[int, ...]]
"""The pages on the front of a piece of paper and those on its back, each from left to right."""


def leaves(count: int) -> tuple[Leaf, ...]:
    """Return single leaves: 1 with 2 on its back, 3 with 4."""
    return tuple(
        ((first,), (first + 1 if first < count else 0,)) for first in range(1, count + 1, 2)
    )


def step_and_repeat(pieces: Sequence[Leaf], grid: Grid) -> tuple[tuple[SheetSide, SheetSide], ...]:
    """Return sheets that each repeat one leaf: its front, and behind every copy its back."""
    across, down = grid
    sheets = []
    for at, leaf in enumerate(pieces, start=1):
        front, back = (((_piece(numbers),) * across,) * down for numbers in leaf)
        sheets.append((SheetSide(f"{at} front", front), SheetSide(f"{at} back", back)))
    return tuple(sheets)


def n_up(count: int, grid: Grid) -> tuple[SheetSide, ...]:
    """Return pages in order on sheets printed on one side, each row from the left."""
    across, down = grid
    sheets = []
    for at, first in enumerate(range(1, count + 1, across * down), start=1):
        numbers = [
            number if number <= count else 0 for number in range(first, first + across * down)
        ]
        rows = [
            tuple(_piece((number,)) for number in numbers[row * across : (row + 1) * across])
            for row in range(down)
        ]
        sheets.append(SheetSide(str(at), tuple(rows)))
    return tuple(sheets)


def _piece(numbers: Sequence[int]) -> SheetPiece:
    return SheetPiece(tuple(PageCell(number) for number in numbers))
