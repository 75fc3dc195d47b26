"""The package's exceptions and their exit statuses.

    BrochureError          2  the command cannot go on; the message says why and how to fix it
    ├── InputError         2  the layout, the copy or an asset is invalid; carries the findings
    ├── UsageError         2  the command line is invalid
    └── OutputError        2  the result could not be written; an existing file is left unchanged

Problems that need not stop a command at once are collected as `Finding`s and reported together. A command that completes
but finds errors in the brochure exits with status 1 and raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from brochure.findings import Finding, in_order


class BrochureError(Exception):
    """Base class of all exceptions that this package raises on purpose."""

    exit_status = 2


class InputError(BrochureError):
    """Raised if an input file is invalid; `findings` holds every problem, sorted by location."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class UsageError(BrochureError):
    """Raised if the command line is invalid or names something that does not exist."""


class OutputError(BrochureError):
    """Raised if the result cannot be written; an existing file is left unchanged."""
