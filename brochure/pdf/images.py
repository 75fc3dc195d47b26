"""Convert pictures to image XObjects (ISO 32000-1, 8.9).

The data of a JPEG or PNG is embedded unchanged if possible. Otherwise pixels are decoded, rotated by their EXIF orientation,
scaled down, colour-managed for press or screen, and encoded again. Alpha becomes a soft mask (11.6.5), or is flattened onto
the background where transparency is not allowed. Damage found here is reported as an `InputError`.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from math import ceil
from typing import Any

from brochure.color.icc_profile import IccProfile, IccProfileError, srgb
from brochure.color.image_separation import convert_to_screen, read_embedded_profile, separate_image
from brochure.color.matrix_profile import (
    SRGB_CHROMATICITIES,
    SRGB_GAMMA,
    build_matrix_profile,
    is_like_srgb,
)
from brochure.color.printing_condition import DEFAULT, Intent, PressCondition, shipped_condition
from brochure.color.swatch import Cmyk, Colour
from brochure.color.total_ink import over
from brochure.errors import ImageError, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.images.jpeg import read_jpeg
from brochure.images.pixels import decode, open_image
from brochure.images.probe import SIDEWAYS, UPRIGHT, orientation
from brochure.pdf.image_encoding import Share, compress, embed_jpeg, encode_jpeg
from brochure.pdf.image_memory import MAX_WORK, Load, check_memory
from brochure.pdf.image_xobject import Stored
from brochure.pdf.png import embed_png
from brochure.prepress.output_conditions import OutputCondition
from brochure.system.exhaustion import raise_if_exhausted, require_memory

CONVERSION_VERSION = 8
"""Version of the conversion and of its stored form; increase it when the same file yields other bytes."""


@dataclass(frozen=True, slots=True)
class ImageTarget:
    """How to embed an image file: width in pixels (None: unchanged) and JPEG quality.

    With a `press`, colours are converted to its `inks`, or for the screen as printed there. With a `ground`, transparency is
    flattened onto that colour, with `opacity`. With a `duotone`, the picture is in tints of these colours; `plate` is the only
    one of its inks to be shown, in grey. `keeps_rgb`: an RGB picture for the press stays RGB, with its profile.
    """

    width: int | None
    quality: int
    label: str
    span: Span | None
    press: PressCondition | None = None
    inks: bool = False
    ground: Cmyk | None = None
    opacity: float = 1.0
    duotone: tuple[Colour, ...] = ()
    plate: str = ""
    keeps_rgb: bool = False

    def key(self, digest: bytes) -> str:
        """Return a digest of all that the image depends on besides code; `digest` is the file's."""
        press = self.press
        press_key = press and (
            press.profile.digest,
            press.intent,
            press.black_point,
            press.ink_limit,
        )
        parameters = (
            self.width,
            self.quality,
            press_key,
            self.inks,
            self.ground,
        )
        tones = (self.duotone, self.plate) if self.duotone else ()
        late = ("rgb",) if self.keeps_rgb else ()
        encoded = repr((*parameters, self.opacity, *tones, *late)).encode("utf-8")
        return hashlib.blake2b(digest + encoded, digest_size=20).hexdigest()


def target_width(pixels: int, ppi: float, condition: OutputCondition) -> int | None:
    """Return the width in pixels to which the output condition reduces a picture of `ppi`; None if it stays unchanged."""
    if ppi <= condition.most_ppi:
        return None
    return max(1, round(pixels * condition.wanted_ppi / ppi))


def embed_unchanged(data: bytes, target: ImageTarget) -> Stored | None:
    """Return the image with the file's own data, without metadata; None if it must be converted."""
    try:
        with open_image(data) as image:
            if target.width is not None or target.ground or target.duotone:
                return None
            if not _keeps_colours(image, target):
                return None
            is_rgb = target.keeps_rgb and image.mode == "RGB"
            if image.format == "JPEG":
                jpeg = read_jpeg(data, keeps_profile=not is_rgb)
                stored = embed_jpeg(image, jpeg.stripped) if jpeg.is_valid_in_pdf else None
            else:
                stored = embed_png(data)
            if stored and is_rgb:
                stored = _add_profile(stored, _read_profile(image, "RGB"), target)
            return stored and replace(stored, orientation=orientation(image, data))
    except FAILURES as failure:
        _check_resources(failure, data)
        raise _unreadable(target, failure) from failure


def convert(data: bytes, target: ImageTarget, share: Share | None = None) -> Stored:
    """Convert a picture; `share` runs the jobs that threads can share."""
    with reading(data, target), open_image(data) as image:
        return _convert(image, data, target, share)


@contextmanager
def reading(data: bytes, target: ImageTarget) -> Iterator[None]:
    """Report what is wrong with a picture as an `InputError`."""
    # Imported on demand: pictures in the cache do not need Pillow.
    from PIL import Image

    try:
        yield
    except (*FAILURES, Image.DecompressionBombError) as failure:
        _check_resources(failure, data)
        raise _unreadable(target, failure) from failure


