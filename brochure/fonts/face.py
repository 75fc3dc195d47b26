"""Font faces: one instance of a font program with its metrics.

Reads TrueType and OpenType fonts (static or variable, alone or in a collection). Metrics are
fractions of an em, after OpenType 1.9 (OS/2, hhea, post, MVAR). Faces are interned per program, so
that equal faces are the same object.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import field
from enum import Enum
from functools import cached_property

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass

PICTURE_TABLES = frozenset({"COLR", "CBDT", "EBDT", "SVG ", "sbix"})
"""Tables with glyphs in colours or as bitmaps, which are not used."""

BLANK_CHARACTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that are blank: Hangul fillers, the Braille pattern without dots."""

OS2_FS_TYPE = struct.Struct(">H6xH")
USAGE_BITS, RESTRICTED_BIT = 0x000F, 0x0002
FIRST_VERSION_WITH_SUBSETTING_BITS = 2


class EmbeddingRestriction(Enum):
    """A restriction by the font's licence bits; the value is the bit."""

    RESTRICTED = 0x0002
    BITMAPS_ONLY = 0x0200
    NO_SUBSETTING = 0x0100


SUBSETTING_BITS = (EmbeddingRestriction.BITMAPS_ONLY, EmbeddingRestriction.NO_SUBSETTING)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """An instance of a font program. `axes` holds every axis with its position, sorted; empty for a static font."""

    name: str
    family: str
    program: Program = field(repr=False)
    axes: tuple[tuple[str, float], ...]
    upem: int
    ascent: float
    descent: float
    cap_height: float
    x_height: float
    underline_position: float
    underline_thickness: float
    strike_position: float
    weight: float
    italic_angle: float
    font: hb.Font = field(repr=False)

    @property
    def file(self) -> str:
        """Name of the font file in the project."""
        return self.program.file

    @property
    def index(self) -> int:
        """Index in a font collection; 0 otherwise."""
        return self.program.index


class Program:
    """A font file loaded by HarfBuzz, with the faces made from it. Compared by identity.

    `label` is the file's name in messages.
    """

    def __init__(self, file: str, data: bytes, index: int = 0, label: str = "") -> None:
        self.file, self.data, self.index = file, data, index
        self.label = label or file
        self.hb = hb.Face(data, index)
        self.faces: dict[tuple[tuple[str, float], ...], Face] = {}
        self._shown: dict[str, bool] = {}
        self._covered: set[str] = set()

    @cached_property
    def ranges(self) -> dict[str, tuple[float, float, float]]:
        """Minimum, default and maximum of each axis; empty for a static font."""
        infos = self.hb.axis_infos
        return {axis.tag: (axis.min_value, axis.default_value, axis.max_value) for axis in infos}

    @cached_property
    def characters(self) -> hb.Set:
        """The code points that the font has glyphs for."""
        return self.hb.unicodes

    def table(self, tag: str) -> bytes:
        """Return the bytes of an OpenType table; empty if the font does not have it."""
        data: bytes = self.hb.reference_table(tag).data
        return data

    @cached_property
    def family(self) -> str:
        """Family name in English if there is one, preferably the typographic one."""
        names = self.family_names
        return names.get("en") or next(iter(names.values()), "")

    @cached_property
    def family_names(self) -> dict[str, str]:
        """Family names by language: the typographic ones if the font has any."""
        ids, entries = hb.OTNameIdPredefined, self.hb.list_names()
        for name_id in (ids.TYPOGRAPHIC_FAMILY, ids.FONT_FAMILY):
            tags = [entry.language for entry in entries if entry.name_id == name_id]
            names = {tag: self.hb.get_name(name_id, tag) for tag in tags}
            if any(names.values()):
                return {tag: name for tag, name in names.items() if name}
        return {}

    @cached_property
    def embedding_restriction(self) -> EmbeddingRestriction | None:
        """What the font's licence bits forbid (OpenType 1.9, OS/2, fsType); None if it may be embedded and subset."""
        table = self.table("OS/2")
        if len(table) < OS2_FS_TYPE.size:
            return None
        version, bits = OS2_FS_TYPE.unpack_from(table)
        if bits & USAGE_BITS == RESTRICTED_BIT:
            return EmbeddingRestriction.RESTRICTED
        if version >= FIRST_VERSION_WITH_SUBSETTING_BITS:
            return next((one for one in SUBSETTING_BITS if bits & one.value), None)
        return None

    @cached_property
    def style(self) -> tuple[float, float, bool]:
        """Weight, width and whether it is italic, from the font's tables."""
        font = hb.Font(self.hb)
        tags = hb.StyleTag
        italic = (
            font.get_style_value(tags.ITALIC) > 0 or font.get_style_value(tags.SLANT_ANGLE) != 0
        )
        return font.get_style_value(tags.WEIGHT), font.get_style_value(tags.WIDTH), italic

    def has(self, char: str) -> bool:
        """Return True if the font can show the character: it has a glyph with an outline, or one that is meant to be blank."""
        known = self._shown.get(char)
        if known is None:
            known = self._shown[char] = ord(char) in self.characters and (
                _is_blank(char) or self._has_outline(char)
            )
        return known

    def has_all(self, characters: Set[str]) -> bool:
        """Return True if the font can show all of these characters."""
        unknown = characters - self._covered
        if not all(map(self.has, unknown)):
            return False
        self._covered |= unknown
        return True

    def has_only_picture(self, char: str) -> bool:
        """Return True if the font has a glyph for the character, but only as a bitmap or in colours."""
        return ord(char) in self.characters and not self.has(char)

    def _has_outline(self, char: str) -> bool:
        font = hb.Font(self.hb)
        glyph = font.get_nominal_glyph(ord(char)) or 0
        extents = font.get_glyph_extents(glyph)
        if extents is None:
            # Without a picture, the outlines are damaged; the error is reported when they are read for the PDF.
            return PICTURE_TABLES.isdisjoint(self.hb.table_tags)
        if not (extents.width or extents.height):
            return False
        if PICTURE_TABLES.isdisjoint(self.hb.table_tags):
            return True
        pen = _MarkDetector()
        font.draw_glyph_with_pen(glyph, pen)
        return pen.has_marks

    def face(self, positions: Mapping[str, float]) -> Face:
        """Return the instance at these axis positions, clamped to each axis; missing axes keep their default."""
        axes = tuple(
            (tag, min(maximum, max(minimum, positions.get(tag, default))))
            for tag, (minimum, default, maximum) in sorted(self.ranges.items())
        )
        if axes not in self.faces:
            self.faces[axes] = _make_face(self, axes)
        return self.faces[axes]


