"""Fonts are embedded as far as they are used, and no further.

What: embedded programs of more than `size` kilobytes whose name bears no sign of a subset.
Why: whole fonts make heavy files, and their licences often do not allow it.
Fix: let whatever writes the file make subsets at 100 %.
Source: ISO 32000-1, 9.6.4 (the sign of a subset is six capitals and a plus).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import Pdf, found
from brochure.preflight.pdf_reader.fonts_used import find_font_program, find_fonts

SEVERITY = Severity.NOTE
TAGGED = re.compile(r"/?[A-Z]{6}\+")


@dataclass(frozen=True, slots=True)
class FontSubsetLimits:
    """From what size on."""

    size: Annotated[float, "in kilobytes"] = 50


def check(subject: Pdf, limits: FontSubsetLimits) -> Iterator[Finding]:
    """Fonts that are embedded whole."""
    for page, font in find_fonts(subject):
        name = str(font.get("/BaseFont", "/?"))
        program = find_font_program(font)
        if program is None or TAGGED.match(name):
            continue
        size = len(program.get_data()) / 1000
        if size > limits.size:
            message = f"font {name.removeprefix('/')} is embedded whole, with {size:.0f} kB"
            yield found(message, page, "embed a subset")
