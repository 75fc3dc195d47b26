"""Rows of a data file that a block or a repeat uses: filtered, sorted and limited."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from brochure.findings import Finding, Severity, Span, nearest
from brochure.l10n.data_table import DataRow, DataTable
from brochure.l10n.number_reading import read_number
from brochure.spec.data import RowSelection, SortKey, SortOrder
from brochure.spec.values import CellCondition, ColumnName

COMPARISON = re.compile(r"(>=|<=|!=|>|<)\s*(.*)")
COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}

Test = Callable[[str], bool]
"""Whether a cell meets a condition."""


def find_column(name: str, table: DataTable, span: Span, findings: list[Finding]) -> int | None:
    """Return the index of a column; None, with a finding, if the file has none of this name."""
    if name and name in table.names:
        return table.names.index(name)
    message = f"{table.label} has no column '{name}'"
    findings.append(Finding("data-column", message, span, nearest(name, filter(None, table.names))))
    return None


def select_rows(
    source: RowSelection, table: DataTable, findings: list[Finding]
) -> tuple[DataRow, ...]:
    """Return the rows that a block prints; none, with findings, if the source has errors or no row is left."""
    before = len(findings)
    rows = table.rows
    for name, conditions in source.where.items():
        rows = _filter(rows, name, conditions, source, table, findings)
    for key in reversed(source.sort):
        rows = _sort(rows, key, source, table, findings)
    has_errors = any(one.severity is Severity.ERROR for one in findings[before:])
    if has_errors:
        return ()
    if not rows:
        message = f"no row of {table.label} meets the conditions of 'where'"
        findings.append(Finding("data-empty", message, source.span, "change the conditions"))
    return rows[: source.limit]


# Filters


def _filter(
    rows: Sequence[DataRow],
    name: str,
    conditions: Sequence[CellCondition],
    source: RowSelection,
    table: DataTable,
    findings: list[Finding],
) -> tuple[DataRow, ...]:
    """Return the rows that meet every comparison and, if there are values, have one of them."""
    span = conditions[0].span if conditions else source.span
    at = find_column(name, table, span, findings)
    if at is None:
        return ()
    values: list[Test] = []
    comparisons: list[Test] = []
    cells = {cells[at].strip() for _, cells in table.rows}
    for condition in conditions:
        parts = COMPARISON.fullmatch(condition.text.strip())
        if parts is None:
            values.append(_equals(condition.text, source))
            _warn_if_absent(condition, name, values[-1], cells, table, findings)
        elif parts[1] == "!=":
            comparisons.append(_differs(parts[2], source))
        else:
            comparisons.append(_compares(parts[1], parts[2], condition, source, findings))
    return tuple(
        row
        for row in rows
        if all(test(row[1][at]) for test in comparisons)
        and (not values or any(test(row[1][at]) for test in values))
    )


def _equals(text: str, source: RowSelection) -> Test:
    """Return a test that a cell has this text, or this number as the file writes it or with a decimal point."""
    number = read_number(text)

    def test(cell: str) -> bool:
        if cell.strip() == text.strip():
            return True
        read = read_number(cell, source.decimal_mark) if number else None
        return read is not None and number is not None and read.value == number.value

    return test


def _differs(text: str, source: RowSelection) -> Test:
    equals = _equals(text, source)
    return lambda cell: not equals(cell)


def _compares(
    operator: str,
    text: str,
    condition: CellCondition,
    source: RowSelection,
    findings: list[Finding],
) -> Test:
    limit = read_number(text)
    if limit is None:
        message = f"'{condition.text}' does not compare with a number"
        findings.append(Finding("data-condition", message, condition.span, "write e.g. >= 100"))
        return lambda cell: True
    compare = COMPARE[operator]

    def test(cell: str) -> bool:
        read = read_number(cell, source.decimal_mark)
        return read is not None and compare(read.value, limit.value)

    return test


def _warn_if_absent(
    condition: CellCondition,
    name: str,
    test: Test,
    cells: set[str],
    table: DataTable,
    findings: list[Finding],
) -> None:
    """Warn of a value that no row has."""
    if not any(map(test, cells)):
        message = f"no row of {table.label} has '{condition.text}' in the column '{name}'"
        hint = nearest(condition.text, cells)
        findings.append(Finding("data-condition", message, condition.span, hint, Severity.WARNING))


# Order


def _sort(
    rows: Sequence[DataRow],
    key: ColumnName | SortKey,
    source: RowSelection,
    table: DataTable,
    findings: list[Finding],
) -> tuple[DataRow, ...]:
    """Return the rows in the order of a column; equal ones keep their order, and empty cells come last."""
    name = key.by if isinstance(key, SortKey) else key
    at = find_column(name.name, table, name.span, findings)
    if at is None:
        return ()
    is_reversed = isinstance(key, SortKey) and key.order is SortOrder.DESCENDING
    filled = [row for row in rows if row[1][at].strip()]
    empty = [row for row in rows if not row[1][at].strip()]
    numbers = [read_number(cells[at], source.decimal_mark) for _, cells in filled]
    if all(numbers):
        order = {
            id(row): number.value for row, number in zip(filled, numbers, strict=True) if number
        }
        filled.sort(key=lambda row: order[id(row)], reverse=is_reversed)
    else:
        filled.sort(key=lambda row: _collation_key(row[1][at]), reverse=is_reversed)
    return (*filled, *empty)


def _collation_key(text: str) -> tuple[str, str]:
    """Return the letters of a text without accents and case, then the text itself."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)), text
