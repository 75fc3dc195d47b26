"""Imposition: which page lies where on which side of which sheet.

Takes page counts and ways of working; gives `SheetSide`s, rows of pieces of paper with the numbers of the pages on them, which
print as text: `8 1 | 2 7` is a sheet's front and back. Nothing is measured here but creep. Numbers beyond the last page are
blank and written as 0. Stands before the formes, which turn numbers into places on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PageCell:
    """A page on its piece: its number from 1 (0: blank), and how far creep moves it to the right, in points."""

    number: int
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class SheetPiece:
    """Pages that stay on one piece of paper when all is cut, from left to right; `turned` by half a turn as a whole."""

    cells: tuple[PageCell, ...]
    turned: bool = False

    def __str__(self) -> str:
        words = [f"{cell.number}{'↓' if self.turned else ''}" for cell in self.cells]
        return " ".join(reversed(words) if self.turned else words)


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One side of a sheet: rows of pieces from the head down, each from left to right, as they lie on the sheet."""

    name: str
    rows: tuple[tuple[SheetPiece, ...], ...]

    def __str__(self) -> str:
        return " / ".join(", ".join(str(piece) for piece in row) for row in self.rows)

    def turned(self) -> SheetSide:
        """The side upside down."""
        rows = [
            tuple(replace(piece, turned=not piece.turned) for piece in reversed(row))
            for row in reversed(self.rows)
        ]
        return replace(self, rows=tuple(rows))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The pages on it, row by row; turned pieces in their own order."""
        return tuple(cell.number for row in self.rows for one in row for cell in one.cells)


class Creep(Enum):
    """Which sheet of a nest keeps its place: the outermost, all others pushed in; or the innermost, all others out."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Nest:
    """How a booklet is nested: the thickness of its paper in points, and where creep goes. 0 means none."""

    caliper: float = 0.0
    creep: Creep = Creep.IN

    def inwards(self, depth: int, sheets: int) -> float:
        """How far the pages of a sheet move towards the spine; `depth` counts from the outermost, 0.

        Each sheet is wrapped around by `depth` others, and the fold of each takes one thickness: by so much it stands out
        at the fore edge, where the knife cuts all of them alike.
        """
        steps = depth if self.creep is Creep.IN else depth - (sheets - 1)
        return steps * self.caliper


def shown(sides: Iterable[SheetSide]) -> str:
    """Sides as text, a sheet's front and back with a bar between them."""
    return " | ".join(str(side) for side in sides)


def blanks(count: int, to: int) -> int:
    """How many blank pages fill a count up to a multiple."""
    return -count % to


# Ways of working


def readers(spreads: Iterable[Sequence[int]]) -> tuple[SheetSide, ...]:
    """Pages side by side as a reader sees them, for proofs."""
    found = []
    for spread in spreads:
        name = "-".join(str(number) for number in (spread[0], spread[-1])[: len(spread)])
        found.append(SheetSide(name, ((_piece(spread),),)))
    return tuple(found)


def pairs(
    count: int, *, first_alone: bool = True, left_to_right: bool = True
) -> tuple[tuple[int, ...], ...]:
    """The spreads of a bound brochure: `1`, `2 3`, `4 5` …; leftward ones are read from the right."""
    numbers = list(range(1, count + 1))
    groups = [numbers[:1]] if first_alone else []
    rest = numbers[1:] if first_alone else numbers
    groups += [rest[at : at + 2] for at in range(0, len(rest), 2)]
    return tuple(tuple(group if left_to_right else group[::-1]) for group in groups if group)


def booklet(
    count: int, *, section: int = 0, nest: Nest | None = None, left_to_right: bool = True
) -> tuple[tuple[SheetSide, SheetSide], ...]:
    """Sheets of a saddle-stitched booklet from the outermost in, front and back; or of sections of so many pages each."""
    whole = count + blanks(count, 4)
    step = section or whole
    found = []
    for first in range(0, whole, step):
        pages = range(first + 1, min(first + step, whole) + 1)
        found += list(_nested(pages, count, nest or Nest(), left_to_right=left_to_right))
    return tuple(_named(at, front, back) for at, (front, back) in enumerate(found, start=1))


