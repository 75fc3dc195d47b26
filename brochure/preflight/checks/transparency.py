"""Nothing is see-through where the standard forbids it.

What: opacity, blend modes and soft masks in files that say they are PDF/X-1a or PDF/X-3.
Why: the machines that these standards were made for print what lies beneath as if nothing lay on it, or not at all.
Fix: flatten it, or write PDF/X-4; of a layout with `standard: x-1a` brochure mixes flat colours by itself.
Source: ISO 15930-4 (PDF/X-1a); ISO 15930-6 (PDF/X-3).
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    ImageObject,
    NoLimits,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
)

SEVERITY = Severity.ERROR
OPAQUE_ONLY = ("x-1a", "x-3")


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Marks that let something through."""
    del limits
    if subject.standard not in OPAQUE_ONLY:
        return
    for page in subject.pages:
        for mark in page.marks:
            if _has_transparency(mark):
                what = mark.name if isinstance(mark, ImageObject) else "something"
                message = f"{what} is see-through, and {subject.standard} has no transparency"
                yield found(message, mark.place, "flatten it, or write PDF/X-4")


def _has_transparency(mark: PageObject) -> bool:
    match mark:
        case ImageObject():
            return mark.has_transparency
        case TextObject():
            return mark.tint.opacity < 1
        case PathObject():
            return any(tint.opacity < 1 for tint in (mark.fill, mark.stroke) if tint)
