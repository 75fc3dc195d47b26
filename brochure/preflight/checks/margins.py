"""Checks of distances to the edges of the page: bleed, safety margin and gutter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.geometry import MM, Rect
from brochure.lazy_pattern import compile_lazily
from brochure.preflight.check import check
from brochure.preflight.model import (
    ImageObject,
    PageContent,
    PageEdge,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    describe,
    list_colours,
    make_finding,
)

TOUCH = 0.5
"""An object that ends within this distance of the trim, in points, is meant to end at the trim."""

MARGIN_TOLERANCE = 0.3
"""Points by which a margin may fall short."""


@check(
    "bleed",
    source="ISO 15930-7, BleedBox; common practice: 3 mm",
    severity=Severity.ERROR,
    by_page=True,
)
def bleed(
    objects: PageObjects,
    *,
    bleed: Annotated[float, "width of the bleed, in millimetres"] = 3,
) -> Iterator[Finding]:
    """Objects that reach the trim extend over the bleed.

    What: images and filled areas that end at the trim, or between it and the edge of the bleed, at an edge that is cut.
    Why: cutting is never exact; half a millimetre off leaves a white line at the edge.
    Fix: extend the frame over the bleed: `bleed`, or `bleed outer` in its placement.
    """
    for page in objects.pages:
        # Creep uses up part of the bleed at the fore edge of imposed pages.
        required = 2 * TOUCH if IMPOSED_LABEL.fullmatch(page.label) else bleed * MM
        for item in page.objects:
            short = _measure_short_bleed(item, page, required) if _bleeds(item) else {}
            if short:
                what = item.name if isinstance(item, ImageObject) else "a filled area"
                least = min(short.values())
                extent = "without" if least < TOUCH else f"with {_format_mm(least)} of"
                message = f"{what} ends at {_name_edges(short)} {extent} bleed"
                hint = f"extend it by {_format_mm(bleed * MM - max(0.0, least))}"
                yield make_finding(message, item.location, hint)


IMPOSED_LABEL = compile_lazily(r"\d+ (front|back|front and back)")
"""Page labels of imposed sheets in files of brochure."""


def _bleeds(item: PageObject) -> bool:
    if isinstance(item, PathObject):
        return item.fill is not None and not item.fill.is_paper_white
    return isinstance(item, ImageObject)


def _measure_short_bleed(
    item: PageObject, page: PageContent, bleed_width: float
) -> Mapping[PageEdge, float]:
    """Return the bleed at the edges that the object reaches without covering the whole bleed; folds are not cut."""
    bounds = _find_bounds_on_page(item, page)
    return {
        edge: -distance
        for edge, distance in (_measure_distances(bounds, page) if bounds else {}).items()
        if edge not in page.folds and TOUCH - bleed_width < distance < TOUCH
    }


def _find_bounds_on_page(item: PageObject, page: PageContent) -> Rect | None:
    """Return the bounds of what is on the page; None if the object lies outside the trim, like printer's marks."""
    if isinstance(item, PathObject):
        return item.find_bounds_within(page.trim)
    return item.bounds if item.bounds.overlaps(page.trim) else None


@check(
    "safety",
    source="common practice: a safety margin of 3 mm for brochures",
    severity=Severity.WARNING,
)
def safety(
    objects: PageObjects, *, margin: Annotated[float, "minimum distance, in millimetres"] = 3
) -> Iterator[Finding]:
    """Text and drawings keep a safety margin from the edges that are cut.

    What: text closer to the trim than `margin`, and images, filled areas and logos that end there without reaching the trim.
    Why: paper moves while it is cut; what is too close to the edge is cut off on some copies.
    Fix: move it inwards, or let it bleed.
    """
    for page in objects.pages:
        for item in page.objects:
            near = _find_near_edges(item, page, margin * MM)
            if near:
                distances = _measure_distances(
                    _find_bounds_on_page(item, page) or item.bounds, page
                )
                nearest = min(distances[edge] for edge in near)
                where = f"{_format_mm(nearest)} from" if nearest > 0 else "across"
                message = f"{describe(item)} is {where} {_name_edges(near)}"
                hint = f"keep a distance of at least {margin:g} mm"
                yield make_finding(message, item.location, hint)


def _find_near_edges(item: PageObject, page: PageContent, margin: float) -> list[PageEdge]:
    """Return the edges that the object is too close to; anything but text that touches the trim is meant to bleed."""
    if isinstance(item, PathObject) and all(one.is_paper_white for one in list_colours(item)):
        return []
    is_text = isinstance(item, TextObject) and not item.is_blank
    minimum = float("-inf") if is_text else TOUCH
    # Text beside the page is cut off as well.
    bounds = item.bounds if is_text else _find_bounds_on_page(item, page)
    return [
        edge
        for edge, distance in (_measure_distances(bounds, page) if bounds else {}).items()
        if edge not in page.folds and minimum < distance < margin - MARGIN_TOLERANCE
    ]


@check(
    "gutter",
    source="common practice: the minimum inner margin for saddle stitch; perfect binding needs twice that",
    severity=Severity.WARNING,
)
def gutter(
    objects: PageObjects, *, margin: Annotated[float, "minimum distance, in millimetres"] = 4
) -> Iterator[Finding]:
    """Text and drawings keep a distance from the spine.

    What: on bound pages, text closer to the spine than `margin`, and drawings that end there.
    Why: a bound brochure does not open flat; the last millimetres before the spine cannot be read.
    Fix: move it outwards, or give the grid a wider inner margin.
    """
    for page in objects.pages:
        if len(page.folds) != 1:  # only a bound page has exactly one fold, its spine
            continue
        for item in page.objects:
            distance = _measure_spine_distance(item, page)
            if distance is not None and distance < margin * MM - MARGIN_TOLERANCE:
                where = f"{_format_mm(distance)} from" if distance > 0 else "across"
                message = f"{describe(item)} is {where} the spine"
                hint = f"keep a distance of at least {margin:g} mm"
                yield make_finding(message, item.location, hint)


def _measure_spine_distance(item: PageObject, page: PageContent) -> float | None:
    """Return the distance from the spine; None for images, filled areas and drawings that run across it."""
    (spine,) = page.folds
    distance = _measure_distances(item.bounds, page)[spine]
    if isinstance(item, TextObject) and not item.is_blank:
        return distance
    is_drawing = isinstance(item, PathObject) and item.is_drawing
    return distance if is_drawing and distance > TOUCH else None


def _measure_distances(bounds: Rect, page: PageContent) -> Mapping[PageEdge, float]:
    """Return the distance of a rectangle from each edge of the trim, positive inside it."""
    return {
        PageEdge.LEFT: bounds.x,
        PageEdge.RIGHT: page.width - bounds.right,
        PageEdge.TOP: page.height - bounds.top,
        PageEdge.BOTTOM: bounds.y,
    }


def _name_edges(edges: Iterable[PageEdge]) -> str:
    words = [edge.value for edge in edges]
    return f"the {' and '.join(words)} {'edge' if len(words) == 1 else 'edges'}"


def _format_mm(points: float) -> str:
    return f"{points / MM:.1f} mm"
