"""Pictures are not blown up far beyond the size that their pixels last for.

What: how large a picture stands against its size at `ppi`; above `most` per cent it is enlarged.
Why: a picture that is enlarged twice shows its grain, its noise and the blocks of its JPEG at twice their size.
Fix: crop less tightly, place it smaller, or ask for the camera's own file.
Source: the trade's rule of thumb, 200 % of the size at 300 ppi; the designer's view of picture-resolution.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import ImageObject, PageObjects, found

SEVERITY = Severity.WARNING


@dataclass(frozen=True, slots=True)
class PictureEnlargedLimits:
    """How far a picture may be enlarged."""

    ppi: Annotated[float, "the resolution at which a picture has its own size"] = 300
    max: Annotated[float, "the largest enlargement, in per cent"] = 200


def check(subject: PageObjects, limits: PictureEnlargedLimits) -> Iterator[Finding]:
    """Pictures that are enlarged too far."""
    for page in subject.pages:
        for mark in page.marks:
            if not isinstance(mark, ImageObject):
                continue
            share = 100 * limits.ppi / min(mark.ppi)
            if share > limits.max + 0.5:
                message = (
                    f"{mark.name} is enlarged to {share:.0f} % of its size at {limits.ppi:.0f} ppi"
                )
                yield found(message, mark.place, f"at most {limits.max:.0f} %")
