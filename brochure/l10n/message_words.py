"""The words of a message as a reader sees them: without placeholders, markup, link targets and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.message_format import ATTRIBUTES
from brochure.l10n.message_syntax import select_words

GAP = "\u25a0"
"""In place of a placeholder, a picture or an address, so that the words around it are not neighbours."""

OBJECT = "\ufffc"
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
"""Soft hyphens, zero-width spaces and marks of direction."""

ADDRESS = r"(?:https?|mailto|tel):\S+|\S+@\S+|(?:[\w-]+\.)+[A-Za-z]{2,}(?:/\S*)?"
WORD = r"[\p{L}\p{M}\p{N}\x{200c}\x{200d}]+"
JOINED_WORD = rf"{WORD}(?:['’\-‐‑·]{WORD})*"
"""A word with its apostrophes and hyphens: `l’eau`, `mother-in-law`."""


@lru_cache(maxsize=4096)
def read_words(text: str, language: str, *, literal: bool = False) -> tuple[str, ...]:
    """Return the paragraphs of a message without what is in another language.

    Args:
        text: The message.
        language: Its language.
        literal: The message is for programs and has no markup.
    """
    if "{" in text:
        quoted = text if literal else ATTRIBUTES.sub(_quote_attributes, text)
        text = select_words(quoted, GAP)
    if literal:
        return (_clean(text),)
    return tuple(
        _clean("".join(_in_language(run.text, run.marks.language, language) for run in paragraph))
        for paragraph in parse_markup(text)[0]
    )


def _quote_attributes(match: Any) -> str:
    return f"'{{'{match[1] or match[2]}'}}'"


def _in_language(text: str, marked: str | None, language: str) -> str:
    return text if marked in (None, "", language) else GAP


def _clean(text: str) -> str:
    plain = text.translate(INVISIBLE).replace(OBJECT, GAP)
    return str(_compile(ADDRESS).sub(lambda _: GAP, plain))


@lru_cache(maxsize=8)
def _compile(expression: str) -> Any:
    import re2  # imported here: only 'text check' needs Unicode properties in expressions

    return re2.compile(expression)


def split_words(text: str) -> Iterator[list[str]]:
    """Yield the words of a text, in lists of those with nothing but spaces, hyphens and apostrophes between them."""
    words = [(match.group(), match.start(), match.end()) for match in _compile(WORD).finditer(text)]
    ends = [0, *(end for _, _, end in words)]
    breaks, group = [], 0
    for (_, start, _), end in zip(words, ends, strict=False):
        group += any(char not in JOINERS for char in text[end:start])
        breaks.append(group)
    for _, members in groupby(zip(breaks, words, strict=True), key=lambda pair: pair[0]):
        yield [word for _, (word, _, _) in members]


JOINERS = " \u00a0\u202f'’-‐‑–\n"


def find_joined_words(text: str) -> Iterator[str]:
    """Yield the words of a text, each with its apostrophes and hyphens."""
    return (match.group() for match in _compile(JOINED_WORD).finditer(text))
