"""The findings of a preflight as lines for a terminal, grouped by severity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from brochure.cli._output import line_of
from brochure.findings import Finding, Severity


def is_pdf(path: Path) -> bool:
    """Return whether a subject of a check is a PDF, by its name."""
    return path.suffix.lower() == ".pdf"


def lines(findings: Sequence[Finding], most: int) -> Iterator[str]:
    """Yield the report for a terminal; findings of one check beyond the first `most` are only counted."""
    for severity in Severity:
        shown = [finding for finding in findings if finding.severity is severity]
        seen: dict[str, int] = {}
        for finding in shown:
            seen[finding.code] = seen.get(finding.code, 0) + 1
            if seen[finding.code] <= most:
                yield line_of(finding)
        for code, count in seen.items():
            if count > most:
                yield f"{severity.value}: {count - most} more findings of this check [{code}]"
