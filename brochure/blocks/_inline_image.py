"""Pictures and icons in text: their artwork, one em high unless the copy says otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from brochure.artwork.model import is_artwork
from brochure.blocks._artwork import Artwork, Look, find_artwork
from brochure.color.swatch import Paint, Rgb
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.l10n.assets import VectorFile
from brochure.l10n.story import InlineImage
from brochure.model.block_context import BlockContext
from brochure.model.display_list import (
    ARTIFACT,
    Item,
    Path,
    Picture,
    PlacedArtwork,
    outline_rect,
)
from brochure.model.inline_images import InlineArtwork
from brochure.project import Project, read_unchanged
from brochure.spec.values import Asset
from brochure.typeset.style import InlineObject

CURRENT_COLOUR = b"currentcolor"
INITIAL_COLOUR = Rgb(0.0, 0.0, 0.0)
"""The colour that `currentColor` means in a drawing by itself (SVG 2, 13.2: the initial value of `color`)."""


def draw_inline_image(
    image: InlineImage, paint: Paint, context: BlockContext, span: Span | None
) -> InlineObject | None:
    """Return what is set for a picture in text; None if its file cannot be used, which is reported.

    Args:
        image: The picture.
        paint: The paint of the text.
        context: The context of the block.
        span: The place of the message.
    """
    asset = Asset(image.path, span or Span(""))
    vector = context.edition.vectors.get(asset.path)
    if vector is None and asset.path not in context.edition.pictures:
        return None
    if image.in_text_colour and vector is None:
        message = f"'{image.path}' is a picture of pixels, which cannot have the colour of the text"
        context.note("colour-of-picture", message, span, "use an SVG file, or remove 'colour'")
    artwork = find_artwork(asset, Look(), context)
    if artwork is None:
        return None
    width = image.size * artwork.width / artwork.height
    items = _draw(artwork, Rect(0.0, 0.0, width, image.size))
    if vector:
        items = _recolour(items, vector, paint, is_whole=image.in_text_colour)
    located = tuple(replace(item, span=span) for item in items if isinstance(item, Path | Picture))
    return InlineObject(width, image.size, InlineArtwork(located, image.alt, image.mirrors))


def _draw(artwork: Artwork, rect: Rect) -> tuple[Item, ...]:
    clip = () if artwork.is_drawing else (outline_rect(rect),)
    return artwork.draw(rect, clip, ARTIFACT)


def _recolour(
    items: tuple[Item, ...], vector: VectorFile, paint: Paint, *, is_whole: bool
) -> tuple[Item, ...]:
    """Return the items of a drawing in the paint of the text: all of them, or those in `currentColor`."""
    if is_whole:
        return tuple(_paint_item(item, paint) for item in items)
    if is_artwork(vector.name) or not _has_current_colour(vector.project, vector):
        return items
    return tuple(
        _paint_item(item, paint) if _is_in_initial_colour(item) else item for item in items
    )


def _paint_item(item: Item, paint: Paint) -> Item:
    if isinstance(item, PlacedArtwork):
        return replace(item, paint=paint)
    if isinstance(item, Path) and item.fill:
        return replace(item, fill=replace(paint, opacity=paint.opacity * item.fill.opacity))
    return item


def _is_in_initial_colour(item: Item) -> bool:
    return isinstance(item, Path) and item.fill is not None and item.fill.colour == INITIAL_COLOUR


def _has_current_colour(project: Project, vector: VectorFile) -> bool:
    return _contains_current_colour(read_unchanged(project, vector.name, vector.digest))


@lru_cache(maxsize=256)
def _contains_current_colour(data: bytes) -> bool:
    return CURRENT_COLOUR in data.lower()
