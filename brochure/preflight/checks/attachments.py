"""Nothing travels in the file that is not printed.

What: embedded files.
Why: they are not printed, may be confidential, and PDF/X forbids them.
Fix: send them apart.
Source: ISO 15930-7 (PDF/X-4).
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found

SEVERITY = Severity.ERROR


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Files within the file."""
    del limits
    names = subject.reader.root_object.get("/Names")
    if names is not None and "/EmbeddedFiles" in names.get_object():
        yield found("there are files attached", None, "send them apart")
