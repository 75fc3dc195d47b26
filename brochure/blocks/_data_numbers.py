"""Numbers in a column of a data file, and the findings about cells that are not numbers."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.data_table import DataRow, DataTable
from brochure.l10n.number_reading import WrittenNumber, read_number
from brochure.model.block_context import BlockContext
from brochure.spec.data import DataSource, DecimalMark

WrittenNumbers = tuple[WrittenNumber | None, ...]
"""The numbers of a column by row; None for an empty cell, or one with a text."""

NumberedCell = tuple[int, str]
"""The line of a cell, and its text."""

MAX_LINES = 3
"""Lines that a finding about several cells lists."""


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column that was read as numbers: its name, its first cell's place, its numbers, and the cells that are wrong.

    `wrong` are the cells that are not numbers, `mixed` those without a per cent sign in a column that has them.
    """

    name: str
    place: Span
    numbers: WrittenNumbers
    wrong: tuple[NumberedCell, ...]
    mixed: tuple[NumberedCell, ...]
    source: DataSource

    def note_wrong(self, context: BlockContext) -> None:
        """Report the cells that are not numbers, as one finding at the first."""
        if not self.wrong:
            return
        line, cell = self.wrong[0]
        message = (
            f"'{_shorten(cell)}' in the column '{self.name}' is not a number{_others(self.wrong)}"
        )
        self._note("data-number", message, line, self._hint(cell), len(self.wrong), context)

    def note_mixed(self, context: BlockContext) -> None:
        """Report a column in which some numbers have a per cent sign and others have none."""
        if self.mixed:
            line, cell = self.mixed[0]
            message = f"'{cell}' in the column '{self.name}' has no per cent sign, others do{_others(self.mixed)}"
            hint = "write all of them with it, or none"
            self._note("data-percent", message, line, hint, len(self.mixed), context)

    def _hint(self, cell: str) -> str:
        is_point = self.source.decimal_mark is DecimalMark.POINT
        other = DecimalMark.COMMA if is_point else DecimalMark.POINT
        if read_number(cell, other):
            return f"if the file writes decimal {other.value}s, add decimal-mark: {other.value}"
        return "correct it, or give the text a message under 'labels'"

    def _note(
        self, code: str, message: str, line: int, hint: str, count: int, context: BlockContext
    ) -> None:
        place = Span(self.place.file, line, self.place.column)
        context.findings.append(Finding(code, message, place, hint, count=count))


def read_cells(
    rows: Sequence[DataRow], at: int, source: DataSource, table: DataTable
) -> NumberColumn:
    """Read a column as numbers. Empty cells and texts with a message are neither numbers nor wrong."""
    cells = [(line, cells[at]) for line, cells in rows]
    numbers = tuple(
        None if cell.strip() in source.labels else read_number(cell, source.decimal_mark)
        for _, cell in cells
    )
    pairs = [
        (line, cell.strip(), number) for (line, cell), number in zip(cells, numbers, strict=True)
    ]
    wrong = tuple(
        (line, text)
        for line, text, number in pairs
        if text and number is None and text not in source.labels
    )
    without = tuple((line, text) for line, text, one in pairs if one and not one.has_percent)
    mixed = without if any(one.has_percent for one in numbers if one) else ()
    return NumberColumn(
        table.names[at], Span(table.label, table.line, at + 1), numbers, wrong, mixed, source
    )


def are_percentages(numbers: Sequence[WrittenNumber | None]) -> bool:
    """Return True if there are numbers and all have a per cent sign."""
    return any(numbers) and all(one.has_percent for one in numbers if one)


def count_written_decimals(numbers: Sequence[WrittenNumber | None]) -> int:
    """Return the largest number of decimal places."""
    return max((one.decimals for one in numbers if one), default=0)


def _others(cells: Sequence[NumberedCell]) -> str:
    """Return the lines of the cells, if there are several."""
    if len(cells) == 1:
        return ""
    lines = ", ".join(str(line) for line, _ in cells[:MAX_LINES])
    return f" ({len(cells):,} cells, in lines {lines}{', …' if len(cells) > MAX_LINES else ''})"


def _shorten(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
