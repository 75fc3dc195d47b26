"""Check terms, words that are not translated, and spelling, in the source and in all translations.

All findings are warnings: none of them stops a build. The same fault in several messages is one finding with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.l10n.catalogue import Translation
from brochure.l10n.glossary import Concept, Glossary, Term, TermStatus, is_unspaced, is_used
from brochure.l10n.glossary_files import read_glossary
from brochure.l10n.language_tags import is_compatible
from brochure.l10n.message_words import read_words, split_words
from brochure.l10n.office import load_office
from brochure.l10n.project_editions import EditionName
from brochure.l10n.translations import Readiness, ResolvedMessage, Translations
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.translation.spelling import (
    check_words,
    describe_keys,
    list_words,
    read_accepted_words,
    split_names,
)
from brochure.translation.workspace import Workspace

Fault = tuple[str, str, str]
"""The code of a fault, its message and its hint; the messages that have it are counted."""


@dataclass(frozen=True, slots=True)
class CheckedMessage:
    """A message in a language, with the source text that it translates; `source` is empty if it is not a translation."""

    key: str
    span: Span
    paragraphs: tuple[str, ...]
    source: tuple[str, ...]
    source_text: str


@dataclass(frozen=True, slots=True)
class LanguageCheck:
    """The findings of one language."""

    language: str
    messages: int
    findings: tuple[Finding, ...]


def load_glossary(project: Project, layout: Layout, given: tuple[bytes, str] | None) -> Glossary:
    """Return the given glossary (its data and label), else the layout's; an empty one if there is none.

    Raises:
        InputError: The glossary cannot be read, or has no terms in the source language.
    """
    name = layout.terms.glossary
    if given is None and name is None:
        return Glossary("")
    if given is None and name is not None:
        try:
            given = project.read(name), project.label(name)
        except FileNotFoundError:
            message = f"the glossary '{name}' does not exist"
            hint = "write its path from the project folder, such as terms.csv"
            raise InputError([Finding("glossary-missing", message, layout.span, hint)]) from None
    assert given, "the file was read"
    glossary = read_glossary(*given)
    tag = layout.source_language
    if not any(concept.in_language(tag) for concept in glossary.concepts):
        message = f"the glossary has no terms in the source language '{tag}'"
        hint = f"add a column or language section '{tag}'"
        raise InputError([Finding("glossary-language", message, Span(given[1]), hint)])
    return glossary


def check_texts(
    workspace: Workspace, names: Sequence[EditionName], glossary: Glossary
) -> Iterator[LanguageCheck]:
    """Yield the findings of each language of the editions.

    Raises:
        InputError: A catalogue or the file of an office has errors.
    """
    for name in names:
        if not name.language:  # its file could not be read
            load_office(workspace.project, name.office)
    languages = dict.fromkeys(name.language for name in names if name.language)
    for language in languages:
        offices = [name.office for name in names if name.language == language]
        messages = list(_collect_messages(workspace, language, offices))
        findings = (
            *_check_terms(messages, language, glossary, workspace.layout),
            *_check_spelling(messages, language, glossary, workspace),
        )
        yield LanguageCheck(language, len(messages), findings)


def find_term_problems(
    key: str, source: Span, texts: tuple[str, str], language: str, checks: tuple[Glossary, Layout]
) -> Iterator[Finding]:
    """Yield what `check_texts` says about the terms and names of one translation.

    Args:
        key: The key of the message.
        source: The place of its source.
        texts: Its source text and its translation.
        language: The language of the translation.
        checks: The glossary, and the layout with the words that are not translated.
    """
    glossary, layout = checks
    original, text = texts
    words = read_words(original, layout.source_language)
    one = CheckedMessage(key, source, read_words(text, language), words, original)
    faults = (
        *_find_term_faults(one, language, glossary, layout.source_language),
        *_find_changed_names(one, language, layout),
    )
    for code, message, hint in dict.fromkeys(faults):
        yield Finding(code, message, None, hint, Severity.WARNING)


def _collect_messages(
    workspace: Workspace, language: str, offices: Iterable[str]
) -> Iterator[CheckedMessage]:
    """Yield all translated messages of a language once, with those of its offices."""
    seen: set[tuple[Span, str]] = set()
    for office in ("", *offices):
        translations = Translations.load(
            workspace.project, workspace.layout, language, office or None
        )
        for key, texts in translations.messages.items():
            chosen = texts[-1]
            if (chosen.span, key) not in seen and _is_checked(chosen):
                seen.add((chosen.span, key))
                yield _read_message(key, chosen, translations)


def _is_checked(chosen: ResolvedMessage) -> bool:
    is_ready = chosen.readiness is Readiness.READY and chosen.layer.is_in_language
    return is_ready and bool(chosen.text.strip())


def _read_message(key: str, chosen: ResolvedMessage, translations: Translations) -> CheckedMessage:
    entry, tag = chosen.layer.entries[key], translations.source.language
    own = translations.office.copy.get(tag) if translations.office else None
    if isinstance(entry, Translation):
        source = entry.source
    elif own and key in own.entries and not is_compatible(tag, translations.language):
        source = own.entries[key].text
    else:
        source = translations.translated_text(key) or ""
    return CheckedMessage(
        key,
        chosen.span,
        read_words(chosen.text, translations.language),
        read_words(source, tag) if source else (),
        source,
    )


# Terms


def _check_terms(
    messages: Sequence[CheckedMessage], language: str, glossary: Glossary, layout: Layout
) -> Iterator[Finding]:
    """Yield a finding for each term, and for each word that is not translated, that is not used as it should be."""
    found: dict[Fault, list[CheckedMessage]] = {}
    for one in messages:
        faults = (
            *_find_term_faults(one, language, glossary, layout.source_language),
            *_find_changed_names(one, language, layout),
        )
        for fault in dict.fromkeys(faults):
            found.setdefault(fault, []).append(one)
    for (code, message, hint), places in found.items():
        where = describe_keys(one.key for one in places)
        span = places[0].span
        yield Finding(code, f"{where}: {message}", span, hint, Severity.WARNING, count=len(places))


def _find_term_faults(
    one: CheckedMessage, language: str, glossary: Glossary, source_language: str
) -> Iterator[Fault]:
    if not glossary.concepts:
        return
    if not one.source:
        for text in one.paragraphs:
            for term, concept in glossary.find(text, language):
                if term.status is TermStatus.DEPRECATED:
                    yield _report_deprecated(term, concept, language)
        return
    for text in one.source:
        for term, concept in glossary.find(text, source_language):
            yield from _check_translated(term, concept, one, language)


def _check_translated(
    term: Term, concept: Concept, one: CheckedMessage, language: str
) -> Iterator[Fault]:
    """Yield a fault if no term of the translation's language, or a deprecated one, is used for a term of the source."""
    terms = concept.in_language(language)
    allowed = [other for other in terms if other.status is not TermStatus.DEPRECATED]
    if any(is_used(other, one.paragraphs, language) for other in allowed):
        return
    for other in terms:
        if other.status is TermStatus.DEPRECATED and is_used(other, one.paragraphs, language):
            yield _report_deprecated(other, concept, language)
            return
    if allowed:
        choices = " or ".join(f"'{other.text}'" for other in allowed)
        message = f"the term '{term.text}' is not translated as {choices}"
        yield "term-missing", message, f"see {allowed[0].span.file}:{allowed[0].span.line}"


