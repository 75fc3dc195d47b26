"""Measure total ink in finished PDFs: in image samples and in the separations of a rendered page.

Values are sums of all inks, 1 for each full ink.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from brochure.color.icc_profile import IccProfile
from brochure.color.image_separation import separate_image
from brochure.color.printing_condition import PressCondition
from brochure.color.total_ink import maximum_ink

MODES = {1: "L", 4: "CMYK"}
FULL, INKS = 255, 4
"""The level of a full ink, and the inks of an image in CMYK."""


def measure_jpeg_ink(data: bytes, *, inverted: bool) -> float | None:
    """Return the maximum total ink of a CMYK or grey JPEG, or None if it is damaged.

    Args:
        data: The JPEG file.
        inverted: True if the PDF's Decode array makes 0 full ink.
    """
    # Imported on demand: a file without images does not need Pillow.
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            if image.mode not in MODES.values():
                return None
            # Pillow inverts CMYK on reading, as Adobe writes it (Technical Note 5116); the Decode array defines the meaning.
            return maximum_ink(image, is_inverted=("adobe" in image.info) != inverted)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def measure_sample_ink(data: bytes, size: tuple[int, int], inks: int) -> float | None:
    """Return the maximum total ink of 8-bit samples (1 ink is grey, 4 CMYK), or None if there are too few samples."""
    from PIL import Image

    if inks not in MODES or len(data) < size[0] * size[1] * inks:
        return None
    return maximum_ink(Image.frombytes(MODES[inks], size, data[: size[0] * size[1] * inks]))


def measure_converted_ink(
    data: bytes, size: tuple[int, int] | None, profile: IccProfile, press: PressCondition
) -> float | None:
    """Return the maximum total ink of an RGB image after its conversion to a press; None if it is damaged or not RGB.

    Args:
        data: A JPEG file, or 8-bit samples.
        size: Width and height of the samples; None for a JPEG.
        profile: The profile of the image.
        press: The profile, rendering intent and ink limit of the conversion.
    """
    from PIL import Image

    try:
        if size is None:
            image: Any = Image.open(io.BytesIO(data), formats=["JPEG"])
            image.load()
        else:
            image = Image.frombytes("RGB", size, data[: size[0] * size[1] * 3])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return maximum_ink(separate_image(image, profile, press)) if image.mode == "RGB" else None


def measure_plate_ink(
    plates: Iterable[bytes], least: float = 0.0
) -> tuple[float, tuple[float, float]] | None:
    """Return the maximum total ink of a page and where it is; None if it is not more than `least`.

    Args:
        plates: The page's separations as TIFF files, where 0 is full ink.
        least: Total ink.

    Returns:
        Total ink, and its position as shares of the page width and height from the lower left.
    """
    from PIL import ImageChops

    inks = [_read_plate(plate) for plate in plates]
    if _bound_ink(inks) <= least:
        return None
    total: Any = None
    for ink in inks:
        levels = ImageChops.invert(ink).convert("I")
        total = levels if total is None else _add(total, levels)
    peak = int(total.getextrema()[1])
    if peak / FULL <= least:
        return None
    box = total.point(lambda level: level * 1 - (peak - 1)).convert("L").getbbox() or (0, 0, 0, 0)
    return peak / FULL, (box[0] / total.width, 1 - box[1] / total.height)


def _read_plate(plate: bytes) -> Any:
    from PIL import Image

    with Image.open(io.BytesIO(plate), formats=["TIFF"]) as image:
        return image.convert("L")


def _bound_ink(inks: Sequence[Any]) -> float:
    """Return at least the maximum total ink of plates: the sum of the exact maxima of four at a time."""
    from PIL import Image

    bound = 0.0
    for at in range(0, len(inks), INKS):
        four = list(inks[at : at + INKS])
        blank = Image.new("L", four[0].size, FULL)
        four += [blank] * (INKS - len(four))
        bound += maximum_ink(Image.merge("CMYK", four), is_inverted=True)
    return bound


def _add(first: Any, second: Any) -> Any:
    from PIL import ImageMath

    return ImageMath.lambda_eval(lambda two: two["a"] + two["b"], a=first, b=second)
