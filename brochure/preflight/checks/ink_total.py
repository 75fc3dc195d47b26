"""No more ink lies on one another than the paper takes.

What: the total ink of every text, field, line and picture, against the press condition's limit or `most`.
Why: too much ink does not dry: it sets off on the next sheet, blocks the stack and tears the paper.
Fix: take from the coloured inks what black can give (grey component replacement); pictures: convert them anew.
Source: ISO 12647-2, total area coverage; GWG 2015, total ink area coverage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    ImageObject,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
    named,
)

SEVERITY = Severity.ERROR
SLACK = 0.011
"""A step of eight bits in each of some inks is no more ink."""


@dataclass(frozen=True, slots=True)
class InkTotalLimits:
    """How much ink; a press condition's own limit goes before it where it is lower."""

    max: Annotated[float, "in per cent"] = 320


def check(subject: PageObjects, limits: InkTotalLimits) -> Iterator[Finding]:
    """Marks with more ink than that."""
    own = subject.ink_limit
    most = limits.max / 100 if own is None else min(own, limits.max / 100)
    for page in subject.pages:
        for mark in page.marks:
            ink = _ink(mark)
            if ink > most + SLACK:
                message = f"{named(mark)} lays on {ink:.0%} of ink, more than {most:.0%}"
                yield found(message, mark.place, "take from its coloured inks what black can give")


def _ink(mark: PageObject) -> float:
    match mark:
        case ImageObject():
            return mark.ink or 0.0
        case TextObject():
            return mark.tint.total
        case PathObject():
            return max((one.total for one in (mark.fill, mark.stroke) if one), default=0.0)
