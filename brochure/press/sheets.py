"""Sheets: pages placed on what they are printed on or shown on.

Takes placed pages and an output condition; gives `Sheet`s with their boxes. One page to a sheet stands where it always
stood; on imposed sheets each page has a map and a window, and nothing on it moves. Stands between make-up and the plate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.placed import Item, Page
from brochure.press.conditions import OutputCondition


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


def sheets(
    pages: Iterable[Page], condition: OutputCondition, slug: float = 0.0
) -> tuple[Sheet, ...]:
    """Each page on a sheet of its own: out to the bleed and the slug beyond it for press, trimmed for the screen."""
    return tuple(_sheet(page, condition, slug) for page in pages)


def _sheet(page: Page, condition: OutputCondition, slug: float) -> Sheet:
    placed = (PlacedPage(page),)
    if not condition.keeps_bleed:
        return Sheet(page.label, page.trim, page.trim, page.trim, placed)
    bleed = page.trim.grown(page.bleed)
    return Sheet(page.label, bleed.grown(slug), bleed, page.trim, placed)
