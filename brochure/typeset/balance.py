"""Balance the lines of a heading: as many lines as before, as equal in length as possible.

The sum of the squared differences from the mean length is the least possible, with additional costs
for hyphens and for breaks that a title should avoid (`weak_breaks`). Lengths are measured without
hanging punctuation, so that it does not change the breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from brochure.typeset.line_edges import WIDTH_TOLERANCE, BreakingProblem
from brochure.typeset.lines import LineSlots

MAX_BALANCED_LINES = 12
"""Longer paragraphs are not headings; balancing them would be slow and change little."""

PENALTY_UNIT = 100.0
"""Penalty of a break that costs as much as two lines that are zero and twice as long as the mean."""


def balance(problem: BreakingProblem, slots: LineSlots, ends: Sequence[int]) -> tuple[int, ...]:
    """Return other breaks for the lines that end at these, with the same number of lines."""
    balanced: list[int] = []
    begin = 0
    for part in _split_at_forced_breaks(problem, ends):
        if 1 < len(part) <= MAX_BALANCED_LINES:
            balanced.extend(_Balance(problem, slots, len(balanced), begin, part).find())
        else:
            balanced.extend(part)
        begin = part[-1] + 1
    return tuple(balanced)


def _split_at_forced_breaks(
    problem: BreakingProblem, ends: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    part: list[int] = []
    for end in ends:
        part.append(end)
        if problem.breaks[end].forced:
            yield tuple(part)
            part = []


class _Balance:
    """The lines from `begin` to a forced break, the first of which has the number `first`."""

    def __init__(
        self,
        problem: BreakingProblem,
        slots: LineSlots,
        first: int,
        begin: int,
        ends: tuple[int, ...],
    ) -> None:
        self.problem, self.slots, self.first, self.begin, self.ends = (
            problem,
            slots,
            first,
            begin,
            ends,
        )
        begins = [begin, *(end + 1 for end in ends[:-1])]
        lines = list(zip(range(len(ends)), begins, ends, strict=True))
        widths = fsum(self._width(line, at, end) for line, at, end in lines)
        self.mean = widths / fsum(self._measure(line, at) for line, at, _ in lines)

    def find(self) -> tuple[int, ...]:
        """Return the ends of the lines of least cost."""
        best: dict[int, tuple[float, tuple[int, ...]]] = {self.begin: (0.0, ())}
        for line in range(len(self.ends)):
            best = self._extend(best, line)
        found = best.get(self.ends[-1] + 1)
        return found[1] if found else self.ends

    def _extend(
        self, best: dict[int, tuple[float, tuple[int, ...]]], line: int
    ) -> dict[int, tuple[float, tuple[int, ...]]]:
        """Return the cheapest ways to set one line more, by the break at which the next begins."""
        last = self.ends[-1]
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for begin, (total, ends) in best.items():
            for end in range(begin, last + 1):
                excess = self._excess(line, begin, end)
                if excess > self.problem.largest:  # a hyphen makes a line wider than a longer one
                    break
                if excess > WIDTH_TOLERANCE:
                    continue
                cost = total + self._cost(line, begin, end)
                if end + 1 not in longer or cost < longer[end + 1][0]:
                    longer[end + 1] = cost, (*ends, end)
        return longer

    def _cost(self, line: int, begin: int, end: int) -> float:
        share = self._width(line, begin, end) / self._measure(line, begin)
        brk = self.problem.breaks[end]
        divided = brk.hyphen and self.first + line in self.slots.undivided
        return (
            (share / self.mean - 1) ** 2
            + (brk.penalty / PENALTY_UNIT) ** 2
            + brk.weak
            + (1e6 if divided else 0.0)
        )

    def _excess(self, line: int, begin: int, end: int) -> float:
        """Return by how much a line is too wide."""
        measure = self._measure(line, begin)
        return self.problem.width(begin, end, measure) - measure

    def _width(self, line: int, begin: int, end: int) -> float:
        """Return the width of a line without hanging punctuation."""
        upright = self.problem.without_hanging or self.problem
        return upright.width(begin, end, self._measure(line, begin))

    def _measure(self, line: int, begin: int) -> float:
        return max(self.problem.measure(self.slots, self.first + line, begin), 1.0)
