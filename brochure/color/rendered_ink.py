"""Measure total ink in finished PDFs: in image samples and in the separations of a rendered page.

Values are sums of all inks, 1 for each full ink.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from brochure.color.icc_profile import IccProfile
from brochure.color.image_separation import separate_image
from brochure.color.printing_condition import PressCondition
from brochure.color.total_ink import maximum_ink
from brochure.images.pixels import load_strictly

MODES = {1: "L", 4: "CMYK"}
FULL = 255


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
            load_strictly(image)
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
            load_strictly(image)
        else:
            image = Image.frombytes("RGB", size, data[: size[0] * size[1] * 3])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return maximum_ink(separate_image(image, profile, press)) if image.mode == "RGB" else None


def measure_plate_ink(plates: Iterable[bytes]) -> tuple[float, tuple[float, float]]:
    """Return the maximum total ink of a page and where it is.

    Args:
        plates: The page's separations as TIFF files, where 0 is full ink.

    Returns:
        Total ink, and its position as shares of the page width and height from the lower left.
    """
    from PIL import Image, ImageChops

    total: Any = None
    for plate in plates:
        with Image.open(io.BytesIO(plate)) as image:
            ink = ImageChops.invert(image.convert("L")).convert("I")
        total = ink if total is None else _add(total, ink)
    if total is None:
        return 0.0, (0.0, 0.0)
    peak = int(total.getextrema()[1])
    box = total.point(lambda level: level * 1 - (peak - 1)).convert("L").getbbox() or (0, 0, 0, 0)
    return peak / FULL, (box[0] / total.width, 1 - box[1] / total.height)


def _add(first: Any, second: Any) -> Any:
    from PIL import ImageMath

    return ImageMath.lambda_eval(lambda two: two["a"] + two["b"], a=first, b=second)
