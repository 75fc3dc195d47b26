"""Pictures as image objects.

Takes an image file and what an output condition wants of it; gives the picture as it stands in the PDF: the JPEG's or PNG's
own data where nothing must change; else pixels decoded, turned as the camera noted, brought down, brought to the press or
to the screen by their own profile, and encoded again. Alpha becomes a soft mask (ISO 32000-1, 8.9, 11.6.5), or goes into
the ground that it lies on where there may be none. Pictures are looked at long before; damage found only now is still a
plain error.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import replace
from math import ceil
from typing import Any

from brochure.color.icc_profile import IccProfile, IccProfileError
from brochure.color.image_separation import convert_to_screen, read_embedded_profile, separate_image
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk
from brochure.color.total_ink import over
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.images.probe import SIDEWAYS, orientation
from brochure.pdf.image_memory import Load, look_light
from brochure.pdf.image_xobject import Stored
from brochure.pdf.png import png_itself
from brochure.pdf.ycck import encode_ycck
from brochure.prepress.output_conditions import OutputCondition

SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
UPRIGHT = 1
RECIPE = 3
"""Raised whenever the same file would be made into other bytes, so that nothing kept by an older program is taken."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an image file is to be: so many pixels across (None: as many as it has), of this quality.

    Where there is a `press`, the picture goes to its `inks`, or is shown on a screen as it would be printed there. A
    `ground` is what see-through parts are laid over, with `opacity`, where the output may not be see-through.
    """

    width: int | None
    quality: int
    label: str
    span: Span | None
    press: PressCondition | None = None
    inks: bool = False
    ground: Cmyk | None = None
    opacity: float = 1.0

    def key(self, digest: bytes) -> str:
        """The digest of all that the picture is made from; `digest` is the file's."""
        press = self.press
        how = press and (press.profile.digest, press.intent, press.black_point, press.ink_limit)
        said = (RECIPE, _engines(), self.width, self.quality, how, self.inks, self.ground)
        made_of = repr((*said, self.opacity)).encode("utf-8")
        return hashlib.blake2b(digest + made_of, digest_size=20).hexdigest()


def _engines() -> tuple[str, str]:
    """The versions of whatever makes the pixels. What the imaging library is built of comes with it."""
    from PIL import __version__  # the number alone: it loads nothing of the library

    return __version__, zlib.ZLIB_VERSION


def target_width(pixels: int, ppi: float, condition: OutputCondition) -> int | None:
    """How many pixels across the condition wants of a picture placed at `ppi`; None where it stays as it is."""
    if ppi <= condition.most_ppi:
        return None
    return max(1, round(pixels * condition.wanted_ppi / ppi))


def as_it_is(data: bytes, wanted: Wanted) -> Stored | None:
    """The picture with the file's own data; None where something must change, and it is to be made."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            if wanted.width is not None or wanted.ground or not _keeps_colours(image, wanted):
                return None
            if orientation(image, data) != UPRIGHT:
                return None
            if image.format == "JPEG" and image.mode in SPACES:
                return _jpeg_itself(image, data)
            return png_itself(data)
    except FAILURES as failure:
        raise _unreadable(wanted, failure) from failure


def made(data: bytes, wanted: Wanted) -> Stored:
    """The picture made anew."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return _made(image, data, wanted)
    except (*FAILURES, Image.DecompressionBombError) as failure:
        raise _unreadable(wanted, failure) from failure


FAILURES = (
    *(ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, SyntaxError, TypeError),
    *(ValueError, struct.error, IccProfileError),
)
"""What the imaging library comes to in a damaged file: it trusts what headers say until it needs it."""


def _unreadable(wanted: Wanted, failure: Exception) -> InputError:
    message = f"{wanted.label} cannot be used: {failure}"
    return InputError([Finding("picture-unreadable", message, wanted.span)])


TURNS = (
    *("FLIP_LEFT_RIGHT", "ROTATE_180", "FLIP_TOP_BOTTOM"),
    *("TRANSPOSE", "ROTATE_270", "TRANSVERSE", "ROTATE_90"),
)
"""What brings a picture upright, by the orientations 2 to 8."""


def _upright(image: Any, turned: int) -> Any:
    from PIL import Image

    if not UPRIGHT < turned <= len(TURNS) + 1:
        return image
    return image.transpose(Image.Transpose[TURNS[turned - 2]])


def _keeps_colours(image: Any, wanted: Wanted) -> bool:
    """Whether the picture's colours are already those that are wanted."""
    if wanted.press is None or image.mode == "1":
        return True
    if wanted.inks or image.mode == "CMYK":
        return False
    return read_embedded_profile(image.info.get("icc_profile"), image.mode) is None


def _jpeg_itself(image: Any, data: bytes) -> Stored:
    entries = _entries(image, Filter="DCTDecode")
    if image.mode == "CMYK" and "adobe" in image.info:
        # Adobe writes CMYK inverted: full ink is 0 (Technical Note 5116).
        entries["Decode"] = INVERTED
    return Stored(entries, data)


INVERTED = [1, 0] * 4


def _entries(image: Any, **more: Any) -> dict[str, Any]:
    """The entries of an image dictionary (table 89), with the filter's."""
    width, height = image.size
    space = SPACES[image.mode]
    return {"Width": width, "Height": height, "ColorSpace": space, "BitsPerComponent": 8, **more}


