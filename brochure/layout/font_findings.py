"""Findings on the fonts of composed pages: licences that forbid what the PDF does with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.findings import Finding, Severity
from brochure.fonts.catalog import FontCatalog
from brochure.fonts.face import EmbeddingRestriction, Program
from brochure.model.display_list import GlyphRun, Page

RESTRICTIONS = {
    EmbeddingRestriction.RESTRICTED: "may not be embedded in documents without the permission of its owner",
    EmbeddingRestriction.BITMAPS_ONLY: "may only be embedded as bitmaps, but its outlines are embedded",
    EmbeddingRestriction.NO_SUBSETTING: "may not be subset, but only the glyphs in use are embedded",
}


def report_restrictions(pages: Iterable[Page], font_catalog: FontCatalog) -> Iterator[Finding]:
    """Yield a warning for each font in use whose licence bits forbid to embed or subset it."""
    for program in _programs(pages):
        restriction = program.embedding_restriction
        if restriction:
            message = f"font '{program.family}' {RESTRICTIONS[restriction]} (OS/2 fsType)"
            hint = "ask the foundry for a licence for PDF, or use another font"
            span = font_catalog.span(program.family)
            yield Finding("font-licence", message, span, hint, Severity.WARNING)


def _programs(pages: Iterable[Page]) -> dict[Program, None]:
    """Return the font programs that the pages use, in the order of their first use."""
    return {
        item.glyphs.face.program: None
        for page in pages
        for item in page.items
        if isinstance(item, GlyphRun)
    }
