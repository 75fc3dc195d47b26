"""Finds the fonts used by the pages of a PDF, including fonts of nested form XObjects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.preflight.model import Pdf

FONT_FILE_KEYS = ("/FontFile", "/FontFile2", "/FontFile3")


def find_fonts(pdf: Pdf) -> Iterator[tuple[int, Any]]:
    """Iterate over the font dictionaries, each once, with the number of the first page that uses it."""
    seen: set[int] = set()
    for number, page in enumerate(pdf.reader.pages, 1):
        for font in _iterate_fonts(page.get("/Resources"), set()):
            if id(font) not in seen:
                seen.add(id(font))
                yield number, font


def find_font_program(font: Any) -> Any:
    """Return the embedded font program; None if there is none."""
    holder = font
    if font.get("/Subtype") == "/Type0":
        holder = font["/DescendantFonts"][0].get_object()
    descriptor = holder.get("/FontDescriptor")
    if descriptor is None:
        return None
    descriptor = descriptor.get_object()
    return next((descriptor[key].get_object() for key in FONT_FILE_KEYS if key in descriptor), None)


def _iterate_fonts(resources: Any, visited: set[int]) -> Iterator[Any]:
    """Iterate over the fonts of a resource dictionary and of its forms; `visited` stops forms that use themselves."""
    own = resources.get_object() if resources is not None else None
    if own is None or id(own) in visited:
        return
    visited.add(id(own))
    yield from _list_resources(own, "/Font")
    for inner in _list_resources(own, "/XObject"):
        if inner.get("/Subtype") == "/Form":
            yield from _iterate_fonts(inner.get("/Resources"), visited)


def _list_resources(resources: Any, kind: str) -> Iterator[Any]:
    table = resources.get(kind)
    for one in (table.get_object() if table is not None else {}).values():
        yield one.get_object()
