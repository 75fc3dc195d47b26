"""One spot ink has one name.

What: names of spot inks that differ in capitals, spaces, hyphens or the brand's spelling alone.
Why: every name is a plate: `PANTONE 186 C` and `Pantone 186C` are two, and both are paid for.
Fix: give both swatches one name, as the colour book writes it.
Source: GWG 2015, ambiguous spot color.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import DeclaredInk, NoLimits, PageObjects, found

SEVERITY = Severity.ERROR
BRANDS = {"pms": "pantone", "pan": "pantone"}


def check(subject: PageObjects, limits: NoLimits) -> Iterator[Finding]:
    """Names that mean one ink."""
    del limits
    seen: dict[str, DeclaredInk] = {}
    for ink in subject.spots:
        first = seen.setdefault(_sound(ink.name), ink)
        if first.name != ink.name:
            message = f"spot inks '{first.name}' and '{ink.name}' differ in spelling alone"
            yield found(message, ink.span or ink.page, f"call both '{first.name}'")


def _sound(name: str) -> str:
    """A name without what people write in different ways."""
    words = re.findall(r"[^\W\d_]+|\d+", name.casefold())
    return " ".join(BRANDS.get(word, word) for word in words)
