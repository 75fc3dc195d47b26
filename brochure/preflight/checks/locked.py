"""Nothing locks the file.

What: encryption of any kind, with a password or without.
Why: a printer's workflow cannot open it, or may not print it.
Fix: save it without security.
Source: ISO 15930-7 (PDF/X-4).
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found

SEVERITY = Severity.ERROR


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """A file that is encrypted."""
    del limits
    if subject.reader.is_encrypted:
        yield found("the file is encrypted", None, "save it without security")
