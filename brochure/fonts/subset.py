"""Subset a font for embedding in a PDF, with the `hb-subset` library.

The result is a static font with every axis pinned and without layout tables, which are not needed
after shaping. It is deterministic.
"""

from __future__ import annotations

from collections.abc import Iterable

import uharfbuzz as hb

from brochure.fonts.face import Face
from brochure.fonts.outlines import check_outlines

OUTLINE_TABLES = ("head", "loca", "glyf")
DROPPED_TABLES = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "JSTF",
    "STAT",
    "DSIG",
    "meta",
    "MATH",
    "kern",
    "name",
)


def is_cff(face: Face) -> bool:
    """Return True if the outlines are CFF, not TrueType."""
    return any(tag in face.program.hb.table_tags for tag in ("CFF ", "CFF2"))


FLAGS = (
    hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.DESUBROUTINIZE
    | hb.SubsetFlags.DOWNGRADE_CFF2
)
RETAIN_IDS = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.CFF_IDENTITY_CHARSET


def subset(face: Face, glyphs: Iterable[int], *, renumbered: bool = False) -> bytes:
    """Return the font with these glyphs alone (and .notdef), in the face's instance.

    Args:
        face: The instance to embed.
        glyphs: Glyph ids to keep.
        renumbered: Renumber the glyphs without gaps; a CID-keyed CFF keeps its CIDs. Default: glyphs keep their ids.

    Raises:
        ValueError: An outline is damaged.
        RuntimeError: The font cannot be subset.
    """
    glyphs = tuple(glyphs)
    if not is_cff(face):
        head, loca, glyf = (face.program.hb.reference_table(tag).data for tag in OUTLINE_TABLES)
        check_outlines(head, loca, glyf, glyphs)
    options = hb.SubsetInput()
    options.glyph_set.update({0, *glyphs})
    options.flags = FLAGS if renumbered else FLAGS | RETAIN_IDS
    options.drop_table_tag_set.update({_tag_number(tag) for tag in DROPPED_TABLES})
    for tag, position in face.axes:
        options.pin_axis_location(face.program.hb, tag, position)
    data: bytes = hb.subset(face.program.hb, options).blob.data
    return data


def advances(face: Face, glyphs: Iterable[int]) -> list[float]:
    """Return the advance of each glyph in this instance, in thousandths of an em."""
    advance, scale = face.font.get_glyph_h_advance, 1000 / face.upem
    return [advance(glyph) * scale for glyph in glyphs]


def _tag_number(tag: str) -> int:
    return int.from_bytes(tag.ljust(4).encode(), "big")
