"""Black text is printed over what lies beneath it.

What: text in black ink alone below `size` points, on top of a field or a picture, that does not overprint.
Why: spared out of its ground, black type shows white edges wherever the plates do not meet.
Fix: let it overprint; what brochure paints does so by itself.
Source: GWG 2015, 100% black text overprint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    ImageObject,
    PageContent,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
)

SEVERITY = Severity.WARNING
FULL = (("black", 1.0),)


@dataclass(frozen=True, slots=True)
class BlackKnockoutLimits:
    """Up to what size."""

    size: Annotated[float, "in points"] = 12


def check(subject: PageObjects, limits: BlackKnockoutLimits) -> Iterator[Finding]:
    """Black text that is spared out."""
    for page in subject.pages:
        for at, mark in enumerate(page.marks):
            if isinstance(mark, TextObject) and _spared(mark, limits) and _on_colour(page, at):
                message = f"the black text '{mark.text.strip()[:30]}' is spared out of its ground"
                yield found(message, mark.place, "let it overprint")


def _spared(mark: TextObject, limits: BlackKnockoutLimits) -> bool:
    tint = mark.tint
    return mark.size < limits.size and tint.inks == FULL and not tint.overprint


def _on_colour(page: PageContent, at: int) -> bool:
    """Whether something coloured lies under the mark."""
    above = page.marks[at].bounds
    return any(_coloured(mark) and mark.bounds.holds(above) for mark in page.marks[:at])


def _coloured(mark: PageObject) -> bool:
    if isinstance(mark, ImageObject):
        return True
    return isinstance(mark, PathObject) and mark.fill is not None and mark.fill.total > 0
