"""Text is large enough to be printed and read.

What: the effective size of every run, after all scaling; below `size` points it is too small.
Why: strokes thinner than the dots of a plate break up, and small type shuts out readers.
Fix: set it larger, or say less.
Source: GWG 2015, small text; the size is the trade's for offset on coated paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import PageObjects, TextObject, found

SEVERITY = Severity.WARNING


@dataclass(frozen=True, slots=True)
class TextSmallLimits:
    """How small text may be."""

    size: Annotated[float, "in points"] = 5


def check(subject: PageObjects, limits: TextSmallLimits) -> Iterator[Finding]:
    """Text that is smaller."""
    for page in subject.pages:
        for mark in page.marks:
            if (
                isinstance(mark, TextObject)
                and mark.text.strip()
                and mark.size < limits.size - 0.01
            ):
                message = f"'{mark.text.strip()[:30]}' is set in {mark.size:.1f} pt"
                yield found(message, mark.place, f"{limits.size:g} pt or more")
