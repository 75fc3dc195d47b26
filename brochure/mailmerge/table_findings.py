"""Problems: what is wrong with a table, said at once and not ten thousand times.

Takes findings as they are met; keeps the first few of each kind, and says how many more there are.
"""

from __future__ import annotations

from collections import Counter

from brochure.errors import InputError
from brochure.findings import Finding, Severity

MAX_FINDINGS_PER_CODE = 8


class TableFindings:
    """The findings of one table."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.kept: list[Finding] = []
        self._met: Counter[str] = Counter()

    def add(self, finding: Finding) -> None:
        """Notes a finding."""
        self._met[finding.code] += 1
        if self._met[finding.code] <= MAX_FINDINGS_PER_CODE:
            self.kept.append(finding)

    @property
    def errors(self) -> int:
        """How many errors were met."""
        codes = {one.code for one in self.kept if one.severity is Severity.ERROR}
        return sum(self._met[code] for code in codes)

    def said(self) -> tuple[Finding, ...]:
        """What was kept; behind the last of a kind, how many more like it there are."""
        last = {one.code: one for one in self.kept}
        return tuple(
            self._with_the_rest(one) if one is last[one.code] else one for one in self.kept
        )

    def _with_the_rest(self, last: Finding) -> Finding:
        more = self._met[last.code] - MAX_FINDINGS_PER_CODE
        if more <= 0:
            return last
        message = f"{last.message} … and {more:,} more like these"
        return Finding(last.code, message, last.span, last.hint, last.severity)

    def stop(self) -> None:
        """InputError with all of it where anything is wrong."""
        if self.errors:
            raise InputError(self.said())
