"""Imposition schemes of `brochure impose`: from the number and size of pages to sheet sides on paper.

The same code imposes our own pages and those of external PDFs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from brochure.choices import Flip, Scheme, Work
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
    booklet,
    count_blanks,
    facing_pages,
    leaves,
    n_up,
    reader_spreads,
    step_and_repeat,
    work_and_tumble,
    work_and_turn,
)
from brochure.imposition.sheet_sides import PageSize, SheetLayout, Sizes, lay_out_side
from brochure.imposition.signatures import SignatureOptions, signature_sheets


@dataclass(frozen=True, slots=True)
class CoverOptions:
    """How a cover is imposed: in a file of its own if `is_separate`; `glue` is the width beside the spine that is not printed."""

    is_separate: bool = False
    glue: float = 0.0


@dataclass(frozen=True, slots=True)
class ImpositionOptions:
    """Options of `impose`. Default grid: as many pages as the paper holds. Without `flip`, backs are not rotated.

    `section` is the number of pages of a nest of single folded sheets; `signature` is for sheets that are folded several times.
    `gutter` is the distance between pieces (default: twice the bleed), and `milling` the width that is milled off at spines.
    """

    scheme: Scheme = Scheme.BOOKLET
    paper: tuple[float, float] | None = None
    nest: Nest = field(default_factory=Nest)
    section: int = 0
    flip: Flip | None = None
    grid: Grid | None = None
    marks: MarkSet = field(default_factory=MarkSet)
    left_to_right: bool = True
    signature: SignatureOptions = field(default_factory=SignatureOptions)
    gutter: float | None = None
    milling: float = 0.0
    cover: CoverOptions = field(default_factory=CoverOptions)

    @property
    def work(self) -> Work | None:
        """The way of working, if sheets are folded several times; else None."""
        return Work(self.scheme.value) if self.signature.up else None


@dataclass(frozen=True, slots=True)
class SourcePages:
    """The pages to impose: their number, sizes, the common size, and their spreads in reading order.

    `leaf` holds the outside and the inside of a folded sheet, which stay in one piece. `first` is the number of the first page:
    the block of a book begins behind its cover.
    """

    count: int
    size: Sizes
    common_size: PageSize
    spreads: tuple[tuple[int, ...], ...] = ()
    leaf: Leaf | None = None
    first: int = 1

    @property
    def last(self) -> int:
        """The number of the last page."""
        return self.first + self.count - 1

    @property
    def piece(self) -> PageSize:
        """Size of a piece that is not cut: a page, or a folded sheet laid flat."""
        if self.leaf is None:
            return self.common_size
        return replace(
            self.common_size, width=sum(self.size(number).width for number in self.leaf[0])
        )


@dataclass(frozen=True, slots=True)
class ImpositionResult:
    """Sheet sides in printing order, the paper in its orientation, and the findings."""

    sheet_layouts: tuple[SheetLayout, ...]
    paper: tuple[float, float] | None
    findings: tuple[Finding, ...] = ()


def impose(source: SourcePages, options: ImpositionOptions) -> ImpositionResult:
    """Impose the pages; raise `UsageError` if the scheme or the paper does not suit them."""
    if source.leaf and options.scheme not in (Scheme.READER, Scheme.STEP_AND_REPEAT):
        raise UsageError(
            f"--scheme {options.scheme.value}: a folded leaflet can be imposed as reader or step-and-repeat only"
        )
    grid = options.grid or _find_grid(source.piece, options)
    sides = [_mill(side, options.milling) for side in _impose_sides(source, options, grid)]
    bleed = source.common_size.bleed

    def lay_out(side: SheetSide) -> SheetLayout:
        return lay_out_side(side, source.size, bleed, options.gutter)

    sheet_layouts = tuple(map(lay_out, sides))
    paper = _orient_paper(options.paper, sheet_layouts)
    if options.scheme in TWO_SIDED and _is_back_upside_down(
        options.flip, paper or _extent(sheet_layouts)
    ):
        # Every second side is a back.
        turned = [side.turned() if at % 2 else side for at, side in enumerate(sides)]
        sheet_layouts = tuple(map(lay_out, turned))
    sheet_layouts = tuple(each.renumbered(source.first - 1) for each in sheet_layouts)
    return ImpositionResult(
        sheet_layouts, paper, tuple(_findings(source, options, sheet_layouts, paper))
    )


def _impose_sides(source: SourcePages, options: ImpositionOptions, grid: Grid) -> list[SheetSide]:
    match options.scheme:
        case Scheme.READER:
            spreads = source.spreads or facing_pages(
                source.count, left_to_right=options.left_to_right
            )
            return list(reader_spreads(spreads))
        case Scheme.STEP_AND_REPEAT:
            leaf = (source.leaf,) if source.leaf else leaves(source.count)
            return [side for sheet in step_and_repeat(leaf, grid) for side in sheet]
        case Scheme.N_UP:
            return list(n_up(source.count, grid))
        case _ if options.work:
            return [
                side
                for sheet in _fold_sheets(source.count, options.work, options)
                for side in sheet
            ]
        case _:
            return _impose_booklet(source, options)


def _impose_booklet(source: SourcePages, options: ImpositionOptions) -> list[SheetSide]:
    """Return the sides of sheets that are folded once."""
    sheets = booklet(
        source.count,
        section=options.section,
        nest=options.nest,
        left_to_right=options.left_to_right,
    )
    match options.scheme:
        case Scheme.TURN:
            return list(work_and_turn(sheets))
        case Scheme.TUMBLE:
            return list(work_and_tumble(sheets))
        case _:
            return [side for sheet in sheets for side in sheet]


def _fold_sheets(
    count: int, work: Work, options: ImpositionOptions
) -> tuple[tuple[SheetSide, ...], ...]:
    return signature_sheets(
        count, work, options.signature, options.nest, left_to_right=options.left_to_right
    )


def _mill(side: SheetSide, milling: float) -> SheetSide:
    """Return the side with the milling allowance at each spine."""
    if not milling:
        return side
    rows = [
        tuple(replace(piece, milling=milling * (len(piece.cells) == PAIR)) for piece in row)
        for row in side.rows
    ]
    return replace(side, rows=tuple(rows))


PAIR = 2
TWO_SIDED = (Scheme.BOOKLET, Scheme.STEP_AND_REPEAT, Scheme.SHEETWISE)


def _is_back_upside_down(flip: Flip | None, paper: tuple[float, float]) -> bool:
    """Return True if the sheet is turned about a horizontal axis, so that backs must be printed upside down."""
    if flip is None:
        return False
    wide = paper[0] > paper[1]
    return (flip is Flip.LONG) is wide


# Paper


def _find_grid(page: PageSize, options: ImpositionOptions) -> Grid:
    """Return the largest grid with bleed and marks that fits the paper in either orientation; 1 x 1 without paper."""
    if options.scheme not in (Scheme.STEP_AND_REPEAT, Scheme.N_UP) or options.paper is None:
        return (1, 1)
    side, top = options.marks.extent(page.bleed)
    width, height = options.paper
    grids = [
        (
            int((w - 2 * side + 2 * page.bleed + SLACK) // (page.width + 2 * page.bleed)),
            int((h - 2 * top + 2 * page.bleed + SLACK) // (page.height + 2 * page.bleed)),
        )
        for w, h in ((width, height), (height, width))
    ]
    best = max(grids, key=lambda grid: grid[0] * grid[1])
    if not best[0] * best[1]:
        raise UsageError(
            f"a page of {_format_mm(page.width, page.height)} does not fit on the paper with its bleed"
            " and marks; use larger paper"
        )
    return best


SLACK = 0.01
"""Tolerance for rounding, in points."""


def _orient_paper(
    paper: tuple[float, float] | None, sheet_layouts: Sequence[SheetLayout]
) -> tuple[float, float] | None:
    """Return the paper in the orientation of the sheet sides, or else in the one that they fit on."""
    if paper is None:
        return None
    width, height = _extent(sheet_layouts)
    same_orientation = sorted(paper, reverse=width > height)
    for oriented in (
        (same_orientation[0], same_orientation[1]),
        (same_orientation[1], same_orientation[0]),
    ):
        if width <= oriented[0] + SLACK and height <= oriented[1] + SLACK:
            return oriented
    raise UsageError(
        f"the sheet is {_format_mm(width, height)} when trimmed and does not fit on {_format_mm(*paper)} paper; use larger paper"
    )


def _extent(sheet_layouts: Sequence[SheetLayout]) -> tuple[float, float]:
    return max(each.block.width for each in sheet_layouts), max(
        each.block.height for each in sheet_layouts
    )


def _format_mm(width: float, height: float) -> str:
    return f"{width / MM:.4g} x {height / MM:.4g} mm"


# Findings


def _findings(
    source: SourcePages,
    options: ImpositionOptions,
    sheet_layouts: Sequence[SheetLayout],
    paper: tuple[float, float] | None,
) -> Iterator[Finding]:
    blank_count = _count_added_blanks(source.count, options, sheet_layouts)
    if blank_count:
        pages = "1 blank page was" if blank_count == 1 else f"{blank_count} blank pages were"
        message = f"{pages} added after page {source.last}"
        yield Finding("pages-blank", message, severity=Severity.NOTE)
    if paper:
        yield from _find_cut_off(options, sheet_layouts, paper)


def _count_added_blanks(
    count: int, options: ImpositionOptions, sheet_layouts: Iterable[SheetLayout]
) -> int:
    if options.scheme is Scheme.READER:
        return 0
    if options.scheme is Scheme.N_UP:
        return sum(len(each.trims) - len(each.slots) for each in sheet_layouts)
    return count_blanks(count, 2 if options.scheme is Scheme.STEP_AND_REPEAT else 4)


def _find_cut_off(
    options: ImpositionOptions, sheet_layouts: Sequence[SheetLayout], paper: tuple[float, float]
) -> Iterator[Finding]:
    width, height = _extent(sheet_layouts)
    bleed = sheet_layouts[0].bleed
    side, top = options.marks.extent(bleed)
    spare = (paper[0] - width) / 2, (paper[1] - height) / 2
    if bleed > min(spare) + SLACK:
        message = f"the paper cuts off bleed: {min(spare) / MM:.3g} mm fit, {bleed / MM:.3g} mm are needed"
        yield Finding("bleed-cut", message, None, "use larger paper", Severity.WARNING)
    elif side > spare[0] + SLACK or top > spare[1] + SLACK:
        message = "the paper cuts off marks"
        hint = f"use paper of at least {_format_mm(width + 2 * side, height + 2 * top)}"
        yield Finding("marks-cut", message, None, hint, Severity.WARNING)
