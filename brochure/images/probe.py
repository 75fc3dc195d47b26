"""Pictures: what is in an image file, and whether it is whole.

Takes the bytes of a JPEG, PNG, TIFF or WebP; gives `ImageInfo`, or a `ImageError` that says in plain words why the file
cannot be used. Only headers are read and, for JPEG and PNG, the end of the file: a picture that was cut off in copying is
found before anything is set.
"""

from __future__ import annotations

import io
import logging
import struct
import warnings
from typing import Any

from brochure.fast_dataclass import dataclass

MAX_PIXELS = 170_000_000
"""More than the largest camera's and twice an A1 poster at 300 ppi; beyond that a file is taken for a bomb."""

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
SIDEWAYS = (5, 6, 7, 8)
ORIENTATION = 0x0112


class ImageError(Exception):
    """An image file that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """A picture as it is to be seen: width and height in pixels after orientation (EXIF 2.3, 4.6.4), mode as Pillow's."""

    width: int
    height: int
    form: str
    mode: str
    orientation: int = 1
    alpha: bool = False


def examine(data: bytes) -> ImageInfo:
    """The facts of a picture; PictureError where it is no picture, is cut off, or is too large to be one."""
    _look_whole(data)
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import Image, UnidentifiedImageError

    logging.getLogger("PIL").setLevel(logging.CRITICAL)  # it grumbles on standard error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library's own words; ours come from what is found
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _facts(image, data)
    except UnidentifiedImageError:
        raise ImageError("it is no JPEG, PNG, TIFF or WebP") from None
    except Image.DecompressionBombError:
        raise ImageError(f"it has more than {MAX_PIXELS:,} pixels") from None
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError) as failure:
        raise ImageError(f"its header is damaged ({failure})") from None


def _look_whole(data: bytes) -> None:
    if not data:
        raise ImageError("the file is empty")
    if data[:5] == b"%PDF-":
        raise ImageError("it is a PDF; export the page as SVG for a vector block, or as TIFF or PNG")
    if data[:2] == b"\xff\xd8" and b"\xff\xd9" not in data[-4096:]:
        raise ImageError("it is cut off: the end of the JPEG is missing")
    if data[:8] == b"\x89PNG\r\n\x1a\n" and b"IEND" not in data[-64:]:
        raise ImageError("it is cut off: the end of the PNG is missing")


def _facts(image: object, data: bytes) -> ImageInfo:
    from PIL import Image

    assert isinstance(image, Image.Image)
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ImageError(f"it has {width} x {height} pixels, more than {MAX_PIXELS:,}")
    if _goes_on(image):
        raise ImageError("it holds several pictures: save the one that is wanted by itself")
    turned = orientation(image, data)
    if turned in SIDEWAYS:
        width, height = height, width
    alpha = "A" in image.getbands() or "transparency" in image.info
    return ImageInfo(width, height, image.format or "", image.mode, turned, alpha)


def orientation(image: Any, data: bytes) -> int:
    """How the picture is turned (EXIF 2.3, 4.6.4), found without decoding it; 1 where it stands upright.

    For a PNG the imaging library would decode all pixels, since what says so may stand behind them.
    """
    if image.format != "PNG":
        return int(image.getexif().get(ORIENTATION, 1))
    from PIL import Image

    exif = Image.Exif()
    exif.load(_png_exif(data))
    return int(exif.get(ORIENTATION, 1))


def _png_exif(data: bytes) -> bytes:
    """What is in the PNG's chunk `eXIf`, wherever it stands; empty where it has none."""
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"eXIf":
            return data[at + 8 : at + 8 + length]
        at += 12 + length
    return b""


REDUCED = 0x00FE
"""TIFF's tag that says what a further picture is (TIFF 6.0, NewSubfileType): bit 0 for a smaller one of the first."""


def _goes_on(image: Any) -> bool:
    """Whether the file is an animation or holds further pages; a TIFF's thumbnail is neither."""
    if image.format in ("PNG", "WEBP"):
        return bool(getattr(image, "is_animated", False))
    if image.format != "TIFF":
        return False
    try:
        image.seek(1)
    except (EOFError, ValueError):
        return False
    further = not int(image.tag_v2.get(REDUCED, 0)) & 1
    image.seek(0)
    return further
