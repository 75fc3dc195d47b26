"""What is printed does not hang on a switch.

What: optional content: layers that can be switched on and off.
Why: what the designer saw may not be what the printer's machine switches on; language layers have been printed all at once.
Fix: flatten the layers, one file a version.
Source: GWG 2015, optional content; ISO 15930-4 (PDF/X-1a) forbids it.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found

SEVERITY = Severity.WARNING


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Layers."""
    del limits
    said = subject.reader.root_object.get("/OCProperties")
    layers = said.get_object().get("/OCGs") if said is not None else None
    if layers is not None and len(layers.get_object()):
        count = len(layers.get_object())
        yield found(f"there are {count} layers that can be switched", None, "flatten them")
