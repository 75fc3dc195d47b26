"""Colours of a finished PDF: spaces and operands (ISO 32000-1, 8.6).

Takes a colour space as a page's resources have it, and the operands of a colour operator; gives `Tint`. Spaces that nobody
prints brochures in come out as patterns, of which nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from brochure.color.swatch import Cmyk, Grey, Rgb
from brochure.fast_dataclass import dataclass
from brochure.preflight.model import Space, Tint
from brochure.preflight.tints import NAMES, of_colour

DEVICE = {
    **dict.fromkeys(("/DeviceGray", "/G", "/CalGray"), Space.GREY),
    **dict.fromkeys(("/DeviceRGB", "/RGB", "/CalRGB"), Space.RGB),
    **dict.fromkeys(("/DeviceCMYK", "/CMYK"), Space.CMYK),
    "/Lab": Space.LAB,
    "/Pattern": Space.PATTERN,
}
CALIBRATED = ("/CalGray", "/CalRGB", "/Lab")
BY_PARTS = {1: Space.GREY, 3: Space.RGB, 4: Space.CMYK}
PROCESS = {name.capitalize(): name for name in NAMES}


@dataclass(frozen=True, slots=True)
class PdfSpace:
    """A colour space: what it is, and its inks by name where it names them."""

    space: Space
    inks: tuple[str, ...] = ()
    calibrated: bool = False


BLACK = of_colour(Cmyk(0, 0, 0, 1))


def space_of(said: Any, resources: Any) -> PdfSpace:
    """A space by its name or as an array."""
    said = said.get_object()
    if isinstance(said, str):
        named = resources.get("/ColorSpace") if resources else None
        own = named.get_object().get(said) if named is not None else None
        if said not in DEVICE and own is not None:
            return space_of(own, None)
        return PdfSpace(DEVICE.get(said, Space.PATTERN), calibrated=said in CALIBRATED)
    kind = str(said[0])
    if kind == "/ICCBased":
        parts = int(said[1].get_object().get("/N", 3))
        return PdfSpace(BY_PARTS.get(parts, Space.PATTERN), calibrated=True)
    if kind in ("/Separation", "/DeviceN"):
        named = said[1].get_object()
        inks = tuple(str(one)[1:] for one in (named if isinstance(named, list) else [named]))
        return PdfSpace(Space.SPOT, inks)
    if kind == "/Indexed":
        return space_of(said[1], resources)
    return PdfSpace(DEVICE.get(kind, Space.PATTERN), calibrated=kind in CALIBRATED)


def start_of(space: PdfSpace) -> Tint:
    """The colour that a space begins with (8.6.3): black, or all inks in full."""
    if space.space is Space.SPOT:
        return tint_of(space, (1.0,) * len(space.inks))
    if space.space is Space.CMYK:
        return tint_of(space, (0, 0, 0, 1))
    return tint_of(space, (0.0,) * (3 if space.space is Space.RGB else 1))


def tint_of(space: PdfSpace, operands: Sequence[Any]) -> Tint:
    """A colour in a space."""
    figures = [_within(one) for one in operands if isinstance(one, (int, float))]
    match space.space, figures:
        case Space.GREY, [light]:
            done = of_colour(Grey(light))
        case Space.RGB, [r, g, b]:
            done = of_colour(Rgb(r, g, b))
        case Space.CMYK, [c, m, y, k]:
            done = of_colour(Cmyk(c, m, y, k))
        case Space.SPOT, [*amounts] if len(amounts) == len(space.inks):
            return _inks(space.inks, amounts)
        case Space.LAB, _:
            done = Tint(Space.LAB, (), 0.5)
        case _:
            return Tint(Space.PATTERN, (), 0.5)
    return replace(done, calibrated=space.calibrated)


def _inks(names: tuple[str, ...], amounts: list[float]) -> Tint:
    """Inks by name; those of the process are themselves, and a spot is taken to be of a middling darkness."""
    said = zip(names, amounts, strict=True)
    inks = tuple((PROCESS.get(name, name), amount) for name, amount in said if name != "None")
    by_name = dict(inks)
    ground = of_colour(Cmyk(*(by_name.get(name, 0.0) for name in NAMES)))
    own = [amount for name, amount in inks if name not in NAMES]
    light = ground.light
    for amount in own:
        light *= 1 - 0.7 * amount
    # Whoever names process inks alone means process printing.
    return Tint(Space.SPOT if own else Space.CMYK, inks, light)


def _within(value: Any) -> float:
    return min(1.0, max(0.0, float(value)))
