"""Build stories from messages: resolve, format, parse the markup and apply the language's typography.

Errors in a message are reported with its place in the copy or catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, nearest
from brochure.l10n.foreign_markup import find_foreign_markup
from brochure.l10n.inline_markup import MarkupProblem, parse_markup
from brochure.l10n.message_format import (
    OWN_NUMBER,
    OWN_PAGE,
    PAGE,
    find_arguments,
    find_large_percentages,
    format_message,
)
from brochure.l10n.message_limits import find_excess
from brochure.l10n.notes import find_marks, find_note, is_note, report_unknown_note
from brochure.l10n.number_format import Fact, MessageProblem
from brochure.l10n.plural_forms import find_plural_problems
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.l10n.record_slots import find_slot, select_slot
from brochure.l10n.record_values import PlainText
from brochure.l10n.story import Story, Words
from brochure.l10n.translations import Readiness, ResolvedMessage, Translations
from brochure.lazy_pattern import compile_lazily
from brochure.spec.values import FolioMessage, LiteralMessage, Message
from brochure.typeset.smart_punctuation import edit_typography
from brochure.typeset.style import OBJECT


@dataclass(frozen=True, slots=True)
class StoryContext:
    """What building a story needs: the translations, the variables, and a list that receives findings.

    `language` is that of texts which are in another language than the edition, whose punctuation and numbers they have.
    """

    translations: Translations
    facts: Mapping[str, Fact]
    findings: list[Finding]
    language: str | None = None


def build_row_story(ref: Message, context: StoryContext) -> Story:
    """Return a message that is repeated for a row of a table as a story with the values of the row."""
    facts: dict[str, Fact] = dict(context.facts)
    slot = find_slot(ref.row)
    if slot is not None:
        facts |= select_slot(context.facts, slot)
    for name, cell in ref.row:
        value = cell.value
        if isinstance(value, Message):
            value = PlainText(build_story(value, context).text)
        facts[name] = value
    return build_story(ref, replace(context, facts=facts))


def build_story(ref: Message, context: StoryContext) -> Story:
    """Return the message as a story; empty, with a finding, if the message does not exist."""
    translations, findings = context.translations, context.findings
    resolved = translations.choose(ref.key)
    if resolved is None:
        source = translations.source
        message = f"message '{ref.key}' is not in {source.file}"
        hint = nearest(ref.key, source.entries, len(findings))
        findings.append(Finding("message-missing", message, ref.span, hint))
        return Story(ref.key, ((),), ref.span, translations.language)
    override = None if resolved.text.isascii() else OVERRIDES.search(resolved.text)
    # Pseudolocales override the direction on purpose.
    if override and resolved.layer.language not in PSEUDOLOCALES:
        message = (
            f"message '{ref.key}': the text contains the control character U+{ord(override[0]):04X}"
        )
        findings.append(
            Finding(
                "markup", message, resolved.span, "delete it; it reverses the text that follows"
            )
        )
    text, literal = _format(resolved, ref, context)
    ready = resolved.readiness is Readiness.READY
    if isinstance(ref, LiteralMessage):
        words = ((Words(literal),),)
        span, language = resolved.span, translations.language
        return Story(
            ref.key,
            words,
            span,
            language,
            ready,
            literal,
            is_literal=True,
            pages=_pages(resolved.text),
        )
    in_edition = translations.language if resolved.layer.is_in_language else resolved.layer.language
    paragraphs, problems = _parse(text, context.language or in_edition)
    for problem in problems:
        message = f"message '{ref.key}': {problem.message}"
        findings.append(Finding("markup", message, resolved.span, problem.hint))
    for problem in find_foreign_markup(resolved.text):
        message = f"message '{ref.key}': {problem.message}"
        findings.append(
            Finding("markup-foreign", message, resolved.span, problem.hint, Severity.WARNING)
        )
    findings.extend(_check_links(ref.key, resolved, translations))
    return Story(
        ref.key,
        paragraphs,
        resolved.span,
        resolved.layer.language if not ready else translations.language,
        ready,
        literal,
        pages=_pages(resolved.text),
        notes=tuple(_find_notes(ref, paragraphs, resolved, context)),
    )


def _find_notes(
    ref: Message,
    paragraphs: tuple[tuple[Words, ...], ...],
    resolved: ResolvedMessage,
    context: StoryContext,
) -> Iterator[tuple[str, Message]]:
    """Yield the name and the message of each note that is marked in a text."""
    messages = context.translations.messages
    for name in find_marks(paragraphs):
        key = find_note(name, ref.key, messages)
        if is_note(ref.key) and key is not None:
            message = f"message '{ref.key}': the words of a note have the mark [^{name}]; a note has no notes"
            hint = "write it in the text that the note belongs to"
            context.findings.append(Finding("note-nested", message, resolved.span, hint))
        elif key is None:
            known = context.translations.source.entries
            context.findings.append(report_unknown_note(ref.key, name, resolved.span, known))
        elif not messages[key][-1].text.strip():
            message = f"message '{ref.key}': the note '{key}' has no words"
            hint = f"write them, or delete the mark [^{name}]"
            context.findings.append(Finding("note-unknown", message, messages[key][-1].span, hint))
        else:
            yield name, Message(key, ref.span, ref.row)


def _pages(text: str) -> tuple[str, ...]:
    """Return the page numbers that a message shows, by their names in the copy."""
    if "{" not in text or PAGE not in text:
        return ()
    return tuple(name for name in find_arguments(text) if name.startswith(PAGE))


OVERRIDES = compile_lazily("[\u202d\u202e]")
"""Direction override characters, which reverse text of any script; no message needs them."""

TARGET = compile_lazily(r"\]\(\s*<?((?:https?://|mailto:|tel:)[^/?#)>\s]*)", re.IGNORECASE)
"""The target of a link up to the end of the host name."""


def _check_links(
    key: str, resolved: ResolvedMessage, translations: Translations
) -> Iterator[Finding]:
    """Yield a warning for each link of a translation to a host that the source does not link to; offices may link anywhere."""
    source = translations.source.entries.get(key)
    if (
        source is None
        or resolved.layer.name == "source"
        or resolved.layer.name.startswith("office ")
        or "](" not in resolved.text
    ):
        return
    expected = [target.casefold() for target in TARGET.findall(source.text)]
    for target in TARGET.findall(resolved.text):
        if target.casefold() not in expected:
            where = f"the source to '{expected[0]}'" if expected else "the source has no link"
            message = f"message '{key}': the translation links to '{target}', {where}"
            hint = "ask the translator whether this is intended"
            yield Finding("link-changed", message, resolved.span, hint, Severity.WARNING)


@lru_cache(maxsize=4096)  # most messages are the same in many editions
def _parse(
    text: str, language: str
) -> tuple[tuple[tuple[Words, ...], ...], tuple[MarkupProblem, ...]]:
    """Return the paragraphs of a text, with its markup parsed and the language's typography applied, and markup errors."""
    paragraphs, problems = parse_markup(text)
    return tuple(_apply_typography(paragraph, language) for paragraph in paragraphs), problems


