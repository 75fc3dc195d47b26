"""Letter case as a style imposes it: capitals and small capitals, by the language's own rules.

Takes text and a language; gives what is shown in its place and, for each shown character, the character it stands for, so
that what is copied out of the PDF is what was written. Special rules after the Unicode Character Database's
SpecialCasing (Turkish dotted i, Greek without accents).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator

DOTTED = frozenset({"tr", "az"})
GREEK_ACCENTS = frozenset("\u0301\u0342\u0300\u0313\u0314")

SMALL = 0.8
"""How large capitals stand that are made small for want of real small capitals."""

Shown = tuple[str, tuple[int, ...]]
"""What is shown, and the place in the written text that each of its characters stands for."""


def capitals(text: str, language: str) -> Shown:
    """The text in capitals."""
    shown: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        raised = _capital(char, language)
        shown.append(raised)
        origins.extend([at] * len(raised))
    return "".join(shown), tuple(origins)


def small_capitals(text: str, language: str) -> Iterator[tuple[int, int, Shown, float]]:
    """The text cut into capitals at their size and small letters as capitals at `SMALL`: (start, end, shown, scale)."""
    at = 0
    for small, group in itertools.groupby(text, key=str.islower):
        part = "".join(group)
        yield at, at + len(part), capitals(part, language), SMALL if small else 1.0
        at += len(part)


def _capital(char: str, language: str) -> str:
    base = language.split("-", maxsplit=1)[0]
    if char == "i" and base in DOTTED:
        return "İ"
    if base == "el" and char.isalpha():
        bare = (c for c in unicodedata.normalize("NFD", char) if c not in GREEK_ACCENTS)
        return unicodedata.normalize("NFC", "".join(bare).upper())
    return char.upper()
