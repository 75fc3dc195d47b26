"""Messages with facts in them: ICU MessageFormat, formatted for a language.

Takes a pattern such as `more than {rescued} people`, the facts and a language; gives the words, with figures in the
language's own form and plurals chosen by its rules. Stands between the copy as written and its markup. Facts that are
text are escaped, so that no fact can bring markup along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from brochure.findings import nearest

Fact = int | float | str

ARGUMENT = re.compile(r"\{\s*([A-Za-z_][\w.-]*)\s*[,}]")
QUOTED = re.compile(r"'[{}][^']*'")
ATTRIBUTES = re.compile(r"(?<=\])\{((?:\.|lang=)[^{}']*)\}")
SPECIAL = re.compile(r"([*\[\]\\^~_&])")


class MessageProblem(Exception):
    """A pattern that cannot be formatted; the text says why and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def formatted(pattern: str, facts: Mapping[str, Fact], language: str) -> str:
    """The pattern with its facts in place; raises MessageProblem where a fact or a brace is missing."""
    if "{" not in pattern and "}" not in pattern:
        return pattern
    # The braces of `[words]{.character-style}` are markup and come back as they were.
    pattern = ATTRIBUTES.sub(r"'{'\1'}'", pattern)
    used = arguments(pattern)
    for name in used:
        if name not in facts:
            raise MessageProblem(f"there is no fact '{name}'", nearest(name, facts))
    # Imported here, so that a brochure without a figure in its words does not load the formatter.
    from icu4py.messageformat import MessageFormat

    try:
        return MessageFormat(pattern, language).format({name: _value(facts[name]) for name in used})
    except ValueError as failure:
        reason = (
            "a brace is not closed" if "BRACE" in str(failure) else "the message cannot be read"
        )
        raise MessageProblem(
            f"{reason}: {pattern!r}", "write {name}, or '{' for a brace itself"
        ) from failure


def arguments(pattern: str) -> tuple[str, ...]:
    """The facts that a pattern uses, each once, in order of first use."""
    return tuple(dict.fromkeys(ARGUMENT.findall(QUOTED.sub("", pattern))))


def number(value: Fact, language: str, style: str = "") -> str:
    """A figure in the language's own form; `style` is ICU's, such as `percent` or a skeleton `::.0`."""
    if isinstance(value, str):
        return value
    from icu4py.messageformat import MessageFormat

    pattern = f"{{n, number, {style}}}" if style else "{n, number}"
    return MessageFormat(pattern, language).format({"n": value})


def _value(fact: Fact) -> Fact:
    return SPECIAL.sub(r"\\\1", fact) if isinstance(fact, str) else fact
