"""Find what a transparent item is mixed with where it lies on pictures, edges or several colours, for PDF/X-1a.

The item and what is beneath it are printed as one image, in the inks of the press. Only filled areas and pictures can be: text,
lines and placed PDFs would lose their sharpness, and spot inks their plates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from brochure.color.convert import in_ink
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Colour, Spot, list_colours
from brochure.geometry import IDENTITY, Rect
from brochure.model.display_list import (
    DropShadow,
    FlattenedArea,
    GlyphRun,
    Outline,
    Path,
    Picture,
    PlacedArtwork,
    bounds,
    outline_rect,
)

Drawable = GlyphRun | Path | Picture

MIN_PPI, MAX_PPI = 150.0, 600.0
"""The image has the resolution of the finest picture in it, within these limits."""

MAX_PIXELS = 60_000_000
"""More than an A3 page at 400 ppi."""


def flatten_area(
    item: Drawable, beneath: Sequence[Drawable], extent: Rect, press: PressCondition
) -> FlattenedArea | str:
    """Return the item with what is beneath it as one image, or why it cannot be.

    Args:
        item: A transparent item.
        beneath: What it lies on, from back to front; all of it is opaque.
        extent: The area of the item.
        press: The press condition.
    """
    layers = (*beneath, item)
    pictures = [layer for layer in layers if isinstance(layer, Picture)]
    clip = _find_clip(item, extent)
    if not pictures or clip is None or isinstance(item, (GlyphRun, PlacedArtwork)):
        return ""
    for layer in layers:
        reason = _find_obstacle(layer)
        if reason:
            return f"lies on {reason}"
    spot = next(_find_spots(layers, press), None)
    if spot is not None:
        return f"mixes the spot ink '{spot.name}' with other inks"
    tag, alt = (item.tag, item.alt) if isinstance(item, Picture) else (item.tag, "")
    return FlattenedArea(
        extent,
        pictures[-1].asset,
        _count_pixels(extent, pictures),
        clip,
        alt,
        tag,
        span=item.span,
        block=item.block,
        layers=tuple(layer for layer in layers if isinstance(layer, (Path, Picture))),
    )


def _find_clip(item: Drawable, extent: Rect) -> tuple[Outline, ...] | None:
    """Return the outlines of an item; None if they are not one simple set."""
    if isinstance(item, GlyphRun) or item.matrix != IDENTITY:
        return None
    if isinstance(item, Picture):
        return item.clip or (outline_rect(extent),)
    if item.fill is None or item.stroke is not None or (item.even_odd and len(item.outlines) > 1):
        return None
    if not item.clip or bounds(item.clip).contains(bounds(item.outlines)):
        return item.outlines
    are_boxes = all(_is_box(one) for one in (*item.outlines, *item.clip))
    is_single = len(item.outlines) == len(item.clip) == 1
    return (outline_rect(extent),) if are_boxes and is_single else None


def _is_box(outline: Outline) -> bool:
    return outline == outline_rect(bounds((outline,)))


def _find_obstacle(layer: Drawable) -> str:
    """Return what of a layer cannot be part of an image; empty if all of it can."""
    match layer:
        case GlyphRun():
            return f"the text '{layer.glyphs.text.strip()[:30]}'"
        case PlacedArtwork():
            return f"the artwork {layer.asset.rpartition('/')[2]}"
        case Path() if layer.stroke:
            return "a line"
        case _ if layer.matrix != IDENTITY:
            return "something that is rotated"
        case _:
            return ""


def _find_spots(layers: Sequence[Drawable], press: PressCondition) -> Iterator[Spot]:
    for layer in layers:
        for colour in _list_colours(layer):
            ink = in_ink(colour, press)
            if isinstance(ink, Spot):
                yield ink


def _list_colours(layer: Drawable) -> tuple[Colour, ...]:
    match layer:
        case DropShadow():
            return (layer.colour,)
        case Picture():
            return layer.duotone
        case Path() if layer.fill:
            return list_colours(layer.fill)
        case _:
            return ()


def _count_pixels(extent: Rect, pictures: Sequence[Picture]) -> tuple[int, int]:
    ppi = max(MIN_PPI, min(MAX_PPI, max(max(picture.resolution) for picture in pictures)))
    area = extent.width * extent.height * (ppi / 72) ** 2
    ppi *= min(1.0, (MAX_PIXELS / area) ** 0.5)
    return max(1, ceil(extent.width * ppi / 72)), max(1, ceil(extent.height * ppi / 72))
