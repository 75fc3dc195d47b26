"""The fonts that a finished file's pages name, each once.

Takes a `Pdf`; gives each font's dictionary with the first page that names it, forms within forms included. The checks on
embedding read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.preflight.model import Pdf

PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def find_fonts(pdf: Pdf) -> Iterator[tuple[int, Any]]:
    """Each font with the page that first names it."""
    seen: set[int] = set()
    for at, page in enumerate(pdf.reader.pages):
        for font in _fonts(page.get("/Resources"), set()):
            if id(font) not in seen:
                seen.add(id(font))
                yield at + 1, font


def find_font_program(font: Any) -> Any:
    """The font's embedded program; None where there is none."""
    holder = font
    if font.get("/Subtype") == "/Type0":
        holder = font["/DescendantFonts"][0].get_object()
    described = holder.get("/FontDescriptor")
    if described is None:
        return None
    described = described.get_object()
    return next((described[key].get_object() for key in PROGRAMS if key in described), None)


def _fonts(resources: Any, visited: set[int]) -> Iterator[Any]:
    """The fonts of one resource dictionary and of its forms'; each is looked into once, since forms may name themselves."""
    own = resources.get_object() if resources is not None else None
    if own is None or id(own) in visited:
        return
    visited.add(id(own))
    yield from _of(own, "/Font")
    for inner in _of(own, "/XObject"):
        if inner.get("/Subtype") == "/Form":
            yield from _fonts(inner.get("/Resources"), visited)


def _of(resources: Any, kind: str) -> Iterator[Any]:
    table = resources.get(kind)
    for one in (table.get_object() if table is not None else {}).values():
        yield one.get_object()
