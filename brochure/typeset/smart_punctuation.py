"""Apply the typographic conventions of a language: quotation marks, apostrophes, no-break spaces.

No-break spaces go before French punctuation, between a number and its unit, and after initials and
short titles. The rules are one table. Correct text is left unchanged, so that applying the rules
twice has no effect.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.locales import fallback_locales

NBSP, NARROW = "\u00a0", "\u202f"


@dataclass(frozen=True, slots=True)
class PunctuationStyle:
    """The conventions of one language.

    `outer` and `inner` are its quotation marks, `before` maps punctuation to the space before it,
    `inside` is the space inside guillemets. `abbreviations` are short words that stay with the next
    word; `hyphens` the least numbers of letters before and after a hyphen.
    """

    outer: tuple[str, str] = ("“", "”")
    inner: tuple[str, str] = ("‘", "’")
    before: dict[str, str] = field(default_factory=dict)
    inside: str = ""
    abbreviations: tuple[str, ...] = ()
    hyphens: tuple[int, int] = (2, 3)


ENGLISH = ("Mr", "Mrs", "Ms", "Dr", "St", "No", "Nos", "p", "pp", "Fig", "Vol", "ca")
FRENCH = ("M", "Mme", "Mlle", "Dr", "n°", "p", "art", "vol")
GERMAN = ("Dr", "Prof", "Nr", "S", "Hr", "Fr", "Abs", "Art")
PORTUGUESE = ("Sr", "Sra", "Dr", "Dra", "n.º", "p")
SPANISH = ("Sr", "Sra", "Dr", "Dra", "n.º", "núm", "pág", "art")

CURLY, SINGLE = ("“", "”"), ("‘", "’")
GUILLEMETS, SMALL_GUILLEMETS = ("«", "»"), ("‹", "›")
LOW_HIGH, LOW_TURNED = ("„", "”"), ("„", "“")
LOW_SINGLE = ("‚", "‘")
TURNED, TURNED_SINGLE = ("”", "“"), ("’", "‘")
RIGHT, RIGHT_SINGLE = ("”", "”"), ("’", "’")
MIN_TWO_LETTERS = (2, 2)

FRANCE = {";": NARROW, "!": NARROW, "?": NARROW, ":": NBSP, "»": NBSP}
CANADA = {":": NBSP, "»": NBSP}

STYLES = {
    "am": PunctuationStyle(GUILLEMETS, SMALL_GUILLEMETS),
    "ar": PunctuationStyle(GUILLEMETS, CURLY),
    "bg": PunctuationStyle(LOW_TURNED, GUILLEMETS, hyphens=MIN_TWO_LETTERS),
    "ca": PunctuationStyle(GUILLEMETS, CURLY, hyphens=MIN_TWO_LETTERS),
    "cs": PunctuationStyle(
        LOW_TURNED, LOW_SINGLE, abbreviations=("p", "č", "str", "s", "v", "k", "z")
    ),
    "da": PunctuationStyle(CURLY, SINGLE, hyphens=MIN_TWO_LETTERS),
    "de": PunctuationStyle(LOW_TURNED, LOW_SINGLE, abbreviations=GERMAN, hyphens=MIN_TWO_LETTERS),
    "de-CH": PunctuationStyle(
        GUILLEMETS, SMALL_GUILLEMETS, abbreviations=GERMAN, hyphens=MIN_TWO_LETTERS
    ),
    "el": PunctuationStyle(GUILLEMETS, CURLY, abbreviations=("κ", "σ"), hyphens=MIN_TWO_LETTERS),
    "en": PunctuationStyle(abbreviations=ENGLISH),
    "es": PunctuationStyle(GUILLEMETS, CURLY, abbreviations=SPANISH, hyphens=MIN_TWO_LETTERS),
    "fa": PunctuationStyle(GUILLEMETS, SMALL_GUILLEMETS),
    "fi": PunctuationStyle(RIGHT, RIGHT_SINGLE, hyphens=MIN_TWO_LETTERS),
    "fr": PunctuationStyle(GUILLEMETS, CURLY, FRANCE, NBSP, FRENCH),
    "fr-CA": PunctuationStyle(GUILLEMETS, CURLY, CANADA, NBSP, FRENCH),
    "he": PunctuationStyle(RIGHT, RIGHT_SINGLE),
    "hr": PunctuationStyle(LOW_HIGH, SINGLE, hyphens=MIN_TWO_LETTERS),
    "hu": PunctuationStyle(
        LOW_HIGH, ("»", "«"), abbreviations=("dr", "sz"), hyphens=MIN_TWO_LETTERS
    ),
    "hy": PunctuationStyle(GUILLEMETS, GUILLEMETS, hyphens=MIN_TWO_LETTERS),
    "it": PunctuationStyle(
        GUILLEMETS, CURLY, abbreviations=("Sig", "Dott", "n", "p"), hyphens=MIN_TWO_LETTERS
    ),
    "ja": PunctuationStyle(("「", "」"), ("『", "』")),
    "ka": PunctuationStyle(LOW_TURNED, GUILLEMETS),
    "lt": PunctuationStyle(LOW_TURNED, LOW_SINGLE, hyphens=MIN_TWO_LETTERS),
    "nb": PunctuationStyle(GUILLEMETS, SINGLE, hyphens=MIN_TWO_LETTERS),
    "nl": PunctuationStyle(
        abbreviations=("dhr", "mevr", "dr", "nr", "blz"), hyphens=MIN_TWO_LETTERS
    ),
    "pl": PunctuationStyle(
        LOW_HIGH, GUILLEMETS, abbreviations=("p", "pan", "nr", "str", "dr"), hyphens=MIN_TWO_LETTERS
    ),
    "pt": PunctuationStyle(abbreviations=PORTUGUESE),
    "pt-PT": PunctuationStyle(GUILLEMETS, CURLY, abbreviations=PORTUGUESE),
    "ro": PunctuationStyle(LOW_HIGH, GUILLEMETS, hyphens=MIN_TWO_LETTERS),
    "ru": PunctuationStyle(
        GUILLEMETS, LOW_TURNED, abbreviations=("г", "стр", "№", "им"), hyphens=MIN_TWO_LETTERS
    ),
    "sk": PunctuationStyle(LOW_TURNED, LOW_SINGLE),
    "sl": PunctuationStyle(LOW_TURNED, LOW_SINGLE, hyphens=MIN_TWO_LETTERS),
    "sv": PunctuationStyle(RIGHT, RIGHT_SINGLE, hyphens=MIN_TWO_LETTERS),
    "tr": PunctuationStyle(hyphens=MIN_TWO_LETTERS),
    "uk": PunctuationStyle(
        GUILLEMETS, LOW_TURNED, abbreviations=("р", "стр", "№", "ім"), hyphens=MIN_TWO_LETTERS
    ),
    "ur": PunctuationStyle(TURNED, TURNED_SINGLE),
    "zh": PunctuationStyle(),
    "zh-Hant": PunctuationStyle(("「", "」"), ("『", "』")),
}
"""Languages that differ from the defaults of `PunctuationStyle`. Quotation marks follow CLDR 45,
except that Arabic is set with guillemets. Letters beside hyphens follow the hyph-utf8 patterns,
except for French (Lexique des règles typographiques: at least three letters on the next line)."""

UNITS = (
    "mm|cm|m|km|kg|g|l|ml|ha|km²|m²|%|‰|°C|€|£|\\$|"
    "million|millions|billion|billions|milliard|milliards|Mio|Mrd|millones|milhões"
)
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<!\w)'(?=\d\ds?\b)")
OPENING_CONTEXT = rf"^|[\s(\[{{«“‘„—–/{NBSP}{NARROW}]"
"""What may precede an opening quotation mark."""

NUMBER_AND_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?!\w))")
SIGN_AND_NUMBER = re.compile(r"(?<=[§¶#№]) (?=\d)")
INITIAL = re.compile(r"(?<!\w)([A-ZÀ-ÞА-Я]\.) (?=[A-ZÀ-ÞА-Я])")
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")


@lru_cache(maxsize=64)
def style_for_language(language: str) -> PunctuationStyle:
    """Return the conventions of a language (BCP 47 tag) or of its nearest fallback locale."""
    styles = (STYLES[tag] for tag in fallback_locales(language) if tag in STYLES)
    return next(styles, PunctuationStyle())


@lru_cache(maxsize=4096)
def apply_typography(text: str, language: str) -> str:
    """Return the text with the typographic conventions of its language."""
    style = style_for_language(language)
    text = DOTS.sub("…", text)
    if '"' in text or "'" in text:
        text = _replace_quotes(text, style)
    text = _add_no_break_spaces(text, style)
    return _add_punctuation_spaces(text, style) if style.before else text


def _replace_quotes(text: str, style: PunctuationStyle) -> str:
    """Replace straight quotes: a mark after a space or bracket opens, any other closes.

    A single mark is an apostrophe within a word and before a year; other single marks are quotation
    marks if they pair up, else apostrophes.
    """
    opening, closing = style.outer
    inside = style.inside if opening == "«" else ""
    if '"' in text:
        text = re.sub(rf'({OPENING_CONTEXT})"', rf"\g<1>{opening}{inside}", text)
        text = text.replace('"', f"{inside}{closing}")
    if "'" in text:
        text = APOSTROPHE.sub("’", text)
        text = re.sub(
            rf"({OPENING_CONTEXT})'(?=\S)([^']*\S)'(?!\w)",
            rf"\1{style.inner[0]}\2{style.inner[1]}",
            text,
        )
        text = text.replace("'", "’")
    return text


def _add_no_break_spaces(text: str, style: PunctuationStyle) -> str:
    """Add no-break spaces after numbers before units, signs, initials and short titles."""
    text = NUMBER_AND_UNIT.sub(NBSP, text)
    text = SIGN_AND_NUMBER.sub(NBSP, text)
    text = INITIAL.sub(rf"\1{NBSP}", text)
    if style.abbreviations:
        text = _abbreviation_pattern(style.abbreviations).sub(rf"\1{NBSP}", text)
    return text


@lru_cache(maxsize=64)
def _abbreviation_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match abbreviations with their full stop before a capital or digit, and signs without one."""
    listed = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)((?:{listed})\.|n°|№|n\.º) (?=[A-ZÀ-ÞА-ЯΑ-Ω0-9])")


def _add_punctuation_spaces(text: str, style: PunctuationStyle) -> str:
    """Add the language's spaces before punctuation and inside guillemets."""
    for mark, space in style.before.items():
        sign = re.escape(mark)
        follows = r"(?=$|[\s»”’)\]…])" if mark != "»" else ""
        text = re.sub(rf"(?<=[^\s{NBSP}{NARROW}:;!?/]) ?{sign}{follows}", f"{space}{mark}", text)
        text = re.sub(rf"(?<=\S) {sign}", f"{space}{mark}", text)
    return re.sub(rf"« ?(?![{NBSP}{NARROW}])", f"«{style.inside}", text) if style.inside else text
