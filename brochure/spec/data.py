"""Where a table or a chart takes its data from: a file, which of its rows, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.constraints import Bounds
from brochure.spec.values import (
    BackgroundName,
    CellCondition,
    ColumnName,
    DataAsset,
    Example,
    Message,
    SwatchName,
)


class DecimalMark(Enum):
    """Decimal mark of the numbers of a data file."""

    POINT = "point"
    COMMA = "comma"


class SortOrder(Enum):
    """Order of rows."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


class RecordTable(Enum):
    """The table of a mail merge (`--records`), instead of a data file."""

    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column to sort by."""

    span: Span
    by: Annotated[ColumnName, "column to sort by: numbers by value, texts by letters"]
    order: Annotated[SortOrder, "ascending or descending"] = SortOrder.ASCENDING


@dataclass(frozen=True, slots=True)
class RowSelection:
    """Rows of a table: filtered, sorted and limited."""

    span: Span
    from_: Annotated[
        RecordTable | DataAsset | tuple[Mapping[str, Example], ...],
        "CSV, TSV or XLSX file in an assets folder, or a list of rows",
    ]
    sheet: Annotated[str | None, "sheet of a workbook (default: the first)"] = None
    labels: Annotated[
        Mapping[str, Message],
        "messages for texts of the file: the text to the message key",
    ] = field(default_factory=dict)
    where: Annotated[
        Mapping[str, tuple[CellCondition, ...]],
        "rows to use: columns with one or more values, or a comparison such as `>= 100` or `!= closed`",
    ] = field(default_factory=dict)
    sort: Annotated[
        tuple[ColumnName | SortKey, ...],
        "columns to sort by, first the most important (default: the order of the file)",
    ] = ()
    limit: Annotated[
        int | None, Bounds(1, 20_000), "maximum number of rows, after sorting (default: all)"
    ] = None
    decimal_mark: Annotated[DecimalMark, "decimal mark of the file's numbers: point or comma"] = (
        DecimalMark.POINT
    )


@dataclass(frozen=True, slots=True)
class DataSource(RowSelection):
    """Data from a file: the keys of tables and charts."""

    from_: Annotated[
        DataAsset, "CSV, TSV or XLSX file in an assets folder; its first row names the columns"
    ]

    @property
    def table_name(self) -> str:
        """The name of its table among those of an edition: the file's path, and the sheet if one is named."""
        return self.from_.path if self.sheet is None else f"{self.from_.path}#{self.sheet}"


@dataclass(frozen=True, slots=True)
class TableSource(DataSource):
    """Rows of a table from a file."""

    total: Annotated[
        Message | None, "label of a last row with the sums of the columns of numbers"
    ] = None


@dataclass(frozen=True, slots=True)
class ChartSource(DataSource):
    """Entries of a chart from a file, one for each row."""

    label: Annotated[
        ColumnName | None, "column of the labels (default: the first column of the file)"
    ] = None
    value: Annotated[
        tuple[ColumnName, ...],
        "column of the values, or a list of columns for several series (default: the second column)",
    ] = ()
    colours: Annotated[
        Mapping[str, BackgroundName],
        "swatches of entries to highlight, by their label in the file; of several series, by their column",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineSource(DataSource):
    """Lines or areas from the columns of a file."""

    x: Annotated[
        ColumnName | None,
        "column of the x axis: years, dates, numbers or words (default: the first)",
    ] = None
    lines: Annotated[
        tuple[ColumnName, ...], "columns of the lines (default: all others with numbers)"
    ] = ()
    colours: Annotated[Mapping[str, BackgroundName], "swatches of lines, by their column"] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class PointSource(DataSource):
    """Points from the rows of a file."""

    x: Annotated[
        ColumnName | None, "column of the values along the x axis (default: the first)"
    ] = None
    value: Annotated[
        ColumnName | None, "column of the values along the y axis (default: the second)"
    ] = None
    label: Annotated[ColumnName | None, "column of the labels (default: no labels)"] = None
    size: Annotated[
        ColumnName | None, "column of the sizes: a value is proportional to the area of its point"
    ] = None
    colours: Annotated[
        Mapping[str, SwatchName],
        "swatches of points to highlight, by their label; only these are labelled",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapSource(DataSource):
    """Points of a map from the rows of a file."""

    value: Annotated[ColumnName | None, "column of the values (default: the second column)"] = None
    label: Annotated[ColumnName | None, "column of the labels (default: the first column)"] = None
    x: Annotated[
        ColumnName | None, "column of the places from the left, in per cent or in units of the map"
    ] = None
    y: Annotated[
        ColumnName | None, "column of the places from the top, in per cent or in units of the map"
    ] = None
    id: Annotated[
        ColumnName | None, "column of the ids of elements of an SVG map, instead of `x` and `y`"
    ] = None
    colours: Annotated[
        Mapping[str, SwatchName], "swatches of points to highlight, by their label"
    ] = field(default_factory=dict)
