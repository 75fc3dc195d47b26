"""Match the messages of a manuscript with those of the last import.

Paragraphs and notes are matched by their content, cells of tables by their rows and columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from brochure.fast_dataclass import dataclass
from brochure.manuscript.alignment import Unit, align, comparable
from brochure.manuscript.copy_units import NOTE, CopyUnit
from brochure.translation.import_record import RecordedText


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table: its place, its text, and its index in the list of messages."""

    row: int
    column: int
    text: str
    index: int


Tables = Mapping[int, Sequence[_Cell]]


def match_units(old: Sequence[RecordedText], new: Sequence[CopyUnit]) -> dict[int, str]:
    """Return the keys of the messages that the last import had, by their index."""
    found: dict[int, str] = {}
    for is_note in (False, True):
        before = [one for one in old if one.table < 0 and (one.kind == NOTE) == is_note]
        after = [
            at for at, one in enumerate(new) if one.table < 0 and (one.kind == NOTE) == is_note
        ]
        matches = align(
            [Unit(one.kind, comparable(one.text)) for one in before],
            [Unit(new[at].kind, new[at].text) for at in after],
        )
        found |= {after[at]: before[other].key for at, other in matches.items()}
    before_tables = _collect((one.table, one.row, one.column, comparable(one.text)) for one in old)
    after_tables = _collect((one.table, one.row, one.column, one.text) for one in new)
    for number, cells in _match_tables(before_tables, after_tables):
        for at, other in _match_cells(before_tables[number], cells):
            found[at] = old[other].key
    return found


def _collect(places: Iterable[tuple[int, int, int, str]]) -> Tables:
    tables: dict[int, list[_Cell]] = defaultdict(list)
    for index, (table, row, column, text) in enumerate(places):
        if table >= 0:
            tables[table].append(_Cell(row, column, text, index))
    return tables


def _match_tables(before: Tables, after: Tables) -> Iterable[tuple[int, Sequence[_Cell]]]:
    """Yield the number of the older table for the cells of each newer one."""
    old, new = sorted(before), sorted(after)
    matches = align(
        [Unit("table", " ".join(cell.text for cell in before[one])) for one in old],
        [Unit("table", " ".join(cell.text for cell in after[one])) for one in new],
    )
    for at, other in matches.items():
        yield old[other], after[new[at]]


def _match_cells(before: Sequence[_Cell], after: Sequence[_Cell]) -> Iterable[tuple[int, int]]:
    """Yield the indexes of a newer cell and the older one in the same row and column."""
    rows = _match_lines(before, after, by_row=True)
    columns = _match_lines(before, after, by_row=False)
    places = {(cell.row, cell.column): cell.index for cell in before}
    for cell in after:
        other = places.get((rows.get(cell.row, -1), columns.get(cell.column, -1)))
        if other is not None:
            yield cell.index, other


def _match_lines(
    before: Sequence[_Cell], after: Sequence[_Cell], *, by_row: bool
) -> dict[int, int]:
    """Match rows, or columns: by all of their text, else by their first cell, which says what they are about."""
    old, new = _lines(before, by_row=by_row), _lines(after, by_row=by_row)
    old_order, new_order = sorted(old), sorted(new)
    if not by_row and len(old) == len(new):
        heads_old, heads_new = (
            [old[one][0] for one in old_order],
            [new[one][0] for one in new_order],
        )
        if sorted(heads_old) != sorted(heads_new):
            return dict(zip(new_order, old_order, strict=True))
    found: dict[int, int] = {}
    used: set[int] = set()
    heads: dict[str, list[int]] = defaultdict(list)
    for other in old_order:
        heads[old[other][0]].append(other)
    for at in new_order:
        first = [other for other in heads.get(new[at][0], ()) if other not in used]
        if first:
            found[at] = first[0]
            used.add(first[0])
    left_old = [one for one in old_order if one not in used]
    left_new = [one for one in new_order if one not in found]
    matches = align(
        [Unit("line", " ".join(old[one])) for one in left_old],
        [Unit("line", " ".join(new[one])) for one in left_new],
    )
    return found | {left_new[at]: left_old[other] for at, other in matches.items()}


def _lines(cells: Sequence[_Cell], *, by_row: bool) -> dict[int, list[str]]:
    lines: dict[int, list[str]] = defaultdict(list)
    for cell in cells:
        lines[cell.row if by_row else cell.column].append(cell.text)
    return lines
