"""The registration colour stays outside the trim.

What: text, fields and lines on the page in `All`, every ink of the sheet at once.
Why: it is meant for marks, lays on 400 % of ink and prints on every plate.
Fix: use black, or a rich black swatch.
Source: ISO 32000-1, 8.6.6.4; GWG 2015, separation color All.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    ColourValue,
    NoLimits,
    PageObjects,
    PathObject,
    TextObject,
    found,
)

SEVERITY = Severity.ERROR
ALL = "All"


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Marks in all inks."""
    del limits
    for page in subject.pages:
        for mark in page.marks:
            tints: tuple[ColourValue | None, ...] = ()
            if isinstance(mark, TextObject):
                tints = (mark.tint,)
            elif isinstance(mark, PathObject):
                tints = (mark.fill, mark.stroke)
            inked = any(name == ALL for tint in tints if tint for name, _ in tint.inks)
            if inked and mark.bounds.grown(-0.01).overlaps(page.trim):
                yield found(
                    "something on the page is in the registration colour", mark.place, "use black"
                )
