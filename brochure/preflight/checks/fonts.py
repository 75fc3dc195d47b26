"""Checks of fonts: embedding, subsetting and missing glyphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.lazy_pattern import compile_lazily
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get_text
from brochure.preflight.check import check
from brochure.preflight.model import PageObjects, Pdf, TextObject, make_finding

SUBSET_TAG = compile_lazily(r"/?[A-Z]{6}\+")


@check(
    "font-embedded",
    source="ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a)",
    severity=Severity.ERROR,
)
def font_embedded(pdf: Pdf) -> Iterator[Finding]:
    """Every font is embedded.

    What: fonts used by the pages whose font program is not in the file.
    Why: other software substitutes the font, which changes letter shapes, widths and line breaks.
    Fix: embed the font; brochure always does.
    """
    # The reader of PDFs is imported in the checks that need it, since builds read none.
    from brochure.preflight.pdf_reader.fonts import name_of_font
    from brochure.preflight.pdf_reader.fonts_used import find_font_program, find_fonts

    for page, font in find_fonts(pdf):
        # Type 3 fonts are content streams and have no font program.
        if get_text(font, "/Subtype") != "/Type3" and find_font_program(font) is None:
            message = f"font {name_of_font(font)} is not embedded"
            yield make_finding(message, page, "export the file with fonts embedded")


@check(
    "font-subset",
    source="ISO 32000-1, 9.6.4 (a subset tag is six capitals and a plus sign)",
    severity=Severity.NOTE,
)
def font_subset(
    pdf: Pdf, *, size: Annotated[float, "smaller font programs are not checked, in kilobytes"] = 50
) -> Iterator[Finding]:
    """Fonts are embedded as subsets.

    What: font programs larger than `size` kilobytes whose name has no subset tag.
    Why: complete fonts make files large, and their licences often do not allow it.
    Fix: set the exporting program to subset fonts at 100 %.
    """
    from brochure.preflight.pdf_reader.fonts_used import find_font_program, find_fonts

    for page, font in find_fonts(pdf):
        name = get_text(font, "/BaseFont") or "/?"
        program = find_font_program(font)
        if program is None or SUBSET_TAG.match(name):
            continue
        kilobytes = len(read_stream(program)) / 1000
        if kilobytes > size:
            message = f"font {name.removeprefix('/')} is embedded completely ({kilobytes:.0f} kB)"
            yield make_finding(message, page, "embed a subset")


@check(
    "glyph-missing",
    source="ISO 15930-7 (PDF/X-4): no reference to .notdef",
    severity=Severity.ERROR,
    by_page=True,
)
def glyph_missing(objects: PageObjects) -> Iterator[Finding]:
    """Every character has a glyph.

    What: in a finished file, glyph 0 (.notdef) of a composite font, which shows as a box or a blank.
    Why: the reader sees a box instead of the character.
    Fix: name a fallback font for the script; in a project, brochure reports missing glyphs while it sets the text.
    """
    for text in objects.select(TextObject):
        if text.has_missing_glyph:
            message = f"a character next to '{text.excerpt}' has no glyph in {text.font}"
            yield make_finding(message, text.location, "set it in a font that has the character")
