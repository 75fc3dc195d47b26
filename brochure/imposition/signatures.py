"""Signatures: sheets with several pairs of pages on each side, folded several times and then gathered or inserted.

The order of the pages is found by unfolding: a folded signature lies before us with its first page up, and is opened at the
spine, at the head, at the fore-edge and at the foot, until a single layer of paper is left.

    16 pages, the outside     5↓ 12↓, 9↓ 8↓        the head folds lie between the rows,
                              4 13, 16 1           the spines between the pages of each pair
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from brochure.choices import Assembly, Work
from brochure.fast_dataclass import dataclass
from brochure.imposition.page_order import (
    Nest,
    PageCell,
    SheetPiece,
    SheetSide,
    count_blanks,
    work_and_turn,
)

SMALLEST = 4
"""Pages of the smallest signature: one fold."""

EDGES = {
    Work.SHEETWISE: {2: "l", 4: "lt", 8: "ltr", 16: "ltrb"},
    Work.TURN: {4: "l", 8: "lt", 16: "ltb"},
    Work.TUMBLE: {4: "l", 8: "lr", 16: "ltr"},
}
"""Edges at which a signature is unfolded (left, top, right, bottom), by the way of working and the pages on a side."""


@dataclass(frozen=True, slots=True)
class SignatureOptions:
    """How signatures are made.

    Attributes:
        up: Pages on each side of the sheet: 4, 8 or 16.
        assembly: Whether signatures are gathered one behind the other, or inserted into each other (None: inserted).
        bottling: How far the heads of the innermost pages move towards the spine, in points; outer ones move less.
    """

    up: int = 0
    assembly: Assembly | None = None
    bottling: float = 0.0


@dataclass(frozen=True, slots=True)
class _Face:
    """One side of a leaf in an unfolded sheet: its page in the signature, from 1, and whether it lies upside down."""

    page: int
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf with what lies up and what lies down."""

    up: _Face
    down: _Face

    def turn_over(self, *, sideways: bool) -> _Leaf:
        """Return the leaf turned over its side, or head to foot, which also turns its pages upside down."""
        faces = (self.down, self.up)
        if sideways:
            return _Leaf(*faces)
        return _Leaf(*(replace(face, turned=not face.turned) for face in faces))


_Stacks = list[list[list[_Leaf]]]
"""The rows of a sheet, from the top; in each row stacks of leaves, from the left, the uppermost leaf first."""


