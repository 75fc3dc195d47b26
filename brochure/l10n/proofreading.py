"""Proofread translations: find errors that a program can detect by comparing a message's source and target.

Checked are placeholders, ICU syntax, plural forms, markup, invisible and bidirectional control characters, spaces and
paragraphs. Callers add the file and line.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, nearest
from brochure.l10n.foreign_markup import find_foreign_markup
from brochure.l10n.inline_markup import MARKED, parse_markup
from brochure.l10n.message_format import find_arguments, format_message, is_page_number
from brochure.l10n.number_format import Fact, MessageProblem
from brochure.l10n.plural_forms import find_plural_problems
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.style import Position

EMBEDDINGS = frozenset("\u202a\u202b\u202c\u202d\u202e")
ISOLATES, CLOSING = frozenset("\u2066\u2067\u2068"), "\u2069"
DIRECTION_MARKS = frozenset("\u200e\u200f\u061c")
PLAIN_CONTROLS = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class TranslationProblem:
    """An error in a translation, and how to fix it."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def find_problems(
    source: str, text: str, facts: Mapping[str, Fact], language: str, *, literal: bool = False
) -> Iterator[TranslationProblem]:
    """Yield the detectable errors in the translation of a message.

    Args:
        source: The source text.
        text: The target text.
        facts: The values of the variables, by name.
        language: The target language.
        literal: The message is for programs and has no markup.
    """
    yield from _check_placeholders(source, text, facts)
    yield from _check_format(text, facts, language)
    if not literal:
        yield from _check_markup(source, text)
    yield from find_character_problems(text, language)
    yield from _check_spaces(source, text)


@lru_cache(maxsize=4096)  # most messages are the same in many editions
def find_broken(
    source: str, text: str, language: str, *, literal: bool = False
) -> tuple[TranslationProblem, ...]:
    """Return the errors that formatting and parsing a translation do not find.

    They are lost values and marks, and characters that cannot be printed. A literal message has no marks.
    """
    used = find_arguments(text) if "{" in source else ()
    found = [
        *(_report_missing(name) for name in find_arguments(source) if name not in used),
        *(() if literal else _compare_marks(source, text)),
        *find_character_problems(text, language),
    ]
    return tuple(problem for problem in found if problem.severity is Severity.ERROR)


def _report_missing(name: str) -> TranslationProblem:
    message = f"the placeholder {{{name}}} of the source is missing"
    hint = f"insert {{{name}}} where the value belongs"
    return TranslationProblem("placeholder-missing", message, hint)


# Placeholders


def _check_placeholders(
    source: str, text: str, facts: Mapping[str, Fact]
) -> Iterator[TranslationProblem]:
    expected, used = find_arguments(source), find_arguments(text)
    for name in used:
        if name not in facts and not (is_page_number(name) and name in expected):
            message = f"unknown variable '{name}'"
            yield TranslationProblem(
                "placeholder-unknown", message, nearest(name, expected or facts)
            )
    for name in expected:
        if name not in used:
            yield _report_missing(name)
    for name in used:
        if name in facts and name not in expected:
            message = f"the placeholder {{{name}}} is not in the source"
            yield TranslationProblem("placeholder-extra", message, "", Severity.WARNING)


def _check_format(
    text: str, facts: Mapping[str, Fact], language: str
) -> Iterator[TranslationProblem]:
    used = find_arguments(text)
    facts = {**{name: "1" for name in used if is_page_number(name)}, **facts}
    if any(name not in facts for name in used):
        return
    try:
        format_message(text, facts, language)
    except MessageProblem as problem:
        yield TranslationProblem("message-form", problem.message, problem.hint)
        return
    for message, hint in find_plural_problems(text, facts, language):
        yield TranslationProblem("plural-forms", message, hint, Severity.WARNING)


# Markup


NAMES = {
    "strong": "**strong**",
    "emphasis": "*emphasis*",
    "link": "[link](…)",
    "superscript": "^superscript^",
}


def _check_markup(source: str, text: str) -> Iterator[TranslationProblem]:
    _, broken = parse_markup(text)
    for problem in broken:
        yield TranslationProblem("markup", problem.message, problem.hint)
    foreign = {problem.message for problem in find_foreign_markup(source)}
    for problem in find_foreign_markup(text):
        severity = Severity.WARNING if problem.message in foreign else Severity.ERROR
        yield TranslationProblem("markup-foreign", problem.message, problem.hint, severity)
    yield from _compare_marks(source, text)


