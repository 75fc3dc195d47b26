"""Breaks that titles and headings should avoid: after an article or a preposition, and within a phrase.

The words are listed by language in `line_end_words.txt`. Japanese and Korean phrases are ICU's (CSS
Text 4, `word-break: auto-phrase`), Chinese words those of its dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from icu4py.breakers import LineBreaker, WordBreaker

from brochure.locales import fallback_locales, parse_locale
from brochure.typeset.line_breaks import LineBreak, offsets_of_units

WORDS_FILE = Path(__file__).with_name("line_end_words.txt")

AFTER_SHORT_WORD = 0.5
"""Cost of a line that ends in an article or preposition. A line that is one third shorter or longer
than the mean costs 0.1."""

PHRASE_PENALTY = 1000.0
"""Penalty of a break within a phrase: chosen only where the phrase is wider than the line."""

PHRASE_LOCALES = {"ja": "ja-u-lw-phrase", "ko": "ko-u-lw-phrase"}


def mark_weak_breaks(
    breaks: Iterable[LineBreak], text: str, language: str
) -> tuple[LineBreak, ...]:
    """Return the breaks with costs where a title should not be broken.

    A break after a short word is `weak`: it is avoided if that takes no more lines. A break within a
    phrase has a penalty, like one within a word.
    """
    words = _line_end_words(language)
    phrases = _phrase_ends(text, language)
    return tuple(_mark(brk, text, words, phrases) for brk in breaks)


def _mark(
    brk: LineBreak, text: str, words: frozenset[str], phrases: frozenset[int] | None
) -> LineBreak:
    if brk.forced:
        return brk
    if phrases is not None and brk.start not in phrases:
        return brk._replace(penalty=max(brk.penalty, PHRASE_PENALTY))
    has_space = brk.end < brk.start
    if words and has_space and _last_word(text, brk.end) in words:
        return brk._replace(weak=AFTER_SHORT_WORD)
    return brk


def _last_word(text: str, end: int) -> str:
    """Return the word that ends at an offset, in lower case; empty after punctuation."""
    start = end
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:end].lower()


def _phrase_ends(text: str, language: str) -> frozenset[int] | None:
    """Return the offsets between phrases (Chinese: words); None for languages with spaces between words."""
    code = parse_locale(language).language
    if code in PHRASE_LOCALES:
        found = [place for _, place in LineBreaker(text, PHRASE_LOCALES[code]).segments()]
    elif code == "zh":
        found = [place for _, place in WordBreaker(text, language).segments()]
    else:
        return None
    return frozenset(offsets_of_units(text, found))


@lru_cache(maxsize=64)
def _line_end_words(language: str) -> frozenset[str]:
    """Return the words that should not end a line, of a language or of its nearest fallback locale."""
    words = _read_words()
    return next((words[tag] for tag in fallback_locales(language) if tag in words), frozenset())


@lru_cache(maxsize=1)
def _read_words() -> Mapping[str, frozenset[str]]:
    return dict(_parse_words(WORDS_FILE.read_text(encoding="utf-8")))


def _parse_words(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            tag, _, words = line.partition(":")
            yield tag, frozenset(words.split())
