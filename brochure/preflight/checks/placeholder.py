"""No text is left that was never meant to be printed.

What: `{fact}` that was not filled in, blind text, and the words that people write to themselves: TODO, TBC, XXXX.
Why: it happens to everybody, once.
Fix: write the text.
Source: none is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, PageObjects, TextObject, found

SEVERITY = Severity.ERROR
MEANT = re.compile(
    r"\{[a-z][a-z0-9_.-]*\}|\blorem ipsum\b|\bdolor sit amet\b|\b(TODO|TBC|TBD|FIXME|XXXX+)\b",
    re.IGNORECASE,
)
SHOUTED = re.compile(r"TODO|TBC|TBD|FIXME|XXXX+", re.IGNORECASE)


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Text that somebody has left behind; `todo` in small letters is a word of Spanish, and XXX a number."""
    del limits
    for page in subject.pages:
        for mark in page.marks:
            if not isinstance(mark, TextObject):
                continue
            for match in MEANT.finditer(mark.text):
                if not SHOUTED.fullmatch(match[0]) or match[0].isupper():
                    yield found(f"'{match[0]}' was left in the text", mark.place, "write the text")
