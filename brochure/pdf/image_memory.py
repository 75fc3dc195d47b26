"""What a picture takes in memory while it is made ready.

Takes a picture as the imaging library holds it before it is decoded, and whether it will be made smaller; gives the bytes, or
raises where they are more than a build may take. A file of a few kilobytes can claim any number of pixels; what counts is
what they come to.
"""

from __future__ import annotations

from typing import Any

from brochure.fast_dataclass import dataclass

MAX_WORK = 400_000_000
"""Bytes that any picture may take. With what else a build holds that stays under half a gigabyte."""

A_BYTE = 60
"""Bytes that a picture may take for each byte of its file, where that is more: a photograph has a byte for two or three pixels,
and so may be of any size that a camera makes. A file that claims much and holds little stays where the others are."""

PLAIN = ("L", "RGB", "CMYK", "LA", "RGBA")


@dataclass(frozen=True, slots=True)
class Load:
    """The work: the file's bytes and its size in pixels (a JPEG may be read smaller); if it is turned, made smaller, laid."""

    file: int
    full: tuple[int, int]
    turned: bool
    smaller: bool
    laid: bool


def look_light(image: Any, load: Load) -> None:
    """Nothing; ValueError where the work is too much."""
    width, height = load.full
    needed, most = _weight(image, load), max(MAX_WORK, A_BYTE * load.file)
    if needed > most:
        raise ValueError(
            f"{width} x {height} pixels take {needed // 1_000_000:,} MB to work on,"
            f" more than the {most // 1_000_000} MB that are given to a picture like this: bring it down to fewer pixels"
        )


def _weight(image: Any, load: Load) -> int:
    """Bytes a pixel as they were measured: what is decoded, each copy that is made of it, and what the decoder holds."""
    grey = image.mode in ("L", "1")
    each = 2 if grey else 6
    each += (
        0 if image.mode in PLAIN and image.mode[-1] != "A" else 5
    )  # brought to a plain mode, or its alpha split off
    each += 4 if load.turned else 0
    each += 12 if image.format == "WEBP" else 0
    photograph = image.format in ("JPEG", "WEBP")
    each += (
        0 if load.smaller else 2 if grey else 14 if photograph else 6
    )  # to inks, as large as it is
    each += 12 if load.laid else 0
    decoded = int(image.width * image.height) * each
    # A progressive JPEG is held whole, two bytes a coefficient, however small it is read.
    held = (
        load.full[0] * load.full[1] * 2 * len(image.getbands())
        if image.info.get("progressive")
        else 0
    )
    return decoded + held
