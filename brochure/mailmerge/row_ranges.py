"""Parse the value of `--rows`, such as `3-7,12`, which selects records of a table."""

from __future__ import annotations

import re

from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass

PART = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class RowRanges:
    """Ranges of record numbers, first and last included. Without ranges, all records are selected."""

    ranges: tuple[tuple[int, int], ...] = ()

    def __contains__(self, number: int) -> bool:
        return not self.ranges or any(first <= number <= last for first, last in self.ranges)

    def __str__(self) -> str:
        return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in self.ranges)


def parse_row_ranges(text: str | None) -> RowRanges:
    """Parse row ranges; None selects all rows. UsageError if the text is malformed."""
    if text is None:
        return RowRanges()
    ranges = []
    for part in text.split(","):
        match = PART.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last:
            raise UsageError(f"--rows {text}: expected record numbers, e.g. 3-7 or 1,5,12-20")
        ranges.append((first, last))
    return RowRanges(tuple(ranges))
