"""Pictures between screen and press.

Takes a picture in eight bits with the profile that it carries, and a press condition; gives its separation: CMYK, or grey for
what is printed in black alone; or the same picture in sRGB for a screen. The way to CMYK is a cube of colours made once:
the ink of its nodes is kept under the limit, and what lies between nodes can then not pass it either.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from brochure.color.convert import black_for, to_press, to_screen
from brochure.color.icc_profile import IccProfile, IccProfileError, read_profile
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk
from brochure.color.total_ink import FULL, SLACK, limit_image_ink, limit_ink

NODES = 33
MODES = {"RGB": "RGB", "L": "grey", "CMYK": "CMYK"}


def read_embedded_profile(data: bytes | None, mode: str) -> IccProfile | None:
    """The profile that a picture carries; None where it is sRGB or not of its kind, ProfileProblem where it is broken."""
    if not data:
        return None
    try:
        profile = read_profile(data)
        if profile.space != MODES.get(mode):
            return None
        return None if _is_srgb(profile) else profile
    except IccProfileError as problem:
        raise IccProfileError(f"its ICC profile cannot be used: {problem}") from problem


@lru_cache(maxsize=32)
def _is_srgb(profile: IccProfile) -> bool:
    """Whether a profile's colours are sRGB's, whatever it calls itself: no node of a cube is two levels off."""
    if profile.space == "CMYK":
        to_screen(profile, "CMYK", optimised=False)
        return False
    mode = "RGB" if profile.space == "RGB" else "L"
    source = _cube(5) if mode == "RGB" else _ramp()
    shown = to_screen(profile, mode, optimised=False).apply(source)
    pairs = zip(source.convert("RGB").tobytes(), shown.tobytes(), strict=True)
    return all(abs(before - after) <= 2 for before, after in pairs)


def separate_image(image: Any, profile: IccProfile | None, press: PressCondition) -> Any:
    """A picture (`L`, `RGB` or `CMYK`) as it goes to paper. Grey stays grey: black ink alone, 0 where it is full."""
    if image.mode == "L":
        neutral = _in_srgb_grey(image, profile)
        return neutral.point([FULL - ink for ink in black_for(press)])
    if image.mode == "CMYK":
        if profile is not None and profile.digest != press.profile.digest:
            image = to_press(press, profile, "CMYK").apply(image)
        return limit_image_ink(image, press.ink_limit)
    return image.filter(_inks(press, profile))


def convert_to_screen(image: Any, profile: IccProfile | None, press: PressCondition | None) -> Any:
    """A picture as a screen shows it: `L` or `RGB`, in sRGB. CMYK without a profile is taken for the press's."""
    if image.mode == "L":
        return _in_srgb_grey(image, profile)
    if image.mode == "CMYK":
        known = profile or (press.profile if press else None)
        return to_screen(known, "CMYK").apply(image) if known else image
    return to_screen(profile, "RGB").apply(image) if profile else image


def _in_srgb_grey(image: Any, profile: IccProfile | None) -> Any:
    if profile is None:
        return image
    shown = to_screen(profile, "L", optimised=False).apply(_ramp())
    return image.point(list(shown.getchannel("G").tobytes()))


@lru_cache(maxsize=4)
def _inks(press: PressCondition, profile: IccProfile | None) -> Any:
    """The cube that turns light into ink."""
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import ImageFilter

    inks = to_press(press, profile).apply(_cube(NODES)).tobytes()
    limit = press.ink_limit - SLACK
    most = limit * FULL
    table = [level / FULL for level in inks]
    for at in range(0, len(inks), 4):
        if sum(inks[at : at + 4]) > most:
            kept = limit_ink(Cmyk(*table[at : at + 4]), limit)
            table[at : at + 4] = (kept.c, kept.m, kept.y, kept.k)
    return ImageFilter.Color3DLUT(NODES, table, channels=4, target_mode="CMYK", _copy_table=False)


@lru_cache(maxsize=2)
def _cube(nodes: int) -> Any:
    """All colours of a cube with so many nodes to an edge, red fastest."""
    from PIL import Image

    axis = [round(at * FULL / (nodes - 1)) for at in range(nodes)]
    pixels = bytes(part for b in axis for g in axis for r in axis for part in (r, g, b))
    return Image.frombytes("RGB", (nodes * nodes, nodes), pixels)


@lru_cache(maxsize=1)
def _ramp() -> Any:
    """The 256 greys."""
    from PIL import Image

    return Image.frombytes("L", (256, 1), bytes(range(256)))
