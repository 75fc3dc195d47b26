"""Every spot ink that is declared is printed.

What: spot swatches of the layout, or colour spaces of a PDF, that nothing is painted with.
Why: some workflows make a plate for every declared ink, and a printer asks before charging for it.
Fix: take the swatch out, or use it.
Source: GWG 2015, use of spot colors.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    NoLimits,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
)

SEVERITY = Severity.WARNING


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Inks without a mark."""
    del limits
    used = {name for page in subject.pages for mark in page.marks for name in _inks(mark)}
    named: set[str] = set()
    for ink in subject.spots:
        if ink.name not in used and ink.name not in named:
            named.add(ink.name)
            message = f"spot ink '{ink.name}' is declared, and nothing is printed in it"
            yield found(message, ink.span or ink.page, "take its swatch out")


def _inks(mark: PageObject) -> Iterator[str]:
    match mark:
        case TextObject():
            yield from (name for name, _ in mark.tint.inks)
        case PathObject():
            for tint in (mark.fill, mark.stroke):
                if tint:
                    yield from (name for name, _ in tint.inks)
        case _:
            return
