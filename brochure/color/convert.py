"""Convert colours between screen and press.

`in_ink` returns what is printed, `in_light` how it appears on screen. CMYK, grey and spot colours
are printed as written, neutral RGB becomes black ink alone, and all other colours are converted
through the printing condition's profile, so that the proof matches the print.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Any

from brochure.color.icc_profile import PROFILE_MEMORY, IccProfile, IccProfileError, open_profile
from brochure.color.printing_condition import Intent, PressCondition
from brochure.color.swatch import Cmyk, Colour, Grey, Rgb, Spot, tint
from brochure.color.total_ink import limit_ink
from brochure.system.exhaustion import require_memory

FULL = 255
PAPER = Cmyk(0, 0, 0, 0)


@lru_cache(maxsize=4096)
def in_ink(colour: Colour, press: PressCondition) -> Cmyk | Spot:
    """Return the colour as printed; the alternate of a spot colour is converted too."""
    match colour:
        case Cmyk():
            return colour
        case Grey(light):
            return Cmyk(0, 0, 0, 1 - light)
        case Spot(name, alternate, strength):
            return Spot(name, _to_process(alternate, press), strength)
        case Rgb():
            return _to_process(colour, press)


def _to_process(colour: Cmyk | Rgb | Grey, press: PressCondition) -> Cmyk:
    """Convert a colour to process inks."""
    if isinstance(colour, Cmyk):
        return colour
    if isinstance(colour, Grey):
        return Cmyk(0, 0, 0, 1 - colour.light)
    levels = [round(part * FULL) for part in (colour.r, colour.g, colour.b)]
    if len(set(levels)) == 1:
        return Cmyk(0, 0, 0, black_for(press)[levels[0]] / FULL)
    inks = apply_transform("RGB", bytes(levels), to_press(press))
    return limit_ink(Cmyk(*(level / FULL for level in inks)), press.ink_limit)


@lru_cache(maxsize=4096)
def in_light(colour: Colour, press: PressCondition) -> Rgb:
    """Return the colour as a screen shows it, in sRGB; inks are converted through the press profile."""
    match colour:
        case Rgb():
            return colour
        case Spot(_, alternate, strength):
            return in_light(tint(alternate, strength), press)
        case Grey(light):
            return in_light(Cmyk(0, 0, 0, 1 - light), press)
        case Cmyk(c, m, y, k):
            if colour == PAPER:
                return Rgb(1, 1, 1)
            if not (c or m or y):
                return Rgb(*[_encode_srgb(_black_lights(press)[round(k * FULL)])] * 3)
            inks = bytes(round(part * FULL) for part in (c, m, y, k))
            return Rgb(
                *(level / FULL for level in apply_transform("CMYK", inks, from_press(press)))
            )


@lru_cache(maxsize=8)
def black_for(press: PressCondition) -> tuple[int, ...]:
    """Return the black ink (0 to 255) for each of 256 neutral levels, scaled between paper and full black."""
    lights = _black_lights(press)
    darkest = lights[-1]
    # Full black ink still reflects light: scale so that it maps to black, as black point compensation does.
    scaled = [-(light - darkest) / (1 - darkest) for light in lights]
    return tuple(
        min(FULL, bisect_left(scaled, -_decode_srgb(level / FULL))) for level in range(256)
    )


@lru_cache(maxsize=8)
def _black_lights(press: PressCondition) -> tuple[float, ...]:
    """Return the relative luminance of 256 tints of black ink; paper is 1.

    Hue is ignored: black text appears neutral next to the paper, whatever the profile says of the
    darkest tones.
    """
    ramp = bytes(part for black in range(256) for part in (0, 0, 0, black))
    shown = [
        _decode_srgb(level / FULL)
        for level in apply_transform("CMYK", ramp, from_press(press), 256)
    ]
    components = zip(shown[::3], shown[1::3], shown[2::3], strict=True)
    return tuple(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in components)


def _encode_srgb(energy: float) -> float:
    """Encode linear light as sRGB (IEC 61966-2-1)."""
    return energy * 12.92 if energy <= 0.0031308 else float(1.055 * energy ** (1 / 2.4) - 0.055)


def _decode_srgb(light: float) -> float:
    """Decode sRGB to linear light (IEC 61966-2-1)."""
    return light / 12.92 if light <= 0.04045 else float(((light + 0.055) / 1.055) ** 2.4)


def apply_transform(mode: str, levels: bytes, transform: Any, count: int = 1) -> bytes:
    """Apply a transform to pixels."""
    # Imported on demand: a brochure whose colours need no conversion does not need Pillow.
    from PIL import Image

    pixels = Image.frombytes(mode, (count, 1), levels)
    converted = Image.new(transform.output_mode, pixels.size)
    # Not `transform.apply`, which writes the whole profile to memory for every call: a hundred times slower for one pixel.
    transform.transform.apply(pixels.getim(), converted.getim())
    return bytes(converted.tobytes())


@lru_cache(maxsize=8)
def to_press(press: PressCondition, source: IccProfile | None = None, mode: str = "RGB") -> Any:
    """Return the transform to the press, from sRGB or from an image's own profile."""
    # Imported on demand, as above.
    from PIL import ImageCms

    intent = (
        ImageCms.Intent.PERCEPTUAL
        if press.intent is Intent.PERCEPTUAL
        else ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    # Not optimized: building the table takes longer than converting a few colours exactly.
    flags = ImageCms.Flags.NOOPTIMIZE
    if press.black_point:
        flags |= ImageCms.Flags.BLACKPOINTCOMPENSATION
    return _build_transform((source, mode), (press.profile, "CMYK"), intent, flags)


@lru_cache(maxsize=8)
def from_press(press: PressCondition) -> Any:
    """Return the transform from the press to sRGB: paper becomes white, the darkest ink black."""
    return to_screen(press.profile, "CMYK", optimised=False)


@lru_cache(maxsize=8)
def to_screen(source: IccProfile | None, mode: str, *, optimised: bool = True) -> Any:
    """Return the transform from a profile to sRGB. Optimized transforms are slow to build and fast for images."""
    from PIL import ImageCms

    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    if not optimised:
        flags |= ImageCms.Flags.NOOPTIMIZE
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return _build_transform((source, mode), (None, "RGB"), relative, flags)


def _build_transform(source: ProfileMode, target: ProfileMode, intent: Any, flags: Any) -> Any:
    """Build the transform between two profiles; raise IccProfileError if LittleCMS cannot."""
    from PIL import ImageCms

    begin, end = open_profile(source[0]), open_profile(target[0])
    try:
        return ImageCms.buildTransform(begin, end, source[1], target[1], intent, flags)
    except (ImageCms.PyCMSError, OSError, ValueError) as failure:
        require_memory(PROFILE_MEMORY)
        raise IccProfileError("colours cannot be converted with it") from failure


ProfileMode = tuple[IccProfile | None, str]
"""A profile (None for sRGB) and the mode of its pixels."""