def _report_deprecated(term: Term, concept: Concept, language: str) -> Fault:
    terms = concept.in_language(language)
    better = [f"'{one.text}'" for one in terms if one.status is not TermStatus.DEPRECATED]
    message = f"the term '{term.text}' must not be used"
    place = f"see {term.span.file}:{term.span.line}"
    hint = f"write {' or '.join(better)}; {place}" if better else place
    return "term-deprecated", message, hint


def _find_changed_names(one: CheckedMessage, language: str, layout: Layout) -> Iterator[Fault]:
    for name in layout.terms.do_not_translate:
        if any(_has_name(name, text, layout.source_language) for text in one.source) and not any(
            name in text for text in one.paragraphs
        ):
            message = f"'{name}' is not in the translation"
            yield "term-translated", message, f"write '{name}' as the source does"


def _has_name(name: str, text: str, language: str) -> bool:
    """Return True if a text has a name as whole words, with the same capitals."""
    if name not in text:
        return False
    wanted = [word for group in split_words(name) for word in group]
    if is_unspaced(language) or not wanted:
        return True
    words = [word for group in split_words(text) for word in group]
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


# Spelling


def _check_spelling(
    messages: Sequence[CheckedMessage], language: str, glossary: Glossary, workspace: Workspace
) -> Iterator[Finding]:
    terms = (
        term.text
        for concept in glossary.concepts
        for term in concept.terms
        if is_compatible(term.language, language) or not term.text.islower()
    )
    names = (*workspace.layout.terms.do_not_translate, *terms)
    accepted = read_accepted_words(workspace.project, language) | frozenset(split_names(names))
    places: dict[str, list[tuple[str, Span]]] = {}
    for one in messages:
        for word in dict.fromkeys(list_words(one.paragraphs, accepted, " ".join(one.source))):
            places.setdefault(word, []).append((one.key, one.span))
    return check_words(places, language)
