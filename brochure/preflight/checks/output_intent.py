"""Checks of the output intent: the printing condition that a finished file was made for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.color.printing_condition import REGISTRY
from brochure.findings import Finding, Severity
from brochure.pdf_input.values import get, get_text, read_stream
from brochure.preflight.check import check
from brochure.preflight.model import make_finding
from brochure.preflight.used_objects import PdfObjects

EMBEDDED = "x-4"
"""The standard that requires an embedded profile, even for a registered condition."""
REGISTERED = re.compile(
    r"FOGRA\d\d[A-Z]*|CGATS[ .]?(TR[ .]?\d{3}|21.*)|CRPC\d|JCN?\d+.*|JMPA.*|SNAP.*|(WAN-)?IFRA.*|PSR.*|EURO.*|PC\d.*|SC\d.*"
    r"|OFCOM.*|SWOP.*|GRACoL.*",
    re.IGNORECASE,
)
"""Identifiers of printing conditions in the ICC's registry of characterization data, by their families."""


@check(
    "output-intent",
    source="ISO 15930-7 (PDF/X-4), ISO 15930-4 (PDF/X-1a): output intents; ISO 32000-1, 14.11.5; GWG 2022, R0035",
    severity=Severity.ERROR,
)
def output_intent(objects: PdfObjects) -> Iterator[Finding]:
    """The file has one output intent for a press.

    What: exactly one PDF/X output intent with a condition identifier, and with the ICC profile of a press. Only PDF/X-1a and
    PDF/X-3 may do without the profile, if the condition is in the registry of the ICC; other conditions need a description.
    Why: without it, the intended colours are unknown, and proof and print differ.
    Fix: export the file for a printing condition.
    """
    # The reader of PDFs is imported in the checks that need it, since builds read none.
    from brochure.preflight.pdf_reader.intent import list_intents

    intents = list_intents(objects.pdf)
    if len(intents) != 1:
        count = f"{len(intents)} output intents" if intents else "no output intent"
        message = f"the file has {count}; one is required"
        yield make_finding(message, None, "export it for one printing condition")
    for intent in intents:
        yield from _check_condition(intent)
        yield from _check_profile(intent, objects.standard)


def _check_condition(intent: Any) -> Iterator[Finding]:
    identifier = get_text(intent, "/OutputConditionIdentifier").strip()
    if not identifier:
        message = "the output intent has no condition identifier"
        yield make_finding(message, None, "name the printing condition, e.g. FOGRA39")
    elif not _is_registered(intent) and not get_text(intent, "/Info").strip():
        message = f"the output intent does not describe its condition '{identifier}', which is not registered"
        yield make_finding(message, None, "describe the printing condition (/Info)")


def _is_registered(intent: Any) -> bool:
    identifier = get_text(intent, "/OutputConditionIdentifier").strip()
    registry = get_text(intent, "/RegistryName").strip().rstrip("/")
    return registry == REGISTRY and REGISTERED.fullmatch(identifier) is not None


def _check_profile(intent: Any, standard: str) -> Iterator[Finding]:
    profile = get(intent, "/DestOutputProfile")
    if profile is None:
        if standard == EMBEDDED or not _is_registered(intent):
            condition = "" if standard == EMBEDDED else ", and its condition is not registered"
            message = f"the output intent has no ICC profile{condition}"
            yield make_finding(message, None, "embed the profile of the press")
        return
    data = read_stream(profile)
    if data[36:40] != b"acsp" or data[12:16] != b"prtr":
        message = "the output intent's ICC profile is not a press (output) profile"
        yield make_finding(message, None, "embed the profile of the press (class prtr)")
    elif data[16:20] not in (b"CMYK", b"GRAY"):
        space = data[16:20].decode("ascii", "replace").strip()
        message = f"the output intent's ICC profile is for {space}"
        yield make_finding(message, None, "embed a CMYK profile")
