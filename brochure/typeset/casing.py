"""Convert text to capitals and small capitals by the rules of its language.

Each output character is mapped to the character it came from, so that text copied from the PDF is
what was written. Special rules follow SpecialCasing of the Unicode Character Database (Turkish
dotted i) and CLDR's upper-case transforms (Greek without accents, Armenian ev). Scripts without
capitals in running text, such as Georgian, are left unchanged.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator

DOTTED_I_LANGUAGES = frozenset({"tr", "az"})
GREEK_ACCENTS = frozenset("\u0301\u0342\u0300\u0313\u0314")
DIAERESIS = "\u0308"
GREEK_VOWELS = frozenset("αεηιουω")
ETA, MARKED_ETA = "ή", "Ή"
"""The Greek word "or", which keeps its accent to distinguish it from the article."""

ARMENIAN_EV = {"hy": "ԵՎ"}
"""How the Armenian ligature is split in capitals: by sound in Eastern Armenian, else by its
letters."""

GEORGIAN_RANGE = "\u10d0", "\u10ff"
"""Georgian has capitals (Mtavruli, Unicode 11), but running text does not use them and most fonts
lack them."""

SMALL_CAPS_SCALE = 0.8
"""Scale of synthesized small capitals."""

CasedText = tuple[str, tuple[int, ...]]
"""The text to show, and for each of its characters the offset in the written text."""


def to_capitals(text: str, language: str) -> CasedText:
    """Return the text in capitals."""
    base = language.split("-", maxsplit=1)[0]
    shown: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        capital = _to_greek_capital(text, at) if base == "el" else _to_capital(char, base)
        shown.append(capital)
        origins.extend([at] * len(capital))
    return "".join(shown), tuple(origins)


def to_small_capitals(text: str, language: str) -> Iterator[tuple[int, int, CasedText, float]]:
    """Split the text into capitals at full size and lowercase as capitals at `SMALL_CAPS_SCALE`.

    Yields:
        (start, end, shown, scale) for each part.
    """
    at = 0
    for is_small, group in itertools.groupby(text, key=has_small_capital):
        part = "".join(group)
        yield at, at + len(part), to_capitals(part, language), SMALL_CAPS_SCALE if is_small else 1.0
        at += len(part)


def has_small_capital(char: str) -> bool:
    """Return True for lowercase letters, except Georgian ones."""
    return char.islower() and not _is_georgian(char)


def _is_georgian(char: str) -> bool:
    return GEORGIAN_RANGE[0] <= char <= GEORGIAN_RANGE[1]


def _to_capital(char: str, base: str) -> str:
    if char == "i" and base in DOTTED_I_LANGUAGES:
        return "İ"
    if char == "և" and base in ARMENIAN_EV:
        return ARMENIAN_EV[base]
    return char if _is_georgian(char) else char.upper()


def _to_greek_capital(text: str, at: int) -> str:
    """Return a Greek capital without its accent.

    If dropping the accent of the vowel before would turn the two vowels into a diphthong, the
    letter gets a diaeresis.
    """
    char = text[at]
    if char in GREEK_ACCENTS:
        return ""
    if char == ETA and not (text[:at][-1:].isalpha() or text[at + 1 : at + 2].isalpha()):
        return MARKED_ETA
    parts = [part for part in unicodedata.normalize("NFD", char) if part not in GREEK_ACCENTS]
    if parts[0].lower() in ("ι", "υ") and parts[1:] == [] and not _is_accented_vowel(char):
        parts.extend([DIAERESIS] if at and _is_accented_vowel(_letter_before(text, at)) else [])
    return unicodedata.normalize("NFC", "".join(parts).upper())


def _letter_before(text: str, at: int) -> str:
    """Return the letter before an offset with its combining marks."""
    start = at - 1
    while start > 0 and unicodedata.combining(text[start]):
        start -= 1
    return text[start:at]


def _is_accented_vowel(char: str) -> bool:
    """Return True for a Greek vowel with an accent."""
    parts = unicodedata.normalize("NFD", char)
    return parts[0].lower() in GREEK_VOWELS and not GREEK_ACCENTS.isdisjoint(parts[1:])
