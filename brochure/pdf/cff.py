"""CFF programs with glyphs that are there twice, the second time with more room behind them.

Takes a bare CFF whose glyphs are named by CIDs, as they are in fonts for Chinese and Japanese; gives it with further CIDs for
glyphs that it has, as wide as justified lines need them: a gap would be taken for a space by those who copy the text, and
widths in the PDF must be those of the program. After Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

NONE_SAID = -1_000_000
"""The width of a charstring that says none."""


def cff_widened(cff: bytes, wider: Mapping[int, tuple[int, int]]) -> bytes:
    """The CFF with each further CID as a copy of a glyph that moves the pen as far as is said, in the font's units."""
    # Imported here: only justified Chinese and Japanese needs it.
    from fontTools.cffLib import CFFFontSet
    from fontTools.ttLib import TTFont

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff), None)
    top = fonts[0]
    shapes = top.CharStrings
    for cid, (glyph, advance) in sorted(wider.items()):
        source = shapes[_name(glyph)]
        shapes.charStrings[_name(cid)] = len(shapes.charStringsIndex)
        # All in the first font dictionary: some validators take every width to be told from there.
        shapes.charStringsIndex.append(_copied(source, advance, top.FDArray[0].Private))
        top.charset.append(_name(cid))
        top.FDSelect.append(0)
    out = io.BytesIO()
    fonts.compile(out, TTFont(recalcBBoxes=False), isCFF2=False)
    return out.getvalue()


def cid_keyed(cff: bytes) -> bytes:
    """The CFF with its glyphs named by their numbers, as a Type 0 font calls them; itself where they are already.

    PDF would take the numbers of glyphs with names for CIDs as well (9.7.4.2), but not every validator does.
    """
    # Imported here: only a font that is no TrueType needs it.
    from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict
    from fontTools.ttLib import TTFont

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff), None)
    top = fonts[0]
    if hasattr(top, "ROS"):
        return cff
    shapes, charset = top.CharStrings, list(top.charset)
    renamed = {_name(at) if at else ".notdef": shapes[name] for at, name in enumerate(charset)}
    own, all_in_it, dictionaries = FontDict(), FDSelect(), FDArrayIndex()
    own.Private = top.Private
    dictionaries.append(own)
    all_in_it.format, all_in_it.gidArray = 3, [0] * len(charset)
    for name in ("Private", "Encoding"):
        top.rawDict.pop(name, None)
        vars(top).pop(name, None)
    top.ROS, top.CIDCount = ("Adobe", "Identity", 0), len(charset)
    top.FDArray, top.FDSelect, top.charset = dictionaries, all_in_it, list(renamed)
    shapes.charStrings, shapes.charStringsAreIndexed = renamed, 0
    shapes.fdArray, shapes.fdSelect = dictionaries, all_in_it
    out = io.BytesIO()
    fonts.compile(out, TTFont(recalcBBoxes=False), isCFF2=False)
    return out.getvalue()


def _name(cid: int) -> str:
    return f"cid{cid:05d}"


def _copied(source: Any, advance: int, private: Any) -> Any:
    """The charstring with its width exchanged: what stands before its first operator's own arguments."""
    from fontTools.misc.psCharStrings import T2CharString, T2WidthExtractor

    nominal = source.private.nominalWidthX
    reader = T2WidthExtractor([], [], nominal, NONE_SAID)  # subsets have no subroutines
    reader.execute(source)
    source.decompile()
    body = source.program if reader.width == NONE_SAID else source.program[1:]
    return T2CharString(program=[advance - private.nominalWidthX, *body], private=private)
