"""Decode image files to 8 bits: grey, RGB or CMYK, with or without alpha.

Pillow decodes the files; what it leaves to its callers is done here: transparent colours of grey PNGs, 12 and 16 bits, TIFFs in
which 0 is white, and L*a*b*.

In a CMYK JPEG 0 is full ink, as Adobe writes it (Technical Note 5116), also if its Adobe marker is missing: every encoder in use
writes the marker, and some programs that remove metadata remove it too.
"""

from __future__ import annotations

import io
from typing import Any

from brochure.images import jpeg, png

PLAIN_MODES = ("L", "RGB", "CMYK", "LA", "RGBA")
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
BITS_PER_SAMPLE, COMPRESSION, PHOTOMETRIC = 258, 259, 262
FILL_ORDER, SAMPLE_FORMAT, INK_SET = 266, 339, 332
"""TIFF tags."""
WHITE_IS_ZERO, REVERSED, RAW = 0, 2, 1


def open_image(data: bytes) -> Any:
    """Open an image file in Pillow, without decoding it; of a JPEG, the first picture without metadata.

    Raises:
        TruncatedError: The file is a JPEG that ends before its picture does.
    """
    # Imported on demand: a brochure without images does not need Pillow.
    from PIL import Image

    if data.startswith(jpeg.SIGNATURE):
        data = jpeg.read_jpeg(data).stripped
    return Image.open(io.BytesIO(data), formats=FORMATS)


def decode(image: Any, data: bytes) -> Any:
    """Decode an open image to 8 bits: mode L, RGB or CMYK, with or without alpha."""
    load_strictly(image)
    if image.mode.startswith("I;16"):
        return _sixteen_to_eight(image)
    if image.mode == "LAB":
        return _lab_to_srgb(image)
    if image.format == "PNG" and image.mode in ("1", "L") and "transparency" in image.info:
        return _png_with_key(image, data)
    return _to_plain(image, _plain_mode(image, data))


def load_strictly(image: Any) -> None:
    """Read the pixels; damaged data is an error, also if another library in this process has told Pillow to accept it."""
    from PIL import ImageFile  # on demand, as above

    accepts_damage = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = accepts_damage


def _to_plain(image: Any, mode: str) -> Any:
    return image if image.mode == mode else image.convert(mode)


def _plain_mode(image: Any, data: bytes) -> str:
    """Return the mode to which Pillow converts an image without loss."""
    if image.format == "PNG" and png.read_header(data).colour == png.GREY_ALPHA:
        return "LA"  # Pillow decodes 16 bits of grey and alpha as RGBA
    if image.mode in ("1", "La"):
        return "L" if image.mode == "1" else "LA"
    if "transparency" in image.info and image.mode not in ("LA", "RGBA"):
        return "RGBA"
    if image.mode in PLAIN_MODES:
        return str(image.mode)
    return "RGBA" if "A" in image.getbands() else "RGB"


def _png_with_key(image: Any, data: bytes) -> Any:
    """Make the transparent grey of a PNG its alpha. The file has it in its own bits, Pillow the pixels in eight."""
    largest = (1 << png.read_header(data).depth) - 1
    key = image.info["transparency"]
    if image.mode == "L":
        key = key * 255 // largest
    grey = image.convert("L")
    grey.putalpha(grey.point([0 if level == key else 255 for level in range(256)]))
    return grey


def _sixteen_to_eight(image: Any) -> Any:
    """Scale grey of 12 or 16 bits, and invert it if 0 is white, which Pillow does for up to 8 bits only."""
    from PIL import ImageChops

    tags = getattr(image, "tag_v2", {})
    bits = tags.get(BITS_PER_SAMPLE, (16,))[0]
    step = ((1 << bits) - 1) / 255
    # Decoded first: the tags of a TIFF belong to the file, not to the picture made from it.
    is_inverted = tags.get(PHOTOMETRIC) == WHITE_IS_ZERO
    native = image if image.mode == "I;16" else image.convert("I")
    grey = native.point(lambda level: level / step + 0.5).convert("L")
    return ImageChops.invert(grey) if is_inverted else grey


def _lab_to_srgb(image: Any) -> Any:
    """Convert CIE L*a*b* (D50, TIFF 6.0 section 23) to sRGB."""
    from PIL import ImageCms

    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(lab, srgb, "LAB", "RGB", intent).apply(image)


def find_unsupported(image: Any, data: bytes) -> str:
    """Return why the pixels of an open image cannot be shown correctly, and what to do; empty if they can."""
    if image.format == "TIFF":
        return _unsupported_tiff(image)
    return _unsupported_png(image, data) if image.format == "PNG" else ""


def _unsupported_png(image: Any, data: bytes) -> str:
    if png.read_header(data).depth == 16 and "transparency" in image.info:
        return (
            "it has 16 bits per channel and a transparent colour; save it with an alpha channel"
            " or with 8 bits per channel"
        )
    if png.has_other_code_points(data):
        return "its colours are not sRGB (chunk cICP) and it has no ICC profile; save it as sRGB"
    return ""


def _unsupported_tiff(image: Any) -> str:
    remedy = "save it with unsigned integers of 8 or 16 bits per channel"
    tags = image.tag_v2
    if image.mode == "F":
        return f"its pixels are floating-point numbers, which have no fixed white; {remedy}"
    if image.mode == "I" or 2 in tags.get(SAMPLE_FORMAT, ()):
        return f"its pixels are signed numbers or have 32 bits; {remedy}"
    if tags.get(FILL_ORDER) == REVERSED and image.mode != "1" and tags.get(COMPRESSION) == RAW:
        return "the bits of its pixels are in reverse order; save it without that"
    if image.mode == "YCbCr" and tags.get(COMPRESSION) != JPEG_COMPRESSION:
        return "it is YCbCr without JPEG compression; save it as RGB"
    if image.mode == "CMYK" and tags.get(INK_SET, PROCESS_INKS) != PROCESS_INKS:
        return "its inks are not cyan, magenta, yellow and black; save it as CMYK"
    return ""


JPEG_COMPRESSION, PROCESS_INKS = 7, 1
NAMES = {
    jpeg.SIGNATURE: "JPEG",
    png.SIGNATURE: "PNG",
    b"II": "TIFF",
    b"MM": "TIFF",
    b"RIFF": "WebP",
}


def explain_unidentified(data: bytes) -> str:
    """Return why Pillow does not open a file, and what to do."""
    for start, name in NAMES.items():
        if data.startswith(start):
            return (
                f"this kind of {name} is not supported; save it as grey, RGB or CMYK with 8 or 16 bits per channel,"
                " CMYK without alpha"
            )
    if b"<svg" in data[:2000]:
        return "it is an SVG drawing; end its name in .svg"
    return "it is not a JPEG, PNG, TIFF or WebP picture or an SVG drawing"
