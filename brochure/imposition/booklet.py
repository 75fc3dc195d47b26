"""The desk: booklets for an office's own printer.

Takes placed pages and the paper that lies in the printer; gives sheets two pages wide, to be printed on both sides and
turned on their short edge, without bleed, no larger than what a laser printer reaches. Stands beside the printer's sheets.
"""

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

UNREACHED = 5 * MM
"""What a laser printer leaves white at every edge."""

A4 = (210 * MM, 297 * MM)


@dataclass(frozen=True, slots=True)
class BookletOptions:
    """An office's printer: the paper in it, and the direction that its language is read in."""

    paper: tuple[float, float] = A4
    left_to_right: bool = True


def booklet_sheets(
    layout: Layout, pages: Sequence[Page], desk: BookletOptions, note: SlugText
) -> tuple[Sheet, ...]:
    """The brochure on office paper: a booklet, the two sides of a leaflet, or single sheets where nothing is bound."""
    known = {page.number: page for page in pages}
    found = []
    for each in _formes(layout, pages, desk):
        paper = rotate_to_fit(desk.paper, each)
        room = (paper[0] - 2 * UNREACHED, paper[1] - 2 * UNREACHED)
        fitted = each.scaled(min(1.0, room[0] / each.block.width, room[1] / each.block.height))
        found.append(make_sheet(fitted, known, SheetDecoration(note, paper=paper)))
    return tuple(found)


def _formes(layout: Layout, pages: Sequence[Page], desk: BookletOptions) -> tuple[SheetLayout, ...]:
    if layout.binding.folded:
        return fold_sheets(layout, 0.0, left_to_right=desk.left_to_right)
    size = PageSize(layout.size.width, layout.size.height)
    if layout.binding is Binding.NONE:
        sides = [
            SheetSide(page.label, ((SheetPiece((PageCell(page.number),)),),)) for page in pages
        ]
    else:
        imposed = booklet(len(layout.pages), left_to_right=desk.left_to_right)
        sides = [side for sheet in imposed for side in sheet]
    return tuple(lay_out_side(side, lambda _: size, 0.0) for side in sides)


def rotate_to_fit(paper: tuple[float, float], forme: SheetLayout) -> tuple[float, float]:
    """The paper upright or on its side, as the forme is."""
    wide = forme.block.width > forme.block.height
    return (max(paper), min(paper)) if wide else (min(paper), max(paper))
