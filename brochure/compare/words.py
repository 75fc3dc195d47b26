"""Differences between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal

from brochure.fast_dataclass import dataclass

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Letters of scripts without spaces between words: Thai, Lao, Tibetan, Myanmar, Khmer, kana, Han."""
CLUSTER = re.compile(
    "[^\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3]"
    "(?:\u17d2.|[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3])*"
    "|.",
    re.DOTALL,
)
"""A letter of these scripts with its vowels and signs, or any other character."""

MAX_TOKENS = 4_000
"""Texts with more words are compared as a whole between their common start and end."""

MIN_PIECES, MIN_SHARED = 5, 0.3
"""Texts in at least this many pieces are shown one after the other if less than this share of them is the same."""

Side = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of two texts that is the same in both, or in one of them only."""

    side: Side
    text: str


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order."""
    first, second = list(split_words(before)), list(split_words(after))
    start = _count_shared(first, second)
    end = _count_shared(first[start:][::-1], second[start:][::-1])
    old, new = first[start : len(first) - end], second[start : len(second) - end]
    pieces = [Piece("same", "".join(first[:start]))]
    if len(old) > MAX_TOKENS or len(new) > MAX_TOKENS:
        pieces += [Piece("removed", "".join(old)), Piece("added", "".join(new))]
    else:
        for _, a, b, c, d in _opcodes(old, new):
            if old[a:b] == new[c:d]:
                pieces.append(Piece("same", "".join(old[a:b])))
            else:
                pieces.append(Piece("removed", "".join(old[a:b])))
                pieces.append(Piece("added", "".join(new[c:d])))
    pieces.append(Piece("same", "".join(first[len(first) - end :])))
    merged = tuple(_merge(piece for piece in pieces if piece.text))
    return merged if _is_readable(merged) else (Piece("removed", before), Piece("added", after))


def _is_readable(pieces: tuple[Piece, ...]) -> bool:
    """Return False if so little is the same that a mixture of both texts would say nothing."""
    if len(pieces) < MIN_PIECES:
        return True
    lengths = {"same": 0, "removed": 0, "added": 0}
    for piece in pieces:
        lengths[piece.side] += len(piece.text.replace(" ", ""))
    return lengths["same"] >= MIN_SHARED * max(lengths["removed"], lengths["added"])


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    return [*SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]


def _count_shared(first: list[str], second: list[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _merge(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with neighbours of one side joined."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.side == piece.side:
            last = Piece(last.side, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def split_words(text: str) -> Iterator[str]:
    """Yield the words and the white space between them; scripts without spaces are split into letters with their signs."""
    for part in re.findall(r"\s+|\S+", text):
        if UNSPACED.search(part):
            yield from CLUSTER.findall(part)
        else:
            yield part


CONTEXT = 24
"""Characters of the same text that are shown beside a difference."""


def excerpt_difference(before: str, after: str) -> tuple[str, str]:
    """Return the part of both texts from the first to the last difference, with a little of what surrounds it."""
    pieces = compare_words(before, after)
    head = ""
    if len(pieces) > 1 and pieces[0].side == "same":
        head, pieces = pieces[0].text, pieces[1:]
    tail = ""
    if pieces and pieces[-1].side == "same" and len(pieces) > 1:
        tail, pieces = pieces[-1].text, pieces[:-1]
    start, end = _shorten_end(head), _shorten_start(tail)
    old = "".join(piece.text for piece in pieces if piece.side != "added")
    new = "".join(piece.text for piece in pieces if piece.side != "removed")
    return f"{start}{old}{end}", f"{start}{new}{end}"


def _shorten_end(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    return "…" + text[-CONTEXT:].partition(" ")[2] if " " in text[-CONTEXT:] else "…"


def _shorten_start(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    return text[:CONTEXT].rpartition(" ")[0] + "…" if " " in text[:CONTEXT] else "…"
