"""Items: one script, direction, language and face each; fallback fonts, and findings about missing glyphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from brochure.fonts.catalog import FontCatalog
from brochure.project import MemoryProject
from brochure.typeset.itemize import Item, MissingGlyph, itemize
from brochure.typeset.style import Fallback, TextRun, TypeStyle
from tests.fonts.built import LETTERS, Recipe, built
from tests.typeset.setting import BOXES

OTHER = "ΑΒαβ"
RUNES = "ᚠᚢ"


def catalog_with(*recipes: Recipe) -> FontCatalog:
    return FontCatalog(
        MemoryProject({f"assets/fonts/{it.family}.ttf": built(it) for it in recipes})
    )


SHELF = catalog_with(
    Recipe("Boxes"),
    Recipe("Greeks", letters=OTHER + "\u0301 "),
    Recipe("All", letters=LETTERS + OTHER + "àe\u0300"),
    Recipe("Runes", letters=RUNES),
)


def items(
    text: str | Sequence[TextRun], style: TypeStyle = BOXES, base: int = 0, on: FontCatalog = SHELF
) -> tuple[tuple[Item, ...], tuple[MissingGlyph, ...]]:
    runs = [TextRun(text, style)] if isinstance(text, str) else text
    return itemize(runs, base, on)


def told(
    text: str, style: TypeStyle = BOXES, base: int = 0, on: FontCatalog = SHELF
) -> list[tuple[str, str, int, str]]:
    """Return the text, script, level and family of each item."""
    found, missing = items(text, style, base, on)
    assert missing == ()
    return [(text[it.start : it.end], it.script, it.level, it.face.family) for it in found]


GREEK = Fallback("Grek", "Greeks", scale=1.1)
WITH_GREEK = replace(BOXES, fallbacks=(GREEK, Fallback("any", "All")))


def test_latin_is_one_item() -> None:
    assert told("Plain words, 3 of them.") == [("Plain words, 3 of them.", "Latn", 0, "Boxes")]


def test_a_fallback_for_its_script_at_its_scale() -> None:
    found, _ = items("of Αβ, so", WITH_GREEK)
    # The Greek font has no comma, so that is in the style's own font; it is still part of the Greek text (UAX 24).
    assert [(it.start, it.end, it.script, it.face.family, it.size) for it in found] == [
        (0, 3, "Latn", "Boxes", 10.0),
        (3, 5, "Grek", "Greeks", pytest.approx(11.0)),
        (5, 7, "Grek", "Boxes", 10.0),
        (7, 9, "Latn", "Boxes", 10.0),
    ]


def test_any_is_a_fallback_for_every_script() -> None:
    style = replace(BOXES, fallbacks=(Fallback("any", "All"),))
    assert told("αβ", style) == [("αβ", "Grek", 0, "All")]


def test_a_letter_stays_with_its_marks() -> None:
    # Boxes has the e, but not the grave: both are set in the family that has the two.
    assert told("e\u0300a", WITH_GREEK) == [
        ("e\u0300", "Latn", 0, "All"),
        ("a", "Latn", 0, "Boxes"),
    ]


def test_a_letter_that_the_font_has_precomposed() -> None:
    # "All" has no combining grave for an a, but the letter à: HarfBuzz composes it.
    whole = catalog_with(Recipe("Whole", letters="aà"))
    assert told("a\u0300", TypeStyle("Whole", 10.0), on=whole) == [("a\u0300", "Latn", 0, "Whole")]


def test_spaces_stay_with_the_words_before_them() -> None:
    assert told("Α Β x", WITH_GREEK)[0] == ("Α Β ", "Grek", 0, "Greeks")


def test_joiners_need_no_glyph() -> None:
    assert told("a\u200db\u00adc\u2060d\u200e") == [
        ("a\u200db\u00adc\u2060d\u200e", "Latn", 0, "Boxes")
    ]


@pytest.mark.parametrize("control", [*"\u061c\u200f\u202a\u202e\u2061\u2064\u2066\u2069\u206f"])
def test_controls_need_no_glyph(control: str) -> None:
    """Bidi controls and invisible operators, such as the mark that CLDR puts before an Arabic percent sign."""
    _, missing = items(f"a{control}b")
    assert missing == ()


def test_a_missing_glyph_is_named_with_a_family_that_has_it() -> None:
    found, missing = items("of ᚠᚢ it")
    assert [(it.char, it.index, it.family, it.available_in) for it in missing] == [
        ("ᚠ", 3, "Boxes", "Runes"),
        ("ᚢ", 4, "Boxes", "Runes"),
    ]
    assert "".join("of ᚠᚢ it"[it.start : it.end] for it in found) == "of ᚠᚢ it"
    _, (nowhere,) = items("\U0001f9ff")
    assert nowhere.available_in is None


def test_figures_have_the_face_of_the_letters_around_them() -> None:
    """A family that has the letters of a script also sets its figures, although the script has a fallback."""
    catalog = catalog_with(
        Recipe("Both", letters=LETTERS + OTHER + "123 "),
        Recipe("Latin", letters=LETTERS + "123 "),
        Recipe("Greek", letters=OTHER + "123 "),
    )
    fallbacks = (Fallback("Grek", "Greek"),)
    for family, expected in (("Both", {"Both"}), ("Latin", {"Greek"})):
        style = replace(BOXES, family=family, language="el", fallbacks=fallbacks)
        assert {one[3] for one in told("Αβ 12 α", style, on=catalog)} == expected


def test_fallbacks_are_tried_in_their_order() -> None:
    style = replace(BOXES, fallbacks=(Fallback("any", "All"), GREEK))
    assert told("α", style)[0][3] == "All"
    assert told("α", replace(BOXES, fallbacks=(GREEK, Fallback("any", "All"))))[0][3] == "Greeks"


def test_figures_and_symbols_are_set_with_the_letters_of_their_script() -> None:
    font_catalog = catalog_with(Recipe("Boxes"), Recipe("Greeks", letters=OTHER + "0123456789% "))
    style = replace(BOXES, fallbacks=(Fallback("Grek", "Greeks"),))
    assert told("α 73%", style, on=font_catalog) == [("α 73%", "Grek", 0, "Greeks")]
    assert told("a 73%", style, on=font_catalog) == [("a 73%", "Latn", 0, "Boxes")]


def test_runs_are_separate_items() -> None:
    bold = replace(BOXES, weight=700)
    link = "https://example.org"
    found, _ = items([TextRun("one ", BOXES), TextRun("two", bold, link=link), TextRun("", BOXES)])
    assert [(it.start, it.end, it.style.weight, it.link) for it in found] == [
        (0, 4, 400, None),
        (4, 7, 700, link),
    ]


def test_directions_are_separate_items() -> None:
    everything = catalog_with(Recipe("Both", letters=LETTERS + "אבג"))
    style = TypeStyle("Both", 10.0)
    assert told("ab אבג 12", style, 1, everything) == [
        ("ab", "Latn", 2, "Both"),
        (" ", "Latn", 1, "Both"),
        ("אבג ", "Hebr", 1, "Both"),
        ("12", "Hebr", 2, "Both"),
    ]


def test_common_characters_at_the_beginning_join_what_follows() -> None:
    # (UAX 24, 5.1: a quotation mark has no script of its own.)
    on = catalog_with(Recipe("Both", letters=LETTERS + OTHER))
    assert told('"αβ"', TypeStyle("Both", 10.0), on=on) == [('"αβ"', "Grek", 0, "Both")]


# Full-width punctuation

SIGNS = "（）「」、。！？：・〜＆０Ａ"
WIDE = catalog_with(Recipe("Boxes"), Recipe("Wide", letters="語は年" + SIGNS))


@pytest.mark.parametrize(
    ("language", "script"), [("ja", "Jpan"), ("zh-Hans", "Hans"), ("zh-TW", "Hant"), ("ko", "Kore")]
)
@pytest.mark.parametrize("sign", SIGNS)
def test_full_width_punctuation_beside_latin_letters_has_the_face_of_its_script(
    sign: str, language: str, script: str
) -> None:
    style = replace(BOXES, language=language, fallbacks=(Fallback(script, "Wide"),))
    for text in (f"IJM{sign}", f"{sign}IJM", f"IJM{sign}UN", f"語{sign}IJM", f"IJM {sign} 2017"):
        faces = {char: family for part, _, _, family in told(text, style, on=WIDE) for char in part}
        assert faces.pop(sign) == "Wide"
        assert all(family == "Boxes" for char, family in faces.items() if char.isascii())


def test_full_width_punctuation_in_a_latin_paragraph_has_the_fallback_for_any_script() -> None:
    style = replace(BOXES, fallbacks=(Fallback("any", "Wide"),))
    assert told("UN！", style, on=WIDE)[-1][3] == "Wide"


# Characters that a font lacks

PLAIN_SHELF = catalog_with(
    Recipe("Plain", letters=LETTERS.replace("\u00a0", "").replace("\u2010", "")),
    Recipe("Hearts", letters="❤"),
)
PLAIN_BOXES = replace(BOXES, family="Plain", fallbacks=(Fallback("any", "Hearts"),))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so !", "so !"),
        ("5\u00a0km\u202f!", "5\u00a0km\u202f!"),
        ("e\u2011mail", "e-mail"),
        ("wait…", "wait..."),
        ("5′10″", "5'10\""),
    ],
)
def test_characters_of_smart_punctuation_need_no_glyph(text: str, shown: str) -> None:
    found, missing = items(text, PLAIN_BOXES, on=PLAIN_SHELF)
    assert missing == ()
    (item,) = found
    assert (item.shown or text) == shown
    assert item.face.family == "Plain"


def test_a_hyphen_of_the_font_is_preferred() -> None:
    (item,), _ = items("e\u2011mail")
    assert (item.shown, item.origins) == ("e\u2010mail", (0, 1, 2, 3, 4, 5))


def test_other_characters_are_still_missing() -> None:
    _, missing = items("„so“ ½", PLAIN_BOXES, on=PLAIN_SHELF)
    assert [one.char for one in missing] == ["„", "“", "½"]


@pytest.mark.parametrize("selector", ["\ufe0e", "\ufe0f", "\U000e0101"])
def test_a_variation_selector_without_a_glyph_is_ignored(selector: str) -> None:
    text = f"I ❤{selector} you"
    found, missing = items(text, PLAIN_BOXES, on=PLAIN_SHELF)
    assert missing == ()
    assert [(text[it.start : it.end], it.shown, it.face.family) for it in found] == [
        ("I ", None, "Plain"),
        (f"❤{selector}", "❤", "Hearts"),
        (" you", None, "Plain"),
    ]
