"""Pictures: what is in an image file, and whether it is whole.

Takes the bytes of a JPEG, PNG, TIFF or WebP; gives `PictureFacts`, or a `PictureError` that says in plain words why the file
cannot be used. Only headers are read and, for JPEG and PNG, the end of the file: a picture that was cut off in copying is
found before anything is set.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

MOST_PIXELS = 250_000_000
"""More than an A1 poster at 300 ppi has; beyond that a file is taken for a bomb."""

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
SIDEWAYS = (5, 6, 7, 8)
ORIENTATION = 0x0112


class PictureError(Exception):
    """An image file that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture as it is to be seen: width and height in pixels after orientation (EXIF 2.3, 4.6.4), mode as Pillow's."""

    width: int
    height: int
    form: str
    mode: str
    orientation: int = 1
    alpha: bool = False


def examine(data: bytes) -> PictureFacts:
    """The facts of a picture; PictureError where it is no picture, is cut off, or is too large to be one."""
    _look_whole(data)
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _facts(image)
    except UnidentifiedImageError:
        raise PictureError("it is no JPEG, PNG, TIFF or WebP") from None
    except Image.DecompressionBombError:
        raise PictureError(f"it has more than {MOST_PIXELS:,} pixels") from None
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError) as failure:
        raise PictureError(f"its header is damaged ({failure})") from None


def _look_whole(data: bytes) -> None:
    if not data:
        raise PictureError("the file is empty")
    if data[:2] == b"\xff\xd8" and b"\xff\xd9" not in data[-4096:]:
        raise PictureError("it is cut off: the end of the JPEG is missing")
    if data[:8] == b"\x89PNG\r\n\x1a\n" and b"IEND" not in data[-64:]:
        raise PictureError("it is cut off: the end of the PNG is missing")


def _facts(image: object) -> PictureFacts:
    from PIL import Image

    assert isinstance(image, Image.Image)
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PictureError(f"it has {width} x {height} pixels, more than {MOST_PIXELS:,}")
    turned = int(image.getexif().get(ORIENTATION, 1))
    if turned in SIDEWAYS:
        width, height = height, width
    alpha = "A" in image.getbands() or "transparency" in image.info
    return PictureFacts(width, height, image.format or "", image.mode, turned, alpha)
