"""Measures the total ink limit that a press profile was made with."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import product
from typing import Any

from brochure.color.icc_profile import IccProfile, IccProfileError, open_profile, read_press_profile
from brochure.color.profile_colours import LAB, lab_profile

LIGHTNESSES, STEP = range(0, 80, 8), 16
"""Dark colours, which have the most ink, and the distance of their a* and b*, in levels of 256."""
ROUNDING = 0.05
SLACK = 0.01
"""Measured ink that is rounding."""


@lru_cache(maxsize=8)
def measure_profile_ink(data: bytes) -> float | None:
    """Return the most ink that a profile gives any colour, rounded up to 5 per cent; None if it is not a CMYK press profile."""
    try:
        most = _measure(read_press_profile(data))
    except IccProfileError:
        return None
    return math.ceil((most - SLACK) / ROUNDING) * ROUNDING


def _measure(profile: IccProfile) -> float:
    # Imported here: files without an output intent need no colour management.
    from PIL import Image, ImageCms

    levels = range(0, 256, STEP)
    colours = bytes(part for colour in product(LIGHTNESSES, levels, levels) for part in colour)
    image = Image.frombytes(LAB, (len(colours) // 3, 1), colours)
    most = 0
    for intent in (ImageCms.Intent.PERCEPTUAL, ImageCms.Intent.RELATIVE_COLORIMETRIC):
        convert: Any = ImageCms.buildTransform(
            open_profile(lab_profile()), open_profile(profile), LAB, "CMYK", intent
        )
        inks = convert.apply(image).tobytes()
        most = max(most, *(sum(inks[at : at + 4]) for at in range(0, len(inks), 4)))
    return most / 255
