"""Pictures have pixels enough for the size that they are placed at.

What: effective pixels per inch, across and down, of every picture; below `least` an error, below `wanted` a warning.
Why: a press screens at twice its ruling; with fewer pixels than that, edges grow steps and faces grow soft.
Fix: place it smaller, or ask for a larger file; enlarging it in an image editor adds nothing.
Source: GWG 2015, image resolution for greyscale and colour images, sheetfed variants.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import ImageObject, PageObjects, found

SEVERITY = Severity.ERROR


@dataclass(frozen=True, slots=True)
class PictureResolutionLimits:
    """How many effective pixels per inch."""

    min: Annotated[float, "below it the picture is refused"] = 150
    target: Annotated[float, "below it there is a warning"] = 225


def check(subject: PageObjects, limits: PictureResolutionLimits) -> Iterator[Finding]:
    """Pictures with too few pixels."""
    for page in subject.pages:
        for mark in page.marks:
            if isinstance(mark, ImageObject) and min(mark.ppi) < limits.target - 0.5:
                yield _coarse(mark, limits)


def _coarse(mark: ImageObject, limits: PictureResolutionLimits) -> Finding:
    across, down = mark.ppi
    least = min(mark.ppi)
    weight = Severity.ERROR if least < limits.min - 0.5 else Severity.WARNING
    message = (
        f"{mark.name} has {across:.0f} x {down:.0f} ppi at its placed size, not {limits.target:.0f}"
    )
    hint = f"it is sharp up to {least / limits.target:.0%} of this size"
    return found(message, mark.place, hint, weight)
