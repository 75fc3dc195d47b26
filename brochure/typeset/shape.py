"""Shape items into glyphs with HarfBuzz.

The result has glyphs with advances, offsets and clusters in visual order, and the offsets where a
line may end without reshaping. HarfBuzz gets the text around the item as context, so that letters
join across styles. Advances include tracking.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import chain, repeat
from operator import attrgetter, neg
from typing import NamedTuple

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass
from brochure.fonts.shaping import shape_buffer
from brochure.fonts.space_rules import is_space_boundary
from brochure.typeset.full_width_spacing import HALF, PAIR, find_trimmed
from brochure.typeset.itemize import Item
from brochure.typeset.script_rules import rules_for_script
from brochure.typeset.style import InlineObject
from brochure.typeset.substitutes import zero_invisible

UNSAFE = hb.GlyphFlags.UNSAFE_TO_BREAK.value

CONTROLS = str.maketrans("\n\t\r", "   ")
"""Line ends and tabs are shaped as spaces; they are not drawn, or replaced by a leader."""

LIGATURES = frozenset({"liga", "clig", "dlig", "hlig"})
"""Features with optional ligatures."""

CONTEXT = 8
"""Characters on each side of an item that are passed to HarfBuzz as context; it uses five."""


@dataclass(frozen=True, slots=True, eq=False)
class ShapedItem:
    """Glyphs of an item in visual order, or of its part from `start` to `end`.

    Clusters are offsets in the paragraph's text. Hyphens that represent no character have the
    `start` -1 at a line end and -2 at the beginning of a line. `safe` holds the possible cut offsets
    at which no reshaping is needed. `own` is the width of each character (see `measure_characters`); empty if it is not known.
    """

    item: Item
    start: int
    end: int
    ids: tuple[int, ...]
    clusters: tuple[int, ...]
    advances: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...]
    safe: frozenset[int]
    own: tuple[float, ...] = ()

    def with_advances(self, advances: tuple[float, ...]) -> ShapedItem:
        """Return the same glyphs with other advances."""
        return ShapedItem(
            self.item,
            self.start,
            self.end,
            self.ids,
            self.clusters,
            advances,
            self.offsets,
            self.safe,
        )

    def glyph_index(self, start: int) -> int:
        """Return the number of glyphs to the left of the edge before the character at `start`."""
        if self.item.level % 2:
            return bisect_left(self.clusters, 1 - start, key=neg)
        return bisect_left(self.clusters, start)


def shape(
    item: Item,
    text: str,
    places: frozenset[int] = frozenset(),
    *,
    joins: tuple[bool, bool] = (True, True),
    span: tuple[int, int] | None = None,
) -> ShapedItem:
    """Shape an item.

    Args:
        item: The item.
        text: The paragraph's text.
        places: Offsets in the text at which the item may be cut.
        joins: Whether the text before and after the item may affect its shape.
        span: The range of the item to shape, if it is not all of it.
    """
    start, end = span or (item.start, item.end)
    if item.inline:
        return _shape_inline(item, item.inline)
    if _is_divisible(item, text, start, end):
        return _shape_by_words(item, text, places, (start, end))
    return shape_whole(item, text, places, joins=joins, span=(start, end))


def shape_whole(
    item: Item,
    text: str,
    places: frozenset[int],
    *,
    joins: tuple[bool, bool],
    span: tuple[int, int],
) -> ShapedItem:
    """Shape a range of an item in one call of HarfBuzz; the arguments are those of `shape`."""
    start, end = span
    first = max(0, start - CONTEXT) if joins[0] else start
    last = end + CONTEXT if joins[1] else end
    shown, origins = _shown_part(item, start, end)
    infos, positions = _shape_buffer(item, text[first:last], (start - first, end - start), shown)
    scale = item.size / item.face.upem
    clusters = (
        [info.cluster + first for info in infos]
        if shown is None
        else [origins[info.cluster] for info in infos]
    )
    ids = [info.codepoint for info in infos]
    advances = [position.x_advance * scale for position in positions]
    left = _trim_full_width(item, text, ids, clusters, positions, advances)
    tracking = resolve_tracking(item)
    if tracking:
        advances = _add_tracking(advances, clusters, tracking)
    zero_invisible(text, clusters, advances)
    has_offsets = left or any([p.x_offset or p.y_offset for p in positions])
    return ShapedItem(
        item,
        start,
        end,
        tuple(ids),
        tuple(clusters),
        tuple(advances),
        _scale_offsets(positions, scale, left, item.size * HALF) if has_offsets else (),
        frozenset(
            [
                cluster
                for info, cluster in zip(infos, clusters, strict=True)
                if cluster in places and not int(info.flags) & UNSAFE
            ]
        ),
    )


def _trim_full_width(
    item: Item,
    text: str,
    ids: list[int],
    clusters: list[int],
    positions: list[hb.GlyphPosition],
    advances: list[float],
) -> frozenset[int]:
    """Remove the blank half of full-width punctuation beside other; return the glyphs whose left half was removed."""
    if item.level % 2 or text.isascii():
        return frozenset()
    widths = [position.x_advance for position in positions]
    right, left = find_trimmed(text, item.face, ids, clusters, widths)
    for at in right | left:
        advances[at] -= item.size * HALF
    return left


def _scale_offsets(
    positions: list[hb.GlyphPosition], scale: float, moved: frozenset[int], by: float
) -> tuple[tuple[float, float], ...]:
    """Return the offsets of glyphs in points, with some of them moved to the left."""
    return tuple(
        [
            (p.x_offset * scale - (by if at in moved else 0.0), p.y_offset * scale)
            for at, p in enumerate(positions)
        ]
    )


def _shape_inline(item: Item, inline: InlineObject) -> ShapedItem:
    """Return an inline object as one glyph."""
    advance = inline.width * item.size + resolve_tracking(item)
    return ShapedItem(item, item.start, item.end, (0,), (item.start,), (advance,), (), frozenset())


def resolve_tracking(item: Item) -> float:
    """Return the tracking after each cluster in points; 0 if the script does not allow letter spacing."""
    tracking = item.style.tracking
    return tracking * item.size / 1000 if tracking and is_letterspaced(item) else 0.0


def is_letterspaced(item: Item) -> bool:
    """Return True if the script allows letter spacing."""
    return rules_for_script(item.script).letterspaced


def resolve_features(item: Item) -> tuple[tuple[str, int], ...]:
    """Return the OpenType features that the item is shaped with."""
    if resolve_tracking(item) <= 0:
        return item.features
    # Ligatures would leave some letters of a tracked word joined, also if the style asks for them.
    others = (feature for feature in item.features if feature[0] not in LIGATURES)
    return (*others, *((tag, 0) for tag in sorted(LIGATURES)))


def _shown_part(item: Item, start: int, end: int) -> tuple[str | None, tuple[int, ...]]:
    """Return the text that is shown for a range, and the offsets of its characters; None if it is the text as written."""
    if item.shown is None:
        return None, ()
    # Origins are sorted, so a binary search suffices.
    first, last = bisect_left(item.origins, start), bisect_left(item.origins, end)
    return item.shown[first:last], item.origins[first:last]


def _shape_buffer(
    item: Item, context: str, part: tuple[int, int], shown: str | None
) -> tuple[list[hb.GlyphInfo], list[hb.GlyphPosition]]:
    """Shape a part (start and length) of a context, or the text that is shown for it."""
    buffer = hb.Buffer()
    if shown is None:
        buffer.add_str(context.translate(CONTROLS), *part)
    else:
        buffer.add_str(shown)
    buffer.direction = "rtl" if item.level % 2 else "ltr"
    buffer.script = item.script
    buffer.language = item.style.language
    shape_buffer(item.face, buffer, dict(resolve_features(item)))
    # HarfBuzz leaves out invisible characters that the font has no glyph for; a buffer without glyphs has no positions.
    return buffer.glyph_infos, buffer.glyph_positions or []


def _add_tracking(advances: list[float], clusters: list[int], tracking: float) -> list[float]:
    """Add tracking after the last glyph of each cluster, so that marks stay on their base."""
    last = len(clusters) - 1
    return [
        advance + tracking if at == last or clusters[at] != clusters[at + 1] else advance
        for at, advance in enumerate(advances)
    ]


# Words

SPACED_SCRIPTS = frozenset({"Latn", "Grek", "Cyrl"})
"""Scripts with spaces between words whose letters do not depend on the words around them."""

PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u024f\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u202f-\u2043\u2045-\u205e"
    "\u20a0-\u20bf\u2100-\u218f\u2190-\u22ff]*"
)
"""Letters and punctuation without marks, controls, invisible characters and the fraction slash, which affect their neighbours."""

WORD = re.compile("[^ ]+ *| +")
"""A word with the spaces after it."""


class ShapedWord(NamedTuple):
    """Glyphs of a word with the spaces after it; `clusters` and `safe` count from its start.

    `clusters` is empty if each character has one glyph; `own` is the width of each character.
    `is_joined` is set if its shape depends on the space before it: a kern between a space and a capital T, for example.
    """

    length: int
    ids: tuple[int, ...]
    clusters: tuple[int, ...]
    advances: tuple[float, ...]
    own: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...]
    safe: tuple[int, ...]
    is_joined: bool


def _is_divisible(item: Item, text: str, start: int, end: int) -> bool:
    """Return True if shaping each word of the range has the same result as shaping the range."""
    return (
        item.shown is None
        and item.level % 2 == 0
        and item.script in SPACED_SCRIPTS
        and PLAIN.fullmatch(text, start, end) is not None
        and is_space_boundary(item.face.program, item.features)
        and (text.isascii() or not PAIR.search(text, max(0, start - 1), end + 1))
    )


@dataclass(frozen=True, slots=True)
class Model:
    """An item that words are set like; it takes no part in comparisons."""

    item: Item = field(compare=False)


def _shape_by_words(
    item: Item, text: str, places: frozenset[int], span: tuple[int, int]
) -> ShapedItem:
    """Shape a range of an item from its words, which editions and paragraphs have in common."""
    key = (item.face, item.size, item.script, item.style.language)
    model = find_model((*key, resolve_features(item), resolve_tracking(item)), Model(item))
    tokens = WORD.findall(text, *span)
    words = list(map(_shape_word, repeat(model), tokens))
    if any(map(IS_JOINED, words[1:])):
        tokens = list(_join_tokens(tokens, words))
        words = list(map(_shape_word, repeat(model), tokens))
    ids: list[int] = []
    clusters: list[int] = []
    advances: list[float] = []
    own: list[float] = []
    safe: list[int] = []
    at, _ = span
    for length, word_ids, places_in_word, word_advances, word_own, _, word_safe, _ in words:
        ids += word_ids
        advances += word_advances
        own += word_own
        if places_in_word:
            clusters += [at + one for one in places_in_word]
        else:
            clusters += range(at, at + length)
        if word_safe:
            safe += [at + one for one in word_safe]
        at += length
    offsets: tuple[tuple[float, float], ...] = ()
    if any(map(OFFSETS, words)):
        offsets = tuple(
            chain.from_iterable(word.offsets or ((0.0, 0.0),) * len(word.ids) for word in words)
        )
    return ShapedItem(
        item,
        *span,
        tuple(ids),
        tuple(clusters),
        tuple(advances),
        offsets,
        places.intersection(safe),
        tuple(own),
    )


def measure_characters(shaped: ShapedItem) -> Sequence[float]:
    """Return the width of each character of the item; that of a cluster is on its first character."""
    clusters, advances, places = shaped.clusters, shaped.advances, range(shaped.start, shaped.end)
    by_cluster = dict(zip(clusters, advances, strict=True))
    if len(by_cluster) == len(clusters):
        return [by_cluster.get(at, 0.0) for at in places]
    own = [0.0] * len(places)
    for cluster, advance in zip(clusters, advances, strict=True):
        own[cluster - shaped.start] += advance
    return own


def _join_tokens(tokens: Sequence[str], words: Sequence[ShapedWord]) -> Iterator[str]:
    """Yield the words; those that depend on the space before them together with the word before."""
    pending = tokens[0]
    for token, word in zip(tokens[1:], words[1:], strict=True):
        if word.is_joined:
            pending += token
        else:
            yield pending
            pending = token
    yield pending


IS_JOINED, OFFSETS = attrgetter("is_joined"), attrgetter("offsets")


@lru_cache(maxsize=256)
def find_model(key: tuple[object, ...], model: Model) -> Item:
    """Return the same item for all items with the same key, whose glyphs are the same; items are compared by identity."""
    return model.item


@lru_cache(maxsize=16384)
def _shape_word(model: Item, token: str) -> ShapedWord:
    """Shape a word after a space, or alone if it depends on that space."""
    text, length = " " + token, len(token) + 1
    places = frozenset(range(length))
    joins = (False, False)
    shaped = shape_whole(model, text, places, joins=joins, span=(0, length))
    is_joined = 1 not in shaped.safe
    if is_joined:
        shaped = shape_whole(model, text, places, joins=joins, span=(1, length))
    first = bisect_left(shaped.clusters, 1)
    clusters = tuple([cluster - 1 for cluster in shaped.clusters[first:]])
    return ShapedWord(
        length - 1,
        shaped.ids[first:],
        () if clusters == tuple(range(length - 1)) else clusters,
        shaped.advances[first:],
        tuple(measure_characters(shaped)[1 - shaped.start :]),
        shaped.offsets[first:] if any(map(any, shaped.offsets[first:])) else (),
        tuple([place - 1 for place in sorted(shaped.safe) if place]),
        is_joined,
    )
