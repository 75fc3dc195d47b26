"""Converts the pixels of pictures in artwork to the colours of the output."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from brochure.artwork.output import LUMINOSITY, PROCESS_NAMES, operands, widen
from brochure.artwork.spaces import DeviceSpace, InkSpace, ProfileSpace, Space
from brochure.artwork.work import Work
from brochure.color.convert import in_light, to_press, to_screen
from brochure.color.image_separation import (
    convert_to_screen,
    read_embedded_profile,
    separate_image,
)
from brochure.color.profile_colours import lab_profile
from brochure.color.swatch import Grey
from brochure.color.total_ink import limit_image_ink

Ranges = Sequence[tuple[float, float]]
MODES = {1: "L", 3: "RGB", 4: "CMYK"}
SCALES = {"LAB": (2.55, 1.0, 1.0)}
GRID_POINTS = 17


def pixels_of(
    samples: Any, space: Space, ranges: Ranges, decode: Sequence[float] | None, work: Work
) -> Any:
    """Return the pixels in a mode of Pillow: `L`, `RGB`, `CMYK` or `LAB`; colours of inks are those of the output already."""
    # Imported here: only artwork with pictures in other colours needs Pillow.
    from PIL import Image

    pairs = list(zip(decode[::2], decode[1::2], strict=False)) if decode else list(ranges)
    bands = list(samples if isinstance(samples, list) else samples.split())
    is_lab = isinstance(space, ProfileSpace) and space.picture_mode == "LAB"
    encoded = [
        band.point([_level(at, pair, is_lab=is_lab, place=place) for at in range(256)])
        for place, (band, pair) in enumerate(zip(bands, pairs, strict=False))
    ]
    if isinstance(space, InkSpace):
        return _mix_inks(encoded, space, work)
    mode = space.picture_mode if isinstance(space, ProfileSpace) else MODES[space.count]
    return encoded[0] if len(encoded) == 1 else Image.merge(mode, encoded)


def _level(at: int, pair: tuple[float, float], *, is_lab: bool, place: int) -> int:
    value = pair[0] + at / 255 * (pair[1] - pair[0])
    if is_lab:
        value = value + 128 if place else value * 2.55
    else:
        value *= 255
    return min(max(round(value), 0), 255)


def _mix_inks(bands: list[Any], space: InkSpace, work: Work) -> Any:
    """Return pictures of inks in the colours that show them, through a table of colours."""
    from PIL import Image, ImageFilter

    output = work.output
    if len(bands) == 1:
        made = [output.process(space, (at / 255,)) for at in range(256)]
        count = max(len(operands(one)) for one in made)
        tables = zip(*(widen(one, count) for one in made), strict=True)
        channels = [bands[0].point([round(part * 255) for part in table]) for table in tables]
        return channels[0] if count == 1 else Image.merge(MODES[count], channels)
    axis = [at / (GRID_POINTS - 1) for at in range(GRID_POINTS)]
    rest = (0.0,) * (len(bands) - 3)
    table: list[float] = []
    for third, second, first in product(axis, repeat=3):
        shown = output.process(space, ((first, second, third)[: len(bands)] + rest))
        table.extend(widen(shown, 3))
    blank = Image.new("L", bands[0].size)
    cube = ImageFilter.Color3DLUT(GRID_POINTS, table, channels=3)
    mixed = Image.merge("RGB", [*bands, blank][:3]).filter(cube)
    return mixed if output.device == "/DeviceRGB" else mixed.getchannel(0)


def convert_pixels(work: Work, image: Any, space: Space) -> Any:
    """Return the image in the colours of the output."""
    if isinstance(space, InkSpace):
        return image
    target, press = work.target, work.target.press
    if target.plate == LUMINOSITY or press is None or not (target.inks or target.plate):
        shown = _to_screen(image, space, press)
        return shown.convert("L") if target.plate == LUMINOSITY else shown
    inks = _to_press(image, space, press)
    return _plate(inks, target.plate) if target.plate else inks


def _profile(space: Space, mode: str) -> Any:
    given = space.profile if isinstance(space, ProfileSpace) else None
    return read_embedded_profile(given.data, mode) if given else None


def _to_screen(image: Any, space: Space, press: Any) -> Any:
    if image.mode == "LAB":
        return to_screen(lab_profile(), "LAB").apply(image)
    if image.mode == "L" and press and isinstance(space, DeviceSpace):
        # As grey paths are shown: as tints of black ink.
        greys = [in_light(Grey(at / 255), press).g for at in range(256)]
        return image.point([round(grey * 255) for grey in greys])
    shown = convert_to_screen(image, _profile(space, image.mode), press)
    return shown.convert("RGB") if shown.mode == "CMYK" else shown


def _to_press(image: Any, space: Space, press: Any) -> Any:
    if image.mode == "LAB":
        return limit_image_ink(to_press(press, lab_profile(), "LAB").apply(image), press.ink_limit)
    is_kept = isinstance(space, DeviceSpace) and image.mode in ("L", "CMYK")
    return image if is_kept else separate_image(image, _profile(space, image.mode), press)


def _plate(image: Any, plate: str) -> Any:
    """Return the share of an ink in grey, black being full ink."""
    from PIL import Image

    names = [name.lower() for name in PROCESS_NAMES]
    if image.mode == "L":
        return image if plate == "black" else Image.new("L", image.size, 255)
    if plate not in names:
        return Image.new("L", image.size, 255)
    return image.getchannel(names.index(plate)).point([255 - level for level in range(256)])


def mask_of_key(samples: Any, key: Sequence[float], bits: int) -> Any:
    """Return a stencil that masks out the pixels within a range of samples (8.9.6.4): 1 is not painted."""
    from PIL import Image, ImageChops

    scale = 1 if bits >= 8 else 255 // ((1 << bits) - 1)
    shift = 8 if bits == 16 else 0
    bands = samples if isinstance(samples, list) else samples.split()
    mask = Image.new("L", bands[0].size, 255)
    for band, low, high in zip(bands, key[::2], key[1::2], strict=False):
        first, last = (int(low) >> shift) * scale, (int(high) >> shift) * scale
        mask = ImageChops.darker(
            mask, band.point([255 * (first <= at <= last) for at in range(256)])
        )
    return mask
