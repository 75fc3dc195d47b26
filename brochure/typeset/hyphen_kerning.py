"""Measure how dividing a word changes its width.

A ligature is split or a kern is lost where a line ends, so the two parts may be wider than the
whole. Results are cached per word: the line breaker needs each line's width to a hundredth of a
point.
"""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from math import fsum
from typing import NamedTuple

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass
from brochure.fonts.face import Face
from brochure.fonts.shaping import shape_buffer
from brochure.typeset.full_width_spacing import has_wide_edge
from brochure.typeset.itemize import Item
from brochure.typeset.reshaping import is_safe, slice_item
from brochure.typeset.shape import ShapedItem, resolve_features, resolve_tracking, shape

MAX_REACH = 64
"""How many characters on each side of a cut may change their shape through it. Longer words, which
only machines write, are not shaped as a whole for each of their divisions."""


def measure_growth(shaped: ShapedItem, place: int, text: str) -> tuple[float, float]:
    """Return by how much the text before and after a division grows, in points."""
    item = shaped.item
    if place in (item.start, item.end):
        return 0.0, 0.0
    if item.shown is not None:
        return measure_tail_growth(shaped, place, text), measure_head_growth(shaped, place, text)
    earliest = max(item.start, place - MAX_REACH)
    latest = min(item.end, place + MAX_REACH)
    word_start = max(earliest, text.rfind(" ", earliest, place) + 1)
    word_end = text.find(" ", place, latest)
    word = text[word_start : word_end if word_end > 0 else latest]
    tail, head = _measure_growth(_make_key(item), word, place - word_start)
    return tail * item.size, head * item.size


class ShapingKey(NamedTuple):
    """What the shape of a word depends on, apart from its size. Tracking is in ems."""

    face: Face
    script: str
    right_to_left: bool
    language: str
    features: tuple[tuple[str, int], ...]
    tracking: float


@lru_cache(maxsize=1024)
def _make_key(item: Item) -> ShapingKey:
    tracking = resolve_tracking(item) / item.size if item.size else 0.0
    features = resolve_features(item)
    return ShapingKey(
        item.face, item.script, item.level % 2 == 1, item.style.language, features, tracking
    )


@lru_cache(maxsize=16384)
def _measure_growth(key: ShapingKey, word: str, at: int) -> tuple[float, float]:
    """Return the growth before and after a division of the word, in ems."""
    advances = _shape_advances(key, word)
    before = fsum(width for cluster, width in advances if cluster < at)
    after = fsum(width for cluster, width in advances if cluster >= at)
    tail, head = _shape_advances(key, word[:at]), _shape_advances(key, word[at:])
    return fsum(width for _, width in tail) - before, fsum(width for _, width in head) - after


@lru_cache(maxsize=4096)
def _shape_advances(key: ShapingKey, word: str) -> tuple[tuple[int, float], ...]:
    """Return the cluster and advance of each glyph, in ems; tracking counts once per cluster."""
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.direction = "rtl" if key.right_to_left else "ltr"
    buffer.script, buffer.language = key.script, key.language
    shape_buffer(key.face, buffer, dict(key.features))
    clusters = [info.cluster for info in buffer.glyph_infos]
    widths = [position.x_advance / key.face.upem for position in buffer.glyph_positions]
    following = (*clusters[1:], -1)
    return tuple(
        (cluster, width + (key.tracking if cluster != after and width else 0.0))
        for cluster, after, width in zip(clusters, following, widths, strict=True)
    )


def measure_tail_growth(shaped: ShapedItem, place: int, text: str) -> float:
    """Return by how much the text before `place` is wider at a line end than within the item."""
    if is_safe(shaped, place):
        return 0.0
    earliest = max(shaped.item.start, place - MAX_REACH)
    nearby = range(place - 1, earliest, -1)
    word_start = next((at for at in nearby if is_safe(shaped, at)), earliest)
    return _slice_width(shaped, word_start, place, text) - _width_between(shaped, word_start, place)


def measure_head_growth(shaped: ShapedItem, place: int, text: str) -> float:
    """Return by how much the text from `place` is wider at a line start than within the item."""
    if is_safe(shaped, place):
        return 0.0
    latest = min(shaped.item.end, place + MAX_REACH)
    nearby = range(place + 1, latest)
    word_end = next((at for at in nearby if is_safe(shaped, at)), latest)
    return _slice_width(shaped, place, word_end, text) - _width_between(shaped, place, word_end)


def _slice_width(shaped: ShapedItem, start: int, end: int, text: str) -> float:
    """Return the width of a part that is cut from the item."""
    item = shaped.item
    is_inside = item.start < start and end < item.end and not has_wide_edge(text, start, end)
    if item.shown is not None or not is_inside or (is_safe(shaped, start) and is_safe(shaped, end)):
        return fsum(slice_item(shaped, start, end, text).advances)
    isolated = Isolated(_make_key(item), item.size, text[start:end], item)
    return _isolated_width(isolated)


@dataclass(frozen=True, slots=True)
class Isolated:
    """A text that nothing joins, and what its width depends on; `item` has further values that do not affect it."""

    key: ShapingKey
    size: float
    text: str
    item: Item = field(compare=False)


@lru_cache(maxsize=4096)
def _isolated_width(part: Isolated) -> float:
    """Return the width in points; a text without safe cuts often repeats itself."""
    whole = shape(part.item, part.text, joins=(False, False), span=(0, len(part.text)))
    return fsum(whole.advances)


def _width_between(shaped: ShapedItem, start: int, end: int) -> float:
    first, last = sorted((shaped.glyph_index(start), shaped.glyph_index(end)))
    return fsum(shaped.advances[first:last])
