"""Colours of the labels of a numbered proof: one that the design does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.color.swatch import Cmyk, Colour, Grey, Paint, Rgb, Spot, list_colours
from brochure.model.display_list import GlyphRun, Page, Path

CANDIDATES = (
    Rgb(0.82, 0.0, 0.48),
    Rgb(0.0, 0.36, 0.85),
    Rgb(0.0, 0.48, 0.25),
    Rgb(0.48, 0.15, 0.8),
    Rgb(0.72, 0.32, 0.0),
    Rgb(0.0, 0.45, 0.52),
)
"""Colours of labels: white digits are readable on each of them."""


def choose_colour(pages: Iterable[Page]) -> Paint:
    """Return the colour that is least like any colour of the pages' text and paths."""
    used = {
        _as_rgb(colour)
        for page in pages
        for paint in _find_paints(page)
        for colour in list_colours(paint)
    }
    return Paint(
        max(
            CANDIDATES,
            key=lambda one: min((_difference(one, other) for other in used), default=1.0),
        )
    )


def _find_paints(page: Page) -> Iterator[Paint]:
    for item in page.items:
        if isinstance(item, GlyphRun):
            yield item.glyphs.paint
        elif isinstance(item, Path):
            yield from (paint for paint in (item.fill, item.stroke and item.stroke.paint) if paint)


def _as_rgb(colour: Colour) -> Rgb:
    """Return roughly how a colour looks; no press condition is needed to compare hues."""
    match colour:
        case Rgb():
            return colour
        case Grey(light):
            return Rgb(light, light, light)
        case Spot(_, alternate, tint):
            full = _as_rgb(alternate)
            parts = (1 - tint * (1 - part) for part in (full.r, full.g, full.b))
            return Rgb(*parts)
        case Cmyk(c, m, y, k):
            return Rgb(*((1 - ink) * (1 - k) for ink in (c, m, y)))


def _difference(one: Rgb, other: Rgb) -> float:
    pairs = ((one.r, other.r), (one.g, other.g), (one.b, other.b))
    return sum((a - b) ** 2 for a, b in pairs)
