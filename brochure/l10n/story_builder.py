"""Stories made of messages: facts put in, marks read, the language's own typography applied.

Takes a message's key and what every layer says of it; gives the `Story` that is set, in the words of the layer that speaks
last. What is wrong with a message is said with its place in the copy or the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, nearest
from brochure.l10n.fallback import Layers, Readiness, ResolvedMessage
from brochure.l10n.inline_markup import MarkupProblem, parse_markup
from brochure.l10n.language_tags import is_compatible
from brochure.l10n.message_format import Fact, MessageProblem, format_message
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.l10n.story import Story, Words
from brochure.spec.values import Message
from brochure.typeset.smart_punctuation import apply_typography


@dataclass(frozen=True, slots=True)
class StoryContext:
    """What messages are made stories with: the layers, the facts, the locale of figures, and what was found wrong."""

    layers: Layers
    facts: Mapping[str, Fact]
    locale: str
    found: list[Finding]


def build_story(ref: Message, telling: StoryContext) -> Story:
    """The message as a story; an empty one where nobody says it."""
    layers, found = telling.layers, telling.found
    said = layers.last(ref.key)
    if said is None:
        source = layers.source
        message = f"message '{ref.key}' is not in {source.file}"
        hint = nearest(ref.key, source.entries)
        found.append(Finding("message-missing", message, ref.span, hint))
        return Story(ref.key, ((),), ref.span, layers.language)
    turned = OVERRIDES.search(said.text)
    if turned and said.language not in PSEUDOLOCALES:  # a pseudo-edition turns all its words round
        message = (
            f"message '{ref.key}': there is a control character U+{ord(turned[0]):04X} in this text"
        )
        found.append(
            Finding("markup", message, said.span, "take it out: what follows it reads otherwise")
        )
    text = _filled(said, ref, telling)
    # French copy in a Canadian edition is spaced as Canada does it.
    habits = layers.language if _serves(said, telling) else said.language
    set_text, problems = _told(text, habits)
    for problem in problems:
        message = f"message '{ref.key}': {problem.message}"
        found.append(Finding("markup", message, said.span, problem.hint))
    found.extend(_led_astray(ref.key, said, layers))
    ready = layers.readiness(ref.key) is Readiness.READY
    return Story(
        ref.key, set_text, said.span, said.language if not ready else layers.language, ready
    )


OVERRIDES = re.compile("[\u202d\u202e]")
"""What turns letters round, whatever their script: nothing that is read by people needs it."""

TARGET = re.compile(r"\]\(\s*<?((?:https?://|mailto:|tel:)[^/?#)>\s]*)", re.IGNORECASE)
"""What a link leads to, up to the end of the host's name."""


def _led_astray(key: str, said: ResolvedMessage, layers: Layers) -> Iterator[Finding]:
    """Links of a translation to where no link of the source leads; an office's own words may lead where they like."""
    source = layers.source.entries.get(key)
    if (
        source is None
        or said.layer == "source"
        or said.layer.startswith("office ")
        or "](" not in said.text
    ):
        return
    meant = [target.casefold() for target in TARGET.findall(source.text)]
    for target in TARGET.findall(said.text):
        if target.casefold() not in meant:
            where = f"'{meant[0]}'" if meant else "nowhere"
            message = f"message '{key}': the translation leads to '{target}', its source to {where}"
            hint = "ask the translator whether that is meant"
            yield Finding("link-changed", message, said.span, hint, Severity.WARNING)


@lru_cache(maxsize=4096)  # most messages are told alike in edition after edition
def _told(
    text: str, habits: str
) -> tuple[tuple[tuple[Words, ...], ...], tuple[MarkupProblem, ...]]:
    """The paragraphs of a text with its marks read, set out as a language does, and what is wrong with its marks."""
    paragraphs, problems = parse_markup(text)
    return tuple(_typographic(paragraph, habits) for paragraph in paragraphs), problems


def _filled(said: ResolvedMessage, ref: Message, telling: StoryContext) -> str:
    locale = telling.locale if _serves(said, telling) else said.language
    try:
        return format_message(said.text, telling.facts, locale)
    except MessageProblem as problem:
        message = f"message '{ref.key}': {problem.message}"
        telling.found.append(Finding("message-form", message, said.span, problem.hint))
        return ""


def _serves(said: ResolvedMessage, telling: StoryContext) -> bool:
    """Whether a message is written in the edition's language, or in one that stands for it."""
    return is_compatible(said.language, telling.layers.language)


def _typographic(paragraph: tuple[Words, ...], language: str) -> tuple[Words, ...]:
    """House style over the whole paragraph, since quotation marks look across the marks of the writer."""
    before = "".join(words.text for words in paragraph)
    after = apply_typography(before, language)
    if after == before:
        return paragraph
    result, at = [], 0
    for words in paragraph:
        end = at
        for char in words.text:
            end = _past(after, end, char)
        result.append(Words(after[at:end], words.marks))
        at = end
    result[-1] = Words(result[-1].text + after[at:], result[-1].marks)
    return tuple(result)


NO_BREAK_SPACES = "\u00a0\u202f"


def _past(after: str, at: int, char: str) -> int:
    """The place behind `char` in the text after house style, which may have put spaces before it."""
    while at < len(after) and after[at] in NO_BREAK_SPACES and not char.isspace():
        at += 1
    return at + 1
