"""Apply the typographic conventions of a language: quotation marks, apostrophes, no-break spaces.

No-break spaces go before French punctuation, between a number and its unit, after initials and
short titles, within abbreviations, and after words of one letter in languages that do not end a
line with them. The rules are one table. Correct text is left unchanged, so that applying the rules
twice has no effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily
from brochure.locales import fallback_locales
from brochure.typeset.quotation_marks import QuotationMarks, find_quotes
from brochure.typeset.text_edits import Edit, EditedText

NBSP, NARROW = "\u00a0", "\u202f"


@dataclass(frozen=True, slots=True)
class PunctuationStyle:
    """The conventions of one language.

    `outer` and `inner` are its quotation marks, `before` maps punctuation to the space before it,
    `inside` is the space inside guillemets. `abbreviations` are short words that stay with the next
    word, `elisions` words that begin with an apostrophe. `short_words` are words of one letter that
    do not end a line; `hyphens` the least numbers of letters before and after a hyphen.
    """

    outer: tuple[str, str] = ("“", "”")
    inner: tuple[str, str] = ("‘", "’")
    before: dict[str, str] = field(default_factory=dict)
    inside: str = ""
    abbreviations: tuple[str, ...] = ()
    hyphens: tuple[int, int] = (2, 3)
    elisions: tuple[str, ...] = ()
    short_words: str = ""

    @property
    def marks(self) -> QuotationMarks:
        """The quotation marks and apostrophes."""
        inside = self.inside if self.outer[0] == "«" else ""
        return QuotationMarks(self.outer, self.inner, inside, self.elisions)


ENGLISH = ("Mr", "Mrs", "Ms", "Dr", "St", "No", "Nos", "p", "pp", "Fig", "Vol", "ca")
FRENCH = ("M", "Mme", "Mlle", "Dr", "n°", "p", "art", "vol")
GERMAN = ("Dr", "Prof", "Nr", "S", "Hr", "Fr", "Abs", "Art")
PORTUGUESE = ("Sr", "Sra", "Dr", "Dra", "n.º", "p")
SPANISH = ("Sr", "Sra", "Dr", "Dra", "n.º", "núm", "pág", "art")

ENGLISH_ELISIONS = ("tis", "twas", "twere", "twill", "em", "til", "cause", "bout", "n")
GERMAN_ELISIONS = ("s", "n", "ne", "nen", "nem", "ner")
DUTCH_ELISIONS = ("s", "t", "n", "k", "m", "r", "ns")

CZECH_WORDS = "ksvzouai"
POLISH_WORDS = "aiouwz"
RUSSIAN_WORDS = "вксоуаия"
UKRAINIAN_WORDS = "вузоаіїєйя"
"""Prepositions and conjunctions of one letter: ČSN 01 6910, *Słownik ortograficzny PWN*, and the
usage of Russian and Ukrainian publishers."""

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
        LOW_TURNED,
        LOW_SINGLE,
        abbreviations=("p", "pí", "č", "str", "s", "sv", "ing", "mgr", "tj", "tzv"),
        short_words=CZECH_WORDS,
    ),
    "da": PunctuationStyle(CURLY, SINGLE, hyphens=MIN_TWO_LETTERS),
    "af": PunctuationStyle(elisions=("n",)),
    "de": PunctuationStyle(
        LOW_TURNED,
        LOW_SINGLE,
        abbreviations=GERMAN,
        hyphens=MIN_TWO_LETTERS,
        elisions=GERMAN_ELISIONS,
    ),
    "de-CH": PunctuationStyle(
        GUILLEMETS,
        SMALL_GUILLEMETS,
        abbreviations=GERMAN,
        hyphens=MIN_TWO_LETTERS,
        elisions=GERMAN_ELISIONS,
    ),
    "el": PunctuationStyle(GUILLEMETS, CURLY, abbreviations=("κ", "σ"), hyphens=MIN_TWO_LETTERS),
    "en": PunctuationStyle(abbreviations=ENGLISH, elisions=ENGLISH_ELISIONS),
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
        abbreviations=("dhr", "mevr", "dr", "nr", "blz"),
        hyphens=MIN_TWO_LETTERS,
        elisions=DUTCH_ELISIONS,
    ),
    "pl": PunctuationStyle(
        LOW_HIGH,
        GUILLEMETS,
        abbreviations=("p", "pan", "nr", "str", "dr"),
        hyphens=MIN_TWO_LETTERS,
        short_words=POLISH_WORDS,
    ),
    "pt": PunctuationStyle(abbreviations=PORTUGUESE),
    "pt-PT": PunctuationStyle(GUILLEMETS, CURLY, abbreviations=PORTUGUESE),
    "ro": PunctuationStyle(LOW_HIGH, GUILLEMETS, hyphens=MIN_TWO_LETTERS),
    "ru": PunctuationStyle(
        GUILLEMETS,
        LOW_TURNED,
        abbreviations=("г", "стр", "им", "ул", "д", "рис", "табл"),
        hyphens=MIN_TWO_LETTERS,
        short_words=RUSSIAN_WORDS,
    ),
    "sk": PunctuationStyle(
        LOW_TURNED, LOW_SINGLE, abbreviations=("p", "č", "str", "sv"), short_words=CZECH_WORDS
    ),
    "sl": PunctuationStyle(LOW_TURNED, LOW_SINGLE, hyphens=MIN_TWO_LETTERS),
    "sv": PunctuationStyle(RIGHT, RIGHT_SINGLE, hyphens=MIN_TWO_LETTERS),
    "tr": PunctuationStyle(hyphens=MIN_TWO_LETTERS),
    "uk": PunctuationStyle(
        GUILLEMETS,
        LOW_TURNED,
        abbreviations=("м", "стор", "стр", "ім", "вул", "рис", "табл"),
        hyphens=MIN_TWO_LETTERS,
        short_words=UKRAINIAN_WORDS,
    ),
    "ur": PunctuationStyle(TURNED, TURNED_SINGLE),
    "zh": PunctuationStyle(),
    "zh-Hant": PunctuationStyle(("「", "」"), ("『", "』")),
}
"""Languages that differ from the defaults of `PunctuationStyle`. Quotation marks follow CLDR 45,
except that Arabic is set with guillemets. Letters beside hyphens follow the hyph-utf8 patterns,
except for French (Lexique des règles typographiques: at least three letters on the next line)."""

UNITS = "|".join(
    (
        r"mm|cm|dm|m|km|mg|g|kg|t|ml|cl|l|hl|ha|km²|m²|m³|min|h|kW|MW|kWh|%|‰|°C|°F|€|£|\$|₴|₽|zł|Kč|Ft",
        "million|millions|billion|billions|milliard|milliards|Mio|Mrd|millones|milhões",
        "tys|tis|mln|mil|mld|milion|miliony|milionów|milionů|milión|milióny|miliónov|miliard|miliardy|miliardów",
        "мм|см|дм|м|км|мг|г|кг|т|мл|л|га|км²|м²|м³|мин|хв|ч|год|г|гг|р|рр|руб|грн|лв|дин|коп",
        "тыс|тис|млн|млрд",
    )
)
NUMBER_AND_UNIT = compile_lazily(rf"(?<=\d) (?=(?:{UNITS})(?!\w))")
DIGIT = compile_lazily(r"\d")
SIGN_AND_NUMBER = compile_lazily(r"(?<=[§¶#№]) (?=\d)")
LETTER = r"[^\W\d_]"
INITIAL = compile_lazily(rf"(?<!\w)({LETTER})\. (?=({LETTER}))")
LETTERS = compile_lazily(rf"(?<!\w){LETTER}\. (?={LETTER}{{1,2}}\.)")
"""Within an abbreviation of several words, such as "z. B." and "т. д."."""

DOTS = compile_lazily(r"(?<!\.)\.\.\.(?!\.)")


@lru_cache(maxsize=64)
def style_for_language(language: str) -> PunctuationStyle:
    """Return the conventions of a language (BCP 47 tag) or of its nearest fallback locale."""
    styles = (STYLES[tag] for tag in fallback_locales(language) if tag in STYLES)
    return next(styles, PunctuationStyle())


def apply_typography(text: str, language: str) -> str:
    """Return the text with the typographic conventions of its language."""
    return edit_typography(text, language).text


@lru_cache(maxsize=4096)
def edit_typography(text: str, language: str, cuts: tuple[int, ...] = ()) -> EditedText:
    """Apply the typographic conventions of a language.

    Args:
        text: A paragraph, whole: quotation marks may pair across inline marks.
        language: A BCP 47 tag.
        cuts: The offsets where inline marks begin and end. Dots on both sides of one are not joined.
    """
    style = style_for_language(language)
    edited = EditedText(text)
    if "..." in text:
        edited = edited.apply(_find_ellipses(text, cuts))
    if '"' in text or "'" in text:
        edited = edited.apply(find_quotes(edited.text, style.marks))
    edited = _add_no_break_spaces(edited, style)
    return _add_punctuation_spaces(edited, style) if style.before else edited


def _find_ellipses(text: str, cuts: tuple[int, ...]) -> Iterator[Edit]:
    for match in DOTS.finditer(text):
        if not any(match.start() < cut < match.end() for cut in cuts):
            yield Edit(*match.span(), "…")


def _add_no_break_spaces(edited: EditedText, style: PunctuationStyle) -> EditedText:
    """Replace the spaces at which a line must not end with no-break spaces."""
    text = edited.text
    if " " not in text:
        return edited
    places: set[int] = set()
    if DIGIT.search(text):
        places.update(match.start() for match in NUMBER_AND_UNIT.finditer(text))
        places.update(match.start() for match in SIGN_AND_NUMBER.finditer(text))
    if ". " in text or "° " in text or "º " in text:
        places.update(_find_abbreviations(text, style))
    if style.short_words:
        pattern = _short_word_pattern(style.short_words)
        places.update(match.end() - 1 for match in pattern.finditer(text))
    return edited.apply(Edit(at, at + 1, NBSP) for at in sorted(places)) if places else edited


def _find_abbreviations(text: str, style: PunctuationStyle) -> Iterator[int]:
    """Yield the spaces after initials, within abbreviations and after short titles."""
    for match in INITIAL.finditer(text):
        if match[1].isupper() and match[2].isupper():
            yield match.end() - 1
    for match in LETTERS.finditer(text):
        yield match.end() - 1
    if style.abbreviations:
        for match in _abbreviation_pattern(style.abbreviations).finditer(text):
            if match[1].isupper() or match[1].isdigit():
                yield match.start(1) - 1


@lru_cache(maxsize=64)
def _abbreviation_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match abbreviations with their full stop, and signs without one, up to the character after the space."""
    listed = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:(?:{listed})\.|n°|n\.º) (?=(\w))")


