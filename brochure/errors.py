"""The exceptions of the house, and the exit status that each stands for.

    BrochureError          2  something stopped the work; the message says what and what to do
    ├── InputError         2  the layout, copy or an asset is wrong: carries the findings
    ├── UsageError         2  the command line asks for something that is not there
    └── OutputError        2  the result could not be written; what was there before still is

Whatever need not stop at once is a `Finding`, gathered and reported together; a brochure that was made, but with
errors found in it, ends with status 1 and raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from brochure.findings import Finding, in_order


class BrochureError(Exception):
    """The root: everything this package raises on purpose."""

    exit_status = 2


class InputError(BrochureError):
    """Something that was read is wrong; `findings` holds all that was found, in order of place."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class UsageError(BrochureError):
    """The command line asks for something that is not there, or not possible."""


class OutputError(BrochureError):
    """The result could not be written; the earlier file stands untouched."""
