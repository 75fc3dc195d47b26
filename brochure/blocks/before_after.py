"""Before and after: two figures, and how far it is from one to the other.

As columns, a dashed line carries the height of the taller one over to the other, and an arrow runs through what lies between;
as a slope, a line leads from one point to the other. `change` puts words to the difference. The axis begins at 0. The first
figure is a quiet tint, the second has the chart's `colour`; a `note` such as "or less" stands with its figure.

Example:
    - before-after:
        - {label: charts.start, value: index_start}
        - {label: charts.now, value: index_now, note: charts.or-less}
      title: charts.cambodia
      alt: charts.cambodia-alt
      source: charts.source
      colour: ember
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from brochure.blocks.charts.axis import ValueRange, fitted
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas, framed
from brochure.blocks.charts.chart import Chart, ink
from brochure.blocks.charts.labels import DROP
from brochure.blocks.charts.slope import SlopePlot
from brochure.blocks.charts.value_pair import PairPlanner, PairSide, ValuePair
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Outline, Stroke
from brochure.model.galley import Galley, Slab
from brochure.spec.values import Message
from brochure.typeset.style import Align


class BeforeAfterForm(Enum):
    """How the two figures are drawn."""

    COLUMNS = "columns"
    SLOPE = "slope"


@dataclass(frozen=True, slots=True)
class BeforeAfter(Chart):
    """Two figures, before and after."""

    form: Annotated[BeforeAfterForm, "columns, or slope: a line from one point to the other"] = (
        BeforeAfterForm.COLUMNS
    )
    change: Annotated[Message | None, "words for the difference"] = None


# In ems of the labels.
APART, WIDEST = 2.2, 12.5
FIGURE_GAP, NOTE_GAP, LINE_GAP, LABEL_GAP, CHANGE_GAP = 0.6, 0.45, 0.5, 0.75, 1.1
ARROW, HEAD, MARGIN = 1.7, 0.6, 0.6
TALL, LEAST, MOST = 0.75, 112.0, 190.0
"""The natural height: this much of the measure, between these, in points."""
MIN_LENGTH = 30.0
SHAFT = 0.75


def galley(block: BeforeAfter, context: BlockContext) -> Galley:
    """The chart as one slab."""
    columns = block.form is BeforeAfterForm.COLUMNS
    align = (Align.START, Align.START) if columns else (Align.END, Align.START)
    room = _width(block, context) - ARROW * _em(block, context) if columns else context.measure / 3
    pair = PairPlanner(block, block.change, context, align).pair(room)
    if pair is None:
        return ()
    if columns and min(pair.before.value, pair.after.value) < 0:
        message = "columns for before and after cannot show figures below 0"
        context.note("chart-pair", message, block.span, "form: slope")
        return ()
    sheet = ChartCanvas(context)
    drawn = (
        ColumnPair(block, sheet, pair).drawn() if columns else SlopePlot(block, sheet, pair).drawn()
    )
    return framed(block, context, drawn)


def _em(block: Chart, context: BlockContext) -> float:
    return context.style(block.label_style, "axis").type.size


def _width(block: Chart, context: BlockContext) -> float:
    """How wide each of the two columns is."""
    em = _em(block, context)
    return max(0.0, min(WIDEST * em, (context.measure - APART * em) / 2))


@dataclass(frozen=True, slots=True)
class Head:
    """The figure over a column with its note: each with how far it stands in from the column's start and the top."""

    parts: tuple[tuple[Slab, float, float], ...]
    height: float


