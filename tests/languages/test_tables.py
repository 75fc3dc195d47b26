"""The tables of languages and scripts: the page lists all of them, and text is set as they state."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from brochure.api import lay_out, read_layout
from brochure.build_values import LaidOut
from brochure.findings import Severity
from brochure.model.display_list import GlyphRun
from brochure.project import MemoryProject
from brochure.styles.style_sheet import StyleSheet, align_ragged, resolve_style_sheet
from brochure.typeset.bidi import is_left_to_right as left_to_right
from brochure.typeset.script_rules import (
    SCRIPT_RULES,
    is_for,
    rules_for_language,
    rules_for_script,
    script_of_language,
)
from brochure.typeset.smart_punctuation import apply_typography
from brochure.typeset.style import Align
from docs import languages
from tests.languages.edition import articles, need_fonts
from tests.programs import need_file
from tests.readback.projects import DEBIAN

LAYOUT = """
brochure: tables
title: title
size: 148 x 210 mm
bleed: 0 mm
binding: none
source-language: en
fonts: {{fallback: {{Taml: Noto Sans Tamil, Khmr: Noto Sans Khmer, any: Noto Sans}}}}
character-styles: {{term: {{italic: yes, tracking: 20}}}}
paragraph-styles:
  body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt, align: justify, tracking: 10, drop-cap: {{lines: 2}}}}
  next: {{based-on: body, drop-cap: {{lines: 3}}}}
  centred: {{based-on: body, align: centre}}
  apart: {{based-on: centred, align: justify}}
masters:
  words: {{frames: {{words: {{at: "x 15 mm, y 15 mm, width {width}, height 180 mm"}}}}}}
pages:
  - {{master: words, words: [{{text: body}}, {{text: body, style: next}}, {{text: body, style: centred}}]}}
