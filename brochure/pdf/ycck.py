"""Encode CMYK images as YCCK JPEGs, as Distiller and InDesign do.

YCCK is to CMYK what YCbCr is to RGB: cyan, magenta and yellow become one luminance and two chrominance components, and
black stays. At the same quality a photograph takes about a third less space; what is lost is lost in hue rather than in
lightness and black. docs/colour.md has the measurements.

Pillow writes CMYK JPEGs only. The components are therefore computed here, written as if they were CMYK, and declared YCCK
in the Adobe marker (Adobe Technical Note 5116; ISO 32000-1, 7.4.8: the marker decides, not the image dictionary).
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from brochure.images.jpeg import save_jpeg

INVERTED_YCC = (
    *(-0.299, -0.587, -0.114, 255),
    *(0.168735892, 0.331264108, -0.5, 127),
    *(-0.5, 0.418687589, 0.081312411, 127),
)
"""CMY to YCbCr (JFIF 1.02), inverted: Pillow inverts all components of a CMYK JPEG, which restores them."""
ADOBE_CMYK = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
"""The Adobe marker that the encoder writes, up to the last byte, which is the colour transform."""
YCCK = b"\x02"


def encode_ycck(image: Any, quality: int) -> bytes:
    """Return a CMYK image as a baseline YCCK JPEG without chroma subsampling.

    Luminance and black use the luminance quantisation table that libjpeg has for `quality`, the two chrominances its
    chrominance table. As in all Adobe CMYK JPEGs, samples are inverted: 0 is full ink.
    """
    luminance, chrominance = _quantisation_tables(quality)
    # Subsampling stays off: Pillow would apply it to black as well, and blur all text in pictures.
    tables = [luminance, chrominance, chrominance, luminance]
    data = save_jpeg(_to_ycck(image), qtables=tables, subsampling=0)
    at = data.index(ADOBE_CMYK) + len(ADOBE_CMYK)
    return data[:at] + YCCK + data[at + 1 :]


def _to_ycck(image: Any) -> Any:
    """Return the YCCK components as Pillow must be given them to write, in an image that calls them CMYK."""
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import Image

    done = Image.new("CMYK", image.size)
    for top in range(0, image.height, STRIP):
        c, m, y, k = image.crop((0, top, image.width, min(top + STRIP, image.height))).split()
        # Not convert("YCbCr"): it rounds down, half a level in each component, which then shows as a cast.
        components = Image.merge("RGB", (c, m, y)).convert("RGB", INVERTED_YCC)
        done.paste(Image.merge("CMYK", (*components.split(), k)), (0, top))
    return done


STRIP = 128
"""Rows that are converted at a time: whole images would be held four times."""


@lru_cache(maxsize=4)
def _quantisation_tables(quality: int) -> tuple[list[int], list[int]]:
    """Return libjpeg's tables for luminance and chrominance, by writing a JPEG with them."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", quality=quality)
    with Image.open(out) as image:
        tables: Any = image.quantization  # type: ignore[attr-defined]
    return tables[0], tables[1]
