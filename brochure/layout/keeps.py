"""Keeps: where a paragraph may be divided over columns.

Takes how many seats the columns have for a paragraph's lines; gives how many lines stand in each, and the first column whose
cut leaves a widow or an orphan, with what it may keep. Stands behind `flow`, which composes the lines again for the seats
that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from brochure.typeset.style import ParagraphStyle


def lines_in(seats_in: Sequence[int], lines: int) -> list[int]:
    """How many lines stand in each column."""
    ends = [min(end, lines) for end in accumulate(seats_in)]
    return [after - before for before, after in pairwise([0, *ends])]


def breaks_keeps(
    counts: Sequence[int], lines: int, style: ParagraphStyle, *, fresh: bool
) -> tuple[int, int] | None:
    """The first column whose cut breaks a rule, and how many lines it may keep; None where all is well.

    The first column may give up everything unless the paragraph begins at its head: then a broken rule is better
    than an empty column.
    """
    orphans, widows = (lines, 0) if style.keep_together else (_orphans(style), style.widows)
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


def _orphans(style: ParagraphStyle) -> int:
    """The lines that must stand together where the paragraph begins: all those beside a drop initial."""
    return max(style.orphans, style.drop_cap.lines) if style.drop_cap else style.orphans
