"""Slices: the part of a shaped item that stands in one line.

Takes a `ShapedItem` and two places in the paragraph's text; gives the glyphs between them, as they were shaped where HarfBuzz
holds the cut to be safe, else shaped anew as the line will have them: no kern and no ligature reaches over a line's end.
The hyphen that divides a word is made here, too. Stands between shaping and composing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from brochure.typeset.itemize import Item
from brochure.typeset.shape import ShapedItem, shape

HYPHENS = ("\u2010", "-")


def slice_item(shaped: ShapedItem, start: int, end: int, text: str) -> ShapedItem:
    """The glyphs from start to end; shaped anew where the cut would change them."""
    item = shaped.item
    if start == item.start and end == item.end:
        return shaped
    if not (is_safe(shaped, start) and is_safe(shaped, end)):
        before = " " * start if start > item.start else text[:start]
        alone = before + text[start : end if end < item.end else None]
        return replace(shape(_shortened(item, start, end), alone), item=item)
    first, last = sorted((shaped.place(start), shaped.place(end)))
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
def hyphen(item: Item) -> ShapedItem:
    """The hyphen that divides a word at the item's end: a glyph that stands for no character of the text."""
    style = replace(item.style, tracking=0.0)
    alone = replace(item, start=0, end=1, style=style, shown=None, origins=(), features=())
    made = shape(alone, shape_hyphen(item))
    return replace(made, item=item, start=-1, end=-1)


@lru_cache(maxsize=1024)
def hyphen_width(item: Item) -> float:
    """How wide that hyphen is, in points."""
    return sum(hyphen(item).advances)


def shape_hyphen(item: Item) -> str:
    """The hyphen that the item's face has."""
    return next((char for char in HYPHENS if item.face.program.has(char)), HYPHENS[-1])


def is_safe(shaped: ShapedItem, place: int) -> bool:
    """Whether the item can be cut before a place without shaping both sides again."""
    return place in (shaped.item.start, shaped.item.end) or place in shaped.safe


def _shortened(item: Item, start: int, end: int) -> Item:
    if item.shown is None:
        return replace(item, start=start, end=end)
    # Origins never go back, so that a line of a long paragraph need not look through all of it.
    first, last = bisect_left(item.origins, start), bisect_left(item.origins, end)
    shown, origins = item.shown[first:last], item.origins[first:last]
    return replace(item, start=start, end=end, shown=shown, origins=origins)
