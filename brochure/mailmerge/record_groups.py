"""Records that share a page, such as the labels of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from brochure.l10n.personalization import Record


def group_records(records: Iterable[Record], slots: int) -> Iterator[Record]:
    """Yield one record for each page, with the records of the page as its members.

    A page has the records of one edition: where the language or the office changes, a new page begins.
    """
    numbers = count(1)
    members: list[Record] = []
    for record in records:
        if members and (len(members) == slots or _edition(record) != _edition(members[0])):
            yield _make_page(next(numbers), members)
            members = []
        members.append(record)
    if members:
        yield _make_page(next(numbers), members)


def _edition(record: Record) -> tuple[str | None, str | None]:
    return record.language, record.office


def _make_page(number: int, members: list[Record]) -> Record:
    first = members[0]
    return Record(number, first.span, {}, first.language, first.office, members=tuple(members))
