"""Joins the lines of a PDF into blocks of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from brochure.compare.contents import TextFlow, TextLine

MAX_GAP = 0.9
"""Distance between two lines of one block, as a multiple of the lower line's height."""
MAX_RATIO = 1.3
"""Ratio of the sizes of type in one block."""


SAME_LINE = 0.4
"""Distance of the baselines of two parts of one line, as a multiple of the size of type: superscripts are part of it."""
MAX_SPACE, MIN_SPACE = 1.2, 0.12
"""Gap in a line that separates columns, and that is a space between words, as multiples of its height."""


def join_lines(lines: Iterable[TextLine]) -> Iterator[TextFlow]:
    """Yield blocks of lines that follow each other below each other in one size of type."""
    block: list[TextLine] = []
    for line in join_parts(lines):
        if block and not _continues(block[-1], line):
            yield _make_flow(block)
            block = []
        block.append(line)
    if block:
        yield _make_flow(block)


def join_parts(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    """Yield lines with their parts joined: readers divide a line where fonts or the direction of text change."""
    parts: list[TextLine] = []
    for line in lines:
        if parts and not _is_beside(parts[-1], line):
            yield _join(parts)
            parts = []
        parts.append(line)
    if parts:
        yield _join(parts)


def _is_beside(part: TextLine, other: TextLine) -> bool:
    first, second = part.rect, other.rect
    size = max(_size(part), _size(other))
    gap = max(first.x, second.x) - min(first.right, second.right)
    is_level = abs(part.baseline - other.baseline) < SAME_LINE * size
    return is_level and gap < MAX_SPACE * size and not part.hyphenated


def _join(parts: Sequence[TextLine]) -> TextLine:
    if len(parts) == 1:
        return parts[0]
    ordered = sorted(parts, key=lambda part: part.rect.x)
    if not is_left_to_right("".join(part.text for part in parts)):
        ordered.reverse()
    text, rect = ordered[0].text, ordered[0].rect
    for part in ordered[1:]:
        gap = max(rect.x, part.rect.x) - min(rect.right, part.rect.right)
        text += (" " if gap > MIN_SPACE * _size(part) else "") + part.text
        rect = rect.union(part.rect)
    looks = frozenset(look for part in parts for look in part.looks)
    baseline = min(part.baseline for part in parts)
    return replace(
        parts[0],
        text=text,
        rect=rect,
        looks=looks,
        baseline=baseline,
        hyphenated=parts[-1].hyphenated,
    )


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
