"""Schemes: the ways of imposing that `brochure impose` knows, from the number and the size of pages to formes on paper.

Takes an `ImpositionOptions` (what was asked for) and the `SourcePages` of pages; gives formes in the order of printing and what
there is to say: pages added, bleed or marks that the paper cuts off. UsageError where the paper is too small. Our own pages and
pages of any other PDF go the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from enum import Enum

from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.geometry import MM
from brochure.imposition.marks import MarkSet
from brochure.imposition.page_order import (
    Grid,
    Leaf,
    Nest,
    SheetSide,
    blanks,
    booklet,
    leaves,
    pairs,
    readers,
    several,
    step_and_repeat,
    tumbling,
    turning,
)
from brochure.imposition.sheet_sides import PageSize, SheetLayout, Sizes, lay_out_side


class Scheme(Enum):
    """A way of imposing."""

    READER = "reader"
    BOOKLET = "booklet"
    TURN = "work-and-turn"
    TUMBLE = "work-and-tumble"
    GANG = "step-and-repeat"
    N_UP = "n-up"


class Flip(Enum):
    """The edge of the paper that a printer turns the sheet on."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class ImpositionOptions:
    """What was asked for. Without a grid as many pages go on the paper as it holds; without `flip` no back is turned."""

    scheme: Scheme = Scheme.BOOKLET
    paper: tuple[float, float] | None = None
    nest: Nest = field(default_factory=Nest)
    section: int = 0
    flip: Flip | None = None
    grid: Grid | None = None
    marks: MarkSet = field(default_factory=MarkSet)
    left_to_right: bool = True


@dataclass(frozen=True, slots=True)
class SourcePages:
    """The pages that there are: how many, how large each is, the usual size, and the spreads that they are read in.

    `leaf` holds the outside and the inside of a folded sheet, whose pages never part.
    """

    count: int
    size: Sizes
    usual: PageSize
    spreads: tuple[tuple[int, ...], ...] = ()
    leaf: Leaf | None = None

    @property
    def piece(self) -> PageSize:
        """What stays in one piece: a page, or a folded sheet laid flat."""
        if self.leaf is None:
            return self.usual
        return replace(self.usual, width=sum(self.size(number).width for number in self.leaf[0]))


@dataclass(frozen=True, slots=True)
class ImpositionResult:
    """Formes in the order of printing, the paper as it lies, and what there is to say."""

    formes: tuple[SheetLayout, ...]
    paper: tuple[float, float] | None
    findings: tuple[Finding, ...] = ()


def impose(stock: SourcePages, asked: ImpositionOptions) -> ImpositionResult:
    """The pages imposed."""
    if stock.leaf and asked.scheme not in (Scheme.READER, Scheme.GANG):
        raise UsageError(
            f"--scheme {asked.scheme.value}: a folded sheet is imposed as reader or step-and-repeat"
        )
    grid = asked.grid or _grid(stock.piece, asked)
    sides = _sides(stock, asked, grid)
    bleed = stock.usual.bleed
    formes = tuple(lay_out_side(side, stock.size, bleed) for side in sides)
    paper = _lying(asked.paper, formes)
    if asked.scheme in TWO_SIDED and _back_stands_on_its_head(asked.flip, paper or _extent(formes)):
        # Every second forme is a back.
        turned = [side.turned() if at % 2 else side for at, side in enumerate(sides)]
        formes = tuple(lay_out_side(side, stock.size, bleed) for side in turned)
    return ImpositionResult(formes, paper, tuple(_said(stock, asked, formes, paper)))


def _sides(stock: SourcePages, asked: ImpositionOptions, grid: Grid) -> list[SheetSide]:
    match asked.scheme:
        case Scheme.READER:
            spreads = stock.spreads or pairs(stock.count, left_to_right=asked.left_to_right)
            return list(readers(spreads))
        case Scheme.GANG:
            return [
                side
                for sheet in step_and_repeat(
                    (stock.leaf,) if stock.leaf else leaves(stock.count), grid
                )
                for side in sheet
            ]
        case Scheme.N_UP:
            return list(several(stock.count, grid))
    sheets = booklet(
        stock.count, section=asked.section, nest=asked.nest, left_to_right=asked.left_to_right
    )
    match asked.scheme:
        case Scheme.TURN:
            return list(turning(sheets))
        case Scheme.TUMBLE:
            return list(tumbling(sheets))
        case _:
            return [side for sheet in sheets for side in sheet]


