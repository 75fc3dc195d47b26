"""Repeats: a page, a frame or blocks for each row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.constraints import Distance, FactKey, Few, MaxItems, Spanned
from brochure.spec.data import RecordTable, RowSelection
from brochure.spec.values import ColumnName, DataAsset, Example, Length

REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Repeat(RowSelection):
    """Rows of a table, for each of which a page, a frame or blocks are made.

    The copy and file names refer to the columns of a row: `{name}`.
    """

    from_: Annotated[
        RecordTable | DataAsset | tuple[Mapping[str, Example], ...],
        MaxItems(2000),
        "CSV, TSV or XLSX file in an assets folder, a list of rows: `[{name: Ada}, {name: Alan}]`, or `records` for a mail merge",
    ]
    names: Annotated[
        Mapping[FactKey, ColumnName],
        "names of columns in the copy, for those that have spaces: `{first: First name}`",
    ] = field(default_factory=dict)
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
