"""Finds the fonts used by the pages of a PDF, including those of forms, patterns, Type 3 glyphs and annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.pdf_input.values import get, get_stream, get_text
from brochure.preflight.model import Pdf, UsedKind
from brochure.preflight.pdf_reader.fonts import find_descendant
from brochure.preflight.pdf_reader.usage import walk_page

FONT_FILE_KEYS = ("/FontFile", "/FontFile2", "/FontFile3")


def find_fonts(pdf: Pdf) -> Iterator[tuple[int, Any]]:
    """Iterate over the font dictionaries, each once, with the number of the first page that uses it."""
    visited: set[int] = set()
    for number, page in enumerate(pdf.reader.pages, 1):
        for kind, value in walk_page(page, visited):
            if kind is UsedKind.FONT:
                yield number, value


def find_font_program(font: Any) -> Any:
    """Return the embedded font program; None if there is none."""
    holder = find_descendant(font) if get_text(font, "/Subtype") == "/Type0" else font
    descriptor = get(holder, "/FontDescriptor")
    programs = (get_stream(descriptor, key) for key in FONT_FILE_KEYS)
    return next((program for program in programs if program is not None), None)