TWO_SIDED = (Scheme.BOOKLET, Scheme.GANG)


def _back_stands_on_its_head(flip: Flip | None, paper: tuple[float, float]) -> bool:
    """Whether the printer turns the sheet about a level axis, so that backs must be printed upside down."""
    if flip is None:
        return False
    wide = paper[0] > paper[1]
    return (flip is Flip.LONG) is wide


# Paper


def _grid(page: PageSize, asked: ImpositionOptions) -> Grid:
    """As many pages as the paper holds with their bleed and marks, whichever way it lies; one where there is no paper."""
    if asked.scheme not in (Scheme.GANG, Scheme.N_UP) or asked.paper is None:
        return (1, 1)
    side, head = asked.marks.room(page.bleed)
    width, height = asked.paper
    grids = [
        (
            int((w - 2 * side + 2 * page.bleed + SLACK) // (page.width + 2 * page.bleed)),
            int((h - 2 * head + 2 * page.bleed + SLACK) // (page.height + 2 * page.bleed)),
        )
        for w, h in ((width, height), (height, width))
    ]
    best = max(grids, key=lambda grid: grid[0] * grid[1])
    if not best[0] * best[1]:
        raise UsageError(f"a page of {_mm(page.width, page.height)} does not fit on the paper")
    return best


SLACK = 0.01
"""What rounding may add to a length, in points."""


def _lying(
    paper: tuple[float, float] | None, formes: Sequence[SheetLayout]
) -> tuple[float, float] | None:
    """The paper, upright or on its side: as the formes are, or else the way that they fit on."""
    if paper is None:
        return None
    width, height = _extent(formes)
    alike = sorted(paper, reverse=width > height)
    for lying in ((alike[0], alike[1]), (alike[1], alike[0])):
        if width <= lying[0] + SLACK and height <= lying[1] + SLACK:
            return lying
    raise UsageError(
        f"the sheet is {_mm(width, height)} when trimmed and does not fit on {_mm(*paper)} paper"
    )


def _extent(formes: Sequence[SheetLayout]) -> tuple[float, float]:
    return max(each.block.width for each in formes), max(each.block.height for each in formes)


def _mm(width: float, height: float) -> str:
    return f"{width / MM:.4g} x {height / MM:.4g} mm"


# What there is to say


def _said(
    stock: SourcePages,
    asked: ImpositionOptions,
    formes: Sequence[SheetLayout],
    paper: tuple[float, float] | None,
) -> Iterator[Finding]:
    added = _added(stock.count, asked, formes)
    if added:
        pages = "1 blank page was" if added == 1 else f"{added} blank pages were"
        message = f"{pages} added behind page {stock.count}"
        yield Finding("pages-blank", message, severity=Severity.NOTE)
    if paper:
        yield from _cut_off(asked, formes, paper)


def _added(count: int, asked: ImpositionOptions, formes: Iterable[SheetLayout]) -> int:
    if asked.scheme is Scheme.READER:
        return 0
    if asked.scheme is Scheme.N_UP:
        return sum(len(each.trims) - len(each.slots) for each in formes)
    return blanks(count, 2 if asked.scheme is Scheme.GANG else 4)


def _cut_off(
    asked: ImpositionOptions, formes: Sequence[SheetLayout], paper: tuple[float, float]
) -> Iterator[Finding]:
    width, height = _extent(formes)
    bleed = formes[0].bleed
    side, head = asked.marks.room(bleed)
    spare = (paper[0] - width) / 2, (paper[1] - height) / 2
    if bleed > min(spare) + SLACK:
        message = f"the paper cuts off bleed: {bleed / MM:.3g} mm are wanted, {min(spare) / MM:.3g} mm are there"
        yield Finding("bleed-cut", message, None, "take larger paper", Severity.WARNING)
    elif side > spare[0] + SLACK or head > spare[1] + SLACK:
        message = "the paper cuts off marks"
        hint = f"they need {_mm(width + 2 * side, height + 2 * head)}"
        yield Finding("marks-cut", message, None, hint, Severity.WARNING)
