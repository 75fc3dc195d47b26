"""A finished file has as many pages as its binding takes.

What: whether the number of pages is a multiple of `of`; 1, the usual figure, lets every number through.
Why: a file does not say how it is bound; the profile of a job can.
Fix: add or take pages, or blank ones where they fall least.
Source: GWG 2015, number of pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import Pdf, found

SEVERITY = Severity.ERROR


@dataclass(frozen=True, slots=True)
class PageMultipleLimits:
    """What the number of pages is a multiple of."""

    of: Annotated[float, "4 for saddle stitch, 2 for leaves"] = 1


def check(subject: Pdf, limits: PageMultipleLimits) -> Iterator[Finding]:
    """A file with pages too few or too many."""
    count, of = len(subject.reader.pages), max(1, int(limits.of))
    if count % of:
        yield found(f"{count} pages are no multiple of {of}", None, f"{-count % of} are missing")
