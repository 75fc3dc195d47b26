"""Breaks: where a line may end.

Takes a paragraph's text and style; gives `Break`s in order of place: after spaces and wherever ICU's rules and dictionaries
allow (UAX #14), inside words by hyphenation patterns or soft hyphens, and where the writer forced one. A break costs
`penalty` (TeX's measure: 0 nothing, 50 a hyphen, 10,000 never). Stands between shaping and composing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from icu4py.breakers import LineBreaker

from brochure.typeset.style import Hyphenation

HYPHEN_PENALTY = 50.0
LAST_WORD_PENALTY = 1500.0
COMPOUND_PENALTY = 30.0
"""After a hyphen that belongs to the word: better than dividing it, worse than a space."""

SOFT_HYPHEN = "\u00ad"
WORD = re.compile(r"[^\W\d_](?:[\u00ad\u2019']?[^\W\d_])*")
ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*|\S+\.(?:org|com|net|ca|int|edu|gov)\b\S*")
SPACES = " \u2002\u2003\u2009\u200a\u200b\u3000\t\n"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: what it holds ends at `end` (spaces left out), the next line begins at `start`."""

    end: int
    start: int
    penalty: float = 0.0
    hyphen: bool = False
    forced: bool = False


def find_breaks(text: str, language: str, hyphenation: Hyphenation) -> tuple[Break, ...]:
    """Every break of the paragraph; the last one is its end."""
    if not text:
        return (Break(0, 0, forced=True),)
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    found = {brk.start: brk for brk in _allowed(text, language, addresses)}
    for place, penalty in _divisions(text, language, hyphenation, addresses):
        end = place - 1 if text[place - 1] == SOFT_HYPHEN else place
        found.setdefault(place, Break(end, place, penalty, hyphen=True))
    return tuple(found[place] for place in sorted(found))


def _allowed(text: str, language: str, addresses: list[tuple[int, int]]) -> Iterator[Break]:
    """ICU's opportunities; inside an address only after a slash or a dot would one do harm, so there are none."""
    for _, place in LineBreaker(text, language).segments():
        end = place
        while end > 0 and text[end - 1] in SPACES:
            end -= 1
        forced = place == len(text) or text[place - 1] == "\n"
        if text[place - 1] == SOFT_HYPHEN:
            continue
        if not forced and any(first < place < last for first, last in addresses):
            continue
        dash = end == place and text[place - 1] in "-\u2010"
        yield Break(end, place, COMPOUND_PENALTY if dash else 0.0, forced=forced)


def _divisions(
    text: str, language: str, rules: Hyphenation, addresses: list[tuple[int, int]]
) -> Iterator[tuple[int, float]]:
    """Where words may be divided: at their soft hyphens, else by the language's patterns."""
    last_word = max((match.start() for match in WORD.finditer(text)), default=0)
    for match in WORD.finditer(text):
        word, begun = match.group(), match.start()
        if any(first <= begun < last for first, last in addresses):
            continue
        penalty = LAST_WORD_PENALTY if begun == last_word else HYPHEN_PENALTY
        if SOFT_HYPHEN in word:
            soft = (at + 1 for at, char in enumerate(word) if char == SOFT_HYPHEN)
            yield from ((begun + at, penalty) for at in soft)
        elif rules.on and _divisible(text, match, rules):
            yield from ((begun + at, penalty) for at in _points(word, language, rules))


def _divisible(text: str, match: re.Match[str], rules: Hyphenation) -> bool:
    """No word that is short, all capitals, or part of something with digits or dashes."""
    word = match.group()
    if len(word) < rules.shortest or (word.isupper() and word.lower() != word):
        return False
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return not (before.isdigit() or after.isdigit() or before in ("-", "\u2010"))


@lru_cache(maxsize=8192)
def _points(word: str, language: str, rules: Hyphenation) -> tuple[int, ...]:
    dictionary = _patterns(language)
    if dictionary is None:
        return ()
    places = dictionary.positions(word)
    return tuple(at for at in places if rules.before <= at <= len(word) - rules.after)


@lru_cache(maxsize=32)
def _patterns(language: str) -> Any:
    """The hyphenation patterns of a language; None where there are none."""
    # Imported here: reading patterns costs 50 ms, which a ragged brochure need not pay.
    import pyphen

    found = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=found) if found else None
