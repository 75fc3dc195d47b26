"""Points over two axes of values, with names where there is space."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.blocks.charts.annotations import ChartNotes, NoteAxes
from brochure.blocks.charts.axis import choose_ticks, fit_axis
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import (
    chart_height,
    chart_paint,
    format_value,
    tint_paint,
)
from brochure.blocks.charts.data_cells import DataCells
from brochure.blocks.charts.labels import (
    DROP,
    Label,
    figure_label,
    label_style,
    message_label,
    semibold_style,
    source_label,
)
from brochure.blocks.charts.plot import Plot, ValueScale, line_limits
from brochure.blocks.charts.points import PlotPoint, ScatterFields
from brochure.color.swatch import WHITE
from brochure.findings import Severity
from brochure.geometry import Rect
from brochure.l10n.number_reading import read_number
from brochure.model.display_list import Stroke
from brochure.model.galley import GalleyBox
from brochure.typeset.style import Align

# In ems of the labels.
RADIUS, MAX_RADIUS, MIN_RADIUS = 0.3, 2.2, 0.24
"""Radius of a point without a size; of the largest and the smallest with one."""
LABEL_GAP, MARK, UNIT_GAP, NAME_GAP, TICK_DISTANCE = 0.9, 0.3, 0.6, 0.3, 0.9
HEIGHT_SHARE, MIN_HEIGHT, MAX_HEIGHT = 0.66, 110.0, 240.0
"""Default height of the plot: this fraction of the measure, within these limits in points."""
MIN_LENGTH = 40.0
STRENGTH = 0.45
"""Tint of points that are not highlighted, if others are."""
OUTLINE = 0.5
"""Width of the paper-coloured outline of points, in points."""


class ScatterPlot:
    """Lays out and draws one scatter chart."""

    def __init__(
        self, block: ScatterFields, canvas: ChartCanvas, points: Sequence[PlotPoint]
    ) -> None:
        self.block, self.canvas, self.points = block, canvas, points
        context = self.context = canvas.context
        style = label_style(block, context, Align.CENTRE)
        self.em, self.cap = style.type.size, context.cap_height(style.type)
        self.limits = line_limits(block, [one.value for one in points], context)
        across = replace(block, axis=block.x_axis, step=None)
        self.across = line_limits(across, [one.x for one in points], context)
        self.values = ValueScale(block, canvas, self.limits)
        # Tick labels of the x axis have no per cent sign: the format is that of the values.
        self.ticks = self.across.ticks()
        self.tick_labels = [
            figure_label(context.figure(tick), style, context) for tick in self.ticks
        ]
        unit = (
            message_label(block.x_unit, label_style(block, context, Align.END), context)
            if block.x_unit
            else None
        )
        self.unit = canvas.typeset(unit, context.measure) if unit else None
        self.notes = ChartNotes(
            block,
            block.notes,
            canvas,
            NoteAxes(self._find, lambda text: "write a number", self.limits),
        )

    def _find(self, text: str) -> float | None:
        number = read_number(text)
        if number is None:
            return None
        share = (number.value - self.across.minimum) / (self.across.maximum - self.across.minimum)
        return share if 0 <= share <= 1 else None

    def draw(self) -> GalleyBox:
        """Draw grid, points with their names, and the units of both axes."""
        measure = self.context.measure
        halves = [label.natural_width / 2 for label in self.tick_labels]
        left = max(self.values.margin, halves[0] if halves else 0.0)
        right = measure - max(halves[-1] if halves else 0.0, self._largest / 2)
        if right - left < 6 * self.em:
            message = "the labels of the chart leave too little space for its points"
            self.context.note("chart-crowded", message, self.block.span, "use a wider frame")
        foot = LABEL_GAP * self.em + self.cap + DROP * self.em
        if self.unit:
            foot += (UNIT_GAP + DROP) * self.em + self.unit.height
        head = self.values.head + self.notes.arrange(left, right, measure)
        least = head + foot + MIN_LENGTH
        preferred = min(MAX_HEIGHT, max(MIN_HEIGHT, HEIGHT_SHARE * measure)) + head
        height = chart_height(self.block, self.context, least, preferred)
        plot = Plot(left, right, foot - height, self.values.fit(height - head - foot))
        self._draw_plot(plot)
        return self.canvas.to_slab(height, self.block.span)

    def _draw_plot(self, plot: Plot) -> None:
        self.notes.draw_behind(plot)
        self.values.draw(plot)
        self._draw_x_axis(plot)
        self.values.draw_base(plot)
        # Small points are in front of large ones.
        places = [self._circle(one, plot) for one in self.points]
        order = sorted(range(len(places)), key=lambda at: (-places[at].width, self._is_lit(at)))
        for at in order:
            self._draw_point(at, places[at])
        taken = self._draw_names(places, plot)
        points = [(rect.x + rect.width / 2, rect.y + rect.height / 2) for rect in places]
        corners = [point for rect in taken for point in _grid(rect)]
        self.notes.draw(plot, [*points, *corners])

    def _draw_x_axis(self, plot: Plot) -> None:
        """Draw the line, tick marks and labels of the x axis, and its unit at its end."""
        axis = fit_axis(self.across, plot.right - plot.left, ())
        widths = [label.natural_width for label in self.tick_labels]
        stroke = Stroke(self.values.ink, HAIRLINE)
        for index in choose_ticks(axis, self.ticks, widths, TICK_DISTANCE * self.em):
            x = plot.left + axis.at(self.ticks[index])
            self.canvas.draw_line([(x, plot.bottom), (x, plot.bottom - MARK * self.em)], stroke)
            box = self.canvas.typeset(self.tick_labels[index], widths[index])
            self.canvas.draw_text(box, x - widths[index] / 2, plot.bottom - LABEL_GAP * self.em)
        self.canvas.draw_line([(plot.left, plot.bottom), (plot.right, plot.bottom)], stroke)
        if self.unit:
            top = plot.bottom - (LABEL_GAP + UNIT_GAP + DROP) * self.em - self.cap
            self.canvas.draw_text(self.unit, plot.right - self.unit.width, top)

    # Points

    @property
    def _largest(self) -> float:
        return 2 * MAX_RADIUS * self.em if self._max_size else 2 * RADIUS * self.em

    @property
    def _max_size(self) -> float:
        return max((one.size or 0.0 for one in self.points), default=0.0)

    def _circle(self, one: PlotPoint, plot: Plot) -> Rect:
        """Return the square around a point."""
        share = (one.x - self.across.minimum) / (self.across.maximum - self.across.minimum)
        radius = RADIUS * self.em
        if self._max_size:
            radius = MAX_RADIUS * self.em * math.sqrt((one.size or 0.0) / self._max_size)
            radius = max(radius, MIN_RADIUS * self.em)
        return Rect(plot.x(share) - radius, plot.y(one.value) - radius, 2 * radius, 2 * radius)

    def _is_lit(self, at: int) -> bool:
        return self.points[at].paint is not None

    def _draw_point(self, at: int, rect: Rect) -> None:
        base = chart_paint(self.block, self.context)
        quiet = tint_paint(base, STRENGTH if any(one.paint for one in self.points) else 1.0)
        ground = shape_outline(ClipShape.ELLIPSE, rect.expand(OUTLINE))
        self.canvas.draw_shape([ground], WHITE)
        disc = shape_outline(ClipShape.ELLIPSE, rect)
        self.canvas.draw_shape([disc], self.points[at].paint or quiet)

    # Names

    def _draw_names(self, places: Sequence[Rect], plot: Plot) -> list[Rect]:
        """Draw names beside their points, highlighted ones first; report those without space; return what is taken."""
        taken = list(places)
        order = [at for at, one in enumerate(self.points) if one.is_named]
        order.sort(key=lambda at: (not self._is_lit(at), -places[at].width))
        missing: list[str] = []
        for at in order:
            label = self._label(at)
            box = self.canvas.typeset(label, label.natural_width)
            spot = next(
                (
                    spot
                    for spot in _spots(places[at], box, self.em)
                    if self._is_free(spot, taken, at, plot)
                ),
                None,
            )
            if spot is None:
                missing.append(self._text(at))
                continue
            taken.append(
                replace(spot, y=spot.y - DROP * self.em, height=spot.height + DROP * self.em)
            )
            self.canvas.draw_text(box, spot.x, spot.top)
        if missing:
            listed = ", ".join(f"'{text}'" for text in missing[:3])
            more = ", …" if len(missing) > 3 else ""
            message = f"{len(missing)} names of the chart have no space: {listed}{more}"
            hint = "highlight the most important points with 'colours', or make the chart larger"
            self.context.note("chart-names", message, self.block.span, hint, Severity.WARNING)
        return taken

    def _label(self, at: int) -> Label:
        style = label_style(self.block, self.context)
        style = semibold_style(style) if self._is_lit(at) else style
        point = self.points[at].point
        if point.words or point.label is None:
            return source_label(point.words, style, self.context)
        return message_label(point.label, style, self.context)

    def _is_free(self, spot: Rect, taken: Sequence[Rect], at: int, plot: Plot) -> bool:
        inside = (
            spot.x >= plot.left
            and spot.right <= self.context.measure
            and spot.y >= plot.bottom
            and spot.top <= plot.top + self.em
        )
        # Descenders are below the box of a text.
        drop = DROP * self.em
        whole = replace(spot, y=spot.y - drop, height=spot.height + drop)
        others = (rect for index, rect in enumerate(taken) if index != at)
        return inside and not any(whole.overlaps(rect) for rect in others)

    def _text(self, at: int) -> str:
        point = self.points[at].point
        return point.words or (self.context.edition.words(point.label) if point.label else "")

    # Data

    def cells(self) -> DataCells:
        """Return the data for the structure tree."""
        edition, block = self.context.edition, self.block
        sized = bool(self._max_size)
        units = [block.x_unit, block.unit, *([block.size_unit] if sized else [])]
        heads = ("", *(edition.words(one) if one else "" for one in units))
        plain = replace(block, unit=None)
        rows = []
        for at, one in enumerate(self.points):
            figures = [self.context.figure(one.x), format_value(one.value, plain, self.context)]
            if sized:
                figures.append("" if one.size is None else self.context.figure(one.size))
            rows.append((self._text(at), *figures))
        return DataCells(heads, tuple(rows))


def _spots(point: Rect, box: GalleyBox, em: float) -> Iterator[Rect]:
    """Yield rectangles for a name around its point: beside it first, where it is read best."""
    gap, width, height = NAME_GAP * em, box.width, box.height
    drop = DROP * em
    middle = point.y + point.height / 2 - height / 2
    centre = point.x + point.width / 2 - width / 2
    after, before = point.right + gap, point.x - gap - width
    above, below = point.top + gap + drop, point.y - gap - height
    lefts_and_lows = [
        *((after, middle), (before, middle), (centre, above), (centre, below)),
        *((after, point.top - height / 2), (before, point.top - height / 2)),
        *((after, point.y - height), (before, point.y - height)),
    ]
    for x, y in lefts_and_lows:
        # The box of a text has its last baseline as its lower edge; descenders are below.
        yield Rect(x, y, width, height)


def _grid(rect: Rect) -> list[tuple[float, float]]:
    step = 4.0
    across, up = range(int(rect.width / step) + 1), range(int(rect.height / step) + 1)
    return [(rect.x + step * i, rect.y + step * j) for i in across for j in up]
