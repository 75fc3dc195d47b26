"""Rule: a line across the column.

Example:
    - rule: 100%
      thickness: 0.5 pt
      colour: ember
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Outline, Path, Stroke
from brochure.model.galley import Galley, GalleyBox
from brochure.spec.constraints import Distance, Extent, Part
from brochure.spec.values import Length, Share, SwatchName
from brochure.typeset.style import Align


class Dash(Enum):
    """A dash pattern by name."""

    DOTTED = "dotted"


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
    if block.dash is Dash.DOTTED:
        line, stroke = _space_dots(x, length, Stroke(paint, thickness, round_cap=True))
    else:
        dash = tuple(context.points(part) for part in block.dash)
        line, stroke = (x, x + length), Stroke(paint, thickness, dash)
    y = -thickness / 2
    outline = Outline((line[0], y), ((line[1], y),), closed=False)
    return (
        GalleyBox(
            context.measure,
            thickness,
            (Path((outline,), stroke=stroke, span=block.span),),
            context.points(block.space_before),
            context.points(block.space_after),
        ),
    )


DOT_STEP = 2.0
"""Distance of the centres of two dots, in dots."""


def _space_dots(x: float, length: float, stroke: Stroke) -> tuple[tuple[float, float], Stroke]:
    """Return the ends and the stroke of a dotted line, which begins and ends with a whole dot."""
    dot = stroke.width
    between = max(0.0, length - dot)
    gaps = max(1, round(between / (DOT_STEP * dot))) if dot else 1
    ends = (x + dot / 2, x + dot / 2 + between)
    # A dash of length 0 with round caps is a dot (ISO 32000-1, 8.4.3.6).
    return ends, replace(stroke, dash=(0.0, between / gaps) if between else ())
