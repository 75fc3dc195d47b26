"""Ink: how much of it lies on one another, and how to keep it under a limit.

Takes colours and pictures in CMYK; gives their total ink, 1 for each full ink, and colours that keep to a limit. Too much
is taken from the coloured inks alone and in equal proportion, so that neither hue nor black changes.
"""

from __future__ import annotations

from typing import Any

from brochure.color.swatch import Cmyk, Colour, Grey, Spot

FULL = 255


def total(colour: Colour) -> float:
    """The ink that a colour lays on; a spot's ink is one of its own. Light on a screen has none."""
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
    """The colour with no more ink than the limit."""
    coloured = colour.c + colour.m + colour.y
    if coloured + colour.k <= limit or not coloured:
        return colour
    share = max(0.0, limit - colour.k) / coloured
    return Cmyk(colour.c * share, colour.m * share, colour.y * share, colour.k)


def maximum_ink(image: Any) -> float:
    """The most ink that any pixel of a picture lays on, exactly; a grey picture is printed in black alone."""
    if image.mode != "CMYK":
        lightest = int(image.getextrema()[0])
        return (FULL - lightest) / FULL
    quarter = _quarter(image)
    # A quarter of the sum, rounded down at each of two steps: whoever has the most is within a level of the highest.
    highest = quarter.getextrema()[1]
    darkest = quarter.point([FULL if level >= highest - 1 else 0 for level in range(256)])
    return max(sum(pixel) for pixel in _colours_under(image, darkest)) / FULL


def over(image: Any, limit: float) -> float:
    """How much more ink than the limit the heaviest pixel of a picture lays on; 0 where none does."""
    if image.mode == "CMYK" and _quarter(image).getextrema()[1] + 1 <= limit * FULL / 4:
        return 0.0
    return max(0.0, maximum_ink(image) - limit)


def _quarter(image: Any) -> Any:
    """A quarter of each pixel's total ink, rounded down."""
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import ImageChops

    c, m, y, k = image.split()
    return ImageChops.add(ImageChops.add(c, m, 2), ImageChops.add(y, k, 2), 2)


def _colours_under(image: Any, mask: Any) -> list[tuple[int, ...]]:
    """The colours of a picture where a mask is set."""
    from PIL import Image

    seen = Image.new(image.mode, image.size)
    seen.paste(image, mask=mask)
    found: Any = seen.getcolors(maxcolors=image.width * image.height) or []
    return [colour for _, colour in found]


def limit_image_ink(image: Any, limit: float) -> Any:
    """A picture in CMYK with no more ink than the limit in any pixel; the picture itself where there is none."""
    over = _over(image, limit)
    if over is None:
        return image
    done = image.copy()
    for top in range(0, image.height, STRIP):
        area = (0, top, image.width, min(top + STRIP, image.height))
        done.paste(_thinned(image.crop(area), limit), area[:2], over.crop(area))
    return done


STRIP = 256
"""Rows that are reckoned at once: in numbers of four bytes a whole picture would take its place in memory ten times."""
SLACK = 2 / FULL
"""What the inks of a pixel may gain together when each is rounded to eight bits."""


def _thinned(strip: Any, limit: float) -> Any:
    """Every pixel's coloured inks brought down in one proportion, to what the limit leaves beside its black."""
    from PIL import Image, ImageChops, ImageMath

    c, m, y, k = strip.split()
    most = (limit - SLACK) * FULL
    share = ImageMath.lambda_eval(
        lambda inks: inks["min"](
            (most - inks["k"]) * FULL / inks["max"](inks["c"] + inks["m"] + inks["y"], 1), FULL
        ),
        **{name: band.convert("F") for name, band in zip("cmyk", (c, m, y, k), strict=True)},
    ).convert("L")
    return Image.merge("CMYK", [*(ImageChops.multiply(band, share) for band in (c, m, y)), k])


def _over(image: Any, limit: float) -> Any | None:
    """A mask of the pixels that may lay on more than the limit; None where there are none."""
    # A pixel's quarter may be one level less than it is exactly.
    least = int(limit * FULL / 4) - 1
    over = _quarter(image).point([FULL if level >= least else 0 for level in range(256)])
    return over if over.getbbox() else None
