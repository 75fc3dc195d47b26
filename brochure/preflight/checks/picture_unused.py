"""Every picture of the project is used.

What: files in the project's own assets folder that neither the layout nor an office names.
Why: a picture that was left behind may be the one that should be there, or one whose rights have run out.
Fix: use it, or take it away.
Source: none is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.l10n.edition import Edition
from brochure.l10n.references import references
from brochure.preflight.model import NoLimits, found
from brochure.spec.values import Asset

SEVERITY = Severity.NOTE
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".svg")
FOLDER = "assets/"


def check(subject: Edition, limits: NoLimits) -> Iterator[Finding]:
    """Pictures that nobody names."""
    del limits
    named = {one.path for one in references(subject.layout) if isinstance(one, Asset)}
    offices = [subject.project.read(name) for name in subject.project.listing("offices")]
    for file in subject.project.listing("assets"):
        path = file.removeprefix(FOLDER)
        if not path.lower().endswith(PICTURES) or path in named:
            continue
        if not any(path.encode() in office for office in offices):
            label = subject.project.label(file)
            yield found(f"{label} is used nowhere", None, "take it away, or use it")
