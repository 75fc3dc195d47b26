"""No note, form or link lies on the printed page.

What: annotations that touch the bleed, but for printers' marks and trap networks.
Why: some machines print them, some do not; a comment to a colleague has been printed ten thousand times.
Fix: take them out; brochure writes none into press files.
Source: ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.geometry import Rect
from brochure.preflight.model import NoLimits, ObjectLocation, Pdf, found
from brochure.preflight.pdf_reader.document import page_box

SEVERITY = Severity.ERROR
ALLOWED = ("/PrinterMark", "/TrapNet")


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Annotations on the page."""
    del limits
    for at, page in enumerate(subject.reader.pages):
        bleed, trim = page_box(page, "/BleedBox", "/TrimBox"), page_box(page, "/TrimBox")
        listed = page.get("/Annots")
        for said in listed.get_object() if listed is not None else ():
            note = said.get_object()
            rect = _rect(note)
            if note.get("/Subtype") not in ALLOWED and rect.grown(0.01).overlaps(bleed):
                kind = str(note.get("/Subtype", "/?"))[1:]
                place = ObjectLocation(at + 1, (rect.x - trim.x, rect.y - trim.y))
                yield found(f"an annotation ({kind}) lies on the page", place, "take it out")


def _rect(note: Any) -> Rect:
    x, y, right, top = (float(one) for one in note.get("/Rect", (0, 0, 0, 0)))
    return Rect(min(x, right), min(y, top), abs(right - x), abs(top - y))
