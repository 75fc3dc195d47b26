"""Text and drawings keep away from the edges that are cut.

What: text that comes nearer to the trim than `margin`, and pictures, fields and logos that end there without reaching it.
Why: paper moves under the knife; what stands a hair from the edge is cut into on one copy in ten.
Fix: move it inwards, or let it bleed.
Source: the trade's safety of 3 mm for brochures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.geometry import MM
from brochure.preflight.edges import TOUCH, edges, in_mm, inwards
from brochure.preflight.model import (
    PageContent,
    PageEdge,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
    named,
)

SEVERITY = Severity.WARNING
SLACK = 0.3


@dataclass(frozen=True, slots=True)
class SafetyLimits:
    """How near to the trim things may stand."""

    margin: Annotated[float, "in millimetres"] = 3


def check(subject: PageObjects, limits: SafetyLimits) -> Iterator[Finding]:
    """What stands too near to the trim."""
    for page in subject.pages:
        for mark in page.marks:
            near = _near(mark, page, limits.margin * MM)
            if near:
                least = min(inwards(mark.bounds, page)[side] for side in near)
                where = f"{in_mm(least)} from" if least > 0 else "across"
                message = f"{named(mark)} stands {where} {edges(near)}"
                yield found(message, mark.place, f"{limits.margin:g} mm or more")


def _near(mark: PageObject, page: PageContent, margin: float) -> list[PageEdge]:
    """The edges that it is too near to; what is no text and touches the trim is meant to bleed."""
    if isinstance(mark, PathObject) and _bare(mark):
        return []
    least = float("-inf") if isinstance(mark, TextObject) and mark.text.strip() else TOUCH
    return [
        side
        for side, inside in inwards(mark.bounds, page).items()
        if side not in page.folds and least < inside < margin - SLACK
    ]


def _bare(mark: PathObject) -> bool:
    return all(tint is None or tint.bare for tint in (mark.fill, mark.stroke))
