"""Tints: colours as checks see them, with the light that they leave on paper.

Takes swatches of the layout and the operands of a PDF's colour operators; gives `Tint`. Light is relative luminance (WCAG
2.2), through the press condition's profile.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.color.contrast import luminance
from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import DEFAULT, PressCondition, shipped_condition
from brochure.color.swatch import Cmyk, Grey, Paint, Rgb
from brochure.color.swatch import Spot as SpotInk
from brochure.preflight.model import Space, Tint

NAMES = ("cyan", "magenta", "yellow", "black")


def of_paint(paint: Paint, press: PressCondition) -> Tint:
    """A paint as it goes to this press."""
    return replace(
        of_colour(in_ink(paint.colour, press), press),
        opacity=paint.opacity,
        overprint=paint.overprint,
    )


def of_colour(colour: Cmyk | SpotInk | Rgb | Grey, press: PressCondition | None = None) -> Tint:
    """A colour that stays what it is; without a press, the light is that of the usual one."""
    light = luminance(in_light(colour, press or shipped_condition(DEFAULT)))
    match colour:
        case Cmyk(c, m, y, k):
            inks = zip(NAMES, (c, m, y, k), strict=True)
            return Tint(Space.CMYK, tuple(one for one in inks if one[1] > 0), light)
        case SpotInk():
            return Tint(Space.SPOT, ((colour.name, colour.tint),), light)
        case Grey(shade):
            return Tint(Space.GREY, (("black", 1 - shade),) if shade < 1 else (), light)
        case Rgb():
            return Tint(Space.RGB, (), light)
