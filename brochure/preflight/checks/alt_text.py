"""Every picture that means something says what it shows.

What: pictures that are no decoration and whose words are empty.
Why: who cannot see the picture hears nothing, or worse, the name of its file.
Fix: write a sentence under the message that `alt` names, or say `alt: none` where it is mere decoration.
Source: ISO 14289-1 (PDF/UA-1), 7.3; WCAG 2.2, 1.1.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import ImageObject, NoLimits, PageObjects, found

SEVERITY = Severity.ERROR


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Pictures that nobody has put into words."""
    del limits
    for page in subject.pages:
        for mark in page.marks:
            if isinstance(mark, ImageObject) and mark.nameless:
                hint = "write what it shows, or 'alt: none'"
                yield found(f"nothing says what {mark.name} shows", mark.place, hint)
