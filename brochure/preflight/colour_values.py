"""Converts swatches and paints to `ColourValue`, ink amounts and relative luminance (WCAG 2.2), and lists inks of objects.

Luminance is computed with the ICC profile of the printing condition.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import DEFAULT, PressCondition, shipped_condition
from brochure.color.swatch import Cmyk, Grey, Paint, Rgb
from brochure.color.swatch import Spot as SpotInk
from brochure.color.swatch import luminance as relative_luminance
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    ImageObject,
    PageObject,
    PathObject,
    list_colours,
)

PROCESS_INKS = ("cyan", "magenta", "yellow", "black")


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


TRACE = 0.5 / 255
"""Coverage below which an ink is not printed."""


def list_inks(item: PageObject) -> list[str]:
    """Return the inks that an object is printed in, each once; an image in colour needs all process inks."""
    if isinstance(item, ImageObject):
        if item.inks:
            return list(item.inks)
        return ["black"] if item.space is ColourSpace.GREY else list(PROCESS_INKS)
    pairs = (pair for colour in list_colours(item) if colour.opacity for pair in colour.inks)
    names = [name for name, amount in pairs if amount > TRACE]
    shaded = item.inks if isinstance(item, PathObject) else ()
    return list(dict.fromkeys((*names, *shaded)))


def list_named_inks(item: PageObject) -> tuple[str, ...]:
    """Return the inks that the colours of an object name, also those with no coverage."""
    if isinstance(item, ImageObject):
        return item.inks
    names = tuple(name for colour in list_colours(item) for name, _ in colour.inks)
    return (*names, *item.inks) if isinstance(item, PathObject) else names
