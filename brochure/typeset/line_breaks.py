"""Find line-break opportunities in a paragraph.

Breaks are allowed after spaces and where ICU's rules and dictionaries allow them (UAX #14), within
words by hyphenation patterns or soft hyphens, and at forced breaks. Penalties are in TeX's measure:
0 none, 50 a hyphen, 10,000 never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from icu4py.breakers import LineBreaker

from brochure.lazy_pattern import compile_lazily
from brochure.locales import parse_locale
from brochure.typeset.hyphenation_patterns import find_hyphenation_points, load_patterns
from brochure.typeset.smart_punctuation import style_for_language
from brochure.typeset.style import Hyphenation

HYPHEN_PENALTY = 50.0
LAST_WORD_PENALTY = 1500.0
COMPOUND_PENALTY = 30.0
"""After a hyphen or dash that belongs to the word: better than hyphenating it, worse than a
space."""

ADDRESS_PENALTY = 500.0
"""Within a long address: only if the line would otherwise be stretched to nearly twice what its
style allows."""

NUMBER_PENALTY = 2000.0
"""Within a telephone number: only if the line would otherwise be stretched to nearly three times
what its style allows."""

DASHES = "-\u2010\u2013"
HYPHENS = ("-", "\u2010")
EM_DASH = "\u2014"
SOFT_HYPHEN = "\u00ad"
ZERO_WIDTH_SPACE = "\u200b"
LETTERS = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u058f\u1e00-\u1fff]++"
"""Letters of the scripts that hyphenate words (Latin, Greek, Cyrillic, Armenian), without × and ÷."""

WORD_PATTERN = compile_lazily(rf"{LETTERS}(?:[\u00ad\u2019']{LETTERS})*+")
UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u2e80-\ua4cf\ua9e0-\ua9ff\uaa60-\uaadf"
    "\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
"""Letters and punctuation of scripts that continue a sentence after an address without a space:
Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese, Korean (particles) and their neighbours."""

TOKEN_PATTERN = compile_lazily(rf"[^\s{UNSPACED}]+")
"""What an address may be: it ends at a space or at a letter of a script that needs none."""

WORD_BETWEEN_SPACES = compile_lazily(r"\S+")
"""The same for text without such letters; the other pattern takes long to compile."""

SPACED_LETTER = r"[0-9A-Za-z_\u00aa-\u0dff]"
ADDRESS_MARK = compile_lazily(
    rf"://|@|www\.|(?<=[!-\u0dff])\.(?:org|com|net|ca|int|edu|gov)(?!{SPACED_LETTER})"
)
"""What makes a token a web or mail address."""

ADDRESS_PARTS = (
    "://", "@", "www.", ".org", ".com", ".net", ".ca", ".int", ".edu", ".gov",
)  # fmt: skip
"""Strings one of which is in every text with an address mark. Text without them, which is most, is not searched for marks."""

PHONE_PATTERN = compile_lazily(
    rf"(?<!{SPACED_LETTER})(?<!\+)(?:\+\d{{1,3}}|\(\d{{2,5}}\))(?:[ .-]?\(?\d{{2,5}}\)?){{1,6}}(?!{SPACED_LETTER})"
)
"""A telephone number, recognized by its leading plus sign or parenthesis."""

MIN_ADDRESS_LENGTH, MIN_ADDRESS_PART = 20, 4
ADDRESS_BREAK_PATTERN = compile_lazily(r"(?<=[/@])(?!/)|(?=[.?#&=~_%-])")
"""Where a long address may break without a hyphen: after a slash, before other punctuation (Chicago
Manual, 7.46)."""

SPACES = " \t\n\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u2028\u205f\u3000"
"""White space that is dropped at the end of a line."""

SPACES_EXCEPT_TABS = SPACES.replace("\t", "")

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Dropped with the white space before them, so that neither remains in the line (UAX #9, L1)."""

DROPPED = frozenset(SPACES + BIDI_CONTROLS)


REPEATED_HYPHEN_LANGUAGES = frozenset({"cs", "dsb", "es", "gl", "hr", "pl", "pt", "sk", "sr"})
"""Languages in which the hyphen of a compound word is repeated where the next line begins.

Acordo Ortográfico (1990), base XX; Real Academia Galega, *Normas ortográficas* (2005), 3.2; Matica
srpska, *Pravopis* (1994), 230; Institut za hrvatski jezik, *Hrvatski pravopis*, on the hyphen;
Ústav pro jazyk český, *Internetová jazyková příručka*, on the hyphen; and the rules of spelling of
Polish, Slovak and Lower Sorbian."""

