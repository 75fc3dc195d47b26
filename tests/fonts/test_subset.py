"""Font subsets: only the used glyphs, with the same glyph numbers and the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from brochure.fonts.catalog import FontCatalog
from brochure.fonts.face import Face
from brochure.fonts.shaping import has_feature, shape_plain
from brochure.fonts.subset import advances, is_cff, subset
from brochure.project import MemoryProject
from brochure.typeset.style import TypeStyle
from tests.fonts.built import Recipe, built

SERIF = TypeStyle("Source Serif 4", 10.0)


def serif(**changes: float) -> Face:
    return FontCatalog(MemoryProject()).face(replace(SERIF, **changes))  # type: ignore[arg-type]


def read(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def test_glyphs_keep_their_numbers() -> None:
    face = serif()
    glyphs = shape_plain(face, "Law", {})
    whole, part = TTFont(face.file), read(subset(face, glyphs))
    outlines = part["glyf"]
    filled = [at for at, name in enumerate(part.getGlyphOrder()) if outlines[name].numberOfContours]
    assert set(glyphs) <= set(filled)
    assert len(filled) <= len(glyphs) + 1  # and .notdef
    assert max(filled) < len(whole.getGlyphOrder())


def test_axes_are_pinned() -> None:
    # The advances of the instance in the subset are those that the text was set with.
    face = serif(weight=700.0, size=30.0)
    glyphs = shape_plain(face, "Impunity", {})
    part = read(subset(face, glyphs))
    assert "fvar" not in part
    assert "gvar" not in part
    widths = part["hmtx"].metrics
    names = part.getGlyphOrder()
    found = [widths[names[glyph]][0] * 1000 / face.upem for glyph in glyphs]
    assert found == pytest.approx(advances(face, glyphs), abs=0.5)
    assert found != pytest.approx(advances(serif(), glyphs), abs=0.5)


def test_there_are_no_layout_tables() -> None:
    part = read(subset(serif(), shape_plain(serif(), "Law", {})))
    assert not {"GSUB", "GPOS", "GDEF", "name", "STAT"} & set(part.keys())


@pytest.mark.parametrize("cff", [False, True])
def test_same_glyphs_same_bytes(cff: bool) -> None:
    font_catalog = FontCatalog(MemoryProject({"assets/fonts/Boxes.otf": built(Recipe(cff=cff))}))
    face = font_catalog.face(TypeStyle("Boxes", 10.0))
    assert is_cff(face) is cff
    glyphs = shape_plain(face, "justice", {})
    assert subset(face, glyphs) == subset(face, reversed(glyphs))
    assert subset(serif(), glyphs) == subset(serif(), set(glyphs))


def test_features_of_a_font() -> None:
    assert has_feature(serif(), "smcp")
    assert not has_feature(serif(), "swsh")
    assert len(shape_plain(serif(), "fi", {})) == 1
    assert len(shape_plain(serif(), "fi", {"liga": False})) == 2
