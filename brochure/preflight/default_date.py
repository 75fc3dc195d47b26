"""The press PDF has a date of its own.

What: a creation date that is the default one, 1 January 2000, which is written if no other date is stated.
Why: a press room takes it for the date of a broken clock, and cannot tell two versions of a file by it.
Fix: `brochure build --date now` or `--date 2026-11-24`; or `date:` in the layout; or SOURCE_DATE_EPOCH.
Source: none is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import FileDate, NoLimits, found
from brochure.prepress.output_conditions import DEFAULT_DATE

SEVERITY = Severity.NOTE


def check(subject: FileDate, limits: NoLimits) -> Iterator[Finding]:
    """Report the default date."""
    del limits
    if subject.date == DEFAULT_DATE:
        message = "the press PDF is dated 2000-01-01, the default date"
        hint = "build with --date now or --date YYYY-MM-DD, or set 'date' in the layout"
        yield found(message, subject.span, hint)
