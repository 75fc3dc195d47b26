"""Before and after: two figures compared.

With `form: columns`, a dashed line extends the height of the taller column and an arrow shows the difference; with
`form: slope`, a line connects two points. `change` adds a label for the difference. The axis always starts at 0. The first figure
has a light tint, the second the chart's `colour`. A `note` such as "or less" is set beside its figure.

The entries can be read from a CSV, TSV or XLSX file: `from: finance.csv`.

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

from brochure.blocks.charts.axis import ValueRange, fit_axis
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas, frame_chart
from brochure.blocks.charts.chart import (
    Chart,
    Entries,
    chart_height,
    label_paint,
    read_chart_data,
)
from brochure.blocks.charts.labels import DROP
from brochure.blocks.charts.slope import SlopePlot
from brochure.blocks.charts.value_pair import PairPlanner, PairSide, ValuePair
from brochure.blocks.stat import ink_below
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Outline, Stroke
from brochure.model.galley import Galley, GalleyBox
from brochure.spec.values import Message
from brochure.typeset.style import Align


class BeforeAfterForm(Enum):
    """Forms of the chart."""

    COLUMNS = "columns"
    SLOPE = "slope"


@dataclass(frozen=True, slots=True)
class BeforeAfter(Chart):
    """Two figures, before and after."""

    data: Entries

    form: Annotated[
        BeforeAfterForm, "`columns`, or `slope`: a line from one point to the other"
    ] = BeforeAfterForm.COLUMNS
    change: Annotated[Message | None, "label for the difference"] = None


# In ems of the labels.
SEPARATION, MAX_WIDTH = 2.2, 12.5
FIGURE_GAP, NOTE_GAP, LINE_GAP, LABEL_GAP, CHANGE_GAP = 0.6, 0.45, 0.5, 0.75, 1.1
ARROW, HEAD, MARGIN = 1.7, 0.6, 0.6
HEIGHT_SHARE, MIN_HEIGHT, MAX_HEIGHT = 0.75, 112.0, 190.0
"""Default height: this fraction of the measure, within these limits in points."""
MIN_LENGTH = 30.0
SHAFT = 0.75


def galley(block: BeforeAfter, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    charted = read_chart_data(block, context)
    if charted is None:
        return ()
    block = charted
    columns = block.form is BeforeAfterForm.COLUMNS
    align = (Align.START, Align.START) if columns else (Align.END, Align.START)
    width = _width(block, context) - ARROW * _em(block, context) if columns else context.measure / 3
    pair = PairPlanner(block, block.change, context, align).pair(width)
    if pair is None:
        return ()
    if columns and min(pair.before.value, pair.after.value) < 0:
        message = "before-after columns cannot show negative figures"
        context.note("chart-pair", message, block.span, "form: slope")
        return ()
    canvas = ChartCanvas(context)
    chart = (
        ColumnPair(block, canvas, pair).draw() if columns else SlopePlot(block, canvas, pair).draw()
    )
    return frame_chart(block, context, chart)


def _em(block: Chart, context: BlockContext) -> float:
    return context.style(block.label_style, "axis").type.size


def _width(block: Chart, context: BlockContext) -> float:
    """Return the width of each of the two columns."""
    em = _em(block, context)
    return max(0.0, min(MAX_WIDTH * em, (context.measure - SEPARATION * em) / 2))


@dataclass(frozen=True, slots=True)
class Head:
    """Figure and note above a column, each with its offset from the start of the column and from the top, in points."""

    parts: tuple[tuple[GalleyBox, float, float], ...]
    height: float


class ColumnPair:
    """Draws the two columns: the first at the start of the measure, the second at its end."""

    def __init__(self, block: BeforeAfter, canvas: ChartCanvas, pair: ValuePair) -> None:
        self.block, self.canvas, self.pair = block, canvas, pair
        self.context, self.em = canvas.context, pair.em
        self.ink = label_paint(block, self.context)
        self.width = _width(block, self.context)
        self.labels = [canvas.typeset(side.label, self.width) for side in pair.sides]
        self.heads = [self._head(side) for side in pair.sides]
        self.foot = (LABEL_GAP + DROP) * self.em + max(label.height for label in self.labels)
        self.change = canvas.typeset(pair.change, self._text_width) if pair.change else None
        self._note_crowded()

    def draw(self) -> GalleyBox:
        """Draw the chart, with the label for the difference between the heights, or at the foot if it does not fit there."""
        ends = self._ends(self._height(0.0), 0.0)
        if self.change is None or self._fits_between(ends):
            return self._draw(0.0)
        label = (
            self.canvas.typeset(self.pair.change, self.context.measure)
            if self.pair.change
            else None
        )
        below = label.height + (CHANGE_GAP + DROP) * self.em if label else 0.0
        if label:
            self.canvas.draw_text(label, 0.0, below - CHANGE_GAP * self.em - self._height(below))
        self.change = None
        return self._draw(below)

    def _fits_between(self, ends: tuple[float, float]) -> bool:
        change = self.pair.change
        has_width = change is not None and change.min_width <= self._text_width
        return has_width and self.change is not None and self.change.height <= self._between(ends)

    @property
    def _text_width(self) -> float:
        """Width available for text beside the arrow."""
        return self.width - ARROW * self.em

    def _note_crowded(self) -> None:
        words = [side.label.min_width for side in self.pair.sides]
        words += [side.note.min_width for side in self.pair.sides if side.note]
        change = self.pair.change.min_width if self.pair.change else 0.0
        if max(words) > self.width or change > self.context.measure:
            message = "a label of the chart is wider than its column"
            hint = "shorten it, or use a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)

    def _head(self, side: PairSide) -> Head:
        """Set the note after the figure if it fits, else below it."""
        figure = self.canvas.typeset(side.figure, side.figure.natural_width)
        gap = FIGURE_GAP * self.em
        if side.note is None:
            return Head(((figure, 0.0, 0.0),), figure.height + ink_below(figure) + gap)
        across = side.figure.natural_width + NOTE_GAP * self.em
        if across + side.note.natural_width <= self._text_width:
            note = self.canvas.typeset(side.note, side.note.natural_width)
            parts = ((figure, 0.0, 0.0), (note, across, figure.height - note.height))
            return Head(parts, figure.height + ink_below(figure) + gap)
        note = self.canvas.typeset(side.note, self.width)
        down = figure.height + ink_below(figure) + LINE_GAP * self.em
        height = down + note.height + DROP * self.em + gap
        return Head(((figure, 0.0, 0.0), (note, 0.0, down)), height)

    def _height(self, below: float) -> float:
        least = self.foot + below + max(head.height for head in self.heads) + MIN_LENGTH
        preferred = min(MAX_HEIGHT, max(MIN_HEIGHT, HEIGHT_SHARE * self.context.measure)) + below
        return chart_height(self.block, self.context, least, preferred)

    def _ends(self, height: float, below: float) -> tuple[float, float]:
        """Return the lengths of the two columns."""
        pairs = zip(self.pair.sides, self.heads, strict=True)
        reaches = [ValueRange(side.value, high=head.height) for side, head in pairs]
        axis = fit_axis(self.pair.limits, height - self.foot - below, reaches)
        return axis.at(self.pair.before.value), axis.at(self.pair.after.value)

    def _between(self, ends: tuple[float, float]) -> float:
        """Return the space between the top of the taller column and the figure above the shorter one."""
        shorter = self.heads[_shorter(ends)]
        return abs(ends[0] - ends[1]) - shorter.height - 2 * MARGIN * self.em

    def _draw(self, below: float) -> GalleyBox:
        height = self._height(below)
        ends, low = self._ends(height, below), self.foot + below - height
        for index, side in enumerate(self.pair.sides):
            x, head = self._place(index), self.heads[index]
            self.canvas.draw_box(Rect(x, low, self.width, ends[index]), side.paint)
            self.canvas.draw_text(self.labels[index], x, low - LABEL_GAP * self.em)
            for box, dx, dy in head.parts:
                self.canvas.draw_text(box, x + dx, low + ends[index] + head.height - dy)
        self._draw_between(ends, low)
        self.canvas.draw_line([(0.0, low), (self.context.measure, low)], Stroke(self.ink, HAIRLINE))
        return self.canvas.to_slab(height, self.block.span)

    def _place(self, index: int) -> float:
        return (self.context.measure - self.width) * index

    def _draw_between(self, ends: tuple[float, float], low: float) -> None:
        """Draw the dashed line from the taller column, and the arrow and label for the difference."""
        shorter = _shorter(ends)
        top, foot = low + max(ends), low + min(ends)
        if top - foot < 1.0:
            return
        near, far = (self.width, self.context.measure) if shorter else (0.0, self._place(1))
        has_space = self._between(ends) > 0
        if not has_space:
            # The figure of the shorter column crosses the line, which is drawn in the gap only.
            near, far = self.width, self._place(1)
        dashes = Stroke(self.ink, HAIRLINE, (1.6, 1.6))
        self.canvas.draw_line([(near, top), (far, top)], dashes)
        if not has_space:
            return
        x = self._place(shorter) + self.width - MARGIN * self.em
        gap = min(0.3 * self.em, (top - foot) / 8)
        begin, end = (top - gap, foot + gap) if shorter else (foot + gap, top - gap)
        self._draw_arrow(x, begin, end)
        if self.change:
            self.canvas.draw_text(self.change, self._place(shorter), top - 1.3 * MARGIN * self.em)

    def _draw_arrow(self, x: float, begin: float, end: float) -> None:
        """Draw a vertical arrow; its head is at most half its length."""
        size = min(HEAD * self.em, abs(end - begin) / 2)
        back = end + size if begin > end else end - size
        self.canvas.draw_line([(x, begin), (x, back)], Stroke(self.ink, SHAFT))
        half = size * 0.42
        self.canvas.draw_shape([Outline((x, end), ((x + half, back), (x - half, back)))], self.ink)


def _shorter(ends: tuple[float, float]) -> int:
    return 1 if ends[1] <= ends[0] else 0
