"""Font faces: one instance of a font program with its metrics.

Reads TrueType and OpenType fonts (static or variable, alone or in a collection). Metrics are
fractions of an em, after OpenType 1.9 (OS/2, hhea, post, MVAR). Faces are interned per program, so
that equal faces are the same object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass


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
    """A font file loaded by HarfBuzz, with the faces made from it. Compared by identity."""

    def __init__(self, file: str, data: bytes, index: int = 0) -> None:
        self.file, self.data, self.index = file, data, index
        self.hb = hb.Face(data, index)
        self.faces: dict[tuple[tuple[str, float], ...], Face] = {}

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
        """Family name, preferably the typographic one."""
        ids = hb.OTNameIdPredefined
        for name_id in (ids.TYPOGRAPHIC_FAMILY, ids.FONT_FAMILY):
            name: str | None = self.hb.get_name(name_id)
            if name:
                return name
        return ""

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
        """Return True if the font has a glyph for the character."""
        return ord(char) in self.characters

    def face(self, positions: Mapping[str, float]) -> Face:
        """Return the instance at these axis positions, clamped to each axis; missing axes keep their default."""
        axes = tuple(
            (tag, min(maximum, max(minimum, positions.get(tag, default))))
            for tag, (minimum, default, maximum) in sorted(self.ranges.items())
        )
        if axes not in self.faces:
            self.faces[axes] = _make_face(self, axes)
        return self.faces[axes]


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
