"""Escape the values of merge fields, so that they are always plain text.

Depending on the context, markup is backslash-escaped, text against the line's direction is isolated (UAX #9, 2.4.2), and
values in a URL are percent-encoded (RFC 3986, 2.1). `select` compares the value as it is.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.lazy_pattern import compile_lazily
from brochure.spec.values import RECORD
from brochure.typeset.bidi import is_left_to_right

MARKS = compile_lazily(r"([*\[\](){}<>!`\\^~_&])")
RIGHT_TO_LEFT = (
    "[\u05be-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LEFT_TO_RIGHT = "[\u0370-\u058f\u0900-\u1fff\u2c00-\u2dff\u3040-\ud7ff\ua000-\ufaff]"
"""Left-to-right letters other than Latin, which needs no isolate in right-to-left text."""

ISOLATE, POP = "\u2068", "\u2069"
EMPTY_KEYWORD = "empty"
"""The keyword that `select` uses for an empty cell."""

OPEN_URL = compile_lazily(rf"(?:{'|'.join(LINK_SCHEMES)})[^\s)\]>\"“”]*$")
INNER_BRACES = compile_lazily(r"\{[^{}]*\}")
URL_CHARACTERS = ":/?#@!$&'*+,;=%"
"""Characters of a URL that need no encoding; parentheses would end the link target."""


class PlainText(str):
    """A text from a table, which is escaped for its place like the value of a merge field."""

    __slots__ = ()


def is_field(name: str) -> bool:
    """Return True if a placeholder's name is that of a merge field."""
    return name.startswith(RECORD)


def escape_value(
    value: str, before: str, kind: str, language: str, *, literal: bool = False
) -> str:
    """Escape a value for its place in a message.

    Args:
        value: The text of the cell.
        before: The pattern up to the placeholder, which tells whether it is in a link target or URL.
        kind: The placeholder's argument type, such as `select`; empty for none.
        language: The language of the message.
        literal: The text is for programs: values are only encoded in a URL.
    """
    if kind == "select":
        return value or EMPTY_KEYWORD
    if literal:
        return quote(value, safe="") if OPEN_URL.search(_strip_braces(before)) else value
    if before.endswith("]("):
        return _escape_markup(quote(value, safe=URL_CHARACTERS))
    return (
        _escape_markup(quote(value, safe=""))
        if OPEN_URL.search(_strip_braces(before))
        else _escape_text(value, language)
    )


def _strip_braces(before: str) -> str:
    """Return the pattern without the placeholders before a position."""
    while (stripped := INNER_BRACES.sub("", before)) != before:
        before = stripped
    return before


def _escape_text(value: str, language: str) -> str:
    """Escape markup and line ends; isolate text against the direction of the line."""
    text = _escape_markup(value).replace("\n", "\\\n")
    opposite = RIGHT_TO_LEFT if is_left_to_right(language) else LEFT_TO_RIGHT
    # Compiled with the first record, since compiling takes longer than the rest of the module's import.
    return f"{ISOLATE}{text}{POP}" if re.search(opposite, value) else text


def _escape_markup(text: str) -> str:
    """Put a backslash before every markup character."""
    return MARKS.sub(r"\\\1", text)