FAILURES = (
    *(ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, SyntaxError, TypeError),
    *(ValueError, struct.error, IccProfileError, ImageError),
)
"""Exceptions of the imaging library on damaged files."""


def _check_resources(failure: Exception, data: bytes) -> None:
    """Raise an error if the system lacked memory or files; decoders report that as damaged data."""
    raise_if_exhausted(failure)
    if isinstance(failure, OSError):
        with suppress(*FAILURES), open_image(data) as image:
            needed = DECODER_MEMORY + BUFFERED_BYTES * image.width * image.height
            require_memory(min(MAX_WORK, needed))


DECODER_MEMORY, BUFFERED_BYTES = 64 << 20, 16
"""Bytes of memory, and for each pixel, that must be free for a failure of a decoder to mean that the data is damaged.

They are about twice of what it needs for a progressive JPEG: another thread may have freed some since.
"""


def _unreadable(target: ImageTarget, failure: Exception) -> InputError:
    """Return the error for a picture; only our own exceptions have a readable text."""
    is_explained = isinstance(failure, (IccProfileError, ImageError))
    reason = failure if is_explained else "its data is damaged; export the image again"
    message = f"{target.label} cannot be used: {reason}"
    return InputError([Finding("picture-unreadable", message, target.span)])


TRANSPOSITIONS = (
    *("FLIP_LEFT_RIGHT", "ROTATE_180", "FLIP_TOP_BOTTOM"),
    *("TRANSPOSE", "ROTATE_270", "TRANSVERSE", "ROTATE_90"),
)
"""Transformations to upright, for the EXIF orientations 2 to 8."""


def rotate_upright(image: Any, turned: int) -> Any:
    """Return an image turned upright by its EXIF orientation."""
    from PIL import Image

    if not UPRIGHT < turned <= len(TRANSPOSITIONS) + 1:
        return image
    return image.transpose(Image.Transpose[TRANSPOSITIONS[turned - 2]])


def _keeps_colours(image: Any, target: ImageTarget) -> bool:
    """Return True if the picture's colours need no conversion."""
    if image.mode == "1":
        return True
    if image.mode == "CMYK":
        return target.press is None
    if target.press and target.inks:
        return target.keeps_rgb and image.mode == "RGB"
    return _read_profile(image, image.mode) is None


def _add_profile(stored: Stored, profile: IccProfile | None, target: ImageTarget) -> Stored:
    """Return an RGB picture with its profile (None is sRGB) and the rendering intent (table 89) for its conversion."""
    is_perceptual = target.press is not None and target.press.intent is Intent.PERCEPTUAL
    intent = "Perceptual" if is_perceptual else "RelativeColorimetric"
    data = profile.data if profile else srgb()
    return replace(stored, entries={**stored.entries, "Intent": intent}, profile=data)


def _read_profile(image: Any, mode: str) -> IccProfile | None:
    """Return the profile of a file's pixels in a mode; None for sRGB."""
    return read_embedded_profile(_icc(image, mode), mode)


def _icc(image: Any, mode: str) -> bytes | None:
    """Return the ICC profile of a file's pixels in a mode; that of a PNG with `gAMA` or `cHRM` is made from these."""
    given = image.info.get("icc_profile")
    if given or image.format != "PNG" or "srgb" in image.info:
        return bytes(given) if given else None
    gamma = image.info.get("gamma", SRGB_GAMMA)
    is_grey = mode == "L"
    primaries = SRGB_CHROMATICITIES if is_grey else _chromaticities(image)
    if is_like_srgb(gamma, primaries):
        return None
    return build_matrix_profile(gamma, primaries, grey=is_grey)


def _chromaticities(image: Any) -> tuple[float, ...]:
    return tuple(image.info.get("chromaticity", SRGB_CHROMATICITIES))


@dataclass(frozen=True, slots=True)
class LoadedPixels:
    """The pixels of a picture (L, RGB or CMYK) upright, with their alpha channel and their profile."""

    image: Any
    mask: Any
    profile: IccProfile | None


