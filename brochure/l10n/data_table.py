"""The contents of a data file, as editions have them and blocks print them."""

from __future__ import annotations

from dataclasses import field

from brochure.fast_dataclass import dataclass

DataRow = tuple[int, tuple[str, ...]]
"""The number of a row's first line, and its cells."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """The contents of a data file. Two are equal if their files are.

    Attributes:
        label: The file's name for messages.
        digest: Digest of the file.
        sheet: The sheet of a workbook that was named.
        line: Line of the names.
        names: Names of the columns; empty for a column without a name.
        rows: Line number and cells of each row below the names, all as long as `names`.
    """

    label: str
    digest: bytes
    sheet: str | None
    line: int = field(compare=False, repr=False)
    names: tuple[str, ...] = field(compare=False, repr=False)
    rows: tuple[DataRow, ...] = field(compare=False, repr=False)
