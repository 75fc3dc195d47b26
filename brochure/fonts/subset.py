"""Subsets: the font program that goes into a PDF, with only the glyphs that are used.

Takes a face and its glyphs; gives a static font in which the glyphs keep their numbers, every axis pinned, the tables of
layout left out (type is set already). Same glyphs, same bytes. After the `hb-subset` library's rules.
"""

from __future__ import annotations

from collections.abc import Iterable

import uharfbuzz as hb

from brochure.fonts.face import Face
from brochure.fonts.outlines import check_outlines

OUTLINES = ("head", "loca", "glyf")
NOT_FOR_PRINT = (
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
    """Whether the outlines are PostScript's (CFF), not TrueType's."""
    return any(tag in face.program.hb.table_tags for tag in ("CFF ", "CFF2"))


FLAGS = (
    hb.SubsetFlags.NO_LAYOUT_CLOSURE
    | hb.SubsetFlags.NO_HINTING
    | hb.SubsetFlags.DESUBROUTINIZE
    | hb.SubsetFlags.DOWNGRADE_CFF2
)
IN_PLACE = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.CFF_IDENTITY_CHARSET


def subset(face: Face, glyphs: Iterable[int], *, renumbered: bool = False) -> bytes:
    """The font with these glyphs alone (and .notdef), in the face's instance.

    ValueError or RuntimeError where the font cannot give them.
    Renumbered, they move together, and a CFF with character ids (a CJK font's) keeps those as they were.
    """
    glyphs = tuple(glyphs)
    if not is_cff(face):
        head, loca, glyf = (face.program.hb.reference_table(tag).data for tag in OUTLINES)
        check_outlines(head, loca, glyf, glyphs)
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    wanted.flags = FLAGS if renumbered else FLAGS | IN_PLACE
    wanted.drop_table_tag_set.update({_number(tag) for tag in NOT_FOR_PRINT})
    for tag, position in face.axes:
        wanted.pin_axis_location(face.program.hb, tag, position)
    data: bytes = hb.subset(face.program.hb, wanted).blob.data
    return data


def advances(face: Face, glyphs: Iterable[int]) -> list[float]:
    """The advance of each glyph in this instance, in thousandths of an em."""
    advance, scale = face.font.get_glyph_h_advance, 1000 / face.upem
    return [advance(glyph) * scale for glyph in glyphs]


def _number(tag: str) -> int:
    return int.from_bytes(tag.ljust(4).encode(), "big")
