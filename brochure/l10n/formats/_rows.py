"""Catalogues as tables with one row per message, as used by CSV and XLSX.

Columns are identified by their names, so that they may be in any order. The names are in the first row, or in one of the rows
after it: offices write a heading or instructions above the table. The translation's column names its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from brochure.findings import Finding, Severity, Span, count_repeated, nearest
from brochure.l10n.catalogue import Catalogue, Translation, clear_texts, find_control_characters
from brochure.l10n.formats._catalogue_limits import MAX_ENTRIES, too_many_entries
from brochure.l10n.formats._cell_format import CellText
from brochure.l10n.formats._placeholder_repair import restore_placeholders

COLUMNS = ("key", "source", "translation", "state", "previous source", "notes", "comments")
REQUIRED_COLUMNS = ("key", "source", "translation")
EDITABLE = ("translation", "state", "notes")
"""Columns whose cells are not locked in spreadsheets."""

FUZZY = "fuzzy"
FINISHED = ("", "translated", "new")
STATES = (*FINISHED[1:], FUZZY)

Row = tuple[int, tuple[str, ...]]
"""The number of a row's first line, and its cells."""


MAX_HEADING_ROWS = 20
"""Rows above the names of the columns."""

TRANSLATION = re.compile(r"translation\s*+[(\[]\s*+([\w-]++)\s*+[)\]]", re.IGNORECASE)
"""The name of the translation's column with its language."""


def write_header(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the names of the columns; that of the translation has its language."""
    names = {"translation": f"translation ({catalogue.language})"} if catalogue.language else {}
    return tuple(names.get(name, name) for name in COLUMNS)


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


def find_header(rows: Iterable[Row]) -> int | None:
    """Return the index of the row with the names of the columns, or None."""
    for at, (_, cells) in enumerate(islice(rows, MAX_HEADING_ROWS)):
        if not [name for name in REQUIRED_COLUMNS if name not in _read_names(cells)[0]]:
            return at
    return None


def _read_names(cells: Iterable[str]) -> tuple[list[str], str]:
    """Return the names of the columns, and the language that the translation's column names."""
    names, language = [], ""
    for cell in cells:
        name = cell.strip().casefold()
        match = TRANSLATION.fullmatch(cell.strip())
        names.append("translation" if match else name)
        language = match[1] if match else language
    return names, language


def read_rows(
    rows: Sequence[Row], label: str, language: str, comments: Mapping[int, str] | None = None
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a table, and findings for its errors.

    Args:
        rows: The table with the names of its columns.
        label: The file's name for messages.
        language: The language of the translations.
        comments: Comments on cells by the numbers of their rows, which become notes.
    """
    empty = Catalogue(language, label, {})
    if not rows:
        return empty, ()
    if len(rows) > MAX_ENTRIES + 1:
        return empty, (too_many_entries(label, rows[MAX_ENTRIES + 1][0]),)
    at = find_header(rows)
    if at is None:
        return empty, (_report_header(rows[0], label),)
    names, declared = _read_names(rows[at][1])
    entries: dict[str, Translation] = {}
    findings: list[Finding] = []
    left_out: set[str] = set()
    for line, cells in rows[at + 1 :]:
        unreadable = tuple(_report_cells(cells, names, Span(label, line)))
        findings.extend(unreadable)
        if not any(cell.strip() for cell in cells) and not unreadable:
            continue
        note = (comments or {}).get(line, "")
        written = _translation(names, cells, Span(label, line), note)
        one = replace(written, text=restore_placeholders(written.text, written.source))
        findings.extend(_report_restored(written, one))
        findings.extend(_report_converted(cells, names, one.span, one.key))
        problems = tuple(_find_problems(one, entries))
        findings.extend((*problems, *_check_state(one, _get_cell("state", names, cells))))
        if one.key:
            left_out |= {one.key} if problems or unreadable else set()
            entries.setdefault(one.key, one)
    found = clear_texts(entries, left_out)
    catalogue = Catalogue(language, label, found, declared=declared, left_out=frozenset(left_out))
    return catalogue, count_repeated(findings)


def _report_header(first: Row, label: str) -> Finding:
    names = _read_names(first[1])[0]
    missing = next(name for name in REQUIRED_COLUMNS if name not in names)
    message = f"column '{missing}' is missing from the first row"
    hint = f"the columns are: {', '.join(COLUMNS)}"
    return Finding("table-columns", message, Span(label, first[0]), hint)


def _report_cells(cells: Sequence[str], names: Sequence[str], row: Span) -> Iterator[Finding]:
    """Yield a finding for each cell of a workbook that has no text, in the columns of a catalogue."""
    for at, (cell, name) in enumerate(zip(cells, names, strict=False), 1):
        if isinstance(cell, CellText) and cell.problem and name in COLUMNS:
            message = f"the cell in column '{name}' cannot be read: {cell.problem}"
            yield Finding("table-cell", message, Span(row.file, row.line, at), cell.hint)


def _report_converted(
    cells: Sequence[str], names: Sequence[str], row: Span, key: str
) -> Iterator[Finding]:
    """Yield a warning if the translation is a date or a truth value: spreadsheet programs turn words into them."""
    for at, (cell, name) in enumerate(zip(cells, names, strict=False), 1):
        if name == "translation" and isinstance(cell, CellText) and cell.kind:
            message = f"message '{key}': the translation is {cell.kind}, printed as '{cell}'"
            hint = "if it was changed by the spreadsheet program, format the cell as text, and write it again"
            span = Span(row.file, row.line, at)
            yield Finding("table-converted", message, span, hint, Severity.WARNING)


def _get_cell(name: str, names: Sequence[str], cells: Sequence[str]) -> str:
    at = names.index(name) if name in names else len(cells)
    return cells[at] if at < len(cells) else ""


def _translation(names: Sequence[str], cells: Sequence[str], span: Span, note: str) -> Translation:
    notes = filter(None, (_get_cell("notes", names, cells), note))
    return Translation(
        _get_cell("key", names, cells).strip(),
        _get_cell("source", names, cells),
        _get_cell("translation", names, cells),
        span,
        fuzzy=_get_cell("state", names, cells).strip().casefold() not in FINISHED,
        previous=_get_cell("previous source", names, cells) or None,
        notes="\n".join(notes),
        comments=_get_cell("comments", names, cells),
    )


def _report_restored(written: Translation, restored: Translation) -> Iterator[Finding]:
    """Yield a note if a placeholder was restored."""
    if restored.text != written.text:
        message = f"message '{restored.key}': a placeholder was restored, in which the office program has changed characters"
        yield Finding("table-placeholder", message, restored.span, "", Severity.NOTE)


def _find_problems(one: Translation, known: dict[str, Translation]) -> Iterator[Finding]:
    yield from find_control_characters(one)
    if not one.key:
        yield Finding(
            "table-key",
            "the row has no key",
            one.span,
            "restore the 'key' column as it was exported",
        )
    elif one.key in known and (one.source, one.text) != (
        known[one.key].source,
        known[one.key].text,
    ):
        hint = f"first used in line {known[one.key].span.line}; delete one of the two"
        yield Finding("table-duplicate", f"duplicate message '{one.key}'", one.span, hint)


def _check_state(one: Translation, state: str) -> Iterator[Finding]:
    """Yield a warning for a state that is not known; the translation is fuzzy then."""
    if state.strip().casefold() not in ("", *STATES):
        message = f"message '{one.key}': unknown state '{state}'; read as {FUZZY}"
        yield Finding("table-state", message, one.span, nearest(state, STATES), Severity.WARNING)
