"""Breaks: where a line may end.

Takes a paragraph's text and style; gives `LineBreak`s in order of place: after spaces and wherever ICU's rules and dictionaries
allow (UAX #14), inside words by hyphenation patterns or soft hyphens, and where the writer forced one. A break costs
`penalty` (TeX's measure: 0 nothing, 50 a hyphen, 10,000 never). Stands between shaping and composing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from icu4py.breakers import LineBreaker

from brochure.fast_dataclass import dataclass
from brochure.typeset.hyphenation_patterns import divisions, patterns
from brochure.typeset.smart_punctuation import style_for_language
from brochure.typeset.style import Hyphenation

HYPHEN_PENALTY = 50.0
LAST_WORD_PENALTY = 1500.0
COMPOUND_PENALTY = 30.0
"""After a hyphen or dash that belongs to the word: better than dividing it, worse than a space."""

ADDRESS_PENALTY = 500.0
"""Within a long address: only where the line would else be stretched to nearly twice what its style allows."""

NUMBER_PENALTY = 2000.0
"""Within a number to be dialled: only where the line would else be stretched to nearly three times what its style allows."""

DASHES = "-\u2010\u2013"
BOUND = ("-", "\u2010")
EM_DASH = "\u2014"
SOFT_HYPHEN = "\u00ad"
ZERO_SPACE = "\u200b"
LETTER = "(?:(?![×÷])[A-Za-z\u00c0-\u058f\u1e00-\u1fff])"
"""A letter of the scripts that divide words with a hyphen: Latin, Greek, Cyrillic, Armenian."""

WORD = re.compile(rf"{LETTER}(?:[\u00ad\u2019']?{LETTER})*")
ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*|\S+\.(?:org|com|net|ca|int|edu|gov)\b\S*")
DIALLED = re.compile(r"(?<![\w+])(?:\+\d{1,3}|\(\d{2,5}\))(?:[ .-]?\(?\d{2,5}\)?){1,6}(?!\w)")
"""A telephone number, by the plus sign or the bracket that it begins with."""

LONG_ADDRESS, LEFT_TOGETHER = 20, 4
JOINT = re.compile(r"(?<=[/@])(?!/)|(?=[.?#&=~_%-])")
"""Where a long address may be parted, without a hyphen: behind a slash, before all other signs (Chicago Manual, 7.46)."""

SPACES = " \t\n\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u2028\u205f\u3000"
"""What a line's end swallows: all white space that a line may end behind."""

SPACES_BUT_TABS = SPACES.replace("\t", "")

DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What is swallowed with the white space before it, so that none of it stands in the line (UAX #9, L1)."""


STRICT = {"ja": "ja-u-lb-strict"}
"""Japanese as books are set: no line begins with a small kana or the mark of a long vowel (JIS X 4051). ICU's own
choice for Japanese is that of newspapers with narrow columns."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A place where a line may end: what it holds ends at `end` (spaces left out), the next line begins at `start`."""

    end: int
    start: int
    penalty: float = 0.0
    hyphen: bool = False
    forced: bool = False


def find_breaks(text: str, language: str, hyphenation: Hyphenation) -> tuple[LineBreak, ...]:
    """Every break of the paragraph; the last one is its end."""
    if not text:
        return (LineBreak(0, 0, forced=True),)
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    found = {brk.start: brk for brk in _allowed(text, language, addresses)}
    for place in (at for span in addresses for at in _joints(text, *span)):
        found[place] = LineBreak(place, place, ADDRESS_PENALTY)
    for match in DIALLED.finditer(text):
        for place in found.keys() & set(range(match.start() + 1, match.end())):
            found[place] = replace(found[place], penalty=NUMBER_PENALTY)
    for place, penalty in _divisions(text, language, hyphenation, addresses):
        end = place - 1 if text[place - 1] == SOFT_HYPHEN else place
        found.setdefault(place, LineBreak(end, place, penalty, hyphen=True))
    return tuple(found[place] for place in sorted(found))


def word_ends(text: str, breaks: Iterable[LineBreak]) -> Iterator[int]:
    """The places where words meet without a space between them, but for dashes and addresses."""
    for brk in breaks:
        plain = not (brk.penalty or brk.hyphen or brk.forced)
        if plain and text[brk.end : brk.start] in ("", ZERO_SPACE):
            yield brk.end


def _allowed(text: str, language: str, addresses: list[tuple[int, int]]) -> Iterator[LineBreak]:
    """ICU's opportunities, but for those within addresses, behind soft hyphens, and on the wrong side of a dash."""
    start, dashes = 0, EM_DASH in text
    for place in _opportunities(text, language):
        forced = place == len(text) or text[place - 1] == "\n"
        if not forced and (text[place - 1] == SOFT_HYPHEN or (dashes and _at_dash(text, place))):
            continue
        if addresses and not forced and any(first < place < last for first, last in addresses):
            continue
        end = _without_space(text, start, place, SPACES_BUT_TABS if forced else SPACES)
        dash = end == place and text[place - 1] in DASHES
        yield LineBreak(end, place, COMPOUND_PENALTY if dash else 0.0, forced=forced)
        start = place


def _opportunities(text: str, language: str) -> list[int]:
    """The places where ICU lets a line end. It counts in UTF-16, where some characters count twice."""
    places = [place for _, place in LineBreaker(text, STRICT.get(language, language)).segments()]
    if text.isascii() or max(text) <= "\uffff":
        return places
    widths = accumulate((2 if char > "\uffff" else 1 for char in text), initial=0)
    index = {units: at for at, units in enumerate(widths)}
    return [index[place] for place in places]


def _at_dash(text: str, place: int) -> bool:
    """Whether a line would begin with a dash that belongs to the word before it, or end with one that opens."""
    if text[place : place + 1] == EM_DASH:
        return text[place - 1] not in SPACES
    return text[place - 1] == EM_DASH and text[place - 2 : place - 1] in ("", " ", "\n")


def _without_space(text: str, start: int, place: int, spaces: str) -> int:
    """Where the text before a break ends without its white space; a tab before a forced end stays, for its leader."""
    end = place
    while end > start and text[end - 1] in spaces:
        end -= 1
    if end > start and text[end - 1] in DIRECTIONS:
        inner = len(text[start:end].rstrip(spaces + DIRECTIONS)) + start
        while inner < end and text[inner] in DIRECTIONS:
            inner += 1
        return inner
    return end


def _joints(text: str, start: int, end: int) -> Iterator[int]:
    """Where a long address may be parted."""
    if end - start < LONG_ADDRESS:
        return
    for match in JOINT.finditer(text, start + LEFT_TOGETHER, end - LEFT_TOGETHER):
        yield match.start()


def _divisions(
    text: str, language: str, rules: Hyphenation, addresses: list[tuple[int, int]]
) -> Iterator[tuple[int, float]]:
    """Where words may be divided: at their soft hyphens, else by the language's patterns."""
    if SOFT_HYPHEN in text:
        for at in range(1, len(text) - 1):
            if text[at] == SOFT_HYPHEN and not text[at + 1].isspace():
                yield at + 1, HYPHEN_PENALTY
    if not rules.on:
        return
    own = style_for_language(language).hyphens
    before, after = max(rules.min_before, own[0]), max(rules.min_after, own[1])
    words = list(WORD.finditer(text))
    for match in words:
        word, begun = match.group(), match.start()
        if SOFT_HYPHEN in word or not _divisible(text, match, rules):
            continue
        if addresses and any(first <= begun < last for first, last in addresses):
            continue
        penalty = LAST_WORD_PENALTY if match is words[-1] else HYPHEN_PENALTY
        for at in _points(word, language, before, after):
            yield begun + at, penalty


def _divisible(text: str, match: re.Match[str], rules: Hyphenation) -> bool:
    """No word that is short, all capitals, or part of something with digits or dashes."""
    word = match.group()
    if len(word) < rules.min_word or word.isupper():
        return False
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return not (before.isdigit() or after.isdigit() or before in BOUND or after in BOUND)


@lru_cache(maxsize=8192)
def _points(word: str, language: str, before: int, after: int) -> tuple[int, ...]:
    known = patterns(language)
    found = divisions(word, known) if known else ()
    return tuple(at for at in found if before <= at <= len(word) - after)
