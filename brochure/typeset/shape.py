"""Shaping: an item into glyphs, once.

Takes an `Item` and the paragraph's text; gives `ShapedItem`, glyphs with advances, offsets and clusters in visual order, and the
places where a line may end without shaping again. HarfBuzz sees the text around the item, so that letters join
across styles. Advances include the style's tracking. Stands between itemising and breaking.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from operator import neg

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass
from brochure.typeset.itemize import INVISIBLE, Item
from brochure.typeset.script_rules import rules_for_script

UNSAFE = hb.GlyphFlags.UNSAFE_TO_BREAK.value

CONTROLS = str.maketrans("\n\t\r", "   ")
"""Line ends and tabs are shaped as spaces; where they stand, setting puts nothing or a leader."""

LIGATURES_OFF = (("liga", 0), ("clig", 0))


@dataclass(frozen=True, slots=True, eq=False)
class ShapedItem:
    """Glyphs in visual order: those of an item, or of its part from `start` to `end`, where that stands in a line.

    Clusters are places in the paragraph's text; a hyphen at a line's end stands for none of it, and has -1 for its start.

    `safe` holds those of the places where a line may end at which the glyphs on both sides stay what they are.
    """

    item: Item
    start: int
    end: int
    ids: array[int]
    clusters: array[int]
    advances: array[float]
    offsets: tuple[tuple[float, float], ...]
    safe: frozenset[int]

    def widened(self, advances: array[float]) -> ShapedItem:
        """The same glyphs with other room between them."""
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

    def place(self, start: int) -> int:
        """How many glyphs stand left of the edge that the text has before `start`."""
        if self.item.level % 2:
            return bisect_left(self.clusters, 1 - start, key=neg)
        return bisect_left(self.clusters, start)


def shape(item: Item, text: str, places: frozenset[int] = frozenset()) -> ShapedItem:
    """The item's glyphs; `places` are those in the text where it may be cut."""
    infos, positions = _run(item, text)
    scale = item.size / item.face.upem
    clusters = _clusters(item, infos)
    advances = [position.x_advance * scale for position in positions]
    tracking = resolve_tracking(item)
    if tracking:
        advances = _tracked(advances, clusters, tracking)
    _hide(text, infos, clusters, advances)
    moved = any([p.x_offset or p.y_offset for p in positions])
    return ShapedItem(
        item,
        item.start,
        item.end,
        array("H", [info.codepoint for info in infos]),
        array("l", clusters),
        array("d", advances),
        tuple([(p.x_offset * scale, p.y_offset * scale) for p in positions]) if moved else (),
        frozenset(
            [
                cluster
                for info, cluster in zip(infos, clusters, strict=True)
                if cluster in places and not int(info.flags) & UNSAFE
            ]
        ),
    )


def resolve_tracking(item: Item) -> float:
    """The room that tracking puts behind each of the item's clusters, in points; none where the script's custom forbids it."""
    tracking = item.style.tracking
    return tracking * item.size / 1000 if tracking and is_letterspaced(item) else 0.0


def is_letterspaced(item: Item) -> bool:
    """Whether the item's letters may be set apart, or closer."""
    return rules_for_script(item.script).letterspaced


def resolve_features(item: Item) -> tuple[tuple[str, int], ...]:
    """The features that the item is shaped with."""
    # Letters set apart may not be joined in some places and not in others.
    return (*LIGATURES_OFF, *item.features) if resolve_tracking(item) > 0 else item.features


def _run(item: Item, text: str) -> tuple[list[hb.GlyphInfo], list[hb.GlyphPosition]]:
    buffer = hb.Buffer()
    if item.shown is None:
        buffer.add_str(text.translate(CONTROLS), item.start, item.end - item.start)
    else:
        buffer.add_str(item.shown)
    buffer.direction = "rtl" if item.level % 2 else "ltr"
    buffer.script = item.script
    buffer.language = item.style.language
    hb.shape(item.face.font, buffer, dict(resolve_features(item)))
    return buffer.glyph_infos, buffer.glyph_positions


def _clusters(item: Item, infos: list[hb.GlyphInfo]) -> list[int]:
    if item.shown is None:
        return [info.cluster for info in infos]
    return [item.origins[info.cluster] for info in infos]


def _tracked(advances: list[float], clusters: list[int], tracking: float) -> list[float]:
    """Tracking behind the last glyph of each cluster; marks move along with their base."""
    last = len(clusters) - 1
    return [
        advance + tracking if at == last or clusters[at] != clusters[at + 1] else advance
        for at, advance in enumerate(advances)
    ]


def _hide(text: str, infos: list[hb.GlyphInfo], clusters: list[int], advances: list[float]) -> None:
    """Characters that only act on others take no room, whatever the font draws for them."""
    if INVISIBLE.isdisjoint(
        [text[cluster] for cluster in clusters]
    ):  # of an item, not of the paragraph
        return
    for at, cluster in enumerate(clusters):
        if text[cluster] in INVISIBLE and (at == 0 or clusters[at - 1] != cluster):
            advances[at] = 0.0
