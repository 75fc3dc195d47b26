"""Executes content that is painted with: pattern cells, Type 3 glyphs, soft masks and appearances of annotations.

Each is executed once a page, from a list, so that content which uses itself ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from brochure.geometry import Matrix, Rect
from brochure.pdf_input.values import get, get_array, get_integer, get_numbers, get_text, resolve
from brochure.preflight.model import ObjectLocation, PageObject
from brochure.preflight.pdf_reader.graphics_state import (
    GraphicsState,
    NestedContent,
    read_matrix,
)
from brochure.preflight.pdf_reader.interpreter import Interpreter

HIDDEN = 2
"""The flag of annotations that are neither shown nor printed (ISO 32000-1, 12.5.3)."""


def run_nested_content(interpreter: Interpreter, page: Any) -> None:
    """Execute what the page is painted with, and its annotations; the objects are collected in `nested`."""
    start = GraphicsState(ctm=interpreter.base)
    for annotation in get_array(page, "/Annots"):
        _run_annotation(interpreter, annotation, start)
    done: set[int] = set()
    while len(done) < len(interpreter.nested_content):
        for key, content in list(interpreter.nested_content.items()):
            if key not in done:
                done.add(key)
                _run(interpreter, content)


def _run(interpreter: Interpreter, content: NestedContent) -> None:
    before = len(interpreter.objects)
    interpreter.state = content.state
    interpreter.is_uncoloured = content.is_uncoloured
    interpreter.base = content.state.ctm
    interpreter.run(content.stream, content.resources)
    interpreter.is_uncoloured = False
    found = interpreter.objects[before:]
    del interpreter.objects[before:]
    if not content.is_mask:
        interpreter.nested += [_place(one, content.bounds) for one in found]


def _place(item: PageObject, bounds: Rect | None) -> PageObject:
    """Return an object of a cell or glyph at the place of what is painted with it."""
    if bounds is None:
        return item
    location = ObjectLocation(item.location.page, (bounds.x, bounds.y), None, bounds)
    return replace(item, location=location, bounds=bounds)


def _run_annotation(interpreter: Interpreter, annotation: Any, start: GraphicsState) -> None:
    """Execute the normal appearance of an annotation in its current state (12.5.5)."""
    form, corners = _find_appearance(annotation), get_numbers(annotation, "/Rect", 4)
    box = get_numbers(form, "/BBox", 4)
    if get_integer(annotation, "/F", 0) & HIDDEN or form is None or not corners or not box:
        return
    matrix = read_matrix(get(form, "/Matrix"))
    seen = matrix.box(_rectangle(box))
    target = _rectangle(corners)
    if not seen.width or not seen.height:
        return
    across, down = target.width / seen.width, target.height / seen.height
    fit = Matrix(across, 0, 0, down, target.x - seen.x * across, target.y - seen.y * down)
    before = len(interpreter.objects)
    interpreter.state = replace(start, ctm=fit.then(start.ctm))
    interpreter.run_form(form)
    interpreter.nested += interpreter.objects[before:]
    del interpreter.objects[before:]


def _find_appearance(annotation: Any) -> Any:
    normal = get(get(annotation, "/AP"), "/N")
    if hasattr(normal, "get_data"):
        return normal
    chosen = get(normal, get_text(annotation, "/AS"))
    return resolve(chosen) if hasattr(chosen, "get_data") else None


def _rectangle(corners: tuple[float, ...]) -> Rect:
    x, y, right, top = corners
    return Rect(min(x, right), min(y, top), abs(right - x), abs(top - y))