def _compare_marks(source: str, text: str) -> Iterator[TranslationProblem]:
    if not (MARKED.search(source) or MARKED.search(text)):
        return
    expected, used = _count_marks(source), _count_marks(text)
    for name in sorted(expected.keys() | used.keys()):
        if name.startswith(NOTE) and expected[name] != used[name]:
            yield _report_note(name, expected[name], used[name])
            continue
        if expected[name] != used[name]:
            shown = NAMES.get(name, name)
            message = f"the source has {expected[name]} × {shown}, the translation {used[name]}"
            yield TranslationProblem("markup-differs", message, "mark the corresponding words")


NOTE = "[^"
"""Begins the mark of a note."""


def _report_note(name: str, expected: int, used: int) -> TranslationProblem:
    if not expected:
        message = f"the mark {name} of a note is not in the source"
        return TranslationProblem("note-mark-extra", message, "delete it")
    if not used:
        message = f"the mark {name} of a note of the source is missing"
        return TranslationProblem(
            "note-mark-missing", message, f"insert {name} where the note belongs"
        )
    message = f"the source has the mark {name} of a note {expected} ×, the translation {used} ×"
    return TranslationProblem("note-mark-differs", message, "write it as often as the source")


def _count_marks(text: str) -> Counter[str]:
    """Count the marks by kind. The targets of links may differ: a translation may link to a page in its language."""
    counts: Counter[str] = Counter()
    for paragraph in parse_markup(text)[0]:
        marks = [words.marks for words in paragraph]
        for before, here in zip([None, *marks[:-1]], marks, strict=True):
            counts["strong"] += here.strong and not (before and before.strong)
            counts["emphasis"] += here.emphasis and not (before and before.emphasis)
            if here.image:
                counts[f"![…]({here.image.path})"] += 1
            counts["superscript"] += here.position is Position.SUPERSCRIPT
            if here.note:
                counts[f"{NOTE}{here.note}]"] += 1
            if here.link and not (before and before.link == here.link):
                counts["link"] += 1
            if here.character and not (before and before.character == here.character):
                counts[f"{{.{here.character}}}"] += 1
    return counts


# Characters


def find_character_problems(text: str, language: str) -> Iterator[TranslationProblem]:
    """Yield a problem for each kind of control, unassigned or bidirectional formatting character."""
    for char in sorted(set(text)):
        if char in EMBEDDINGS:
            message = f"the text contains a {_name(char)}"
            yield TranslationProblem(
                "bidi-embedding", message, "delete it; text direction is detected automatically"
            )
        elif char in DIRECTION_MARKS and is_left_to_right(language):
            message = f"the text contains a {_name(char)}, which has no effect in this language"
            yield TranslationProblem("bidi-mark", message, "delete it", Severity.WARNING)
        elif _is_unprintable(char):
            message = f"the text contains a {_name(char)}, which cannot be printed"
            yield TranslationProblem(
                "control", message, "delete it; it probably came from copy and paste"
            )
    if not _has_balanced_isolates(text):
        message = "unbalanced direction isolates"
        yield TranslationProblem(
            "bidi-isolate", message, "close each U+2066, U+2067 or U+2068 with a U+2069"
        )


def _name(char: str) -> str:
    name = unicodedata.name(char, "control character").lower()
    return f"{name} (U+{ord(char):04X})"


def _is_unprintable(char: str) -> bool:
    if char in PLAIN_CONTROLS:
        return False
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") or char in "\ufeff\ufffd"


def _has_balanced_isolates(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in ISOLATES) - (char == CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _check_spaces(source: str, text: str) -> Iterator[TranslationProblem]:
    if text != text.strip() and source == source.strip():
        message = "the text begins or ends with a space or an empty line"
        yield TranslationProblem("space", message, "delete it", Severity.WARNING)
    expected, used = len(parse_markup(source)[0]), len(parse_markup(text)[0])
    if expected != used:
        message = f"the source has {expected} paragraphs, the translation {used}"
        hint = "separate paragraphs by an empty line"
        yield TranslationProblem("paragraphs", message, hint, Severity.WARNING)
