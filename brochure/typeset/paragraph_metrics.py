"""Paragraph metrics: widths at every offset where a line may begin or end.

`ParagraphMetrics` is what lines are set from and what `line_edges` measures the possible lines with.

A book has many characters. Therefore values by character are computed without a Python loop where possible.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress
from operator import itemgetter, not_
from typing import TypeVar

from brochure.fast_dataclass import dataclass
from brochure.typeset.hanging_punctuation import left_share
from brochure.typeset.line_breaks import LineBreak, word_ends
from brochure.typeset.script_rules import rules_for_script
from brochure.typeset.shape import (
    ShapedItem,
    is_letterspaced,
    measure_characters,
    resolve_tracking,
)
from brochure.typeset.style import LetterSpace, ParagraphStyle

STRETCHABLE_SPACES = " \u00a0"
"""The spaces that justification stretches and shrinks; fixed-width spaces keep their width."""

SPACE = re.compile(f"[{STRETCHABLE_SPACES}]")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphMetrics:
    """A paragraph ready to be set in lines: its shaped items and widths.

    `own` is the width of each character (of a cluster, on its first character), in points; `space` is the width of all
    stretchable spaces before each offset. `stretch` and `shrink` limit how far
    justification may widen or narrow the space after each cluster, `stretch_sums` and `shrink_sums` are their sums.
    `tracking` is the tracking after each cluster; empty if there is none.
    """

    text: str
    items: tuple[ShapedItem, ...]
    starts: tuple[int, ...]
    style: ParagraphStyle
    left_to_right: bool
    own: tuple[float, ...]
    space: tuple[float, ...]
    stretch: tuple[float, ...]
    shrink: tuple[float, ...]
    stretch_sums: tuple[float, ...]
    shrink_sums: tuple[float, ...]
    tracking: tuple[float, ...]

    def item_at(self, place: int) -> ShapedItem:
        """Return the item that contains the character at an offset."""
        return self.items[max(0, bisect_right(self.starts, place) - 1)]

    def hang_left(self, start: int) -> float:
        """Return how far the first character of a line hangs."""
        if start >= len(self.text):
            return 0.0
        return left_share(self.text[start], self.style.type.size) * self.own[start]


def measure_items(
    text: str,
    items: tuple[ShapedItem, ...],
    style: ParagraphStyle,
    breaks: Iterable[LineBreak],
    *,
    left_to_right: bool,
) -> ParagraphMetrics:
    """Compute the widths of a paragraph from its shaped items, in logical order."""
    own = tuple(chain.from_iterable(shaped.own or measure_characters(shaped) for shaped in items))
    blank = list(compress(range(len(own)), map(not_, own)))
    limits = [_letter_space_limits(shaped, style.letter_space) for shaped in items]
    stretch = _spread(items, [wider for wider, _ in limits], blank)
    shrink = _spread(items, [closer for _, closer in limits], blank)
    for place, limit in _word_space_at_ends(items, word_ends(text, breaks)):
        stretch[find_last_visible(own, 0, place)] += limit
    tracking = [resolve_tracking(shaped.item) for shaped in items]
    # Tuples of numbers, unlike lists, are not visited by the garbage collector.
    return ParagraphMetrics(
        text,
        items,
        tuple([shaped.item.start for shaped in items]),
        style,
        left_to_right,
        own,
        _add_up_spaces(text, own),
        tuple(stretch),
        tuple(shrink),
        _add_up(stretch),
        _add_up(shrink),
        tuple(_spread(items, tracking, blank)) if any(tracking) else (),
    )


def _add_up(widths: Iterable[float]) -> tuple[float, ...]:
    return tuple(accumulate(widths, initial=0.0))


def _add_up_spaces(text: str, own: Sequence[float]) -> tuple[float, ...]:
    """Return the width of the stretchable spaces before each offset."""
    sums, total = [0.0], 0.0
    for match in SPACE.finditer(text):
        at = match.start()
        sums += [total] * (at + 1 - len(sums))
        total += own[at]
        sums.append(total)
    sums += [total] * (len(text) + 1 - len(sums))
    return tuple(sums)


def _spread(
    items: Sequence[ShapedItem], values: Sequence[float], blank: Iterable[int]
) -> list[float]:
    """Return the value of its item for each visible cluster, 0 for other characters."""
    spread: list[float] = []
    for shaped, value in zip(items, values, strict=True):
        spread += [value] * (shaped.end - shaped.start)
    for at in blank:
        spread[at] = 0.0
    return spread


def pick(values: Sequence[Value], places: Sequence[int]) -> Sequence[Value]:
    """Return the values at these places, without a Python loop."""
    if len(places) > 1:
        picked: Sequence[Value] = itemgetter(*places)(values)
        return picked
    return [values[at] for at in places]


def _letter_space_limits(shaped: ShapedItem, letter: LetterSpace) -> tuple[float, float]:
    """Return how much wider and narrower the space after each letter of the item may become."""
    item = shaped.item
    rules = rules_for_script(item.script)
    most, least = (letter.most, letter.least) if is_letterspaced(item) else (0.0, 0.0)
    wider = max(0.0, most) / 1000 + rules.elasticity.cluster
    return wider * item.size, max(0.0, -least) / 1000 * item.size


def _word_space_at_ends(
    items: Sequence[ShapedItem], places: Iterable[int]
) -> Iterator[tuple[int, float]]:
    """Yield the offsets where two words of a script without spaces meet, and the space that may be added there."""
    limits = [rules_for_script(shaped.item.script).elasticity.word for shaped in items]
    if not any(limits):
        return
    starts = [shaped.item.start for shaped in items]
    for place in places:
        before = bisect_left(starts, place) - 1
        after = bisect_right(starts, place) - 1
        if limits[before] and limits[after]:
            yield place, limits[before] * items[before].item.size


def find_last_visible(own: Sequence[float], start: int, end: int) -> int:
    """Return the offset of the last cluster in the range with a width, or `start`."""
    at = end - 1
    while at > start and not own[at]:
        at -= 1
    return max(start, at)


def ink_extents(metrics: ParagraphMetrics) -> tuple[float, float]:
    """Return the upper and lower edge of the glyphs' outlines, in points above the baseline."""
    top = bottom = 0.0
    for shaped in metrics.items:
        face, rise = shaped.item.face, shaped.item.rise
        if shaped.item.inline:
            top = max(top, rise + shaped.item.inline.height * shaped.item.size)
            continue
        scale = shaped.item.size / face.upem
        for at, glyph in enumerate(shaped.ids):
            extents = face.font.get_glyph_extents(glyph)
            if extents is None:
                continue
            y = rise + (shaped.offsets[at][1] if shaped.offsets else 0.0)
            top = max(top, y + extents.y_bearing * scale)
            bottom = min(bottom, y + (extents.y_bearing + extents.height) * scale)
    return top, bottom
