"""A record's values as words take them: plain text that brings no markup along, whatever stands in it.

Takes the text of a cell; gives it as it may stand in a message: its marks escaped, kept together where it runs against
the line (UAX #9, 2.4.2), percent-encoded in an address (RFC 3986, 2.1), or as the word that a `select` chooses by. Stands
beside the messages.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.spec.values import RECORD
from brochure.typeset.bidi import is_left_to_right

MARKS = re.compile(r"([*\[\](){}<>!`\\^~_&])")
RIGHT_TO_LEFT = (
    "[\u05be-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LEFT_TO_RIGHT = "[\u0370-\u058f\u0900-\u1fff\u2c00-\u2dff\u3040-\ud7ff\ua000-\ufaff]"
"""Letters that run from left to right. Latin ones are kept together in text from right to left as it is."""

ISOLATE, POP = "\u2068", "\u2069"
EMPTY = "empty"
"""The word that a `select` chooses by where a cell is empty."""

BEGUN = re.compile(rf"(?:{'|'.join(LINK_SCHEMES)})[^\s)\]>\"“”]*$")
INNERMOST = re.compile(r"\{[^{}]*\}")
WHOLE_ADDRESS = ":/?#@!$&'*+,;=%"
"""What an address is made of and needs no encoding; brackets would end it."""


def is_field(name: str) -> bool:
    """Whether a name in words is that of a record's field."""
    return name.startswith(RECORD)


def escape_value(value: str, before: str, kind: str, language: str) -> str:
    """A value as it stands in a message behind `before`: in words, in an address, or chosen by (`kind` is `select`)."""
    if kind == "select":
        return value or EMPTY
    if before.endswith("]("):
        return _escaped(quote(value, safe=WHOLE_ADDRESS))
    while (plainer := INNERMOST.sub("", before)) != before:
        before = plainer
    return _escaped(quote(value, safe="")) if BEGUN.search(before) else _in_words(value, language)


def _in_words(value: str, language: str) -> str:
    """Its marks and line ends stand for themselves; what runs against the line is kept together."""
    text = _escaped(value).replace("\n", "\\\n")
    against = RIGHT_TO_LEFT if is_left_to_right(language) else LEFT_TO_RIGHT
    # Compiled when the first record is told: it takes longer than all else that is read of this room.
    return f"{ISOLATE}{text}{POP}" if re.search(against, value) else text


def _escaped(text: str) -> str:
    """Whatever a writer might mark words with, behind a backslash."""
    return MARKS.sub(r"\\\1", text)


def without_isolates(text: str) -> str:
    """The text as a program reads it, who needs no telling which way it runs."""
    return text.replace(ISOLATE, "").replace(POP, "")
