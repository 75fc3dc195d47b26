"""Slots: the places of a page for several records of a mail merge, such as the labels of a sheet.

What is repeated for a slot names its values with the number of the slot: the variable `record_name#3`, and the picture
`portraits/{record_photo#3}`. Its messages have the slot in their row. So a layout is made once for all pages with the same
number of records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brochure.l10n.number_format import Fact
from brochure.lazy_pattern import compile_lazily
from brochure.spec.values import RECORD, FactName

SLOT = "record slot"
"""The name of the value that a row has for a slot: its number, from 1."""
MARK = "#"
FIELD = compile_lazily(r"\{(" + RECORD + r"\w+)\}")


def name_in_slot(name: str, slot: int) -> str:
    """Return the name of a merge field's value in a slot; other variables keep their names."""
    return f"{name}{MARK}{slot}" if name.startswith(RECORD) else name


def strip_slot(name: str) -> str:
    """Return the name of a merge field without the number of a slot."""
    return name.partition(MARK)[0]


def find_slot(row: Sequence[tuple[str, Any]]) -> int | None:
    """Return the slot of a row; None for the row of a table."""
    for name, cell in row:
        if name == SLOT:
            return int(cell.value)
    return None


def fill_slot_path(path: str, slot: int) -> str:
    """Return the path of a file with the number of the slot after each merge field in it."""
    return FIELD.sub(lambda match: f"{{{name_in_slot(match[1], slot)}}}", path)


def fill_slot_fact(fact: FactName, slot: int) -> FactName:
    """Return the name of a variable in a slot."""
    return FactName(name_in_slot(fact.name, slot), fact.span)


def select_slot(facts: Mapping[str, Fact], slot: int) -> dict[str, Fact]:
    """Return the values of the merge fields in a slot, by their names in the copy."""
    end = f"{MARK}{slot}"
    return {strip_slot(name): value for name, value in facts.items() if name.endswith(end)}


def number_fields(records: Sequence[Mapping[str, Fact]]) -> dict[str, Fact]:
    """Return the fields of several records by their names in slots, without `RECORD`."""
    return {
        f"{name}{MARK}{slot}": value
        for slot, fields in enumerate(records, 1)
        for name, value in fields.items()
    }
