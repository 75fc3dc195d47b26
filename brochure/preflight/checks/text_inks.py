"""Small text is printed in few inks.

What: text below `size` points in more than `inks` inks, each counted from `trace` per cent.
Why: plates never meet exactly; the thinner a stroke, the sooner it is seen with a coloured edge.
Fix: set it in black alone, in one spot ink, or larger.
Source: GWG 2015, small text; two inks are let through, for yellow beside magenta is hardly seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import PageObjects, TextObject, found

SEVERITY = Severity.WARNING


@dataclass(frozen=True, slots=True)
class TextInksLimits:
    """From what size on more inks are welcome."""

    size: Annotated[float, "in points"] = 9
    inks: Annotated[float, "how many inks smaller text may have"] = 2
    trace: Annotated[float, "the share of an ink that is not counted, in per cent"] = 10


def check(subject: PageObjects, limits: TextInksLimits) -> Iterator[Finding]:
    """Small text in many inks."""
    for page in subject.pages:
        for mark in page.marks:
            if not isinstance(mark, TextObject) or mark.size >= limits.size - 0.01:
                continue
            count = mark.tint.counted(limits.trace / 100)
            if count > limits.inks:
                message = (
                    f"'{mark.text.strip()[:30]}' of {mark.size:.1f} pt is printed in {count} inks"
                )
                yield found(
                    message, mark.place, f"{limits.inks:g} at most below {limits.size:g} pt"
                )