def _nested(
    pages: range, count: int, nest: Nest, *, left_to_right: bool
) -> Iterator[tuple[SheetPiece, SheetPiece]]:
    sheets = len(pages) // 4
    for depth in range(sheets):
        low, high = pages[2 * depth], pages[-1 - 2 * depth]
        by = nest.inwards(depth, sheets)
        front, back = (high, low), (low + 1, high - 1)
        yield tuple(_folded(pair, count, by, left_to_right=left_to_right) for pair in (front, back))  # type: ignore[misc]


def _folded(pair: tuple[int, int], count: int, by: float, *, left_to_right: bool) -> SheetPiece:
    """Two pages beside a fold; the left one moves right towards it and the right one left."""
    left, right = pair if left_to_right else pair[::-1]
    known = [number if number <= count else 0 for number in (left, right)]
    return SheetPiece((PageCell(known[0], by), PageCell(known[1], -by)))


def _named(at: int, front: SheetPiece, back: SheetPiece) -> tuple[SheetSide, SheetSide]:
    return SheetSide(f"{at} front", ((front,),)), SheetSide(f"{at} back", ((back,),))


def turning(sheets: Iterable[tuple[SheetSide, SheetSide]]) -> tuple[SheetSide, ...]:
    """Work-and-turn: front and back beside each other, printed on both sides of the paper, which is turned like a leaf.

    The paper's left edge comes to lie at the right, so that behind each front is its back; cut apart, it gives two copies.
    """
    return tuple(
        SheetSide(_sheet(front), tuple(a + b for a, b in zip(front.rows, back.rows, strict=True)))
        for front, back in sheets
    )


def tumbling(sheets: Iterable[tuple[SheetSide, SheetSide]]) -> tuple[SheetSide, ...]:
    """Work-and-tumble: the back below the front, foot to foot; the paper is turned from head to foot."""
    return tuple(
        SheetSide(_sheet(front), front.rows + back.turned().rows) for front, back in sheets
    )


def _sheet(side: SheetSide) -> str:
    return side.name.removesuffix(" front")


Grid = tuple[int, int]
"""Pieces across and down."""


Leaf = tuple[tuple[int, ...], tuple[int, ...]]
"""The pages on the front of a piece of paper and those on its back, each from left to right."""


def leaves(count: int) -> tuple[Leaf, ...]:
    """Single leaves: 1 with 2 behind it, 3 with 4."""
    return tuple(
        ((first,), (first + 1 if first < count else 0,)) for first in range(1, count + 1, 2)
    )


def step_and_repeat(pieces: Sequence[Leaf], grid: Grid) -> tuple[tuple[SheetSide, SheetSide], ...]:
    """Sheets that each repeat one leaf all over: its front, and behind every copy its back."""
    across, down = grid
    found = []
    for at, leaf in enumerate(pieces, start=1):
        front, back = (((_piece(numbers),) * across,) * down for numbers in leaf)
        found.append((SheetSide(f"{at} front", front), SheetSide(f"{at} back", back)))
    return tuple(found)


def several(count: int, grid: Grid) -> tuple[SheetSide, ...]:
    """Pages in their order on sheets printed on one side, each row from the left."""
    across, down = grid
    found = []
    for at, first in enumerate(range(1, count + 1, across * down), start=1):
        numbers = [
            number if number <= count else 0 for number in range(first, first + across * down)
        ]
        rows = [
            tuple(_piece((number,)) for number in numbers[row * across : (row + 1) * across])
            for row in range(down)
        ]
        found.append(SheetSide(str(at), tuple(rows)))
    return tuple(found)


def _piece(numbers: Sequence[int]) -> SheetPiece:
    return SheetPiece(tuple(PageCell(number) for number in numbers))
