"""Limits of messages, checked before they are formatted and set.

They are far beyond any copy. Their purpose is that a damaged or hostile file is an error with its place within seconds, not a
build that takes gigabytes.
"""

from __future__ import annotations

import unicodedata

from brochure.lazy_pattern import compile_lazily

MAX_MESSAGE_LENGTH = 100_000
"""Characters in one message, about thirty-five pages of text."""

MAX_PARAGRAPH_LENGTH = 20_000
"""Characters in one paragraph, about seven pages of text."""

MAX_PARAGRAPHS = 10_000
"""Paragraphs in one message, about three hundred pages of text."""

MAX_MARKS = 30
"""Combining marks and joiners on one letter: the limit of Unicode's Stream-Safe Text Format (UAX #15, section 13)."""

MAX_PLACEHOLDERS = 500
"""Placeholders in one message."""

MAX_CHOICE_DEPTH = 5
"""Plural and select forms inside each other; ICU copies the forms around them for each level."""

MAX_STYLE_LENGTH = 100
MAX_DIGITS = 30
"""Digits that a number style may ask for."""

MARK_RUN = compile_lazily(rf"[^\w\s\x00-\u02ff]{{{MAX_MARKS + 1},}}")
"""A run without letters and spaces; combining marks and joiners are not letters."""

STYLE = compile_lazily(r",\s*(?:number|spellout|ordinal|duration|date|time)\s*,([^{}]*)")
EXCESSIVE_DIGITS = compile_lazily(
    rf"[0#@*+]{{{MAX_DIGITS + 1},}}|[Ee][+-]?[0-9]{{3,}}|[0-9]{{{MAX_DIGITS + 1},}}"
)


def find_excess(text: str) -> tuple[str, str] | None:
    """Return what exceeds the limits in a message's text and how to fix it, or None."""
    if len(text) > MAX_MESSAGE_LENGTH:
        return (
            f"the text has {len(text):,} characters; the maximum is {MAX_MESSAGE_LENGTH:,}",
            "divide it into several messages",
        )
    paragraphs = text.split("\n\n")
    if len(paragraphs) > MAX_PARAGRAPHS:
        return (
            f"the text has {len(paragraphs):,} paragraphs; the maximum is {MAX_PARAGRAPHS:,}",
            "divide it into several messages",
        )
    longest = max(map(len, paragraphs))
    if longest > MAX_PARAGRAPH_LENGTH:
        return (
            f"a paragraph has {longest:,} characters; the maximum is {MAX_PARAGRAPH_LENGTH:,}",
            "divide it with blank lines",
        )
    if not text.isascii() and _has_mark_stack(text):
        return (
            f"a letter has more than {MAX_MARKS} combining marks or joiners",
            "delete them; they come from a damaged file or a joke",
        )
    return None


def _has_mark_stack(text: str) -> bool:
    """Return True if a letter has more combining marks than can be set."""
    for run in MARK_RUN.finditer(text):
        count = 0
        for char in run.group():
            count = count + 1 if unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf") else 0
            if count > MAX_MARKS:
                return True
    return False


def find_pattern_excess(pattern: str, placeholders: int, depth: int) -> tuple[str, str] | None:
    """Return what exceeds the limits in a message pattern and how to fix it, or None.

    Args:
        pattern: The pattern in ICU MessageFormat.
        placeholders: The number of its placeholders.
        depth: How many plural and select forms are inside each other.
    """
    if len(pattern) > MAX_MESSAGE_LENGTH:
        return find_excess(pattern)
    if placeholders > MAX_PLACEHOLDERS:
        message = (
            f"the message has {placeholders:,} placeholders; the maximum is {MAX_PLACEHOLDERS}"
        )
        return message, "divide it into several messages"
    if depth > MAX_CHOICE_DEPTH:
        message = (
            f"plural and select forms are nested {depth} deep; the maximum is {MAX_CHOICE_DEPTH}"
        )
        return message, "write whole sentences in each form"
    for match in STYLE.finditer(pattern):
        excess = find_style_excess(match[1].strip())
        if excess:
            return excess
    return None


def find_style_excess(style: str) -> tuple[str, str] | None:
    """Return what exceeds the limits in an ICU number style, and how to fix it, or None."""
    shown = style if len(style) <= 40 else f"{style[:37]}…"
    hint = "write a simpler style, e.g. percent or ::.00"
    if len(style) > MAX_STYLE_LENGTH:
        message = f"the number style '{shown}' has {len(style):,} characters; the maximum is {MAX_STYLE_LENGTH}"
        return message, hint
    if EXCESSIVE_DIGITS.search(style):
        return f"the number style '{shown}' asks for more than {MAX_DIGITS} digits", hint
    return None
