"""Composing: which breaks a paragraph takes, by total fit over all its lines.

Takes the widths and breaks of a paragraph, its style and the slots that its lines may fill; gives the `Cut`s of least cost.
After Knuth and Plass, *Breaking Paragraphs into Lines* (1981), with two departures: lines may differ in measure by
their number, and a line that is too loose is never forbidden, only dear, so that there is always a solution. Ragged
text is fitted as well: its cost is the raggedness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from brochure.typeset.breaks import Break
from brochure.typeset.hanging import HYPHEN
from brochure.typeset.line import Slots
from brochure.typeset.measure import Widths
from brochure.typeset.style import Align, ParagraphStyle

LINE_PENALTY = 10.0
HYPHENS_IN_A_ROW = 6000.0
LADDER = 1e6
FITNESS = 3000.0
STUB = 4000.0
OVERFULL = 1e15
RAG = 0.32
"""The shortfall, as a share of the measure, at which a ragged line is as bad as a fully stretched one."""

ENOUGH = 0.005
"""What rounding may add to a line before it counts as too wide, in points."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One line: the text from `start` to `end`, with or without a hyphen; the next line begins at `following`."""

    start: int
    end: int
    following: int
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be broken: widths, breaks, style, and how wide a hyphen is."""

    widths: Widths
    breaks: tuple[Break, ...]
    style: ParagraphStyle
    hyphen: float = 0.0

    @property
    def justified(self) -> bool:
        """Whether the lines are made of one width."""
        return self.style.align is Align.JUSTIFY


class Node(NamedTuple):
    """A way to have come to a break: what it has cost, and what the line that begins there needs to know."""

    total: float
    start: int
    line: int
    fitness: int
    hyphens: int
    brk: int
    before: Node | None


def total_fit(task: Task, slots: Slots) -> tuple[Cut, ...]:
    """The cuts of least total cost."""
    best = _best(task, slots)
    if task.style.balance and not task.justified and best.line > 1:
        best = _balanced(task, slots, best)
    return _cuts(task, best)


def first_fit(task: Task, slots: Slots) -> tuple[Cut, ...]:
    """Each line as long as its slot allows: the reference that total fit must never cost more than."""
    cuts: list[Cut] = []
    start, held = 0, None
    for brk in task.breaks:
        fits = line_cost(task, slots, len(cuts), start, brk)[0] < OVERFULL
        if held is not None and not fits:
            cuts.append(Cut(start, held.end, held.start, held.hyphen))
            start = held.start
        held = brk
        if brk.forced:
            cuts.append(Cut(start, brk.end, brk.start))
            start, held = brk.start, None
    return tuple(cuts)


def line_cost(task: Task, slots: Slots, line: int, start: int, brk: Break) -> tuple[float, int]:
    """What a line costs alone, and its fitness class: 0 tight, 1 decent, 2 loose, 3 very loose."""
    slot = slots.at(line)
    measure = slot.width - task.style.indent_end - task.style.indent_start
    measure -= task.style.indent_first if start == 0 else 0.0
    wide, space, ems = natural(task, start, brk)
    spare = measure - wide
    if brk.forced and spare >= 0:
        stub = wide < task.style.last_line * task.style.type.size and start > 0
        return (LINE_PENALTY**2 + (STUB if stub else 0.0)), 1
    ratio = _ratio(task, spare, space, ems, measure)
    if ratio < -1.0:
        return OVERFULL * (1.0 - spare), 0
    badness = 100.0 * abs(ratio) ** 3
    fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3
    return (LINE_PENALTY + min(badness, 1e6) + brk.penalty) ** 2, fitness if task.justified else 1


def natural(task: Task, start: int, brk: Break) -> tuple[float, float, float]:
    """Width of the line at ideal spaces, less what hangs, with its spaces' width and the sum of its letters' ems."""
    end = max(brk.end, start)
    wide, space, ems = task.widths.stretch(start, end)
    if brk.hyphen:
        wide += task.hyphen
    if task.style.hang:
        wide -= task.widths.hang_left(start)
        wide -= task.hyphen * HYPHEN if brk.hyphen else task.widths.hang_right(end)
    wide += space * (task.style.word_space.ideal - 1)
    return wide, space, ems


def _ratio(task: Task, spare: float, space: float, ems: float, measure: float) -> float:
    """How far the line must stretch (above 0) or shrink (below), 1 being all that the style allows."""
    style = task.style
    if not task.justified:
        return -2.0 if spare < -ENOUGH else max(0.0, spare) / (RAG * measure)
    if spare < 0:
        give = space * (style.word_space.ideal - style.word_space.least)
        give -= ems * style.letter_space.least / 1000
        return spare / give if give > 0 and spare < -ENOUGH else 0.0 if spare >= -ENOUGH else -2.0
    give = space * (style.word_space.most - style.word_space.ideal)
    give += ems * style.letter_space.most / 1000
    return spare / give if give > 0 else (10.0 if spare > ENOUGH else 0.0)


def step_cost(task: Task, brk: Break, before: tuple[int, int], fitness: int) -> tuple[float, int]:
    """What two lines cost beside each other: hyphens in a row, a jump in tightness. Gives the hyphens in a row, too.

    `before` is the fitness and the number of hyphens in a row up to the line above.
    """
    fitness_before, hyphens_before = before
    hyphens = hyphens_before + 1 if brk.hyphen else 0
    cost = FITNESS if abs(fitness - fitness_before) > 1 else 0.0
    if hyphens > 1:
        cost += HYPHENS_IN_A_ROW
    if hyphens > task.style.hyphenation.ladder:
        cost += LADDER
    return cost, hyphens


def _best(task: Task, slots: Slots) -> Node:
    """The cheapest way to the paragraph's end."""
    active: list[Node] = [Node(0.0, 0, 0, 1, 0, -1, None)]
    last_line = len(slots.first)
    for at, brk in enumerate(task.breaks):
        reached: dict[tuple[int, int, int], Node] = {}
        kept: list[Node] = []
        for node in active:
            cost, fitness = line_cost(task, slots, node.line, node.start, brk)
            if cost >= OVERFULL:
                continue  # and it will be so at every later break: the line only grows
            kept.append(node)
            extra, hyphens = step_cost(task, brk, (node.fitness, node.hyphens), fitness)
            total = node.total + cost + extra
            line = node.line + 1
            key = (min(line, last_line), fitness, hyphens)
            if key not in reached or total < reached[key].total:
                reached[key] = Node(total, brk.start, line, fitness, hyphens, at, node)
        if not reached:
            reached = _forced_through(task, slots, active, (at, brk))
        active = list(reached.values()) if brk.forced else [*kept, *reached.values()]
    return min(active, key=lambda node: node.total)


