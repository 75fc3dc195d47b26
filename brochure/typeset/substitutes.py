"""Which characters a font can show, and what is shown instead of those that it lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from brochure.fonts.face import Face

VARIATION_SELECTORS = frozenset(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
INVISIBLE = (
    VARIATION_SELECTORS
    | frozenset("\n\t\r\u00ad\u034f\u061c\ufeff")
    | frozenset(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))))
)
"""Characters that need no glyph: they only affect their neighbours. The ranges are the joiners, bidi controls and invisible
operators of General Punctuation (Default_Ignorable_Code_Point, UAX #44)."""

SPACES = frozenset(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
)
"""Spaces that HarfBuzz makes from the glyph of the plain one, with their width, if a font lacks them."""

SUBSTITUTES = {
    "\u2011": ("\u2010", "-"),
    "…": ("...",),
    "′": ("'",),
    "″": ('"',),
    "׳": ("'",),
    "״": ('"',),
}
"""What is shown for characters of smart punctuation that a font lacks; the text stays as it is."""

SUBSTITUTED = VARIATION_SELECTORS | SUBSTITUTES.keys()


def covers(face: Face, cluster: str) -> bool:
    """Return True if the face can set a letter with its marks, precomposed, decomposed or with substitutes."""
    if all(char in INVISIBLE or can_show(face, char) for char in cluster):
        return True
    return any(
        len(form) != len(cluster) and all(face.program.has(char) for char in form)
        for form in (unicodedata.normalize(name, cluster) for name in ("NFC", "NFD"))
    )


def can_show(face: Face, char: str) -> bool:
    """Return True if the face has the character or what replaces it."""
    if face.program.has(char):
        return True
    if char in SPACES:
        return face.program.has(" ")
    return _find_substitute(face, char) is not None


def _find_substitute(face: Face, char: str) -> str | None:
    """Return the text that is shown for a character; None if the face has none."""
    return next(
        (text for text in SUBSTITUTES.get(char, ()) if all(map(face.program.has, text))), None
    )


def substitute(face: Face, shown: str, origins: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Replace the characters that the face lacks; leave out variation selectors that select nothing."""
    if SUBSTITUTED.isdisjoint(shown):
        return shown, origins
    parts = [_shown_character(face, before, char) for before, char in pairwise(("", *shown))]
    repeated = [at for part, at in zip(parts, origins, strict=True) for _ in part]
    return "".join(parts), tuple(repeated)


def _shown_character(face: Face, before: str, char: str) -> str:
    """Return what is shown for a character after another."""
    if char in VARIATION_SELECTORS:
        selects = before == "" or face.font.get_variation_glyph(ord(before), ord(char)) is not None
        return char if selects else ""
    if face.program.has(char):
        return char
    return _find_substitute(face, char) or char


def zero_invisible(text: str, clusters: Sequence[int], advances: list[float]) -> None:
    """Set the advance of characters that only affect others to 0, regardless of the font."""
    if INVISIBLE.isdisjoint([text[cluster] for cluster in clusters]):
        return
    for at, cluster in enumerate(clusters):
        if text[cluster] in INVISIBLE and (at == 0 or clusters[at - 1] != cluster):
            advances[at] = 0.0
