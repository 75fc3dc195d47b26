"""Pseudolocales: machine-made translations that show layout problems before anything is translated.

`en-XA` is longer and accented; `ar-XB` is mirrored, with right-to-left text; `km-XT` is in tall Khmer syllables. Placeholders
and markup stay as they are, so that text that still looks like the source is hard-coded in the layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from brochure.choices import Pseudolocale
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.message_file import Copy
from brochure.lazy_pattern import compile_lazily

ACCENTED, MIRRORED, TALL = (one.value for one in Pseudolocale)

PROTECTED = compile_lazily(
    r"\[\^[\w-]+\]|\{[^{}]*\}|!\[|\]\([^)]*\)|\{[.:#][^}]*\}|https?://\S+|[*^~\[\]\\]|\n+"
)
"""Parts of a message that stay as they are: placeholders, link targets, markup and line ends."""

LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒğĥíĵķłɱñóþɋřšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶŁṀÑÓÞɊŘŠŢÚṼŴẊÝŽ",
)
PLAIN_LETTERS = str.maketrans("ƀƒɱþɋṽẋƁƑṀÞɊṼẊ", "bfmpqvxBFMPQVX")
"""Accented letters that common text fonts lack; they stay plain, since a missing glyph is not a layout problem."""

PADDING = ("łóřém", "ípšúm", "đółóř", "šíţ", "áméţ")
EXPANSION = 0.35
RIGHT_TO_LEFT, POP = "\u202e", "\u202c"
SYLLABLES = ("ស្ត្រី", "ខ្ញុំ", "ព្រឹក្សា", "ស្ថាប័ន", "ក្រុម", "ច្បាប់", "ប្រទេស", "អ្នក")
ZERO_WIDTH_SPACE = "\u200b"


def make_pseudo_catalogue(source: Copy, tag: str) -> Catalogue:
    """Return the source pseudo-translated into a pseudolocale."""
    transform = PSEUDOLOCALES[tag]
    entries = {
        key: Translation(key, entry.text, _transform_text(entry.text, transform), entry.span)
        for key, entry in source.entries.items()
    }
    return Catalogue(tag, source.file, entries)


def _transform_text(text: str, transform: Callable[[str], str]) -> str:
    """Apply `transform` to the text of a message, except for protected parts."""
    if text.count("{") != len(re.findall(r"\{[^{}]*\}", text)):
        return (
            text  # plural forms nest braces; leave such messages unchanged rather than break them
        )
    parts: list[str] = []
    at = 0
    for match in PROTECTED.finditer(text):
        parts.extend((transform(text[at : match.start()]), match.group()))
        at = match.end()
    parts.append(transform(text[at:]))
    return "".join(parts)


def _accent(words: str) -> str:
    """Accent every letter and append a third more text, in words so that lines can break."""
    if not any(char.isalpha() for char in words):
        return words
    shown = words.translate(LETTERS).translate(PLAIN_LETTERS)
    length, padding = int(len(words) * EXPANSION), ""
    while len(padding) < length:
        padding += " " + PADDING[(len(padding) // 5) % len(PADDING)]
    end = len(shown.rstrip())
    return shown[:end] + padding[: max(length, 2)].rstrip() + shown[end:]


def _mirror(words: str) -> str:
    """Override the direction of each word to right-to-left."""
    return re.sub(r"\w[\w’'-]*", lambda word: f"{RIGHT_TO_LEFT}{word.group()}{POP}", words)


def _replace_with_tall(words: str) -> str:
    """Replace every four letters with a tall syllable."""
    return re.sub(r"[^\W\d_][\w’'-]*", _syllables, words)


def _syllables(word: re.Match[str]) -> str:
    start = sum(map(ord, word.group()))
    count = max(1, round(len(word.group()) / 4))
    return ZERO_WIDTH_SPACE.join(SYLLABLES[(start + at) % len(SYLLABLES)] for at in range(count))


PSEUDOLOCALES: dict[str, Callable[[str], str]] = {
    ACCENTED: _accent,
    MIRRORED: _mirror,
    TALL: _replace_with_tall,
}
"""The transformation of each pseudolocale, by tag."""
