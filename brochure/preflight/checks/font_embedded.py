"""Every font is in the file.

What: fonts that the pages name and whose program is not embedded.
Why: whoever opens the file sets it in something else: other letters, other widths, other line ends.
Fix: embed it; what brochure paints always does.
Source: ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a).
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.model import NoLimits, Pdf, found
from brochure.preflight.pdf_reader.fonts import plain_name
from brochure.preflight.pdf_reader.fonts_used import find_font_program, find_fonts

SEVERITY = Severity.ERROR


def check(subject: Pdf, limits: NoLimits) -> Iterator[Finding]:
    """Fonts without a program; those of Type 3 are drawings and have none."""
    del limits
    for page, font in find_fonts(subject):
        if font.get("/Subtype") != "/Type3" and find_font_program(font) is None:
            name = plain_name(str(font.get("/BaseFont", "/?")))
            yield found(f"font {name} is not embedded", page, "embed it when the file is written")
