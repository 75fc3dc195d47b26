"""Tints: colours as checks see them, with the light that they leave on paper.

Takes swatches of the layout and the operands of a PDF's colour operators; gives `ColourValue`. Light is relative luminance (WCAG
2.2), through the press condition's profile.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.color.contrast import luminance
from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import DEFAULT, PressCondition, shipped_condition
from brochure.color.swatch import Cmyk, Grey, Paint, Rgb
from brochure.color.swatch import Spot as SpotInk
from brochure.preflight.model import ColourSpace, ColourValue

NAMES = ("cyan", "magenta", "yellow", "black")


def colour_from_paint(paint: Paint, press: PressCondition) -> ColourValue:
    """A paint as it goes to this press."""
    return replace(
        colour_from_swatch(in_ink(paint.colour, press), press),
        opacity=paint.opacity,
        overprint=paint.overprint,
    )


def colour_from_swatch(
    colour: Cmyk | SpotInk | Rgb | Grey, press: PressCondition | None = None
) -> ColourValue:
    """A colour that stays what it is; without a press, the light is that of the usual one."""
    light = luminance(in_light(colour, press or shipped_condition(DEFAULT)))
    match colour:
        case Cmyk(c, m, y, k):
            inks = zip(NAMES, (c, m, y, k), strict=True)
            return ColourValue(ColourSpace.CMYK, tuple(one for one in inks if one[1] > 0), light)
        case SpotInk():
            return ColourValue(ColourSpace.SPOT, ((colour.name, colour.tint),), light)
        case Grey(shade):
            return ColourValue(
                ColourSpace.GREY, (("black", 1 - shade),) if shade < 1 else (), light
            )
        case Rgb():
            return ColourValue(ColourSpace.RGB, (), light)
