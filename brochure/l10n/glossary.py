"""A glossary: concepts with their terms in several languages, and how terms are found in texts.

Words are compared without regard to case, and inflected forms are accepted: endings of a few letters, in translations also other
last letters. In scripts without spaces between words, a term is found anywhere in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.language_tags import is_compatible
from brochure.l10n.message_words import split_words
from brochure.typeset.script_rules import rules_for_language


class TermStatus(Enum):
    """Whether a term may be used."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Term:
    """A term in one language."""

    text: str
    language: str
    span: Span
    status: TermStatus = TermStatus.PREFERRED


@dataclass(frozen=True)
class Concept:
    """All terms for one concept."""

    terms: tuple[Term, ...]

    def in_language(self, language: str) -> tuple[Term, ...]:
        """Return the terms of a language, or of another region of it."""
        return tuple(one for one in self.terms if is_compatible(one.language, language))


@dataclass(frozen=True)
class Glossary:
    """Concepts, and the file that they come from."""

    file: str
    concepts: tuple[Concept, ...] = ()

    @cached_property
    def _indexes(self) -> dict[str, Mapping[str, list[tuple[Term, Concept, list[str]]]]]:
        return {}

    def find(self, text: str, language: str) -> Iterator[tuple[Term, Concept]]:
        """Yield the terms of a language that a text contains; of overlapping ones, the longest.

        Args:
            text: The words of a paragraph.
            language: Its language.
        """
        index = self._index(language)
        if is_unspaced(language):
            yield from _find_substrings(text, (entry for each in index.values() for entry in each))
            return
        for words in split_words(text):
            folded, at = [fold(word) for word in words], 0
            while at < len(words):
                found = _longest_at(words, folded, at, index)
                if found:
                    yield found[0], found[1]
                at += len(found[2]) if found else 1

    def _index(self, language: str) -> Mapping[str, list[tuple[Term, Concept, list[str]]]]:
        """Return the terms of a language with their words, by the first two letters."""
        if language not in self._indexes:
            index: dict[str, list[tuple[Term, Concept, list[str]]]] = {}
            for concept in self.concepts:
                for term in concept.in_language(language):
                    words = [word for group in split_words(term.text) for word in group]
                    if words:
                        index.setdefault(fold(words[0])[:2], []).append((term, concept, words))
            self._indexes[language] = index
        return self._indexes[language]


def _longest_at(
    words: Sequence[str],
    folded: Sequence[str],
    at: int,
    index: Mapping[str, list[tuple[Term, Concept, list[str]]]],
) -> tuple[Term, Concept, list[str]] | None:
    candidates = [
        entry
        for entry in index.get(folded[at][:2], ())
        if at + len(entry[2]) <= len(words)
        and all(map(_is_form, entry[2], words[at : at + len(entry[2])]))
    ]
    return max(candidates, key=lambda entry: len(entry[2]), default=None)


def _find_substrings(
    text: str, entries: Iterable[tuple[Term, Concept, list[str]]]
) -> Iterator[tuple[Term, Concept]]:
    remaining = fold(text)
    for term, concept, _ in sorted(entries, key=lambda entry: -len(entry[0].text)):
        if fold(term.text) in remaining:
            remaining = remaining.replace(fold(term.text), "\n")
            yield term, concept


def is_unspaced(language: str) -> bool:
    """Return True if words of the language are written without spaces."""
    return rules_for_language(language).elasticity.is_unspaced


def fold(text: str) -> str:
    """Return a text without differences of case and of compatible characters."""
    return unicodedata.normalize("NFKC", text).casefold()


MAX_ENDING = 3
"""Letters that a form of a word may have more than the term."""
MIN_STEM = 4
"""Letters of a word that must be left before its last letter may differ."""


def _is_form(word: str, written: str) -> bool:
    """Return True if a written word is a form of a term's word: `case`, `cases`; `country`, `countries`.

    Abbreviations in capitals must be written as they are.
    """
    if len(word) > 1 and word.isupper():
        return written.rstrip("s") == word or written == word
    word, written = fold(word), fold(written)
    stem = word[:-1] if len(word) > MIN_STEM else word
    return written == word or (
        len(word) >= MAX_ENDING
        and written.startswith(stem)
        and len(written) - len(word) <= MAX_ENDING
    )


# Translations


def is_used(term: Term, paragraphs: Sequence[str], language: str) -> bool:
    """Return True if a translation contains a term, in any form that can be expected."""
    if is_unspaced(language):
        return any(fold(term.text) in fold(one) for one in paragraphs)
    wanted = [_stem(word) for group in split_words(term.text) for word in group]
    groups = (group for one in paragraphs for group in split_words(one))
    return any(_has_stems(wanted, [_strip_marks(word) for word in group]) for group in groups)


MAX_BETWEEN = 2
"""Other words that may be between the words of a term in a translation."""
MIN_INNER_STEM = 4
"""Letters of a stem that may also be inside a word, after a prefix or in a compound."""
MAX_PREFIX = 3
"""Letters of articles, prepositions and conjunctions that Arabic and Hebrew write together with a word."""


def _has_stems(stems: Sequence[str], words: Sequence[str]) -> bool:
    """Return True if forms of all words of a term follow each other closely, in any order."""
    for start in range(len(words)):
        near = words[start : start + len(stems) + MAX_BETWEEN]
        if near and all(any(_has_stem(stem, word) for word in near) for stem in stems):
            return True
    return False


def _has_stem(stem: str, word: str) -> bool:
    if word.startswith(stem) or (len(stem) >= MIN_INNER_STEM and stem in word):
        return True
    is_prefixed = "\u0590" <= word[:1] <= "\u08ff" and 0 < word.find(stem) <= MAX_PREFIX
    return len(stem) > 2 and is_prefixed


def _stem(word: str) -> str:
    """Return what all forms of a word can be expected to have: without its last letters, the more the longer it is."""
    plain = _strip_marks(word)
    length = len(plain)
    cut = 0 if length <= 3 else 1 if length <= 5 else 2 if length <= 8 else 3
    return plain[: length - cut]


def _strip_marks(word: str) -> str:
    """Return a word without case and accents, which differ between forms: Haus, Häuser."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
