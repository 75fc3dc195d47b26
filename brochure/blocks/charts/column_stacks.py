"""Columns of several series, side by side or stacked."""

from __future__ import annotations

from brochure.blocks.charts.annotations import ChartNotes, NoteAxes, Notes
from brochure.blocks.charts.axis import ValueRange, axis_limits
from brochure.blocks.charts.canvas import ChartCanvas
from brochure.blocks.charts.chart import QUIET, chart_height, chart_paint, tint_paint
from brochure.blocks.charts.colours import area_paints
from brochure.blocks.charts.direct_labels import DirectLabels, LineEnd
from brochure.blocks.charts.labels import DROP, entry_label, label_style
from brochure.blocks.charts.plot import Plot, ValueScale
from brochure.blocks.charts.series import SeriesTable
from brochure.blocks.charts.series_key import SeriesKey
from brochure.blocks.charts.stacks import (
    SEAM,
    Segment,
    StackChart,
    make_segments,
    segment_figures,
    stack_limits,
)
from brochure.blocks.charts.x_axis import XScale
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import nearest
from brochure.geometry import Rect
from brochure.model.galley import GalleyBox
from brochure.typeset.style import Align

# In ems of the labels.
LABEL_GAP, FIGURE_GAP, SEPARATION, MAX_WIDTH = 0.65, 0.4, 0.4, 4.5
SHARE, GROUP_SHARE = 0.66, 0.78
"""Width of a stack and of a group as fractions of the slot."""
HEIGHT_SHARE, MIN_HEIGHT, MAX_HEIGHT = 0.5, 100.0, 200.0
"""Default height of the plot: this fraction of the measure, within these limits in points."""
MIN_LENGTH = 30.0
MIN_SEGMENT = 1.7
"""Minimum height of a segment with a figure, in heights of a capital."""


@dataclass(frozen=True, slots=True)
class ColumnFields(StackChart):
    """Fields of column charts."""

    notes: Notes = ()