def _made(image: Any, data: bytes, wanted: Wanted) -> Stored:
    from PIL import Image

    photograph = image.format in ("JPEG", "WEBP")
    full, turned = image.size, orientation(image, data)
    whole = _whole_cmyk(image, wanted, turned)
    if wanted.width is not None:
        _read_smaller(image, wanted.width, turned)
    smaller = wanted.width is not None and wanted.width < min(image.size)
    look_light(image, Load(len(data), full, turned != UPRIGHT, smaller, wanted.ground is not None))
    icc = image.info.get("icc_profile")
    image = _eight_bit(_upright(image, turned))
    if wanted.width is not None and wanted.width < image.width:
        height = max(1, round(image.height * wanted.width / image.width))
        image = image.resize((wanted.width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    mask = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    if mask:
        image = image.convert("L" if image.mode == "LA" else "RGB")
    profile = read_embedded_profile(icc, image.mode)
    same = whole and (profile is None or profile.digest == whole.profile.digest)
    if whole and same and not over(image, whole.ink_limit):
        return _jpeg_itself(image, data)
    if wanted.ground:
        return _laid_on_ground(image, mask, profile, wanted)
    if photograph and not mask:
        return _photograph(image, profile, wanted)
    return _flate(_coloured(image, profile, wanted), _flate(mask) if mask else None)


def _whole_cmyk(image: Any, wanted: Wanted, turned: int) -> PressCondition | None:
    """The press, where the file is a CMYK JPEG that may go to it as it is, if it keeps to the limit of ink."""
    kept = image.format == "JPEG" and image.mode == "CMYK" and turned == UPRIGHT
    if not (kept and wanted.inks and wanted.width is None and wanted.ground is None):
        return None
    return wanted.press


def _coloured(image: Any, profile: IccProfile | None, wanted: Wanted) -> Any:
    """The picture brought to where it goes."""
    if wanted.press and wanted.inks:
        return separate_image(image, profile, wanted.press)
    return convert_to_screen(image, profile, wanted.press)


def _laid_on_ground(image: Any, mask: Any, profile: IccProfile | None, wanted: Wanted) -> Stored:
    """The picture with the flat colour beneath it, where nothing may be see-through."""
    from PIL import Image

    inks = _coloured(image, profile, wanted)
    if inks.mode == "L":
        none = Image.new("L", inks.size)
        inks = Image.merge("CMYK", [none, none, none, inks.point(lambda light: 255 - light)])
    ground = wanted.ground or Cmyk(0, 0, 0, 0)
    levels = tuple(round(part * 255) for part in (ground.c, ground.m, ground.y, ground.k))
    mask = mask or Image.new("L", inks.size, 255)
    mask = mask.point(lambda level: level * wanted.opacity)
    return _flate(Image.composite(inks, Image.new("CMYK", inks.size, levels), mask))


def _photograph(image: Any, profile: IccProfile | None, wanted: Wanted) -> Stored:
    """A picture without alpha as a JPEG; what its blocks add to the darkest ink is taken off beforehand."""
    from PIL import Image

    press = wanted.press
    for _ in range(3):
        done = _coloured(image, profile, replace(wanted, press=press))
        stored = _jpeg(done, wanted.quality)
        if done.mode != "CMYK" or not (press and wanted.press and wanted.inks):
            return stored
        if wanted.quality >= RIPPLE_QUALITY and not over(done, press.ink_limit - RIPPLE):
            return stored
        too_much = over(Image.open(io.BytesIO(stored.data)), wanted.press.ink_limit)
        if not too_much:
            return stored
        press = replace(press, ink_limit=press.ink_limit - too_much - 0.005)
    return _flate(done)


RIPPLE = 0.25
"""More than a JPEG of at least `RIPPLE_QUALITY` adds to a pixel's total ink; images that far below the limit are not measured."""
RIPPLE_QUALITY = 93


def _read_smaller(image: Any, width: int, turned: int) -> None:
    """Has a JPEG decoded at a half, a quarter or an eighth, where that is still as wide as wanted: ten times faster."""
    sideways = turned in SIDEWAYS
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


def _jpeg(image: Any, quality: int) -> Stored:
    """Return the image as a JPEG with Huffman tables of its own; CMYK as YCCK."""
    entries = _entries(image, Filter="DCTDecode")
    if image.mode == "CMYK":
        entries["Decode"] = INVERTED
        return Stored(entries, encode_ycck(image, quality))
    out = io.BytesIO()
    subsampling = 0 if quality > 85 else 2
    image.save(out, "JPEG", quality=quality, subsampling=subsampling, optimize=True)
    return Stored(entries, out.getvalue())


def _flate(image: Any, mask: Stored | None = None) -> Stored:
    """Pixels compressed without loss, each row as its difference from the one above (PNG's predictor Up)."""
    from PIL import ImageChops

    channels = len(image.getbands())
    width, height = image.size
    row = width * channels
    packing, packed = zlib.compressobj(6), []
    for top in range(0, height, BAND):
        # A few rows at a time; what is cropped from above the picture is nought, as PNG has it.
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
"""Rows that are compressed at a time."""
