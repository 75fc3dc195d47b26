"""Total ink (total area coverage) of colours and images, and how to limit it.

Total ink is the sum of all inks, 1 for each full ink. To meet a limit, only cyan, magenta and
yellow are reduced, in equal proportion, so that neither hue nor black changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brochure.color.swatch import Cmyk, Colour, Grey, Spot

FULL = 255


def total(colour: Colour) -> float:
    """Return the total ink of a colour; a spot colour counts as one ink, an RGB colour as none."""
    match colour:
        case Cmyk(c, m, y, k):
            return c + m + y + k
        case Grey(light):
            return 1 - light
        case Spot():
            return colour.tint
        case _:
            return 0.0


def limit_ink(colour: Cmyk, limit: float) -> Cmyk:
    """Return the colour with at most `limit` total ink."""
    coloured = colour.c + colour.m + colour.y
    if coloured + colour.k <= limit or not coloured:
        return colour
    share = max(0.0, limit - colour.k) / coloured
    return Cmyk(colour.c * share, colour.m * share, colour.y * share, colour.k)


def maximum_ink(image: Any, *, is_inverted: bool = False) -> float:
    """Return the exact maximum total ink of an image; a grey image is printed in black alone.

    Args:
        image: An image in CMYK or grey.
        is_inverted: True for CMYK in which 0 is full ink.
    """
    if image.mode != "CMYK":
        lightest = int(image.getextrema()[0])
        return (FULL - lightest) / FULL
    return _find_maximum(image, 0, is_inverted=is_inverted) / FULL


def over(image: Any, limit: float) -> float:
    """Return by how much the heaviest pixel of an image exceeds the limit; 0 if none does."""
    if image.mode != "CMYK":
        return max(0.0, maximum_ink(image) - limit)
    return max(0.0, _find_maximum(image, int(limit * FULL)) / FULL - limit)


STRIP_PIXELS = 100_000
"""Pixels of a strip in which ink is measured: its bands fit into the processor's cache."""


def _find_maximum(image: Any, least: int, *, is_inverted: bool = False) -> int:
    """Return the maximum total ink of a CMYK image in levels; `least` if it is not more."""
    from PIL import ImageChops  # on demand, as below

    rows = max(1, STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        inks = (ImageChops.invert(strip) if is_inverted else strip).split()
        quarter = _quarter_sum(inks)
        highest = int(quarter.getextrema()[1])
        # The quarter sum is up to one level below its exact value.
        if 4 * (highest + 1) > least:
            least = max(least, _find_exact_maximum(inks, quarter, highest))
    return least


def _find_exact_maximum(inks: Sequence[Any], quarter: Any, highest: int) -> int:
    """Return the maximum total ink of the bands of an image in levels; `highest` is the maximum of their quarter sum."""
    from PIL import ImageChops  # on demand, as below

    # The pixel with the most ink has one of the two highest quarter sums, so that its total is one of nine levels. The
    # remainder of division by 256 says which.
    least = 4 * (highest - 1)
    near = quarter.point([FULL if level >= highest - 1 else 0 for level in range(256)])
    c, m, y, k = inks
    remainder = ImageChops.add_modulo(ImageChops.add_modulo(c, m), ImageChops.add_modulo(y, k))
    above = remainder.point([(level - least) % 256 for level in range(256)])
    highest_above: Any = ImageChops.darker(above, near).getextrema()
    return least + int(highest_above[1])


def _quarter_sum(inks: Sequence[Any]) -> Any:
    """Return a quarter of each pixel's total ink, rounded down."""
    # Imported on demand: a brochure without images does not need Pillow.
    from PIL import Image

    c, m, y, k = inks
    # `blend` rounds down, like `ImageChops.add` with scale 2, which takes three times as long.
    return Image.blend(Image.blend(c, m, 0.5), Image.blend(y, k, 0.5), 0.5)


def limit_image_ink(image: Any, limit: float) -> Any:
    """Return a CMYK image with at most `limit` total ink in any pixel; the same image if it is within the limit."""
    over = mask_over(image.split(), limit)
    if over is None:
        return image
    result = image.copy()
    for top in range(0, image.height, STRIP_HEIGHT):
        area = (0, top, image.width, min(top + STRIP_HEIGHT, image.height))
        result.paste(_reduce(image.crop(area), limit), area[:2], over.crop(area))
    return result


STRIP_HEIGHT = 256
"""Rows processed at a time: 32-bit values of a whole image would need ten times its memory."""
ROUNDING_MARGIN = 2 / FULL
"""What a pixel's inks may gain in total when each is rounded to eight bits."""


def _reduce(strip: Any, limit: float) -> Any:
    """Scale each pixel's coloured inks to what the limit leaves beside its black."""
    from PIL import Image, ImageChops, ImageMath

    c, m, y, k = strip.split()
    maximum = (limit - ROUNDING_MARGIN) * FULL
    share = ImageMath.lambda_eval(
        lambda inks: inks["min"](
            (maximum - inks["k"]) * FULL / inks["max"](inks["c"] + inks["m"] + inks["y"], 1), FULL
        ),
        **{name: band.convert("F") for name, band in zip("cmyk", (c, m, y, k), strict=True)},
    ).convert("L")
    return Image.merge("CMYK", [*(ImageChops.multiply(band, share) for band in (c, m, y)), k])


def mask_over(inks: Sequence[Any], limit: float) -> Any | None:
    """Return a mask of the pixels that may exceed the limit, or None if there are none; `inks` are the bands of a CMYK image."""
    # A pixel's quarter sum may be one level below its exact value.
    threshold = int(limit * FULL / 4) - 1
    quarter = _quarter_sum(inks)
    if quarter.getextrema()[1] < threshold:
        return None
    return quarter.point([FULL if level >= threshold else 0 for level in range(256)])
