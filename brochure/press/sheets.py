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


def sheets(pages: Iterable[Page], condition: OutputCondition) -> tuple[Sheet, ...]:
    """Each page on a sheet of its own: out to the bleed for press, trimmed for the screen."""
    return tuple(_sheet(page, condition) for page in pages)


def _sheet(page: Page, condition: OutputCondition) -> Sheet:
    around = page.trim.grown(page.bleed) if condition.keeps_bleed else page.trim
    return Sheet(page, around, around, page.trim)
