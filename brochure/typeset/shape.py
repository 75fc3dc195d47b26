"""Shape items into glyphs with HarfBuzz.

The result has glyphs with advances, offsets and clusters in visual order, and the offsets where a
line may end without reshaping. HarfBuzz gets the text around the item as context, so that letters
join across styles. Advances include tracking.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from operator import neg

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass
from brochure.fonts.shaping import shape_buffer
from brochure.typeset.full_width_spacing import HALF, find_trimmed
from brochure.typeset.itemize import Item
from brochure.typeset.script_rules import rules_for_script
from brochure.typeset.style import InlineObject
from brochure.typeset.substitutes import INVISIBLE

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
    at which no reshaping is needed.
    """

    item: Item
    start: int
    end: int
    ids: array[int]
    clusters: array[int]
    advances: array[float]
    offsets: tuple[tuple[float, float], ...]
    safe: frozenset[int]

    def with_advances(self, advances: array[float]) -> ShapedItem:
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
) -> ShapedItem:
    """Shape an item.

    Args:
        item: The item.
        text: The paragraph's text.
        places: Offsets in the text at which the item may be cut.
        joins: Whether the text before and after the item may affect its shape.
    """
    if item.inline:
        return _shape_inline(item, item.inline)
    first = max(0, item.start - CONTEXT) if joins[0] else item.start
    last = item.end + CONTEXT if joins[1] else item.end
    infos, positions = _shape_buffer(item, text[first:last], item.start - first)
    scale = item.size / item.face.upem
    clusters = _map_clusters(item, infos, first)
    ids = [info.codepoint for info in infos]
    advances = [position.x_advance * scale for position in positions]
    left = _trim_full_width(item, text, ids, clusters, positions, advances)
    tracking = resolve_tracking(item)
    if tracking:
        advances = _add_tracking(advances, clusters, tracking)
    _zero_invisible(text, infos, clusters, advances)
    has_offsets = left or any([p.x_offset or p.y_offset for p in positions])
    return ShapedItem(
        item,
        item.start,
        item.end,
        array("H", ids),
        array("l", clusters),
        array("d", advances),
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
    glyph, cluster, advances = array("H", [0]), array("l", [item.start]), array("d", [advance])
    return ShapedItem(item, item.start, item.end, glyph, cluster, advances, (), frozenset())


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


def _shape_buffer(
    item: Item, context: str, start: int
) -> tuple[list[hb.GlyphInfo], list[hb.GlyphPosition]]:
    """Shape an item, which starts at `start` in its context."""
    buffer = hb.Buffer()
    if item.shown is None:
        buffer.add_str(context.translate(CONTROLS), start, item.end - item.start)
    else:
        buffer.add_str(item.shown)
    buffer.direction = "rtl" if item.level % 2 else "ltr"
    buffer.script = item.script
    buffer.language = item.style.language
    shape_buffer(item.face, buffer, dict(resolve_features(item)))
    # HarfBuzz leaves out invisible characters that the font has no glyph for; a buffer without glyphs has no positions.
    return buffer.glyph_infos, buffer.glyph_positions or []


def _map_clusters(item: Item, infos: list[hb.GlyphInfo], first: int) -> list[int]:
    """Return each glyph's offset in the paragraph; the context begins at `first`."""
    if item.shown is None:
        return [info.cluster + first for info in infos]
    return [item.origins[info.cluster] for info in infos]


def _add_tracking(advances: list[float], clusters: list[int], tracking: float) -> list[float]:
    """Add tracking after the last glyph of each cluster, so that marks stay on their base."""
    last = len(clusters) - 1
    return [
        advance + tracking if at == last or clusters[at] != clusters[at + 1] else advance
        for at, advance in enumerate(advances)
    ]


def _zero_invisible(
    text: str, infos: list[hb.GlyphInfo], clusters: list[int], advances: list[float]
) -> None:
    """Set the advance of characters that only affect others to 0, regardless of the font."""
    if INVISIBLE.isdisjoint([text[cluster] for cluster in clusters]):
        return
    for at, cluster in enumerate(clusters):
        if text[cluster] in INVISIBLE and (at == 0 or clusters[at - 1] != cluster):
            advances[at] = 0.0
