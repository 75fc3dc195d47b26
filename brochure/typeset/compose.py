"""Composing: which breaks a paragraph takes, by total fit over all its lines.

Takes a `BreakingProblem` and the slots that its lines may fill; gives the `Cut`s of least cost. After Knuth and Plass, *Breaking
Paragraphs into Lines* (1981), with three departures: lines may differ in measure by their number; a line that is too loose
is never forbidden, only dear, so that there is always a solution; and instead of TeX's tolerance there is a bound on the
total, raised until something is found below it, which finds the same cuts as no bound would. Ragged text is fitted as well:
its cost is the raggedness.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from brochure.fast_dataclass import dataclass
from brochure.typeset.lines import LineSlots
from brochure.typeset.paragraph_metrics import BreakingProblem

LINE_PENALTY = 10.0
HYPHENS_IN_A_ROW = 6000.0
LADDER = 1e12
FITNESS = 3000.0
OVERFULL = 1e15

STUB = 1e6
"""What a last line costs that is too short. A line stretched as far as its style allows and divided costs 25,600, two such
beside each other at most 9,000 more: so there is no stub where it can be helped by up to 28 lines that keep within the style.
Beyond that (a line stretched to more than twice its allowance) the stub is the lesser evil."""

RAG = 0.32
"""The shortfall, as a share of the measure, at which a ragged line is as bad as a fully stretched one."""

STIFF = 0.02
"""What every justified line can give, as a share of the measure, when lines are weighed: scripts without spaces have no other
measure of how far a line falls short."""

ENOUGH = 0.005
"""What rounding may add to a line before it counts as too wide, in points."""

BOUNDS = (12.0, 100.0, 1000.0, 30_000.0)
"""The first bounds on the total cost, in costs of a perfect line for each line of the paragraph; the last try has none."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One line: the text from `start` to `end`, with or without a hyphen; the next line begins at `following`."""

    start: int
    end: int
    following: int
    hyphen: bool = False


class Node(NamedTuple):
    """A way to have come to a break: what it has cost, and what the line that begins there needs to know."""

    total: float
    begin: int
    line: int
    fitness: int
    hyphens: int
    before: Node | None


def total_fit(task: BreakingProblem, slots: LineSlots) -> tuple[Cut, ...]:
    """The cuts of least total cost."""
    best = _best(task, slots)
    if task.style.balance and task.ragged and best.line > 1:
        best = _balanced(task, slots, best)
    return tuple(reversed(list(_cuts(task, best))))


def first_fit(task: BreakingProblem, slots: LineSlots) -> tuple[Cut, ...]:
    """Each line as long as its slot allows: the reference that total fit must never cost more than."""
    cuts: list[Cut] = []
    begin, held = 0, -1
    for end, brk in enumerate(task.breaks):
        cost, _ = line_cost(task, slots, len(cuts), (begin, end))
        if held >= begin and cost >= OVERFULL:
            cuts.append(_cut(task, begin, held))
            begin = held + 1
        held = end
        if brk.forced:
            cuts.append(_cut(task, begin, end))
            begin = end + 1
    return tuple(cuts)


def total_cost(task: BreakingProblem, slots: LineSlots, cuts: Sequence[Cut]) -> float:
    """What a set of cuts costs altogether: the measure that total fit makes least."""
    total, node = 0.0, START
    places = {brk.start: at for at, brk in enumerate(task.breaks)}
    for line, cut in enumerate(cuts):
        end = places[cut.following]
        cost, fitness = line_cost(task, slots, line, (node.begin, end))
        extra, hyphens = step_cost(task, node, fitness, hyphen=task.breaks[end].hyphen)
        total += cost + extra
        node = Node(total, end + 1, line + 1, fitness, hyphens, None)
    return total


def line_cost(
    task: BreakingProblem, slots: LineSlots, line: int, ends: tuple[int, int]
) -> tuple[float, int]:
    """What a line from a begin to a break costs alone, and its fitness: 0 tight, 1 decent, 2 loose, 3 very loose."""
    begin, end = ends
    measure = _measure(task, slots, line, begin)
    _, cost, fitness = _lines(task, measure, begin, range(end, end + 1))[0]
    return cost, fitness


