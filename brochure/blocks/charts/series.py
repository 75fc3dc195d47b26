"""Several series of values: the fields of their charts, and their names and values from the layout or a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, TypeVar

from brochure.blocks.charts.axis import AxisChart
from brochure.blocks.charts.chart import MAX_DATA, Datum, resolve_number, resolve_values
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, Span
from brochure.model.block_context import BlockContext
from brochure.spec.constraints import MaxItems
from brochure.spec.data import ChartSource, DataSource, LineSource
from brochure.spec.values import BackgroundName, FactName, Message, SwatchName

MAX_SERIES = 12
"""Series of one chart, more than can be distinguished."""
MAX_VALUES = 5_000
"""Values of one chart: entries times series."""


@dataclass(frozen=True, slots=True)
class SeriesChart(AxisChart):
    """Fields of charts with several series."""

    series: Annotated[
        tuple[Message, ...],
        MaxItems(MAX_SERIES),
        "names of the series, if each entry has a list of values (from a file: the names of its columns)",
    ] = ()
    colours: Annotated[
        tuple[BackgroundName, ...],
        MaxItems(MAX_SERIES),
        "swatches of the series, or gradients of bars, columns and areas, in their order (default: tints of `colour`)",
    ] = ()


@dataclass(frozen=True, slots=True)
class SeriesName:
    """Name of a series: a message, or words from a file; neither for a single series without a name."""

    span: Span
    message: Message | None = None
    words: str = ""
    colour: SwatchName | None = None

    def text(self, context: BlockContext) -> str:
        """Return the name in the language of the edition."""
        return context.edition.words(self.message) if self.message else self.words


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """Values of a chart with several series: one row for each entry, with one value for each series."""

    entries: tuple[Datum, ...]
    names: tuple[SeriesName, ...]
    rows: tuple[tuple[float | None, ...], ...]

    def column(self, at: int) -> tuple[float | None, ...]:
        """Return the values of a series."""
        return tuple(row[at] for row in self.rows)

    @property
    def columns(self) -> tuple[tuple[float | None, ...], ...]:
        """The values of each series."""
        return tuple(self.column(at) for at in range(len(self.names)))

    @property
    def known(self) -> tuple[float, ...]:
        """All values that are known."""
        return tuple(value for row in self.rows for value in row if value is not None)

    @property
    def is_named(self) -> bool:
        """Whether the series have names to print."""
        return any(name.message or name.words for name in self.names)


Block = TypeVar("Block", bound=SeriesChart)


def has_series(block: SeriesChart) -> bool:
    """Return True if a chart of entries has several series."""
    return bool(block.series) or any(
        isinstance(one.value, tuple) and (isinstance(one, Datum) or len(one.value) > 1)
        for one in block.data
        if isinstance(one, (Datum, ChartSource))
    )


def read_series(
    block: Block, context: BlockContext, *, has_entry_colours: bool = False
) -> tuple[Block, SeriesTable] | None:
    """Return the chart, with number formats as in its file, and its table; None, with findings, if it has errors.

    Args:
        block: The chart.
        context: Its context.
        has_entry_colours: Whether entries of a single series can have colours of their own.
    """
    before = len(context.findings)
    resolve_values(_without_values(block), context)  # reports what is wrong besides the values
    has_file = any(isinstance(one, DataSource) for one in block.data)
    read = _read_file(block, context) if has_file else _read_entries(block, context)
    if any(one.severity is Severity.ERROR for one in context.findings[before:]) or read is None:
        return None
    block, table = read
    _note_unused(table, context, has_entry_colours=has_entry_colours)
    _note_percentages(block, table, context)
    return read if _fits(block, table, context) else None


def _without_values(block: Block) -> Block:
    entries = (replace(one, value=None) for one in block.data if isinstance(one, Datum))
    return replace(block, data=tuple(entries) or block.data)


def _read_file(block: Block, context: BlockContext) -> tuple[Block, SeriesTable] | None:
    source = block.data[0]
    if len(block.data) > 1 or not isinstance(source, (ChartSource, LineSource)):
        message = "a chart with several series has either one file or entries"
        context.note("chart-series", message, block.span, "put all values into one file")
        return None
    # Imported here: most charts have their entries in the layout.
    from brochure.blocks.charts.file_entries import read_series_file

    return read_series_file(block, source, context)


def _read_entries(block: Block, context: BlockContext) -> tuple[Block, SeriesTable] | None:
    entries = tuple(one for one in block.data if isinstance(one, Datum))
    rows = tuple(
        tuple(resolve_number(value, context) for value in _as_values(entry)) for entry in entries
    )
    count = len(block.series) or max(map(len, rows), default=0)
    for entry, row in zip(entries, rows, strict=True):
        if len(row) != count:
            message = f"an entry has {len(row)} values; the chart has {count} series"
            context.note("chart-series", message, entry.span, "write none for an unknown value")
            return None
    if count > 1 and not block.series:
        message = f"the {count} series of the chart have no names"
        hint = f"add series: [first, second, …] with {count} message keys"
        context.note("chart-series", message, block.span, hint)
        return None
    names = tuple(SeriesName(one.span, one) for one in block.series) or (SeriesName(block.span),)
    return block, SeriesTable(entries, names, rows)


def _as_values(entry: Datum) -> Sequence[float | FactName | None]:
    return entry.value if isinstance(entry.value, tuple) else (entry.value,)


def _fits(block: SeriesChart, table: SeriesTable, context: BlockContext) -> bool:
    """Return True if the chart is within the limits; report one that is not, or has no known value."""
    count = len(table.entries) * len(table.names)
    problem, hint = "", "choose fewer columns"
    if len(table.names) > MAX_SERIES:
        problem = f"the chart has {len(table.names)} series; the maximum is {MAX_SERIES}"
    elif len(table.entries) > MAX_DATA:
        problem = f"the chart has {len(table.entries):,} entries; the maximum is {MAX_DATA:,}"
        hint = "choose rows with 'where' or 'limit'"
    elif count > MAX_VALUES:
        problem = f"the chart has {count:,} values; the maximum is {MAX_VALUES:,}"
    elif not table.known:
        problem, hint = "no value of the chart is known", "write at least one number"
    if problem:
        context.note("chart-data", problem, block.span, hint)
    return not problem


def _note_unused(table: SeriesTable, context: BlockContext, *, has_entry_colours: bool) -> None:
    """Report colours and notes of entries, which charts with series do not have."""
    is_single = len(table.names) == 1 and has_entry_colours
    for entry in table.entries:
        if entry.note or (entry.colour and not is_single):
            message = "an entry of this chart cannot have a colour or a note of its own"
            hint = "set 'colours' for the series and 'notes' for annotations"
            context.note("chart-series", message, entry.span, hint)
            return


def _note_percentages(block: SeriesChart, table: SeriesTable, context: BlockContext) -> None:
    for entry, row in zip(table.entries, table.rows, strict=True):
        for value in row:
            context.note_excess(None, value, block.format.value, entry.span)
