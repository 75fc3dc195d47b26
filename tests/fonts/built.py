"""Fonts built for tests. Every glyph is a box, so that every width is a simple sum.

`built` returns the bytes of a TrueType or OpenType (CFF) file, static or variable, for a family and its properties.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

UPEM = 1000
ADVANCE = 500
CAP_HEIGHT, X_HEIGHT = 700, 500
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u2010\u2019"


@dataclass(frozen=True)
class Recipe:
    """The properties of a font; `axes` are (tag, minimum, default, maximum), without variation data."""

    family: str = "Boxes"
    weight: int = 400
    width: int = 5
    italic: bool = False
    cff: bool = False
    letters: str = LETTERS
    axes: tuple[tuple[str, float, float, float], ...] = ()
    underline: tuple[int, int] = (-100, 50)
    empty: str = ""
    """Letters whose glyphs have no outline."""
    pictures: str = ""
    """Letters with a COLR glyph, whose layer is the glyph of A."""
    bitmaps_only: bool = False
    licence_bits: int = 0
    localized: tuple[tuple[str, str], ...] = ()
    """Family names in other languages."""


@lru_cache(maxsize=64)
def built(recipe: Recipe) -> bytes:
    """Return the bytes of the font."""
    names = {ord(char): f"u{ord(char):04X}" for char in recipe.letters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(UPEM, isTTF=not recipe.cff)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    if recipe.cff:
        charstrings = {name: _box(T2CharStringPen(ADVANCE, None)).getCharString() for name in order}
        builder.setupCFF(recipe.family.replace(" ", ""), {}, charstrings, {})
    else:
        empty = {names[ord(char)] for char in recipe.empty}
        builder.setupGlyf(
            {
                name: TTGlyphPen(None).glyph() if name in empty else _box(TTGlyphPen(None)).glyph()
                for name in order
            }
        )
    builder.setupHorizontalMetrics(dict.fromkeys(order, (ADVANCE, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    family = {"en": recipe.family, **dict(recipe.localized)} if recipe.family else {}
    family = family or dict(recipe.localized)
    builder.setupNameTable({"familyName": family, "styleName": _style(recipe)}, mac=False)
    builder.setupOS2(
        usWeightClass=recipe.weight,
        usWidthClass=recipe.width,
        fsSelection=1 if recipe.italic else 64,
        sCapHeight=CAP_HEIGHT,
        sxHeight=X_HEIGHT,
        sTypoAscender=800,
        sTypoDescender=-200,
        yStrikeoutPosition=250,
        yStrikeoutSize=40,
        fsType=recipe.licence_bits,
        version=4,
    )
    position, thickness = recipe.underline
    builder.setupPost(underlinePosition=position, underlineThickness=thickness)
    builder.font["head"].macStyle = 2 if recipe.italic else 0
    if recipe.axes:
        builder.setupFvar([(*axis, axis[0]) for axis in recipe.axes], [])
        builder.setupGvar({name: [] for name in order})
    if recipe.pictures:
        layers = {names[ord(char)]: [(names[ord("A")], 0)] for char in recipe.pictures}
        builder.setupCOLR(layers)
        builder.setupCPAL([[(1.0, 0.0, 0.0, 1.0)]])
    if recipe.bitmaps_only:
        for tag in ("glyf", "loca"):
            del builder.font[tag]
        builder.font["CBDT"] = _table("CBDT", b"\0\3\0\0")
        builder.font["CBLC"] = _table("CBLC", b"\0\3\0\0\0\0\0\0")
    return _bytes(builder.font)


def _table(tag: str, data: bytes) -> DefaultTable:
    table = DefaultTable(tag)
    table.data = data
    return table


def collection(recipes: Iterable[Recipe]) -> bytes:
    """Return a collection of several fonts."""
    whole = TTCollection()
    whole.fonts = [TTFont(io.BytesIO(built(recipe))) for recipe in recipes]
    out = io.BytesIO()
    whole.save(out, shareTables=False)
    return out.getvalue()


def _style(recipe: Recipe) -> str:
    return f"{recipe.weight} {recipe.width}" + (" Italic" if recipe.italic else "")


def _box(pen: Any) -> Any:
    pen.moveTo((50, 0))
    pen.lineTo((50, CAP_HEIGHT))
    pen.lineTo((450, CAP_HEIGHT))
    pen.lineTo((450, 0))
    pen.closePath()
    return pen


def _bytes(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
