"""Booklets for an office printer: two pages a side, duplex on the short edge, without bleed."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.fast_dataclass import dataclass
from brochure.geometry import MM
from brochure.imposition.folds import fold_sheets
from brochure.imposition.page_order import PageCell, SheetPiece, SheetSide, booklet
from brochure.imposition.sheet_sides import PageSize, SheetLayout, lay_out_side
from brochure.imposition.sheets import Sheet, SheetDecoration, make_sheet
from brochure.imposition.slug import SlugText
from brochure.model.display_list import Page
from brochure.spec.finishing import Binding
from brochure.spec.model import Layout

UNPRINTABLE_MARGIN = 5 * MM
"""Unprintable margin of a laser printer, in points."""

A4 = (210 * MM, 297 * MM)


@dataclass(frozen=True, slots=True)
class BookletOptions:
    """The paper in the office's printer, and the reading direction of its language."""

    paper: tuple[float, float] = A4
    left_to_right: bool = True


def booklet_sheets(
    layout: Layout, pages: Sequence[Page], options: BookletOptions, note: SlugText
) -> tuple[Sheet, ...]:
    """Return the sheets for office paper: a booklet, the two sides of a leaflet, or single sheets if unbound."""
    pages_by_number = {page.number: page for page in pages}
    made = []
    for each in _sheet_layouts(layout, pages, options):
        paper = rotate_to_fit(options.paper, each)
        printable = (paper[0] - 2 * UNPRINTABLE_MARGIN, paper[1] - 2 * UNPRINTABLE_MARGIN)
        fitted = each.scaled(
            min(1.0, printable[0] / each.block.width, printable[1] / each.block.height)
        )
        made.append(make_sheet(fitted, pages_by_number, SheetDecoration(note, paper=paper)))
    return tuple(made)


def _sheet_layouts(
    layout: Layout, pages: Sequence[Page], options: BookletOptions
) -> tuple[SheetLayout, ...]:
    if layout.binding.folded:
        return fold_sheets(layout, 0.0, left_to_right=options.left_to_right)
    size = PageSize(layout.size.width, layout.size.height)
    if layout.binding is Binding.NONE:
        sides = [
            SheetSide(page.label, ((SheetPiece((PageCell(page.number),)),),)) for page in pages
        ]
    else:
        imposed = booklet(len(layout.pages), left_to_right=options.left_to_right)
        sides = [side for sheet in imposed for side in sheet]
    return tuple(lay_out_side(side, lambda _: size, 0.0) for side in sides)


def rotate_to_fit(paper: tuple[float, float], sheet_side: SheetLayout) -> tuple[float, float]:
    """Return the paper size in the orientation of the sheet side."""
    wide = sheet_side.block.width > sheet_side.block.height
    return (max(paper), min(paper)) if wide else (min(paper), max(paper))
