"""Letter case as a style imposes it: capitals and small capitals, by the language's own rules.

Takes text and a language; gives what is shown in its place and, for each shown character, the character it stands for, so
that what is copied out of the PDF is what was written. Special rules after the Unicode Character Database's
SpecialCasing (Turkish dotted i) and CLDR's transforms of upper case (Greek without accents, Armenian ev); scripts that
have no capitals in running text, Georgian among them, stay as they are.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator

DOTTED = frozenset({"tr", "az"})
GREEK_ACCENTS = frozenset("\u0301\u0342\u0300\u0313\u0314")
DIAERESIS = "\u0308"
GREEK_VOWELS = frozenset("αεηιουω")
ETA, MARKED_ETA = "ή", "Ή"
"""The word "or", which keeps its accent so that it is not taken for the article."""

EV = {"hy": "ԵՎ"}
"""How the Armenian ligature is parted in capitals: by its sound in Eastern Armenian, else by its letters."""

GEORGIAN = "\u10d0", "\u10ff"
"""Its letters have capitals of a kind (Mtavruli, Unicode 11), but running text has none, nor have most fonts."""

SMALL = 0.8
"""How large capitals stand that are made small for want of real small capitals."""

Shown = tuple[str, tuple[int, ...]]
"""What is shown, and the place in the written text that each of its characters stands for."""


def capitals(text: str, language: str) -> Shown:
    """The text in capitals."""
    base = language.split("-", maxsplit=1)[0]
    shown: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        raised = _greek(text, at) if base == "el" else _capital(char, base)
        shown.append(raised)
        origins.extend([at] * len(raised))
    return "".join(shown), tuple(origins)


def small_capitals(text: str, language: str) -> Iterator[tuple[int, int, Shown, float]]:
    """The text cut into capitals at their size and small letters as capitals at `SMALL`: (start, end, shown, scale)."""
    at = 0
    for small, group in itertools.groupby(text, key=_is_small):
        part = "".join(group)
        yield at, at + len(part), capitals(part, language), SMALL if small else 1.0
        at += len(part)


def _is_small(char: str) -> bool:
    return char.islower() and not _is_georgian(char)


def _is_georgian(char: str) -> bool:
    return GEORGIAN[0] <= char <= GEORGIAN[1]


def _capital(char: str, base: str) -> str:
    if char == "i" and base in DOTTED:
        return "İ"
    if char == "և" and base in EV:
        return EV[base]
    return char if _is_georgian(char) else char.upper()


def _greek(text: str, at: int) -> str:
    """A Greek capital: without its accent, which a vowel behind it shows by a diaeresis where the two were no diphthong."""
    char = text[at]
    if char in GREEK_ACCENTS:
        return ""
    if char == ETA and not (text[:at][-1:].isalpha() or text[at + 1 : at + 2].isalpha()):
        return MARKED_ETA
    parts = [part for part in unicodedata.normalize("NFD", char) if part not in GREEK_ACCENTS]
    if parts[0].lower() in ("ι", "υ") and parts[1:] == [] and not _accented(char):
        parts.extend([DIAERESIS] if at and _accented(_letter_before(text, at)) else [])
    return unicodedata.normalize("NFC", "".join(parts).upper())


def _letter_before(text: str, at: int) -> str:
    """The letter before a place, with the marks that follow it."""
    start = at - 1
    while start > 0 and unicodedata.combining(text[start]):
        start -= 1
    return text[start:at]


def _accented(char: str) -> bool:
    """Whether it is a Greek vowel with an accent."""
    parts = unicodedata.normalize("NFD", char)
    return parts[0].lower() in GREEK_VOWELS and not GREEK_ACCENTS.isdisjoint(parts[1:])
