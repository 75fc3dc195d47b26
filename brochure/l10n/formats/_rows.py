"""Catalogues as tables with one row per message, as used by CSV and XLSX.

Columns are identified by their names in the first row, so that they may be in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.findings import Finding, Span, count_repeated, nearest
from brochure.l10n.catalogue import Catalogue, Translation, find_control_characters
from brochure.l10n.formats._catalogue_limits import MAX_ENTRIES, too_many_entries
from brochure.l10n.formats._cell_format import CellText

COLUMNS = ("key", "source", "translation", "state", "previous source", "notes", "comments")
REQUIRED_COLUMNS = ("key", "source", "translation")
FUZZY = "fuzzy"
STATES = ("", FUZZY, "translated", "new")

Row = tuple[int, tuple[str, ...]]
"""The number of a row's first line, and its cells."""


def write_rows(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """Yield the messages of a catalogue as rows, in the order of `COLUMNS`."""
    for one in catalogue.entries.values():
        state = FUZZY if one.fuzzy else "translated" if one.text else "new"
        yield (
            one.key,
            one.source,
            one.text,
            state,
            one.previous or "",
            one.notes,
            one.comments,
        )


def read_rows(
    rows: Sequence[Row], label: str, language: str
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a table whose first row names the columns, and findings for its errors."""
    empty = Catalogue(language, label, {})
    if not rows:
        return empty, ()
    if len(rows) > MAX_ENTRIES + 1:
        return empty, (too_many_entries(label, rows[MAX_ENTRIES + 1][0]),)
    names = [cell.strip().casefold() for cell in rows[0][1]]
    missing = [name for name in REQUIRED_COLUMNS if name not in names]
    if missing:
        message = f"column '{missing[0]}' is missing from the first row"
        hint = f"the columns are: {', '.join(COLUMNS)}"
        return empty, (Finding("table-columns", message, Span(label, rows[0][0]), hint),)
    entries: dict[str, Translation] = {}
    findings: list[Finding] = []
    for line, cells in rows[1:]:
        findings.extend(_report_cells(cells, names, Span(label, line)))
        if any(cell.strip() for cell in cells):
            one = _translation(names, cells, Span(label, line))
            findings.extend(_find_problems(one, _get_cell("state", names, cells), entries))
            entries.setdefault(one.key, one)
    return Catalogue(language, label, entries), count_repeated(findings)


def _report_cells(cells: Sequence[str], names: Sequence[str], row: Span) -> Iterator[Finding]:
    """Yield a finding for each cell of a workbook that has no text, in the columns of a catalogue."""
    for at, (cell, name) in enumerate(zip(cells, names, strict=False), 1):
        if isinstance(cell, CellText) and cell.problem and name in COLUMNS:
            message = f"the cell in column '{name}' cannot be read: {cell.problem}"
            yield Finding("table-cell", message, Span(row.file, row.line, at), cell.hint)


def _get_cell(name: str, names: Sequence[str], cells: Sequence[str]) -> str:
    at = names.index(name) if name in names else len(cells)
    return cells[at] if at < len(cells) else ""


def _translation(names: Sequence[str], cells: Sequence[str], span: Span) -> Translation:
    return Translation(
        _get_cell("key", names, cells).strip(),
        _get_cell("source", names, cells),
        _get_cell("translation", names, cells),
        span,
        fuzzy=_get_cell("state", names, cells).strip().casefold() == FUZZY,
        previous=_get_cell("previous source", names, cells) or None,
        notes=_get_cell("notes", names, cells),
        comments=_get_cell("comments", names, cells),
    )


def _find_problems(
    one: Translation, state: str, known: dict[str, Translation]
) -> Iterator[Finding]:
    yield from find_control_characters(one)
    if not one.key:
        yield Finding(
            "table-key",
            "the row has no key",
            one.span,
            "restore the 'key' column as it was exported",
        )
    elif one.key in known:
        hint = f"first used in line {known[one.key].span.line}; delete one of the two"
        yield Finding("table-duplicate", f"duplicate message '{one.key}'", one.span, hint)
    if state.strip().casefold() not in STATES:
        message = f"message '{one.key}': unknown state '{state}'"
        yield Finding("table-state", message, one.span, nearest(state, STATES[1:]))
