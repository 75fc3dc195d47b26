"""Break prepared paragraphs into lines by total fit.

After Knuth and Plass, *Breaking Paragraphs into Lines* (1981), with three differences. Line widths
may vary by line number. A loose line is never forbidden, only expensive, so that a solution always
exists. Instead of TeX's tolerance, the total cost is bounded and the bound is raised until a
solution is found; the result is the same as without a bound. Ragged text is optimized too: its cost
is the raggedness.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, repeat
from operator import add, attrgetter, mul, sub
from typing import NamedTuple

from brochure.fast_dataclass import dataclass
from brochure.typeset.balance import balance
from brochure.typeset.line_edges import WIDTH_TOLERANCE, BreakingProblem
from brochure.typeset.lines import LineSlots

LINE_PENALTY = 10.0
CONSECUTIVE_HYPHENS_COST = 6000.0
LADDER_COST = 1e12
FITNESS_JUMP_COST = 3000.0
OVERFULL_COST = 1e15
LARGEST_COST = math.nextafter(OVERFULL_COST, 0.0)
MAX_BADNESS = 1e6
DIVISION_COST = 1e14
"""Cost of a word that is divided over a page: above that of any loose line, below that of a line that
is too wide."""

SHORT_LAST_LINE_COST = 1e6
"""Cost of a last line that is too short. A hyphenated line stretched to the limit of its style
costs 25,600, and the transition between two such lines at most 9,000 more, so up to 28 lines are
stretched within the style's limits to avoid a short last line. Beyond that (a line stretched to
more than twice its allowance) the short last line is preferred."""

RAGGED_STRETCH = 0.32
"""Shortfall, as a share of the line width, at which a ragged line is as bad as a fully stretched
one."""

MIN_STRETCH = 0.02
"""Least stretch assumed for a justified line, as a share of its width. Scripts without spaces have
no other measure of how far a line falls short."""

COST_BOUNDS = (12.0, 100.0, 1000.0, 30_000.0, 300_000.0)
"""Bounds on the total cost for the first attempts, as multiples of the cost of a paragraph of
perfect lines. The last attempt is unbounded."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One line: the text from `start` to `end`, with or without a hyphen; the next line begins at `following`.

    With `repeated_hyphen`, the line begins with the hyphen of a compound word that the line above
    ends with as well.
    """

    start: int
    end: int
    following: int
    hyphen: bool = False
    repeated_hyphen: bool = False


class Node(NamedTuple):
    """A break reached by a sequence of lines: its total cost and the state that the next line needs."""

    total: float
    begin: int
    line: int
    fitness: int
    hyphens: int
    before: Node | None


def total_fit(problem: BreakingProblem, slots: LineSlots) -> tuple[Cut, ...]:
    """Return the cuts of least total cost."""
    best = _find_best(problem, slots)
    if not problem.ragged or best.line < 2:  # one line has no breaks
        return _make_cuts(problem, _trace_ends(best))
    if problem.style.balance and best.total < OVERFULL_COST:
        return _make_cuts(problem, balance(problem, slots, _trace_ends(best)))
    if any(brk.weak for brk in problem.breaks):
        best = _avoid_weak_breaks(problem, slots, best)
    return _make_cuts(problem, _trace_ends(best))


def first_fit(problem: BreakingProblem, slots: LineSlots) -> tuple[Cut, ...]:
    """Make each line as long as its slot allows.

    A reference for tests: total fit must never cost more.
    """
    cuts: list[Cut] = []
    begin, last_fitting = 0, -1
    for end, brk in enumerate(problem.breaks):
        cost, _ = line_cost(problem, slots, len(cuts), (begin, end))
        if last_fitting >= begin and cost >= OVERFULL_COST:
            cuts.append(_make_cut(problem, begin, last_fitting))
            begin = last_fitting + 1
        last_fitting = end
        if brk.forced:
            cuts.append(_make_cut(problem, begin, end))
            begin = end + 1
    return tuple(cuts)


def total_cost(problem: BreakingProblem, slots: LineSlots, cuts: Sequence[Cut]) -> float:
    """Return the total cost of a sequence of cuts, the value that `total_fit` minimizes."""
    total, node = 0.0, START
    places = {brk.start: at for at, brk in enumerate(problem.breaks)}
    for line, cut in enumerate(cuts):
        end = places[cut.following]
        cost, fitness = line_cost(problem, slots, line, (node.begin, end))
        extra, hyphens = step_cost(problem, node, fitness, hyphen=problem.breaks[end].hyphen)
        total += cost + extra
        node = Node(total, end + 1, line + 1, fitness, hyphens, None)
    return total


def line_cost(
    problem: BreakingProblem, slots: LineSlots, line: int, ends: tuple[int, int]
) -> tuple[float, int]:
    """Return the cost of one line by itself and its fitness class.

    Fitness classes are 0 (tight), 1 (decent), 2 (loose) and 3 (very loose).
    """
    begin, end = ends
    measure = problem.measure(slots, line, begin)
    _, cost, fitness = _cost_lines(problem, measure, begin, range(end, end + 1))[0]
    return cost + _division_cost(problem, slots, line, end), fitness


# Search over the breaks

START = Node(0.0, 0, 0, 1, 0, None)


def _find_best(problem: BreakingProblem, slots: LineSlots) -> Node:
    """Return the last node of the cheapest sequence of lines."""
    typical_width = max(slots.rest.width, problem.style.type.size)
    # A font may move the pen backwards so far that the paragraph has a negative length.
    lines = max(0.0, problem.end_at[-1] / typical_width)
    perfect_cost = LINE_PENALTY**2 * (1 + lines)
    for share in COST_BOUNDS:
        best = _search(problem, slots, perfect_cost * share)
        if best:
            return best
    best = _search(problem, slots, math.inf)
    if best is None:
        raise AssertionError("every break is reachable when the cost is not bounded")
    return best


def _search(problem: BreakingProblem, slots: LineSlots, bound: float) -> Node | None:
    """Return the last node of the cheapest sequence whose cost does not exceed the bound."""
    uniform_from = _first_uniform_line(slots)
    limits = _limit_reach(problem, bound)
    active: list[dict[tuple[int, int, int], Node]] = [{} for _ in range(len(problem.breaks) + 1)]
    active[0] = {(0, 1, 0): START}
    for begin in range(len(problem.breaks)):
        if not active[begin]:
            continue
        for line, nodes in _group_by_line(active[begin]):
            measure = problem.measure(slots, line, begin)
            key = min(line + 1, uniform_from)
            for end, alone, fitness in _candidate_lines(problem, limits, measure, begin):
                candidates, hyphen = active[end + 1], problem.breaks[end].hyphen
                cost = alone + (_division_cost(problem, slots, line, end) if hyphen else 0.0)
                for node in nodes:
                    extra, hyphens = step_cost(problem, node, fitness, hyphen=hyphen)
                    total = node.total + cost + extra
                    known = candidates.get((key, fitness, hyphens))
                    if total <= bound and (known is None or total < known.total):
                        candidates[key, fitness, hyphens] = Node(
                            total, end + 1, node.line + 1, fitness, hyphens, node
                        )
        active[begin] = {}
    return min(active[-1].values(), key=attrgetter("total"), default=None)


def _first_uniform_line(slots: LineSlots) -> int:
    """Return the first line from which all slots have one width; from there on line numbers are equivalent."""
    count = len(slots.first)
    if slots.undivided:
        return max(count, max(slots.undivided) + 1)
    while count and slots.first[count - 1].width == slots.rest.width:
        count -= 1
    return count


def _group_by_line(
    candidates: dict[tuple[int, int, int], Node],
) -> Iterator[tuple[int, list[Node]]]:
    """Group nodes by the number of the next line, cheapest first, and drop those that cannot win."""
    if len(candidates) == 1:
        ((key, node),) = candidates.items()
        yield key[0], [node]
        return
    ordered = sorted(candidates.items(), key=lambda item: (item[0][0], item[1].total))
    for line, group in groupby(ordered, key=lambda item: item[0][0]):
        nodes: list[Node] = []
        for _, node in group:
            # From the same line, two nodes' later costs differ by at most one fitness jump.
            threshold = node.total - FITNESS_JUMP_COST
            if not any(it.total <= threshold and it.hyphens <= node.hyphens for it in nodes):
                nodes.append(node)
        yield line, nodes


class ReachLimits(NamedTuple):
    """How far apart the two ends of a line may be within a cost bound."""

    bound: float
    tightest: list[float]
    loosest: list[float]
    short: float


def _division_cost(problem: BreakingProblem, slots: LineSlots, line: int, end: int) -> float:
    """Return the cost of a word that is divided where it should not be."""
    return DIVISION_COST if problem.breaks[end].hyphen and line in slots.undivided else 0.0


def _limit_reach(problem: BreakingProblem, bound: float) -> ReachLimits:
    at, stretch, shrink = problem.end_at, problem.end_stretch, problem.end_shrink
    tightest = list(map(sub, at, shrink))
    if bound == math.inf or problem.ideal:
        return ReachLimits(bound, tightest, [], 0.0)
    ratio = (math.sqrt(bound) / 100) ** (1 / 3)
    loosest = list(map(add, at, map(mul, repeat(ratio), stretch)))
    return ReachLimits(
        bound, tightest, loosest, ratio * (RAGGED_STRETCH if problem.ragged else MIN_STRETCH)
    )


def _candidate_lines(
    problem: BreakingProblem, limits: ReachLimits, measure: float, begin: int
) -> list[tuple[int, float, int]]:
    """Return the lines from here within the bound, or the least bad one if none fits and the search is unbounded."""
    begin_at, stop = problem.begin_at[begin], problem.stops[begin]
    # Hanging punctuation and hyphens make the ends not quite monotonic.
    margin = 2 * problem.largest
    reach = begin_at - problem.begin_shrink[begin] + measure + margin
    last = bisect_right(limits.tightest, reach, begin, stop + 1)
    first = begin
    if limits.loosest:
        least = begin_at + measure * (1 - limits.short) - margin
        first = bisect_left(limits.loosest, least, begin, last)
    lines = _cost_lines(problem, measure, begin, range(min(first, stop), last))
    most = limits.bound if limits.bound < OVERFULL_COST else LARGEST_COST
    costs = [line for line in lines if line[1] <= most]
    if costs or limits.bound < math.inf:
        return costs
    return _cost_lines(problem, measure, begin, range(begin, begin + 1))


def _cost_lines(
    problem: BreakingProblem, measure: float, begin: int, ends: range
) -> list[tuple[int, float, int]]:
    """Return (end, cost, fitness) for the lines from `begin` to each of the ends."""
    breaks, at, ideal, ragged = problem.breaks, problem.end_at, problem.ideal, problem.ragged
    all_stretch, all_shrink = problem.end_stretch, problem.end_shrink
    begin_stretch, begin_shrink = problem.begin_stretch[begin], problem.begin_shrink[begin]
    available = measure + problem.begin_at[begin]
    least = measure * (RAGGED_STRETCH if ragged else MIN_STRETCH)
    margin = 2 * problem.largest
    costs: list[tuple[int, float, int]] = []
    for end in ends:
        brk = breaks[end]
        free = measure - problem.width(begin, end, measure) if ideal else available - at[end]
        if free < -WIDTH_TOLERANCE:
            shrink = all_shrink[end] - begin_shrink
            if -free > shrink + WIDTH_TOLERANCE:
                costs.append((end, OVERFULL_COST * (1.0 - free), 0))
                if ideal and -free - shrink > margin:
                    break  # tabs make a line longer, never shorter: all later ends are overfull
                continue
            ratio = free / shrink if shrink else -1.0
        elif brk.forced:
            costs.append((end, _last_line_cost(problem, begin, measure - free), 1))
            continue
        else:
            stretch = all_stretch[end] - begin_stretch
            ratio = free / (stretch if stretch > least else least) if free > 0 else 0.0
        badness = 100.0 * abs(ratio) ** 3
        badness = min(badness, MAX_BADNESS)
        fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3
        cost = (LINE_PENALTY + badness + brk.penalty) ** 2
        costs.append((end, cost, 1 if ragged else fitness))
    return costs


def _last_line_cost(problem: BreakingProblem, begin: int, width: float) -> float:
    """Return the cost of a last line that fits; the only line of a paragraph is never too short."""
    is_single_line = begin == 0 or problem.breaks[begin - 1].forced
    is_short = not is_single_line and width < problem.style.min_last_line * problem.style.type.size
    return LINE_PENALTY**2 + (SHORT_LAST_LINE_COST if is_short else 0.0)


def step_cost(
    problem: BreakingProblem, above: Node, fitness: int, *, hyphen: bool
) -> tuple[float, int]:
    """Return the cost of two adjacent lines and the number of consecutive hyphens.

    Consecutive hyphens and jumps between fitness classes cost extra.
    """
    cost = FITNESS_JUMP_COST if abs(fitness - above.fitness) > 1 else 0.0
    if not hyphen:
        return cost, 0
    ladder = problem.style.hyphenation.max_consecutive
    hyphens = above.hyphens + 1
    if hyphens > 1:
        cost += CONSECUTIVE_HYPHENS_COST
    if hyphens > ladder:
        cost += LADDER_COST
    return cost, min(hyphens, max(2, ladder + 1))


# Titles that are not balanced

WEAK_PENALTY = 600.0
"""Penalty of a break with a `weak` cost of 1."""


def _avoid_weak_breaks(problem: BreakingProblem, slots: LineSlots, best: Node) -> Node:
    """Return the best lines without breaks that a title should avoid, if they are not more lines."""
    breaks = tuple(
        brk._replace(penalty=brk.penalty + WEAK_PENALTY * brk.weak) if brk.weak else brk
        for brk in problem.breaks
    )
    other = _find_best(replace(problem, breaks=breaks), slots)
    return other if other.line <= best.line else best


# Cuts


def _trace_ends(node: Node) -> tuple[int, ...]:
    """Return the breaks that lead to a node."""
    ends: list[int] = []
    while node.before is not None:
        ends.append(node.begin - 1)
        node = node.before
    return tuple(reversed(ends))


def _make_cuts(problem: BreakingProblem, ends: Sequence[int]) -> tuple[Cut, ...]:
    begins = [0, *(end + 1 for end in ends[:-1])]
    return tuple(_make_cut(problem, begin, end) for begin, end in zip(begins, ends, strict=True))


def _make_cut(problem: BreakingProblem, begin: int, end: int) -> Cut:
    brk, start = problem.breaks[end], problem.start(begin)
    repeated = begin > 0 and problem.breaks[begin - 1].repeated_hyphen
    return Cut(start, max(brk.end, start), brk.start, brk.hyphen, repeated)
