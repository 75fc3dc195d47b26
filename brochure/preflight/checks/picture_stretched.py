"""Pictures keep their proportions.

What: resolution across and down differ by no more than `slack` per cent.
Why: a face that is drawn wide is seen before anything is read.
Fix: let both sides grow alike, and crop instead.
Source: ISO 32000-1, 8.9.5: a picture fills the unit square of the map in force, whatever its pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import ImageObject, PageObjects, found

SEVERITY = Severity.WARNING


@dataclass(frozen=True, slots=True)
class PictureStretchedLimits:
    """How far off its proportions may be."""

    slack: Annotated[float, "in per cent"] = 2


def check(subject: PageObjects, limits: PictureStretchedLimits) -> Iterator[Finding]:
    """Pictures that are pulled in one direction."""
    for page in subject.pages:
        for mark in page.marks:
            if isinstance(mark, ImageObject) and max(mark.ppi) > min(mark.ppi) * (
                1 + limits.slack / 100
            ):
                across, down = mark.ppi
                message = f"{mark.name} is stretched: {across:.0f} ppi across, {down:.0f} ppi down"
                yield found(message, mark.place, "scale both sides alike")
