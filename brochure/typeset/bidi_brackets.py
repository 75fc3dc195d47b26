"""Paired brackets of the bidirectional algorithm (UAX #9, BD14 to BD16 and N0).

Which characters are brackets, and how they pair, is derived from `unicodedata`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

NUMBERS = {"EN": "R", "AN": "R", "L": "L", "R": "R"}
"""Strong directions as the neutral rules see them: numbers count as right to left."""


def resolve_brackets(
    chars: list[str], types: list[str], sos: str, embedding: str, kinds: list[str]
) -> None:
    """Apply N0: give each bracket pair the direction of its contents or of the text before it.

    Args:
        chars: Characters of one isolating run sequence.
        types: Their resolved bidi classes, changed in place.
        sos: Direction at the start of the sequence.
        embedding: Embedding direction, `L` or `R`.
        kinds: Their original bidi classes.
    """
    for first, last in sorted(_pairs(chars, types)):
        inside = {NUMBERS[kind] for kind in types[first + 1 : last] if kind in NUMBERS}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            context = next((NUMBERS[k] for k in _backwards(types, first) if k in NUMBERS), sos)
            direction = context if context != embedding else embedding
        for at in (first, last):
            types[at] = direction
            follow = at + 1
            while follow < len(types) and kinds[follow] == "NSM":
                types[follow] = direction
                follow += 1


def _backwards(types: list[str], end: int) -> Iterator[str]:
    """Yield the classes before `end`, the nearest first."""
    return (types[at] for at in range(end - 1, -1, -1))


def _pairs(chars: list[str], types: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the bracket pairs (BD16); stop if more than 63 brackets are open."""
    open_at: list[tuple[str, int]] = []
    for at, char in enumerate(chars):
        if types[at] != "ON":
            continue
        partner = bracket(char)
        if partner is None:
            continue
        kind, closing = partner
        if kind == "open":
            if len(open_at) == 63:
                return
            open_at.append((closing, at))
        else:
            for back in range(len(open_at) - 1, -1, -1):
                if open_at[back][0] == closing:
                    yield open_at[back][1], at
                    del open_at[back:]
                    break


CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}


@lru_cache(maxsize=512)
def bracket(char: str) -> tuple[str, str] | None:
    """Return `open` or `close` and the closing bracket of the pair, or None for other characters."""
    char = CANONICAL.get(char, char)
    category = unicodedata.category(char)
    if category not in ("Ps", "Pe") or not unicodedata.mirrored(char):
        return None
    if category == "Pe":
        return "close", char
    name = unicodedata.name(char)
    for here, there in (("LEFT", "RIGHT"), ("OPENING", "CLOSING")):
        try:
            return "open", unicodedata.lookup(name.replace(here, there))
        except KeyError:
            continue
    return None
