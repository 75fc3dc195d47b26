"""Faces: one font program in one instance, with its metrics.

Takes the bytes of a TrueType or OpenType file (static or variable, alone or in a collection); gives `Face`, which shaping,
make-up and the plate all name a font by. Metrics are fractions of an em, after OpenType 1.9 (OS/2, hhea, post, MVAR). A
face is interned by its program, so that two faces are alike just when they are the same object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One instance of a font program. `axes` holds every axis with its position, sorted; empty for a static font."""

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
        """The project's name of the font file."""
        return self.program.file

    @property
    def index(self) -> int:
        """The face's place in a collection; 0 in a file of its own."""
        return self.program.index


class Program:
    """A font file's bytes as HarfBuzz reads them, and the faces made of it. Compared by identity."""

    def __init__(self, file: str, data: bytes, index: int = 0) -> None:
        self.file, self.data, self.index = file, data, index
        self.hb = hb.Face(data, index)
        self.faces: dict[tuple[tuple[str, float], ...], Face] = {}

    @cached_property
    def ranges(self) -> dict[str, tuple[float, float, float]]:
        """Least, default and greatest position of each axis; empty for a static font."""
        infos = self.hb.axis_infos
        return {axis.tag: (axis.min_value, axis.default_value, axis.max_value) for axis in infos}

    @cached_property
    def characters(self) -> hb.Set:
        """The code points that the font has glyphs for."""
        return self.hb.unicodes

    def table(self, tag: str) -> bytes:
        """The bytes of an OpenType table; empty if the font has no such table."""
        data: bytes = self.hb.reference_table(tag).data
        return data

    @cached_property
    def family(self) -> str:
        """The family's name: the typographic one where the font has it."""
        ids = hb.OTNameIdPredefined
        for wanted in (ids.TYPOGRAPHIC_FAMILY, ids.FONT_FAMILY):
            name: str | None = self.hb.get_name(wanted)
            if name:
                return name
        return ""

    @cached_property
    def style(self) -> tuple[float, float, bool]:
        """Weight, width and whether it is italic, as the file's own tables say."""
        font = hb.Font(self.hb)
        tags = hb.StyleTag
        italic = (
            font.get_style_value(tags.ITALIC) > 0 or font.get_style_value(tags.SLANT_ANGLE) != 0
        )
        return font.get_style_value(tags.WEIGHT), font.get_style_value(tags.WIDTH), italic

    def has(self, char: str) -> bool:
        """Whether the font has a glyph for the character."""
        return ord(char) in self.characters

    def face(self, positions: Mapping[str, float]) -> Face:
        """The instance at these positions, each clamped to its axis; what is not said stays at its default."""
        axes = tuple(
            (tag, min(most, max(least, positions.get(tag, default))))
            for tag, (least, default, most) in sorted(self.ranges.items())
        )
        if axes not in self.faces:
            self.faces[axes] = _measured(self, axes)
        return self.faces[axes]


def has(face: Face, char: str) -> bool:
    """Whether the face has a glyph for the character."""
    return face.program.has(char)


def _measured(program: Program, axes: tuple[tuple[str, float], ...]) -> Face:
    font = hb.Font(program.hb)
    font.set_variations(dict(axes))
    upem = program.hb.upem
    extents = font.get_font_extents("ltr")
    tags = hb.OTMetricsTag

    def em(tag: hb.OTMetricsTag) -> float:
        position: int = font.get_metric_position_with_fallback(tag)
        return position / float(upem)

    return Face(
        name=_name(program, axes),
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


def _name(program: Program, axes: tuple[tuple[str, float], ...]) -> str:
    """A name without blanks that tells the instances of a program apart, such as SourceSerif4-BoldItalic-opsz12."""
    weight, _, italic = program.style
    positions = dict(axes)
    weight = positions.pop("wght", weight)
    word = WEIGHT_NAMES.get(int(weight), f"wght{weight:g}") + ("Italic" if italic else "")
    word = "Italic" if word == "RegularItalic" else word
    base = "".join(part for part in program.family if part.isalnum()) or "Font"
    defaults = {tag: default for tag, (_, default, _) in program.ranges.items()}
    others = [f"{tag}{at:g}" for tag, at in positions.items() if at != defaults[tag]]
    return "-".join([base, word, *others])