@lru_cache(maxsize=16)
def _short_word_pattern(letters: str) -> re.Pattern[str]:
    """Match a word of one of these letters and the space after it, unless it follows an apostrophe or a full stop ends it."""
    return re.compile(rf"(?<![\w’'.-])[{letters}{letters.upper()}] (?=\S)")


def _add_punctuation_spaces(edited: EditedText, style: PunctuationStyle) -> EditedText:
    """Add the language's spaces before punctuation and inside guillemets."""
    for mark, space in style.before.items():
        for pattern in _space_patterns(mark):
            edited = edited.apply(
                Edit(match.start(), match.start() + match.group().startswith(" "), space)
                for match in pattern.finditer(edited.text)
            )
    if not style.inside:
        return edited
    return edited.apply(
        Edit(
            match.end() - 1,
            match.end(),
            style.inside if match.group() != "«" else f"«{style.inside}",
        )
        for match in OPENING_GUILLEMET.finditer(edited.text)
    )


OPENING_GUILLEMET = compile_lazily(rf"«(?: |(?![{NBSP}{NARROW} ]))")


@lru_cache(maxsize=16)
def _space_patterns(mark: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match a mark with or without a space before it: at the end of a word, and after any character with a space."""
    sign = re.escape(mark)
    follows = r"(?=$|[\s»”’)\]…])" if mark != "»" else ""
    return (
        re.compile(rf"(?<=[^\s{NBSP}{NARROW}:;!?/]) ?{sign}{follows}"),
        re.compile(rf"(?<=\S) {sign}"),
    )
