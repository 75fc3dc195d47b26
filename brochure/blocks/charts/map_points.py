"""Points of symbol maps: their values and their places on the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated

from brochure.blocks.charts.chart import MAX_DATA, Chart, MapPoint, resolve_number, resolve_values
from brochure.blocks.svg.element_places import Place, find_element_places
from brochure.blocks.svg.errors import SvgError
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, nearest
from brochure.model.block_context import BlockContext
from brochure.spec.constraints import Extent, MaxItems
from brochure.spec.data import DataSource, MapSource
from brochure.spec.values import Asset, Share, SwatchName


@dataclass(frozen=True, slots=True)
class SymbolMapFields(Chart):
    """Fields of symbol maps."""

    data: Annotated[
        tuple[MapPoint | MapSource, ...],
        MaxItems(MAX_DATA),
        "points, each with label, value and place; or a file, with `from`",
    ]
    map: Annotated[Asset | None, "the map: a picture, an SVG or a PDF in an assets folder"] = None
    map_colour: Annotated[
        SwatchName | None, "swatch for the whole map, if it is a drawing (default: its own colours)"
    ] = None
    size: Annotated[
        Extent | None, "diameter of the largest symbol (default: an eighth of the width of the map)"
    ] = None
    figures: Annotated[bool, "print the value after each label"] = True
    key: Annotated[bool, "print the key of sizes below the map"] = True


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    """A point with a known place, in fractions of the map from the left and the top; `paint` is None if it is not highlighted."""

    point: MapPoint
    value: float | None
    x: float
    y: float
    paint: Paint | None


Box = tuple[float, float, float, float]
"""The area of a map in its units: left, top, width and height."""


def read_map_points(
    block: SymbolMapFields, box: Box, context: BlockContext
) -> tuple[SymbolMapFields, tuple[PlacedPoint, ...]] | None:
    """Return the chart, with number formats as in its file, and its points; None, with findings, if it has errors."""
    before = len(context.findings)
    resolve_values(block, context)
    if any(isinstance(one, DataSource) for one in block.data):
        # Imported here: most charts have their entries in the layout.
        from brochure.blocks.charts.map_file import read_map_files

        block = read_map_files(block, context)
    points = [one for one in block.data if isinstance(one, MapPoint)]
    places = _find_elements(block, points, context)
    placed = tuple(
        known for one in points if (known := _place(one, box, places, context)) is not None
    )
    if any(one.severity is Severity.ERROR for one in context.findings[before:]):
        return None
    if not any(one.value for one in placed):
        message = "no point of the map has a value above 0"
        context.note("chart-data", message, block.span, "write at least one place with a value")
        return None
    return block, placed


def _find_elements(
    block: SymbolMapFields, points: list[MapPoint], context: BlockContext
) -> Mapping[str, Place]:
    """Return the places of the elements that the points name; report those that the map does not have."""
    wanted = {one.id: one.span for one in reversed(points) if one.id}
    if not wanted or block.map is None:
        return {}
    first = next(iter(reversed(wanted.values())))
    vector = context.edition.vectors.get(block.map.path)
    if vector is None or not vector.name.lower().endswith(".svg"):
        message = "points can name elements by 'id' only on an SVG map"
        context.note("map-place", message, first, "give their places with 'x' and 'y'")
        return {}
    try:
        places, known = find_element_places(vector.project.read(vector.name), wanted)
    except SvgError as failure:
        message = f"{vector.project.label(vector.name)} cannot be used: {failure}"
        context.note("drawing-unusable", message, block.map.span)
        return {}
    for name in reversed(wanted):
        if name not in places:
            label = vector.project.label(vector.name)
            what = "has no extent" if name in known else "does not exist"
            hint = "" if name in known else nearest(name, known)
            context.note("map-place", f"the element '{name}' {what} in {label}", wanted[name], hint)
    return places


def _place(
    one: MapPoint, box: Box, places: Mapping[str, Place], context: BlockContext
) -> PlacedPoint | None:
    """Return a point with its place on the map; None, with a finding, if it has none."""
    value = resolve_number(one.value, context)
    if value is not None and value < 0:
        message = f"the value {value:g} is negative, and a symbol has no negative area"
        context.note("chart-data", message, one.span, "leave it out, or use a bar-chart")
        return None
    if (one.id is None) is (one.x is None or one.y is None):
        message = "a point of a map needs one place: 'x' and 'y', or the 'id' of an element"
        context.note("map-place", message, one.span, "e.g. x: 34%, y: 62%")
        return None
    if one.id is not None:
        if one.id not in places:
            return None  # reported
        shares = tuple(_share(at, box, axis) for axis, at in enumerate(places[one.id]))
    else:
        shares = tuple(_share(at, box, axis) for axis, at in enumerate((one.x, one.y)))
    if not all(0 <= share <= 1 for share in shares):
        context.note(
            "map-place", _describe_outside(one, box, shares), one.span, "correct its place"
        )
        return None
    return PlacedPoint(one, value, shares[0], shares[1], context.paint(one.colour))


def _share(at: Share | float | None, box: Box, axis: int) -> float:
    """Return a place as a fraction of the map."""
    if isinstance(at, Share):
        return at.fraction
    return ((at or 0.0) - box[axis]) / box[axis + 2]


def _describe_outside(one: MapPoint, box: Box, shares: tuple[float, ...]) -> str:
    axis = next(at for at, share in enumerate(shares) if not 0 <= share <= 1)
    name = "xy"[axis]
    if one.id is not None:
        return f"the element '{one.id}' is outside the map"
    value = (one.x, one.y)[axis]
    if isinstance(value, Share):
        return f"{name}: {value.fraction * 100:g}% is outside the map; expected 0% to 100%"
    end = box[axis] + box[axis + 2]
    return f"{name}: {value:g} is outside the map, which reaches from {box[axis]:g} to {end:g}"


def plain_units(block: SymbolMapFields) -> SymbolMapFields:
    """Return the block without a unit after each figure; the key and the table name it once."""
    return replace(block, unit=None)


def list_texts(points: tuple[PlacedPoint, ...], context: BlockContext) -> Iterator[str]:
    """Yield the text of each point's label."""
    for one in points:
        point = one.point
        yield point.words or (context.edition.words(point.label) if point.label else "")
