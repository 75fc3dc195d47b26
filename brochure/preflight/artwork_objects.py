"""Collects the page objects of placed artwork as it is printed: converted, and at its size on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from brochure.artwork.load import load_artwork
from brochure.artwork.model import ARTWORK_VERSION, ArtworkTarget
from brochure.color.printing_condition import PressCondition
from brochure.errors import BrochureError
from brochure.geometry import Matrix, Rect
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
from brochure.preflight.stored_objects import deserialize, serialize
from brochure.project import Project
from brochure.system.cache import Kind, StoredCache


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
    target = item.target(press, inks=True)
    square = Matrix(item.rect.width, 0, 0, item.rect.height, item.rect.x, item.rect.y)
    matrix = square.then(item.matrix)
    clip = item.matrix.box(bounds(item.clip)) if item.clip else None
    try:
        form = ARTWORK_VERSION, target.key(project.digest(item.asset))
        identity = repr((form, matrix, clip))
        objects = OBJECTS.get(
            identity, project.cache, lambda: _interpret(item.asset, target, matrix, clip, project)
        )
    except BrochureError:
        return ()
    placed = _place(objects, item, page)
    return tuple(_repaint(one, paint) for one in placed) if paint else tuple(placed)


OBJECTS = StoredCache(
    Kind(
        name="artwork-objects",
        version=2,  # of what `_interpret` returns for the same form
        serialize=serialize,
        deserialize=deserialize,
        libraries=(("pypdf", "pypdf"), ("PIL", "pillow")),
    ),
    max_weight=20_000,
    weigh=len,
)
"""The objects of placed artwork: the editions of a brochure place the same files at the same places."""


def _interpret(
    asset: str, target: ArtworkTarget, matrix: Matrix, clip: Rect | None, project: Project
) -> tuple[PageObject, ...]:
    """Return the objects that artwork paints, placed by a matrix; they have the page 0."""
    # Imported here, since builds without artwork read no PDF.
    from brochure.preflight.pdf_reader.graphics_state import GraphicsState
    from brochure.preflight.pdf_reader.interpreter import Interpreter
    from brochure.preflight.pdf_reader.operators import OPERATORS

    form = load_artwork(asset, project, target)
    reader = _open(standalone(form, (1.0, 1.0), (0.0, 0.0, 1.0, 1.0)), asset)
    interpreter = Interpreter(reader, 0, OPERATORS, {})
    interpreter.state = GraphicsState(ctm=matrix, clip=clip)
    interpreter.run_page(reader.pages[0])
    return (*interpreter.objects, *interpreter.nested)


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
