"""Read the metadata of JPEG, PNG, TIFF and WebP files and check that they are complete.

Only headers are read and, for JPEG and PNG, the end of the file, so that truncated files are found
before layout.
"""

from __future__ import annotations

import io
import logging
import struct
import warnings
from typing import Any

from brochure.fast_dataclass import dataclass

MAX_PIXELS = 170_000_000
"""More than the largest camera and twice an A1 poster at 300 ppi; larger files are treated as
decompression bombs."""

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
SIDEWAYS = (5, 6, 7, 8)
ORIENTATION = 0x0112


class ImageError(Exception):
    """An image file that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """Metadata of an image: width and height in pixels after orientation (EXIF 2.3, 4.6.4), Pillow's format and mode."""

    width: int
    height: int
    form: str
    mode: str
    orientation: int = 1
    alpha: bool = False


def examine(data: bytes) -> ImageInfo:
    """Read the metadata of an image file.

    Raises:
        ImageError: The file is not an image, is damaged or truncated, or has too many pixels.
    """
    _check_complete(data)
    # Imported on demand: a brochure without images does not need Pillow.
    from PIL import Image, UnidentifiedImageError

    logging.getLogger("PIL").setLevel(logging.CRITICAL)  # Pillow logs to standard error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # problems are reported by our own checks
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _read_info(image, data)
    except UnidentifiedImageError:
        raise ImageError(_describe_unknown(data)) from None
    except Image.DecompressionBombError:
        raise ImageError(f"it has more than {MAX_PIXELS:,} pixels") from None
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError) as failure:
        raise ImageError(f"its header is damaged ({failure})") from None


def _describe_unknown(data: bytes) -> str:
    if b"<svg" in data[:2000]:
        return "it is an SVG drawing; end its name in .svg"
    return "it is not a JPEG, PNG, TIFF or WebP picture or an SVG drawing"


def _check_complete(data: bytes) -> None:
    if not data:
        raise ImageError("the file is empty")
    if data[:5] == b"%PDF-":
        raise ImageError(
            "it is a PDF, which cannot be placed; export the page as SVG, or as TIFF or PNG"
        )
    if data[:2] == b"\xff\xd8" and b"\xff\xd9" not in data[-4096:]:
        raise ImageError("it is truncated: the end of the JPEG is missing")
    if data[:8] == b"\x89PNG\r\n\x1a\n" and b"IEND" not in data[-64:]:
        raise ImageError("it is truncated: the end of the PNG is missing")


def _read_info(image: object, data: bytes) -> ImageInfo:
    from PIL import Image

    assert isinstance(image, Image.Image)
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ImageError(f"it has {width} x {height} pixels; at most {MAX_PIXELS:,} are allowed")
    if _has_more_images(image):
        raise ImageError("it contains several images; save the one to use as a separate file")
    orientation_value = orientation(image, data)
    if orientation_value in SIDEWAYS:
        width, height = height, width
    alpha = "A" in image.getbands() or "transparency" in image.info
    return ImageInfo(width, height, image.format or "", image.mode, orientation_value, alpha)


def orientation(image: Any, data: bytes) -> int:
    """Return the EXIF orientation (EXIF 2.3, 4.6.4) without decoding the image; 1 is upright.

    For a PNG, Pillow would decode all pixels, since the `eXIf` chunk may follow them.
    """
    if image.format != "PNG":
        return int(image.getexif().get(ORIENTATION, 1))
    from PIL import Image

    exif = Image.Exif()
    exif.load(_png_exif(data))
    return int(exif.get(ORIENTATION, 1))


def _png_exif(data: bytes) -> bytes:
    """Return the contents of a PNG's `eXIf` chunk; empty if it has none."""
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"eXIf":
            return data[at + 8 : at + 8 + length]
        at += 12 + length
    return b""


NEW_SUBFILE_TYPE = 0x00FE
"""TIFF tag NewSubfileType (TIFF 6.0): bit 0 marks a reduced version of another image."""


def _has_more_images(image: Any) -> bool:
    """Return True for animations and files with several pages; a TIFF thumbnail does not count."""
    if image.format in ("PNG", "WEBP"):
        return bool(getattr(image, "is_animated", False))
    if image.format != "TIFF":
        return False
    try:
        image.seek(1)
    except (EOFError, ValueError):
        return False
    is_separate_image = not int(image.tag_v2.get(NEW_SUBFILE_TYPE, 0)) & 1
    image.seek(0)
    return is_separate_image
