"""Text of two directions in practice: the visual order from left to right, and the direction of each part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.typeset.auto_isolates import find_isolates
from brochure.typeset.smart_punctuation import NBSP, apply_typography
from brochure.typeset.style import Fallback
from tests.typeset.setting import RAGGED, SERIF, in_a_row, lines, scripts_catalog

FACES = (
    Fallback("Arab", "Noto Naskh Arabic"),
    Fallback("Hebr", "Noto Sans Hebrew"),
    Fallback("any", "Noto Sans"),
)
MIRRORED = str.maketrans("()[]«»<>", ")(][»«><")


def seen(text: str, language: str) -> str:
    """Return the line as it is seen, from left to right, with right-to-left text reversed; isolates are invisible."""
    font_catalog = scripts_catalog("Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans")
    style = replace(RAGGED, type=replace(SERIF, language=language, fallbacks=FACES))
    (line,) = lines(apply_typography(text, language), 2000.0, style, font_catalog)
    runs = in_a_row(line)
    whole = "".join(r.text if r.left_to_right else r.text[::-1].translate(MIRRORED) for r in runs)
    return whole.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        # Telephone numbers are left-to-right, with any separator between their groups.
        ("ar", "هاتف +1 519 679 5030 الآن", "نآلا +1 519 679 5030 فتاه"),
        ("he", "טל 519-679-5030 כאן", "ןאכ 519-679-5030 לט"),
        ("ar", "هاتف 519.679.5030", "519.679.5030 فتاه"),
        ("ar", "هاتف (519) 679-5030", "(519) 679-5030 فتاه"),
        ("fa", "تلفن ۰۲۱-۶۷۹-۵۰۳۰", "۰۲۱-۶۷۹-۵۰۳۰ نفلت"),
        ("ur", "فون +92 21 555 0100", "+92 21 555 0100 نوف"),
        # Ranges follow the direction of the text: the earlier year is at the right.
        ("he", "בשנים 2004–2014", "2014–2004 םינשב"),
        # Per cent and other signs.
        ("he", "ירידה של 73% כאן", "ןאכ 73% לש הדירי"),
        ("ar", "درجة -5 هنا", "انه -5 ةجرد"),
        # Names, and the figures after them.
        ("ar", "«IJM Canada»: 1,775 حالة", "ةلاح 1,775 :«IJM Canada»"),
        ("he", "ארגון IJM Canada, 73 תיקים", "םיקית 73 ,IJM Canada ןוגרא"),
        ("he", "ארגון IJM Canada (Ontario) כאן", "ןאכ IJM Canada (Ontario) ןוגרא"),
        ("ar", "أنظمة Windows 11 هنا", "انه Windows 11 ةمظنأ"),
        # A street address, in a sentence and on a line of its own.
        (
            "ar",
            "في PO Box 336 STN B, London, ON N6A 4W1.",
            ".PO Box 336 STN B, London, ON N6A 4W1 يف",
        ),
        ("he", "336 King St., London", "336 King St., London"),
        # Web and mail addresses, with the text after them.
        ("ar", "انظر https://ijm.ca/a/b/، هنا", "انه ،https://ijm.ca/a/b/ رظنا"),
        ("he", "אל office@ijm.ca.", ".office@ijm.ca לא"),
        # Brackets around text of the other direction.
        ("he", "המודל (Rescue) כאן", "ןאכ (Rescue) לדומה"),
        ("ar", "القانون (رقم 12) هنا", "انه (12 مقر) نوناقلا"),
        # A list in one line.
        ("ar", "1. إنقاذ؛ 2. ترميم", "ميمرت .2 ؛ذاقنإ .1"),
    ],
)
def test_visual_order(language: str, text: str, wanted: str) -> None:
    assert seen(text, language) == wanted


def test_direction_marks_of_the_writer_disable_isolation() -> None:
    # If the text has a direction mark, the line is left to the bidirectional algorithm alone, which reverses the groups.
    text = "\u200fهاتف 519 679 5030"
    assert list(find_isolates(text)) == []
    assert seen(text, "ar").replace("\u200f", "") == "5030 679 519 فتاه"


def test_nothing_is_isolated_in_left_to_right_text() -> None:
    assert seen("call +1 519 679 5030 now", "en") == "call +1 519 679 5030 now"


def test_plain_figures_are_not_isolated() -> None:
    for text in ("عام 2014", "1,775 حالة", "12/03/2024 اليوم", "1990-2014 سنة"):
        assert list(find_isolates(text)) == []


@pytest.mark.parametrize(
    "word", ["שלום", "ܫܠܡܐ", "ߒߞߏ", "\U0001e900\U0001e901", "\U00010d00\U00010d01"]
)
def test_latin_names_in_every_right_to_left_script(word: str) -> None:
    text = f"{word} Anna, Ben {word}."
    start, end = text.index("Anna"), text.index("Ben") + 3
    assert list(find_isolates(text)) == [(start, end)]