"""


def project(width: str = "60 mm") -> MemoryProject:
    files = {"brochure.yaml": LAYOUT.format(width=width).encode()}
    for tag in ("en", "ta", "km"):
        copy = {"title": tag, "body": articles()[tag]}
        files[f"content/{tag}.yaml"] = json.dumps(copy, ensure_ascii=False).encode()
    return MemoryProject(files)


def sheet(language: str) -> StyleSheet:
    layout, _ = read_layout(project())
    return resolve_style_sheet(layout, language, 12.0)


# The page


def test_the_page_on_disk_is_up_to_date() -> None:
    assert languages.PAGE.read_text(encoding="utf-8") == languages.page(), "run `make docs`"


def test_the_page_leaves_nothing_out() -> None:
    assert languages.missing() == set()
    assert list(languages.SCRIPTS) == list(SCRIPT_RULES)
    assert set(articles()) - set(languages.LANGUAGES) == set()


# How a script changes styles


def test_english_is_set_as_it_is_designed() -> None:
    styles = sheet("en")
    body, quote = styles.paragraphs["body"], styles.paragraphs["quote"]
    assert (body.leading, body.type.tracking, quote.type.italic) == (12.0, 10.0, True)
    assert body.drop_cap is not None
    assert styles.emphasis(body.type).italic
    assert styles.apply_character_style(body.type, "term").tracking == 20


def test_khmer_has_taller_lines_and_no_letterspacing() -> None:
    body = sheet("km").paragraphs["body"]
    assert body.leading == pytest.approx(12.0 * 1.3)
    assert body.type.tracking == 0.0
    assert body.drop_cap is not None  # its letters are not joined: an initial is possible


@pytest.mark.parametrize("language", ["km", "ar", "hi", "th", "ja", "hy"])
def test_weight_replaces_a_missing_italic(language: str) -> None:
    # 400, and 300 more for emphasis and bold character styles; a paragraph that is italic as a whole is set upright, because
    # nothing in it needs emphasis.
    styles = sheet(language)
    plain, quote = styles.paragraphs["body"].type, styles.paragraphs["quote"].type
    assert (quote.italic, quote.weight) == (False, 400.0)
    for dressed in (styles.emphasis(plain), styles.apply_character_style(plain, "term")):
        assert (dressed.italic, dressed.weight) == (False, 700.0)
    assert styles.apply_character_style(plain, "term").tracking == (
        0.0 if language in ("km", "ar", "hi") else 20
    )


@pytest.mark.parametrize("language", ["ar", "ur", "hi", "bn"])
def test_no_drop_cap_in_scripts_with_joined_letters(language: str) -> None:
    assert sheet(language).paragraphs["body"].drop_cap is None


def test_joined_letters_have_no_letterspacing() -> None:
    joining = {"Arab", "Syrc", "Deva", "Beng", "Guru", "Mong", "Nkoo"}
    assert not any(rules_for_script(script).letterspaced for script in joining)
    assert rules_for_script("Latn").letterspaced


@pytest.mark.parametrize(
    ("language", "script", "is_left_to_right"),
    [
        ("en", "Latn", True),
        ("sr", "Cyrl", True),
        ("sr-ME", "Latn", True),
        ("zh-MO", "Hani", True),
        ("ja", "Jpan", True),
        ("ko", "Kore", True),
        ("ar-XB", "Arab", False),
        ("ur", "Aran", False),
        ("ur-Arab", "Arab", False),
        ("he", "Hebr", False),
        ("yi", "Hebr", False),
        ("ckb", "Arab", False),
        ("pa", "Guru", True),
        ("pa-PK", "Arab", False),
        ("uz-Arab", "Arab", False),
        ("ks", "Arab", False),
        ("sd-IN", "Deva", True),
        ("dv", "Latn", False),  # Thaana, a script without rules here
    ],
)
def test_the_script_of_a_language_and_its_direction(
    language: str, script: str, is_left_to_right: bool
) -> None:
    assert script_of_language(language) == script
    assert left_to_right(language) is is_left_to_right


def test_urdu_is_tall() -> None:
    assert (
        rules_for_language("ur").leading
        > rules_for_language("ar").leading
        > rules_for_language("en").leading
    )


# Ways of writing


@pytest.mark.parametrize(
    ("declared", "script", "language", "wanted"),
    [
        ("Jpan", "Hani", "ja", True),
        ("Jpan", "Hira", "ja", True),
        ("Jpan", "Hani", "zh-Hans", False),
        ("Hant", "Hani", "zh-TW", True),
        ("Hant", "Hani", "zh-MO", True),
        ("Hans", "Hani", "zh", True),
        ("Hans", "Hani", "zh-Hant", False),
        ("Kore", "Hang", "ko-KR", True),
        ("Aran", "Arab", "ur", True),
        ("Aran", "Arab", "ar", False),
        ("Arab", "Arab", "ur", True),
        ("any", "Thai", "th", True),
        ("Latn", "Thai", "th", False),
    ],
)
def test_which_texts_a_fallback_is_for(
    declared: str, script: str, language: str, wanted: bool
) -> None:
    assert is_for(declared, script, language) is wanted


# Quotation marks


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("de", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr", "«\u00a0a “b” c\u00a0»"),
        ("sv", "”a ’b’ c”"),
        ("zh-Hant-TW", "「a 『b』 c」"),
        ("zh-TW", "「a 『b』 c」"),
        ("zh-MO", "「a 『b』 c」"),
        ("pt-CH", "«a “b” c»"),
        ("pt-BR", "“a ‘b’ c”"),
        ("en-IN", "“a ‘b’ c”"),
        ("zh-Hans", "“a ‘b’ c”"),
        ("km", "“a ‘b’ c”"),
        ("am", "«a ‹b› c»"),
        ("ka", "„a «b» c“"),
        ("ur", "”a ’b‘ c“"),
    ],
)
def test_quotation_marks(language: str, wanted: str) -> None:
    assert apply_typography("\"a 'b' c\"", language) == wanted


# Justified, or not


def made(width: str, language: str) -> LaidOut:
    need_fonts()
    need_file(DEBIAN / "truetype/noto/NotoSansTamil-Regular.ttf")
    return lay_out(project(width), language)


def test_a_style_that_cannot_be_justified_is_set_ragged_and_noted_once() -> None:
    # 60 mm hold two or three Tamil words per line.
    (note,) = made("60 mm", "ta").findings
    assert (note.code, note.severity) == ("justify-loose", Severity.NOTE)
    assert "style 'body' and styles based on it are set ragged in ta" in note.message
    assert note.span is not None
    assert note.span.line == 11  # the position of the style in the layout


def test_ragged_lines_have_plain_spaces() -> None:
    spaces = {
        (item.glyphs.face.family, round(advance, 3))
        for item in made("60 mm", "ta").pages[0].items
        if isinstance(item, GlyphRun)
        for cluster, advance in zip(item.glyphs.clusters, item.glyphs.advances, strict=True)
        if item.glyphs.text[cluster : cluster + 1] == " " and item.glyphs.size == 10.0
    }
    assert len(spaces) == len({family for family, _ in spaces})


@pytest.mark.parametrize("language", ["en", "km"])
def test_what_can_be_justified_is(language: str) -> None:
    codes = {one.code for one in made("118 mm", language).findings}
    assert codes <= {"line-loose"}  # without hyphenation, an English line may be


def test_only_justified_styles_are_set_ragged() -> None:
    styles = sheet("ta")
    loosened = align_ragged(styles, ["body", "next"]).paragraphs
    assert {name: loosened[name].align for name in ("body", "next", "centred", "apart")} == {
        "body": Align.START,
        "next": Align.START,
        "centred": Align.CENTRE,
        "apart": Align.JUSTIFY,
    }
    assert replace(loosened["body"], align=Align.JUSTIFY) == styles.paragraphs["body"]
