"""Keep rules: where a paragraph may be divided between columns (widows, orphans, keep together)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from brochure.layout.line_slots import FrameColumn
from brochure.typeset.style import Across, ParagraphStyle


def count_lines(capacities: Sequence[int], lines: int) -> list[int]:
    """Return the number of lines in each column."""
    ends = [min(end, lines) for end in accumulate(capacities)]
    return [after - before for before, after in pairwise([0, *ends])]


def find_broken_keep(
    counts: Sequence[int], lines: int, style: ParagraphStyle, *, fresh: bool
) -> tuple[int, int] | None:
    """Return the first column whose end breaks a keep rule, with the number of lines it may keep; None if none does.

    The first column may give up all its lines, unless the paragraph begins at its top: a broken rule is better than an empty
    column.
    """
    orphans, widows = (lines, 0) if style.keep_together else (_min_first_lines(style), style.widows)
    done = 0
    for at, count in enumerate(counts[:-1]):
        done += count
        left = lines - done
        if count == 0 or left <= 0 or sum(counts) < lines:
            continue
        begins = done == count
        keep = count - max(0, min(widows, lines) - left)
        if begins and keep < min(orphans, lines):
            keep = 0
        if keep < count and (keep > 0 or not (fresh and at == 0)):
            return at, max(keep, 0)
    return None


def find_undivided_lines(
    capacities: Sequence[int], columns: Sequence[FrameColumn], across: Across
) -> Iterator[int]:
    """Yield the lines that should not end within a word: those before a column where the word may not continue.

    Args:
        capacities: How many lines of the paragraph each column can hold.
        columns: These columns and all that follow.
        across: How far apart the parts of a word may be.
    """
    for at, end in enumerate(accumulate(capacities)):
        following = next(
            (index for index in range(at + 1, len(columns)) if _has_lines(capacities, index)), None
        )
        if capacities[at] and following is not None:
            here, there = columns[at], columns[following]
            if _is_too_far(here, there, across):
                yield end - 1


def _has_lines(capacities: Sequence[int], index: int) -> bool:
    """Return True if a column can hold lines, or if that is not known yet."""
    return index >= len(capacities) or capacities[index] > 0


def _is_too_far(here: FrameColumn, there: FrameColumn, across: Across) -> bool:
    match across:
        case Across.NONE:
            return True
        case Across.COLUMN:
            return here.page != there.page
        case Across.PAGE:
            return here.spread != there.spread
        case Across.SPREAD:
            return False


def _min_first_lines(style: ParagraphStyle) -> int:
    """Return the minimum number of lines at the paragraph's start: at least those beside a drop cap."""
    return max(style.orphans, style.drop_cap.lines) if style.drop_cap else style.orphans
