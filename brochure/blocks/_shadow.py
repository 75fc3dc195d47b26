"""Drop shadow of a picture: the shape of the picture, moved, blurred and multiplied with what is beneath."""

from __future__ import annotations

from math import ceil
from typing import Annotated

from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import MM, Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Blend, DropShadow, Picture, bounds
from brochure.model.galley import translate_outlines
from brochure.spec.constraints import Bounds, MaxItems, Width
from brochure.spec.values import Length, Share, SwatchName

MIN_PPI, MAX_PPI = 72.0, 300.0
PIXELS_PER_BLUR = 12.0
"""Pixels across the blur of a shadow, which are enough to be smooth."""

REACH = 1.5
"""How far a blurred edge reaches, as a share of the blur: three standard deviations."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """A drop shadow."""

    span: Span
    offset: Annotated[
        tuple[Annotated[Length, Bounds(-300, 300)], ...],
        MaxItems(2),
        "distance to the right and downwards, such as [1 mm, 1 mm]; one length for both",
    ] = (Length(MM),)
    blur: Annotated[Width, "width of the blurred edge; 0 for a sharp one"] = Length(2 * MM)
    colour: Annotated[SwatchName | None, "swatch (default: black)"] = None
    opacity: Annotated[Share, "opacity"] = Share(0.4)


def make_shadow(
    shadow: Shadow, picture: Picture, context: BlockContext, *, is_cut_out: bool
) -> DropShadow:
    """Return the shadow of a picture; one with an alpha channel is `cut_out`, and its own shape casts the shadow."""
    blur = context.points(shadow.blur)
    across, down = (context.points(one) for one in (shadow.offset * 2)[:2])
    ppi = min(MAX_PPI, max(MIN_PPI, PIXELS_PER_BLUR * 72 / blur)) if blur else MAX_PPI
    area = bounds(picture.clip).expand(REACH * blur)
    pixels = ceil(area.width * ppi / 72), ceil(area.height * ppi / 72)
    width, height = pixels[0] * 72 / ppi, pixels[1] * 72 / ppi
    paint = context.paint(shadow.colour) or BLACK
    return DropShadow(
        Rect(area.x + across, area.y - down, width, height),
        picture.asset,
        pixels,
        (),
        span=shadow.span,
        opacity=shadow.opacity.fraction * paint.opacity * picture.opacity,
        blend=Blend.MULTIPLY,
        colour=paint.colour,
        blur=blur,
        caster=translate_outlines(picture.clip, -area.x, -area.y),
        cut_out=picture.rect.translate(-area.x, -area.y) if is_cut_out else None,
    )
