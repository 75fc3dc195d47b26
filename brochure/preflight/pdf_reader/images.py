"""Reads the images of a PDF: resolution, colour space and highest ink coverage.

Ink is measured in images compressed with DCTDecode or FlateDecode; for other filters it is not known. RGB with an ICC profile is
converted with the profile of the output intent.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from math import hypot
from typing import Any

from brochure.color.icc_profile import IccProfileError, read_profile
from brochure.color.printing_condition import Intent, PressCondition
from brochure.color.rendered_ink import (
    measure_converted_ink,
    measure_jpeg_ink,
    measure_sample_ink,
)
from brochure.geometry import Rect
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import (
    get,
    get_array,
    get_filters,
    get_integer,
    get_numbers,
    get_text,
    read_boolean,
    resolve,
)
from brochure.preflight.model import ColourSpace, ImageObject, ObjectLocation
from brochure.preflight.pdf_reader.colours import (
    PROCESS_COLORANTS,
    PdfSpace,
    read_colour_space,
)
from brochure.preflight.pdf_reader.graphics_state import GraphicsState
from brochure.preflight.pdf_reader.intent import FindPress

NO_BOUNDS = Rect(0, 0, 0, 0)
COMPONENTS = {ColourSpace.GREY: 1, ColourSpace.CMYK: 4}
MAX_SAMPLES = 100_000_000


def read_image(
    image: Any,
    state: GraphicsState,
    resources: Any,
    known: dict[Any, Any],
    find_press: FindPress,
) -> ImageObject:
    """Read an image at the size of the current transformation matrix; the caller adds its location and bounds."""
    unplaced = known.get(id(image))
    if not isinstance(unplaced, ImageObject):
        unplaced = known[id(image)] = _read_unplaced(image, resources, find_press)
    ctm = state.ctm
    across, down = hypot(ctm.a, ctm.b), hypot(ctm.c, ctm.d)
    pixels = unplaced.ppi
    ppi = (pixels[0] * 72 / max(across, 1e-6), pixels[1] * 72 / max(down, 1e-6))
    is_transparent = unplaced.has_transparency or state.has_transparency
    return replace(unplaced, ppi=ppi, has_transparency=is_transparent)


def _read_unplaced(image: Any, resources: Any, find_press: FindPress) -> ImageObject:
    """Read what does not depend on the placement; `ppi` holds the pixel dimensions."""
    pixels = (max(1, get_integer(image, "/Width", 1)), max(1, get_integer(image, "/Height", 1)))
    space = _read_space(image, resources)
    has_soft_mask = get(image, "/SMask") is not None
    name = f"the image of {pixels[0]} x {pixels[1]} pixels"
    ink = _measure_ink(image, pixels, space)
    if space.space is ColourSpace.RGB and space.calibrated:
        ink = _measure_converted_ink(image, pixels, find_press)
    return ImageObject(
        ObjectLocation(0, (0, 0)),
        NO_BOUNDS,
        name,
        pixels,
        space.space,
        ink,
        space.calibrated,
        has_soft_mask,
        digest=_digest_data(image),
        inks=tuple(PROCESS_COLORANTS.get(ink, ink) for ink in space.inks),
        is_bilevel=_is_bilevel(image, space),
        pixels=pixels,
    )


def _is_bilevel(image: Any, space: PdfSpace) -> bool:
    """Return whether an image has one bit a pixel."""
    if read_boolean(get(image, "/ImageMask")):
        return True
    names = get_filters(image)
    if "/CCITTFaxDecode" in names or "/JBIG2Decode" in names:
        return True
    is_one_ink = space.space is ColourSpace.GREY or len(space.inks) == 1
    return get_integer(image, "/BitsPerComponent", 8) == 1 and is_one_ink


def _digest_data(image: Any) -> str:
    """Return the digest of an image's encoded data; empty if it has none, as an inline image."""
    data = getattr(image, "_data", b"")
    return hashlib.blake2b(data, digest_size=16).hexdigest() if data else ""


def _read_space(image: Any, resources: Any) -> PdfSpace:
    space = get(image, "/ColorSpace")
    # An image mask is painted in the current colour.
    if space is None or read_boolean(get(image, "/ImageMask")):
        return PdfSpace(ColourSpace.PATTERN)
    return read_colour_space(space, resources)


def _measure_ink(image: Any, pixels: tuple[int, int], space: PdfSpace) -> float | None:
    components = COMPONENTS.get(space.space)
    is_indexed = get_array(image, "/ColorSpace")[:1] == ["/Indexed"]
    is_inline = not hasattr(image, "get_data")
    bits = get_integer(image, "/BitsPerComponent", 8)
    if components is None or is_indexed or is_inline or bits != 8:
        return None
    if pixels[0] * pixels[1] * components > MAX_SAMPLES:
        return None
    names = get_filters(image)
    is_inverted = get_numbers(image, "/Decode", 2) == (1.0, 0.0)
    if names == ["/DCTDecode"]:
        return measure_jpeg_ink(image._data, inverted=is_inverted)
    if names in (["/FlateDecode"], []) and not is_inverted:
        return measure_sample_ink(read_stream(image), pixels, components)
    return None


def _measure_converted_ink(
    image: Any, pixels: tuple[int, int], find_press: FindPress
) -> float | None:
    """Return the ink of an image in RGB with an ICC profile; None if it cannot be converted."""
    space = get_array(image, "/ColorSpace")
    names, bits = get_filters(image), get_integer(image, "/BitsPerComponent", 8)
    is_read = names in (["/DCTDecode"], ["/FlateDecode"]) and hasattr(image, "get_data")
    if space[:1] != ["/ICCBased"] or len(space) < 2 or bits != 8 or not is_read:
        return None
    press = find_press()
    if press is None or get(image, "/Decode") is not None or pixels[0] * pixels[1] > MAX_PIXELS:
        return None
    is_perceptual = get_text(image, "/Intent") == "/Perceptual"
    intent = Intent.PERCEPTUAL if is_perceptual else Intent.RELATIVE
    condition = PressCondition("", press, "", "", intent=intent, ink_limit=MAX_INK)
    is_jpeg = names == ["/DCTDecode"]
    data = image._data if is_jpeg else read_stream(image)
    try:
        profile = read_profile(read_stream(resolve(space[1])))
        return measure_converted_ink(data, None if is_jpeg else pixels, profile, condition)
    except IccProfileError:
        return None


MAX_PIXELS = MAX_SAMPLES // 4
MAX_INK = 4.0
"""The ink of the conversion is not limited, as a printer's conversion is not."""
