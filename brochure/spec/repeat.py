"""Repeats: a page, a frame or blocks for each row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.constraints import Bounds, Distance, FactKey, Few, MaxItems, Spanned
from brochure.spec.data import DecimalMark, SortKey
from brochure.spec.values import CellCondition, ColumnName, DataAsset, Example, Length, Message

REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Rows of a table, for each of which a page, a frame or blocks are made.

    The copy and file names refer to the columns of a row: `{name}`.
    """

    span: Span
    from_: Annotated[
        DataAsset | tuple[Mapping[str, Example], ...],
        MaxItems(2000),
        "CSV, TSV or XLSX file in an assets folder, or a list of rows: `[{name: Ada}, {name: Alan}]`",
    ]
    sheet: Annotated[str | None, "sheet of a workbook (default: the first)"] = None
    names: Annotated[
        Mapping[FactKey, ColumnName],
        "names of columns in the copy, for those that have spaces: `{first: First name}`",
    ] = field(default_factory=dict)
    labels: Annotated[
        Mapping[str, Message], "messages for texts of the file: the text to the message key"
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
    group: Annotated[
        ColumnName | None,
        "column with equal values in the rows of a group; in a frame, each group begins on a new page",
    ] = None
    columns: Annotated[Few, "columns of the grid of frames"] = 1
    rows: Annotated[
        Spanned | None,
        "rows of the grid of frames; further frames go on further pages (default: as many as needed)",
    ] = None
    gap: Annotated[Distance, "space between the frames of the grid"] = Length()
    row_gap: Annotated[
        Distance | None, "space between the rows of the grid of frames (default: `gap`)"
    ] = None


@dataclass(frozen=True, slots=True)
class RepeatedBlocks:
    """Blocks for each row of a table.

    It is not a block of its own: the blocks are made before an edition is laid out.
    """

    span: Span
    repeat: Annotated[Repeat, "the rows"]
    content: Annotated[tuple[object, ...], "blocks for each row"]
    head: Annotated[tuple[object, ...], "blocks before each group"] = ()
    otherwise: Annotated[
        tuple[object, ...], "blocks for a table without rows (default: an error)"
    ] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a frame in a grid of frames that divides the area of a repeated frame."""

    column: int
    columns: int
    row: int
    rows: int
    gap: Length
    row_gap: Length
