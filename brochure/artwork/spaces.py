"""Colour spaces of artwork (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from brochure.artwork.functions import Function, read_function
from brochure.artwork.model import ArtworkError
from brochure.color.icc_profile import IccProfile, IccProfileError, read_profile
from brochure.color.image_separation import MODE_SPACES
from brochure.fast_dataclass import dataclass
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get, get_integer, get_number, get_numbers, resolve

Components = Sequence[float]
MAX_DEPTH = 8
MAX_COLORANTS = 8
"""More colorants of a DeviceN space are refused: its colours cannot be sampled."""


@dataclass(frozen=True, slots=True)
class DeviceSpace:
    """Grey, RGB or CMYK without a profile, by its number of components."""

    count: int


@dataclass(frozen=True, slots=True)
class ProfileSpace:
    """A space of an ICC profile: `encode` returns the eight-bit samples of a colour in Pillow's `mode`; no profile means Lab.

    Pictures are decoded in `picture_mode`, in which CalGray and CalRGB are taken for sRGB.
    """

    count: int
    profile: IccProfile | None
    mode: str
    encode: Callable[[Components], bytes]
    picture_mode: str


@dataclass(frozen=True, slots=True)
class InkSpace:
    """A Separation or DeviceN space: its colorants, and how they are shown on devices without them."""

    names: tuple[str, ...]
    alternate: DeviceSpace | ProfileSpace
    transform: Function

    @property
    def count(self) -> int:
        """The number of components."""
        return len(self.names)


BaseSpace = DeviceSpace | ProfileSpace | InkSpace


@dataclass(frozen=True, slots=True)
class IndexedSpace:
    """A table of colours of another space, as bytes; `ranges` say what the bytes mean."""

    base: BaseSpace
    size: int
    table: bytes
    ranges: tuple[tuple[float, float], ...]
    count: int = 1

    def color(self, index: float) -> tuple[float, ...]:
        """Return a colour of the table in components of the base."""
        width = self.base.count
        at = min(max(int(index), 0), self.size - 1) * width
        parts = self.table[at : at + width].ljust(width, b"\0")
        pairs = zip(parts, self.ranges, strict=True)
        return tuple(low + part / 255 * (high - low) for part, (low, high) in pairs)


@dataclass(frozen=True, slots=True)
class PatternSpace:
    """Patterns; uncoloured ones are painted in a colour of `base`."""

    base: BaseSpace | None = None
    count: int = 0


Space = BaseSpace | IndexedSpace | PatternSpace
GREY, RGB, CMYK = DeviceSpace(1), DeviceSpace(3), DeviceSpace(4)
DEVICE = {
    **dict.fromkeys(("/DeviceGray", "/G"), GREY),
    **dict.fromkeys(("/DeviceRGB", "/RGB"), RGB),
    **dict.fromkeys(("/DeviceCMYK", "/CMYK"), CMYK),
}
DEFAULTS = {1: "/DefaultGray", 3: "/DefaultRGB", 4: "/DefaultCMYK"}
"""Spaces of the resources that replace those of the device (8.6.5.6)."""
DAMAGED = "a colour space is damaged"


def read_space(value: Any, resources: Any, depth: int = 0) -> Space:
    """Read a colour space, given by name or as an array.

    Raises:
        ArtworkError: It is damaged, or of a kind that cannot be printed.
    """
    if depth > MAX_DEPTH:
        raise ArtworkError("its colour spaces refer to each other in a loop")
    value = resolve(value)
    if isinstance(value, str):
        return _named(str(value), resources, depth)
    items = [resolve(one) for one in value] if isinstance(value, list) else []
    if len(items) == 1 and isinstance(items[0], str):
        return _named(str(items[0]), resources, depth)
    reader = READERS.get(str(items[0])) if items else None
    if reader is None or len(items) < 2:
        raise ArtworkError(DAMAGED)
    return reader(items, resources, depth)


def _named(name: str, resources: Any, depth: int) -> Space:
    if name == "/Pattern":
        return PatternSpace()
    spaces = get(resources, "/ColorSpace")
    device = DEVICE.get(name)
    if device is not None:
        default = get(spaces, DEFAULTS[device.count])
        if default is None:
            return device
        space = read_space(default, None, depth + 1)
        return space if space.count == device.count else device
    entry = get(spaces, name)
    if entry is None:
        raise ArtworkError(DAMAGED)
    return read_space(entry, resources if resolve(entry) != name else None, depth + 1)


def _icc_based(items: list[Any], resources: Any, depth: int) -> Space:
    count = get_integer(items[1], "/N", 3)
    mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(count)
    if mode is None:
        raise ArtworkError(DAMAGED)
    try:
        profile = read_profile(read_stream(items[1]))
    except IccProfileError:
        return DeviceSpace(count)
    if profile.space == "Lab":
        return ProfileSpace(3, None, "LAB", _encode_lab, "LAB")
    if profile.space != MODE_SPACES[mode]:
        return DeviceSpace(count)
    return ProfileSpace(count, profile, mode, encode_parts, mode)


def encode_parts(components: Components) -> bytes:
    """Return fractions as bytes."""
    return bytes(round(min(max(one, 0.0), 1.0) * 255) for one in components)


def _encode_lab(components: Components) -> bytes:
    lightness, a, b = components
    parts = (lightness * 2.55, a + 128, b + 128)
    return bytes(round(min(max(one, 0.0), 255.0)) for one in parts)


def _lab(items: list[Any], resources: Any, depth: int) -> Space:
    return ProfileSpace(3, None, "LAB", _encode_lab, "LAB")


def _cal_grey(items: list[Any], resources: Any, depth: int) -> Space:
    gamma = get_number(items[1], "/Gamma", 1.0)

    def encode(components: Components) -> bytes:
        light = min(max(components[0], 0.0), 1.0) ** gamma
        return _encode_lab((_lightness(light), 0.0, 0.0))

    return ProfileSpace(1, None, "LAB", encode, "L")


def _cal_rgb(items: list[Any], resources: Any, depth: int) -> Space:
    gammas = get_numbers(items[1], "/Gamma", 3) or (1.0, 1.0, 1.0)
    matrix = get_numbers(items[1], "/Matrix", 9) or (1, 0, 0, 0, 1, 0, 0, 0, 1)
    white = get_numbers(items[1], "/WhitePoint", 3) or (0.9505, 1.0, 1.089)

    def encode(components: Components) -> bytes:
        pairs = zip(components, gammas, strict=True)
        lights = [min(max(one, 0.0), 1.0) ** gamma for one, gamma in pairs]
        x, y, z = (
            _root(
                sum(light * matrix[3 * at + row] for at, light in enumerate(lights))
                / (white[row] or 1.0)
            )
            for row in range(3)
        )
        return _encode_lab((116 * y - 16, 500 * (x - y), 200 * (y - z)))

    return ProfileSpace(3, None, "LAB", encode, "RGB")


def _lightness(light: float) -> float:
    return 116 * _root(light) - 16


def _root(light: float) -> float:
    """Return the function f of CIE 1976 L*a*b*."""
    return float(light ** (1 / 3)) if light > 0.008856 else 7.787 * light + 16 / 116


def _inks(items: list[Any], resources: Any, depth: int) -> Space:
    named = items[1] if isinstance(items[1], list) else [items[1]]
    names = tuple(str(one)[1:] for one in map(resolve, named) if isinstance(one, str))
    if len(items) < 4 or not names:
        raise ArtworkError(DAMAGED)
    if len(names) > MAX_COLORANTS:
        raise ArtworkError(
            f"a colour of it has {len(names)} inks; at most {MAX_COLORANTS} are possible"
        )
    alternate = read_space(items[2], resources, depth + 1)
    if not isinstance(alternate, (DeviceSpace, ProfileSpace)):
        raise ArtworkError(DAMAGED)
    return InkSpace(names, alternate, read_function(items[3]))


def _indexed(items: list[Any], resources: Any, depth: int) -> Space:
    if len(items) < 4 or not isinstance(items[2], (int, float)):
        raise ArtworkError(DAMAGED)
    base = read_space(items[1], resources, depth + 1)
    if isinstance(base, (IndexedSpace, PatternSpace)):
        raise ArtworkError(DAMAGED)
    table = read_stream(items[3]) or getattr(items[3], "original_bytes", b"")
    size = min(max(int(items[2]), 0), 255) + 1
    return IndexedSpace(base, size, bytes(table), component_ranges(base, items[1]))


def component_ranges(space: Space, value: Any) -> tuple[tuple[float, float], ...]:
    """Return the range of each component, as samples of pictures and tables have it (table 90); `value` is the space's array."""
    if isinstance(space, ProfileSpace) and space.picture_mode == "LAB" and _is_lab(value):
        items = resolve(value)
        around = get_numbers(items[1], "/Range", 4) or (-100.0, 100.0, -100.0, 100.0)
        return ((0.0, 100.0), (around[0], around[1]), (around[2], around[3]))
    if isinstance(space, ProfileSpace) and space.picture_mode == "LAB":
        return ((0.0, 100.0), (-128.0, 127.0), (-128.0, 127.0))
    return ((0.0, 1.0),) * space.count


def _is_lab(value: Any) -> bool:
    items = resolve(value)
    return isinstance(items, list) and len(items) > 1 and resolve(items[0]) == "/Lab"


def _pattern(items: list[Any], resources: Any, depth: int) -> Space:
    base = read_space(items[1], resources, depth + 1)
    return PatternSpace(None if isinstance(base, (IndexedSpace, PatternSpace)) else base)


READERS: dict[str, Callable[[list[Any], Any, int], Space]] = {
    "/ICCBased": _icc_based,
    "/Lab": _lab,
    "/CalGray": _cal_grey,
    "/CalRGB": _cal_rgb,
    "/Separation": _inks,
    "/DeviceN": _inks,
    "/Indexed": _indexed,
    "/I": _indexed,
    "/Pattern": _pattern,
}


def initial_components(space: Space) -> tuple[float, ...]:
    """Return the initial colour of a space (8.6.8): black, or all inks."""
    if isinstance(space, InkSpace):
        return (1.0,) * space.count
    if space == CMYK or (isinstance(space, ProfileSpace) and space.mode == "CMYK"):
        return (0.0, 0.0, 0.0, 1.0)
    return (0.0,) * space.count
