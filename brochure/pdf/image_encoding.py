"""Encode converted pictures as image XObjects: JPEG, or compression without loss with PNG's predictor."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

from brochure.images.jpeg import save_jpeg
from brochure.pdf.image_xobject import Stored

Share = Callable[[Sequence[Callable[[], None]]], None]
"""Run the jobs that a conversion consists of, in any order and in any threads."""

SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}


def embed_jpeg(image: Any, data: bytes) -> Stored:
    """Return the image with the data of a JPEG; `image` is the JPEG as opened."""
    entries = _entries(image, Filter="DCTDecode")
    if image.mode == "CMYK":
        entries["Decode"] = INVERTED
    return Stored(entries, data)


INVERTED = [1, 0] * 4
"""The array Decode of CMYK JPEGs, in which 0 is full ink (`images/pixels.py`)."""


def _entries(image: Any, **more: Any) -> dict[str, Any]:
    """Return the entries of an image dictionary (table 89), with those of the filter."""
    width, height = image.size
    space = SPACES[image.mode]
    return {"Width": width, "Height": height, "ColorSpace": space, "BitsPerComponent": 8, **more}


def encode_jpeg(image: Any, quality: int) -> Stored:
    """Return the image as a JPEG with Huffman tables of its own; CMYK as YCCK."""
    entries = _entries(image, Filter="DCTDecode")
    if image.mode == "CMYK":
        # Imported here: a PDF without lossy CMYK images does not need it.
        from brochure.pdf.ycck import encode_ycck

        entries["Decode"] = INVERTED
        return Stored(entries, encode_ycck(image, quality))
    subsampling = 0 if quality > 85 else 2
    # Without `comment`, Pillow copies that of the file.
    return Stored(entries, save_jpeg(image, quality=quality, subsampling=subsampling, comment=b""))


def compress(image: Any, mask: Stored | None = None) -> Stored:
    """Compress pixels without loss, with PNG's predictor Up."""
    # Imported on demand: pictures in the cache do not need Pillow.
    from PIL import ImageChops

    channels = len(image.getbands())
    width, height = image.size
    row = width * channels
    packing, packed = zlib.compressobj(6), []
    for top in range(0, height, BAND):
        # A few rows at a time; rows cropped from above the picture are 0, as PNG requires.
        below = min(height, top + BAND)
        band = image.crop((0, top, width, below))
        above = image.crop((0, top - 1, width, below - 1))
        pixels = ImageChops.subtract_modulo(band, above).tobytes()
        rows = (b"\x02" + pixels[at : at + row] for at in range(0, len(pixels), row))
        packed.append(packing.compress(b"".join(rows)))
    predictor = {"Predictor": 15, "Colors": channels, "Columns": width}
    entries = _entries(image, Filter="FlateDecode", DecodeParms=predictor)
    return Stored(entries, b"".join([*packed, packing.flush()]), mask)


BAND = 256
"""Rows compressed at a time."""
