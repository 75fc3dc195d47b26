"""Division: what it does to the width of a word to be cut in two.

Takes an item, and a place in the paragraph's text where a line may end; gives by how much the two sides are wider apart than
together: a ligature is parted there, a kern falls away. Words come again and again, so what is found is kept. Stands between
shaping and composing, which needs every line's width to the hundredth of a point.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from brochure.fonts.face import Face
from brochure.typeset.itemize import Item
from brochure.typeset.reshaping import is_safe, slice_item
from brochure.typeset.shape import ShapedItem, resolve_features, resolve_tracking


def measure_growth(shaped: ShapedItem, place: int, text: str) -> tuple[float, float]:
    """By how much the text before and behind the place grows where a word is divided there."""
    item = shaped.item
    if place in (item.start, item.end):
        return 0.0, 0.0
    if item.shown is not None:
        return tail_growth(shaped, place, text), head_growth(shaped, place, text)
    begun = max(item.start, text.rfind(" ", 0, place) + 1)
    ended = text.find(" ", place, item.end)
    word = text[begun : ended if ended > 0 else item.end]
    tail, head = _growth(_kind(item), word, place - begun)
    return tail * item.size, head * item.size


class Kind(NamedTuple):
    """What the shape of a word depends on, its size apart. Tracking is in ems."""

    face: Face
    script: str
    leftward: int
    language: str
    features: tuple[tuple[str, int], ...]
    tracking: float


@lru_cache(maxsize=1024)
def _kind(item: Item) -> Kind:
    tracking = resolve_tracking(item) / item.size if item.size else 0.0
    features = resolve_features(item)
    return Kind(item.face, item.script, item.level % 2, item.style.language, features, tracking)


@lru_cache(maxsize=16384)
def _growth(kind: Kind, word: str, at: int) -> tuple[float, float]:
    """The growth before and behind a place in the word, in ems."""
    advances = _advances(kind, word)
    before = sum(width for cluster, width in advances if cluster < at)
    behind = sum(width for cluster, width in advances if cluster >= at)
    tail, head = _advances(kind, word[:at]), _advances(kind, word[at:])
    return sum(width for _, width in tail) - before, sum(width for _, width in head) - behind


@lru_cache(maxsize=4096)
def _advances(kind: Kind, word: str) -> tuple[tuple[int, float], ...]:
    """The cluster and the advance of each glyph, in ems; tracking counts once a cluster."""
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.direction = "rtl" if kind.leftward else "ltr"
    buffer.script, buffer.language = kind.script, kind.language
    hb.shape(kind.face.font, buffer, dict(kind.features))
    clusters = [info.cluster for info in buffer.glyph_infos]
    widths = [position.x_advance / kind.face.upem for position in buffer.glyph_positions]
    following = (*clusters[1:], -1)
    return tuple(
        (cluster, width + (kind.tracking if cluster != after and width else 0.0))
        for cluster, after, width in zip(clusters, following, widths, strict=True)
    )


def tail_growth(shaped: ShapedItem, place: int, text: str) -> float:
    """By how much the text before `place` is wider where a line ends there than it is within the item."""
    if is_safe(shaped, place):
        return 0.0
    begun = next(at for at in range(place - 1, -1, -1) if is_safe(shaped, at))
    return sum(slice_item(shaped, begun, place, text).advances) - _between(shaped, begun, place)


def head_growth(shaped: ShapedItem, place: int, text: str) -> float:
    """By how much the text from `place` on is wider where a line begins there than it is within the item."""
    if is_safe(shaped, place):
        return 0.0
    ended = next(at for at in range(place + 1, len(text) + 1) if is_safe(shaped, at))
    return sum(slice_item(shaped, place, ended, text).advances) - _between(shaped, place, ended)


def _between(shaped: ShapedItem, start: int, end: int) -> float:
    first, last = sorted((shaped.place(start), shaped.place(end)))
    return sum(shaped.advances[first:last])
