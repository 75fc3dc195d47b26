"""Converts swatches and paints to `ColourValue`, ink amounts and relative luminance (WCAG 2.2), and lists inks of objects.

Luminance is computed with the ICC profile of the printing condition, and stored in the disk cache.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import DEFAULT, PressCondition, shipped_condition
from brochure.color.swatch import Cmyk, Colour, Grey, Paint, Rgb
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
from brochure.system.cache import Kind, Store, StoredCache

PROCESS_INKS = ("cyan", "magenta", "yellow", "black")


def _pack(values: tuple[ColourValue, ...]) -> bytes:
    return json.dumps([(one.space.name, one.inks, one.luminance) for one in values]).encode()


def _unpack(data: bytes | memoryview) -> tuple[ColourValue, ...]:
    return tuple(
        ColourValue(ColourSpace[space], tuple((name, amount) for name, amount in inks), luminance)
        for space, inks, luminance in json.loads(bytes(data))
    )


COLOURS = StoredCache(
    Kind(
        name="colours",
        version=1,
        serialize=_pack,
        deserialize=_unpack,
        libraries=(("PIL", "pillow"),),
    ),
    max_weight=100_000,
    weigh=len,
)
"""All colours of an edition as printed: its profile need not be read, and Pillow need not be loaded."""


def convert_paints(
    paints: Iterable[Paint], press: PressCondition, store: Store
) -> Mapping[Paint, ColourValue]:
    """Convert each paint of an edition once to the colour that this press prints."""
    distinct = set(paints)
    colours = sorted({paint.colour for paint in distinct}, key=repr)
    conversion = press.profile.digest, press.intent, press.black_point, press.ink_limit

    def convert() -> tuple[ColourValue, ...]:
        return tuple(colour_from_swatch(in_ink(colour, press), press) for colour in colours)

    values = COLOURS.get(repr((conversion, colours)), store, convert)
    printed = dict(zip(colours, values, strict=True))
    return {paint: _apply_paint(paint, printed[paint.colour]) for paint in distinct}


def colour_from_paint(paint: Paint, press: PressCondition) -> ColourValue:
    """Convert a paint to the colour that this press prints."""
    return _apply_paint(paint, colour_from_swatch(in_ink(paint.colour, press), press))


def _apply_paint(paint: Paint, value: ColourValue) -> ColourValue:
    return replace(value, opacity=paint.opacity, overprint=paint.overprint)


def colour_from_swatch(colour: Colour, press: PressCondition | None = None) -> ColourValue:
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
