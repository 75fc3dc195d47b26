"""Names of series beside the ends of their lines or areas, moved apart where they would touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import format_value, tint_paint
from brochure.blocks.charts.colours import text_paints
from brochure.blocks.charts.labels import (
    DROP,
    Label,
    figure_label,
    label_style,
    measure_lines,
    message_label,
    semibold_style,
    source_label,
    space_out,
)
from brochure.blocks.charts.series import SeriesChart, SeriesName, SeriesTable
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.model.galley import GalleyBox
from brochure.typeset.style import ParagraphStyle

MAX_WIDTH = 0.3
"""Maximum width of the names as a fraction of the measure, unless a word is longer."""
MAX_WIDEST = 0.45
"""Width of a word, as a fraction of the measure, from which the names do not fit beside the plot."""
GAP, LEADER, BETWEEN, FIGURE_BETWEEN, SHIFTED = 0.55, 1.3, 0.35, 0.4, 0.35
"""Plot to names; the same with leader lines; between names; more with figures; displacement that needs a leader, in ems."""


def series_label(name: SeriesName, style: ParagraphStyle, context: BlockContext) -> Label:
    """Shape the name of a series."""
    if name.message:
        return message_label(name.message, style, context)
    return source_label(name.words, style, context)


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The end of a line or the middle of an area's edge, where its name belongs; `x` and `y` in points."""

    at: int
    x: float
    y: float
    paint: Paint


class DirectLabels:
    """Lays out and draws the names of series beside the plot."""

    def __init__(
        self,
        block: SeriesChart,
        canvas: ChartCanvas,
        table: SeriesTable,
        paints: Sequence[Paint],
        *,
        figures: Sequence[float | None] = (),
    ) -> None:
        self.canvas, self.paints = canvas, paints
        context = canvas.context
        style = label_style(block, context)
        self.em, self.cap = style.type.size, context.cap_height(style.type)
        self.labels = [
            series_label(name, _painted(style, paint), context)
            for name, paint in zip(table.names, text_paints(paints, block, context), strict=True)
        ]
        bold = semibold_style(style)
        self.figures = [
            figure_label(format_value(value, block, context), bold, context) for value in figures
        ]
        longest = max(label.min_width for label in self.labels)
        widest = max(label.natural_width for label in self.labels)
        limit = max(longest, min(widest, MAX_WIDTH * context.measure))
        lines = max(measure_lines(label, limit + 0.01)[1] for label in self.labels)
        figure = max((one.natural_width for one in self.figures), default=0.0)
        self.width = max(lines, figure)
        self.longest = longest
        self.boxes = [self._stack(at) for at in range(len(self.labels))]

    def _stack(self, at: int) -> tuple[GalleyBox, ...]:
        """Return the name and, below it, the last figure."""
        name = self.canvas.typeset(self.labels[at], self.width)
        if not self.figures:
            return (name,)
        return name, self.canvas.typeset(self.figures[at], self.width)

    @property
    def gap(self) -> float:
        """Distance between names in points; larger than that between a name and its figure."""
        return (BETWEEN + DROP + (FIGURE_BETWEEN if self.figures else 0.0)) * self.em

    @property
    def fit(self) -> bool:
        """Whether the names leave enough space for the plot."""
        return self.longest <= MAX_WIDEST * self.canvas.context.measure

    @property
    def margin(self) -> float:
        """Width beside the plot."""
        return self.width + LEADER * self.em

    def height(self, at: int) -> float:
        """Return the height of a name, with its figure."""
        boxes = self.boxes[at]
        gap = (BETWEEN + DROP) * self.em
        return sum(box.height for box in boxes) + gap * (len(boxes) - 1)

    @property
    def total(self) -> float:
        """Height of all names below each other."""
        count = len(self.boxes)
        return sum(map(self.height, range(count))) + self.gap * (count - 1)

    def draw(self, ends: Sequence[LineEnd], right: float, low: float, high: float) -> list[Rect]:
        """Draw the names of these ends between two heights; return their rectangles."""
        ends = sorted(ends, key=lambda end: -end.y)
        heights = [self.height(end.at) for end in ends]
        gap = (BETWEEN + DROP) * self.em
        # The first line is at the end of the line that it names.
        lowered = [h / 2 - self.cap / 2 if self.figures else 0.0 for h in heights]
        targets = [end.y - by for end, by in zip(ends, lowered, strict=True)]
        middles = space_within(targets, heights, self.gap, low, high)
        gaps = [self._needs_leader(end, y, right) for end, y in zip(ends, middles, strict=True)]
        x = right + (LEADER if any(gaps) else GAP) * self.em
        rects = []
        for end, middle, height, leads in zip(ends, middles, heights, gaps, strict=True):
            if leads:
                self._draw_leader(end, right, x, self._first_line(end.at, middle, height))
            top = middle + height / 2
            rects.append(Rect(x, middle - height / 2, self.width, height))
            for box in self.boxes[end.at]:
                self.canvas.draw_text(box, x, top)
                top -= box.height + gap
        return rects

    def _needs_leader(self, end: LineEnd, middle: float, right: float) -> bool:
        height = self.height(end.at)
        is_level = abs(middle - end.y) <= max(SHIFTED * self.em, height / 2 - self.cap / 2)
        return not is_level or right - end.x > 2 * self.em

    def _first_line(self, at: int, middle: float, height: float) -> float:
        return middle + height / 2 - self.cap / 2

    def _draw_leader(self, end: LineEnd, right: float, x: float, y: float) -> None:
        stroke = Stroke(tint_paint(self.paints[end.at], 0.55), HAIRLINE)
        start = max(end.x, right) if right - end.x <= 2 * self.em else end.x
        knee = right + 0.35 * (x - right)
        points = [(start + 0.4 * self.em, end.y), (knee, end.y), (x - 0.3 * self.em, y)]
        self.canvas.draw_line(points, stroke)


def _painted(style: ParagraphStyle, paint: Paint) -> ParagraphStyle:
    return replace(style, type=replace(style.type, paint=paint))


def space_within(
    targets: Sequence[float], heights: Sequence[float], gap: float, low: float, high: float
) -> list[float]:
    """Return the middles of blocks, from top to bottom, near their targets, without overlap and within two heights.

    Blocks that are higher than the space between the heights extend below it.
    """
    bounded = [
        min(max(target, low + height / 2), high - height / 2)
        for target, height in zip(targets, heights, strict=True)
    ]
    middles = space_out(bounded, heights, gap)
    # From the bottom up no block is below `low`, then from the top down none is above `high`.
    floor = low
    for at in reversed(range(len(middles))):
        middles[at] = max(middles[at], floor + heights[at] / 2)
        floor = middles[at] + heights[at] / 2 + gap
    ceiling = high
    for at, height in enumerate(heights):
        middles[at] = min(middles[at], ceiling - height / 2)
        ceiling = middles[at] - height / 2 - gap
    return middles
