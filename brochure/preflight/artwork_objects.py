"""Collects the page objects of placed artwork as it is printed: converted, and at its size on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from brochure.artwork.load import load_artwork
from brochure.color.printing_condition import PressCondition
from brochure.errors import BrochureError
from brochure.geometry import Matrix
from brochure.model.display_list import PlacedArtwork, bounds
from brochure.pdf.artwork_form import standalone
from brochure.preflight.model import (
    ColourValue,
    ImageObject,
    ObjectLocation,
    PageObject,
    PathObject,
    TextObject,
)
from brochure.project import Project


def collect_artwork(
    item: PlacedArtwork,
    page: int,
    paint: ColourValue | None,
    press: PressCondition,
    project: Project,
) -> tuple[PageObject, ...]:
    """Return the objects of artwork on a page, as it is printed in a condition; none if it cannot be read.

    Artwork that cannot be read is reported when it is drawn. With `paint`, all of it has this colour.
    """
    # Imported here, since builds without artwork read no PDF.
    from brochure.preflight.pdf_reader.graphics_state import GraphicsState
    from brochure.preflight.pdf_reader.interpreter import Interpreter
    from brochure.preflight.pdf_reader.operators import OPERATORS

    target = item.target(press, inks=True)
    try:
        form = load_artwork(item.asset, project, target)
    except BrochureError:
        return ()
    reader = _open(standalone(form, (1.0, 1.0), (0.0, 0.0, 1.0, 1.0)), item.asset)
    rect = item.rect
    square = Matrix(rect.width, 0, 0, rect.height, rect.x, rect.y)
    clip = item.matrix.box(bounds(item.clip)) if item.clip else None
    interpreter = Interpreter(reader, page, OPERATORS, {})
    interpreter.state = GraphicsState(ctm=square.then(item.matrix), clip=clip)
    interpreter.run_page(reader.pages[0])
    placed = _place([*interpreter.objects, *interpreter.nested], item, page)
    return tuple(_repaint(one, paint) for one in placed) if paint else tuple(placed)


def _open(data: bytes, label: str) -> Any:
    # Imported here, as above.
    from brochure.pdf_input.opening import open_reader

    return open_reader(data, label)


def _place(objects: Iterable[PageObject], item: PlacedArtwork, page: int) -> Iterable[PageObject]:
    """Return the objects with the place in the layout that placed them."""
    name = item.asset.rpartition("/")[2]
    for one in objects:
        location = ObjectLocation(page, one.location.at, item.span, one.bounds)
        if isinstance(one, ImageObject):
            yield replace(one, location=location, name=f"{one.name} in {name}")
        else:
            yield replace(one, location=location)


def _repaint(item: PageObject, paint: ColourValue) -> PageObject:
    """Return an object in the only colour of its artwork."""
    match item:
        case TextObject():
            return replace(item, colour=paint)
        case PathObject():
            return replace(item, fill=item.fill and paint, stroke=item.stroke and paint)
        case _:
            return item
