"""Paragraph metrics: widths at every offset where a line may begin or end.

`ParagraphMetrics` is what lines are set from. In `BreakingProblem`, the width of any line and how
far its spaces and letters stretch or shrink are differences of two numbers, which already include
the effect of the cut: a split ligature, a hyphen, hanging punctuation, no letter space after the
last letter.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.typeset.advances import Widths
from brochure.typeset.hanging_punctuation import HYPHEN_SHARE, left_share
from brochure.typeset.hyphen_kerning import measure_growth, measure_head_growth, measure_tail_growth
from brochure.typeset.line_breaks import LineBreak
from brochure.typeset.lines import LineSlots
from brochure.typeset.reshaping import hyphen_width, repeated_hyphen_width
from brochure.typeset.shape import ShapedItem
from brochure.typeset.style import Align, ParagraphStyle
from brochure.typeset.tabs import measure_tabbed_line


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphMetrics:
    """A paragraph ready to be set in lines: its text, shaped items, widths, style and direction."""

    text: str
    items: tuple[ShapedItem, ...]
    starts: tuple[int, ...]
    widths: Widths
    style: ParagraphStyle
    left_to_right: bool

    def item_at(self, place: int) -> ShapedItem:
        """Return the item that contains the character at an offset."""
        return self.items[max(0, bisect_right(self.starts, place) - 1)]


def ink_extents(metrics: ParagraphMetrics) -> tuple[float, float]:
    """Return the upper and lower edge of the glyphs' outlines, in points above the baseline."""
    top = bottom = 0.0
    for shaped in metrics.items:
        face, rise = shaped.item.face, shaped.item.rise
        if shaped.item.inline:
            top = max(top, rise + shaped.item.inline.height * shaped.item.size)
            continue
        scale = shaped.item.size / face.upem
        for at, glyph in enumerate(shaped.ids):
            extents = face.font.get_glyph_extents(glyph)
            if extents is None:
                continue
            y = rise + (shaped.offsets[at][1] if shaped.offsets else 0.0)
            top = max(top, y + extents.y_bearing * scale)
            bottom = min(bottom, y + (extents.y_bearing + extents.height) * scale)
    return top, bottom


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """For each line edge: its position in the unbroken line, and the stretch and shrink of the text before it."""

    at: array[float]
    stretch: array[float]
    shrink: array[float]


@dataclass(frozen=True, slots=True, eq=False)
class BreakingProblem:
    """Input of the line breaker. A line from the n-th of `begins` may end at the n-th of `breaks` or any later one.

    `stops` is, for each begin, the forced break that no line may pass. `largest` is the largest
    type size. For a text with tabs, `tabs` holds their offsets and `ideal` the width before each
    character; both are empty for other texts. `without_hanging` is the same without hanging
    punctuation, for balanced lines.
    """

    breaks: tuple[LineBreak, ...]
    style: ParagraphStyle
    begins: Edges
    ends: Edges
    stops: tuple[int, ...]
    largest: float
    text: str
    ideal: tuple[float, ...] = ()
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
        width = self.ends.at[end] - self.begins.at[begin]
        if not self.ideal:
            return width
        first = bisect_left(self.tabs, self.start(begin))
        last = bisect_left(self.tabs, self.breaks[end].end)
        if first >= last:
            return width
        tabs = self.tabs[first:last]
        places = [self.begins.at[begin], *(self.ideal[at] for at in tabs), self.ends.at[end]]
        return measure_tabbed_line(
            [after - before for before, after in pairwise(places)], self.style, measure
        )


WIDTH_TOLERANCE = 0.005
"""Rounding error allowed before a line counts as too wide, in points."""

NONE = (0.0, 0.0)


def measure_paragraph(metrics: ParagraphMetrics, breaks: tuple[LineBreak, ...]) -> BreakingProblem:
    """Compute the line edges of a paragraph."""
    problem = _measure_edges(metrics, breaks)
    style = metrics.style
    if style.balance and style.hanging_punctuation and problem.ragged:
        upright = replace(metrics, style=replace(style, hanging_punctuation=False))
        return replace(problem, without_hanging=_measure_edges(upright, breaks))
    return problem


