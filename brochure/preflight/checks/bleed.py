"""Art that reaches the trim runs out beyond it.

What: fields and pictures that end at the trim, or between it and the bleed, at an edge that is cut.
Why: no guillotine cuts where it should: half a millimetre off, and a white hair stands at the edge.
Fix: let the frame run out to the bleed: `bleed`, or `bleed outer` in its place.
Source: ISO 15930-7, BleedBox; the trade's 3 mm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.geometry import MM
from brochure.preflight.edges import TOUCH, edges, in_mm, inwards
from brochure.preflight.model import (
    ImageObject,
    PageContent,
    PageEdge,
    PageObject,
    PageObjects,
    PathObject,
    found,
)

SEVERITY = Severity.ERROR


@dataclass(frozen=True, slots=True)
class BleedLimits:
    """How far art runs out."""

    bleed: Annotated[float, "in millimetres"] = 3


def check(subject: PageObjects, limits: BleedLimits) -> Iterator[Finding]:
    """Art that ends where it is cut."""
    for page in subject.pages:
        for mark in page.marks:
            short = _short(mark, page, limits.bleed * MM) if _coloured(mark) else []
            if short:
                what = mark.name if isinstance(mark, ImageObject) else "a field of colour"
                message = f"{what} ends at {edges(short)} without bleed"
                hint = f"let it run out by {in_mm(limits.bleed * MM)}"
                yield found(message, mark.place, hint)


def _coloured(mark: PageObject) -> bool:
    if isinstance(mark, PathObject):
        return mark.fill is not None and not mark.fill.bare
    return isinstance(mark, ImageObject)


def _short(mark: PageObject, page: PageContent, bleed: float) -> list[PageEdge]:
    """The edges that it touches and does not pass by the whole bleed; folds are not cut."""
    return [
        side
        for side, inside in inwards(mark.bounds, page).items()
        if side not in page.folds and TOUCH - bleed < inside < TOUCH
    ]
