"""Scatter chart: points with two values each, and as bubbles with a third.

Each point has its `x` and its `value`; `size` makes the area of the point proportional to a third value. A point with a
label is named beside it, where the name touches no other name and no point; names without space are reported. Give the
most important points a `colour` of their own. The axes start at 0 unless all values are far from it.

The points can be read from a CSV, TSV or XLSX file: `from: countries.csv`. If `colours` highlights points, only these are named.

Example:
    - scatter-chart:
        from: countries.csv
        x: income
        value: life
        label: country
        size: people
        colours: {Ghana: ember}
      x-unit: countries.income
      unit: countries.years
      alt: countries.alt

    - scatter-chart:
        - {label: regions.north, x: 12, value: 30, colour: ember}
        - {label: none, x: 14, value: 22}
      alt: regions.alt
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from brochure.blocks.charts.axis import with_shared_axis
from brochure.blocks.charts.canvas import ChartCanvas, frame_chart
from brochure.blocks.charts.chart import MAX_DATA, ChartPoint
from brochure.blocks.charts.points import ScatterFields, read_points
from brochure.blocks.charts.scatter_plot import ScatterPlot
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.constraints import MaxItems
from brochure.spec.data import PointSource


@dataclass(frozen=True, slots=True)
class ScatterChart(ScatterFields):
    """A scatter chart."""

    data: Annotated[
        tuple[ChartPoint | PointSource, ...],
        MaxItems(MAX_DATA),
        "points, each with x and value; or a file, with `from`",
    ]


def galley(block: ScatterChart, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    read = read_points(_share_axes(block, context), context)
    if read is None:
        return ()
    block, points = read
    plot = ScatterPlot(block, ChartCanvas(context), points)
    return frame_chart(block, context, plot.draw(), plot.cells())


def _share_axes(block: ScatterChart, context: BlockContext) -> ScatterChart:
    """Return the chart with the limits of both axes that it shares with other charts, if there are any."""
    shared = context.edition.axes.get(block.share_axis) if block.share_axis else None
    block = with_shared_axis(block, context)
    return replace(block, x_axis=shared.across) if shared and shared.across else block
