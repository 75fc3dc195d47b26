"""Check TrueType outlines before they are embedded in a PDF.

PDF renderers skip a glyph whose outline is damaged, so that a letter would be missing in print
without an error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from brochure.fonts.sanitize import LONG_OFFSETS, locations

MAX_DEPTH = 16
"""Largest nesting of composite glyphs; fonts use two or three levels."""
ARGUMENTS_ARE_WORDS, MORE_COMPONENTS = 0x0001, 0x0020
SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
"""Component flags (OpenType 1.9, 'Composite glyph description'): 16-bit arguments, more components,
and size in bytes of each kind of scale."""


class OutlineError(ValueError):
    """A damaged outline; the message says which glyph and why."""


def check_outlines(head: bytes, loca: bytes, glyf: bytes, glyphs: Iterable[int]) -> None:
    """Check the outlines of glyphs, given the tables `head`, `loca` and `glyf`.

    Raises:
        OutlineError: A glyph is truncated, declares more than it contains, or contains itself.
    """
    (offset_format,) = struct.unpack_from(">h", head, 50)
    checker = OutlineChecker(glyf, locations(loca, offset_format == LONG_OFFSETS))
    for glyph in glyphs:
        checker.check(glyph, 0)


class OutlineChecker:
    """Checks the outlines of a font; components shared by several glyphs are checked once."""

    def __init__(self, glyf: bytes, offsets: Sequence[int]) -> None:
        self.glyf, self.offsets = glyf, offsets
        self.seen: set[int] = set()

    def check(self, glyph: int, depth: int) -> None:
        """Raise ValueError if the glyph or one of its components is damaged."""
        if depth > MAX_DEPTH:
            raise OutlineError(f"glyph {glyph} contains itself")
        if glyph in self.seen:
            return
        if glyph + 1 >= len(self.offsets):
            raise OutlineError(f"glyph {glyph} does not exist")
        start, end = self.offsets[glyph], self.offsets[glyph + 1]
        if start < end:
            self._check_outline(glyph, self.glyf[start:end], depth)
        self.seen.add(glyph)

    def _check_outline(self, glyph: int, outline: bytes, depth: int) -> None:
        try:
            (contours,) = struct.unpack_from(">h", outline)
            if contours >= 0:
                if contours and 12 + 2 * contours > len(outline):
                    raise OutlineError(
                        f"glyph {glyph} declares {contours:,} contours, more than it contains"
                    )
                return
            for component in _components(outline):
                self.check(component, depth + 1)
        except struct.error:
            raise OutlineError(f"glyph {glyph} is truncated") from None


def _components(outline: bytes) -> Iterable[int]:
    """Yield the glyph ids of the components of a composite glyph."""
    at, more = 10, True
    while more:
        flags, component = struct.unpack_from(">HH", outline, at)
        yield component
        scale = next((size for flag, size in SCALES if flags & flag), 0)
        at += 4 + (4 if flags & ARGUMENTS_ARE_WORDS else 2) + scale
        more = bool(flags & MORE_COMPONENTS)
