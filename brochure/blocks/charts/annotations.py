"""Annotations of charts: a text at a position or a range of the x axis, at a value, or at both.

Texts of positions and ranges are set above the plot. The others are set where they touch no line, or are reported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import Annotated

from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.blocks.charts.axis import AxisLimits
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import Chart, label_paint, tint_paint
from brochure.blocks.charts.labels import (
    DROP,
    Label,
    label_style,
    measure_lines,
    message_label,
)
from brochure.blocks.charts.plot import Plot
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, Span
from brochure.geometry import Rect
from brochure.model.display_list import Stroke
from brochure.model.galley import GalleyBox
from brochure.spec.constraints import MaxItems
from brochure.spec.values import Message

# In ems of the labels.
GAP, ABOVE, BETWEEN, RING, CLEAR = 0.4, 0.75, 0.8, 0.34, 0.35
MAX_WIDTH = 0.42
"""Maximum width of a text as a fraction of the plot, unless a word is longer."""
BAND = 0.09
"""Tint of a range."""
DASH = (2.4, 1.8)

Points = Sequence[tuple[float, float]]


MAX_NOTES = 20
"""Annotations of one chart."""


@dataclass(frozen=True, slots=True)
class ChartNote:
    """An annotation of a chart."""

    span: Span
    text: Annotated[Message, "text of the annotation"]
    x: Annotated[
        str | None,
        "position along the x axis: a label (its message key or text), a number or a date",
    ] = None
    to: Annotated[str | None, "end of a range that begins at `x`"] = None
    value: Annotated[float | None, "position along the axis of values"] = None
    series: Annotated[
        str | None,
        "with `panels`: the panel of this series, by its message key or column (default: all, with the text in the first)",
    ] = None


Notes = Annotated[
    tuple[ChartNote, ...],
    MaxItems(MAX_NOTES),
    "annotations: each a text at `x`, from `x` to `to`, at a `value`, or at both",
]
"""The annotations of a chart."""


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """An annotation with its relative positions along the x axis, and its value.

    `has_text` is False in panels that repeat the lines of an annotation without its text.
    """

    note: ChartNote
    label: Label
    start: float | None
    end: float | None
    value: float | None
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class HeadNote:
    """A text above the plot: its box, its left edge, and the height of its top above the plot."""

    placed: PlacedNote
    box: GalleyBox
    left: float
    up: float


@dataclass(frozen=True, slots=True)
class NoteAxes:
    """The axes that annotations refer to.

    `find` returns the relative position of a text on the x axis, `hint` what would be right in its place.
    """

    find: Callable[[str], float | None]
    hint: Callable[[str], str]
    limits: AxisLimits


class ChartNotes:
    """Lays out and draws the annotations of a chart."""

    def __init__(
        self,
        block: Chart,
        notes: Sequence[ChartNote],
        canvas: ChartCanvas,
        axes: NoteAxes,
        *,
        has_panels: bool = False,
        repeated: Collection[ChartNote] = (),
    ) -> None:
        self.block, self.canvas = block, canvas
        self._has_panels, self._repeated = has_panels, repeated
        self.context = canvas.context
        self.style = label_style(block, self.context)
        self.em = self.style.type.size
        self.cap = self.context.cap_height(self.style.type)
        self.ink = label_paint(block, self.context)
        self._find, self._hint, self._limits = axes.find, axes.hint, axes.limits
        self.placed = [one for note in notes if (one := self._place(note))]
        self.heads: list[HeadNote] = []
        self._faint: Points = ()

    def _place(self, note: ChartNote) -> PlacedNote | None:
        """Return the annotation with its position; report one that is not on the axes."""
        start = self._position(note, note.x)
        end = self._position(note, note.to)
        wrong = (note.x is not None and start is None) or (note.to is not None and end is None)
        if note.series is not None and not self._has_panels:
            message = "only a chart with panels has annotations of a series"
            self.context.note("chart-note", message, note.span, "add 'panels', or remove 'series'")
            wrong = True
        if note.x is None and (note.value is None or note.to is not None):
            message = "an annotation needs a position: x, a value or both; 'to' needs 'x'"
            self.context.note("chart-note", message, note.span, "such as x: 2020")
            wrong = True
        if note.value is not None and not (
            self._limits.minimum <= note.value <= self._limits.maximum
        ):
            least, most = self._limits.minimum, self._limits.maximum
            message = (
                f"the annotation's value {note.value:g} is outside the axis {least:g}..{most:g}"
            )
            self.context.note("chart-note", message, note.span, "set the axis, or another value")
            wrong = True
        if wrong:
            return None
        label = message_label(note.text, self.style, self.context)
        return PlacedNote(note, label, start, end, note.value, note not in self._repeated)

    def _position(self, note: ChartNote, text: str | None) -> float | None:
        if text is None:
            return None
        share = self._find(text)
        if share is None:
            message = f"'{text}' is not on the x axis"
            self.context.note("chart-note", message, note.span, self._hint(text))
        return share

    # Above the plot

    def arrange(self, left: float, right: float, edge: float) -> float:
        """Place the texts above a plot; return their height with the gap to the plot.

        Args:
            left: Left edge of the plot in points.
            right: Its right edge.
            edge: The end of the space for texts.
        """
        self.heads = []
        ends: list[float] = []
        rows: list[list[tuple[PlacedNote, GalleyBox, float]]] = []
        notes = [
            one
            for one in self.placed
            if one.has_text and one.start is not None and one.value is None
        ]
        for one in sorted(notes, key=lambda note: note.start or 0.0):
            box = self._typeset(one.label, right - left)
            x = self._head_left(one, box.width, left, right, edge)
            row = next((at for at, end in enumerate(ends) if end <= x), len(ends))
            if row == len(ends):
                ends.append(0.0)
                rows.append([])
            ends[row] = x + box.width + BETWEEN * self.em
            rows[row].append((one, box, x))
        up = ABOVE * self.em
        for level in rows:
            tallest = max(box.height for _, box, _ in level)
            self.heads += [HeadNote(one, box, x, up + tallest) for one, box, x in level]
            up += tallest + (BETWEEN + DROP) * self.em
        return up - (BETWEEN - DROP) * self.em if rows else 0.0

    def _typeset(self, label: Label, width: float) -> GalleyBox:
        limit = max(label.min_width, min(label.natural_width, MAX_WIDTH * width)) + 0.01
        return self.canvas.typeset(label, measure_lines(label, limit)[1])

    def _head_left(
        self, one: PlacedNote, width: float, left: float, right: float, edge: float
    ) -> float:
        """Return the left edge of a text: at its position, or centred on its range, within the chart."""
        start, end = sorted((one.start or 0.0, one.start or 0.0 if one.end is None else one.end))
        x = left + start * (right - left)
        if one.end is not None:
            middle = left + (start + end) / 2 * (right - left)
            x = middle - width / 2
        elif one.start is not None:
            x -= 0.0 if x + width <= edge else width
        return max(left, min(x, edge - width))

    # Drawing

    def draw_behind(self, plot: Plot) -> None:
        """Draw what is behind the marks: ranges."""
        for one in self.placed:
            if one.start is not None and one.end is not None:
                start, end = sorted((plot.x(one.start), plot.x(one.end)))
                rect = Rect(start, plot.bottom, end - start, plot.top - plot.bottom)
                self.canvas.draw_box(rect, tint_paint(self.ink, BAND))

    def draw(
        self,
        plot: Plot,
        taken: Iterable[tuple[float, float]],
        stop: Callable[[float], float] | None = None,
        *,
        faint: Iterable[tuple[float, float]] = (),
    ) -> None:
        """Draw lines and texts.

        Args:
            plot: The plot area.
            taken: Points that the texts avoid.
            stop: The y coordinate at which a line from above ends, by its relative x (default: the foot of the plot).
            faint: Points that the texts avoid if they can.
        """
        points, self._faint = list(taken), list(faint)
        stroke = Stroke(self.ink, HAIRLINE)
        for head in self.heads:
            one = head.placed
            top = plot.top + head.up
            self.canvas.draw_text(head.box, head.left, top)
            if one.end is None and one.start is not None:
                x = plot.x(one.start)
                # Beside the text's lower lines the pointer would touch it.
                low = top - head.box.height - GAP * self.em
                foot = stop(one.start) if stop else plot.bottom
                self.canvas.draw_line([(x, low), (x, min(foot, low))], stroke)
        for one in self.placed:
            if one.value is None and not one.has_text:
                self._draw_pointer(one, plot)
            elif one.value is not None and one.start is None:
                self._draw_level(one, plot, points)
            elif one.value is not None:
                self._draw_point(one, plot, points)

    def _draw_pointer(self, one: PlacedNote, plot: Plot) -> None:
        """Draw the line of a position whose text is above another panel."""
        if one.end is None and one.start is not None:
            x = plot.x(one.start)
            self.canvas.draw_line([(x, plot.top), (x, plot.bottom)], Stroke(self.ink, HAIRLINE))

    def _draw_level(self, one: PlacedNote, plot: Plot, points: list[tuple[float, float]]) -> None:
        """Draw a dashed line at a value, with its text above or below it at one of the ends."""
        y = plot.y(one.value or 0.0)
        self.canvas.draw_line([(plot.left, y), (plot.right, y)], Stroke(self.ink, HAIRLINE, DASH))
        if not one.has_text:
            return
        box = self._typeset(one.label, plot.right - plot.left)
        above, below = y + GAP * self.em + box.height, y - GAP * self.em
        places = [(x, top) for top in (above, below) for x in (plot.left, plot.right - box.width)]
        self._draw_free(one, box, places, plot, points)

    def _draw_point(self, one: PlacedNote, plot: Plot, points: list[tuple[float, float]]) -> None:
        """Draw a ring at a point, with its text around it."""
        x, y = plot.x(one.start or 0.0), plot.y(one.value or 0.0)
        radius = RING * self.em
        outer = Rect(x - radius, y - radius, 2 * radius, 2 * radius)
        ring = shape_outline(ClipShape.ELLIPSE, outer)
        inner = shape_outline(ClipShape.ELLIPSE, outer.expand(-0.6))
        self.canvas.draw_shape([ring, inner], self.ink, even_odd=True)
        if not one.has_text:
            return
        box = self._typeset(one.label, plot.right - plot.left)
        away = radius + GAP * self.em
        half = box.height / 2
        lifts = (0.0, 1.5 * self.em, 3 * self.em)
        places = [
            place
            for lift in lifts
            for place in (
                (x - box.width / 2, y + away + box.height + lift),
                (x - box.width / 2, y - away - lift),
                (x + away + lift, y + half),
                (x - away - box.width - lift, y + half),
                (x + away, y + away + box.height + lift),
                (x - away - box.width, y + away + box.height + lift),
                (x + away, y - away - lift),
                (x - away - box.width, y - away - lift),
            )
        ]
        self._draw_free(one, box, places, plot, points)

    def _draw_free(
        self,
        one: PlacedNote,
        box: GalleyBox,
        places: Points,
        plot: Plot,
        points: list[tuple[float, float]],
    ) -> None:
        """Draw a text at the first place that is free, or the one with the fewest points, which is reported."""
        bounded = [
            (
                max(plot.left, min(x, plot.right - box.width)),
                min(max(top, plot.bottom + box.height + GAP * self.em), plot.top + self.cap),
            )
            for x, top in places
        ]
        rects = [
            Rect(x, top - box.height - DROP * self.em, box.width, box.height + DROP * self.em)
            for x, top in bounded
        ]
        hits = [_count_inside(rect.expand(CLEAR * self.em), points) for rect in rects]
        faint = [_count_inside(rect.expand(CLEAR * self.em), self._faint) for rect in rects]
        best = min(range(len(rects)), key=lambda at: (hits[at], faint[at]))
        if hits[best]:
            message = f"the annotation '{self.context.edition.words(one.note.text)}' touches the lines of the chart"
            hint = "shorten it, move it, or make the chart taller"
            self.context.note("chart-note-overlap", message, one.note.span, hint, Severity.WARNING)
        self.canvas.draw_text(box, *bounded[best])
        points += _outline_points(rects[best])


def _count_inside(rect: Rect, points: Points) -> int:
    return sum(rect.x <= x <= rect.right and rect.y <= y <= rect.top for x, y in points)


def _outline_points(rect: Rect) -> list[tuple[float, float]]:
    """Return points of a rectangle, close enough that no text fits between them."""
    step = 4.0
    across = range(int(rect.width / step) + 1)
    up = range(int(rect.height / step) + 1)
    return [(rect.x + step * i, rect.y + step * j) for i in across for j in up]


def sample_line(points: Points) -> list[tuple[float, float]]:
    """Return points on a line, not more than 2 points apart."""
    samples = list(points[:1])
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(1, int(max(abs(x1 - x0), abs(y1 - y0)) / 2))
        samples += [
            (x0 + (x1 - x0) * at / steps, y0 + (y1 - y0) * at / steps) for at in range(1, steps + 1)
        ]
    return samples
