"""Pictures of a finished PDF: resolution, colour space and ink.

Takes an image's dictionary and the state that it is placed in; gives `ImageObject`. Ink is read from the samples where they are
JPEG or deflated; pictures in other codings keep theirs to themselves.
"""

from __future__ import annotations

from dataclasses import replace
from math import hypot
from typing import Any

from brochure.color.rendered_ink import measure_jpeg_ink, measure_sample_ink
from brochure.geometry import Rect
from brochure.preflight.model import ColourSpace, ImageObject, ObjectLocation
from brochure.preflight.pdf_reader.colours import PdfSpace, read_colour_space
from brochure.preflight.pdf_reader.graphics_state import GraphicsState

NOWHERE = Rect(0, 0, 0, 0)
PARTS = {ColourSpace.GREY: 1, ColourSpace.CMYK: 4}
MAX_SAMPLES = 100_000_000


def read_image(
    image: Any, state: GraphicsState, resources: Any, known: dict[Any, Any]
) -> ImageObject:
    """The picture at the size that the state gives it; place and bounds are the caller's to add."""
    own = known.get(id(image))
    if not isinstance(own, ImageObject):
        own = known[id(image)] = _itself(image, resources)
    ctm = state.ctm
    across, down = hypot(ctm.a, ctm.b), hypot(ctm.c, ctm.d)
    pixels = own.ppi
    ppi = (pixels[0] * 72 / max(across, 1e-6), pixels[1] * 72 / max(down, 1e-6))
    return replace(own, ppi=ppi, has_transparency=own.has_transparency or state.has_transparency)


def _itself(image: Any, resources: Any) -> ImageObject:
    """What does not depend on its place; its pixels stand where its resolution will."""
    pixels = (int(image.get("/Width", 1)), int(image.get("/Height", 1)))
    space = _space(image, resources)
    # An image mask is painted in the colour in force, and an outline at heart.
    masked = "/SMask" in image
    name = f"the picture of {pixels[0]} x {pixels[1]} pixels"
    ink = _ink(image, pixels, space)
    return ImageObject(
        ObjectLocation(0, (0, 0)), NOWHERE, name, pixels, space.space, ink, space.calibrated, masked
    )


def _space(image: Any, resources: Any) -> PdfSpace:
    said = image.get("/ColorSpace")
    if said is None or image.get("/ImageMask"):
        return PdfSpace(ColourSpace.PATTERN)
    return read_colour_space(said, resources)


def _ink(image: Any, pixels: tuple[int, int], space: PdfSpace) -> float | None:
    parts = PARTS.get(space.space)
    said = image.get("/ColorSpace")
    indexed = isinstance(said, list) and said and said[0] == "/Indexed"
    inline = not hasattr(image, "get_data")
    if parts is None or indexed or inline or image.get("/BitsPerComponent", 8) != 8:
        return None
    if pixels[0] * pixels[1] * parts > MAX_SAMPLES:
        return None
    filters = image.get("/Filter")
    names = [str(one) for one in (filters if isinstance(filters, list) else [filters])]
    inverted = [float(one) for one in image.get("/Decode", ())][:2] == [1.0, 0.0]
    if names == ["/DCTDecode"]:
        return measure_jpeg_ink(image._data, inverted=inverted)
    if names in (["/FlateDecode"], ["None"]) and not inverted:
        return measure_sample_ink(image.get_data(), pixels, parts)
    return None
