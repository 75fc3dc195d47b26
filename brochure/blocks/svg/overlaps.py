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
from brochure.blocks.svg.drawing import SvgChunk
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
            _check_text(mark, parts)
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
            _check_text(part, [above])
            yield part
            continue
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


WIDEST, ASCENT, DESCENT = 1.1, 1.2, 0.4
"""Estimates of the size of letters, in ems: their fonts are not known here."""


def _check_text(text: PaintedText, others: Sequence[Mark]) -> None:
    """Refuse a text in a group with opacity that may overlap shapes: letters cannot be cut out of them."""
    boxes = [_text_box(text, chunk) for chunk in text.text.chunks]
    shapes = [_box(one.area) for one in others if isinstance(one, Painted)]
    if any(box.overlaps(shape) for box in boxes for shape in shapes):
        refuse(
            text.text.element,
            "text on other parts of a group with opacity is not supported; give the opacity to the parts",
        )


def _text_box(text: PaintedText, chunk: SvgChunk) -> Rect:
    """Return a box that contains a part of a text, wherever its anchor is; very large if its place is not known."""
    spans = [span for piece in chunk.pieces for span in piece.spans]
    size = max(span.font.size for span in spans)
    if chunk.x is None or chunk.y is None or any(piece.dx or piece.dy for piece in chunk.pieces):
        return Rect(-1e6, -1e6, 2e6, 2e6)
    width = sum(len(span.text) * (span.font.size * WIDEST + span.font.spacing) for span in spans)
    height = (ASCENT + DESCENT) * size
    return text.matrix.box(Rect(chunk.x - width, chunk.y - ASCENT * size, 2 * width, height))


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
