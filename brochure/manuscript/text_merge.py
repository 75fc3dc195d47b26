"""Merge a change of the manuscript with a change that was made in the copy since the last import."""

from __future__ import annotations

import re
from collections.abc import Sequence

TOKEN = re.compile(r"\s+|\{[^{}]*\}|[^\s{}]+|[{}]")
MAX_TOKENS = 4_000

Hunk = tuple[int, int, tuple[str, ...]]
"""A range of the tokens of the older text, and what replaces it."""


def merge_texts(base: str, copy: str, manuscript: str) -> str | None:
    """Return the text with both changes; None if they concern the same words.

    Args:
        base: The text of the last import.
        copy: The text in the copy, as it was edited.
        manuscript: The text of the new manuscript.
    """
    if manuscript in (base, copy):
        return copy
    if copy == base:
        return manuscript
    old = TOKEN.findall(base)
    ours, theirs = TOKEN.findall(copy), TOKEN.findall(manuscript)
    if max(map(len, (old, ours, theirs))) > MAX_TOKENS:
        return None
    hunks = sorted(dict.fromkeys((*_hunks(old, ours), *_hunks(old, theirs))))
    parts: list[str] = []
    at = 0
    for number, (start, end, words) in enumerate(hunks):
        is_same_place = number > 0 and start == hunks[number - 1][0]
        if start < at or is_same_place:
            return None
        parts += [*old[at:start], *words]
        at = end
    return "".join((*parts, *old[at:]))


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    # Imported here: only texts that were edited on both sides are compared.
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, tuple(new[c:d])) for tag, a, b, c, d in codes if tag != "equal"]