class ColumnStacks:
    """Lays out and draws columns of several series."""

    def __init__(self, block: ColumnFields, canvas: ChartCanvas, table: SeriesTable) -> None:
        self.block, self.canvas, self.table = block, canvas, table
        context = self.context = canvas.context
        self.style = label_style(block, context, Align.CENTRE)
        self.em, self.cap = self.style.type.size, context.cap_height(self.style.type)
        self.segments = make_segments(table, stacked=block.stacked)
        self.limits = stack_limits(block, self.segments, context)
        self.values = ValueScale(block, canvas, self.limits)
        self.paints = area_paints(block, table, context)
        self.names = self._direct_labels()
        self.key = None if self.names else SeriesKey(block, canvas, table, self.paints)
        self.left = self.values.margin
        self.right = context.measure - (self.names.margin if self.names else 0.0)
        self.slot = (self.right - self.left) / len(table.entries)
        self.figures = segment_figures(block, self.segments, self.paints, context, Align.CENTRE)
        self.shown = block.values and self._figures_fit()
        # Columns with their figures need no axis.
        self.has_axis = block.stacked or not self.shown or block.ticks
        if not self.has_axis:
            self.limits = axis_limits(block, [one.end for one in self.segments], context)
            self.values = ValueScale(block, canvas, self.limits)
            self.left = 0.0
            self.slot = self.right / len(table.entries)
        self.scale = XScale(table.entries, self.style, context)
        self.notes = ChartNotes(
            block, block.notes, canvas, NoteAxes(self._find, self._hint, self.limits)
        )

    def draw(self) -> GalleyBox:
        """Draw key, grid, columns with their figures, and labels."""
        labels = self._label_boxes()
        key = self.key.height if self.key else 0.0
        notes = self.notes.arrange(self.left, self.right, self.context.measure)
        head = key + self.values.head + notes
        tallest = max((box.height for _, _, box in labels), default=0.0)
        foot = (LABEL_GAP + DROP) * self.em + tallest
        least = head + foot + max(MIN_LENGTH, (self.names.total if self.names else 0.0) + self.cap)
        measure = self.context.measure
        preferred = min(MAX_HEIGHT, max(MIN_HEIGHT, HEIGHT_SHARE * measure)) + head
        height = chart_height(self.block, self.context, least, preferred)
        axis = self.values.fit(height - head - foot, self._reaches(), with_ticks=self.has_axis)
        plot = Plot(self.left, self.right, foot - height, axis)
        if self.key:
            self.key.draw(0.0)
        self._draw_plot(plot, -key)
        for x, width, box in labels:
            del width
            self.canvas.draw_text(box, x, plot.low - LABEL_GAP * self.em)
        return self.canvas.to_slab(height, self.block.span)

    def _draw_plot(self, plot: Plot, top: float) -> None:
        self.notes.draw_behind(plot)
        self.values.draw(plot, top, with_grid=self.has_axis)
        taken: list[tuple[float, float]] = []
        for at, segment in enumerate(self.segments):
            rect = self._rect(segment, plot)
            self.canvas.draw_box(rect, self._paint(segment))
            taken += _corners(rect)
            if self.shown:
                self._draw_figure(at, rect, plot)
        self.values.draw_base(plot)
        if self.names:
            low, high = plot.bottom - self.cap / 2, plot.top + self.cap / 2
            self.names.draw(self._ends(plot), plot.right, low, high)
        self.notes.draw(plot, taken, lambda share: self._stop(share, plot))

    # Names

    def _direct_labels(self) -> DirectLabels | None:
        """Return the names beside the last column, if the columns are stacked and it has all series."""
        last = self.table.rows[-1]
        if not (self.block.stacked and self.table.is_named and all(last)):
            return None
        names = DirectLabels(self.block, self.canvas, self.table, self.paints)
        slots = len(self.table.entries) * 3 * self.em
        width = self.context.measure - self.values.margin - names.margin
        return names if names.fit and width >= slots else None

    def _ends(self, plot: Plot) -> list[LineEnd]:
        last = len(self.table.entries) - 1
        ends = []
        for one in self.segments:
            if one.entry == last:
                rect = self._rect(one, plot)
                y = plot.y((one.base + one.end) / 2)
                # As if the column ended at the edge of the plot, so that only moved names have a leader line.
                ends.append(
                    LineEnd(one.series, max(rect.right, plot.right), y, self.paints[one.series])
                )
        return ends

    # Columns

    @property
    def _width(self) -> float:
        """Width of a stack or a group."""
        share = SHARE if self.block.stacked else GROUP_SHARE
        width = self.slot * share
        if self.block.gap:
            width = max(0.1 * self.slot, self.slot - self.context.points(self.block.gap))
        most = MAX_WIDTH * self.em * (1 if self.block.stacked else len(self.table.names))
        return min(width, most)

    def _column(self, segment: Segment) -> tuple[float, float]:
        """Return the left edge and the width of a segment."""
        width = self._width
        x = self.left + (segment.entry + 0.5) * self.slot - width / 2
        if self.block.stacked:
            return x, width
        each = width / len(self.table.names)
        seam = min(SEAM, 0.2 * each)
        return x + segment.series * each + seam / 2, each - seam

    def _paint(self, segment: Segment) -> Paint:
        """Return the paint of a segment: that of its series, or in a single series that of its entry."""
        if len(self.table.names) > 1:
            return self.paints[segment.series]
        own = self.context.paint(self.table.entries[segment.entry].colour)
        return own or tint_paint(chart_paint(self.block, self.context), QUIET)

    def _rect(self, segment: Segment, plot: Plot) -> Rect:
        x, width = self._column(segment)
        base, end = plot.y(segment.base), plot.y(segment.end)
        # A seam separates a segment from the one that is nearer to 0.
        seam = min(SEAM, 0.2 * abs(end - base)) if segment.base else 0.0
        base += seam if end > base else -seam
        return Rect(x, min(base, end), width, abs(end - base))

    # Figures

    def _figures_fit(self) -> bool:
        width = self._width
        available = width - 0.2 * self.em
        if not self.block.stacked:
            available = self._width / len(self.table.names) - 0.15 * self.em
        return max(one.natural_width for one in self.figures) <= available

    def _reaches(self) -> list[ValueRange]:
        """Return the space that figures beside the ends of columns need."""
        if not self.shown or self.block.stacked:
            return []
        height = FIGURE_GAP * self.em + self.cap
        return [
            ValueRange(one.end, height, 0.0) if one.end < 0 else ValueRange(one.end, 0.0, height)
            for one in self.segments
        ]

    def _draw_figure(self, at: int, rect: Rect, plot: Plot) -> None:
        """Draw a figure in the middle of a segment that is tall enough, or at the end of a column."""
        segment, label = self.segments[at], self.figures[at]
        box = self.canvas.typeset(label, label.natural_width)
        x = rect.x + rect.width / 2 - box.width / 2
        if self.block.stacked:
            if rect.height >= MIN_SEGMENT * box.height:
                self.canvas.draw_text(box, x, rect.y + rect.height / 2 + box.height / 2)
            return
        end = plot.y(segment.end)
        gap = FIGURE_GAP * self.em
        self.canvas.draw_text(box, x, end - gap if segment.end < 0 else end + gap + box.height)

    # Labels

    def _label_boxes(self) -> list[tuple[float, float, GalleyBox]]:
        """Return the labels below the columns with their left edges: all, or some if they are years or dates."""
        labels = [entry_label(one, self.style, self.context) for one in self.table.entries]
        width = self.slot - SEPARATION * self.em
        if max(label.min_width for label in labels) <= width:
            boxes = [self.canvas.typeset(label, width) for label in labels]
            lefts = [self.left + (at + 0.5) * self.slot - width / 2 for at in range(len(boxes))]
            return [(x, width, box) for x, box in zip(lefts, boxes, strict=True)]
        if not self.scale.is_scaled:
            self._note_crowded(max(label.min_width for label in labels), width)
        return self._some_labels()

    def _some_labels(self) -> list[tuple[float, float, GalleyBox]]:
        """Return every n-th label, counted from the last."""
        count = len(self.table.entries)
        labels = [entry_label(one, self.style, self.context) for one in self.table.entries]
        widest = max(label.natural_width for label in labels)
        step = max(1, -(-(widest + SEPARATION * self.em * 2) // self.slot))
        placed = []
        for at in range(count):
            if (count - 1 - at) % step:
                continue
            box = self.canvas.typeset(labels[at], labels[at].natural_width)
            x = self.left + (at + 0.5) * self.slot - box.width / 2
            placed.append((max(0.0, min(x, self.context.measure - box.width)), box.width, box))
        return placed

    def _note_crowded(self, needed: float, width: float) -> None:
        message = f"a label is {needed:.0f} pt wide, but only {width:.0f} pt are available"
        self.context.note(
            "chart-crowded", message, self.block.span, "shorten it, or use a bar-chart"
        )

    # Annotations

    def _find(self, text: str) -> float | None:
        """Return the relative position of the middle of a column."""
        for at, (entry, own) in enumerate(zip(self.table.entries, self.scale.texts, strict=True)):
            if text.strip() in (entry.label.key, entry.words, own):
                return (at + 0.5) / len(self.table.entries)
        return None

    def _hint(self, text: str) -> str:
        keys = [one.label.key or one.words for one in self.table.entries]
        return nearest(text, keys) or f"write a label of the axis, such as {keys[0]}"

    def _stop(self, share: float, plot: Plot) -> float:
        """Return the y coordinate above a column and its figure at which the line of an annotation ends."""
        entry = int(share * len(self.table.entries))
        top = max(
            (plot.y(one.end) for one in self.segments if one.entry == entry), default=plot.base
        )
        figure = self.cap + FIGURE_GAP * self.em if self.shown and not self.block.stacked else 0.0
        return max(top, plot.base) + figure + FIGURE_GAP * self.em


def _corners(rect: Rect) -> list[tuple[float, float]]:
    """Return points of a column that annotations avoid."""
    step = 3.0
    up = range(int(rect.height / step) + 1)
    middle = rect.x + rect.width / 2
    return [(x, rect.y + step * at) for at in up for x in (rect.x, middle, rect.right)]
