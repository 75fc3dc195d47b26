"""Collects the objects that pages use: those that are painted with their place, and all others in the resources.

Resources are followed into forms, patterns, Type 3 fonts, soft masks and appearances of annotations, each object once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.geometry import Rect
from brochure.pdf_input.page_geometry import get_inherited
from brochure.pdf_input.values import get, get_array, get_dictionary, get_text, resolve
from brochure.preflight.model import UsedKind, UsedObject

Kinds = Iterator[tuple[UsedKind, Any]]
"""Objects with their kinds."""


class Usage:
    """The used objects of a file, each once: the first that is added counts."""

    def __init__(self) -> None:
        self._found: dict[tuple[UsedKind, int], UsedObject] = {}

    def add(self, kind: UsedKind, value: Any, page: int, bounds: Rect | None = None) -> None:
        """Add an object, unless it is known."""
        key = kind, id(value)
        if key not in self._found:
            self._found[key] = UsedObject(kind, value, page, bounds)

    def list_objects(self) -> tuple[UsedObject, ...]:
        """Return the objects in the order in which they were added."""
        return tuple(self._found.values())


def walk_page(page: Any, visited: set[int]) -> Kinds:
    """Iterate over the objects that a page uses; `visited` has the identities of those that were met, on other pages too."""
    page = resolve(page)
    for part in _list_streams(get(page, "/Contents")):
        if _is_new(part, visited):
            yield UsedKind.CONTENT, part
    if _is_new(get(page, "/Group"), visited):
        yield UsedKind.GROUP, get(page, "/Group")
    pending = [get_inherited(page, "/Resources")]
    for annotation in get_array(page, "/Annots"):
        for form in list_appearances(annotation):
            if _is_new(form, visited):
                yield UsedKind.FORM, form
                yield from _list_groups(form, visited)
                pending.append(get(form, "/Resources"))
    while pending:
        resources = pending.pop()
        if isinstance(resources, dict) and _is_new(resources, visited):
            yield from _walk_resources(resources, visited, pending)


def list_appearances(annotation: Any) -> Iterator[Any]:
    """Iterate over the streams of an annotation's appearances, in all its states."""
    for value in get_dictionary(annotation, "/AP").values():
        entry = resolve(value)
        if _is_stream(entry):
            yield entry
        elif isinstance(entry, dict):
            yield from (one for one in map(resolve, entry.values()) if _is_stream(one))


def _walk_resources(resources: Any, visited: set[int], pending: list[Any]) -> Kinds:
    """Iterate over the objects of a resource dictionary; resources inside them become pending."""
    for font in _list_new(resources, "/Font", visited):
        yield UsedKind.FONT, font
        yield from _walk_font(font, visited, pending)
    for state in _list_new(resources, "/ExtGState", visited):
        yield from _walk_state(state, visited, pending)
    for pattern in _list_new(resources, "/Pattern", visited):
        yield UsedKind.PATTERN, pattern
        pending.append(get(pattern, "/Resources"))
        shading, state = get(pattern, "/Shading"), get(pattern, "/ExtGState")
        if _is_new(shading, visited):
            yield UsedKind.SHADING, shading
        if _is_new(state, visited):
            yield from _walk_state(state, visited, pending)
    for shading in _list_new(resources, "/Shading", visited):
        yield UsedKind.SHADING, shading
    for space in _list_new(resources, "/ColorSpace", visited):
        yield UsedKind.COLOUR_SPACE, space
    for xobject in _list_new(resources, "/XObject", visited):
        yield from _walk_xobject(xobject, visited, pending)


def _walk_font(font: Any, visited: set[int], pending: list[Any]) -> Kinds:
    """Iterate over the glyphs of a Type 3 font."""
    if get_text(font, "/Subtype") == "/Type3":
        pending.append(get(font, "/Resources"))
        for glyph in _list_new(font, "/CharProcs", visited):
            yield UsedKind.CONTENT, glyph


def _walk_state(state: Any, visited: set[int], pending: list[Any]) -> Kinds:
    yield UsedKind.STATE, state
    form = get(get(state, "/SMask"), "/G")
    if _is_new(form, visited):
        yield UsedKind.FORM, form
        pending.append(get(form, "/Resources"))


def _walk_xobject(xobject: Any, visited: set[int], pending: list[Any]) -> Kinds:
    kind = kind_of_xobject(xobject)
    yield kind, xobject
    pending.append(get(xobject, "/Resources"))
    yield from _list_groups(xobject, visited)
    for key in ("/SMask", "/Mask"):
        mask = get(xobject, key)
        if kind is UsedKind.IMAGE and _is_stream(mask) and _is_new(mask, visited):
            yield UsedKind.IMAGE, mask


def kind_of_xobject(xobject: Any) -> UsedKind:
    """Return whether an XObject is a form, an image or something else."""
    kinds = {"/Form": UsedKind.FORM, "/Image": UsedKind.IMAGE}
    return kinds.get(get_text(xobject, "/Subtype"), UsedKind.XOBJECT)


def _list_groups(form: Any, visited: set[int]) -> Kinds:
    group = get(form, "/Group")
    if _is_new(group, visited):
        yield UsedKind.GROUP, group


def _list_new(holder: Any, key: str, visited: set[int]) -> Iterator[Any]:
    """Iterate over the dictionaries and arrays of an entry that were not met before."""
    for value in get_dictionary(holder, key).values():
        one = resolve(value)
        if _is_new(one, visited):
            yield one


def _list_streams(contents: Any) -> Iterator[Any]:
    parts = contents if isinstance(contents, list) else [contents]
    return (one for one in map(resolve, parts) if _is_stream(one))


def _is_stream(value: Any) -> bool:
    return hasattr(value, "get_data")


def _is_new(value: Any, visited: set[int]) -> bool:
    """Return whether an object was not met before, and remember it; names and numbers are not objects of their own."""
    if not isinstance(value, (dict, list)) or id(value) in visited:
        return False
    visited.add(id(value))
    return True
