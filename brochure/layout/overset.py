"""Overset text, reported for each message, with the number of characters that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.galley import GalleyBox, GalleyParagraph, Piece
from brochure.typeset.lines import Line


@dataclass(frozen=True, slots=True)
class OversetText:
    """Overset text of a message: its number of lines, and how many characters of the message fit.

    A box has no lines; `lacks` is the height missing in the column that has most space, in points.
    """

    key: str
    span: Span | None
    lines: int
    fits: int
    total: int
    lacks: float = 0.0


Left = tuple[Piece, OversetText | None]
"""A piece, and its overset part."""


def find_overset(
    paragraph: GalleyParagraph, lines: Sequence[Line], position_count: int
) -> OversetText | None:
    """Return the overset part of a paragraph that got too few line positions."""
    over = len(lines) - position_count
    if over <= 0:
        return None
    fits = lines[position_count].start if position_count else 0
    return OversetText(paragraph.key, paragraph.span, over, fits, len(paragraph.text.text))


def overset_height(left: Left) -> float:
    """Return the height of the overset part of a piece, in points."""
    match left:
        case GalleyParagraph(text=text), OversetText(lines=lines):
            return lines * text.style.leading
        case GalleyBox(height=height), OversetText():
            return height
        case _:
            return 0.0


def merge_by_message(pieces: Iterable[Left]) -> Iterator[OversetText]:
    """Yield overset text, with the paragraphs of one message merged; boxes separately."""
    for key, group in groupby(pieces, key=_message_key):
        group_pieces = list(group)
        if key:
            yield from _merge_paragraphs(group_pieces)
        else:
            yield from (left for _, left in group_pieces if left)


def _message_key(piece: Left) -> str:
    return piece[0].key if isinstance(piece[0], GalleyParagraph) else ""


def _merge_paragraphs(paragraphs: Sequence[Left]) -> Iterator[OversetText]:
    """Merge the paragraphs of a message; the break between two counts as one character."""
    left = [overflow for _, overflow in paragraphs if overflow]
    if not left:
        return
    texts = [
        len(paragraph.text.text)
        for paragraph, _ in paragraphs
        if isinstance(paragraph, GalleyParagraph)
    ]
    first = next(at for at, (_, overflow) in enumerate(paragraphs) if overflow)
    before = sum(texts[:first]) + max(0, first - 1)
    fits = before + (left[0].fits + min(first, 1) if left[0].fits else 0)
    total = sum(texts) + len(texts) - 1
    yield OversetText(left[0].key, left[0].span, sum(one.lines for one in left), fits, total)
