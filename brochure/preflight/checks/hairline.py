"""Lines are thick enough for the plate.

What: the effective width of every stroke, after all scaling: `width` points in one ink, `several` in more.
Why: a line of no width is one dot of whatever machine draws it: fair on the office printer, gone on the plate.
Fix: 0.25 pt or more; a line in several inks twice that, or one ink.
Source: GWG 2015, effective line width; ISO 32000-1, 8.4.3.2 advises against lines of no width.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import ColourValue, PageObjects, PathObject, found

SEVERITY = Severity.WARNING
TRACE = 0.1


@dataclass(frozen=True, slots=True)
class HairlineLimits:
    """How thin lines may be."""

    width: Annotated[float, "of one ink, in points"] = 0.25
    several: Annotated[float, "of two inks or more, in points"] = 0.5


def check(subject: PageObjects, limits: HairlineLimits) -> Iterator[Finding]:
    """Lines that are thinner."""
    for page in subject.pages:
        for mark in page.marks:
            if not isinstance(mark, PathObject) or mark.stroke is None:
                continue
            least = _least(mark.stroke, limits)
            if mark.width < least - 0.005:
                message = f"a line is {mark.width:.2f} pt thick"
                yield found(message, mark.place, f"{least:g} pt or more")


def _least(stroke: ColourValue, limits: HairlineLimits) -> float:
    return limits.several if stroke.counted(TRACE) > 1 else limits.width
