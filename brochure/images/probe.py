"""Read the metadata of JPEG, PNG, TIFF and WebP files and check that they are complete.

Nothing is decoded. The segments of a JPEG and the chunks of a PNG are read up to the last, so that truncated files are found
before layout.
"""

from __future__ import annotations

import logging
import struct
import warnings
from typing import Any

from brochure.errors import ImageError
from brochure.fast_dataclass import dataclass
from brochure.images import jpeg, png
from brochure.images.pixels import explain_unidentified, find_unsupported, open_image
from brochure.system.exhaustion import raise_if_exhausted

MAX_PIXELS = 170_000_000
"""More than the largest camera and twice an A1 poster at 300 ppi; larger files are treated as
decompression bombs."""

MAX_SIDE = 100_000
"""Pixels of width or height, eight metres at 300 ppi. Memory for a row or a column of a picture cannot be divided."""

SIDEWAYS = (5, 6, 7, 8)
ORIENTATION = 0x0112
UPRIGHT = 1


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
            with open_image(data) as image:
                return _read_info(image, data)
    except jpeg.TruncatedError as failure:
        raise ImageError(f"it is truncated: {failure}") from None
    except ImageError:
        raise
    except UnidentifiedImageError:
        raise ImageError(explain_unidentified(data)) from None
    except Image.DecompressionBombError:
        raise ImageError(f"it has more than {MAX_PIXELS:,} pixels") from None
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError) as failure:
        raise_if_exhausted(failure)
        raise ImageError("its header is damaged; export the image again") from None


def _check_complete(data: bytes) -> None:
    if not data:
        raise ImageError("the file is empty")
    if data[:5] == b"%PDF-":
        raise ImageError(
            "it is a PDF, which cannot be placed; export the page as SVG, or as TIFF or PNG"
        )
    if data.startswith(png.SIGNATURE):
        png.check_size(data)


def _read_info(image: object, data: bytes) -> ImageInfo:
    from PIL import Image

    assert isinstance(image, Image.Image)
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ImageError(f"it has {width} x {height} pixels; at most {MAX_PIXELS:,} are allowed")
    if max(width, height) > MAX_SIDE:
        raise ImageError(
            f"it has {width} x {height} pixels; at most {MAX_SIDE:,} per side are allowed"
        )
    if _has_more_images(image):
        raise ImageError("it contains several images; save the one to use as a separate file")
    if unsupported := find_unsupported(image, data):
        raise ImageError(unsupported)
    orientation_value = orientation(image, data)
    if orientation_value in SIDEWAYS:
        width, height = height, width
    alpha = "A" in image.getbands() or "transparency" in image.info
    return ImageInfo(width, height, image.format or "", image.mode, orientation_value, alpha)


def orientation(image: Any, data: bytes) -> int:
    """Return the EXIF orientation (EXIF 2.3, 4.6.4) without decoding the image; 1 is upright.

    Pillow turns a TIFF itself when it is decoded, and gives its size after that.
    """
    if image.format == "TIFF":
        return UPRIGHT
    from PIL import Image

    exif = Image.Exif()
    try:
        exif.load(_exif(image, data))
        turned = exif.get(ORIENTATION, UPRIGHT)
    except (SyntaxError, ValueError, TypeError, LookupError, struct.error):
        return UPRIGHT
    return turned if isinstance(turned, int) and turned in range(1, 9) else UPRIGHT


def _exif(image: Any, data: bytes) -> bytes:
    """Return a file's EXIF data. Pillow would decode all pixels of a PNG, since its `eXIf` chunk may follow them."""
    if image.format == "JPEG":
        return jpeg.read_exif(data)
    if image.format == "PNG":
        return png.read_chunk(data, b"eXIf")
    return bytes(image.info.get("exif", b""))


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
