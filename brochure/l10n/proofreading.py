"""Proof-reading: what a program can see to be wrong in a translation.

Takes a message's source, its translation, the facts and the language; gives problems in a translator's own terms: a figure
left out or misspelt, marks that do not pair, characters that no one can see, an apostrophe that swallows a brace. The
catalogue's file and line are added by whoever asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, nearest
from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.message_format import Fact, MessageProblem, find_arguments, format_message
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.style import Position

APOSTROPHE = re.compile(r"(?<!')'(?=[{}])")
EMBEDDINGS = frozenset("\u202a\u202b\u202c\u202d\u202e")
ISOLATES, CLOSING = frozenset("\u2066\u2067\u2068"), "\u2069"
DIRECTION_MARKS = frozenset("\u200e\u200f\u061c")
PLAIN_CONTROLS = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class TranslationProblem:
    """One thing that is wrong with a translation, and what would be right."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def find_problems(
    source: str, text: str, facts: Mapping[str, Fact], language: str
) -> Iterator[TranslationProblem]:
    """Everything that can be seen to be wrong with the translation of a message."""
    yield from _apostrophes(text)
    yield from _placeholders(source, text, facts)
    yield from _form(text, facts, language)
    yield from _marks(source, text)
    yield from find_character_problems(text, language)
    yield from _spaces(source, text)


def _apostrophes(text: str) -> Iterator[TranslationProblem]:
    if APOSTROPHE.search(text):
        message = "the apostrophe before a brace turns the brace into a plain letter"
        yield TranslationProblem(
            "apostrophe", message, "write the curly apostrophe ’, or two straight ones ''"
        )


# Figures


def _placeholders(
    source: str, text: str, facts: Mapping[str, Fact]
) -> Iterator[TranslationProblem]:
    wanted, used = find_arguments(source), find_arguments(text)
    for name in used:
        if name not in facts:
            message = f"there is no fact '{name}'"
            yield TranslationProblem("placeholder-unknown", message, nearest(name, wanted or facts))
    for name in wanted:
        if name not in used:
            message = f"the fact {{{name}}} of the source is left out"
            yield TranslationProblem(
                "placeholder-missing", message, f"write {{{name}}} where the figure stands"
            )
    for name in used:
        if name in facts and name not in wanted:
            message = f"the fact {{{name}}} does not stand in the source"
            yield TranslationProblem("placeholder-extra", message, "", Severity.WARNING)


def _form(text: str, facts: Mapping[str, Fact], language: str) -> Iterator[TranslationProblem]:
    if any(name not in facts for name in find_arguments(text)):
        return
    try:
        format_message(text, facts, language)
    except MessageProblem as problem:
        yield TranslationProblem("message-form", problem.message, problem.hint)


# Marks


NAMES = {
    "strong": "**strong**",
    "emphasis": "*emphasis*",
    "link": "[link](…)",
    "superior": "^superior^",
}


def _marks(source: str, text: str) -> Iterator[TranslationProblem]:
    _, broken = parse_markup(text)
    for problem in broken:
        yield TranslationProblem("markup", problem.message, problem.hint)
    wanted, used = _counted(source), _counted(text)
    for name in sorted(wanted.keys() | used.keys()):
        if wanted[name] != used[name]:
            shown = NAMES.get(name, name)
            message = f"the source has {wanted[name]} × {shown}, the translation {used[name]}"
            yield TranslationProblem("markup-differs", message, "mark the words that mean the same")


def _counted(text: str) -> Counter[str]:
    """How often each mark is set; a link counts by where it leads."""
    found: Counter[str] = Counter()
    for paragraph in parse_markup(text)[0]:
        marks = [words.marks for words in paragraph]
        for before, here in zip([None, *marks[:-1]], marks, strict=True):
            found["strong"] += here.strong and not (before and before.strong)
            found["emphasis"] += here.emphasis and not (before and before.emphasis)
            found["superior"] += here.position is Position.SUPERSCRIPT
            if here.link and not (before and before.link == here.link):
                found[here.link] += 1
            if here.character and not (before and before.character == here.character):
                found[f"{{.{here.character}}}"] += 1
    return found


# Characters


def find_character_problems(text: str, language: str) -> Iterator[TranslationProblem]:
    """Characters that nobody sees, or that turn the direction of what stands around them."""
    for char in sorted(set(text)):
        if char in EMBEDDINGS:
            message = f"there is a {_name(char)} in it"
            yield TranslationProblem(
                "bidi-embedding", message, "take it out: text finds its direction itself"
            )
        elif char in DIRECTION_MARKS and is_left_to_right(language):
            message = f"there is a {_name(char)} in it, which means nothing here"
            yield TranslationProblem("bidi-mark", message, "take it out", Severity.WARNING)
        elif _never_printed(char):
            message = f"there is a {_name(char)} in it, which cannot be printed"
            yield TranslationProblem(
                "control", message, "take it out: it came along with a copy and paste"
            )
    if not _isolates_pair(text):
        message = "a direction isolate is opened and not closed, or closed and not opened"
        yield TranslationProblem(
            "bidi-isolate", message, "each U+2066, U+2067 or U+2068 has a U+2069"
        )


def _name(char: str) -> str:
    name = unicodedata.name(char, "control character").lower()
    return f"{name} (U+{ord(char):04X})"


def _never_printed(char: str) -> bool:
    if char in PLAIN_CONTROLS:
        return False
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") or char in "\ufeff\ufffd"


def _isolates_pair(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in ISOLATES) - (char == CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _spaces(source: str, text: str) -> Iterator[TranslationProblem]:
    if text != text.strip() and source == source.strip():
        message = "it begins or ends with a space or an empty line"
        yield TranslationProblem("space", message, "take it out", Severity.WARNING)
    wanted, used = len(parse_markup(source)[0]), len(parse_markup(text)[0])
    if wanted != used:
        message = f"the source has {wanted} paragraphs, the translation {used}"
        hint = "an empty line parts two paragraphs"
        yield TranslationProblem("paragraphs", message, hint, Severity.WARNING)
