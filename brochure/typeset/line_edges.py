"""Line edges: where the possible lines of a paragraph begin and end, in points.

In `BreakingProblem`, the width of any line and how far its spaces and letters stretch or shrink are
differences of two numbers, which already include the effect of the cut: a split ligature, a hyphen,
hanging punctuation, no letter space after the last letter.

A book has many breaks. Therefore what all of them have in common is computed without a Python loop, and a loop visits only
those that differ: hyphens, unsafe cuts, empty lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, compress, pairwise, repeat
from operator import add, ge, mul, not_, sub

from brochure.fast_dataclass import dataclass
from brochure.typeset.hanging_punctuation import HYPHEN_SHARE, RIGHT_SHARES, left_share, left_shares
from brochure.typeset.hyphen_kerning import measure_growth, measure_head_growth, measure_tail_growth
from brochure.typeset.line_breaks import LineBreak
from brochure.typeset.lines import LineSlots
from brochure.typeset.paragraph_metrics import ParagraphMetrics, find_last_visible, pick
from brochure.typeset.reshaping import hyphen_width, repeated_hyphen_width
from brochure.typeset.style import Align, ParagraphStyle
from brochure.typeset.tabs import measure_tabbed_line


@dataclass(frozen=True, slots=True, eq=False)
class BreakingProblem:
    """Input of the line breaker. A line from the n-th begin may end at the n-th of `breaks` or any later one.

    For each edge of a line: its position in the unbroken line (`begin_at`, `end_at`), and the stretch and shrink of the text
    before it. `stops` is, for each begin, the forced break that no line may pass. `largest` is the largest
    type size. For a text with tabs, `tabs` holds their offsets and `ideal` the width before each
    character; both are empty for other texts. `without_hanging` is the same without hanging
    punctuation, for balanced lines.
    """

    breaks: tuple[LineBreak, ...]
    style: ParagraphStyle
    begin_at: Sequence[float]
    begin_stretch: Sequence[float]
    begin_shrink: Sequence[float]
    end_at: Sequence[float]
    end_stretch: Sequence[float]
    end_shrink: Sequence[float]
    stops: Sequence[int]
    largest: float
    ideal: Sequence[float] = ()
    tabs: tuple[int, ...] = ()
    without_hanging: BreakingProblem | None = None

    @property
    def ragged(self) -> bool:
        """True if the lines keep their ideal widths."""
        return self.style.align is not Align.JUSTIFY

    def measure(self, slots: LineSlots, line: int, begin: int) -> float:
        """Return the width available to a line, counted from 0."""
        style = self.style
        indent = style.indent_start + style.indent_end + (style.indent_first if begin == 0 else 0.0)
        return slots.at(line).width - indent

    def start(self, begin: int) -> int:
        """Return the offset in the text at which a line begins."""
        return self.breaks[begin - 1].start if begin else 0

    def width(self, begin: int, end: int, measure: float) -> float:
        """Return the width of a line with ideal spaces and with tabs set for this line width."""
        width = self.end_at[end] - self.begin_at[begin]
        if not self.ideal:
            return width
        first = bisect_left(self.tabs, self.start(begin))
        last = bisect_left(self.tabs, self.breaks[end].end)
        if first >= last:
            return width
        tabs = self.tabs[first:last]
        places = [self.begin_at[begin], *(self.ideal[at] for at in tabs), self.end_at[end]]
        return measure_tabbed_line(
            [after - before for before, after in pairwise(places)], self.style, measure
        )


WIDTH_TOLERANCE = 0.005
"""Rounding error allowed before a line counts as too wide, in points."""


def measure_paragraph(metrics: ParagraphMetrics, breaks: tuple[LineBreak, ...]) -> BreakingProblem:
    """Compute the line edges of a paragraph."""
    problem = _measure_edges(metrics, breaks)
    style = metrics.style
    if style.balance and style.hanging_punctuation and problem.ragged:
        upright = replace(metrics, style=replace(style, hanging_punctuation=False))
        return replace(problem, without_hanging=_measure_edges(upright, breaks))
    return problem


def _measure_edges(metrics: ParagraphMetrics, breaks: tuple[LineBreak, ...]) -> BreakingProblem:
    style, text = metrics.style, metrics.text
    extra = style.word_space.ideal - 1
    ideal = tuple(accumulate(metrics.own, initial=0.0))
    if extra:
        ideal = tuple(map(add, ideal, map(mul, metrics.space, repeat(extra))))
    ends, following, _, hyphens, forced, repeated, _ = zip(*breaks, strict=True)
    starts = (0, *following[:-1])
    tails, heads = _measure_growths(metrics, breaks)
    begins = _find_begins(metrics, starts, heads, repeated)
    changes, letters = _find_ends(metrics, (starts, ends), tails, hyphens)
    begin_elasticity, end_elasticity = _measure_elasticity(metrics, starts, ends, letters)
    tabs = tuple([at for at, char in enumerate(text) if char == "\t"]) if "\t" in text else ()
    return BreakingProblem(
        breaks,
        style,
        tuple(map(add, pick(ideal, starts), begins)),
        *begin_elasticity,
        tuple(map(add, pick(ideal, ends), changes)),
        *end_elasticity,
        _find_stops(forced),
        max((shaped.item.size for shaped in metrics.items), default=style.type.size),
        ideal if tabs else (),
        tabs,
    )


def _find_stops(forced: Sequence[bool]) -> tuple[int, ...]:
    """Return, for each begin, the forced break that no line may pass."""
    found: list[int] = []
    begin = 0
    for at in compress(range(len(forced)), forced):
        found += [at] * (at + 1 - begin)
        begin = at + 1
    return (*found, *([len(forced) - 1] * (len(forced) - begin)))


def _measure_growths(
    metrics: ParagraphMetrics, breaks: Sequence[LineBreak]
) -> tuple[list[float], list[float]]:
    """For each break, return by how much the line grows at its end, and the next line at its start."""
    text = metrics.text
    safe = {0, len(text), *metrics.starts}.union(*(shaped.safe for shaped in metrics.items))
    tails, heads = [0.0] * len(breaks), [0.0] * len(breaks)
    for at, brk in enumerate(breaks):
        if brk.end in safe and brk.start in safe:
            continue
        if brk.hyphen:
            tails[at], heads[at] = measure_growth(metrics.item_at(brk.end), brk.start, text)
            continue
        if brk.end:
            tails[at] = measure_tail_growth(metrics.item_at(brk.end - 1), brk.end, text)
        if brk.start < len(text):
            heads[at] = measure_head_growth(metrics.item_at(brk.start), brk.start, text)
    return tails, heads


def _find_begins(
    metrics: ParagraphMetrics,
    starts: Sequence[int],
    heads: Sequence[float],
    repeated: Sequence[bool],
) -> Sequence[float]:
    """Return by how much each line's position changes where it begins; a line may begin with a repeated hyphen."""
    hang, numbers = metrics.style.hanging_punctuation, range(len(starts))
    growths = (0.0, *heads[:-1])
    changes = [-growth for growth in growths]
    if hang:
        shares = left_shares(metrics.style.type.size)
        at_starts = map(shares.get, pick(f"{metrics.text}\n", starts), repeat(0.0))
        changes = list(map(sub, map(mul, at_starts, pick((*metrics.own, 0.0), starts)), growths))
    if metrics.tracking and not metrics.left_to_right:
        changes = list(map(add, changes, pick((*metrics.tracking, 0.0), starts)))
    for at in compress(numbers, (False, *repeated[:-1])):
        share = 1 - left_share("-") if hang else 1.0
        hyphen = repeated_hyphen_width(metrics.item_at(starts[at]).item, share)
        changes[at] = -heads[at - 1] - hyphen
    for at in compress(numbers, map(ge, starts, repeat(len(metrics.text)))):
        changes[at] = 0.0
    return changes


