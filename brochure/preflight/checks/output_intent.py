"""The file says what it is printed on.

What: one output intent of PDF/X, with a condition's name, and with the profile of a press or a name in the registry.
Why: without it nobody knows which colours were meant, and proof and print differ with nobody at fault.
Fix: write the file for a press condition.
Source: ISO 15930-7 (PDF/X-4); ISO 32000-1, 14.11.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found

SEVERITY = Severity.ERROR


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """A file without its intent, or with one that says nothing."""
    del limits
    said = subject.reader.root_object.get("/OutputIntents")
    intents = [one.get_object() for one in said.get_object()] if said is not None else []
    ours = [one for one in intents if one.get("/S") == "/GTS_PDFX"]
    if len(ours) != 1:
        message = (
            "there is no output intent" if not ours else f"there are {len(ours)} output intents"
        )
        yield found(message, None, "name one press condition")
    for intent in ours:
        yield from _wrong(intent)


def _wrong(intent: Any) -> Iterator[Finding]:
    if not str(intent.get("/OutputConditionIdentifier", "")).strip():
        yield found("the output intent does not name its condition", None, "FOGRA39, for instance")
    profile = intent.get("/DestOutputProfile")
    if profile is None:
        if "/RegistryName" not in intent:
            yield found("the output intent has no profile", None, "embed the press's ICC profile")
        return
    data = profile.get_object().get_data()
    if data[36:40] != b"acsp" or data[12:16] != b"prtr":
        yield found("the output intent's profile is no press's", None, "embed that of the press")
    elif data[16:20] not in (b"CMYK", b"GRAY"):
        space = data[16:20].decode("ascii", "replace").strip()
        yield found(f"the output intent is for {space}", None, "brochures are printed in CMYK")