EXCEPT_NAMES = frozenset({"es"})
"""Languages that repeat no hyphen before a capital letter, in compound names of people and places
(RAE, *Ortografía de la lengua española*, 2010)."""

STRICT_LOCALES = {"ja": "ja-u-lb-strict"}
"""Strict line breaking, as in Japanese books: no line begins with a small kana or a prolonged sound
mark (JIS X 4051). ICU's default for Japanese suits narrow newspaper columns."""


class LineBreak(NamedTuple):
    """A line-break opportunity: the line ends at `end` (spaces left out), the next line begins at `start`.

    With `hyphen`, the line ends with a hyphen that divides a word. With `repeated_hyphen`, the next
    line begins with a second hyphen of a compound word. `weak` is a cost in titles and headings.
    """

    end: int
    start: int
    penalty: float = 0.0
    hyphen: bool = False
    forced: bool = False
    repeated_hyphen: bool = False
    weak: float = 0.0


def find_breaks(
    text: str, language: str, hyphenation: Hyphenation, raised: Sequence[tuple[int, int]] = ()
) -> tuple[LineBreak, ...]:
    """Return all breaks of a paragraph in order; the last one is its end.

    Args:
        text: The text of the paragraph.
        language: Its language.
        hyphenation: The hyphenation settings of its style.
        raised: The ranges of superscripts, which are not part of the word before them.
    """
    if not text:
        return (LineBreak(0, 0, forced=True),)
    addresses = list(find_addresses(text))
    found = {brk.start: brk for brk in _icu_breaks(text, language, addresses)}
    for place in (at for span in addresses for at in _address_breaks(text, *span)):
        found[place] = LineBreak(place, place, ADDRESS_PENALTY)
    if "+" in text or "(" in text:
        for match in PHONE_PATTERN.finditer(text):
            for place in found.keys() & set(range(match.start() + 1, match.end())):
                found[place] = found[place]._replace(penalty=NUMBER_PENALTY)
    words = _blank_out(text, raised)
    for place, penalty in _hyphenation_breaks(words, language, hyphenation, addresses):
        if place not in found:
            end = place - 1 if text[place - 1] == SOFT_HYPHEN else place
            found[place] = LineBreak(end, place, penalty, True)  # noqa: FBT003  # hyphen
    return tuple(map(found.__getitem__, sorted(found)))


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each web or mail address, with the punctuation next to it."""
    if not any(part in text for part in ADDRESS_PARTS) or not ADDRESS_MARK.search(text):
        return
    for word in WORD_BETWEEN_SPACES.finditer(text):
        if not ADDRESS_MARK.search(text, *word.span()):
            continue
        if max(word.group()) < UNSPACED[0]:
            yield word.span()
            continue
        for token in TOKEN_PATTERN.finditer(text, *word.span()):
            if ADDRESS_MARK.search(text, *token.span()):
                yield token.span()


def word_ends(text: str, breaks: Iterable[LineBreak]) -> Iterator[int]:
    """Yield the offsets where words meet without a space, except at dashes and in addresses."""
    for brk in breaks:
        plain = not (brk.penalty or brk.hyphen or brk.forced)
        if plain and text[brk.end : brk.start] in ("", ZERO_WIDTH_SPACE):
            yield brk.end


def _icu_breaks(text: str, language: str, addresses: list[tuple[int, int]]) -> Iterator[LineBreak]:
    """Yield ICU's breaks, except in addresses, after soft hyphens and on the wrong side of a dash."""
    start, dashes, length = 0, EM_DASH in text, len(text)
    for place in _icu_opportunities(text, language):
        if text[place - 1] == " " and start + 1 < place < length and text[place - 2] not in DROPPED:
            # After one space; none of the exceptions below applies.
            yield _break_after_space(place)
            start = place
            continue
        forced = place == length or text[place - 1] == "\n"
        if not forced and (
            text[place - 1] == SOFT_HYPHEN or (dashes and _is_bad_dash_break(text, place))
        ):
            continue
        if addresses and not forced and any(first < place < last for first, last in addresses):
            continue
        end = _strip_end(text, start, place, SPACES_EXCEPT_TABS if forced else SPACES)
        dash = end == place and text[place - 1] in DASHES
        repeated = dash and _is_hyphen_repeated(text, place, language)
        yield LineBreak(
            end, place, COMPOUND_PENALTY if dash else 0.0, forced=forced, repeated_hyphen=repeated
        )
        start = place


