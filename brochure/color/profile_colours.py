"""Convert single colours of an ICC profile, or of CIE L*a*b*, as pictures with this profile are converted."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from brochure.color.convert import FULL, apply_transform, black_for, to_press, to_screen
from brochure.color.icc_profile import IccProfile, read_profile
from brochure.color.image_separation import read_embedded_profile
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Grey, Rgb
from brochure.color.total_ink import limit_ink

LAB = "LAB"
"""Pillow's mode of L*a*b* in eight bits."""


@lru_cache(maxsize=1)
def lab_profile() -> IccProfile:
    """Return the profile of L*a*b* with the white of ICC, D50."""
    # Imported on demand: only artwork with such colours needs Pillow for it.
    from PIL import ImageCms

    return read_profile(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())


@lru_cache(maxsize=4096)
def profile_colour_in_ink(
    levels: bytes, profile: IccProfile | None, mode: str, press: PressCondition
) -> Cmyk | Grey | Rgb:
    """Return a colour as printed; as sRGB, to be converted like one, if the profile is the same.

    Args:
        levels: The colour in eight bits.
        profile: Its profile; None is L*a*b*.
        mode: Pillow's mode: `L`, `RGB`, `CMYK` or `LAB`.
        press: The printing condition.
    """
    if mode == LAB and levels[1:] == NEUTRAL:
        grey = _apply(mode, levels, to_screen(lab_profile(), LAB, optimised=False))[1]
        return Grey(1 - black_for(press)[grey] / FULL)
    given = profile if mode == LAB else _own_profile(profile, mode)
    if mode == "L":
        grey = (
            _apply(mode, levels, to_screen(given, "L", optimised=False))[1] if given else levels[0]
        )
        return Grey(1 - black_for(press)[grey] / FULL)
    if mode == "RGB" and given is None:
        return Rgb(*(level / FULL for level in levels))
    if mode == "CMYK" and (given is None or given.digest == press.profile.digest):
        return Cmyk(*(level / FULL for level in levels))
    inks = _apply(mode, levels, to_press(press, given or lab_profile(), mode))
    return limit_ink(Cmyk(*(level / FULL for level in inks)), press.ink_limit)


NEUTRAL = b"\x80\x80"


@lru_cache(maxsize=4096)
def profile_colour_in_light(levels: bytes, profile: IccProfile | None, mode: str) -> Rgb:
    """Return a colour in sRGB; the parameters are those of `profile_colour_in_ink`."""
    given = lab_profile() if mode == LAB else _own_profile(profile, mode)
    if given is None:
        parts = levels if len(levels) == 3 else levels[:1] * 3
        return Rgb(*(level / FULL for level in parts))
    lights = _apply(mode, levels, to_screen(given, mode, optimised=False))
    return Rgb(*(level / FULL for level in lights))


def _own_profile(profile: IccProfile | None, mode: str) -> IccProfile | None:
    """Return the profile; None if its colours are sRGB."""
    return read_embedded_profile(profile.data, mode) if profile else None


def _apply(mode: str, levels: bytes, transform: Any) -> bytes:
    if mode == LAB:  # Pillow reads a* and b* as signed numbers
        levels = bytes((levels[0], levels[1] ^ 0x80, levels[2] ^ 0x80))
    return apply_transform(mode, levels, transform)
