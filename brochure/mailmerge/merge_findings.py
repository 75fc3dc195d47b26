"""Collect the findings of a mail merge: the same fault in many rows or records is one finding with a count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from brochure.errors import InputError
from brochure.findings import Finding, Severity
from brochure.l10n.personalization import Record

MAX_FINDINGS_PER_CODE = 8
"""Different faults of the same code that are reported; more are counted."""

MAX_LISTED = 3
"""Rows or records that a merged finding lists."""


class _Fault:
    """A fault with its first finding, the number of rows or records that have it, and the first of them."""

    def __init__(self, finding: Finding, noun: str) -> None:
        self.finding, self.noun = finding, noun
        self.count = 0
        self.numbers: list[int] = []

    def add(self, number: int | None) -> None:
        self.count += 1
        if number is not None and len(self.numbers) < MAX_LISTED:
            self.numbers.append(number)

    def merge(self) -> Finding:
        """Return the first finding, with the rows or records if there are several."""
        if self.count == 1:
            return self.finding
        more = ", …" if self.count > len(self.numbers) else ""
        listed = ", ".join(map(str, self.numbers)) + more
        text = f" ({self.count:,} {self.noun}: {listed})"
        return replace(_append(self.finding, text), count=self.count)


class _Faults:
    """Faults by their key; those beyond a number of each code are only counted."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._faults: dict[tuple[str, Hashable], _Fault] = {}
        self._codes: Counter[str] = Counter()
        self._omitted: Counter[str] = Counter()

    def add(self, finding: Finding, fault: Hashable, number: int | None) -> None:
        """Add a finding of a row or record; `fault` is equal for equal faults."""
        key = finding.code, fault
        if key not in self._faults:
            if self._codes[finding.code] == MAX_FINDINGS_PER_CODE:
                self._omitted[finding.code] += 1
                return
            self._codes[finding.code] += 1
            self._faults[key] = _Fault(finding, self._noun)
        self._faults[key].add(number)

    def merged(self) -> tuple[Finding, ...]:
        """Return one finding per fault; the last of a code tells how many more were not listed."""
        last = {code: fault for (code, _), fault in self._faults.items()}
        return tuple(
            self._append_omitted(fault.merge()) if fault is last[code] else fault.merge()
            for (code, _), fault in self._faults.items()
        )

    def _append_omitted(self, finding: Finding) -> Finding:
        count = self._omitted[finding.code]
        return _append(finding, f"; {count:,} more like this") if count else finding


class TableFindings:
    """The findings of one table.

    Attributes:
        label: The table's file name, for the places of findings.
        errors: How many errors were added.
    """

    def __init__(self, label: str) -> None:
        self.label, self.errors = label, 0
        self._faults = _Faults("rows")

    def add(self, finding: Finding, fault: str = "") -> None:
        """Add a finding.

        Args:
            finding: The finding for one row.
            fault: Identifies the fault, if the messages for the same fault differ (default: the message).
        """
        self.errors += finding.severity is Severity.ERROR
        line = finding.span.line if finding.span else None
        self._faults.add(finding, fault or finding.message, line)

    def merged(self) -> tuple[Finding, ...]:
        """Return one finding per fault; the last of a code tells how many more were not listed."""
        return self._faults.merged()

    def raise_errors(self) -> None:
        """Raise InputError with all findings if there are errors."""
        if self.errors:
            raise InputError(self.merged())


FIGURES = re.compile(r"\d[\d.,]*")
NOT_BUILT = "record-not-built"
"""Code of the finding that names a record that cannot be built."""
RECORD_NOT_BUILT = re.compile(r"^record \d+ cannot be built")


class RecordFindings:
    """The findings of the brochures of all records.

    Findings at one place of the layout or the copy are one fault if their messages differ in figures only: the same text is
    too long by other amounts.
    """

    def __init__(self) -> None:
        self._faults = _Faults("records")

    def add(self, record: Record, findings: Iterable[Finding]) -> None:
        """Add the findings of a record's brochure, each fault of it once; those of a page are added for its members."""
        for one, own in _split_by_member(record, findings):
            faults = {_record_fault(one, finding): finding for finding in reversed([*own])}
            for fault, finding in reversed(faults.items()):
                self._faults.add(finding, fault, one.number)

    def merged(self) -> tuple[Finding, ...]:
        """Return one finding per fault, with the number of records that have it and the first of them."""
        return tuple(map(_in_plural, self._faults.merged()))


def _split_by_member(
    record: Record, findings: Iterable[Finding]
) -> Iterator[tuple[Record, list[Finding]]]:
    """Yield the findings of each member of a page: the last of them says that the record is not built. Others are the page's."""
    members = {one.span: one for one in record.members}
    own: list[Finding] = []
    for finding in findings:
        own.append(finding)
        if finding.code == NOT_BUILT and finding.span in members:
            yield members[finding.span], own
            own = []
    if own:
        yield record, own


def _record_fault(record: Record, finding: Finding) -> Hashable:
    """Return what is equal for the same fault of several records; a place in the table is a record's own."""
    place = finding.span if finding.span != record.span else None
    return finding.severity, place, FIGURES.sub("#", finding.message)


def _in_plural(finding: Finding) -> Finding:
    if finding.count == 1:
        return finding
    subject = f"{finding.count:,} records cannot be built"
    return replace(finding, message=RECORD_NOT_BUILT.sub(subject, finding.message))


def _append(finding: Finding, text: str) -> Finding:
    return replace(finding, message=finding.message + text)