def load_pixels(opened: Any, data: bytes, target: ImageTarget) -> LoadedPixels:
    """Decode an open picture at the width of the target.

    Raises:
        ImageError: That would take too much memory.
    """
    from PIL import Image

    image = opened
    full, turned = image.size, orientation(image, data)
    if target.width is not None:
        _read_smaller(image, target.width, turned)
    smaller = target.width is not None and target.width < min(image.size)
    check_memory(
        image, Load(len(data), full, turned != UPRIGHT, smaller, target.ground is not None)
    )
    image = rotate_upright(decode(image, data), turned)
    if target.width is not None and target.width < image.width:
        height = max(1, round(image.height * target.width / image.width))
        image = image.resize((target.width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    mask = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    if mask:
        image = image.convert("L" if image.mode == "LA" else "RGB")
    return LoadedPixels(image, mask, _read_profile(opened, image.mode))


def _convert(opened: Any, data: bytes, target: ImageTarget, share: Share | None) -> Stored:
    photograph = opened.format in ("JPEG", "WEBP")
    unchanged_press = _unchanged_press(opened, target, orientation(opened, data))
    loaded = load_pixels(opened, data, target)
    image, mask, profile = loaded.image, loaded.mask, loaded.profile
    same = unchanged_press and (profile is None or profile.digest == unchanged_press.profile.digest)
    if unchanged_press and same and not over(image, unchanged_press.ink_limit):
        original = read_jpeg(data)
        if original.is_valid_in_pdf:
            return embed_jpeg(opened, original.stripped)
    if target.duotone:
        return _convert_duotone(image, mask, profile, target, lossy=photograph)
    if target.ground:
        return _flatten(image, mask, profile, target)
    if target.keeps_rgb and image.mode == "RGB":
        lossy = photograph and not mask
        kept = encode_jpeg(image, target.quality) if lossy else _compress_with_mask(image, mask)
        return _add_profile(kept, profile, target)
    if photograph and not mask:
        return _encode_photograph(image, profile, target, share)
    return _compress_with_mask(convert_colours(image, profile, target), mask)


def _compress_with_mask(image: Any, mask: Any) -> Stored:
    return compress(image, compress(mask) if mask else None)


def _unchanged_press(image: Any, target: ImageTarget, turned: int) -> PressCondition | None:
    """Return the press condition if a CMYK JPEG can be printed unchanged within its ink limit, else None."""
    is_unchanged = image.format == "JPEG" and image.mode == "CMYK" and turned == UPRIGHT
    is_converted = target.width is not None or target.ground is not None or bool(target.duotone)
    if not (is_unchanged and target.inks) or is_converted:
        return None
    return target.press


def convert_colours(image: Any, profile: IccProfile | None, target: ImageTarget) -> Any:
    """Convert the picture's colours to the output."""
    if target.press and target.inks:
        return separate_image(image, profile, target.press)
    return convert_to_screen(image, profile, target.press)


def _flatten(image: Any, mask: Any, profile: IccProfile | None, target: ImageTarget) -> Stored:
    """Flatten transparency onto a flat colour."""
    from PIL import Image

    inks = convert_colours(image, profile, target)
    if inks.mode == "L":
        none = Image.new("L", inks.size)
        inks = Image.merge("CMYK", [none, none, none, inks.point(lambda light: 255 - light)])
    ground = target.ground or Cmyk(0, 0, 0, 0)
    levels = tuple(round(part * 255) for part in (ground.c, ground.m, ground.y, ground.k))
    mask = mask or Image.new("L", inks.size, 255)
    mask = mask.point(lambda level: level * target.opacity)
    return compress(Image.composite(inks, Image.new("CMYK", inks.size, levels), mask))


def _convert_duotone(
    image: Any, mask: Any, profile: IccProfile | None, target: ImageTarget, *, lossy: bool
) -> Stored:
    """Convert a picture to tints of one or two colours."""
    from PIL import Image

    # Imported here: only pictures in one or two inks need it.
    from brochure.pdf.duotone import convert_to_tints
    from brochure.pdf.separated_jpeg import RIPPLE

    grey = convert_to_screen(image, profile, target.press).convert("L")
    opaque = target.ground or not mask
    if target.ground and (mask or target.opacity < 1):
        mask = (mask or Image.new("L", grey.size, 255)).point(lambda level: level * target.opacity)
        grey = Image.composite(grey, Image.new("L", grey.size, 255), mask)
    press = target.press or shipped_condition(DEFAULT)
    tinted = convert_to_tints(grey, target.duotone, press, inks=target.inks, plate=target.plate)
    # Compression may add ink to the darkest tones.
    is_heavy = over(tinted.image, press.ink_limit - RIPPLE) if target.inks else 0.0
    if lossy and opaque and tinted.is_continuous and not is_heavy:
        stored = encode_jpeg(tinted.image, target.quality)
    else:
        stored = compress(tinted.image, None if opaque else compress(mask))
    return replace(stored, entries={**stored.entries, "ColorSpace": tinted.space})


def _encode_photograph(
    image: Any, profile: IccProfile | None, target: ImageTarget, share: Share | None
) -> Stored:
    """Encode a picture without alpha as a JPEG."""
    if target.press and target.inks and image.mode != "L":
        # Imported here, as below: pictures in the cache do not need it.
        from brochure.pdf.separated_jpeg import Photograph, encode_separated

        return encode_separated(Photograph(image, profile, target.quality), target.press, share)
    return encode_jpeg(convert_colours(image, profile, target), target.quality)


def _read_smaller(image: Any, width: int, turned: int) -> None:
    """Decode a JPEG at a half, a quarter or an eighth of its size if that is wide enough: ten times faster."""
    sideways = turned in SIDEWAYS
    share = width / (image.height if sideways else image.width)
    image.draft(image.mode, (ceil(image.width * share), ceil(image.height * share)))
