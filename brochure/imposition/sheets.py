"""Sheets: the medium on which pages are printed or shown, with boxes and marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Colour
from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.imposition.marks import MarkSet, draw_marks
from brochure.imposition.sheet_sides import SheetLayout
from brochure.imposition.slug import SlugText
from brochure.model.display_list import Item, Page
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import OutputCondition


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page on a sheet: `at` maps its points to the sheet's; `seen` is its visible part, in its points (None: all)."""

    page: Page
    at: Matrix = IDENTITY
    seen: Rect | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of the paper, or one screen page: placed pages, and marks above them.

    The boxes (ISO 32000-1, 14.11.2) are in the sheet's points. `label` is the page label: the page's folio, or `1 front` on a
    printer's sheet.
    """

    label: str
    media: Rect
    bleed: Rect
    trim: Rect
    placed: tuple[PlacedPage, ...]
    marks: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetDecoration:
    """What surrounds the pages: marks, the slug's text and width in points, and the paper, if given.

    `inks` are used for external pages, whose inks are unknown. `condition` decides in which inks colours are printed.
    """

    note: SlugText
    marks: MarkSet = field(default_factory=MarkSet)
    words: str = ""
    slug: float = 0.0
    paper: tuple[float, float] | None = None
    inks: Mapping[str, Colour] = field(default_factory=dict)
    condition: PressCondition | None = None


def sheets(
    pages: Iterable[Page], condition: OutputCondition, decoration: SheetDecoration | None = None
) -> tuple[Sheet, ...]:
    """Place each page on a sheet of its own: with bleed, marks and slug for press, trimmed for the screen."""
    return tuple(_create_sheet(page, condition, decoration) for page in pages)


def _create_sheet(
    page: Page, condition: OutputCondition, decoration: SheetDecoration | None
) -> Sheet:
    placed = (PlacedPage(page),)
    if not condition.keeps_bleed:
        return Sheet(page.label, page.trim, page.trim, page.trim, placed)
    bleed = page.trim.expand(page.bleed)
    if not decoration:
        return Sheet(page.label, bleed, bleed, page.trim, placed)
    if decoration.marks.kinds or decoration.slug:
        # What crosses to a facing page would be printed below the marks.
        placed = (PlacedPage(page, seen=bleed),)
    alone = SheetLayout(f"page {page.number}", (), (page.trim,), page.bleed)
    return _decorate(alone, page.label, placed, decoration)


def make_sheet(
    sheet_layout: SheetLayout, pages: Mapping[int, Page], decoration: SheetDecoration
) -> Sheet:
    """Place the pages of a sheet side, by their numbers, in the middle of the paper; or on as much paper as needed."""
    placed = tuple(
        PlacedPage(pages[slot.number], slot.at, slot.seen) for slot in sheet_layout.slots
    )
    return _decorate(sheet_layout, sheet_layout.name, placed, decoration)


def _decorate(
    sheet_layout: SheetLayout,
    label: str,
    placed: tuple[PlacedPage, ...],
    decoration: SheetDecoration,
) -> Sheet:
    items: tuple[Item, ...] = ()
    if decoration.marks.kinds:
        inks = {**decoration.inks, **find_inks((one.page for one in placed), decoration.condition)}
        items = draw_marks(sheet_layout, decoration.marks, inks, decoration.words, decoration.note)
    media = media_box(sheet_layout, decoration)
    # Boxes must lie within the MediaBox (ISO 32000-1, 14.11.2.1), even where the paper is too small for the bleed.
    bleed = sheet_layout.block.expand(sheet_layout.bleed).intersect(media)
    return Sheet(label, media, bleed, sheet_layout.block, placed, items)


def media_box(sheet_layout: SheetLayout, decoration: SheetDecoration) -> Rect:
    """Return the paper around a sheet side."""
    block = sheet_layout.block
    if decoration.paper:
        width, height = decoration.paper
        return Rect(block.centre.x - width / 2, block.centre.y - height / 2, width, height)
    min_extent = sheet_layout.bleed + decoration.slug
    side, head = (max(reach, min_extent) for reach in decoration.marks.extent(sheet_layout.bleed))
    return Rect(block.x - side, block.y - head, block.width + 2 * side, block.height + 2 * head)
