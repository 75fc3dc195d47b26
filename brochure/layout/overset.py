"""Overflow: what did not fit, told message by message.

Takes the pieces of a galley with what was left of each; gives one `OversetText` a message, however many paragraphs it has, so
that a writer learns how many characters of the whole would fit. Stands behind `flow`, which finds out what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.galley import Matter, Piece
from brochure.typeset.lines import Line


@dataclass(frozen=True, slots=True)
class OversetText:
    """What did not fit: of which message, how many lines, and how many of its characters do fit.

    Of a slab, which has no lines: how many points it lacks in the column that has most room for it.
    """

    key: str
    span: Span | None
    lines: int
    fits: int
    total: int
    lacks: float = 0.0


Left = tuple[Piece, OversetText | None]
"""A piece, and what of it did not fit."""


def of_paragraph(matter: Matter, lines: Sequence[Line], seats_taken: int) -> OversetText | None:
    """What is left of a paragraph that was given too few seats."""
    over = len(lines) - seats_taken
    if over <= 0:
        return None
    fits = lines[seats_taken].start if seats_taken else 0
    return OversetText(matter.key, matter.span, over, fits, len(matter.text.text))


def by_message(pieces: Iterable[Left]) -> Iterator[OversetText]:
    """What is left, the paragraphs of one message taken together; slabs each for themselves."""
    for key, group in groupby(pieces, key=_message):
        together = list(group)
        if key:
            yield from _of_message(together)
        else:
            yield from (left for _, left in together if left)


def _message(piece: Left) -> str:
    return piece[0].key if isinstance(piece[0], Matter) else ""


def _of_message(paragraphs: Sequence[Left]) -> Iterator[OversetText]:
    """One report for all the paragraphs; between two of them a line end counts as a character."""
    left = [overflow for _, overflow in paragraphs if overflow]
    if not left:
        return
    texts = [len(matter.text.text) for matter, _ in paragraphs if isinstance(matter, Matter)]
    first = next(at for at, (_, overflow) in enumerate(paragraphs) if overflow)
    before = sum(texts[:first]) + max(0, first - 1)
    fits = before + (left[0].fits + min(first, 1) if left[0].fits else 0)
    total = sum(texts) + len(texts) - 1
    yield OversetText(left[0].key, left[0].span, sum(one.lines for one in left), fits, total)