def _find_ends(
    metrics: ParagraphMetrics,
    lines: tuple[Sequence[int], Sequence[int]],
    tails: Sequence[float],
    hyphens: Sequence[bool],
) -> tuple[Sequence[float], Sequence[int]]:
    """Return by how much each line's position changes where it ends, and its last visible letter (-1 for a hyphen).

    A line ends with a hyphen, or without the tracking after its last letter. `lines` are the starts and ends of the shortest
    lines.
    """
    text, own, hang = metrics.text or "\n", metrics.own or (0.0,), metrics.style.hanging_punctuation
    starts, ends = lines
    numbers = range(len(ends))
    before = [end - 1 for end in ends]
    widths, letters, changes = pick(own, before), list(before), list(tails)
    for at in compress(numbers, map(not_, widths)):
        letters[at] = find_last_visible(own, starts[at], ends[at])
    if hang:
        shares = map(RIGHT_SHARES.get, pick(text, before), repeat(0.0))
        changes = list(map(sub, tails, map(mul, shares, map(add, widths, tails))))
    if metrics.tracking and metrics.left_to_right:
        changes = list(map(sub, changes, pick(metrics.tracking, letters)))
    for at in compress(numbers, map(ge, starts, ends)):
        changes[at], letters[at] = 0.0, -1
    share = 1 - HYPHEN_SHARE if hang else 1.0
    for at in compress(numbers, hyphens):
        hyphen = hyphen_width(metrics.item_at(ends[at] - 1).item)
        changes[at], letters[at] = tails[at] + hyphen * share, -1
    return changes, letters


Elasticity = tuple[Sequence[float], Sequence[float]]
"""The stretch and the shrink of the text before each edge."""


def _measure_elasticity(
    metrics: ParagraphMetrics, starts: Sequence[int], ends: Sequence[int], letters: Sequence[int]
) -> tuple[Elasticity, Elasticity]:
    """Return the elasticity before the begins and the ends of lines; none in ragged text.

    The letter at the right edge of a line gets no letter space: the last of the `letters`, or the first in right-to-left text.
    """
    if metrics.style.align is not Align.JUSTIFY:
        none = (0.0,) * len(ends)
        return (none, none), (none, none)
    word = metrics.style.word_space
    begins, lasts = [], []
    for share, sums, each in (
        (max(0.0, word.most - word.ideal), metrics.stretch_sums, metrics.stretch),
        (max(0.0, word.ideal - word.least), metrics.shrink_sums, metrics.shrink),
    ):
        before_starts = _sum_before(metrics.space, starts, share, sums)
        before_ends = _sum_before(metrics.space, ends, share, sums)
        by_letter = (*each, 0.0)  # none for -1 and after the text
        if metrics.left_to_right:
            before_ends = map(sub, before_ends, pick(by_letter, letters))
        else:
            before_starts = map(add, before_starts, pick(by_letter, starts))
        begins.append(tuple(before_starts))
        lasts.append(tuple(before_ends))
    return (begins[0], begins[1]), (lasts[0], lasts[1])


def _sum_before(
    space: Sequence[float], places: Sequence[int], share: float, sums: Sequence[float]
) -> Iterator[float]:
    """Yield how far the spaces and the letters before each place stretch or shrink."""
    return map(add, map(mul, pick(space, places), repeat(share)), pick(sums, places))
