"""Opens finished PDFs and reads their page objects.

Coordinates are points from the lower left corner of each page's trim box (its crop box if it has none), as the page is seen:
turned by /Rotate and scaled by /UserUnit. A file that is damaged, not a PDF or protected by a password raises BrochureError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from brochure.geometry import Rect
from brochure.pdf_input.opening import guard_reading, open_reader
from brochure.pdf_input.page_geometry import read_geometry
from brochure.pdf_input.values import damage_errors
from brochure.preflight.model import (
    DeclaredInk,
    PageContent,
    PageObjects,
    Pdf,
    PdfObjects,
    UsedObject,
)
from brochure.preflight.pdf_reader.colours import list_colorants
from brochure.preflight.pdf_reader.graphics_state import GraphicsState
from brochure.preflight.pdf_reader.intent import FindPress, find_ink_limit, find_press_profile
from brochure.preflight.pdf_reader.interpreter import Interpreter
from brochure.preflight.pdf_reader.metadata import find_standard
from brochure.preflight.pdf_reader.nested_content import run_nested_content
from brochure.preflight.pdf_reader.operators import OPERATORS
from brochure.preflight.pdf_reader.spot_spaces import spot_spaces
from brochure.preflight.pdf_reader.usage import Usage, walk_page

NOT_SPOTS = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")


def open_pdf(data: bytes, label: str) -> Pdf:
    """Open a PDF; BrochureError if it cannot be read. `label` names the file in messages."""
    return Pdf(label, data, open_reader(data, label))


def read_page_objects(pdf: Pdf) -> PageObjects:
    """Read the objects of all pages; BrochureError if a page's content is damaged."""
    return read_objects(pdf)[0]


def read_objects(pdf: Pdf, required: str = "") -> tuple[PageObjects, PdfObjects]:
    """Read the objects of all pages, and all others that they use; BrochureError if a page's content is damaged.

    Args:
        pdf: The file.
        required: The PDF/X standard that the file must satisfy; empty for the one that it declares.
    """
    known: dict[Any, Any] = {}
    usage = Usage()
    find_press = lru_cache(maxsize=1)(partial(find_press_profile, pdf))
    with guard_reading(pdf.label):
        labels, count = _read_labels(pdf), len(pdf.reader.pages)
        pages = tuple(
            _read_page(pdf, at, labels[at] if at < len(labels) else "", known, usage, find_press)
            for at in range(count)
        )
        # Objects that are painted come first, with their place.
        visited: set[int] = set()
        for number, page in enumerate(pdf.reader.pages, 1):
            for kind, value in walk_page(page, visited):
                usage.add(kind, value, number)
        objects = PdfObjects(pdf, find_standard(pdf), required, usage.list_objects())
        spots = tuple(dict.fromkeys(_list_spots(objects.used)))
        limit = find_ink_limit(pdf)
        return PageObjects(pages, spots, limit, objects.standard), objects


def _read_labels(pdf: Pdf) -> list[str]:
    """Return the page labels; none if they cannot be read."""
    try:
        return list(pdf.reader.page_labels)
    except damage_errors():
        return []


def _read_page(
    pdf: Pdf,
    index: int,
    label: str,
    known: dict[Any, Any],
    usage: Usage,
    find_press: FindPress,
) -> PageContent:
    page = pdf.reader.pages[index]
    geometry = read_geometry(page)
    interpreter = Interpreter(pdf.reader, index + 1, OPERATORS, known, usage)
    interpreter.find_press = find_press
    interpreter.state = GraphicsState(ctm=geometry.matrix)
    interpreter.run_page(page)
    run_nested_content(interpreter, page)
    visible = geometry.matrix.box(geometry.bleed)
    return PageContent(
        index + 1,
        geometry.width,
        geometry.height,
        geometry.bleed_width,
        tuple(one for one in interpreter.objects if _is_visible(one.bounds, visible)),
        faults=tuple(interpreter.faults.items()),
        label=label,
        nested=tuple(one for one in interpreter.nested if _is_visible(one.bounds, visible)),
        steps=tuple(one for one in interpreter.steps if _is_visible(one[1].bounds, visible)),
        syntax=tuple(interpreter.syntax.items()),
    )


def _is_visible(bounds: Rect, area: Rect) -> bool:
    # Grown, since lines have no width or no height.
    visible = bounds.expand(0.01).intersect(area)
    return visible.width > 0 and visible.height > 0


def _list_spots(used: Iterable[UsedObject]) -> Iterator[DeclaredInk]:
    """Iterate over the spot inks of colour spaces, images and shadings, each with the first page that uses it."""
    for one in used:
        for space in spot_spaces(one):
            for name in list_colorants(space[1]):
                if name not in NOT_SPOTS:
                    yield DeclaredInk(name, one.page)
