"""Places of elements in an SVG map: the centre of an element with a given id, in the units of the drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from brochure.blocks.svg.drawing import check_safe
from brochure.blocks.svg.errors import SvgError
from brochure.blocks.svg.values import read_transform
from brochure.geometry import IDENTITY, Matrix

SVG = "{http://www.w3.org/2000/svg}"
MAX_ID_LENGTH = 200

Place = tuple[float, float]


def find_element_places(data: bytes, ids: Collection[str]) -> tuple[dict[str, Place], list[str]]:
    """Return the centres of the elements with these ids, and all ids of the drawing.

    An element without an extent, such as an empty group, has no centre.

    Raises:
        SvgError: The file is not a valid SVG, or an element has an invalid form.
    """
    check_safe(data)
    # Imported here: only maps whose points name elements need it.
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as failure:
        raise SvgError(f"it is not well-formed XML (line {failure.lineno})") from None
    by_id: dict[str, Any] = {
        str(one.get("id")): one for one in root.iter(f"{SVG}*") if one.get("id")
    }
    places: dict[str, Place] = {}
    for name in ids:
        element = by_id.get(name)
        centre = None if element is None else _find_centre(element)
        if centre is not None:
            places[name] = centre
    return places, [name for name in by_id if len(name) <= MAX_ID_LENGTH]


def _find_centre(element: Any) -> Place | None:
    """Return the centre of the bounding box of an element."""
    # Imported here: only maps whose points name elements need it.
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.svgLib.path import parse_path

    bounds = BoundsPen(None)
    try:
        for path, matrix in _list_paths(element, _matrix_of(element.getparent())):
            pen = TransformPen(bounds, (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f))
            parse_path(path, pen)
    except SvgError:
        raise
    except Exception:  # the parser of paths raises errors of many types
        name = str(element.get("id"))[:40]
        raise SvgError(
            f"the element '{name}' (line {element.sourceline}) has an invalid form"
        ) from None
    if bounds.bounds is None:
        return None
    left, top, right, bottom = bounds.bounds
    return (left + right) / 2, (top + bottom) / 2


def _matrix_of(element: Any) -> Matrix:
    """Return the matrix from the units of an element's content to those of the drawing."""
    matrix = IDENTITY
    while element is not None and element.getparent() is not None:
        matrix = matrix.then(_own_matrix(element))
        element = element.getparent()
    return matrix


def _own_matrix(element: Any) -> Matrix:
    text = element.get("transform")
    return read_transform(element, text) if text else IDENTITY


def _list_paths(element: Any, outer: Matrix) -> Iterator[tuple[str, Matrix]]:
    """Yield the paths of an element and of what it contains, with their matrices to the units of the drawing."""
    # Imported here for the same reason.
    from fontTools.svgLib.path.shapes import PathBuilder

    matrix = _own_matrix(element).then(outer)
    builder = PathBuilder()
    plain = element.makeelement(
        element.tag, {k: v for k, v in element.attrib.items() if k != "transform"}
    )
    if builder.add_path_from_element(plain):
        yield from ((path, matrix) for path in builder.paths)
    for child in element:
        if isinstance(child.tag, str):
            yield from _list_paths(child, matrix)
