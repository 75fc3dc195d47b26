"""Tiny pages in plain colours for the tests of imposition: rendered sheets are compared as letters.

The trim of each page has a colour of its own, `a` for the first page, and its bleed has a darker tone (the capital letter). A
sheet is rendered at one pixel per point, so that a drawing in a test is the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from brochure.color.swatch import Paint, Rgb
from brochure.fonts.catalog import FontCatalog
from brochure.geometry import Rect
from brochure.imposition.page_order import SheetSide
from brochure.imposition.sheet_sides import PageSize, SheetLayout, lay_out_side
from brochure.imposition.sheets import Sheet, SheetDecoration, make_sheet
from brochure.imposition.slug import SlugText
from brochure.model.display_list import Page, Path, outline_rect
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from tests.pdf.pixels import letters, seen

NOTE = SlugText(FontCatalog(MemoryProject()))
PAPER = (255, 255, 255)


def colour(number: int, level: int = 0) -> tuple[int, int, int]:
    """Return the colour of a page; `level` 1 is that of its bleed."""
    return (40 + 20 * number, 200 - 20 * number, 250 - 90 * level)


NAMES: Mapping[str, tuple[int, int, int]] = {
    ".": PAPER,
    **{chr(96 + number): colour(number) for number in range(1, 9)},
    **{chr(64 + number): colour(number, 1) for number in range(1, 9)},
}


def page(number: int, size: tuple[float, float], bleed: float = 0.0) -> Page:
    """Return a page in its colour; its upper left corner, of 1 pt, has the colour of paper, to show its orientation."""
    width, height = size
    whole = Rect(0, 0, width, height)
    items = [(whole.expand(bleed), colour(number, 1)), (whole, colour(number))]
    items.append((Rect(0, height - 1, 1, 1), PAPER))
    fields = [
        Path((outline_rect(rect),), fill=Paint(Rgb(*(n / 255 for n in rgb)))) for rect, rgb in items
    ]
    return Page(number, str(number), width, height, bleed, tuple(fields))


def formes(
    sides: Iterable[SheetSide], size: tuple[float, float], bleed: float = 0.0
) -> tuple[SheetLayout, ...]:
    """Return the sides with pages of one size."""
    return tuple(lay_out_side(side, lambda _: PageSize(*size, bleed), bleed) for side in sides)


def sheet(laid: SheetLayout, size: tuple[float, float], bleed: float = 0.0) -> Sheet:
    """Return a side with tiny pages on it."""
    pages = {number: page(number, size, bleed) for number in range(1, 9)}
    return make_sheet(laid, pages, SheetDecoration(NOTE))


def picture(sheets: Sequence[Sheet]) -> str:
    """Return the first sheet as letters."""
    pdf = render(sheets[:1], DocumentInfo("Tiny", "en"), PRESS, MemoryProject())
    return letters(seen(pdf), NAMES)
