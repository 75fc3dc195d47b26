"""Pseudo-translations: what would break, seen before anybody translates.

Takes the source copy; gives catalogues in languages that nobody speaks: `en-XA`, longer and accented; `ar-XB`, mirrored, the
letters running from right to left; `km-XT`, in tall Khmer syllables. Facts and marks come through untouched, so that
whatever still looks like the source stands hard-coded in the layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.message_file import Copy

ACCENTED, MIRRORED, TALL = "en-XA", "ar-XB", "km-XT"

KEPT = re.compile(r"\{[^{}]*\}|\]\([^)]*\)|\{[.:#][^}]*\}|https?://\S+|[*^~\[\]\\]|\n+")
"""Facts, targets of links, marks and line ends: what is no letter of the copy."""

LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒğĥíĵķłɱñóþɋřšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶŁṀÑÓÞɊŘŠŢÚṼŴẊÝŽ",
)
PLAINER = str.maketrans("ƀƒɱþɋṽẋƁƑṀÞɊṼẊ", "bfmpqvxBFMPQVX")
"""Letters that common text fonts lack go back to plain ones: a missing glyph is no finding of the layout's."""

PADDING = ("łóřém", "ípšúm", "đółóř", "šíţ", "áméţ")
LONGER = 0.35
RIGHT_TO_LEFT, POP = "\u202e", "\u202c"
SYLLABLES = ("ស្ត្រី", "ខ្ញុំ", "ព្រឹក្សា", "ស្ថាប័ន", "ក្រុម", "ច្បាប់", "ប្រទេស", "អ្នក")
ZERO_SPACE = "\u200b"


def make_pseudo_catalogue(source: Copy, tag: str) -> Catalogue:
    """The source in one of the pseudo-languages."""
    told = PSEUDOLOCALES[tag]
    entries = {
        key: Translation(key, entry.text, _told(entry.text, told), entry.span)
        for key, entry in source.entries.items()
    }
    return Catalogue(tag, source.file, entries)


def _told(text: str, told: Callable[[str], str]) -> str:
    """The letters of a message told otherwise, all else as it is."""
    if text.count("{") != len(re.findall(r"\{[^{}]*\}", text)):
        return text  # plurals hold braces in braces: their words stay as they are rather than break
    parts: list[str] = []
    at = 0
    for match in KEPT.finditer(text):
        parts.extend((told(text[at : match.start()]), match.group()))
        at = match.end()
    parts.append(told(text[at:]))
    return "".join(parts)


def _accented(words: str) -> str:
    """Accents on every letter, and a third more of them behind, in words, so that lines break as they would."""
    if not any(char.isalpha() for char in words):
        return words
    shown = words.translate(LETTERS).translate(PLAINER)
    wanted, padding = int(len(words) * LONGER), ""
    while len(padding) < wanted:
        padding += " " + PADDING[(len(padding) // 5) % len(PADDING)]
    end = len(shown.rstrip())
    return shown[:end] + padding[: max(wanted, 2)].rstrip() + shown[end:]


def _mirrored(words: str) -> str:
    """Each word's letters from right to left."""
    return re.sub(r"\w[\w’'-]*", lambda word: f"{RIGHT_TO_LEFT}{word.group()}{POP}", words)


def _tall(words: str) -> str:
    """A tall syllable for every four letters."""
    return re.sub(r"[^\W\d_][\w’'-]*", _syllables, words)


def _syllables(word: re.Match[str]) -> str:
    begin = sum(map(ord, word.group()))
    count = max(1, round(len(word.group()) / 4))
    return ZERO_SPACE.join(SYLLABLES[(begin + at) % len(SYLLABLES)] for at in range(count))


PSEUDOLOCALES: dict[str, Callable[[str], str]] = {
    ACCENTED: _accented,
    MIRRORED: _mirrored,
    TALL: _tall,
}
"""The pseudo-languages, by their tags."""
