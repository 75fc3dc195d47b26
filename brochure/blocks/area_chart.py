"""Area chart: the parts of a sum over years, dates or other steps, stacked, each with its name at its end.

A single series is a tinted area below a line. The axis always starts at 0. Stacked values must not be negative, and none may be
missing. The first series is at the bottom, where its changes are seen best. `panels: 3` draws one panel for each series instead.

The areas can be read from the columns of a CSV, TSV or XLSX file: `from: income.csv`.

Example:
    - area-chart: {from: energy.csv, x: year, lines: [wind, sun, water]}
      title: energy.title
      alt: energy.alt
      unit: energy.unit
      colours: [ink, ink 55%, ink 25%]
"""

from __future__ import annotations

from typing import Annotated

from brochure.blocks.charts.axis import with_shared_axis
from brochure.blocks.charts.canvas import ChartCanvas
from brochure.blocks.charts.chart import MAX_DATA, Datum
from brochure.blocks.charts.line_panels import frame_lines
from brochure.blocks.charts.line_plot import LineFields, LinePlot
from brochure.blocks.charts.series import SeriesTable, read_series
from brochure.fast_dataclass import dataclass
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.constraints import MaxItems
from brochure.spec.data import LineSource


@dataclass(frozen=True, slots=True)
class AreaChart(LineFields):
    """An area chart."""

    data: Annotated[
        tuple[Datum | LineSource, ...],
        MaxItems(MAX_DATA),
        "entries, each with label and value (a list, for several areas); or a file, with `from`",
    ]


def galley(block: AreaChart, context: BlockContext) -> Galley:
    """Typeset the chart as one box."""
    read = read_series(with_shared_axis(block, context), context)
    if read is None:
        return ()
    block, table = read
    if len(table.names) > 1 and block.panels is None and _has_fault(table, context):
        return ()
    plot = LinePlot(block, ChartCanvas(context), table, is_area=True)
    return frame_lines(plot)


def _has_fault(table: SeriesTable, context: BlockContext) -> bool:
    """Return True, with a finding, if values cannot be stacked as areas."""
    for entry, row in zip(table.entries, table.rows, strict=True):
        fault = ""
        if any(value is None for value in row):
            fault = "stacked areas need all values, and one is missing"
        elif any(value is not None and value < 0 for value in row):
            fault = "stacked areas cannot have a negative value"
        if fault:
            hint = "use a line-chart, or a column-chart with stacked: yes"
            context.note("chart-stack", fault, entry.span, hint)
            return True
    return False
