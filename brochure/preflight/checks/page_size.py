"""All pages are of one size.

What: the trimmed size of each page against the size that most pages have.
Why: one page that is exported from another document is scaled or cropped by whoever imposes it.
Fix: make it at the size of the others.
Source: GWG 2015, page size and orientation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.geometry import MM
from brochure.preflight.model import PageContent, PageObjects, found

SEVERITY = Severity.ERROR


@dataclass(frozen=True, slots=True)
class PageSizeLimits:
    """How far sizes may differ."""

    slack: Annotated[float, "in millimetres"] = 0.5


def check(subject: PageObjects, limits: PageSizeLimits) -> Iterator[Finding]:
    """Pages of another size."""
    sizes = Counter(_size(page) for page in subject.pages)
    if not sizes:
        return
    (width, height), _ = sizes.most_common(1)[0]
    for page in subject.pages:
        own = _size(page)
        # What lies between two folds, a panel that is folded in or a spine, may be narrower.
        narrower = 0 if len(page.folds) > 1 and own[0] < width else abs(own[0] - width)
        if narrower > limits.slack or abs(own[1] - height) > limits.slack:
            message = f"page {page.number} is {own[0]:g} x {own[1]:g} mm"
            yield found(message, page.number, f"the others are {width:g} x {height:g} mm")


def _size(page: PageContent) -> tuple[float, float]:
    return round(page.width / MM, 1), round(page.height / MM, 1)
