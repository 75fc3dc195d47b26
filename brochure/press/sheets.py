"""Sheets: pages placed on what they are printed on or shown on.

Takes placed pages and an output condition; gives `Sheet`s, one a page, with their boxes. Stands between make-up and the
plate; nothing on the page moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brochure.geometry import Rect
from brochure.placed import Page
from brochure.press.conditions import OutputCondition


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page on its medium. The boxes (ISO 32000-1, 14.11.2) are in the page's own points, the trim's corner at 0, 0."""

    page: Page
    media: Rect
    bleed: Rect
    trim: Rect


def sheets(
    pages: Iterable[Page], condition: OutputCondition, slug: float = 0.0
) -> tuple[Sheet, ...]:
    """Each page on a sheet of its own: out to the bleed and the slug beyond it for press, trimmed for the screen."""
    return tuple(_sheet(page, condition, slug) for page in pages)


def _sheet(page: Page, condition: OutputCondition, slug: float) -> Sheet:
    if not condition.keeps_bleed:
        return Sheet(page, page.trim, page.trim, page.trim)
    bleed = page.trim.grown(page.bleed)
    return Sheet(page, bleed.grown(slug), bleed, page.trim)
