"""Ganged sheets: leaves of several jobs on one sheet, in rows, each with its back behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.geometry import MM, Rect, shift
from brochure.imposition.marks import MarkSet
from brochure.imposition.sheet_sides import PageSize, PageSlot, SheetLayout

SLACK = 0.01
"""Tolerance for rounding, in points."""


@dataclass(frozen=True, slots=True)
class GangedLeaf:
    """A leaf: its page in front and that on its back (0: none), their size, and how many copies are placed."""

    front: int
    back: int
    size: PageSize
    copies: int = 1


@dataclass(frozen=True, slots=True)
class GangSpace:
    """The space on a sheet: the paper, what surrounds the pages, and the distance between them, in points."""

    paper: tuple[float, float]
    marks: MarkSet = field(default_factory=MarkSet)
    gutter: float | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    leaf: GangedLeaf
    trim: Rect


def gang(leaves: Sequence[GangedLeaf], space: GangSpace) -> tuple[SheetLayout, ...]:
    """Return the front and the back of each sheet; a sheet without anything on its back has a front only.

    The tallest leaves come first, in rows from the top left. What does not fit on a sheet is on the next one.

    Raises:
        UsageError: A leaf does not fit on the paper.
    """
    bleed = max(leaf.size.bleed for leaf in leaves)
    copies = [leaf for leaf in leaves for _ in range(leaf.copies)]
    copies.sort(key=lambda leaf: -leaf.size.height)
    made = []
    for number, sheet in enumerate(_fill_sheets(copies, space, bleed), start=1):
        made.append(_front(f"{number} front", sheet, bleed))
        if any(one.leaf.back for one in sheet):
            made.append(_back(f"{number} back", sheet, bleed))
    return tuple(made)


def _fill_sheets(
    copies: Iterable[GangedLeaf], space: GangSpace, bleed: float
) -> Iterator[list[_Placed]]:
    """Yield the leaves of each sheet, each at its place below and to the right of the upper left corner."""
    side, top = space.marks.extent(bleed)
    width, height = space.paper[0] - 2 * side, space.paper[1] - 2 * top
    gap = 2 * bleed if space.gutter is None else space.gutter
    sheet: list[_Placed] = []
    x = y = row_height = 0.0
    for leaf in copies:
        size = leaf.size
        if size.width > width + SLACK or size.height > height + SLACK:
            raise UsageError(_too_large(leaf))
        if x + size.width > width + SLACK:
            x, y, row_height = 0.0, y + row_height + gap, 0.0
        if y + size.height > height + SLACK:
            yield sheet
            sheet, x, y, row_height = [], 0.0, 0.0, 0.0
        sheet.append(_Placed(leaf, Rect(x, -y - size.height, size.width, size.height)))
        x += size.width + gap
        row_height = max(row_height, size.height)
    yield sheet


def _too_large(leaf: GangedLeaf) -> str:
    return (
        f"page {leaf.front} of {leaf.size.width / MM:.4g} x {leaf.size.height / MM:.4g} mm does not fit"
        " on the paper with its bleed and marks; use larger paper"
    )


def _front(name: str, sheet: Sequence[_Placed], bleed: float) -> SheetLayout:
    slots = tuple(_slot(one.leaf.front, one.leaf.size, one.trim) for one in sheet)
    return SheetLayout(name, slots, tuple(one.trim for one in sheet), bleed)


def _back(name: str, sheet: Sequence[_Placed], bleed: float) -> SheetLayout:
    """Return the back of a sheet that is turned over its side: left and right change places."""
    right = max(one.trim.right for one in sheet)
    trims = [
        Rect(right - one.trim.right, one.trim.y, one.trim.width, one.trim.height) for one in sheet
    ]
    placed = zip(sheet, trims, strict=True)
    slots = tuple(
        _slot(one.leaf.back, one.leaf.size, trim) for one, trim in placed if one.leaf.back
    )
    return SheetLayout(name, slots, tuple(trims), bleed)


def _slot(number: int, size: PageSize, trim: Rect) -> PageSlot:
    seen = Rect(0, 0, size.width, size.height).expand(size.bleed)
    return PageSlot(number, shift(trim.x, trim.y), seen, size=size)
