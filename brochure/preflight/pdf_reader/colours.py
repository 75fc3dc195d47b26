"""Reads colour spaces and colour operands of a PDF (ISO 32000-1, 8.6).

Unknown colour spaces are treated as patterns, which the checks ignore.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from brochure.color.swatch import Cmyk, Grey, Rgb
from brochure.fast_dataclass import dataclass
from brochure.pdf_input.values import get, get_integer, is_number, resolve
from brochure.preflight.colour_values import PROCESS_INKS, colour_from_swatch
from brochure.preflight.model import ColourSpace, ColourValue

SPACES_BY_NAME = {
    **dict.fromkeys(("/DeviceGray", "/G", "/CalGray"), ColourSpace.GREY),
    **dict.fromkeys(("/DeviceRGB", "/RGB", "/CalRGB"), ColourSpace.RGB),
    **dict.fromkeys(("/DeviceCMYK", "/CMYK"), ColourSpace.CMYK),
    "/Lab": ColourSpace.LAB,
    "/Pattern": ColourSpace.PATTERN,
}
CALIBRATED = ("/CalGray", "/CalRGB", "/Lab")
SPACES_BY_COMPONENTS = {1: ColourSpace.GREY, 3: ColourSpace.RGB, 4: ColourSpace.CMYK}
PROCESS_COLORANTS = {name.capitalize(): name for name in PROCESS_INKS}


@dataclass(frozen=True, slots=True)
class PdfSpace:
    """A colour space; `inks` are the colorants of a Separation or DeviceN space."""

    space: ColourSpace
    inks: tuple[str, ...] = ()
    calibrated: bool = False


BLACK = colour_from_swatch(Cmyk(0, 0, 0, 1))


def read_colour_space(value: Any, resources: Any) -> PdfSpace:
    """Read a colour space given by name or as an array; `resources` resolve a name."""
    value = resolve(value)
    if isinstance(value, str):
        entry = get(get(resources, "/ColorSpace"), value)
        if value not in SPACES_BY_NAME and entry is not None:
            return read_colour_space(entry, None)
        return PdfSpace(
            SPACES_BY_NAME.get(value, ColourSpace.PATTERN), calibrated=value in CALIBRATED
        )
    items = [resolve(one) for one in value] if isinstance(value, list) else []
    kind, of = (str(items[0]), items[1]) if len(items) > 1 else (str(*items), None)
    if kind == "/ICCBased":
        components = get_integer(of, "/N", 3)
        return PdfSpace(SPACES_BY_COMPONENTS.get(components, ColourSpace.PATTERN), calibrated=True)
    if kind in ("/Separation", "/DeviceN"):
        return PdfSpace(ColourSpace.SPOT, list_colorants(of))
    if kind == "/Indexed" and not (isinstance(of, list) and "/Indexed" in of[:1]):
        return read_colour_space(of, resources)  # the base of an indexed space is not indexed
    return PdfSpace(SPACES_BY_NAME.get(kind, ColourSpace.PATTERN), calibrated=kind in CALIBRATED)


def list_colorants(names: Any) -> tuple[str, ...]:
    """Return the colorants of a Separation (a name) or DeviceN space (an array of names), without slashes."""
    listed = names if isinstance(names, list) else [names]
    return tuple(str(one)[1:] for one in map(resolve, listed) if isinstance(one, str))


def initial_colour(space: PdfSpace) -> ColourValue:
    """Return the initial colour of a space (8.6.3): black, or all inks at full coverage."""
    if space.space is ColourSpace.SPOT:
        return read_colour(space, (1.0,) * len(space.inks))
    if space.space is ColourSpace.CMYK:
        return read_colour(space, (0, 0, 0, 1))
    return read_colour(space, (0.0,) * (3 if space.space is ColourSpace.RGB else 1))


def read_colour(space: PdfSpace, operands: Sequence[Any]) -> ColourValue:
    """Read a colour from the operands of a colour operator."""
    components = [_clamp(one) for one in operands if is_number(one)]
    match space.space, components:
        case ColourSpace.GREY, [grey]:
            colour = colour_from_swatch(Grey(grey))
        case ColourSpace.RGB, [r, g, b]:
            colour = colour_from_swatch(Rgb(r, g, b))
        case ColourSpace.CMYK, [c, m, y, k]:
            colour = colour_from_swatch(Cmyk(c, m, y, k))
        case ColourSpace.SPOT, [*amounts] if len(amounts) == len(space.inks):
            return _combine_inks(space.inks, amounts)
        case ColourSpace.LAB, _:
            colour = ColourValue(ColourSpace.LAB, (), 0.5)
        case _:
            return ColourValue(ColourSpace.PATTERN, (), 0.5)
    return replace(colour, calibrated=space.calibrated)


def _combine_inks(names: tuple[str, ...], amounts: list[float]) -> ColourValue:
    """Return a colour of named inks; the luminance of a spot ink is not known and taken to be medium dark."""
    pairs = zip(names, amounts, strict=True)
    inks = tuple(
        (PROCESS_COLORANTS.get(name, name), amount) for name, amount in pairs if name != "None"
    )
    by_name = dict(inks)
    process = colour_from_swatch(Cmyk(*(by_name.get(name, 0.0) for name in PROCESS_INKS)))
    spots = [amount for name, amount in inks if name not in PROCESS_INKS]
    luminance = process.luminance
    for amount in spots:
        luminance *= 1 - 0.7 * amount
    # DeviceN with process colorants only is process colour.
    return ColourValue(ColourSpace.SPOT if spots else ColourSpace.CMYK, inks, luminance)


def list_shading_inks(patterns: Sequence[Any]) -> tuple[str, ...]:
    """Return the inks of shading patterns."""
    spaces = (_read_shading_space(one) for one in patterns)
    return tuple(name for space in spaces if space for name in space.inks)


def find_shading_colour(pattern: Any) -> ColourValue | None:
    """Return the colour space of a shading pattern as a colour; None if there is none."""
    space = _read_shading_space(pattern)
    return ColourValue(space.space, (), 0.5, calibrated=space.calibrated) if space else None


def _read_shading_space(pattern: Any) -> PdfSpace | None:
    """Return the colour space of a shading pattern; it cannot name one in the resources (8.7.4.3)."""
    shading = get(pattern, "/Shading") if pattern is not None else None
    return None if shading is None else read_colour_space(get(shading, "/ColorSpace"), None)


def _clamp(value: Any) -> float:
    return min(1.0, max(0.0, float(value)))
