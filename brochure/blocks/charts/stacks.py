"""Columns and bars of several series, stacked or side by side: their segments, figures and common fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Protocol, TypeVar

from brochure.blocks.charts.axis import AxisLimits, axis_limits
from brochure.blocks.charts.canvas import ChartCanvas, frame_chart
from brochure.blocks.charts.chart import Entries, format_value
from brochure.blocks.charts.colours import paint_on
from brochure.blocks.charts.data_cells import DataCells
from brochure.blocks.charts.labels import (
    Label,
    figure_label,
    label_style,
    scale_style,
    value_style,
)
from brochure.blocks.charts.series import SeriesChart, SeriesTable, read_series
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, GalleyBox
from brochure.spec.constraints import Distance
from brochure.typeset.style import Align

SEAM = 0.6
"""Space between segments in points."""
FIGURE_SIZE = 0.88
"""Size of figures in ems of the labels."""


@dataclass(frozen=True, slots=True)
class StackChart(SeriesChart):
    """Fields of bar and column charts."""

    data: Entries
    ticks: Annotated[bool, "show tick labels along the axis, with hairlines"] = False
    values: Annotated[bool, "show the figure of each bar"] = True
    gap: Annotated[Distance | None, "space between bars (default: from their size)"] = None
    stacked: Annotated[
        bool, "several series on top of each other, as parts of a sum (default: side by side)"
    ] = False


Block = TypeVar("Block", bound=StackChart)


@dataclass(frozen=True, slots=True)
class Segment:
    """One value of a stack or group: its entry and series, and the values at its base and its end."""

    entry: int
    series: int
    base: float
    end: float

    @property
    def value(self) -> float:
        """The value."""
        return self.end - self.base


def make_segments(table: SeriesTable, *, stacked: bool) -> tuple[Segment, ...]:
    """Return all known values as segments. Negative values are stacked downwards from 0."""
    return tuple(_segments(table, stacked=stacked))


def _segments(table: SeriesTable, *, stacked: bool) -> Iterator[Segment]:
    for entry, row in enumerate(table.rows):
        up = down = 0.0
        for series, value in enumerate(row):
            if value is None:
                continue
            if not stacked:
                yield Segment(entry, series, 0.0, value)
            elif value < 0:
                yield Segment(entry, series, down, down + value)
                down += value
            else:
                yield Segment(entry, series, up, up + value)
                up += value


def stack_limits(
    block: StackChart, segments: Sequence[Segment], context: BlockContext
) -> AxisLimits:
    """Return the limits of the axis, extended to ticks."""
    return axis_limits(block, [one.end for one in segments], context, to_ticks=True)


def segment_figures(
    block: StackChart,
    segments: Sequence[Segment],
    paints: Sequence[Paint],
    context: BlockContext,
    align: Align,
) -> tuple[Label, ...]:
    """Shape the figures of segments, without unit: inside stacked ones in a colour that can be read on them."""
    base = (
        label_style(block, context, align) if block.stacked else value_style(block, context, align)
    )
    style = scale_style(base, FIGURE_SIZE)
    plain = replace(block, unit=None)
    labels = []
    for one in segments:
        own = style
        if block.stacked:
            paint = paint_on(paints[one.series], block, context)
            own = replace(style, type=replace(style.type, paint=paint))
        labels.append(figure_label(format_value(one.value, plain, context), own, context))
    return tuple(labels)


def stack_cells(block: StackChart, table: SeriesTable, context: BlockContext) -> DataCells:
    """Return the data for the structure tree."""
    names = [name.text(context) for name in table.names]
    rows = []
    for entry, row in zip(table.entries, table.rows, strict=True):
        label = entry.words or context.edition.words(entry.label)
        figures = ("" if one is None else format_value(one, block, context) for one in row)
        rows.append((label, *figures))
    return DataCells(("", *names), tuple(rows))


class StackPlot(Protocol):
    """Draws columns or bars of several series."""

    def draw(self) -> GalleyBox:
        """Return the drawing."""


def frame_stacks(
    block: Block,
    context: BlockContext,
    plot: Callable[[Block, ChartCanvas, SeriesTable], StackPlot],
) -> Galley:
    """Return a chart with several series as one box; none, with findings, if its data cannot be read."""
    read = read_series(block, context, has_entry_colours=True)
    if read is None:
        return ()
    block, table = read
    drawing = plot(block, ChartCanvas(context), table).draw()
    return frame_chart(block, context, drawing, stack_cells(block, table, context))
