"""How far typeset text reaches below its last baseline: descenders, old-style figures, the figures of Burmese and Khmer."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.model.display_list import GlyphRun
from brochure.model.galley import GalleyBox


def ink_below(box: GalleyBox) -> float:
    """Return how far the glyphs of a box reach below its last baseline, in points."""
    runs = (item for item in box.items if isinstance(item, GlyphRun))
    lowest = min((bottom for run in runs for bottom in _ink_bottoms(run)), default=-box.height)
    return max(0.0, -box.height - lowest)


OVERSHOOT = 0.04
"""Overshoot of round glyphs below the baseline, in ems; it does not count as ink below."""

TAILS = frozenset(",;،")
"""Marks whose tails do not count as ink below, so that labels of adjacent figures align."""


def _ink_bottoms(run: GlyphRun) -> Iterator[float]:
    """Yield the lowest point of each glyph with ink below the baseline, except commas and semicolons."""
    glyphs = run.glyphs
    scale = glyphs.size / glyphs.face.upem
    offsets = glyphs.offsets or ((0.0, 0.0),) * len(glyphs.ids)
    for glyph, cluster, (_, dy) in zip(glyphs.ids, glyphs.clusters, offsets, strict=True):
        extents = glyphs.face.font.get_glyph_extents(glyph)
        if extents is None or glyphs.text[cluster : cluster + 1] in TAILS:
            continue
        bottom = dy + (extents.y_bearing + extents.height) * scale
        if bottom < -OVERSHOOT * glyphs.size:
            yield run.y + bottom
