"""Converts swatches and paints to `ColourValue`: ink amounts and relative luminance (WCAG 2.2).

Luminance is computed with the ICC profile of the printing condition.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.color.contrast import luminance as relative_luminance
from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import DEFAULT, PressCondition, shipped_condition
from brochure.color.swatch import Cmyk, Grey, Paint, Rgb
from brochure.color.swatch import Spot as SpotInk
from brochure.preflight.model import PROCESS_INKS, ColourSpace, ColourValue


def colour_from_paint(paint: Paint, press: PressCondition) -> ColourValue:
    """Convert a paint to the colour that this press prints."""
    return replace(
        colour_from_swatch(in_ink(paint.colour, press), press),
        opacity=paint.opacity,
        overprint=paint.overprint,
    )


def colour_from_swatch(
    colour: Cmyk | SpotInk | Rgb | Grey, press: PressCondition | None = None
) -> ColourValue:
    """Convert a colour without changing its colour space (default press: that of `printing_condition`)."""
    luminance = relative_luminance(in_light(colour, press or shipped_condition(DEFAULT)))
    match colour:
        case Cmyk(c, m, y, k):
            inks = zip(PROCESS_INKS, (c, m, y, k), strict=True)
            return ColourValue(
                ColourSpace.CMYK, tuple(one for one in inks if one[1] > 0), luminance
            )
        case SpotInk():
            return ColourValue(ColourSpace.SPOT, ((colour.name, colour.tint),), luminance)
        case Grey(shade):
            return ColourValue(
                ColourSpace.GREY, (("black", 1 - shade),) if shade < 1 else (), luminance
            )
        case Rgb():
            return ColourValue(ColourSpace.RGB, (), luminance)
