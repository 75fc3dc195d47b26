"""Finds the fonts used by the pages of a PDF, including fonts of nested form XObjects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.pdf_input.page_geometry import get_inherited
from brochure.pdf_input.values import get, get_dictionary, get_stream, get_text, resolve
from brochure.preflight.model import Pdf
from brochure.preflight.pdf_reader.fonts import find_descendant

FONT_FILE_KEYS = ("/FontFile", "/FontFile2", "/FontFile3")


def find_fonts(pdf: Pdf) -> Iterator[tuple[int, Any]]:
    """Iterate over the font dictionaries, each once, with the number of the first page that uses it."""
    seen: set[int] = set()
    for number, page in enumerate(pdf.reader.pages, 1):
        for font in _iterate_fonts(get_inherited(page, "/Resources"), set()):
            if id(font) not in seen:
                seen.add(id(font))
                yield number, font


def find_font_program(font: Any) -> Any:
    """Return the embedded font program; None if there is none."""
    holder = find_descendant(font) if get_text(font, "/Subtype") == "/Type0" else font
    descriptor = get(holder, "/FontDescriptor")
    programs = (get_stream(descriptor, key) for key in FONT_FILE_KEYS)
    return next((program for program in programs if program is not None), None)


def _iterate_fonts(resources: Any, visited: set[int]) -> Iterator[Any]:
    """Iterate over the fonts of a resource dictionary and of its forms; `visited` stops forms that use themselves."""
    own = resolve(resources)
    if not isinstance(own, dict) or id(own) in visited:
        return
    visited.add(id(own))
    yield from _list_resources(own, "/Font")
    for inner in _list_resources(own, "/XObject"):
        if get_text(inner, "/Subtype") == "/Form":
            yield from _iterate_fonts(get(inner, "/Resources"), visited)


def _list_resources(resources: Any, kind: str) -> Iterator[Any]:
    """Iterate over the dictionaries of one kind of resource."""
    for one in map(resolve, get_dictionary(resources, kind).values()):
        if isinstance(one, dict):
            yield one
