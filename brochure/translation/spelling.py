"""Spelling of the words of messages, by the Hunspell dictionaries of the machine.

Names of the project are accepted: terms of the glossary, words that are not translated, those of `words.txt`, and capitalized
words that a translation takes over from its source. Words with digits and short abbreviations in capitals are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brochure.findings import Finding, Severity, Span
from brochure.l10n.glossary import fold
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.message_words import find_joined_words, split_words
from brochure.locales import parse_locale, region_of_locale
from brochure.project import Project
from brochure.system.hunspell import find_misspelled, is_available, list_dictionaries

MAX_ABBREVIATION = 4
"""Letters of a word in capitals that is not checked, such as WHO."""


def read_accepted_words(project: Project, language: str) -> frozenset[str]:
    """Return the words of `words.txt` and of `words.LANG.txt`: one a line; `#` begins a comment."""
    names = ("words.txt", *(f"words.{tag}.txt" for tag in fallback_chain(language)))
    return frozenset(word for name in names for word in _read_words(project, name))


def _read_words(project: Project, name: str) -> Iterator[str]:
    try:
        text = project.read(name).decode("utf-8-sig", "replace")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        yield from split_names([line.partition("#")[0]])


def split_names(names: Iterable[str]) -> Iterator[str]:
    """Yield names and their words, folded, as they are compared with the words of messages."""
    for name in names:
        for group in split_words(name):
            yield from map(fold, group)
        yield from map(fold, find_joined_words(name))


def find_dictionary(language: str) -> str | None:
    """Return the name of the dictionary for a language: of its region, else of the language, else of another region."""
    installed = list_dictionaries()
    base = parse_locale(language).language
    preferred = [f"{base}_{region_of_locale(language)}", base, f"{base}_{region_of_locale(base)}"]
    others = sorted(name for name in installed if name.partition("_")[0] == base)
    return next((name for name in (*preferred, *others) if name in installed), None)


def report_unchecked(language: str) -> Finding:
    """Return a note that says why the spelling of a language is not checked."""
    if not is_available():
        message = "spelling was not checked: the program 'hunspell' is not installed"
        hint = "install it with dictionaries, such as the packages hunspell and hunspell-fr"
    else:
        message = f"the spelling of '{language}' was not checked: no Hunspell dictionary for it is installed"
        hint = f"install one, such as the package hunspell-{parse_locale(language).language}"
    return Finding("dictionary-missing", message, None, hint, Severity.NOTE)


def list_words(paragraphs: Iterable[str], accepted: frozenset[str], source: str) -> Iterator[str]:
    """Yield the words of a message whose spelling is checked.

    Args:
        paragraphs: The words of the message.
        accepted: Words that are right, folded.
        source: The source text, whose names a translation may take over; empty for copy that is not a translation.
    """
    names = {word for word in find_joined_words(source) if not word.islower()}
    for word in (one for text in paragraphs for one in find_joined_words(text)):
        is_short = len(word) <= MAX_ABBREVIATION and word.isupper()
        if any(char.isdigit() for char in word) or is_short or word in names or len(word) == 1:
            continue
        if not _is_accepted(word, accepted):
            yield word


def _is_accepted(word: str, accepted: frozenset[str]) -> bool:
    """Return True if a word, or each of its parts between hyphens and apostrophes that is long, is accepted."""
    if fold(word) in accepted:
        return True
    parts = [fold(part) for group in split_words(word) for part in group]
    long = [part for part in parts if len(part) > 2] if len(parts) > 1 else []
    return bool(long) and all(part in accepted for part in long)


def check_words(places: Mapping[str, list[tuple[str, Span]]], language: str) -> Iterator[Finding]:
    """Yield a finding for each misspelled word, with the number of messages that it is in.

    Args:
        places: The key and place of each message that has a word, by word.
        language: The language, whose dictionary is used if there is one.
    """
    name = find_dictionary(language)
    if not places:
        return
    found = find_misspelled(sorted(places), list_dictionaries()[name]) if name else None
    if name is None or found is None:
        yield report_unchecked(language)
        return
    for word, suggestions in found.items():
        keys = [key for key, _ in places[word]]
        where = describe_keys(keys)
        message = f"{where}: '{word}' is not in the dictionary '{name}'"
        advice = "add it to words.txt if it is right"
        hint = f"did you mean '{suggestions[0]}'? Or {advice}" if suggestions else advice
        span = places[word][0][1]
        yield Finding("spelling", message, span, hint, Severity.WARNING, count=len(keys))


MAX_LISTED = 3


def describe_keys(keys: Iterable[str]) -> str:
    """Return the messages that a finding is about: `message 'a'`, or `4 messages ('a', 'b', 'c', …)`."""
    unique = list(dict.fromkeys(keys))
    if len(unique) == 1:
        return f"message '{unique[0]}'"
    some = ", ".join(f"'{key}'" for key in unique[:MAX_LISTED])
    return f"{len(unique)} messages ({some}{', …' if len(unique) > MAX_LISTED else ''})"
