"""Encode CMYK images as YCCK JPEGs, as Distiller and InDesign do.

YCCK is to CMYK what YCbCr is to RGB: cyan, magenta and yellow become one luminance and two chrominance components, and
black stays. At the same quality a photograph takes about a third less space; what is lost is lost in hue rather than in
lightness and black. docs/colour.md has the measurements.

Pillow writes CMYK JPEGs only. The components are therefore computed here, written as if they were CMYK, and declared YCCK
in the Adobe marker (Adobe Technical Note 5116; ISO 32000-1, 7.4.8: the marker decides, not the image dictionary).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from brochure.images.jpeg import save_jpeg

INVERTED_YCC = (
    (-0.299, -0.587, -0.114, 255),
    (0.168735892, 0.331264108, -0.5, 127),
    (-0.5, 0.418687589, 0.081312411, 127),
)
"""CMY to YCbCr (JFIF 1.02), inverted: Pillow inverts all components of a CMYK JPEG, which restores them."""
ADOBE_CMYK = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
"""The Adobe marker that the encoder writes, up to the last byte, which is the colour transform."""
YCCK = b"\x02"


SMALL = 250_000
"""Pixels of images that always have Huffman tables of their own."""
MIN_GAIN = 0.035
"""The part of a larger image's bytes that its own Huffman tables must save: they take three times as long to encode."""
SAMPLES, SAMPLE_ROWS = 3, 16
"""Number and height of the strips of a larger image in which that is measured."""


def encode_ycck(image: Any, quality: int) -> bytes:
    """Return a CMYK image as a baseline YCCK JPEG without chroma subsampling; see `encode_components`."""
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import Image

    components = Image.new("CMYK", image.size)
    for top in range(0, image.height, STRIP):
        strip = image.crop((0, top, image.width, min(top + STRIP, image.height)))
        components.paste(to_components(strip.split()), (0, top))
    return encode_components(components, quality)


STRIP = 128
"""Rows that are converted at a time: whole images would be held four times."""


def to_components(inks: Sequence[Any]) -> Any:
    """Return YCCK components as Pillow must be given them to write, in an image that calls them CMYK.

    Args:
        inks: The bands of a CMYK image.
    """
    from PIL import Image

    c, m, y, k = inks
    colours = Image.merge("RGB", (c, m, y))
    # Not convert("YCbCr"): it rounds down, half a level in each component, which then shows as a cast.
    return Image.merge("CMYK", [*(colours.convert("L", row) for row in INVERTED_YCC), k])


def encode_components(
    components: Any, quality: int, *, has_own_tables: bool | None = None
) -> bytes:
    """Return YCCK components as a baseline JPEG without chroma subsampling.

    Luminance and black use the luminance quantisation table that libjpeg has for `quality`, the two chrominances its
    chrominance table. As in all Adobe CMYK JPEGs, samples are inverted: 0 is full ink.

    Args:
        components: As returned by `to_components`.
        quality: As in libjpeg, 1 to 100.
        has_own_tables: Whether it has Huffman tables of its own, or the standard ones (ITU-T T.81, annex K.3). By default, large
            images have tables of their own if these save enough.
    """
    if has_own_tables is None:
        is_small = components.width * components.height <= SMALL
        has_own_tables = is_small or _measure_gain(components, quality) > MIN_GAIN
    data = _save(components, quality, optimize=has_own_tables)
    at = data.index(ADOBE_CMYK) + len(ADOBE_CMYK)
    return data[:at] + YCCK + data[at + 1 :]


def _measure_gain(components: Any, quality: int) -> float:
    """Return the part of an image's bytes that Huffman tables of its own save, by encoding strips of it."""
    from PIL import Image

    rows = min(SAMPLE_ROWS, components.height)
    sample = Image.new(components.mode, (components.width, SAMPLES * rows))
    for number in range(SAMPLES):
        # From multiples of 8, so that the blocks are those of the image.
        top = (components.height - rows) * (number + 1) // (SAMPLES + 1) // 8 * 8
        strip = components.crop((0, top, components.width, top + rows))
        sample.paste(strip, (0, number * rows))
    standard = len(_save(sample, quality, optimize=False))
    return 1 - len(_save(sample, quality, optimize=True)) / standard


def _save(components: Any, quality: int, *, optimize: bool) -> bytes:
    luminance, chrominance = _quantisation_tables(quality)
    # Subsampling stays off: Pillow would apply it to black as well, and blur all text in pictures.
    tables = [luminance, chrominance, chrominance, luminance]
    return save_jpeg(components, qtables=tables, subsampling=0, optimize=optimize)


@lru_cache(maxsize=4)
def _quantisation_tables(quality: int) -> tuple[list[int], list[int]]:
    """Return libjpeg's tables for luminance and chrominance, by writing a JPEG with them."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", quality=quality)
    with Image.open(out) as image:
        tables: Any = image.quantization  # type: ignore[attr-defined]
    return tables[0], tables[1]
