"""Convert images between screen and press.

An 8-bit image becomes CMYK, grey for images printed in black alone, or sRGB for screens. The
conversion to CMYK is a 3D lookup table, computed once. Its grid points are kept under the total ink
limit, so that interpolated colours do not exceed it either.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from typing import Any

from brochure.color.convert import black_for, to_press, to_screen
from brochure.color.icc_profile import IccProfile, IccProfileError, read_profile
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk
from brochure.color.total_ink import (
    FULL,
    ROUNDING_MARGIN,
    limit_image_ink,
    limit_ink,
    maximum_ink,
)
from brochure.fast_dataclass import dataclass

GRID_POINTS = 33
MODE_SPACES = {"RGB": "RGB", "L": "grey", "CMYK": "CMYK"}


def read_embedded_profile(data: bytes | None, mode: str) -> IccProfile | None:
    """Return the profile embedded in an image, or None if it is sRGB or does not match the mode.

    Raises:
        IccProfileError: The profile is damaged.
    """
    if not data:
        return None
    try:
        profile = read_profile(data)
        if profile.space != MODE_SPACES.get(mode):
            return None
        return None if _is_srgb(profile) else profile
    except IccProfileError as problem:
        raise IccProfileError(f"its ICC profile cannot be used: {problem}") from problem


@lru_cache(maxsize=32)
def _is_srgb(profile: IccProfile) -> bool:
    """Return True if the profile's colours are sRGB (within two levels of 255), whatever its name."""
    if profile.space == "CMYK":
        to_screen(profile, "CMYK", optimised=False)
        return False
    mode = "RGB" if profile.space == "RGB" else "L"
    samples = _make_cube(5) if mode == "RGB" else _make_ramp()
    converted = to_screen(profile, mode, optimised=False).apply(samples)
    pairs = zip(samples.convert("RGB").tobytes(), converted.tobytes(), strict=True)
    return all(abs(before - after) <= 2 for before, after in pairs)


def separate_image(image: Any, profile: IccProfile | None, press: PressCondition) -> Any:
    """Convert an image (`L`, `RGB` or `CMYK`) for printing. Grey becomes black ink alone, where 0 is full ink."""
    if image.mode == "L":
        neutral = _to_srgb_grey(image, profile)
        return neutral.point([FULL - ink for ink in black_for(press)])
    if image.mode == "CMYK":
        if profile is not None and profile.digest != press.profile.digest:
            image = to_press(press, profile, "CMYK").apply(image)
        return limit_image_ink(image, press.ink_limit)
    return image.filter(_find_table(press, profile).lookup)


def maximum_separated_ink(profile: IccProfile | None, press: PressCondition) -> float:
    """Return a total ink that no pixel of a separated RGB image exceeds."""
    return _find_table(press, profile).maximum + ROUNDING_MARGIN


def _find_table(press: PressCondition, profile: IccProfile | None) -> InkTable:
    with TABLE_LOCK:
        return _ink_table(press, profile)


TABLE_LOCK = Lock()
"""Held while a table is made, so that threads do not make it twice."""


def convert_to_screen(image: Any, profile: IccProfile | None, press: PressCondition | None) -> Any:
    """Convert an image to sRGB (`L` or `RGB`). CMYK without a profile is assumed to be the press's."""
    if image.mode == "L":
        return _to_srgb_grey(image, profile)
    if image.mode == "CMYK":
        source = profile or (press.profile if press else None)
        return to_screen(source, "CMYK").apply(image) if source else image
    return to_screen(profile, "RGB").apply(image) if profile else image


def _to_srgb_grey(image: Any, profile: IccProfile | None) -> Any:
    if profile is None:
        return image
    converted = to_screen(profile, "L", optimised=False).apply(_make_ramp())
    return image.point(list(converted.getchannel("G").tobytes()))


@dataclass(frozen=True, slots=True)
class InkTable:
    """A lookup table from light to ink, and the maximum total ink of its grid points."""

    lookup: Any
    maximum: float


@lru_cache(maxsize=4)
def _ink_table(press: PressCondition, profile: IccProfile | None) -> InkTable:
    # Imported on demand: a brochure without images does not need Pillow.
    from PIL import ImageFilter

    grid = _separate_grid(replace(press, ink_limit=0.0), profile)
    limit = press.ink_limit - ROUNDING_MARGIN
    table = array("f", map(LEVELS.__getitem__, grid.tobytes()))
    maximum = maximum_ink(grid)
    if maximum > limit:
        _limit_table(table, grid.tobytes(), limit)
    lookup = ImageFilter.Color3DLUT(
        GRID_POINTS, table, channels=4, target_mode="CMYK", _copy_table=False
    )
    return InkTable(lookup, min(maximum, limit))


@lru_cache(maxsize=2)
def _separate_grid(press: PressCondition, profile: IccProfile | None) -> Any:
    """Return the inks of all grid points, without a limit; presses that differ in their limits share them."""
    return to_press(press, profile).apply(_make_cube(GRID_POINTS))


LEVELS = tuple(level / FULL for level in range(FULL + 1))


def _limit_table(table: array[float], levels: bytes, limit: float) -> None:
    """Limit the total ink of the grid points of a table, whose inks were these levels."""
    points = zip(*[iter(levels)] * 4, strict=True)
    for at, inks in enumerate(points):
        if sum(inks) > limit * FULL:
            limited = limit_ink(Cmyk(*(LEVELS[level] for level in inks)), limit)
            table[4 * at : 4 * at + 4] = array("f", (limited.c, limited.m, limited.y, limited.k))


@lru_cache(maxsize=2)
def _make_cube(points: int) -> Any:
    """Return an image of all colours of a cube with this many grid points per axis, red fastest."""
    from PIL import Image

    axis = [round(at * FULL / (points - 1)) for at in range(points)]
    pixels = bytes(part for b in axis for g in axis for r in axis for part in (r, g, b))
    return Image.frombytes("RGB", (points * points, points), pixels)


@lru_cache(maxsize=1)
def _make_ramp() -> Any:
    """Return an image of the 256 grey levels."""
    from PIL import Image

    return Image.frombytes("L", (256, 1), bytes(range(256)))
