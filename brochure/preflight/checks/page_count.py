"""There are as many pages as the binding takes.

What: a multiple of four for saddle stitch, the panels of a fold, an even number with a spine.
Why: sheets have two sides and are folded; what is missing becomes a blank page, or a call from the printer.
Fix: add or take pages.
Source: GWG 2015, number of pages; the arithmetic of folding.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import LayoutFindings, NoLimits

SEVERITY = Severity.ERROR
CODES = frozenset({"page-count", "spine"})


def check(subject: LayoutFindings, limits: NoLimits) -> Iterator[Finding]:
    """What the reader of the layout said of its pages."""
    del limits
    yield from (one for one in subject.findings if one.code in CODES)
