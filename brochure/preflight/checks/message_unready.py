"""Every message is there, in the edition's language.

What: messages that nobody has translated, or whose source has changed since.
Why: the source's words in a translated brochure are noticed by every reader but its maker.
Fix: `brochure text status` lists them; `brochure text update` brings the catalogue up to date.
Source: none is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import LayoutFindings, NoLimits

SEVERITY = Severity.ERROR
CODES = frozenset({"translation-missing", "translation-fuzzy", "message-missing"})


def check(subject: LayoutFindings, limits: NoLimits) -> Iterator[Finding]:
    """What was said of the copy."""
    del limits
    yield from (one for one in subject.findings if one.code in CODES)
