"""Vector: a vector drawing from an SVG file, such as a logo, a map or an icon.

The outlines go into the PDF unchanged, sharp at any size. `colour` fills all of them with one swatch, for example for a logo
on a coloured background. `alt` is the alternative text; write `alt: none` if the drawing is decorative.

Example:
    - vector: logo.svg
      alt: none
      colour: ember
      height: 12 mm
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from brochure.blocks.svg.cached import load_drawing
from brochure.blocks.svg.complexity import SvgError
from brochure.blocks.svg.drawing import SvgDrawing, SvgShape
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import ARTIFACT, Outline, Path
from brochure.model.galley import Galley, Slab
from brochure.spec.constraints import Distance, Extent, Part
from brochure.spec.values import Asset, Length, Message, Share, SwatchName
from brochure.typeset.style import Align

Transform = Callable[[tuple[float, ...]], tuple[float, ...]]
"""Maps coordinates of the drawing to points on the page."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A drawing."""

    span: Span
    vector: Annotated[Asset, "SVG file in an assets folder"]
    alt: Annotated[Message | None, "alternative text; `none` if the drawing is decorative"]
    width: Annotated[
        Extent | Part | None,
        "width: a length or a percentage of the column (default: from the height, or the column width)",
    ] = None
    height: Annotated[
        Extent | None,
        "height (default: from the width); with both, the drawing is fitted and centred",
    ] = None
    colour: Annotated[
        SwatchName | None, "swatch for all outlines (default: the drawing's own colours)"
    ] = None
    align: Annotated[Align, "position in the column: start, centre or end"] = Align.START
    space_before: Annotated[Distance, "space above"] = Length()
    space_after: Annotated[Distance, "space below"] = Length()


def galley(block: Vector, context: BlockContext) -> Galley:
    """Typeset the drawing as one slab."""
    file = context.edition.vectors.get(block.vector.path)
    if file is None:
        return ()
    project = context.edition.project
    try:
        drawing = load_drawing(file.name, project)
    except SvgError as failure:
        message = f"{project.label(file.name)} cannot be used: {failure}"
        context.note("drawing-unusable", message, block.vector.span)
        return ()
    width, height = _size(block, context, drawing)
    x = context.left(block.align, max(0.0, context.measure - width))
    tag = context.tag("Figure", context.edition.words(block.alt)) if block.alt else ARTIFACT
    items = place_drawing(drawing, Rect(x, -height, width, height), context.paint(block.colour))
    tagged = tuple(replace(path, tag=tag, span=block.span) for path in items)
    before, after = context.points(block.space_before), context.points(block.space_after)
    return (Slab(context.measure, height, tagged, before, after, span=block.span),)


def _size(block: Vector, context: BlockContext, drawing: SvgDrawing) -> tuple[float, float]:
    _, _, wide, high = drawing.box
    width = block.width
    if width is None and block.height is None:
        return context.measure, context.measure * high / wide
    if width is None:
        tall = context.points(block.height)
        return tall * wide / high, tall
    across = context.measure * width.fraction if isinstance(width, Share) else context.points(width)
    return across, (context.points(block.height) if block.height else across * high / wide)


def place_drawing(drawing: SvgDrawing, rect: Rect, paint: Paint | None) -> tuple[Path, ...]:
    """Return the shapes of a drawing fitted into a rectangle and centred, in one paint or in their own."""
    x, y, wide, high = drawing.box
    scale = min(rect.width / wide, rect.height / high)
    left = rect.x + (rect.width - wide * scale) / 2
    top = rect.top - (rect.height - high * scale) / 2

    def place(numbers: tuple[float, ...]) -> tuple[float, ...]:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = ((left + (px - x) * scale, top - (py - y) * scale) for px, py in pairs)
        return tuple(number for point in points for number in point)

    return tuple(_path(shape, place, paint) for shape in drawing.shapes)


def _path(shape: SvgShape, place: Transform, paint: Paint | None) -> Path:
    outlines = tuple(
        Outline(
            (place(o.start)[0], place(o.start)[1]),
            tuple(place(segment) for segment in o.segments),
            o.closed,
        )
        for o in shape.outlines
    )
    return Path(outlines, fill=paint or shape.fill, even_odd=shape.even_odd)
