"""Text stands out from its ground.

What: the contrast of text with the flat field or the paper that it stands on; `contrast-on-picture` judges the rest.
Why: pale type on a tint is lost on poor eyes, in poor light and on poor paper.
Fix: darken the one or lighten the other.
Source: WCAG 2.2, 1.4.3, asks for 4.5 to 1, and 3 to 1 for large text, which the profile `screen` keeps to; in print ink on
reflecting paper is read closer by, and the usual profile asks for 3 and 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.color.contrast import ratio
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    ColourSpace,
    ImageObject,
    PageContent,
    PageObjects,
    PathObject,
    TextObject,
    found,
)

SEVERITY = Severity.WARNING
PAPER = 1.0


@dataclass(frozen=True, slots=True)
class ContrastLimits:
    """How much contrast."""

    min: Annotated[float, "for text, to 1"] = 3
    large: Annotated[float, "for large text, to 1"] = 2
    size: Annotated[float, "from what size on text is large, in points"] = 18


def check(subject: PageObjects, limits: ContrastLimits) -> Iterator[Finding]:
    """Text that is hard to tell from its ground."""
    for page in subject.pages:
        for at, mark in enumerate(page.marks):
            if not isinstance(mark, TextObject) or not mark.text.strip():
                continue
            ground = _ground(page, at)
            least = limits.large if mark.size >= limits.size else limits.min
            if ground is None or mark.tint.space is ColourSpace.PATTERN:
                continue
            contrast = ratio(mark.tint.light, ground)
            if contrast < least - 0.05:
                message = f"'{mark.text.strip()[:30]}' has a contrast of {contrast:.1f} to 1"
                yield found(message, mark.place, f"{least:g} to 1 or more")


def _ground(page: PageContent, at: int) -> float | None:
    """The light of what a mark stands on; None where that is no flat colour."""
    above = page.marks[at].bounds
    for mark in reversed(page.marks[:at]):
        if isinstance(mark, TextObject) or not mark.bounds.overlaps(above):
            continue
        if isinstance(mark, ImageObject):
            return None
        if isinstance(mark, PathObject) and mark.fill:
            flat = mark.bounds.holds(above, 1.0) and mark.fill.opacity == 1
            return mark.fill.light if flat and mark.fill.space is not ColourSpace.PATTERN else None
    return PAPER
