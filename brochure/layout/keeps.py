"""Keep rules: where a paragraph may be divided between columns (widows, orphans, keep together)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from brochure.typeset.style import ParagraphStyle


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


def _min_first_lines(style: ParagraphStyle) -> int:
    """Return the minimum number of lines at the paragraph's start: at least those beside a drop cap."""
    return max(style.orphans, style.drop_cap.lines) if style.drop_cap else style.orphans