class _MarkDetector:
    """A pen that only notices whether anything is drawn."""

    def __init__(self) -> None:
        self.has_marks = False

    def moveTo(self, *_: object) -> None:  # noqa: N802  # fontTools' name
        """Ignore a move."""

    closePath = endPath = moveTo  # noqa: N815

    def lineTo(self, *_: object) -> None:  # noqa: N802
        """Notice a line or curve."""
        self.has_marks = True

    curveTo = qCurveTo = lineTo  # noqa: N815


def _is_blank(char: str) -> bool:
    """Return True if a glyph of the character may be empty: spaces, controls, joining marks, fillers."""
    return char in BLANK_CHARACTERS or unicodedata.category(char)[0] in "ZCM"


def has(face: Face, char: str) -> bool:
    """Return True if the face has a glyph for the character."""
    return face.program.has(char)


def _make_face(program: Program, axes: tuple[tuple[str, float], ...]) -> Face:
    font = hb.Font(program.hb)
    font.set_variations(dict(axes))
    upem = program.hb.upem
    extents = font.get_font_extents("ltr")
    tags = hb.OTMetricsTag

    def em(tag: hb.OTMetricsTag) -> float:
        position: int = font.get_metric_position_with_fallback(tag)
        return position / float(upem)

    return Face(
        name=_make_name(program, axes),
        family=program.family,
        program=program,
        axes=axes,
        upem=upem,
        ascent=extents.ascender / upem,
        descent=-extents.descender / upem,
        cap_height=em(tags.CAP_HEIGHT),
        x_height=em(tags.X_HEIGHT),
        underline_position=em(tags.UNDERLINE_OFFSET),
        underline_thickness=em(tags.UNDERLINE_SIZE),
        strike_position=em(tags.STRIKEOUT_OFFSET),
        weight=dict(axes).get("wght", program.style[0]),
        italic_angle=font.get_style_value(hb.StyleTag.SLANT_ANGLE),
        font=font,
    )


WEIGHT_NAMES = {
    100: "Thin",
    200: "ExtraLight",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "SemiBold",
    700: "Bold",
    800: "ExtraBold",
    900: "Black",
}


def _make_name(program: Program, axes: tuple[tuple[str, float], ...]) -> str:
    """Return a name without spaces that identifies the instance, such as SourceSerif4-BoldItalic-opsz12."""
    weight, _, italic = program.style
    positions = dict(axes)
    weight = positions.pop("wght", weight)
    word = WEIGHT_NAMES.get(int(weight), f"wght{weight:g}") + ("Italic" if italic else "")
    word = "Italic" if word == "RegularItalic" else word
    base = "".join(part for part in program.family if part.isalnum()) or "Font"
    defaults = {tag: default for tag, (_, default, _) in program.ranges.items()}
    others = [f"{tag}{at:g}" for tag, at in positions.items() if at != defaults[tag]]
    return "-".join([base, word, *others])
