"""Colours between screen and press.

Takes swatches as the designer wrote them and a press condition; gives what goes to paper (`in_ink`) and what a screen shows
of it (`in_light`). CMYK, grey and spot inks go to paper as written; light that is neutral becomes black ink alone; all
else goes through the condition's profile, so that the proof resembles the print.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Any

from brochure.color.icc_profile import IccProfile, IccProfileError, open_profile
from brochure.color.printing_condition import Intent, PressCondition
from brochure.color.swatch import Cmyk, Colour, Grey, Rgb, Spot, tint
from brochure.color.total_ink import limit_ink

FULL = 255
PAPER = Cmyk(0, 0, 0, 0)


@lru_cache(maxsize=4096)
def in_ink(colour: Colour, press: PressCondition) -> Cmyk | Spot:
    """What goes to paper; a spot's stand-in is ink as well."""
    match colour:
        case Cmyk():
            return colour
        case Grey(light):
            return Cmyk(0, 0, 0, 1 - light)
        case Spot(name, alternate, strength):
            return Spot(name, _process(alternate, press), strength)
        case Rgb():
            return _process(colour, press)


def _process(colour: Cmyk | Rgb | Grey, press: PressCondition) -> Cmyk:
    """A colour in process inks."""
    if isinstance(colour, Cmyk):
        return colour
    if isinstance(colour, Grey):
        return Cmyk(0, 0, 0, 1 - colour.light)
    levels = [round(part * FULL) for part in (colour.r, colour.g, colour.b)]
    if len(set(levels)) == 1:
        return Cmyk(0, 0, 0, black_for(press)[levels[0]] / FULL)
    inks = _through("RGB", bytes(levels), to_press(press))
    return limit_ink(Cmyk(*(level / FULL for level in inks)), press.ink_limit)


@lru_cache(maxsize=4096)
def in_light(colour: Colour, press: PressCondition) -> Rgb:
    """What a screen shows of a colour, in sRGB: of ink, what the press would make of it."""
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
                return Rgb(*[_encoded(_black_lights(press)[round(k * FULL)])] * 3)
            inks = bytes(round(part * FULL) for part in (c, m, y, k))
            return Rgb(*(level / FULL for level in _through("CMYK", inks, from_press(press))))


@lru_cache(maxsize=8)
def black_for(press: PressCondition) -> tuple[int, ...]:
    """How much black ink alone, of 255, stands for each of the 256 neutral lights: as light, between paper and full black."""
    lights = _black_lights(press)
    darkest = lights[-1]
    # Full black ink is not black light: what it lacks is spread over the scale, as black point compensation does.
    reached = [-(light - darkest) / (1 - darkest) for light in lights]
    return tuple(min(FULL, bisect_left(reached, -_linear(level / FULL))) for level in range(256))


@lru_cache(maxsize=8)
def _black_lights(press: PressCondition) -> tuple[float, ...]:
    """The energy of light that each of 256 tints of black ink sends back, paper's being 1.

    Its colour is left out: black text is neutral to the eye beside the paper, whatever the tables make of the darkest tones.
    """
    ramp = bytes(part for black in range(256) for part in (0, 0, 0, black))
    shown = [_linear(level / FULL) for level in _through("CMYK", ramp, from_press(press), 256)]
    weighed = zip(shown[::3], shown[1::3], shown[2::3], strict=True)
    return tuple(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in weighed)


def _encoded(energy: float) -> float:
    """Light of sRGB of this energy (IEC 61966-2-1)."""
    return energy * 12.92 if energy <= 0.0031308 else float(1.055 * energy ** (1 / 2.4) - 0.055)


def _linear(light: float) -> float:
    """Light in proportion to its energy (IEC 61966-2-1)."""
    return light / 12.92 if light <= 0.04045 else float(((light + 0.055) / 1.055) ** 2.4)


def _through(mode: str, levels: bytes, transform: Any, count: int = 1) -> bytes:
    """Pixels sent through a transform."""
    # Imported here: a brochure whose colours need no conversion does not load the imaging library.
    from PIL import Image

    return bytes(transform.apply(Image.frombytes(mode, (count, 1), levels)).tobytes())


@lru_cache(maxsize=8)
def to_press(press: PressCondition, source: IccProfile | None = None, mode: str = "RGB") -> Any:
    """The transform to the press, from sRGB or from a picture's own profile."""
    # Imported here, as above.
    from PIL import ImageCms

    intent = (
        ImageCms.Intent.PERCEPTUAL
        if press.intent is Intent.PERCEPTUAL
        else ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    # Not optimised: each colour is reckoned by itself, and nothing is reckoned that is not asked for.
    flags = ImageCms.Flags.NOOPTIMIZE
    if press.black_point:
        flags |= ImageCms.Flags.BLACKPOINTCOMPENSATION
    return _transform((source, mode), (press.profile, "CMYK"), intent, flags)


@lru_cache(maxsize=8)
def from_press(press: PressCondition) -> Any:
    """The transform from the press to sRGB: paper becomes white, the darkest ink black."""
    return to_screen(press.profile, "CMYK", optimised=False)


@lru_cache(maxsize=8)
def to_screen(source: IccProfile | None, mode: str, *, optimised: bool = True) -> Any:
    """The transform from a profile to sRGB; optimised, it is slow to build and quick for pictures."""
    from PIL import ImageCms

    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    if not optimised:
        flags |= ImageCms.Flags.NOOPTIMIZE
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return _transform((source, mode), (None, "RGB"), relative, flags)


def _transform(source: End, goal: End, intent: Any, flags: Any) -> Any:
    """The transform from a profile with its mode to another; ProfileProblem where LittleCMS can make none."""
    from PIL import ImageCms

    begin, end = open_profile(source[0]), open_profile(goal[0])
    try:
        return ImageCms.buildTransform(begin, end, source[1], goal[1], intent, flags)
    except (ImageCms.PyCMSError, OSError, ValueError) as failure:
        raise IccProfileError(f"LittleCMS cannot use the profile ({failure})") from failure


End = tuple[IccProfile | None, str]
"""Where colours come from or go to: a profile, sRGB where there is none, and the mode of their pixels."""
