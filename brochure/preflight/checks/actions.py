"""Nothing in the file does anything by itself.

What: JavaScript, actions on opening, and actions of pages.
Why: paper runs no programs, and printers refuse files that do.
Fix: take them out.
Source: ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a).
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found

SEVERITY = Severity.ERROR


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Actions and scripts."""
    del limits
    root = subject.reader.root_object
    names = root.get("/Names")
    scripted = names is not None and "/JavaScript" in names.get_object()
    opening = root.get("/OpenAction")
    acting = opening is not None and hasattr(opening.get_object(), "get") and "/S" in opening
    if scripted or (acting and opening["/S"] == "/JavaScript"):
        yield found("there is JavaScript in the file", None, "take it out")
    elif acting and opening["/S"] != "/GoTo":
        yield found("the file does something when it is opened", None, "take the action out")
    if "/AA" in root:
        yield found("the file has actions", None, "take them out")
    for at, page in enumerate(subject.reader.pages):
        if "/AA" in page:
            yield found(f"page {at + 1} has actions", at + 1, "take them out")
