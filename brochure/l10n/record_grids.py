"""Grids of records: frames that are repeated for the records of a mail merge, such as labels and badges."""

from __future__ import annotations

from brochure.findings import Finding, Span
from brochure.l10n.record_slots import SLOT
from brochure.l10n.references import find_values
from brochure.l10n.row_values import CellValue, Row
from brochure.spec.data import RecordTable
from brochure.spec.model import Frame, Layout
from brochure.spec.repeat import Repeat

MAX_SLOTS = 500
"""Maximum number of records on a page."""


def slot_row(slot: int, span: Span) -> Row:
    """Return the row of a slot."""
    return ((SLOT, CellValue(slot, str(slot), span)),)


def is_of_records(repeat: Repeat | None) -> bool:
    """Return True if a repeat is for the records of a mail merge."""
    return repeat is not None and repeat.from_ is RecordTable.RECORDS


def count_slots(layout: Layout) -> int:
    """Return how many records a page has; 0 if the layout has no grid of records."""
    grids = (one for one in find_values(layout, (Repeat,)) if is_of_records(one))
    first = next(grids, None)
    return min(MAX_SLOTS, first.columns * (first.rows or 1)) if first else 0


UNUSED_KEYS = ("sheet", "labels", "where", "sort", "limit", "names", "group")
"""Keys of a repeat that have no meaning for records, which `--rows` selects."""


def check_record_grid(frame: Frame, layout: Layout, findings: list[Finding]) -> None:
    """Report a grid of records that has no rows, has keys of data files, or has another size than the first."""
    repeat = frame.repeat
    if repeat is None:
        return
    message = hint = ""
    set_keys = [name for name in UNUSED_KEYS if getattr(repeat, name)]
    if not layout.merge_fields:
        message = "a grid of records needs merge fields, and the layout declares none"
        hint = "declare them with examples, e.g. 'merge-fields: {name: Ada Lovelace}'"
    elif not repeat.rows:
        message = "a grid of records needs its number of rows"
        hint = "e.g. repeat: {from: records, columns: 3, rows: 8}"
    elif set_keys:
        message = (
            f"records are printed in the order of their table; '{set_keys[0]}' is for data files"
        )
        hint = f"remove '{set_keys[0]}'; select records with --rows"
    elif repeat.columns * repeat.rows > MAX_SLOTS:
        message = f"a grid has at most {MAX_SLOTS} records"
    elif repeat.columns * repeat.rows != count_slots(layout):
        message = f"this grid has {repeat.columns * repeat.rows} records, another has {count_slots(layout)}"
        hint = "give all grids of records the same columns and rows"
    if message:
        findings.append(Finding("repeat-records", message, repeat.span, hint))
