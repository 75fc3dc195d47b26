"""Box: blocks in a box with an optional background, border and rounded corners.

A box is never divided between columns or frames.

Example:
    - box:
        - heading: aside.head
          level: 3
        - text: aside.text
      background: sand
      inset: 4 mm
"""

from __future__ import annotations

from typing import Annotated

from brochure.blocks import set_blocks
from brochure.blocks._shapes import ClipShape, shape_outline
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Item, Path, Stroke
from brochure.model.galley import Galley, GalleyBox, join_shadings, move_item
from brochure.model.paragraph_box import stack
from brochure.spec.constraints import Distance
from brochure.spec.edges import Border
from brochure.spec.model import Content
from brochure.spec.values import BackgroundName, Length


@dataclass(frozen=True, slots=True)
class Box:
    """A box."""

    span: Span
    content: Annotated[Content, "the blocks inside"]
    background: Annotated[BackgroundName | None, "background swatch"] = None
    border: Annotated[Border | None, "border line"] = None
    inset: Annotated[Distance, "distance from the edges to the content"] = Length(8.504)
    corner: Annotated[Distance, "corner radius"] = Length()
    space_before: Annotated[Distance, "space above"] = Length(lines=1)
    space_after: Annotated[Distance, "space below"] = Length(lines=1)


def galley(block: Box, context: BlockContext) -> Galley:
    """Typeset the box as one box."""
    inset = context.points(block.inset)
    inside = context.narrowed(context.measure - 2 * inset)
    content = join_shadings(set_blocks(block.content, inside))
    pieces = [inside.set_piece(piece) for piece in content]
    inner = stack(pieces, inside.measure)
    height = inner.height + 2 * inset
    items = (
        *_background(block, context, Rect(0.0, -height, context.measure, height)),
        *(move_item(item, inset, -inset) for item in inner.items),
    )
    return (
        GalleyBox(
            context.measure,
            height,
            items,
            context.points(block.space_before),
            context.points(block.space_after),
            span=block.span,
        ),
    )


def _background(block: Box, context: BlockContext, rect: Rect) -> tuple[Item, ...]:
    fill = context.paint(block.background)
    border = context.paint(block.border.colour) if block.border else None
    if not fill and not border:
        return ()
    corner = context.points(block.corner)
    stroke = None
    if block.border and border:
        width = context.points(block.border.width)
        stroke = Stroke(border, width)
        rect = rect.expand(-width / 2)
    shape = ClipShape.ROUNDED if corner else ClipShape.RECTANGLE
    return (Path((shape_outline(shape, rect, corner),), fill=fill, stroke=stroke, span=block.span),)
