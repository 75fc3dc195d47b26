"""Outlines around letters, for texts of drawings that have a stroke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.blocks.svg import geometry
from brochure.blocks.svg.drawing import TextStroke
from brochure.blocks.svg.geometry import Area
from brochure.blocks.svg.style import Style
from brochure.fonts.face import Face
from brochure.geometry import IDENTITY
from brochure.model.display_list import GlyphRun, Path

PRECISION = 64.0
"""Units of a point in which strokes are computed."""


def outline_letters(
    runs: Sequence[GlyphRun], stroke: TextStroke, opacity: float, scale: float
) -> Iterator[Path]:
    """Yield the strokes of all letters of each run; `scale` converts the units of the stroke to points."""
    style = Style(
        stroke_width=stroke.width * scale,
        stroke_linejoin=stroke.join,
        stroke_miterlimit=stroke.miter_limit,
    )
    paint = replace(stroke.paint, opacity=stroke.paint.opacity * opacity)
    for run in runs:
        area = geometry.stroked(_letters(run), style, PRECISION)
        outlines = tuple(geometry.outlines_of(area, IDENTITY))
        if outlines:
            yield Path(outlines, fill=paint)


def _letters(run: GlyphRun) -> Area:
    """Return the letters of a run as one area."""
    glyphs = run.glyphs
    size = glyphs.size / glyphs.face.upem
    offsets = glyphs.offsets or ((0.0, 0.0),) * len(glyphs.ids)
    x, areas = run.x, []
    for glyph, advance, (dx, dy) in zip(glyphs.ids, glyphs.advances, offsets, strict=True):
        areas.append(_glyph(glyphs.face, glyph).transform(size, 0, 0, size, x + dx, run.y + dy))
        x += advance
    return geometry.joined(areas)


def _glyph(face: Face, glyph: int) -> Area:
    # Imported here: few drawings have strokes on text.
    from pathops import Path as Skia

    area = Skia()
    face.font.draw_glyph_with_pen(glyph, area.getPen())
    area.simplify(fix_winding=True)  # parts of variable letters overlap
    return area
