"""Lines and areas over an x axis, with direct labels and annotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Annotated

from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.blocks.charts.annotations import ChartNote, ChartNotes, NoteAxes, Notes, sample_line
from brochure.blocks.charts.axis import AxisLimits, axis_limits
from brochure.blocks.charts.canvas import HAIRLINE, ChartCanvas
from brochure.blocks.charts.chart import QUIET, chart_height, format_value, tint_paint
from brochure.blocks.charts.colours import LineLook, area_paints, line_looks
from brochure.blocks.charts.data_cells import DataCells
from brochure.blocks.charts.direct_labels import DirectLabels, LineEnd
from brochure.blocks.charts.labels import DROP, label_style
from brochure.blocks.charts.plot import Plot, ValueScale, line_limits
from brochure.blocks.charts.series import SeriesChart, SeriesTable
from brochure.blocks.charts.series_key import SeriesKey
from brochure.blocks.charts.x_axis import LABEL_GAP, MARK, Tick, XScale, draw_x_axis
from brochure.color.swatch import WHITE, Gradient, Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import Outline, Stroke
from brochure.model.galley import GalleyBox
from brochure.spec.constraints import Bounds
from brochure.typeset.style import Align

LINE = 1.4
"""Line weight in points."""
DOT = 0.24
"""Radius of a single point in ems of the labels."""
HEIGHT_SHARE, MIN_HEIGHT, MAX_HEIGHT = 0.5, 100.0, 200.0
"""Default height: this fraction of the width, within limits in points."""
MIN_LENGTH = 30.0
MAX_PANELS = 6
AREA_SEAM = 0.6
"""Weight of the paper-coloured line between areas, in points."""


@dataclass(frozen=True, slots=True)
class LineFields(SeriesChart):
    """Fields of line and area charts."""

    notes: Notes = ()
    panels: Annotated[
        int | None,
        Bounds(1, MAX_PANELS),
        "small multiples: one panel for each series, with common axes, in this number of columns",
    ] = None


Run = tuple[tuple[float, float, float], ...]
"""Part of a line without gaps: relative x, value, and the value below it (0, or that of the area below)."""


class LinePlot:
    """Lays out and draws lines, or stacked areas."""

    def __init__(
        self,
        block: LineFields,
        canvas: ChartCanvas,
        table: SeriesTable,
        *,
        is_area: bool = False,
        has_figures: bool = False,
    ) -> None:
        self.block, self.canvas, self.table = block, canvas, table
        self.is_area, self.has_figures = is_area, has_figures
        context = self.context = canvas.context
        style = label_style(block, context, Align.CENTRE)
        self.em, self.cap = style.type.size, context.cap_height(style.type)
        self.scale = XScale(table.entries, style, context)
        self.bases = self._stack()
        self.limits = self._limits()
        self.values = ValueScale(block, canvas, self.limits)
        self.looks = self._looks()
        self._check_gradients()
        self.runs = [self._series_runs(at) for at in range(len(table.names))]
        self.notes = self.make_notes(block.notes)

    # Values

    @property
    def is_stacked(self) -> bool:
        """Whether areas are on top of each other."""
        return self.is_area and self.block.panels is None

    def _stack(self) -> list[list[float]]:
        """Return the value below each value: 0, or for stacked areas the sum of those below."""
        sums = [0.0] * len(self.table.entries)
        bases = []
        for column in self.table.columns:
            bases.append(list(sums))
            if self.is_stacked:
                sums = [one + (value or 0.0) for one, value in zip(sums, column, strict=True)]
        return bases

    def _tops(self) -> list[float]:
        return [
            base[at] + value
            for base, column in zip(self.bases, self.table.columns, strict=True)
            for at, value in enumerate(column)
            if value is not None
        ]

    def _limits(self) -> AxisLimits:
        if self.is_area:
            return axis_limits(self.block, self._tops(), self.context, to_ticks=True)
        return line_limits(self.block, self._tops(), self.context)

    def _looks(self) -> tuple[LineLook, ...]:
        if self.is_stacked and len(self.table.names) > 1:
            paints = area_paints(self.block, self.table, self.context)
            return tuple(LineLook(paint, ()) for paint in paints)
        if self.block.panels:
            plain = [line_looks(self.block, one, self.context)[0] for one in self._split()]
            return tuple(replace(look, dash=()) for look in plain)
        return line_looks(self.block, self.table, self.context)

    def _check_gradients(self) -> None:
        """Report lines in a gradient."""
        for name, look in zip(self.table.names, self.looks, strict=True):
            if isinstance(look.paint, Gradient) and not self.is_area:
                message = f"the line '{name.text(self.context)}' cannot be drawn in a gradient"
                hint = "use a colour; bars, columns and areas can have gradients"
                self.context.note("chart-gradient", message, self.block.span, hint)

    def _split(self) -> list[SeriesTable]:
        """Return a table for each series."""
        colours = dict(enumerate(self.block.colours))
        return [
            SeriesTable(
                self.table.entries,
                (replace(name, colour=name.colour or colours.get(at)),),
                tuple((value,) for value in self.table.column(at)),
            )
            for at, name in enumerate(self.table.names)
        ]

    def _series_runs(self, at: int) -> list[Run]:
        """Return the parts of a line between missing values."""
        column, bases = self.table.column(at), self.bases[at]
        runs: list[Run] = []
        for known, group in groupby(self.scale.order, key=lambda index: column[index] is not None):
            if known:
                runs.append(
                    tuple(
                        (self.scale.shares[i], bases[i] + (column[i] or 0.0), bases[i])
                        for i in group
                    )
                )
        return runs

    # Layout

    def draw(self) -> GalleyBox:
        """Draw the chart with all lines in one plot."""
        measure = self.context.measure
        names = self._direct_labels()
        key = None if names else self._key()
        right = measure - (names.margin if names else 0.0)
        left = self.values.margin
        self.report_narrow(left, right)
        ticks = self.ticks(left, right, measure)
        head = (
            self.values.head
            + (key.height if key else 0.0)
            + self.notes.arrange(left, right, measure)
        )
        foot = self.foot_height(ticks)
        least = head + foot + max(MIN_LENGTH, (names.total if names else 0.0) + self.cap)
        preferred = min(MAX_HEIGHT, max(MIN_HEIGHT, HEIGHT_SHARE * measure)) + head
        height = chart_height(self.block, self.context, least, preferred)
        low = foot - height
        plot = Plot(left, right, low, self.values.fit(height - foot - head))
        if key:
            key.draw(0.0)
        self._draw_plot(plot, names, -(key.height if key else 0.0))
        draw_x_axis(self.canvas, ticks, plot, (0.0, measure), self.axis_stroke())
        return self.canvas.to_slab(height, self.block.span)

    def _draw_plot(self, plot: Plot, names: DirectLabels | None, top: float) -> None:
        self.notes.draw_behind(plot)
        self.values.draw(plot, top)
        for at in self._painting_order():
            self.draw_series(at, plot, self.looks[at])
        self.draw_base(plot)
        taken = [point for at in range(len(self.runs)) for point in self.sample(at, plot)]
        if names:
            ends = self._ends(plot)
            low, high = plot.bottom - self.cap / 2, plot.top + self.cap / 2
            names.draw(ends, plot.right, low, high)
        self.notes.draw(plot, taken)

    def _painting_order(self) -> list[int]:
        """Return the series, the first one last, so that it is in front."""
        order = list(range(len(self.table.names)))
        return order if self.is_stacked else order[::-1]

    def _direct_labels(self) -> DirectLabels | None:
        if not self.table.is_named:
            return None
        figures = self._last_figures() if self.has_figures else ()
        paints = [look.paint for look in self.looks]
        names = DirectLabels(self.block, self.canvas, self.table, paints, figures=figures)
        return names if names.fit else None

    def _last_figures(self) -> list[float | None]:
        order = self.scale.order
        return [
            next((column[at] for at in reversed(order) if column[at] is not None), None)
            for column in self.table.columns
        ]

    def _key(self) -> SeriesKey:
        dashes = None if self.is_area else [look.dash for look in self.looks]
        paints = [look.paint for look in self.looks]
        return SeriesKey(self.block, self.canvas, self.table, paints, dashes)

    def ticks(self, left: float, right: float, edge: float) -> tuple[Tick, ...]:
        """Return the ticks of the x axis; labels may reach to `edge`."""
        ticks = self.scale.ticks(right - left, left, edge - right)
        if not self.scale.fits(ticks, right - left, left, edge - right):
            message = f"the {len(ticks)} labels of the x axis do not fit beside each other"
            hint = "shorten them, use years or dates, or use a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)
        return ticks

    def foot_height(self, ticks: Sequence[Tick]) -> float:
        """Return the height of the labels below the x axis."""
        boxes = [self.canvas.typeset(one.label, one.label.natural_width) for one in ticks]
        tallest = max((box.height for box in boxes), default=0.0)
        return (MARK + LABEL_GAP + DROP) * self.em + tallest

    def report_narrow(self, left: float, right: float) -> None:
        """Report a plot that is too narrow for its lines."""
        if right - left < 6 * self.em:
            message = "the labels of the chart leave too little space for its lines"
            hint = "shorten the names of the series, reduce the text size, or use a wider frame"
            self.context.note("chart-crowded", message, self.block.span, hint)

    # Drawing

    def axis_stroke(self) -> Stroke:
        """Return the stroke of the x axis."""
        return Stroke(self.values.ink, HAIRLINE)

    def draw_base(self, plot: Plot) -> None:
        """Draw the zero line, and a thin one at the foot of an axis without it."""
        self.values.draw_base(plot)
        if self.limits.minimum != 0:
            stroke = Stroke(tint_paint(self.values.ink, 0.55), HAIRLINE)
            self.canvas.draw_line([(plot.left, plot.bottom), (plot.right, plot.bottom)], stroke)

    def draw_series(self, at: int, plot: Plot, look: LineLook, width: float = LINE) -> None:
        """Draw a line with its single points, or an area."""
        for run in self.runs[at]:
            points = [(plot.x(x), plot.y(value)) for x, value, _ in run]
            if self.is_area:
                self._draw_area(run, points, plot, look.paint)
            if len(points) == 1:
                self._draw_dot(points[0], look.paint)
            elif not self.is_area:
                stroke = Stroke(look.paint, width, look.dash, round_cap=True)
                self.canvas.draw_line(points, stroke)

    def _draw_area(
        self, run: Run, points: list[tuple[float, float]], plot: Plot, paint: Paint
    ) -> None:
        floor = [(plot.x(x), plot.y(base)) for x, _, base in reversed(run)]
        outline = Outline(points[0], (*points[1:], *floor))
        many = self.is_stacked and len(self.table.names) > 1
        fill = paint if many else tint_paint(paint, QUIET)
        self.canvas.draw_shape([outline], fill)
        if not many and len(points) > 1:
            self.canvas.draw_line(points, Stroke(paint, LINE, round_cap=True))
        elif len(points) > 1 and any(base for _, _, base in run):
            self.canvas.draw_line(floor, Stroke(self._seam(), AREA_SEAM))

    def _seam(self) -> Paint:
        """Return the colour of paper, which separates areas."""
        return WHITE

    def _draw_dot(self, point: tuple[float, float], paint: Paint) -> None:
        radius = DOT * self.em
        rect = Rect(point[0] - radius, point[1] - radius, 2 * radius, 2 * radius)
        self.canvas.draw_shape([shape_outline(ClipShape.ELLIPSE, rect)], paint)

    def _ends(self, plot: Plot) -> list[LineEnd]:
        """Return where each name belongs: the end of a line, or the middle of an area's end."""
        ends = []
        for at, runs in enumerate(self.runs):
            if not runs:
                continue
            share, value, base = runs[-1][-1]
            level = (value + base) / 2 if self.is_area else value
            ends.append(LineEnd(at, plot.x(share), plot.y(level), self.looks[at].paint))
        return ends

    def make_notes(
        self, notes: Sequence[ChartNote], repeated: Sequence[ChartNote] = ()
    ) -> ChartNotes:
        """Return annotations; those that are `repeated` are drawn without their texts."""
        axes = NoteAxes(self.scale.find, self.scale.nearest, self.limits)
        return ChartNotes(
            self.block,
            notes,
            self.canvas,
            axes,
            has_panels=self.block.panels is not None,
            repeated=repeated,
        )

    def sample(self, at: int, plot: Plot) -> list[tuple[float, float]]:
        """Return points on a line, which texts avoid."""
        return [
            point
            for run in self.runs[at]
            for point in sample_line([(plot.x(x), plot.y(value)) for x, value, _ in run])
        ]

    # Data

    def cells(self) -> DataCells:
        """Return the data for the structure tree."""
        names = [name.text(self.context) for name in self.table.names]
        rows = []
        for at in self.scale.order:
            figures = [
                "" if value is None else format_value(value, self.block, self.context)
                for value in self.table.rows[at]
            ]
            rows.append((self.scale.text(at), *figures))
        return DataCells(("", *names), tuple(rows))
