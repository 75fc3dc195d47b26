"""Line chart: one or more lines over years, dates or other steps, each with its name at its end.

Years, numbers and dates (`2026-11-24` in a file) are set to scale; other labels have equal distances. The axis starts at 0
unless all values are far from it: a line shows change, not size. A missing value is a gap. Lines without a swatch have
tints of `colour`, and lines that look alike in one ink are dashed. Names that would touch are moved apart; if they are too
wide, they are set above the chart. `panels: 3` draws small multiples: one panel for each line, with common axes.

The lines can be read from the columns of a CSV, TSV or XLSX file: `from: income.csv`.

Example:
    - line-chart: {from: income.csv, x: year, lines: [income, spending]}
      title: money.title
      alt: money.alt
      colours: [ember, ink]
      notes:
        - {x: 2020, text: money.pandemic}

    - line-chart:
        - {label: years.y2024, value: [3110, 2980]}
        - {label: years.y2025, value: [1620, 1700]}
      series: [money.income, money.spending]
      alt: money.alt
"""

from __future__ import annotations

from typing import Annotated

from brochure.blocks.charts.axis import with_shared_axis
from brochure.blocks.charts.canvas import ChartCanvas
from brochure.blocks.charts.chart import MAX_DATA, Datum
from brochure.blocks.charts.line_panels import frame_lines
from brochure.blocks.charts.line_plot import LineFields, LinePlot
from brochure.blocks.charts.series import read_series
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.constraints import MaxItems
from brochure.spec.data import LineSource


@dataclass(frozen=True, slots=True)
class LineChart(LineFields):
    """A line chart."""

    data: Annotated[
        tuple[Datum | LineSource, ...],
        MaxItems(MAX_DATA),
        "entries, each with label and value (a list, for several lines); or a file, with `from`",
    ]
    values: Annotated[bool, "show the last figure of each line below its name"] = False


def galley(block: LineChart, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    read = read_series(with_shared_axis(block, context), context)
    if read is None:
        return ()
    block, table = read
    plot = LinePlot(block, ChartCanvas(context), table, has_figures=block.values)
    return frame_lines(plot)
