"""Plates: how much ink lies on one another in what is ready to print.

Takes the samples of a picture as a finished PDF has it, or the separations of a rendered page; gives the most ink of any
pixel, 1 for each full ink. Stands beside `ink`, which knows colours and pictures before they are printed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from brochure.color.total_ink import maximum_ink

MODES = {1: "L", 4: "CMYK"}
FULL = 255


def measure_jpeg_ink(data: bytes, *, inverted: bool) -> float | None:
    """The most ink of a JPEG in CMYK or grey; `inverted` where the PDF says that 0 is full ink. None where it is broken."""
    # Imported here: a file without pictures does not load the imaging library.
    from PIL import Image, ImageChops

    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            image.load()
            # Adobe's own CMYK is turned over in reading (Technical Note 5116); a PDF's Decode says what it means.
            turned = image.mode == "CMYK" and ("adobe" in image.info) != inverted
            plain: Any = ImageChops.invert(image) if turned else image.copy()
    except (OSError, ValueError, SyntaxError):
        return None
    return maximum_ink(plain) if plain.mode in MODES.values() else None


def measure_sample_ink(data: bytes, size: tuple[int, int], inks: int) -> float | None:
    """The most ink of 8-bit samples, grey or CMYK; None where there are not enough of them."""
    from PIL import Image

    if inks not in MODES or len(data) < size[0] * size[1] * inks:
        return None
    return maximum_ink(Image.frombytes(MODES[inks], size, data[: size[0] * size[1] * inks]))


def measure_plate_ink(plates: Iterable[bytes]) -> tuple[float, tuple[float, float]]:
    """The most ink of a page's separations (TIFF, 0 is full ink), and where, in shares of its sides from the left foot."""
    from PIL import Image, ImageChops

    total: Any = None
    for plate in plates:
        with Image.open(io.BytesIO(plate)) as image:
            ink = ImageChops.invert(image.convert("L")).convert("I")
        total = ink if total is None else _sum(total, ink)
    if total is None:
        return 0.0, (0.0, 0.0)
    most = int(total.getextrema()[1])
    spot = total.point(lambda level: level * 1 - (most - 1)).convert("L").getbbox() or (0, 0, 0, 0)
    return most / FULL, (spot[0] / total.width, 1 - spot[1] / total.height)


def _sum(first: Any, second: Any) -> Any:
    from PIL import ImageMath

    return ImageMath.lambda_eval(lambda two: two["a"] + two["b"], a=first, b=second)
