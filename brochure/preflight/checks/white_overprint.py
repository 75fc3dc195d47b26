"""White spares what is beneath it.

What: text, fields and lines without any ink that are told to overprint.
Why: no ink on top of ink is nothing at all: on screen it is white, on paper it is not there.
Fix: take the overprint off the swatch.
Source: GWG 2015, white text overprint and white paths overprint; ISO 32000-1, 8.6.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import (
    ColourValue,
    NoLimits,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    found,
)

SEVERITY = Severity.ERROR


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """White that would vanish."""
    del limits
    for page in subject.pages:
        for mark in page.marks:
            if any(tint.bare and tint.overprint for tint in _tints(mark)):
                what = (
                    f"'{mark.text.strip()[:30]}'"
                    if isinstance(mark, TextObject)
                    else "a white field"
                )
                message = f"{what} overprints in white: it will not be there on paper"
                yield found(message, mark.place, "take the overprint off")


def _tints(mark: PageObject) -> Iterator[ColourValue]:
    if isinstance(mark, TextObject):
        yield mark.tint
    elif isinstance(mark, PathObject):
        yield from (tint for tint in (mark.fill, mark.stroke) if tint)
