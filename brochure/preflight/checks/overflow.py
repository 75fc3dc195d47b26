"""All words and figures fit into their frames.

What: text that runs over its frame, lines wider than their measure, frames without room, stories without a frame.
Why: what does not fit is not printed.
Fix: cut the copy by the share that the message tells, or give it room; the hint says how much fits.
Source: none is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import LayoutFindings, NoLimits

SEVERITY = Severity.ERROR
CODES = frozenset({"overflow", "line-too-wide", "frame-empty", "story-unplaced"})


def check(subject: LayoutFindings, limits: NoLimits) -> Iterator[Finding]:
    """What make-up said of its frames."""
    del limits
    yield from (one for one in subject.findings if one.code in CODES)