@lru_cache(maxsize=16384)
def _break_after_space(place: int) -> LineBreak:
    """Return the break after one space; texts share these values."""
    return LineBreak(place - 1, place)


def _icu_opportunities(text: str, language: str) -> list[int]:
    """Return ICU's break offsets."""
    locale = STRICT_LOCALES.get(parse_locale(language).language, language)
    return offsets_of_units(text, [place for _, place in LineBreaker(text, locale).segments()])


def offsets_of_units(text: str, places: list[int]) -> list[int]:
    """Return offsets that count UTF-16 code units, as ICU's do, as offsets in characters."""
    if text.isascii() or max(text) <= "\uffff":
        return places
    widths = accumulate((2 if char > "\uffff" else 1 for char in text), initial=0)
    index = {units: at for at, units in enumerate(widths)}
    return [index[place] for place in places]


def _is_bad_dash_break(text: str, place: int) -> bool:
    """Return True if a line would begin with a dash of the word before, or end with an opening dash."""
    if text[place : place + 1] == EM_DASH:
        return text[place - 1] not in SPACES
    return text[place - 1] == EM_DASH and text[place - 2 : place - 1] in ("", " ", "\n")


def _is_hyphen_repeated(text: str, place: int, language: str) -> bool:
    """Return True if the language repeats a compound's hyphen after a line break at this offset."""
    code = parse_locale(language).language
    if code not in REPEATED_HYPHEN_LANGUAGES or text[place - 1] not in HYPHENS:
        return False
    before, after = text[place - 2 : place - 1], text[place : place + 1]
    return before.isalpha() and after.isalpha() and not (after.isupper() and code in EXCEPT_NAMES)


def _strip_end(text: str, start: int, place: int, spaces: str) -> int:
    """Return the end of the text before a break without white space; a tab before a forced break keeps its leader."""
    end = place
    while end > start and text[end - 1] in spaces:
        end -= 1
    if end > start and text[end - 1] in BIDI_CONTROLS:
        inner = len(text[start:end].rstrip(spaces + BIDI_CONTROLS)) + start
        while inner < end and text[inner] in BIDI_CONTROLS:
            inner += 1
        return inner
    return end


def _address_breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a long address may break."""
    if end - start < MIN_ADDRESS_LENGTH:
        return
    for match in ADDRESS_BREAK_PATTERN.finditer(
        text, start + MIN_ADDRESS_PART, end - MIN_ADDRESS_PART
    ):
        yield match.start()


def _hyphenation_breaks(
    text: str, language: str, rules: Hyphenation, addresses: list[tuple[int, int]]
) -> Iterator[tuple[int, float]]:
    """Yield (offset, penalty) where words may be hyphenated: at soft hyphens, else by the language's patterns."""
    if SOFT_HYPHEN in text:
        for at in range(1, len(text) - 1):
            if text[at] == SOFT_HYPHEN and text[at + 1] not in (SOFT_HYPHEN, *SPACES):
                yield at + 1, HYPHEN_PENALTY
    if not rules.on:
        return
    own = style_for_language(language).hyphens
    before, after = max(rules.min_before, own[0]), max(rules.min_after, own[1])
    words = list(WORD_PATTERN.finditer(text))
    for match in words:
        word = match.group()
        if len(word) < rules.min_word:
            continue
        points = _hyphenation_points(word, language, before, after)
        if not points or not _is_divisible(text, match):
            continue
        word_start = match.start()
        if addresses and any(first <= word_start < last for first, last in addresses):
            continue
        penalty = LAST_WORD_PENALTY if match is words[-1] else HYPHEN_PENALTY
        for at in points:
            yield word_start + at, penalty


def _blank_out(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """Return the text with spaces in these ranges."""
    if not ranges:
        return text
    parts, at = [], 0
    for start, end in ranges:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _is_divisible(text: str, match: re.Match[str]) -> bool:
    """Return False for words that are joined to digits or dashes."""
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == after == " ":
        return True
    # A superscript digit such as U+00B9 is a note mark and does not join the word.
    return not (before.isdecimal() or after.isdecimal() or before in HYPHENS or after in HYPHENS)


@lru_cache(maxsize=8192)
def _hyphenation_points(word: str, language: str, before: int, after: int) -> tuple[int, ...]:
    """Return where the patterns divide a word; nowhere if it is in capitals or has soft hyphens."""
    if word.isupper() or SOFT_HYPHEN in word:
        return ()
    patterns = load_patterns(language)
    found = find_hyphenation_points(word, patterns) if patterns else ()
    return tuple(at for at in found if before <= at <= len(word) - after)
