"""Pictures as image objects.

Takes an image file and the size that an output condition wants; gives the PDF's image stream: the JPEG itself, byte for
byte, where nothing must change; else pixels decoded, turned as the camera noted, brought down, and encoded again. Alpha
becomes a soft mask (ISO 32000-1, 8.9, 11.6.5). Pictures are looked at long before; damage found only now is still a
plain error.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from math import ceil
from typing import Any

from brochure.errors import InputError
from brochure.findings import Finding, Span
from brochure.paint.operators import Refer, stream
from brochure.paint.png import png_itself
from brochure.pictures import ORIENTATION, SIDEWAYS
from brochure.press.conditions import OutputCondition

SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
UPRIGHT = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """An image file, and how many pixels across it is to have; None for those that it has."""

    data: bytes
    width: int | None
    quality: int
    label: str
    span: Span | None


def target_width(pixels: int, ppi: float, condition: OutputCondition) -> int | None:
    """How many pixels across the condition wants of a picture placed at `ppi`; None where it stays as it is."""
    if ppi <= condition.most_ppi:
        return None
    return max(1, round(pixels * condition.wanted_ppi / ppi))


def image_object(wanted: Wanted, key: str, refer: Refer) -> str:
    """The picture as an object of the document; the reference to it."""
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import Image

    try:
        with Image.open(io.BytesIO(wanted.data)) as image:
            if _passes(image, wanted):
                return refer(_jpeg_itself(image, wanted.data), key)
            if wanted.width is None and (itself := png_itself(wanted.data)):
                return refer(itself, key)
            return _made_anew(image, wanted, key, refer)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as failure:
        message = f"{wanted.label} cannot be used: {failure}"
        raise InputError([Finding("picture-unreadable", message, wanted.span)]) from failure


def _passes(image: Any, wanted: Wanted) -> bool:
    """Whether the file's own bytes can stand in the PDF."""
    upright = image.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT
    return image.format == "JPEG" and wanted.width is None and upright and image.mode in SPACES


def _jpeg_itself(image: Any, data: bytes) -> bytes:
    entries = _entries(image.size, SPACES[image.mode], "/Filter /DCTDecode")
    if image.mode == "CMYK" and "adobe" in image.info:
        # Adobe writes CMYK inverted: full ink is 0 (Technical Note 5116).
        entries += " /Decode [1 0 1 0 1 0 1 0]"
    return stream(entries, data)


def _entries(size: tuple[int, int], space: str, more: str) -> str:
    width, height = size
    return (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
        f"/ColorSpace {space} /BitsPerComponent 8 {more}"
    )


def _made_anew(image: Any, wanted: Wanted, key: str, refer: Refer) -> str:
    from PIL import Image, ImageOps

    photograph = image.format in ("JPEG", "WEBP")
    if wanted.width is not None:
        _read_smaller(image, wanted.width)
    ImageOps.exif_transpose(image, in_place=True)
    image = _eight_bit(image)
    if wanted.width is not None and wanted.width < image.width:
        height = max(1, round(image.height * wanted.width / image.width))
        image = image.resize((wanted.width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    more = ""
    if image.mode in ("LA", "RGBA"):
        mask = _flate(image.getchannel("A"), "")
        more = f"/SMask {refer(mask, key + 'm')}"
        image = image.convert("L" if image.mode == "LA" else "RGB")
    if photograph and not more:
        return refer(_jpeg(image, wanted.quality), key)
    return refer(_flate(image, more), key)


def _read_smaller(image: Any, width: int) -> None:
    """Has a JPEG decoded at a half, a quarter or an eighth, where that is still as wide as wanted: ten times faster."""
    sideways = image.getexif().get(ORIENTATION, UPRIGHT) in SIDEWAYS
    share = width / (image.height if sideways else image.width)
    image.draft(image.mode, (ceil(image.width * share), ceil(image.height * share)))


def _eight_bit(image: Any) -> Any:
    """The picture in one of the modes that PDF shows: grey, RGB or CMYK in eight bits, with or without alpha."""
    if image.mode in ("L", "RGB", "CMYK", "LA", "RGBA"):
        return (
            image.convert("RGBA") if "transparency" in image.info and image.mode == "RGB" else image
        )
    if image.mode.startswith("I"):
        return image.point(lambda level: level / 257).convert("L")
    if image.mode == "F":
        return image.convert("L")
    has_alpha = "transparency" in image.info or "A" in image.getbands()
    grey = image.mode in ("1",)
    return image.convert("RGBA" if has_alpha else "L" if grey else "RGB")


def _jpeg(image: Any, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0 if quality > 85 else 2, optimize=True)
    entries = _entries(image.size, SPACES[image.mode], "/Filter /DCTDecode")
    if image.mode == "CMYK":
        entries += " /Decode [1 0 1 0 1 0 1 0]"  # Pillow inverts as Adobe does
    return stream(entries, out.getvalue())


def _flate(image: Any, more: str) -> bytes:
    """Pixels compressed without loss, each row as its difference from the one above (PNG's predictor Up)."""
    from PIL import Image, ImageChops

    channels = len(image.getbands())
    width, height = image.size
    above = Image.new(image.mode, image.size)
    above.paste(image.crop((0, 0, width, height - 1)), (0, 1))
    pixels = ImageChops.subtract_modulo(image, above).tobytes()
    row = width * channels
    rows = b"".join(b"\x02" + pixels[at : at + row] for at in range(0, len(pixels), row))
    parms = f"/DecodeParms <</Predictor 15 /Colors {channels} /Columns {width}>>"
    entries = _entries(image.size, SPACES[image.mode], f"/Filter /FlateDecode {parms} {more}")
    return stream(entries, zlib.compress(rows, 6))
