"""Colours are those of the press.

What: no RGB and no Lab without a profile; in PDF/X-1a and where the profile of the printer asks for it, none at all.
Why: what an RGB colour becomes in ink is decided by whatever machine meets it first.
Fix: convert it through the press condition's profile; brochure does so by itself for whatever it paints.
Source: ISO 15930-4 (PDF/X-1a); ISO 15930-7 (PDF/X-4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    ColourSpace,
    ImageObject,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
    named,
)

SEVERITY = Severity.ERROR
LIGHT = (ColourSpace.RGB, ColourSpace.LAB)
Told = tuple[ColourSpace, bool]


@dataclass(frozen=True, slots=True)
class ColourSpaceLimits:
    """Whether colours with a profile of their own may stand."""

    calibrated: Annotated[float, "1 where RGB with a profile is allowed, 0 where not"] = 1


def check(subject: PageObjects, limits: ColourSpaceLimits) -> Iterator[Finding]:
    """What is told in light and not in ink."""
    allowed = limits.calibrated and subject.standard != "x-1a"
    for page in subject.pages:
        for mark in page.marks:
            for space, calibrated in _spaces(mark):
                if space in LIGHT and not (calibrated and allowed):
                    profile = "with a profile" if calibrated else "without a profile"
                    message = f"{named(mark)} is in {space.value} {profile}"
                    yield found(message, mark.place, "convert it to the press's CMYK")


def _spaces(mark: PageObject) -> set[Told]:
    match mark:
        case ImageObject():
            return {(mark.space, mark.calibrated)}
        case TextObject():
            return {(mark.tint.space, mark.tint.calibrated)}
        case PathObject():
            paints = (mark.fill, mark.stroke)
            return {(paint.space, paint.calibrated) for paint in paints if paint}