class ColumnPair:
    """Two columns in hand: the first at the start of the measure, the second at its end."""

    def __init__(self, block: BeforeAfter, sheet: ChartCanvas, pair: ValuePair) -> None:
        self.block, self.sheet, self.pair = block, sheet, pair
        self.context, self.em = sheet.context, pair.em
        self.ink = ink(block, self.context)
        self.width = _width(block, self.context)
        self.labels = [sheet.set(side.label, self.width) for side in pair.sides]
        self.heads = [self._head(side) for side in pair.sides]
        self.foot = (LABEL_GAP + DROP) * self.em + max(label.height for label in self.labels)
        self.words = sheet.set(pair.change, self._room) if pair.change else None
        self._note_crowded()

    def drawn(self) -> Slab:
        """The chart, the words for the difference between the heights, or at the foot where that is too narrow."""
        inside = self._ends(self._height(0.0), 0.0)
        if self.words is None or self._fits_between(inside):
            return self._draw(0.0)
        whole = self.sheet.set(self.pair.change, self.context.measure) if self.pair.change else None
        below = whole.height + (CHANGE_GAP + DROP) * self.em if whole else 0.0
        if whole:
            self.sheet.words(whole, 0.0, below - CHANGE_GAP * self.em - self._height(below))
        self.words = None
        return self._draw(below)

    def _fits_between(self, ends: tuple[float, float]) -> bool:
        change = self.pair.change
        narrow = change is not None and change.least <= self._room
        return narrow and self.words is not None and self.words.height <= self._between(ends)

    @property
    def _room(self) -> float:
        """How wide words may be beside the arrow."""
        return self.width - ARROW * self.em

    def _note_crowded(self) -> None:
        words = [side.label.least for side in self.pair.sides]
        words += [side.note.least for side in self.pair.sides if side.note]
        change = self.pair.change.least if self.pair.change else 0.0
        if max(words) > self.width or change > self.context.measure:
            message = "a label of this chart is wider than its column"
            hint = "shorten it, or give the chart a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)

    def _head(self, side: PairSide) -> Head:
        """The note stands behind the figure where there is room, else beneath it."""
        figure = self.sheet.set(side.figure, side.figure.natural)
        gap = FIGURE_GAP * self.em
        if side.note is None:
            return Head(((figure, 0.0, 0.0),), figure.height + gap)
        across = side.figure.natural + NOTE_GAP * self.em
        if across + side.note.natural <= self._room:
            note = self.sheet.set(side.note, side.note.natural)
            parts = ((figure, 0.0, 0.0), (note, across, figure.height - note.height))
            return Head(parts, figure.height + gap)
        note = self.sheet.set(side.note, self.width)
        down = figure.height + LINE_GAP * self.em
        height = down + note.height + DROP * self.em + gap
        return Head(((figure, 0.0, 0.0), (note, 0.0, down)), height)

    def _height(self, below: float) -> float:
        least = self.foot + below + max(head.height for head in self.heads) + MIN_LENGTH
        if self.block.height is None:
            return max(least, min(MOST, max(LEAST, TALL * self.context.measure)) + below)
        height = self.context.points(self.block.height)
        if height < least:
            message = "the chart is too low for its labels"
            self.context.note("chart-low", message, self.block.span, f"{least:.0f} pt would do")
        return max(height, least)

    def _ends(self, height: float, below: float) -> tuple[float, float]:
        """How long the two columns are."""
        pairs = zip(self.pair.sides, self.heads, strict=True)
        reaches = [ValueRange(side.value, high=head.height) for side, head in pairs]
        axis = fitted(self.pair.limits, height - self.foot - below, reaches)
        return axis.at(self.pair.before.value), axis.at(self.pair.after.value)

    def _between(self, ends: tuple[float, float]) -> float:
        """How much room lies between the taller column's height and the figure over the lower one."""
        lower = self.heads[_lower(ends)]
        return abs(ends[0] - ends[1]) - lower.height - 2 * MARGIN * self.em

    def _draw(self, below: float) -> Slab:
        height = self._height(below)
        ends, low = self._ends(height, below), self.foot + below - height
        for at, side in enumerate(self.pair.sides):
            x, head = self._place(at), self.heads[at]
            self.sheet.box(Rect(x, low, self.width, ends[at]), side.paint)
            self.sheet.words(self.labels[at], x, low - LABEL_GAP * self.em)
            for slab, dx, dy in head.parts:
                self.sheet.words(slab, x + dx, low + ends[at] + head.height - dy)
        self._draw_between(ends, low)
        self.sheet.line([(0.0, low), (self.context.measure, low)], Stroke(self.ink, HAIRLINE))
        return self.sheet.slab(height, self.block.span)

    def _place(self, at: int) -> float:
        return (self.context.measure - self.width) * at

    def _draw_between(self, ends: tuple[float, float], low: float) -> None:
        """The taller column's height, carried over to the lower one; an arrow and words for the difference."""
        lower = _lower(ends)
        top, foot = low + max(ends), low + min(ends)
        if top - foot < 1.0:
            return
        near, far = (self.width, self.context.measure) if lower else (0.0, self._place(1))
        free = self._between(ends) > 0
        if not free:  # the lower figure stands across the line: only the gap between the columns is left for it
            near, far = self.width, self._place(1)
        dashes = Stroke(self.ink, HAIRLINE, (1.6, 1.6))
        self.sheet.line([(near, top), (far, top)], dashes)
        if not free:
            return
        x = self._place(lower) + self.width - MARGIN * self.em
        gap = min(0.3 * self.em, (top - foot) / 8)
        begin, end = (top - gap, foot + gap) if lower else (foot + gap, top - gap)
        self._draw_arrow(x, begin, end)
        if self.words:
            self.sheet.words(self.words, self._place(lower), top - 1.3 * MARGIN * self.em)

    def _draw_arrow(self, x: float, begin: float, end: float) -> None:
        """An upright arrow; its head no longer than half of it."""
        size = min(HEAD * self.em, abs(end - begin) / 2)
        back = end + size if begin > end else end - size
        self.sheet.line([(x, begin), (x, back)], Stroke(self.ink, SHAFT))
        half = size * 0.42
        self.sheet.shape([Outline((x, end), ((x + half, back), (x - half, back)))], self.ink)


def _lower(ends: tuple[float, float]) -> int:
    return 1 if ends[1] <= ends[0] else 0
