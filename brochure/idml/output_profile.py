"""Names of CMYK profiles as printing conditions of the program."""

from __future__ import annotations

import re

from brochure.findings import Finding
from brochure.idml.document import Document
from brochure.idml.losses import lost
from brochure.idml.package import DESIGN_MAP

DEFAULT_CONDITION = "coated-fogra39"
CONDITIONS = (
    (re.compile(r"fogra ?39|iso coated v2\b(?!.{0,40}300)"), "coated-fogra39"),
    (re.compile(r"fogra ?47|pso uncoated iso ?12647"), "uncoated-fogra47"),
    (re.compile(r"fogra ?29|iso uncoated\b(?!.{0,40}yellow)"), "uncoated-fogra29"),
    (re.compile(r"fogra ?45|pso lwc improved"), "lwc-fogra45"),
    (re.compile(r"newspaper ?26|ifra ?26"), "newsprint-ifra26"),
    (re.compile(r"gracol ?2006"), "coated-gracol"),
    (re.compile(r"web coated \(swop\)|swop ?2006|swop.{0,40}grade ?[35]"), "coated-swop"),
    (re.compile(r"snap ?2007"), "newsprint-snap"),
)
"""What the names of profiles contain, and their printing conditions."""


def read_condition(document: Document, findings: list[Finding]) -> str | None:
    """Return the printing condition of a document's CMYK profile; None for the default one."""
    profile = document.settings.get("CMYKProfile")
    if profile in ("", "$ID/"):
        return None
    condition = find_condition(profile)
    if condition is None:
        message = f"the CMYK profile '{profile}' is not known; {DEFAULT_CONDITION} is used"
        hint = "put the profile into assets, and name it with 'press'"
        findings.append(lost("colour", message, document.package.span(DESIGN_MAP), hint))
    return None if condition == DEFAULT_CONDITION else condition


def find_condition(profile: str) -> str | None:
    """Return the printing condition of a CMYK profile; None if it is not known."""
    name = profile.casefold().replace("_", " ")
    return next((found for pattern, found in CONDITIONS if pattern.search(name)), None)
