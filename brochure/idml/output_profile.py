"""Names of CMYK profiles as printing conditions of the program."""

from __future__ import annotations

import re

from brochure.findings import Finding
from brochure.idml.document import Document
from brochure.idml.losses import lost
from brochure.idml.package import DESIGN_MAP

DEFAULT_CONDITION = "coated-fogra39"
CONDITIONS = {
    r"fogra ?39|iso coated v2\b(?!.*300)": "coated-fogra39",
    r"fogra ?47|pso uncoated iso ?12647": "uncoated-fogra47",
    r"fogra ?29|iso uncoated\b(?!.*yellow)": "uncoated-fogra29",
    r"fogra ?45|pso lwc improved": "lwc-fogra45",
    r"newspaper ?26|ifra ?26": "newsprint-ifra26",
    r"gracol ?2006": "coated-gracol",
    r"web coated \(swop\)|swop ?2006|swop.*grade ?[35]": "coated-swop",
    r"snap ?2007": "newsprint-snap",
}
"""Printing conditions by what the names of their profiles contain."""


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
    return next((found for words, found in CONDITIONS.items() if re.search(words, name)), None)