def _forced_through(
    task: Task, slots: Slots, active: Sequence[Node], at: tuple[int, Break]
) -> dict[tuple[int, int, int], Node]:
    """The least bad line that is too wide, where nothing fits."""
    number, brk = at
    costs = [line_cost(task, slots, node.line, node.start, brk)[0] + node.total for node in active]
    total = min(costs)
    node = active[costs.index(total)]
    hyphens = node.hyphens + 1 if brk.hyphen else 0
    return {(0, 0, 0): Node(total, brk.start, node.line + 1, 0, hyphens, number, node)}


def _balanced(task: Task, slots: Slots, best: Node) -> Node:
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


def _narrowed(slots: Slots, share: float) -> Slots:
    first = tuple(replace(slot, width=slot.width * share) for slot in slots.first)
    return Slots(first, replace(slots.rest, width=slots.rest.width * share))


def _cuts(task: Task, node: Node) -> tuple[Cut, ...]:
    cuts: list[Cut] = []
    while node.before is not None:
        brk = task.breaks[node.brk]
        cuts.append(Cut(node.before.start, max(brk.end, node.before.start), brk.start, brk.hyphen))
        node = node.before
    return tuple(reversed(cuts))


def total_cost(task: Task, slots: Slots, cuts: Sequence[Cut]) -> float:
    """What a set of cuts costs altogether: the measure that total fit makes least."""
    by_start = {brk.start: brk for brk in task.breaks}
    total, before = 0.0, (1, 0)
    for line, cut in enumerate(cuts):
        brk = by_start[cut.following]
        cost, fitness = line_cost(task, slots, line, cut.start, brk)
        extra, hyphens = step_cost(task, brk, before, fitness)
        total += cost + extra
        before = (fitness, hyphens)
    return total
