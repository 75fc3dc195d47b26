"""Rule: a line across the column.

Example:
    - rule: 100%
      thickness: 0.5 pt
      colour: ember
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.model.galley import Galley, GalleyBox
from brochure.model.shading import draw_line
from brochure.spec.constraints import Distance, Extent, Part
from brochure.spec.styles import Dash
from brochure.spec.values import Length, Share, SwatchName
from brochure.typeset.style import Align


@dataclass(frozen=True, slots=True)
class Rule:
    """A line."""

    span: Span
    width: Annotated[
        Extent | Part, "length of the line: a percentage of the column or a length"
    ] = Share(1.0)
    thickness: Annotated[Distance, "line weight"] = Length(0.5)
    colour: Annotated[SwatchName | None, "swatch (default: black)"] = None
    align: Annotated[Align, "position in the column: start, centre or end"] = Align.START
    dash: Annotated[
        tuple[Distance, ...] | Dash,
        "dash pattern: lengths of dashes and gaps, such as [2 pt, 3 pt], or `dotted` for round dots",
    ] = ()
    space_before: Annotated[Distance, "space above"] = Length(lines=0.5)
    space_after: Annotated[Distance, "space below"] = Length(lines=0.5)


def galley(block: Rule, context: BlockContext) -> Galley:
    """Draw the line; its height is its line weight."""
    width = block.width
    length = context.measure * width.fraction if isinstance(width, Share) else context.points(width)
    x = context.left(block.align, max(0.0, context.measure - length))
    thickness = context.points(block.thickness)
    paint = context.paint(block.colour) or BLACK
    dash = () if isinstance(block.dash, Dash) else tuple(map(context.points, block.dash))
    line = draw_line(
        (x, x + length),
        -thickness / 2,
        Stroke(paint, thickness, dash),
        is_dotted=block.dash is Dash.DOTTED,
    )
    return (
        GalleyBox(
            context.measure,
            thickness,
            (replace(line, span=block.span),),
            context.points(block.space_before),
            context.points(block.space_after),
        ),
    )
