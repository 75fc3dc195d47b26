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


def maximum_ink(image: Any) -> float:
    """Return the exact maximum total ink of an image; a grey image is printed in black alone."""
    if image.mode != "CMYK":
        lightest = int(image.getextrema()[0])
        return (FULL - lightest) / FULL
    quarter = _quarter_sum(image.split())
    # The quarter sum is rounded down twice, so the pixel with the most ink is within a level of its maximum.
    highest = quarter.getextrema()[1]
    darkest = quarter.point([FULL if level >= highest - 1 else 0 for level in range(256)])
    return max(sum(pixel) for pixel in _list_colours(image, darkest)) / FULL


def over(image: Any, limit: float) -> float:
    """Return by how much the heaviest pixel of an image exceeds the limit; 0 if none does."""
    if image.mode == "CMYK" and _quarter_sum(image.split()).getextrema()[1] + 1 <= limit * FULL / 4:
        return 0.0
    return max(0.0, maximum_ink(image) - limit)


def _quarter_sum(inks: Sequence[Any]) -> Any:
    """Return a quarter of each pixel's total ink, rounded down."""
    # Imported on demand: a brochure without images does not need Pillow.
    from PIL import Image

    c, m, y, k = inks
    # `blend` rounds down, like `ImageChops.add` with scale 2, which takes three times as long.
    return Image.blend(Image.blend(c, m, 0.5), Image.blend(y, k, 0.5), 0.5)


def _list_colours(image: Any, mask: Any) -> list[tuple[int, ...]]:
    """List the colours of an image where a mask is set."""
    from PIL import Image

    masked = Image.new(image.mode, image.size)
    masked.paste(image, mask=mask)
    colours: Any = masked.getcolors(maxcolors=image.width * image.height) or []
    return [colour for _, colour in colours]


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