# The cheapest way through the breaks

START = Node(0.0, 0, 0, 1, 0, None)


def _best(task: BreakingProblem, slots: LineSlots) -> Node:
    """The cheapest way to the paragraph's end."""
    typical = max(slots.rest.width, task.style.type.size)
    perfect = LINE_PENALTY**2 * (1 + task.ends.at[-1] / typical)
    for share in BOUNDS:
        best = _through(task, slots, perfect * share)
        if best:
            return best
    best = _through(task, slots, math.inf)
    if best is None:
        raise AssertionError("without a bound, every break can be come to")
    return best


def _through(task: BreakingProblem, slots: LineSlots, bound: float) -> Node | None:
    """The cheapest way to the end of those that cost no more than the bound."""
    same_from = _same_from(slots)
    view = _view(task, bound)
    waiting: list[dict[tuple[int, int, int], Node]] = [{} for _ in range(len(task.breaks) + 1)]
    waiting[0] = {(0, 1, 0): START}
    for begin in range(len(task.breaks)):
        for line, nodes in _by_line(waiting[begin]):
            measure = _measure(task, slots, line, begin)
            key = min(line + 1, same_from)
            for end, cost, fitness in _within(task, view, measure, begin):
                reached, hyphen = waiting[end + 1], task.breaks[end].hyphen
                for node in nodes:
                    extra, hyphens = step_cost(task, node, fitness, hyphen=hyphen)
                    total = node.total + cost + extra
                    known = reached.get((key, fitness, hyphens))
                    if total <= bound and (known is None or total < known.total):
                        reached[key, fitness, hyphens] = Node(
                            total, end + 1, node.line + 1, fitness, hyphens, node
                        )
        waiting[begin] = {}
    return min(waiting[-1].values(), key=attrgetter("total"), default=None)


def _same_from(slots: LineSlots) -> int:
    """From which line on all slots are of one width, so that it is no matter any more which line it is."""
    count = len(slots.first)
    while count and slots.first[count - 1].width == slots.rest.width:
        count -= 1
    return count


def _by_line(
    reached: dict[tuple[int, int, int], Node],
) -> Iterator[tuple[int, list[Node]]]:
    """The nodes by the number of the line that follows, cheapest first; those left out can win nothing any more."""
    if not reached:
        return
    ordered = sorted(reached.items(), key=lambda item: (item[0][0], item[1].total))
    for line, group in groupby(ordered, key=lambda item: item[0][0]):
        nodes: list[Node] = []
        for _, node in group:
            # A jump in tightness is all that another node may have to pay and this one not.
            dear = node.total - FITNESS
            if not any(it.total <= dear and it.hyphens <= node.hyphens for it in nodes):
                nodes.append(node)
        yield line, nodes


class View(NamedTuple):
    """How far apart the two ends of a line can be that costs no more than a bound."""

    bound: float
    tightest: list[float]
    loosest: list[float]
    short: float


def _view(task: BreakingProblem, bound: float) -> View:
    at, give, take = task.ends.at, task.ends.give, task.ends.take
    tightest = [here - less for here, less in zip(at, take, strict=True)]
    if bound == math.inf or task.ideal:
        return View(bound, tightest, [], 0.0)
    ratio = (math.sqrt(bound) / 100) ** (1 / 3)
    loosest = [here + ratio * more for here, more in zip(at, give, strict=True)]
    return View(bound, tightest, loosest, ratio * (RAG if task.ragged else STIFF))


def _within(
    task: BreakingProblem, view: View, measure: float, begin: int
) -> list[tuple[int, float, int]]:
    """The lines from here that are not dearer than the bound; the least bad one where none fits and no bound is set."""
    begins, stop = task.begins, task.stops[begin]
    margin = 2 * task.largest  # what hangs and hyphens make the ends go back and forth a little
    reach = begins.at[begin] - begins.take[begin] + measure + margin
    last = bisect_right(view.tightest, reach, begin, stop + 1)
    first = begin
    if view.loosest:
        least = begins.at[begin] + measure * (1 - view.short) - margin
        first = bisect_left(view.loosest, least, begin, last)
    lines = _lines(task, measure, begin, range(min(first, stop), last))
    found = [line for line in lines if line[1] <= view.bound and line[1] < OVERFULL]
    if found or view.bound < math.inf:
        return found
    return _lines(task, measure, begin, range(begin, begin + 1))


