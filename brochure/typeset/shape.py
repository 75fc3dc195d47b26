"""Shaping: an item into glyphs, once.

Takes an `Item` and the paragraph's text; gives `Shaped`, glyphs with advances, offsets and clusters in visual order, and the
places where a line may not end without shaping again. HarfBuzz sees the text around the item, so that letters join
across styles. Advances include the style's tracking. Stands between itemising and breaking.
"""

from __future__ import annotations

from dataclasses import dataclass

import uharfbuzz as hb

from brochure.typeset.itemize import INVISIBLE, Item

NO_TRACKING = frozenset({"Arab", "Syrc", "Mong", "Nkoo", "Deva", "Beng", "Guru"})
"""Scripts whose letters join: space between them would tear words apart."""

CONTROLS = str.maketrans("\n\t\r", "   ")
"""Line ends and tabs are shaped as spaces; where they stand, setting puts nothing or a leader."""

LIGATURES_OFF = {"liga": False, "clig": False}


@dataclass(frozen=True, slots=True)
class Shaped:
    """An item's glyphs in visual order; clusters are places in the paragraph's text.

    `unsafe` holds the places before which the item cannot be cut without shaping both sides again.
    """

    item: Item
    ids: tuple[int, ...]
    clusters: tuple[int, ...]
    advances: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...]
    unsafe: frozenset[int]


def shape(item: Item, text: str) -> Shaped:
    """The item's glyphs."""
    infos, positions = _run(item, text)
    scale = item.size / item.face.upem
    clusters = _clusters(item, infos)
    advances = [position.x_advance * scale for position in positions]
    offsets = [(p.x_offset * scale, p.y_offset * scale) for p in positions]
    tracking = item.style.tracking * item.size / 1000
    if tracking and item.script not in NO_TRACKING:
        advances = _tracked(advances, clusters, tracking)
    _hide(text, infos, clusters, advances)
    has_offsets = any(x or y for x, y in offsets)
    unsafe_flag = hb.GlyphFlags.UNSAFE_TO_BREAK
    return Shaped(
        item,
        tuple(info.codepoint for info in infos),
        tuple(clusters),
        tuple(advances),
        tuple(offsets) if has_offsets else (),
        frozenset(
            cluster
            for info, cluster in zip(infos, clusters, strict=True)
            if info.flags & unsafe_flag
        ),
    )


def _run(item: Item, text: str) -> tuple[list[hb.GlyphInfo], list[hb.GlyphPosition]]:
    buffer = hb.Buffer()
    if item.shown is None:
        buffer.add_str(text.translate(CONTROLS), item.start, item.end - item.start)
    else:
        buffer.add_str(item.shown)
    buffer.direction = "rtl" if item.level % 2 else "ltr"
    buffer.script = item.script
    buffer.language = item.style.language
    hb.shape(item.face.font, buffer, _features(item))
    return buffer.glyph_infos, buffer.glyph_positions


def _features(item: Item) -> dict[str, bool | int]:
    features: dict[str, bool | int] = dict(item.features)
    if item.style.tracking > 0:
        # Letters set apart may not be joined in some places and not in others.
        features = {**LIGATURES_OFF, **features}
    return features


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
    for at, cluster in enumerate(clusters):
        if text[cluster] in INVISIBLE and (at == 0 or clusters[at - 1] != cluster):
            advances[at] = 0.0