def unfold(pages: int, edges: str) -> list[list[_Leaf]]:
    """Return the single layer of a signature that was unfolded at these edges; the first is the spine."""
    first = [_Leaf(_Face(2 * at - 1), _Face(2 * at)) for at in range(1, pages // 2 + 1)]
    stacks: _Stacks = [[first]]
    for edge in edges:
        stacks = _open(stacks, edge)
    return [[stack[0] for stack in row] for row in stacks]


def _open(stacks: _Stacks, edge: str) -> _Stacks:
    """Open a folded sheet at an edge: the upper half of its layers turns over that edge."""
    sideways = edge in "lr"
    upper = [
        [_turn_stack(stack[: len(stack) // 2], sideways=sideways) for stack in row]
        for row in stacks
    ]
    lower = [[stack[len(stack) // 2 :] for stack in row] for row in stacks]
    if sideways:
        mirrored = [row[::-1] for row in upper]
        pairs = zip(mirrored, lower, strict=True)
        return [a + b if edge == "l" else b + a for a, b in pairs]
    mirrored = upper[::-1]
    return mirrored + lower if edge == "t" else lower + mirrored


def _turn_stack(stack: Sequence[_Leaf], *, sideways: bool) -> list[_Leaf]:
    return [leaf.turn_over(sideways=sideways) for leaf in reversed(stack)]


MIRRORED = str.maketrans("lr", "rl")


# The sheets of a brochure


@dataclass(frozen=True, slots=True)
class _Signature:
    """A signature of a brochure: its pages in reading order (0: blank), its number from 1, and how deep it is nested."""

    number: int
    pages: tuple[int, ...]
    depth: int = 0
    sheets: int = 1
    edges: str = field(default="l")


def signature_sheets(
    count: int, work: Work, options: SignatureOptions, nest: Nest, *, left_to_right: bool
) -> tuple[tuple[SheetSide, ...], ...]:
    """Return the sides of each sheet: two for sheetwise, one for work-and-turn and work-and-tumble.

    Pages that do not fill a signature are folded as smaller ones; what is left of the last one is blank.
    """
    sheets = []
    for signature in _divide(count, work, options):
        edges = signature.edges if left_to_right else signature.edges.translate(MIRRORED)
        leaves = unfold(len(signature.pages), edges)
        inside = [[leaf.up for leaf in row] for row in leaves]
        # The outside is seen after the sheet was turned over its side.
        outside = [[leaf.down for leaf in reversed(row)] for row in leaves]
        made = _SideMaker(signature, options, nest)
        front, back = made.side("front", outside), made.side("back", inside)
        sheets.append(_combine(front, back, work))
    return tuple(sheets)


def _combine(front: SheetSide, back: SheetSide, work: Work) -> tuple[SheetSide, ...]:
    if work is Work.TURN:
        (side,) = work_and_turn([(front, back)])
        return (side,)
    if work is Work.TUMBLE:
        return (_stack_heads_together(front, back),)
    return front, back


def _stack_heads_together(front: SheetSide, back: SheetSide) -> SheetSide:
    """Return the front upside down above the back, so that heads meet where the sheet is cut in two."""
    turned = front.turned()
    down = len(turned.rows)
    fold_rows = (*turned.fold_rows, *(down + at for at in back.fold_rows))
    return replace(
        turned, name=f"{front.name} and back", rows=turned.rows + back.rows, fold_rows=fold_rows
    )


def signature_pages(work: Work, up: int) -> int:
    """Return how many pages a signature has."""
    return 2 * up if work is Work.SHEETWISE else up


def _divide(count: int, work: Work, options: SignatureOptions) -> Iterator[_Signature]:
    """Yield the signatures: as many large ones as the pages fill, then smaller ones."""
    total = count + count_blanks(count, SMALLEST)
    sizes = list(_sizes(total, work, options.up))
    is_inserted = options.assembly is not Assembly.GATHER
    first, depth = 0, 0
    for number, (size, up) in enumerate(sizes, start=1):
        half = size // 2
        if is_inserted:
            numbers = [
                *range(first + 1, first + half + 1),
                *range(total - first - half + 1, total - first + 1),
            ]
            first += half
        else:
            numbers = list(range(first + 1, first + size + 1))
            first += size
        pages = tuple(page if page <= count else 0 for page in numbers)
        nested = total // SMALLEST if is_inserted else size // SMALLEST
        yield _Signature(number, pages, depth, nested, EDGES[work][up])
        depth += size // SMALLEST if is_inserted else 0


def _sizes(total: int, work: Work, up: int) -> Iterator[tuple[int, int]]:
    """Yield the pages of each signature, and how many are on a side of its sheet."""
    while total:
        size = signature_pages(work, up)
        if size <= total:
            yield size, up
            total -= size
        else:
            up //= 2


@dataclass(frozen=True, slots=True)
class _SideMaker:
    signature: _Signature
    options: SignatureOptions
    nest: Nest

    def side(self, name: str, faces: list[list[_Face]]) -> SheetSide:
        """Return a side of the sheet: its faces in pairs at spines."""
        rows = tuple(tuple(self._pairs(row)) for row in faces)
        across = len(rows[0])
        return SheetSide(
            f"{self.signature.number} {name}",
            rows,
            fold_columns=tuple(range(across - 1)),
            fold_rows=tuple(range(len(rows) - 1)),
        )

    def _pairs(self, row: list[_Face]) -> Iterator[SheetPiece]:
        for left, right in zip(row[::2], row[1::2], strict=True):
            pair = (right, left) if left.turned else (left, right)
            yield self._piece(pair, turned=left.turned)

    def _piece(self, pair: tuple[_Face, _Face], *, turned: bool) -> SheetPiece:
        """Return two pages beside a spine, in their own direction of reading."""
        pages = self.signature.pages
        within = min(min(face.page, len(pages) + 1 - face.page) for face in pair)
        depth = self.signature.depth + (within - 1) // 2
        shift = self.nest.inwards(depth, self.signature.sheets)
        lean = self._lean(depth)
        left, right = (pages[face.page - 1] for face in pair)
        is_outermost = {face.page for face in pair} == {1, len(pages)}
        return SheetPiece(
            (PageCell(left, shift, lean), PageCell(right, -shift, -lean)),
            turned,
            signature=self.signature.number if is_outermost else 0,
        )

    def _lean(self, depth: int) -> float:
        """Return how far the head of a left page moves to the right."""
        last = self.signature.sheets - 1
        return self.options.bottling * depth / last if last else 0.0
