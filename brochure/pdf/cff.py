"""CFF font programs: CID-keyed fonts, and copies of glyphs with wider advances.

Justified Chinese and Japanese needs glyphs with extra space after them: a gap would be extracted as a space, and widths in
the PDF must equal those of the program. See Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

NO_WIDTH = -1_000_000
"""Marks a charstring without a width."""


def add_wider_glyphs(cff: bytes, wider: Mapping[int, tuple[int, int]]) -> bytes:
    """Return the CFF with a copy of a glyph for each further CID, with the given advance in font units."""
    # Imported here: only justified Chinese and Japanese requires it.
    from fontTools.cffLib import CFFFontSet
    from fontTools.ttLib import TTFont

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff), None)
    top = fonts[0]
    shapes = top.CharStrings
    for cid, (glyph, advance) in sorted(wider.items()):
        source = shapes[_name(glyph)]
        shapes.charStrings[_name(cid)] = len(shapes.charStringsIndex)
        # All in the first font dictionary: some validators read every width from there.
        shapes.charStringsIndex.append(_copy_charstring(source, advance, top.FDArray[0].Private))
        top.charset.append(_name(cid))
        top.FDSelect.append(0)
    out = io.BytesIO()
    fonts.compile(out, TTFont(recalcBBoxes=False), isCFF2=False)
    return out.getvalue()


def to_cid_keyed(cff: bytes) -> bytes:
    """Return the CFF with glyphs named by glyph id, as CIDs of a Type 0 font; unchanged if it is CID-keyed.

    PDF itself treats glyph ids as CIDs in other fonts (9.7.4.2), but some validators do not.
    """
    # Imported here: only CFF fonts need it.
    from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict
    from fontTools.ttLib import TTFont

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff), None)
    top = fonts[0]
    if hasattr(top, "ROS"):
        return cff
    shapes, charset = top.CharStrings, list(top.charset)
    renamed = {_name(at) if at else ".notdef": shapes[name] for at, name in enumerate(charset)}
    dictionary, select, dictionaries = FontDict(), FDSelect(), FDArrayIndex()
    dictionary.Private = top.Private
    dictionaries.append(dictionary)
    select.format, select.gidArray = 3, [0] * len(charset)
    for name in ("Private", "Encoding"):
        top.rawDict.pop(name, None)
        vars(top).pop(name, None)
    top.ROS, top.CIDCount = ("Adobe", "Identity", 0), len(charset)
    top.FDArray, top.FDSelect, top.charset = dictionaries, select, list(renamed)
    shapes.charStrings, shapes.charStringsAreIndexed = renamed, 0
    shapes.fdArray, shapes.fdSelect = dictionaries, select
    out = io.BytesIO()
    fonts.compile(out, TTFont(recalcBBoxes=False), isCFF2=False)
    return out.getvalue()


def _name(cid: int) -> str:
    return f"cid{cid:05d}"


def _copy_charstring(source: Any, advance: int, private: Any) -> Any:
    """Return a copy of the charstring with another width, which precedes the first operator's arguments."""
    from fontTools.misc.psCharStrings import T2CharString, T2WidthExtractor

    nominal = source.private.nominalWidthX
    reader = T2WidthExtractor([], [], nominal, NO_WIDTH)  # subsets have no subroutines
    reader.execute(source)
    source.decompile()
    body = source.program if reader.width == NO_WIDTH else source.program[1:]
    return T2CharString(program=[advance - private.nominalWidthX, *body], private=private)
