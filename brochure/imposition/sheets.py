"""Sheets: pages placed on what they are printed on or shown on.

Takes placed pages, alone or in a forme, and an output condition; gives `Sheet`s with their boxes, paper and marks. One page
to a sheet stands where it always stood; in a forme each page has a map and a window, and nothing on it moves. Stands
between make-up and the plate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from brochure.color.swatch import Colour
from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.imposition.marks import MarkSet, marks
from brochure.imposition.sheet_sides import SheetLayout
from brochure.imposition.slug import SlugText
from brochure.model.display_list import Item, Page
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import OutputCondition


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page on a sheet: `at` maps its points to the sheet's, `seen` is what shows of it, in its own points (None: all)."""

    page: Page
    at: Matrix = IDENTITY
    seen: Rect | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one side of the paper holds, or one screen: pages, and marks above them.

    The boxes (ISO 32000-1, 14.11.2) are in the sheet's points. `label` is what a viewer calls it: the folio of its page, or
    `1 front` on a printer's sheet.
    """

    label: str
    media: Rect
    bleed: Rect
    trim: Rect
    placed: tuple[PlacedPage, ...]
    marks: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetDecoration:
    """What stands around the pages: marks with the words of the slug, the slug's width, and the paper, where it is given.

    `inks` are taken for those of the pages where these are not ours and do not say.
    """

    note: SlugText
    marks: MarkSet = field(default_factory=MarkSet)
    words: str = ""
    slug: float = 0.0
    paper: tuple[float, float] | None = None
    inks: Mapping[str, Colour] = field(default_factory=dict)


def sheets(
    pages: Iterable[Page], condition: OutputCondition, outfit: SheetDecoration | None = None
) -> tuple[Sheet, ...]:
    """Each page on a sheet of its own: out to the bleed, marks and slug for press, trimmed for the screen."""
    return tuple(_sheet(page, condition, outfit) for page in pages)


def _sheet(page: Page, condition: OutputCondition, outfit: SheetDecoration | None) -> Sheet:
    placed = (PlacedPage(page),)
    if not condition.keeps_bleed:
        return Sheet(page.label, page.trim, page.trim, page.trim, placed)
    if not outfit:
        bleed = page.trim.grown(page.bleed)
        return Sheet(page.label, bleed, bleed, page.trim, placed)
    alone = SheetLayout(f"page {page.number}", (), (page.trim,), page.bleed)
    return _dressed(alone, page.label, placed, outfit)


def make_sheet(forme: SheetLayout, pages: Mapping[int, Page], outfit: SheetDecoration) -> Sheet:
    """A forme on its sheet: its pages by their numbers; on the paper that is told, in the middle, or on as much as is needed."""
    placed = tuple(PlacedPage(pages[slot.number], slot.at, slot.seen) for slot in forme.slots)
    return _dressed(forme, forme.name, placed, outfit)


def _dressed(
    forme: SheetLayout, label: str, placed: tuple[PlacedPage, ...], outfit: SheetDecoration
) -> Sheet:
    items: tuple[Item, ...] = ()
    if outfit.marks.kinds:
        met = {**outfit.inks, **find_inks(one.page for one in placed)}
        items = marks(forme, outfit.marks, met, outfit.words, outfit.note)
    media = media_box(forme, outfit)
    # A box may not leave the medium (ISO 32000-1, 14.11.2.1), even where the paper is too small for the bleed.
    bleed = forme.block.grown(forme.bleed).common(media)
    return Sheet(label, media, bleed, forme.block, placed, items)


def media_box(forme: SheetLayout, outfit: SheetDecoration) -> Rect:
    """The paper around a forme."""
    block = forme.block
    if outfit.paper:
        width, height = outfit.paper
        return Rect(block.centre.x - width / 2, block.centre.y - height / 2, width, height)
    beyond = forme.bleed + outfit.slug
    side, head = (max(reach, beyond) for reach in outfit.marks.room(forme.bleed))
    return Rect(block.x - side, block.y - head, block.width + 2 * side, block.height + 2 * head)
