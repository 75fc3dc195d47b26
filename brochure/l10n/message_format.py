"""Messages with facts in them: ICU MessageFormat, formatted for a language.

Takes a pattern such as `more than {rescued} people`, the facts and a language; gives the words, with figures in the
language's own form and plurals chosen by its rules. Stands between the copy as written and its markup. Facts that are
text are escaped, so that no fact can bring markup along; a record's values more so, by what they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum

from brochure.fast_dataclass import dataclass
from brochure.findings import nearest
from brochure.l10n.record_values import escape_value, is_field

Fact = int | float | str

ARGUMENT = re.compile(r"\s*([^\s,{}]*)\s*(?:,\s*(\w+))?")
QUOTATION = re.compile(r"''|'[{}](?:[^']|'')*'?|'")
FACT = re.compile(r"[A-Za-z_][\w.-]*")
CHOOSING = ("plural", "selectordinal", "select")
"""The kinds of argument whose braces hold words to choose from; those of the others are style."""

ATTRIBUTES = re.compile(r"(?<=\])\{((?:\.|lang=)[^{}']*)\}")
SPECIAL = re.compile(r"([*\[\]\\^~_&])")


class MessageProblem(Exception):
    """A pattern that cannot be formatted; the text says why and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def format_message(pattern: str, facts: Mapping[str, Fact], language: str) -> str:
    """The pattern with its facts in place; raises MessageProblem where a fact or a brace is missing."""
    if "{" not in pattern and "}" not in pattern:
        return pattern
    # The braces of `[words]{.character-style}` are markup and come back as they were.
    pattern = ATTRIBUTES.sub(r"'{'\1'}'", pattern)
    places = tuple(_places(pattern))
    used = tuple(dict.fromkeys(place.name for place in places))
    for name in used:
        if not FACT.fullmatch(name):
            raise MessageProblem(
                f"'{{{name}}}' names no fact", "write {name}, or '{' for a brace itself"
            )
        if name not in facts:
            raise MessageProblem(f"there is no fact '{name}'", nearest(name, facts))
    named, values = _with_fields(pattern, places, facts, language)
    # Imported here, so that a brochure without a figure in its words does not load the formatter.
    from icu4py.messageformat import MessageFormat

    try:
        return MessageFormat(named, language).format({**values})
    except (ValueError, RuntimeError) as failure:
        reason, hint = _why(str(failure), used, facts)
        shown = pattern if len(pattern) < 60 else f"{pattern[:57]}…"
        raise MessageProblem(f"{reason}: {shown!r}", hint) from failure


def _why(said: str, used: tuple[str, ...], facts: Mapping[str, Fact]) -> tuple[str, str]:
    """What ICU means, in words, and what would be right."""
    texts = [name for name in used if isinstance(facts[name], str)]
    if "Failed to format" in said and texts:
        hint = f"write {{{texts[0]}}} alone"
        if is_field(texts[0]):
            hint += ", or give it a figure as its example under records"
        return f"the fact '{texts[0]}' is no figure", hint
    if "BRACE" in said:
        return "a brace is not closed", "write {name}, or '{' for a brace itself"
    return "the message cannot be read", "write {name}, or '{' for a brace itself"


def find_arguments(pattern: str) -> tuple[str, ...]:
    """The facts that a pattern uses, each once, in order of first use; words to choose from are looked through too."""
    return tuple(dict.fromkeys(place.name for place in _places(ATTRIBUTES.sub("", pattern))))


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Where an argument stands in a pattern: its name, what is done with it, and from where to where the name goes."""

    name: str
    kind: str
    start: int
    end: int


def _places(pattern: str) -> Iterator[Placeholder]:
    """The arguments of a pattern in their order, those in words to choose from too."""
    within = [PlaceholderContext.WORDS]
    at = 0
    while at < len(pattern):
        char, here = pattern[at], within[-1]
        if char == "'" and here is PlaceholderContext.WORDS:
            at = QUOTATION.match(pattern, at).end()  # type: ignore[union-attr]  # it begins with an apostrophe
            continue
        at += 1
        if char == "}" and len(within) > 1:
            within.pop()
        elif char == "{" and here is PlaceholderContext.WORDS:
            match = ARGUMENT.match(pattern, at)
            assert match, "the pattern takes nothing as well"
            yield Placeholder(match[1], match[2] or "", match.start(1), match.end(1))
            within.append(
                PlaceholderContext.CHOICES if match[2] in CHOOSING else PlaceholderContext.STYLE
            )
            at = match.end()
        elif char == "{":
            within.append(
                PlaceholderContext.WORDS
                if here is PlaceholderContext.CHOICES
                else PlaceholderContext.STYLE
            )


class PlaceholderContext(Enum):
    """What a place in a pattern is part of: words, the choices of a plural, or a style."""

    WORDS = "words"
    CHOICES = "choices"
    STYLE = "style"


AS = "·"
"""Stands between a field's name and the number of its place: no fact and no field has it in its name."""


def _with_fields(
    pattern: str, places: tuple[Placeholder, ...], facts: Mapping[str, Fact], language: str
) -> tuple[str, dict[str, Fact]]:
    """The pattern and its values: each place of a record's text has a name of its own, for the form that it takes there."""
    values: dict[str, Fact] = {}
    parts: list[str] = []
    at = 0
    for number, place in enumerate(places):
        fact, name = facts[place.name], place.name
        if isinstance(fact, str) and is_field(name):
            before = pattern[: pattern.rindex("{", 0, place.start)]
            fact, name = escape_value(fact, before, place.kind, language), f"{name}{AS}{number}"
            parts += [pattern[at : place.start], name]
            at = place.end
        values[name] = fact if AS in name else _value(fact)
    return "".join((*parts, pattern[at:])), values


def format_number(value: Fact, language: str, style: str = "") -> str:
    """A figure in the language's own form; `style` is ICU's, such as `percent` or a skeleton `::.0`."""
    if isinstance(value, str):
        return value
    from icu4py.messageformat import MessageFormat

    pattern = f"{{n, number, {style}}}" if style else "{n, number}"
    return MessageFormat(pattern, language).format({"n": value})


def _value(fact: Fact) -> Fact:
    return SPECIAL.sub(r"\\\1", fact) if isinstance(fact, str) else fact
