"""Words that are shaped once: the result is that of shaping the whole text, in every font."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.fonts.catalog import FontCatalog
from brochure.fonts.face import Face
from brochure.fonts.space_rules import is_space_boundary
from brochure.project import MemoryProject
from brochure.typeset.itemize import Item
from brochure.typeset.shape import shape, shape_whole
from brochure.typeset.style import TypeStyle
from tests.fonts.built import Recipe, built
from tests.typeset.setting import font_catalog

FAMILIES = (
    "Source Serif 4",
    "Source Sans 3",
    "Noto Sans",
    "Literata",
    "Archivo",
    "Amiri",
    "Fraunces",
)
SCRIPTS = {"Latn": "en", "Grek": "el", "Cyrl": "uk"}
WORDS = {
    "Latn": (
        "The",
        "office",
        "To",
        "AV",
        "fjord",
        "“Quoted”",
        "1,234.5",
        "naïve",
        "W.",
        "10\u00a0km",
        "a",
        "Ł’été",
        "½",
        "x/y",
    ),
    "Grek": ("Η", "ΤΟ", "και", "ἀρχή", "λόγος,", "Ύδρα", "5", "«το»"),
    "Cyrl": ("Та", "що", "ТА", "в", "УГОДА", "місто.", "7", "«так»"),
}
RULES = {
    "nothing": ("", True),
    "a pair with a space": (
        "feature kern { pos u0020 u0041 -50; pos u0062 u0020 -20; } kern;",
        True,
    ),
    "a space of another width": ("feature ccmp { sub u0020 by u00A0; } ccmp;", True),
    "a context": ("feature calt { sub u0061 u0020 u0062' by u0063; } calt;", False),
    "a context of a replaced space": (
        "feature ccmp { sub u0020 by u00A0; } ccmp; feature calt { sub u0061 u00A0 u0062' by u0063; } calt;",
        False,
    ),
    "a context of classes": (
        "@ANY = [u0020 u0064]; feature calt { sub [u0061 u0062] @ANY [u0061 u0062]' by u0063; } calt;",
        False,
    ),
    "a position": ("feature kern { pos u0061' -90 u0020 u0062; } kern;", False),
    "a ligature": ("feature liga { sub u0066 u0020 u0067 by u0063; } liga;", False),
    "a reversed substitution": ("feature calt { rsub u0061 u0020 u0062' by u0063; } calt;", False),
    "pairs without bases": (
        "table GDEF { GlyphClassDef [u0020],,,; } GDEF;"
        "feature kern { lookupflag IgnoreBaseGlyphs; pos u0061 u0062 -200; } kern;",
        False,
    ),
    "random letters": ("feature rand { sub u0061 from [u0062 u0063 u0064]; } rand;", False),
    "a feature that is not used": ("feature ss01 { sub u0061 u0020 u0062' by u0063; } ss01;", True),
}


@lru_cache(maxsize=32)
def ruled(rule: str) -> Face:
    """A font of boxes with a rule."""
    font = TTFont(io.BytesIO(built(Recipe())))
    if RULES[rule][0]:
        addOpenTypeFeaturesFromString(font, RULES[rule][0])
    file = io.BytesIO()
    font.save(file)
    catalog = FontCatalog(MemoryProject({"assets/fonts/Boxes.ttf": file.getvalue()}))
    return catalog.face(TypeStyle("Boxes", 10.0))


def assert_equal(
    face: Face, text: str, script: str, style: TypeStyle, start: int, end: int
) -> None:
    item = Item(0, len(text), style, face, style.size, 0.0, script, 0, features=style.features)
    places = frozenset(range(len(text) + 1))
    by_words = shape(item, text, places, joins=(False, False), span=(start, end))
    whole = shape_whole(item, text, places, joins=(False, False), span=(start, end))
    for name in ("ids", "clusters", "advances", "offsets", "safe"):
        assert getattr(by_words, name) == getattr(whole, name), name


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_words_are_shaped_as_in_their_text(data: st.DataObject) -> None:
    script = data.draw(st.sampled_from(sorted(SCRIPTS)))
    letters = st.text("aAbeTfiVWyo.,’-“1 ", min_size=1, max_size=6)
    word = st.sampled_from(WORDS[script]) | letters
    text = " ".join(data.draw(st.lists(word, min_size=1, max_size=12)))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    tracking = data.draw(st.sampled_from((0.0, 20.0)))
    features = data.draw(st.sampled_from(((), (("smcp", 1),), (("onum", 1),))))
    family = data.draw(st.sampled_from(FAMILIES))
    style = TypeStyle(family, 10.0, tracking=tracking, features=features, language=SCRIPTS[script])
    assert_equal(font_catalog().face(style), text, script, style, start, end)


@settings(max_examples=150, deadline=None)
@given(rule=st.sampled_from(sorted(RULES)), text=st.text("aabfgAA   ", min_size=1, max_size=20))
def test_words_are_shaped_as_in_their_text_with_any_rule(rule: str, text: str) -> None:
    style = TypeStyle("Boxes", 10.0, features=(("ss01", 1),))
    assert_equal(ruled(rule), text, "Latn", style, 0, len(text))


@pytest.mark.parametrize(("rule", "expected"), [(rule, RULES[rule][1]) for rule in sorted(RULES)])
def test_a_rule_that_applies_across_a_space_is_found(rule: str, *, expected: bool) -> None:
    assert is_space_boundary(ruled(rule).program) is expected


def test_requested_features_are_included() -> None:
    program = ruled("a feature that is not used").program
    assert not is_space_boundary(program, (("ss01", 1),))


def test_the_words_of_the_default_fonts_are_shaped_once() -> None:
    style = TypeStyle("Source Serif 4", 10.0)
    face = font_catalog().face(style)
    assert is_space_boundary(face.program)
