"""Text that is left out of a ground is not too small.

What: paper-white text below `size` points that stands on something printed.
Why: ink creeps into the letters from all sides, and from each plate a little elsewhere, until they close.
Fix: set it larger or bolder, or lay it on a ground of one ink.
Source: the trade's least size for reversed type; GWG 2015, small text, asks the same of coloured text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import PageObjects, TextObject, found

SEVERITY = Severity.WARNING


@dataclass(frozen=True, slots=True)
class TextReversedLimits:
    """How small reversed text may be."""

    size: Annotated[float, "in points"] = 5.5


def check(subject: PageObjects, limits: TextReversedLimits) -> Iterator[Finding]:
    """Small text in paper white."""
    for page in subject.pages:
        for mark in page.marks:
            if isinstance(mark, TextObject) and mark.tint.bare and mark.size < limits.size - 0.01:
                message = (
                    f"'{mark.text.strip()[:30]}' of {mark.size:.1f} pt is left out of its ground"
                )
                yield found(message, mark.place, f"{limits.size:g} pt or more, or bold")
