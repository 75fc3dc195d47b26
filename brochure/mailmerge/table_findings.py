"""Collect the findings of a mail-merge table: the same fault in many rows is one finding with a count."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from brochure.errors import InputError
from brochure.findings import Finding, Severity

MAX_FINDINGS_PER_CODE = 8
"""Different faults of the same code that are reported; more are counted."""

MAX_ROWS_LISTED = 3


class _Fault:
    """A fault with its first finding, the number of rows that have it, and the first of them."""

    def __init__(self, finding: Finding) -> None:
        self.finding, self.count = finding, 0
        self.lines: list[int] = []

    def add(self, finding: Finding) -> None:
        self.count += 1
        if finding.span and len(self.lines) < MAX_ROWS_LISTED:
            self.lines.append(finding.span.line)

    def merge(self) -> Finding:
        """Return the first finding, with the rows if there are several."""
        if self.count == 1:
            return self.finding
        listed = ", ".join(map(str, self.lines)) + (", …" if self.count > len(self.lines) else "")
        return _append(self.finding, f" ({self.count:,} rows: {listed})")


class TableFindings:
    """The findings of one table.

    Attributes:
        label: The table's file name, for the places of findings.
        errors: How many errors were added.
    """

    def __init__(self, label: str) -> None:
        self.label, self.errors = label, 0
        self._faults: dict[tuple[str, str], _Fault] = {}
        self._codes: Counter[str] = Counter()
        self._omitted: Counter[str] = Counter()

    def add(self, finding: Finding, fault: str = "") -> None:
        """Add a finding.

        Args:
            finding: The finding for one row.
            fault: Identifies the fault, if the messages for the same fault differ (default: the message).
        """
        self.errors += finding.severity is Severity.ERROR
        key = finding.code, fault or finding.message
        if key not in self._faults:
            if self._codes[finding.code] == MAX_FINDINGS_PER_CODE:
                self._omitted[finding.code] += 1
                return
            self._codes[finding.code] += 1
            self._faults[key] = _Fault(finding)
        self._faults[key].add(finding)

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

    def raise_errors(self) -> None:
        """Raise InputError with all findings if there are errors."""
        if self.errors:
            raise InputError(self.merged())


def _append(finding: Finding, text: str) -> Finding:
    return replace(finding, message=finding.message + text)