def _measure_edges(metrics: ParagraphMetrics, breaks: tuple[LineBreak, ...]) -> BreakingProblem:
    widths, style = metrics.widths, metrics.style
    extra = style.word_space.ideal - 1
    pairs = zip(widths.width, widths.space, strict=True)
    ideal = tuple([width + space * extra for width, space in pairs])
    growths = _measure_growths(metrics, breaks)
    begins = [_find_begin_edge(metrics, 0, 0.0)]
    begins += [
        _find_begin_edge(metrics, brk.start, more, hyphen=brk.repeated_hyphen)
        for brk, (_, more) in zip(breaks[:-1], growths, strict=False)
    ]
    ends = list(_find_end_edges(metrics, breaks, growths))
    return BreakingProblem(
        breaks,
        style,
        _build_edges(metrics, ideal, begins, 1),
        _build_edges(metrics, ideal, ends, -1),
        _find_stops(breaks),
        max((shaped.item.size for shaped in metrics.items), default=style.type.size),
        metrics.text,
        ideal if "\t" in metrics.text else (),
        tuple([at for at, char in enumerate(metrics.text) if char == "\t"]),
    )


def _find_stops(breaks: Sequence[LineBreak]) -> tuple[int, ...]:
    found: list[int] = []
    stop = len(breaks) - 1
    for at in range(len(breaks) - 1, -1, -1):
        stop = at if breaks[at].forced else stop
        found.append(stop)
    return tuple(reversed(found))


Edge = tuple[int, float, int | None]
"""Offset, change of the line's position there, and the letter at the right edge, which gets no
letter space."""


def _build_edges(
    metrics: ParagraphMetrics, ideal: Sequence[float], edges: Sequence[Edge], side: int
) -> Edges:
    """Build the edges of one side of the lines: `side` is 1 where they begin, -1 where they end."""
    at = array("d", [ideal[at] + growth for at, growth, _ in edges])
    if metrics.style.align is not Align.JUSTIFY:
        none = array("d", [0.0] * len(at))
        return Edges(at, none, none)
    widths, word = metrics.widths, metrics.style.word_space
    by_word = max(0.0, word.most - word.ideal), max(0.0, word.ideal - word.least)
    by_letter = (widths.stretch_sums, widths.stretch), (widths.shrink_sums, widths.shrink)
    stretch, shrink = (
        array(
            "d",
            [
                widths.space[at] * share + sums[at] + (0.0 if last is None else side * each[last])
                for at, _, last in edges
            ],
        )
        for share, (sums, each) in zip(by_word, by_letter, strict=True)
    )
    return Edges(at, stretch, shrink)


def _measure_growths(
    metrics: ParagraphMetrics, breaks: Sequence[LineBreak]
) -> list[tuple[float, float]]:
    """For each break, return by how much the line grows at its end and the next line at its start."""
    text = metrics.text
    safe = {0, len(text), *metrics.starts}.union(*(shaped.safe for shaped in metrics.items))
    found = []
    for brk in breaks:
        if brk.end in safe and brk.start in safe:
            found.append(NONE)
        elif brk.hyphen:
            found.append(measure_growth(metrics.item_at(brk.end), brk.start, text))
        else:
            tail = (
                measure_tail_growth(metrics.item_at(brk.end - 1), brk.end, text) if brk.end else 0.0
            )
            last = brk.start >= len(text)
            head = 0.0 if last else measure_head_growth(metrics.item_at(brk.start), brk.start, text)
            found.append((tail, head))
    return found


def _find_begin_edge(
    metrics: ParagraphMetrics, start: int, growth: float, *, hyphen: bool = False
) -> Edge:
    """Return where a line begins; in right-to-left text this letter is at the right edge.

    With `hyphen`, the line begins with a repeated hyphen (in no right-to-left language).
    """
    if start >= len(metrics.text):
        return start, 0.0, None
    if hyphen:
        share = 1 - left_share("-") if metrics.style.hanging_punctuation else 1.0
        return start, -growth - repeated_hyphen_width(metrics.item_at(start).item, share), None
    hanging = (
        metrics.widths.hang_left(start, metrics.style.type.size)
        if metrics.style.hanging_punctuation
        else 0.0
    )
    if metrics.left_to_right:
        return start, hanging - growth, None
    return start, hanging - growth + metrics.widths.tracking[start], start


def _find_end_edges(
    metrics: ParagraphMetrics, breaks: Sequence[LineBreak], growths: Sequence[tuple[float, float]]
) -> Iterator[Edge]:
    """Yield where lines end, with a hyphen or without the tracking after the last letter."""
    widths, hang = metrics.widths, metrics.style.hanging_punctuation
    start = 0
    for brk, (grown, _) in zip(breaks, growths, strict=True):
        end = brk.end
        if brk.hyphen:
            share = 1 - HYPHEN_SHARE if hang else 1.0
            yield end, grown + hyphen_width(metrics.item_at(end - 1).item) * share, None
        elif end <= start:
            yield end, 0.0, None
        else:
            hanging = widths.hang_right(end, grown) if hang else 0.0
            last = widths.last_visible(start, end)
            tracking = widths.tracking[last] if metrics.left_to_right else 0.0
            yield end, grown - hanging - tracking, last if metrics.left_to_right else None
        start = brk.start
