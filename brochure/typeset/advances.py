"""Measuring: how wide any stretch of a paragraph is, without looking at its glyphs again.

Takes the shaped items of a paragraph; gives `Widths`, sums from its beginning, so that the width of a stretch, its spaces
and its letters are differences of two numbers. Stands between shaping and composing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from brochure.fast_dataclass import dataclass
from brochure.typeset.hanging_punctuation import left_share, right_share
from brochure.typeset.script_rules import rules_for_script
from brochure.typeset.shape import ShapedItem, is_letterspaced, resolve_tracking
from brochure.typeset.style import LetterSpace

STRETCHING = " \u00a0"
"""The spaces that justification widens and narrows; fixed ones keep their width."""


@dataclass(frozen=True, slots=True, eq=False)
class Widths:
    """Sums over the text before each place: width, width of stretching spaces, what justifying may put behind letters.

    `own` is each character's width (a cluster's is its first character's), `more` and `less` how much wider and narrower
    the room behind each cluster may become, `tracking` the room that tracking has put there; `mores` and `lesses` are
    sums. All in points. (Arrays, since a book has many characters.)
    """

    text: str
    width: array[float]
    space: array[float]
    mores: array[float]
    lesses: array[float]
    own: array[float]
    more: array[float]
    less: array[float]
    tracking: array[float]

    def hang_left(self, start: int, size: float) -> float:
        """How far the character that begins a line of a paragraph set in this size may stand out."""
        if start >= len(self.text):
            return 0.0
        return left_share(self.text[start], size) * self.own[start]

    def hang_right(self, end: int, grown: float) -> float:
        """How far the character that ends a line may stand out, if the line has grown there by so much."""
        if not end:
            return 0.0
        share = right_share(self.text[end - 1])
        return share * (self.own[end - 1] + grown) if share else 0.0

    def last(self, start: int, end: int) -> int:
        """Where the last cluster of a stretch begins that takes any room; `start` where none does."""
        return _last(self.own, start, end)


def measure_items(
    text: str, items: Sequence[ShapedItem], letter: LetterSpace, word_ends: Iterable[int] = ()
) -> Widths:
    """The sums over a paragraph's text; `word_ends` are the places where words meet without a space between them."""
    own, more, less, tracking = ([0.0] * len(text) for _ in range(4))
    for shaped in items:
        tracked = resolve_tracking(shaped.item)
        wider, closer = _letter_room(shaped, letter)
        for cluster, advance in zip(shaped.clusters, shaped.advances, strict=True):
            if advance:
                own[cluster] += advance
                more[cluster], less[cluster] = wider, closer
                tracking[cluster] = tracked
    for place, room in _word_room(items, word_ends):
        more[_last(own, 0, place)] += room
    space = [width if char in STRETCHING else 0.0 for char, width in zip(text, own, strict=True)]
    sums = (array("d", accumulate(each, initial=0.0)) for each in (own, space, more, less))
    width, spaces, mores, lesses = sums
    each = (array("d", each) for each in (own, more, less, tracking))
    return Widths(text, width, spaces, mores, lesses, *each)


def _letter_room(shaped: ShapedItem, letter: LetterSpace) -> tuple[float, float]:
    """How much wider and narrower the room behind each letter of the item may become."""
    item = shaped.item
    custom = rules_for_script(item.script)
    most, least = (letter.most, letter.least) if is_letterspaced(item) else (0.0, 0.0)
    wider = max(0.0, most) / 1000 + custom.slack.cluster
    return wider * item.size, max(0.0, -least) / 1000 * item.size


def _word_room(
    items: Sequence[ShapedItem], word_ends: Iterable[int]
) -> Iterator[tuple[int, float]]:
    """What may be put at each place where two words of a script without spaces meet."""
    rooms = [rules_for_script(shaped.item.script).slack.word for shaped in items]
    if not any(rooms):
        return
    starts = [shaped.item.start for shaped in items]
    for place in word_ends:
        before = bisect_left(starts, place) - 1
        behind = bisect_right(starts, place) - 1
        if rooms[before] and rooms[behind]:
            yield place, rooms[before] * items[before].item.size


def _last(own: Sequence[float], start: int, end: int) -> int:
    """Where the last cluster of a stretch begins that takes any room; `start` where none does."""
    at = end - 1
    while at > start and not own[at]:
        at -= 1
    return max(start, at)
