"""Colours of a finished PDF: spaces and operands (ISO 32000-1, 8.6).

Takes a colour space as a page's resources have it, and the operands of a colour operator; gives `ColourValue`. Spaces that nobody
prints brochures in come out as patterns, of which nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from brochure.color.swatch import Cmyk, Grey, Rgb
from brochure.fast_dataclass import dataclass
from brochure.preflight.model import ColourSpace, ColourValue
from brochure.preflight.tints import NAMES, colour_from_swatch

DEVICE = {
    **dict.fromkeys(("/DeviceGray", "/G", "/CalGray"), ColourSpace.GREY),
    **dict.fromkeys(("/DeviceRGB", "/RGB", "/CalRGB"), ColourSpace.RGB),
    **dict.fromkeys(("/DeviceCMYK", "/CMYK"), ColourSpace.CMYK),
    "/Lab": ColourSpace.LAB,
    "/Pattern": ColourSpace.PATTERN,
}
CALIBRATED = ("/CalGray", "/CalRGB", "/Lab")
BY_PARTS = {1: ColourSpace.GREY, 3: ColourSpace.RGB, 4: ColourSpace.CMYK}
PROCESS = {name.capitalize(): name for name in NAMES}


@dataclass(frozen=True, slots=True)
class PdfSpace:
    """A colour space: what it is, and its inks by name where it names them."""

    space: ColourSpace
    inks: tuple[str, ...] = ()
    calibrated: bool = False


BLACK = colour_from_swatch(Cmyk(0, 0, 0, 1))


def read_colour_space(said: Any, resources: Any) -> PdfSpace:
    """A space by its name or as an array."""
    said = said.get_object()
    if isinstance(said, str):
        named = resources.get("/ColorSpace") if resources else None
        own = named.get_object().get(said) if named is not None else None
        if said not in DEVICE and own is not None:
            return read_colour_space(own, None)
        return PdfSpace(DEVICE.get(said, ColourSpace.PATTERN), calibrated=said in CALIBRATED)
    kind = str(said[0])
    if kind == "/ICCBased":
        parts = int(said[1].get_object().get("/N", 3))
        return PdfSpace(BY_PARTS.get(parts, ColourSpace.PATTERN), calibrated=True)
    if kind in ("/Separation", "/DeviceN"):
        named = said[1].get_object()
        inks = tuple(str(one)[1:] for one in (named if isinstance(named, list) else [named]))
        return PdfSpace(ColourSpace.SPOT, inks)
    if kind == "/Indexed":
        return read_colour_space(said[1], resources)
    return PdfSpace(DEVICE.get(kind, ColourSpace.PATTERN), calibrated=kind in CALIBRATED)


def initial_colour(space: PdfSpace) -> ColourValue:
    """The colour that a space begins with (8.6.3): black, or all inks in full."""
    if space.space is ColourSpace.SPOT:
        return read_colour(space, (1.0,) * len(space.inks))
    if space.space is ColourSpace.CMYK:
        return read_colour(space, (0, 0, 0, 1))
    return read_colour(space, (0.0,) * (3 if space.space is ColourSpace.RGB else 1))


def read_colour(space: PdfSpace, operands: Sequence[Any]) -> ColourValue:
    """A colour in a space."""
    figures = [_within(one) for one in operands if isinstance(one, (int, float))]
    match space.space, figures:
        case ColourSpace.GREY, [light]:
            done = colour_from_swatch(Grey(light))
        case ColourSpace.RGB, [r, g, b]:
            done = colour_from_swatch(Rgb(r, g, b))
        case ColourSpace.CMYK, [c, m, y, k]:
            done = colour_from_swatch(Cmyk(c, m, y, k))
        case ColourSpace.SPOT, [*amounts] if len(amounts) == len(space.inks):
            return _inks(space.inks, amounts)
        case ColourSpace.LAB, _:
            done = ColourValue(ColourSpace.LAB, (), 0.5)
        case _:
            return ColourValue(ColourSpace.PATTERN, (), 0.5)
    return replace(done, calibrated=space.calibrated)


def _inks(names: tuple[str, ...], amounts: list[float]) -> ColourValue:
    """Inks by name; those of the process are themselves, and a spot is taken to be of a middling darkness."""
    said = zip(names, amounts, strict=True)
    inks = tuple((PROCESS.get(name, name), amount) for name, amount in said if name != "None")
    by_name = dict(inks)
    ground = colour_from_swatch(Cmyk(*(by_name.get(name, 0.0) for name in NAMES)))
    own = [amount for name, amount in inks if name not in NAMES]
    light = ground.light
    for amount in own:
        light *= 1 - 0.7 * amount
    # Whoever names process inks alone means process printing.
    return ColourValue(ColourSpace.SPOT if own else ColourSpace.CMYK, inks, light)


def _within(value: Any) -> float:
    return min(1.0, max(0.0, float(value)))