def _format(resolved: ResolvedMessage, ref: Message, context: StoryContext) -> tuple[str, str]:
    """Return the formatted message twice: with escaped values, and with the values as they are for programs."""
    layer = resolved.layer
    in_edition = context.translations.locale if layer.is_in_language else layer.language
    locale = context.language or in_edition
    context.findings.extend(_check_numbers(resolved, ref.key, locale, context.facts))
    facts = context.facts
    if isinstance(ref, FolioMessage):
        facts = {OWN_PAGE: OWN_NUMBER, **facts}
    try:
        text = format_message(resolved.text, facts, locale)
        excess = find_excess(text)
        if excess:
            raise MessageProblem(*excess)
        literal = text
        if text != resolved.text:
            literal = format_message(resolved.text, facts, locale, literal=True)
    except MessageProblem as problem:
        message = f"message '{ref.key}': {problem.message}"
        context.findings.append(Finding("message-form", message, resolved.span, problem.hint))
        return "", ""
    return text, literal.strip()


def _check_numbers(
    resolved: ResolvedMessage, key: str, locale: str, facts: Mapping[str, Fact]
) -> Iterator[Finding]:
    """Yield warnings about percentages above 100, and plural forms that the language needs."""
    # Pseudolocales have the plural forms of the source.
    pattern = "" if resolved.layer.language in PSEUDOLOCALES else resolved.text
    for code, problems in (
        ("percent-large", find_large_percentages(resolved.text, facts)),
        ("plural-forms", find_plural_problems(pattern, facts, locale)),
    ):
        for message, hint in problems:
            words = f"message '{key}': {message}"
            yield Finding(code, words, resolved.span, hint, Severity.WARNING)


def _apply_typography(paragraph: tuple[Words, ...], language: str) -> tuple[Words, ...]:
    """Apply smart punctuation to the whole paragraph, since quotation marks may pair across runs."""
    cuts = tuple(accumulate(len(words.text) for words in paragraph))
    edited = edit_typography("".join(words.text for words in paragraph), language, cuts)
    if edited.origins is None:
        return paragraph
    ends = [edited.find_cut(cut) for cut in cuts]
    pieces = (
        Words(edited.text[start:end], words.marks)
        for words, start, end in zip(paragraph, (0, *ends), ends, strict=False)
    )
    return tuple(part for piece in pieces for part in _split_at_image(piece))


def _split_at_image(words: Words) -> Iterator[Words]:
    """Yield a run; what typography added to the character of a picture is a run of its own."""
    if words.marks.image is None or words.text == OBJECT:
        yield words
        return
    plain = replace(words.marks, image=None)
    before, image, after = words.text.partition(OBJECT)
    for text, marks in ((before, plain), (image, words.marks), (after, plain)):
        if text:
            yield Words(text, marks)
