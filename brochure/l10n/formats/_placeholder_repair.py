"""Restore what office programs correct automatically: quotation marks, dashes, spaces and capitals in placeholders.

Only a placeholder that is one of the source's but for these characters is restored, so that no words change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.l10n.formats._inline_codes import Kind, divide

QUOTES = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')
DASHES = re.compile("[-‐‑–—−]+")
SPACES = re.compile(r"[\s\u200b]+")
APOSTROPHES = re.compile("['‘’‚‛]([{}]+)['‘’‚‛]")
GROUP = re.compile(r"[{][^{}]*[}]|\]\([^()\s]*\)")
"""A placeholder or attributes without others inside them, or the address of a link."""


def restore_placeholders(text: str, source: str) -> str:
    """Return a translation with the placeholders of the source as they are written there."""
    if not text or not source:
        return text
    if APOSTROPHES.search(source):
        text = APOSTROPHES.sub(r"'\1'", text)
    if not GROUP.search(text):
        return text
    known = frozenset(_list_codes(source))
    reduced = {_reduce(one): one for one in known}

    def restore(match: re.Match[str]) -> str:
        written = match[0]
        return written if written in known else reduced.get(_reduce(written), written)

    return GROUP.sub(restore, text)


def _list_codes(source: str) -> Iterator[str]:
    for piece in divide(source):
        if piece.kind is not Kind.WORDS and GROUP.search(piece.text):
            yield piece.text if piece.text.startswith("](") else piece.text.removeprefix("]")


def _reduce(code: str) -> str:
    """Return a placeholder without the differences that office programs make; addresses keep their capitals."""
    plain = SPACES.sub("", DASHES.sub("-", code.translate(QUOTES)))
    return plain if plain.startswith("](") else plain.casefold()
