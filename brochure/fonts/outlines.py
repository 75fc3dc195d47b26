"""Whether glyphs are drawn as their font says: TrueType outlines, before they go into a PDF.

Takes the tables `glyf`, `loca` and `head` and the glyphs that are used; says nothing, or raises a ValueError. What draws
glyphs leaves one out whose outline cannot be trusted, and a letter would be missing on paper without a word.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from brochure.fonts.sanitize import LONG, locations

DEEPEST = 16
"""Parts of parts of a glyph; fonts have two or three."""
WORDS, MORE = 0x0001, 0x0020
SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
"""Flags of a part (OpenType 1.9, 'Composite glyph description'): its place in words; one more follows; bytes of its scale."""


def check_outlines(head: bytes, loca: bytes, glyf: bytes, glyphs: Iterable[int]) -> None:
    """Nothing; ValueError where a glyph counts more than it holds, or is made of itself."""
    (form,) = struct.unpack_from(">h", head, 50)
    outlines = Outlines(glyf, locations(loca, form == LONG))
    for glyph in glyphs:
        outlines.look_at(glyph, 0)


class Outlines:
    """The outlines of a font. Gathers which have been looked at, since parts are shared."""

    def __init__(self, glyf: bytes, offsets: Sequence[int]) -> None:
        self.glyf, self.offsets = glyf, offsets
        self.seen: set[int] = set()

    def look_at(self, glyph: int, depth: int) -> None:
        """ValueError where the glyph or one of its parts is not what it says."""
        if depth > DEEPEST:
            raise ValueError(f"glyph {glyph} is made of itself")
        if glyph in self.seen:
            return
        if glyph + 1 >= len(self.offsets):
            raise ValueError(f"there is no glyph {glyph}")
        start, end = self.offsets[glyph], self.offsets[glyph + 1]
        if start < end:
            self._look_at(glyph, self.glyf[start:end], depth)
        self.seen.add(glyph)

    def _look_at(self, glyph: int, outline: bytes, depth: int) -> None:
        try:
            (contours,) = struct.unpack_from(">h", outline)
            if contours >= 0:
                if contours and 12 + 2 * contours > len(outline):
                    raise ValueError(
                        f"glyph {glyph} counts {contours:,} contours, more than it holds"
                    )
                return
            for part in _parts(outline):
                self.look_at(part, depth + 1)
        except struct.error:
            raise ValueError(f"glyph {glyph} is cut off") from None


def _parts(outline: bytes) -> Iterable[int]:
    """The glyphs that a glyph is made of."""
    at, more = 10, True
    while more:
        flags, part = struct.unpack_from(">HH", outline, at)
        yield part
        scale = next((size for flag, size in SCALES if flags & flag), 0)
        at += 4 + (4 if flags & WORDS else 2) + scale
        more = bool(flags & MORE)
