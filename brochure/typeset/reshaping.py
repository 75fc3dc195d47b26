"""Cut shaped items at line ends.

The glyphs of a range are reused where HarfBuzz reports the cut as safe; otherwise the range is
shaped again, since no kerning or ligature crosses a line end. The hyphen that divides a word is
made here too.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import fsum

from brochure.typeset.itemize import Item
from brochure.typeset.shape import Model, ShapedItem, find_model, resolve_tracking, shape

HYPHENS = ("\u2010", "-")


def slice_item(shaped: ShapedItem, start: int, end: int, text: str) -> ShapedItem:
    """Return the glyphs from `start` to `end`, shaped again if the cut changes them."""
    item = shaped.item
    if start == item.start and end == item.end:
        return shaped
    if not (is_safe(shaped, start) and is_safe(shaped, end)):
        joins = start == item.start, end == item.end
        return shape(item, text, joins=joins, span=(start, end))
    first, last = sorted((shaped.glyph_index(start), shaped.glyph_index(end)))
    return ShapedItem(
        item,
        start,
        end,
        shaped.ids[first:last],
        shaped.clusters[first:last],
        shaped.advances[first:last],
        shaped.offsets[first:last],
        shaped.safe,
    )


@lru_cache(maxsize=1024)
def shape_hyphen(item: Item) -> ShapedItem:
    """Return the hyphen that divides a word at the end of the item; it represents no character of the text."""
    key = ("hyphen", item.face, item.size, item.script, item.level, item.style.language)
    glyphs = _shape_hyphen(find_model(key, Model(item)))
    return ShapedItem(
        item, -1, -1, glyphs.ids, glyphs.clusters, glyphs.advances, glyphs.offsets, glyphs.safe
    )


@lru_cache(maxsize=1024)
def _shape_hyphen(item: Item) -> ShapedItem:
    style = replace(item.style, tracking=0.0)
    isolated = replace(item, start=0, end=1, style=style, shown=None, origins=(), features=())
    return shape(isolated, hyphen_character(item))


@lru_cache(maxsize=1024)
def hyphen_width(item: Item) -> float:
    """Return the width of that hyphen in points."""
    return fsum(shape_hyphen(item).advances)


def shape_repeated_hyphen(item: Item) -> ShapedItem:
    """Return the hyphen of a compound word that is repeated before the item; it has `start` -2."""
    shaped = shape_hyphen(item)
    tracked = tuple([advance + resolve_tracking(item) for advance in shaped.advances])
    return replace(shaped.with_advances(tracked), start=-2, end=-2)


def repeated_hyphen_width(item: Item, share: float = 1.0) -> float:
    """Return the width of that hyphen in points if only this share of it is within the line."""
    return hyphen_width(item) * share + resolve_tracking(item)


def hyphen_character(item: Item) -> str:
    """Return the hyphen character that the item's face covers."""
    return next((char for char in HYPHENS if item.face.program.has(char)), HYPHENS[-1])


def is_safe(shaped: ShapedItem, place: int) -> bool:
    """Return True if the item can be cut before an offset without reshaping either side."""
    return place in (shaped.item.start, shaped.item.end) or place in shaped.safe
