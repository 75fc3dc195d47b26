"""Points of scatter charts: their values from the layout or from a file."""

from __future__ import annotations

from typing import Annotated, TypeVar

from brochure.blocks.charts.annotations import Notes
from brochure.blocks.charts.axis import AxisChart
from brochure.blocks.charts.chart import ChartPoint, resolve_number, resolve_values
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity
from brochure.model.block_context import BlockContext
from brochure.spec.data import DataSource
from brochure.spec.values import Message, Range


@dataclass(frozen=True, slots=True)
class ScatterFields(AxisChart):
    """Fields of scatter charts."""

    notes: Notes = ()
    x_unit: Annotated[Message | None, "unit or name of the x axis, below it"] = None
    x_axis: Annotated[
        Range | None, "minimum and maximum of the x axis (default: from the data)"
    ] = None
    size_unit: Annotated[Message | None, "name of the sizes, in the table for screen readers"] = (
        None
    )


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """A point with known values; `paint` is None unless it is highlighted, `is_named` whether its label is printed."""

    point: ChartPoint
    x: float
    value: float
    size: float | None
    paint: Paint | None
    is_named: bool


Block = TypeVar("Block", bound=ScatterFields)


def read_points(block: Block, context: BlockContext) -> tuple[Block, tuple[PlotPoint, ...]] | None:
    """Return the chart, with number formats as in its file, and its points; None, with findings, if it has errors."""
    before = len(context.findings)
    resolve_values(block, context)
    if any(isinstance(one, DataSource) for one in block.data):
        # Imported here: most charts have their entries in the layout.
        from brochure.blocks.charts.file_entries import read_point_files

        block = read_point_files(block, context)
    points = tuple(
        known
        for one in block.data
        if isinstance(one, ChartPoint) and (known := _resolve(one, block, context))
    )
    if any(one.severity is Severity.ERROR for one in context.findings[before:]):
        return None
    if not points:
        message = "no point of the chart has both values"
        context.note("chart-data", message, block.span, "write at least one x and value")
        return None
    return block, points


def _resolve(one: ChartPoint, block: ScatterFields, context: BlockContext) -> PlotPoint | None:
    """Return a point; None if one of its values is not known."""
    x, value = resolve_number(one.x, context), resolve_number(one.value, context)
    size = resolve_number(one.size, context)
    if size is not None and size < 0:
        message = f"the size {size:g} is negative; sizes of 0 or more are required"
        context.note("chart-data", message, one.span, "correct it, or leave the size out")
    if x is None or value is None:
        return None
    others = any(isinstance(other, ChartPoint) and other.colour for other in block.data)
    # Points of a file have labels in all rows: if some are highlighted, the others are the background.
    is_named = bool(one.label or one.words) and (not one.words or bool(one.colour) or not others)
    return PlotPoint(one, x, value, size, context.paint(one.colour), is_named)
