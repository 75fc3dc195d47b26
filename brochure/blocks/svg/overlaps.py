"""Opacity of a group of shapes.

Shapes of a group with opacity do not show through each other. Where they overlap, the parts beneath are removed or, if the
shapes above are transparent, painted in the mixture of both, so that every point is covered once; then each part has the
opacity of the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.painted import Fill, Mark, Painted, PaintedText, Shading, ShadingStop
from brochure.color.swatch import Rgb
from brochure.geometry import Rect

MIN_OVERLAP = 0.5
"""Overlaps of a smaller area, in square working units, are rounding errors at common edges."""


def fade(element: Any, marks: Sequence[Mark], opacity: float) -> Iterator[Mark]:
    """Yield marks that look like the group of these marks with an opacity; `element` is the group."""
    if opacity <= 0:
        return
    parts: list[Mark] = []
    for mark in marks:
        if isinstance(mark, PaintedText):
            if parts:
                refuse(
                    mark.text.element,
                    "text above other parts of a group with opacity is not supported; give the opacity to the parts",
                )
            parts.append(mark)
        else:
            parts = list(_add(element, parts, mark))
    for part in parts:
        yield replace(part, opacity=part.opacity * opacity)


def _add(element: Any, parts: Sequence[Mark], above: Painted) -> Iterator[Mark]:
    """Yield disjoint parts that look like these with one more shape above them."""
    rest = above
    for part in parts:
        if isinstance(part, PaintedText):
            refuse(
                part.text.element,
                "text below other parts of a group with opacity is not supported; give the opacity to the parts",
            )
        common = _overlap(part, above)
        if common is None:
            yield part
            continue
        yield replace(part, area=geometry.difference(part.area, above.area))
        if above.is_transparent:
            fill, opacity = _mix(element, part, above)
            yield Painted(common, fill, opacity)
            rest = replace(rest, area=geometry.difference(rest.area, common))
    yield rest


def _overlap(first: Painted, second: Painted) -> Any:
    """Return the area that both cover; None if it is negligible."""
    if not _box(first.area).overlaps(_box(second.area)):
        return None
    common = geometry.intersection(first.area, second.area)
    return common if abs(float(common.area)) > MIN_OVERLAP else None


def _box(area: Any) -> Rect:
    left, top, right, bottom = area.bounds
    return Rect(left, top, right - left, bottom - top)


def _mix(element: Any, below: Painted, above: Painted) -> tuple[Fill, float]:
    """Return what one shape looks like on another one, as one fill with an opacity."""
    if isinstance(above.fill, Shading):
        if isinstance(below.fill, Shading):
            refuse(
                element, "its gradients are transparent and overlap, which opacity does not support"
            )
        base = (below.fill, below.opacity)
        stops = [
            (one, _over((one.colour, one.opacity * above.opacity), base))
            for one in above.fill.stops
        ]
        return _shade(above.fill, stops), 1.0
    top = (above.fill, above.opacity)
    if isinstance(below.fill, Shading):
        stops = [
            (one, _over(top, (one.colour, one.opacity * below.opacity))) for one in below.fill.stops
        ]
        return _shade(below.fill, stops), 1.0
    return _over(top, (below.fill, below.opacity))


Transparent = tuple[Rgb, float]
"""A colour with its opacity."""


def _shade(shading: Shading, stops: Sequence[tuple[ShadingStop, Transparent]]) -> Shading:
    """Return a gradient with mixed stops."""
    mixed = (ShadingStop(stop.offset, colour, opacity) for stop, (colour, opacity) in stops)
    return replace(shading, stops=tuple(mixed))


def _over(above: Transparent, below: Transparent) -> Transparent:
    """Return the colour and opacity of one colour on another one (Compositing 1, 5.1)."""
    (top, own), (base, alpha) = above, below
    opacity = own + alpha * (1 - own)
    if not opacity:
        return top, 0.0
    share = own / opacity
    parts = zip((top.r, top.g, top.b), (base.r, base.g, base.b), strict=True)
    return Rgb(*(one * share + other * (1 - share) for one, other in parts)), opacity
