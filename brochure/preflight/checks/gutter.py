"""Text and drawings do not vanish into the spine.

What: on bound pages, text that comes nearer to the spine than `margin`, and drawings that end there.
Why: a bound brochure never opens flat: the last millimetres before the fold are read by nobody.
Fix: move it outwards, or give the grid a wider inner margin.
Source: the trade's least inner margin for saddle stitch; perfect binding wants twice that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.geometry import MM
from brochure.preflight.edges import TOUCH, in_mm, inwards
from brochure.preflight.model import (
    PageContent,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
    named,
)

SEVERITY = Severity.WARNING
SLACK = 0.3
BOUND = 1


@dataclass(frozen=True, slots=True)
class GutterLimits:
    """How near to the spine things may stand."""

    margin: Annotated[float, "in millimetres"] = 4


def check(subject: PageObjects, limits: GutterLimits) -> Iterator[Finding]:
    """What stands too near to the spine."""
    for page in subject.pages:
        if len(page.folds) != BOUND:
            continue
        for mark in page.marks:
            inside = _from_spine(mark, page)
            if inside is not None and inside < limits.margin * MM - SLACK:
                where = f"{in_mm(inside)} from the spine" if inside > 0 else "across the spine"
                yield found(
                    f"{named(mark)} stands {where}", mark.place, f"{limits.margin:g} mm or more"
                )


def _from_spine(mark: PageObject, page: PageContent) -> float | None:
    """How far from the spine; None for what may go there: pictures, fields, and drawings that run across."""
    (side,) = page.folds
    inside = inwards(mark.bounds, page)[side]
    if isinstance(mark, TextObject) and mark.text.strip():
        return inside
    return inside if isinstance(mark, PathObject) and mark.drawing and inside > TOUCH else None
