"""No page is blank by mistake.

What: pages without a mark on them.
Why: a printer asks whether a blank page is meant before printing it.
Fix: nothing, where it is meant; else look for the content that was lost.
Source: GWG 2015, empty pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, PageObjects, found

SEVERITY = Severity.NOTE


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Blank pages."""
    del limits
    for page in subject.pages:
        if not page.marks:
            yield found(f"page {page.number} is blank", page.number, "say so to the printer")