def _measure(task: BreakingProblem, slots: LineSlots, line: int, begin: int) -> float:
    style = task.style
    indent = style.indent_start + style.indent_end + (style.indent_first if begin == 0 else 0.0)
    return slots.at(line).width - indent


def _lines(
    task: BreakingProblem, measure: float, begin: int, ends: range
) -> list[tuple[int, float, int]]:
    """What each line from here to one of these ends costs, and its fitness."""
    breaks, at, all_give, all_take = task.breaks, task.ends.at, task.ends.give, task.ends.take
    from_give, from_take = task.begins.give[begin], task.begins.take[begin]
    room = measure + task.begins.at[begin]
    least = measure * (RAG if task.ragged else STIFF)
    found: list[tuple[int, float, int]] = []
    for end in ends:
        brk = breaks[end]
        spare = measure - task.width(begin, end, measure) if task.ideal else room - at[end]
        if spare < -ENOUGH:
            take = all_take[end] - from_take
            if -spare > take + ENOUGH:
                found.append((end, OVERFULL * (1.0 - spare), 0))
                continue
            ratio = spare / take if take else -1.0
        elif brk.forced:
            found.append((end, _last_cost(task, begin, measure - spare), 1))
            continue
        else:
            ratio = spare / max(all_give[end] - from_give, least) if spare > 0 else 0.0
        badness = min(100.0 * abs(ratio) ** 3, 1e6)
        fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3
        cost = (LINE_PENALTY + badness + brk.penalty) ** 2
        found.append((end, cost, 1 if task.ragged else fitness))
    return found


def _last_cost(task: BreakingProblem, begin: int, wide: float) -> float:
    """What a last line costs that fits; one that is the only line of its paragraph is no stub."""
    alone = begin == 0 or task.breaks[begin - 1].forced
    stub = not alone and wide < task.style.min_last_line * task.style.type.size
    return LINE_PENALTY**2 + (STUB if stub else 0.0)


def step_cost(
    task: BreakingProblem, above: Node, fitness: int, *, hyphen: bool
) -> tuple[float, int]:
    """What two lines cost beside each other: hyphens in a row, a jump in tightness. Gives the hyphens in a row, too."""
    cost = FITNESS if abs(fitness - above.fitness) > 1 else 0.0
    if not hyphen:
        return cost, 0
    ladder = task.style.hyphenation.max_consecutive
    hyphens = above.hyphens + 1
    if hyphens > 1:
        cost += HYPHENS_IN_A_ROW
    if hyphens > ladder:
        cost += LADDER
    return cost, min(hyphens, max(2, ladder + 1))


# Balance


def _balanced(task: BreakingProblem, slots: LineSlots, best: Node) -> Node:
    """The same number of lines in the narrowest measure that holds them: lines as alike as they can be."""
    low, high = 0.4, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        tried = _best(task, _narrowed(slots, middle))
        if tried.line <= best.line and tried.total < OVERFULL:
            high, best = middle, tried
        else:
            low = middle
    return best


def _narrowed(slots: LineSlots, share: float) -> LineSlots:
    first = tuple(replace(slot, width=slot.width * share) for slot in slots.first)
    return LineSlots(first, replace(slots.rest, width=slots.rest.width * share))


# Cuts


def _cuts(task: BreakingProblem, node: Node) -> Iterator[Cut]:
    """The node's lines, the last one first."""
    while node.before is not None:
        yield _cut(task, node.before.begin, node.begin - 1)
        node = node.before


def _cut(task: BreakingProblem, begin: int, end: int) -> Cut:
    brk, start = task.breaks[end], task.start(begin)
    return Cut(start, max(brk.end, start), brk.start, brk.hyphen)
