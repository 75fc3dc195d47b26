"""House style: what a good typist of each language does without being told.

Takes text as it was typed; gives it with the language's apostrophes and quotation marks, and with no-break spaces where a
line may not end: before French punctuation, between a figure and its unit, after initials and short titles. The rules
are one table; what is already right stays as it is, so that applying them twice changes nothing.
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
    """The habits of one language.

    `outer` and `inner` are its quotation marks, `before` the spaces before its marks and `inside` that inside guillemets,
    `holding` the short words that hold the next one, `hyphens` the fewest letters before and behind a hyphen.
    """

    outer: tuple[str, str] = ("“", "”")
    inner: tuple[str, str] = ("‘", "’")
    before: dict[str, str] = field(default_factory=dict)
    inside: str = ""
    holding: tuple[str, ...] = ()
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
TWO = (2, 2)

FRANCE = {";": NARROW, "!": NARROW, "?": NARROW, ":": NBSP, "»": NBSP}
CANADA = {":": NBSP, "»": NBSP}

STYLES = {
    "am": PunctuationStyle(GUILLEMETS, SMALL_GUILLEMETS),
    "ar": PunctuationStyle(GUILLEMETS, CURLY),
    "bg": PunctuationStyle(LOW_TURNED, GUILLEMETS, hyphens=TWO),
    "ca": PunctuationStyle(GUILLEMETS, CURLY, hyphens=TWO),
    "cs": PunctuationStyle(LOW_TURNED, LOW_SINGLE, holding=("p", "č", "str", "s", "v", "k", "z")),
    "da": PunctuationStyle(CURLY, SINGLE, hyphens=TWO),
    "de": PunctuationStyle(LOW_TURNED, LOW_SINGLE, holding=GERMAN, hyphens=TWO),
    "de-CH": PunctuationStyle(GUILLEMETS, SMALL_GUILLEMETS, holding=GERMAN, hyphens=TWO),
    "el": PunctuationStyle(GUILLEMETS, CURLY, holding=("κ", "σ"), hyphens=TWO),
    "en": PunctuationStyle(holding=ENGLISH),
    "es": PunctuationStyle(GUILLEMETS, CURLY, holding=SPANISH, hyphens=TWO),
    "fa": PunctuationStyle(GUILLEMETS, SMALL_GUILLEMETS),
    "fi": PunctuationStyle(RIGHT, RIGHT_SINGLE, hyphens=TWO),
    "fr": PunctuationStyle(GUILLEMETS, CURLY, FRANCE, NBSP, FRENCH),
    "fr-CA": PunctuationStyle(GUILLEMETS, CURLY, CANADA, NBSP, FRENCH),
    "he": PunctuationStyle(RIGHT, RIGHT_SINGLE),
    "hr": PunctuationStyle(LOW_HIGH, SINGLE, hyphens=TWO),
    "hu": PunctuationStyle(LOW_HIGH, ("»", "«"), holding=("dr", "sz"), hyphens=TWO),
    "hy": PunctuationStyle(GUILLEMETS, GUILLEMETS, hyphens=TWO),
    "it": PunctuationStyle(GUILLEMETS, CURLY, holding=("Sig", "Dott", "n", "p"), hyphens=TWO),
    "ja": PunctuationStyle(("「", "」"), ("『", "』")),
    "ka": PunctuationStyle(LOW_TURNED, GUILLEMETS),
    "lt": PunctuationStyle(LOW_TURNED, LOW_SINGLE, hyphens=TWO),
    "nb": PunctuationStyle(GUILLEMETS, SINGLE, hyphens=TWO),
    "nl": PunctuationStyle(holding=("dhr", "mevr", "dr", "nr", "blz"), hyphens=TWO),
    "pl": PunctuationStyle(
        LOW_HIGH, GUILLEMETS, holding=("p", "pan", "nr", "str", "dr"), hyphens=TWO
    ),
    "pt": PunctuationStyle(holding=PORTUGUESE),
    "pt-PT": PunctuationStyle(GUILLEMETS, CURLY, holding=PORTUGUESE),
    "ro": PunctuationStyle(LOW_HIGH, GUILLEMETS, hyphens=TWO),
    "ru": PunctuationStyle(GUILLEMETS, LOW_TURNED, holding=("г", "стр", "№", "им"), hyphens=TWO),
    "sk": PunctuationStyle(LOW_TURNED, LOW_SINGLE),
    "sl": PunctuationStyle(LOW_TURNED, LOW_SINGLE, hyphens=TWO),
    "sv": PunctuationStyle(RIGHT, RIGHT_SINGLE, hyphens=TWO),
    "tr": PunctuationStyle(hyphens=TWO),
    "uk": PunctuationStyle(GUILLEMETS, LOW_TURNED, holding=("р", "стр", "№", "ім"), hyphens=TWO),
    "ur": PunctuationStyle(TURNED, TURNED_SINGLE),
    "zh": PunctuationStyle(),
    "zh-Hant": PunctuationStyle(("「", "」"), ("『", "』")),
}
"""Languages whose habits differ from `PunctuationStyle`'s own, which are those of most. Quotation marks after CLDR 45, but for
Arabic, which is set with guillemets; letters beside hyphens after the hyph-utf8 patterns, but for French (Lexique des règles
typographiques: no fewer than three letters on the next line)."""

UNITS = (
    "mm|cm|m|km|kg|g|l|ml|ha|km²|m²|%|‰|°C|€|£|\\$|"
    "million|millions|billion|billions|milliard|milliards|Mio|Mrd|millones|milhões"
)
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<!\w)'(?=\d\ds?\b)")
OPENS = rf"^|[\s(\[{{«“‘„—–/{NBSP}{NARROW}]"
"""What a quotation mark that opens stands after."""

FIGURE_AND_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?!\w))")
SIGN_AND_FIGURE = re.compile(r"(?<=[§¶#№]) (?=\d)")
INITIAL = re.compile(r"(?<!\w)([A-ZÀ-ÞА-Я]\.) (?=[A-ZÀ-ÞА-Я])")
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")


@lru_cache(maxsize=64)
def style_for_language(language: str) -> PunctuationStyle:
    """The habits of a language, by its BCP 47 tag; of the nearest one that it falls back to where it has none of its own."""
    known = (STYLES[tag] for tag in fallback_locales(language) if tag in STYLES)
    return next(known, PunctuationStyle())


@lru_cache(maxsize=4096)
def apply_typography(text: str, language: str) -> str:
    """The text in the house style of its language."""
    style = style_for_language(language)
    text = DOTS.sub("…", text)
    if '"' in text or "'" in text:
        text = _quoted(text, style)
    text = _held(text, style)
    return _spaced(text, style) if style.before else text


def _quoted(text: str, style: PunctuationStyle) -> str:
    """Straight marks made the language's own: a mark opens after a space or a bracket, else it closes.

    A single mark is an apostrophe within a word and before a year, a quotation mark where one opens and one closes, and an
    apostrophe again wherever that leaves one alone.
    """
    opening, closing = style.outer
    inside = style.inside if opening == "«" else ""
    if '"' in text:
        text = re.sub(rf'({OPENS})"', rf"\g<1>{opening}{inside}", text)
        text = text.replace('"', f"{inside}{closing}")
    if "'" in text:
        text = APOSTROPHE.sub("’", text)
        text = re.sub(
            rf"({OPENS})'(?=\S)([^']*\S)'(?!\w)", rf"\1{style.inner[0]}\2{style.inner[1]}", text
        )
        text = text.replace("'", "’")
    return text


def _held(text: str, style: PunctuationStyle) -> str:
    """No-break spaces where a figure, an initial or a short title would stand alone."""
    text = FIGURE_AND_UNIT.sub(NBSP, text)
    text = SIGN_AND_FIGURE.sub(NBSP, text)
    text = INITIAL.sub(rf"\1{NBSP}", text)
    if style.holding:
        text = _holding(style.holding).sub(rf"\1{NBSP}", text)
    return text


@lru_cache(maxsize=64)
def _holding(words: tuple[str, ...]) -> re.Pattern[str]:
    """Short words with their full stop before a capital or a figure, and signs that carry none."""
    listed = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)((?:{listed})\.|n°|№|n\.º) (?=[A-ZÀ-ÞА-ЯΑ-Ω0-9])")


def _spaced(text: str, style: PunctuationStyle) -> str:
    """The language's spaces before its marks, and inside its guillemets."""
    for mark, space in style.before.items():
        sign = re.escape(mark)
        follows = r"(?=$|[\s»”’)\]…])" if mark != "»" else ""
        text = re.sub(rf"(?<=[^\s{NBSP}{NARROW}:;!?/]) ?{sign}{follows}", f"{space}{mark}", text)
        text = re.sub(rf"(?<=\S) {sign}", f"{space}{mark}", text)
    return re.sub(rf"« ?(?![{NBSP}{NARROW}])", f"«{style.inside}", text) if style.inside else text
