"""The composing stick: a paragraph measured at every place where a line may begin or end.

Takes a paragraph's shaped items, widths and breaks; gives `ParagraphMetrics`, which lines are set from, and `BreakingProblem`, in
which the width of any line, and what its spaces and letters can give or take, is a difference of two numbers. What a cut changes
(a ligature parted, a hyphen, a mark that hangs, the room behind the last letter) is in these numbers already. Stands before
composing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.typeset.advances import Widths
from brochure.typeset.hanging_punctuation import HYPHEN
from brochure.typeset.hyphen_kerning import head_growth, measure_growth, tail_growth
from brochure.typeset.line_breaks import LineBreak
from brochure.typeset.reshaping import hyphen_width
from brochure.typeset.shape import ShapedItem
from brochure.typeset.style import Align, ParagraphStyle
from brochure.typeset.tabs import reach


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphMetrics:
    """A paragraph ready to be set in lines: its text, shaped items, widths, style and direction."""

    text: str
    items: tuple[ShapedItem, ...]
    starts: tuple[int, ...]
    widths: Widths
    style: ParagraphStyle
    left_to_right: bool

    def holder(self, place: int) -> ShapedItem:
        """The item that holds a character."""
        return self.items[max(0, bisect_right(self.starts, place) - 1)]


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """For each place: where it stands in the unbroken line, and what the text before it could give and take."""

    at: array[float]
    give: array[float]
    take: array[float]


@dataclass(frozen=True, slots=True, eq=False)
class BreakingProblem:
    """What is to be broken. A line from the n-th of `begins` may end at the n-th of `breaks` or any later one.

    `stops` says for each begin which forced break no line may pass. `largest` is the largest type size. `ideal` holds the
    width before each character of a text with tabs, and is empty for others.
    """

    breaks: tuple[LineBreak, ...]
    style: ParagraphStyle
    begins: Edges
    ends: Edges
    stops: tuple[int, ...]
    largest: float
    text: str
    ideal: tuple[float, ...] = ()

    @property
    def ragged(self) -> bool:
        """Whether the lines keep their ideal widths."""
        return self.style.align is not Align.JUSTIFY

    def start(self, begin: int) -> int:
        """Where in the text a line begins."""
        return self.breaks[begin - 1].start if begin else 0

    def width(self, begin: int, end: int, measure: float) -> float:
        """How wide a line is with its spaces at their ideal, and with its tabs in this measure."""
        wide = self.ends.at[end] - self.begins.at[begin]
        if not self.ideal:
            return wide
        first, last = self.start(begin), self.breaks[end].end
        tabs = [at for at in range(first, last) if self.text[at] == "\t"]
        if not tabs:
            return wide
        places = [self.begins.at[begin], *(self.ideal[at] for at in tabs), self.ends.at[end]]
        return reach([after - before for before, after in pairwise(places)], self.style, measure)


NONE = (0.0, 0.0)


def measure_paragraph(stick: ParagraphMetrics, breaks: tuple[LineBreak, ...]) -> BreakingProblem:
    """The stick's paragraph, ready to be composed."""
    widths, style = stick.widths, stick.style
    extra = style.word_space.ideal - 1
    pairs = zip(widths.width, widths.space, strict=True)
    ideal = tuple([wide + space * extra for wide, space in pairs])
    starts = [0, *(brk.start for brk in breaks[:-1])]
    growths = _growths(stick, breaks)
    begins = [
        _begin(stick, at, more) for at, (_, more) in zip(starts, [NONE, *growths], strict=False)
    ]
    ends = list(_ends(stick, breaks, growths))
    return BreakingProblem(
        breaks,
        style,
        _edges(stick, ideal, begins, 1),
        _edges(stick, ideal, ends, -1),
        _stops(breaks),
        max((shaped.item.size for shaped in stick.items), default=style.type.size),
        stick.text,
        ideal if "\t" in stick.text else (),
    )


def _stops(breaks: Sequence[LineBreak]) -> tuple[int, ...]:
    found: list[int] = []
    stop = len(breaks) - 1
    for at in range(len(breaks) - 1, -1, -1):
        stop = at if breaks[at].forced else stop
        found.append(stop)
    return tuple(reversed(found))


Edge = tuple[int, float, int | None]
"""A place, by how much the line is moved there, and the letter at the right edge, which no room follows."""


def _edges(
    stick: ParagraphMetrics, ideal: Sequence[float], edges: Sequence[Edge], side: int
) -> Edges:
    """The edges of one side of the lines: 1 where they begin, -1 where they end."""
    at = array("d", [ideal[at] + growth for at, growth, _ in edges])
    if stick.style.align is not Align.JUSTIFY:
        none = array("d", [0.0] * len(at))
        return Edges(at, none, none)
    widths, word = stick.widths, stick.style.word_space
    by_word = max(0.0, word.most - word.ideal), max(0.0, word.ideal - word.least)
    by_letter = (widths.mores, widths.more), (widths.lesses, widths.less)
    give, take = (
        array(
            "d",
            [
                widths.space[at] * share + sums[at] + (0.0 if last is None else side * each[last])
                for at, _, last in edges
            ],
        )
        for share, (sums, each) in zip(by_word, by_letter, strict=True)
    )
    return Edges(at, give, take)


def _growths(stick: ParagraphMetrics, breaks: Sequence[LineBreak]) -> list[tuple[float, float]]:
    """By how much a line grows at its end, and the next one at its beginning, where it is cut at each break."""
    text = stick.text
    safe = {0, len(text), *stick.starts}.union(*(shaped.safe for shaped in stick.items))
    found = []
    for brk in breaks:
        if brk.end in safe and brk.start in safe:
            found.append(NONE)
        elif brk.hyphen:
            found.append(measure_growth(stick.holder(brk.end), brk.start, text))
        else:
            tail = tail_growth(stick.holder(brk.end - 1), brk.end, text) if brk.end else 0.0
            last = brk.start >= len(text)
            head = 0.0 if last else head_growth(stick.holder(brk.start), brk.start, text)
            found.append((tail, head))
    return found


def _begin(stick: ParagraphMetrics, start: int, growth: float) -> Edge:
    """Where a line begins; in a text from right to left it is this letter that stands at the right edge."""
    if start >= len(stick.text):
        return start, 0.0, None
    hung = (
        stick.widths.hang_left(start, stick.style.type.size)
        if stick.style.hanging_punctuation
        else 0.0
    )
    if stick.left_to_right:
        return start, hung - growth, None
    return start, hung - growth + stick.widths.tracking[start], start


def _ends(
    stick: ParagraphMetrics, breaks: Sequence[LineBreak], growths: Sequence[tuple[float, float]]
) -> Iterator[Edge]:
    """Where lines end, with a hyphen or without the room that tracking puts behind the last letter."""
    widths, hang = stick.widths, stick.style.hanging_punctuation
    start = 0
    for brk, (grown, _) in zip(breaks, growths, strict=True):
        end = brk.end
        if brk.hyphen:
            share = 1 - HYPHEN if hang else 1.0
            yield end, grown + hyphen_width(stick.holder(end - 1).item) * share, None
        elif end <= start:
            yield end, 0.0, None
        else:
            hung = widths.hang_right(end, grown) if hang else 0.0
            last = widths.last(start, end)
            behind = widths.tracking[last] if stick.left_to_right else 0.0
            yield end, grown - hung - behind, last if stick.left_to_right else None
        start = brk.start
