"""Hyphenation patterns give the same results as pyphen, in every language that it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pyphen
import pytest

from brochure.typeset.hyphenation_patterns import (
    PATTERNS,
    find_dictionaries,
    find_hyphenation_points,
    load_patterns,
    parse_patterns,
)
from tests.quick import only

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (ROOT / "layouts" / "proven-model" / "content" / "en.yaml").read_text(encoding="utf-8")


def words_of(patterns: Iterable[str]) -> set[str]:
    """Words that match many patterns of a dictionary: the letters of its longest patterns, and ordinary words."""
    letters = [key.strip(".") for key in patterns]
    return {word for word in sorted(letters, key=len)[-400:] if word.isalpha()} | {
        word for word in SAMPLE.split() if word.isalpha()
    }


QUICK = ("de", "el", "en_US", "eo", "hu", "id", "pl", "pt_BR", "ru", "sr_Latn", "th")
"""Languages of each script, with changed letters (Hungarian) and with faulty lines (Esperanto, Indonesian)."""


def test_the_same_dictionaries_as_pyphen() -> None:
    assert find_dictionaries() == pyphen.LANGUAGES


@pytest.mark.parametrize("language", only(QUICK, sorted(pyphen.LANGUAGES)))
def test_the_same_places_as_pyphen(language: str) -> None:
    theirs = pyphen.Pyphen(lang=language, left=1, right=1)
    ours = load_patterns(language)
    assert ours is not None
    # Indonesian and Esperanto have lines with two consecutive digits, which have no meaning: implementations differ.
    faulty = [key for key, line in ours.by_letters.items() if re.search(r"\d\d", line)]
    different = {}
    for word in words_of(ours.by_letters):
        # pyphen's positions include spelling changes, if there are any: this program does not hyphenate there.
        plain = [int(at) for at in theirs.positions(word) if at.data is None and 0 < at < len(word)]
        got = [at for at in find_hyphenation_points(word, ours) if 0 < at < len(word)]
        if got != plain and not any(letters in f".{word.lower()}." for letters in faulty):
            different[word] = (got, plain)
    assert different == {}


@pytest.mark.parametrize(
    ("word", "language", "divided"),
    [
        ("hyphenation", "en-US", "hy-phen-ation"),
        ("Silbentrennung", "de", "Sil-ben-tren-nung"),
        ("asszony", "hu", "asszony"),  # asz-szony would insert a letter
    ],
)
def test_known_words(word: str, language: str, divided: str) -> None:
    known = load_patterns(language)
    assert known is not None
    cuts = [
        0,
        *(at for at in find_hyphenation_points(word, known) if 1 < at < len(word) - 1),
        len(word),
    ]
    parts = [word[start:end] for start, end in pairwise(cuts)]
    assert "-".join(parts) == divided


@pytest.mark.parametrize(
    ("language", "parent", "other"),
    [("pt-CH", "pt-PT", "pt-BR"), ("pt-AO", "pt-PT", "pt"), ("sr-ME", "sr-Latn", "sr")],
)
def test_a_language_has_the_patterns_of_the_one_that_it_falls_back_to(
    language: str, parent: str, other: str
) -> None:
    found = load_patterns(language)
    assert found
    for tag, is_same in ((parent, True), (other, False)):
        known = load_patterns(tag)
        assert known
        assert (found.by_letters == known.by_letters) is is_same


def test_a_language_without_patterns_has_none() -> None:
    assert load_patterns("xx") is None


def test_cached_patterns_are_read() -> None:
    first = load_patterns("de")
    assert first
    load_patterns.cache_clear()
    PATTERNS.recent.clear()
    kept = load_patterns("de")  # from the cache, which the first call has filled
    assert kept
    assert kept is not first
    path = Path(pyphen.LANGUAGES[pyphen.language_fallback("de")])
    read_now = parse_patterns(path.read_bytes())
    assert kept.by_letters == first.by_letters == read_now.by_letters
    assert kept.max_length == read_now.max_length


@pytest.mark.parametrize("language", ["hu", "ru", "uk", "el", "te", "mn"])
def test_patterns_of_every_script_survive_the_cache(language: str) -> None:
    patterns = parse_patterns(Path(pyphen.LANGUAGES[language]).read_bytes())
    assert patterns.by_letters
    kept = PATTERNS.kind.deserialize(PATTERNS.kind.serialize(patterns))
    assert (kept.by_letters, kept.max_length) == (patterns.by_letters, patterns.max_length)


def test_a_dictionary_without_patterns_survives_the_cache() -> None:
    kept = PATTERNS.kind.deserialize(PATTERNS.kind.serialize(parse_patterns(b"UTF-8\n% empty\n")))
    assert (kept.by_letters, kept.max_length) == ({}, 0)
