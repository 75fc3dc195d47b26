"""Rows: a catalogue as a table, a row a message.

Takes the rows of a spreadsheet with their numbers; gives a `Catalogue` and findings, and rows again. What CSV and XLSX have
in common; columns are found by their names in the first row, in any order, so that an office may hide or move them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.findings import Finding, Span, nearest
from brochure.l10n.catalogue import Catalogue, Translation, find_control_characters

COLUMNS = ("key", "source", "translation", "state", "previous source", "notes", "comments")
NEEDED = ("key", "source", "translation")
FUZZY = "fuzzy"
STATES = ("", FUZZY, "translated", "new")

Row = tuple[int, tuple[str, ...]]
"""The number of a row's first line, and its cells."""


def write_rows(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """The catalogue's messages as rows, in the order of `COLUMNS`."""
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
    """The catalogue in a table whose first row names its columns."""
    empty = Catalogue(language, label, {})
    if not rows:
        return empty, ()
    names = [cell.strip().casefold() for cell in rows[0][1]]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        message = f"the first row names no column '{missing[0]}'"
        hint = f"its columns are: {', '.join(COLUMNS)}"
        return empty, (Finding("table-columns", message, Span(label, rows[0][0]), hint),)
    entries: dict[str, Translation] = {}
    findings: list[Finding] = []
    for line, cells in rows[1:]:
        if any(cell.strip() for cell in cells):
            one = _translation(names, cells, Span(label, line))
            findings.extend(_problems(one, _cell("state", names, cells), entries))
            entries.setdefault(one.key, one)
    return Catalogue(language, label, entries), tuple(findings)


def _cell(name: str, names: Sequence[str], cells: Sequence[str]) -> str:
    at = names.index(name) if name in names else len(cells)
    return cells[at] if at < len(cells) else ""


def _translation(names: Sequence[str], cells: Sequence[str], span: Span) -> Translation:
    return Translation(
        _cell("key", names, cells).strip(),
        _cell("source", names, cells),
        _cell("translation", names, cells),
        span,
        fuzzy=_cell("state", names, cells).strip().casefold() == FUZZY,
        previous=_cell("previous source", names, cells) or None,
        notes=_cell("notes", names, cells),
        comments=_cell("comments", names, cells),
    )


def _problems(one: Translation, state: str, known: dict[str, Translation]) -> Iterator[Finding]:
    yield from find_control_characters(one)
    if not one.key:
        yield Finding("table-key", "a row has no key", one.span, "leave the first column as it is")
    elif one.key in known:
        hint = f"first in line {known[one.key].span.line}"
        yield Finding("table-duplicate", f"'{one.key}' stands here twice", one.span, hint)
    if state.strip().casefold() not in STATES:
        message = f"'{one.key}': '{state}' is no state"
        yield Finding("table-state", message, one.span, nearest(state, STATES[1:]))
