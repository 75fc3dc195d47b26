"""Every page says where it is cut and how far its bleed reaches.

What: a TrimBox, inside the BleedBox, inside the MediaBox; no CropBox that hides part of them; no scaled user space.
Why: whoever imposes the file places the TrimBox; without one the sheet is cut by guesswork.
Fix: write the boxes, from the document and not from the window.
Source: ISO 15930-7 (PDF/X-4); ISO 32000-1, 14.11.2; GWG 2015, crop box and page scaling.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found
from brochure.preflight.pdf_reader.document import page_box

SEVERITY = Severity.ERROR
SLACK = 0.01


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Pages whose boxes are missing or do not lie in one another."""
    del limits
    for at, page in enumerate(subject.reader.pages):
        for message, hint in _wrong(page):
            yield found(f"page {at + 1} {message}", at + 1, hint)


def _wrong(page: Any) -> Iterator[tuple[str, str]]:
    if "/TrimBox" not in page and "/ArtBox" not in page:
        yield "has no TrimBox", "say where it is cut"
    if "/TrimBox" in page and "/ArtBox" in page:
        yield "has a TrimBox and an ArtBox", "keep the TrimBox alone"
    media, trim = page_box(page), page_box(page, "/TrimBox", "/ArtBox", "/CropBox")
    bleed = page_box(page, "/BleedBox", "/TrimBox", "/CropBox")
    if not bleed.holds(trim, SLACK):
        yield "has a TrimBox that reaches out of its BleedBox", "make the BleedBox larger"
    if not media.holds(bleed, SLACK):
        yield "has a BleedBox that reaches out of its MediaBox", "make the MediaBox larger"
    if "/CropBox" in page and not page_box(page, "/CropBox").holds(bleed, SLACK):
        yield "has a CropBox that hides some of its bleed", "take the CropBox out"
    if float(page.get("/UserUnit", 1)) != 1:
        yield "is scaled by a UserUnit", "write it at its own size"
