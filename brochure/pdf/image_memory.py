"""Estimate the memory needed to convert a picture, before it is decoded.

A file of a few kilobytes can claim any number of pixels, so the estimate is checked against a limit.
"""

from __future__ import annotations

from typing import Any

from brochure.errors import ImageError
from brochure.fast_dataclass import dataclass

MAX_WORK = 400_000_000
"""Memory that any picture may take, in bytes; with the rest of a build it stays below half a gigabyte."""

MAX_WORK_PER_BYTE = 60
"""Memory that a picture may take for each byte of its file, if that is more: photographs of any camera's size are
allowed, since they have a byte for two or three pixels; small files with huge dimensions are not."""

PLAIN = ("L", "RGB", "CMYK", "LA", "RGBA")


@dataclass(frozen=True, slots=True)
class Load:
    """The conversion: file size in bytes, size in pixels (a JPEG may be read at reduced size), and the steps needed."""

    file: int
    full: tuple[int, int]
    turned: bool
    smaller: bool
    flattened: bool


def check_memory(image: Any, load: Load) -> None:
    """Raise `ImageError` if the conversion would take too much memory."""
    width, height = load.full
    needed, limit = _estimate(image, load), max(MAX_WORK, MAX_WORK_PER_BYTE * load.file)
    if needed > limit:
        raise ImageError(
            f"{width} x {height} pixels need {needed // 1_000_000:,} MB of memory, limit"
            f" {limit // 1_000_000} MB for this file; reduce the number of pixels"
        )


def _estimate(image: Any, load: Load) -> int:
    """Return the memory needed, from measured bytes per pixel: decoded data, copies, and the decoder's buffers."""
    grey = image.mode in ("L", "1")
    per_pixel = 2 if grey else 6
    per_pixel += 0 if _is_plain(image) else 5  # converted to a plain mode, or alpha separated
    per_pixel += 4 if load.turned or _is_turned_tiff(image) else 0
    per_pixel += 12 if image.format == "WEBP" else 0
    photograph = image.format in ("JPEG", "WEBP")
    per_pixel += (
        0 if load.smaller else 2 if grey else 14 if photograph else 6
    )  # converted to inks at full size
    per_pixel += 12 if load.flattened else 0
    decoded = int(image.width * image.height) * per_pixel
    # A progressive JPEG is buffered as a whole, two bytes a coefficient, even if read at reduced size.
    buffered = (
        load.full[0] * load.full[1] * 2 * len(image.getbands())
        if image.info.get("progressive")
        else 0
    )
    return decoded + buffered


def _is_plain(image: Any) -> bool:
    return image.mode in PLAIN and image.mode[-1] != "A" and "transparency" not in image.info


ORIENTATION_TAG = 274


def _is_turned_tiff(image: Any) -> bool:
    """Return True if Pillow turns the image itself when it decodes it."""
    return image.format == "TIFF" and bool(image.tag_v2.get(ORIENTATION_TAG, 1) != 1)
