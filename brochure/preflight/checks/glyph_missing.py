"""Every character has a glyph.

What: in a finished file, glyph 0 of a composite font: the box or the blank that stands for what the font has not.
Why: a box in the middle of a name is an insult to whoever bears it.
Fix: name a fallback font for the script; brochure says so of a layout by itself.
Source: ISO 15930-7 (PDF/X-4): no reference to .notdef.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, PageObjects, TextObject, found

SEVERITY = Severity.ERROR


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Text with a glyph that is none."""
    del limits
    for page in subject.pages:
        for mark in page.marks:
            if isinstance(mark, TextObject) and mark.missing:
                message = (
                    f"a character beside '{mark.text.strip()[:30]}' has no glyph in {mark.font}"
                )
                yield found(message, mark.place, "set it in a font that has it")
