"""Joins the lines of a PDF into blocks of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from brochure.compare.contents import TextFlow, TextLine

MAX_GAP = 0.9
"""Distance between two lines of one block, as a multiple of the lower line's height."""
MAX_RATIO = 1.3
"""Ratio of the sizes of type in one block."""


def join_lines(lines: Iterable[TextLine]) -> Iterator[TextFlow]:
    """Yield blocks of lines that follow each other below each other in one size of type."""
    block: list[TextLine] = []
    for line in lines:
        if block and not _continues(block[-1], line):
            yield _make_flow(block)
            block = []
        block.append(line)
    if block:
        yield _make_flow(block)


def _continues(above: TextLine, line: TextLine) -> bool:
    gap = above.rect.y - line.rect.top
    overlaps = line.rect.x < above.rect.right and above.rect.x < line.rect.right
    is_below = line.rect.y < above.rect.y and gap < MAX_GAP * line.rect.height
    return overlaps and is_below and _is_same_size(above, line)


def _is_same_size(above: TextLine, line: TextLine) -> bool:
    first, second = _size(above), _size(line)
    return max(first, second) <= MAX_RATIO * min(first, second)


def _size(line: TextLine) -> float:
    return max((look.size for look in line.looks), default=line.rect.height) or 1.0


def _make_flow(lines: Sequence[TextLine]) -> TextFlow:
    text = ""
    for line in lines:
        text += line.text + ("" if line.hyphenated else " ")
    text = text.strip()
    return TextFlow("", text, tuple(lines), left_to_right=is_left_to_right(text))


def is_left_to_right(text: str) -> bool:
    """Return False if the first letter with a direction is written from right to left (UAX 9, P2 and P3)."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") == "L"
