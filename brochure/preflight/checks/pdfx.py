"""The file says that it is PDF/X.

What: the version of PDF/X in the metadata or in the information dictionary.
Why: it is the promise that all else here rests upon, and what a printer's own preflight looks for first.
Fix: `brochure build --target press`, or another program's export to PDF/X-4.
Source: ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a).
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found
from brochure.preflight.pdf_reader.document import find_standard

SEVERITY = Severity.WARNING


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """A file that promises nothing."""
    del limits
    if not find_standard(subject):
        yield found("the file does not say that it is PDF/X", None, "write PDF/X-4")
