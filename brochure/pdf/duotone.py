"""Pictures in tints of one or two inks (ISO 32000-1, 8.6.6).

In one spot ink, a picture is in a Separation space. In two inks of which one is a spot ink, its pixels are levels of grey in an
Indexed space whose table has the tints of a DeviceN space; the file is as small as that of a picture in grey. Without spot inks,
it is in grey or in CMYK.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from brochure.color.duotone import (
    LEVELS,
    PROCESS_COLORANTS,
    InkTable,
    apply_table,
    find_alternate,
    ink_table,
    light_table,
)
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Colour
from brochure.fast_dataclass import dataclass
from brochure.pdf.engine import PDFObjectReference
from brochure.pdf.objects import Array, Dictionary, Names, deflate, name
from brochure.pdf.resources import Resources

SEPARATION, INDEXED = "Separation", "Indexed"
"""Stand for the colour space in the entries of a stored image."""

GREY = "DeviceGray"
FULL = 255


@dataclass(frozen=True, slots=True)
class Tinted:
    """A picture in tints, and its colour space; `is_continuous` is False if its pixels are indices, which must not change."""

    image: Any
    space: str
    is_continuous: bool = True


def convert_to_tints(
    grey: Any, colours: tuple[Colour, ...], press: PressCondition, *, inks: bool, plate: str = ""
) -> Tinted:
    """Return a picture in grey (mode L) in tints of the colours.

    Args:
        grey: The picture.
        colours: One or two colours.
        press: The press condition.
        inks: True for ink, False for a screen.
        plate: The ink whose plate is shown in grey, black being full ink; empty for all.
    """
    # Imported on demand: pictures in the cache do not need Pillow.
    from PIL import Image

    if not inks:
        bands = [apply_table(grey, table) for table in light_table(colours, press)]
        is_grey = len({band.tobytes() for band in bands}) == 1
        return Tinted(bands[0], GREY) if is_grey else Tinted(Image.merge("RGB", bands), "DeviceRGB")
    table = ink_table(colours, press)
    if plate:
        return Tinted(apply_table(grey, _invert(table.plate(plate))), GREY)
    if table.inks in ((), ("black",)):
        return Tinted(apply_table(grey, _invert(table.plate("black"))), GREY)
    if not table.spots:
        process = (table.plate(colorant.lower()) for colorant in PROCESS_COLORANTS)
        return Tinted(
            Image.merge("CMYK", [apply_table(grey, one) for one in process]), "DeviceCMYK"
        )
    if len(table.colorants) == 1:
        return Tinted(apply_table(grey, table.amounts[0]), SEPARATION)
    return Tinted(grey, INDEXED, is_continuous=False)


def _invert(table: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(FULL - amount for amount in table)


def color_space(
    stand_in: str, colours: tuple[Colour, ...], press: PressCondition, shared: Resources
) -> Any:
    """Return the colour space that `SEPARATION` or `INDEXED` represents; None for others."""
    if stand_in not in (SEPARATION, INDEXED):
        return None
    table = ink_table(colours, press)
    if stand_in == SEPARATION:
        return PDFObjectReference(shared.spot(table.spots[0]))
    rows = bytes(table.amounts[at][level] for level in range(LEVELS) for at in _indices(table))
    return Array(["/Indexed", _device_n(table, press, shared), LEVELS - 1, f"<{rows.hex()}>"])


def _indices(table: InkTable) -> range:
    return range(len(table.colorants))


def _device_n(table: InkTable, press: PressCondition, shared: Resources) -> Array:
    """Return the DeviceN space of the colorants; each spot colorant is described as where it is printed alone (8.6.6.5)."""
    spots = {spot.name: PDFObjectReference(shared.spot(spot)) for spot in table.spots}
    key = f"DeviceN.{shared.spot(table.spots[0])}.{'-'.join(table.colorants)}".encode().hex()
    if not shared.document.has(key):
        shared.document.register(_tint_transform(table, press), key)
    colorants = Array([name(one) for one in table.colorants])
    attributes = Dictionary(Colorants=Names(spots))
    return Array(["/DeviceN", colorants, "/DeviceCMYK", PDFObjectReference(key), attributes])


def _tint_transform(table: InkTable, press: PressCondition) -> Any:
    """Return the function from tints to CMYK: the corners of the cube of tints, between which readers interpolate linearly.

    This is exact, because the colour of inks on each other is linear in each of them.
    """
    alternates = [_alternate(colorant, table, press) for colorant in table.colorants]
    samples = bytearray()
    # The first colorant varies fastest (7.10.2).
    for corner in product((0, 1), repeat=len(alternates)):
        printed = [ink for ink, on in zip(alternates, reversed(corner), strict=True) if on]
        for at in range(4):
            free = 1.0
            for ink in printed:
                free *= 1 - ink[at]
            samples.append(round((1 - free) * FULL))
    count = len(alternates)
    return deflate(
        bytes(samples),
        FunctionType=0,
        Domain=Array([0, 1] * count),
        Range=Array([0, 1] * 4),
        Size=Array([2] * count),
        BitsPerSample=8,
    )


def _alternate(colorant: str, table: InkTable, press: PressCondition) -> tuple[float, ...]:
    if colorant in PROCESS_COLORANTS:
        return tuple(float(one == colorant) for one in PROCESS_COLORANTS)
    spot = next(spot for spot in table.spots if spot.name == colorant)
    ink = find_alternate(spot, press)
    return (ink.c, ink.m, ink.y, ink.k)
