"""Rule: a line across the column.

Example:
    - rule: 100%
      thickness: 0.5 pt
      colour: ember
"""

from __future__ import annotations

from typing import Annotated

from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Outline, Path, Stroke
from brochure.model.galley import Galley, Slab
from brochure.spec.constraints import Distance, Extent, Part
from brochure.spec.values import Length, Share, SwatchName
from brochure.typeset.style import Align


@dataclass(frozen=True, slots=True)
class Rule:
    """A line."""

    span: Span
    width: Annotated[Extent | Part, "how long: a share of the column, or a length"] = Share(1.0)
    thickness: Annotated[Distance, "how thick"] = Length(0.5)
    colour: Annotated[SwatchName | None, "its swatch; black unless told"] = None
    align: Annotated[Align, "start, centre or end of the column"] = Align.START
    dash: Annotated[tuple[Distance, ...], "lengths of strokes and gaps in turn: [2 pt, 3 pt]"] = ()
    space_before: Annotated[Distance, "above it"] = Length(lines=0.5)
    space_after: Annotated[Distance, "below it"] = Length(lines=0.5)


def galley(block: Rule, context: BlockContext) -> Galley:
    """The line as a slab as high as it is thick."""
    width = block.width
    long = context.measure * width.fraction if isinstance(width, Share) else context.points(width)
    x = context.left(block.align, max(0.0, context.measure - long))
    thick = context.points(block.thickness)
    dash = tuple(context.points(length) for length in block.dash)
    line = Outline((x, -thick / 2), ((x + long, -thick / 2),), closed=False)
    stroke = Stroke(context.paint(block.colour) or BLACK, thick, dash)
    return (
        Slab(
            context.measure,
            thick,
            (Path((line,), stroke=stroke, span=block.span),),
            context.points(block.space_before),
            context.points(block.space_after),
        ),
    )
