"""Read ICC profiles and check that they can be used.

The header and the tag table are read here (ICC.1:2010, 7); conversion is done by LittleCMS.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.system.exhaustion import require_memory

HEADER_SIZE = 128
MAX_TAGS = 200
SPACES = {b"RGB ": "RGB", b"GRAY": "grey", b"CMYK": "CMYK", b"Lab ": "Lab"}
DEVICE_CLASSES = {b"prtr": "output", b"mntr": "display", b"scnr": "input", b"spac": "colour space"}
REQUIRED_TAGS = ((b"A2B0", b"A2B1"), (b"B2A0", b"B2A1"))
"""Tags of which a press profile must have one each: device to colour, and colour to device."""


PROFILE_MEMORY = 32 << 20
"""Bytes that must be free after a failure of LittleCMS, which reports a lack of memory as a damaged profile."""


class IccProfileError(Exception):
    """A profile that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class IccProfile:
    """A profile with its digest, description, ICC version, colour space and device class (`kind`).

    `registered` is the name of its characterization data in the registry of the ICC, if the profile states it.
    """

    data: bytes = field(repr=False, compare=False)
    digest: str
    description: str
    version: tuple[int, int]
    space: str
    kind: str
    registered: str = ""


@lru_cache(maxsize=32)
def read_profile(data: bytes) -> IccProfile:
    """Read a profile.

    Raises:
        IccProfileError: The data is not an ICC profile, or it is truncated.
    """
    if len(data) < HEADER_SIZE + 4 or data[36:40] != b"acsp":
        raise IccProfileError("it is not an ICC profile")
    (size,) = struct.unpack_from(">I", data)
    if size < HEADER_SIZE + 4:
        raise IccProfileError(f"it declares a size of {size} bytes, less than an ICC header")
    if size > len(data):
        raise IccProfileError(f"it is truncated: {len(data):,} of {size:,} bytes")
    tags = _read_tags(data[:size])
    return IccProfile(
        data,
        hashlib.blake2b(data, digest_size=20).hexdigest(),
        _read_description(data, tags),
        (data[8], data[9] >> 4),
        SPACES.get(data[16:20], "unknown"),
        DEVICE_CLASSES.get(data[12:16], "unknown"),
        _read_registered_name(data, tags),
    )


@lru_cache(maxsize=8)
def read_press_profile(data: bytes) -> IccProfile:
    """Read a press profile: CMYK, with working tables in both directions.

    Raises:
        IccProfileError: The profile is damaged or not a CMYK press profile.
    """
    profile = read_profile(data)
    if profile.space != "CMYK":
        raise IccProfileError(f"its colour space is {profile.space}; expected CMYK")
    if profile.kind != "output":
        raise IccProfileError(
            f"it is a profile of class {profile.kind}; a press profile (class prtr) is required"
        )
    tags = _read_tags(data)
    for alternatives in REQUIRED_TAGS:
        if not any(tag in tags for tag in alternatives):
            names = " or ".join(tag.decode() for tag in alternatives)
            raise IccProfileError(f"tag {names} is missing")
    for tag in (b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2"):
        start, length = tags.get(tag, (0, 0))
        if _min_table_size(data[start : start + length]) > length:
            raise IccProfileError(f"tag {tag.decode()} is shorter than it declares")
    _check_conversions(profile)
    return profile


def open_profile(profile: IccProfile | None) -> Any:
    """Open a profile in LittleCMS; None is sRGB."""
    # Imported on demand: a brochure whose colours need no conversion does not need LittleCMS.
    from PIL import ImageCms

    if profile is None:
        return ImageCms.createProfile("sRGB")
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
    except (ImageCms.PyCMSError, OSError, ValueError) as failure:
        require_memory(PROFILE_MEMORY)
        raise IccProfileError("it is damaged") from failure


DATE = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)
"""1 January 2000, instead of the time at which LittleCMS creates the profile (ICC.1:2010, 7.2.8)."""


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """Return the sRGB profile, with the same bytes every time."""
    # Imported here: as above.
    from PIL import ImageCms

    made: Any = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data: bytes = made.tobytes()
    return data[:24] + DATE + data[36:]


def _min_table_size(table: bytes) -> int:
    """Return the size of a colour table according to its counts (ICC.1:2010, 10.8 and 10.9); 0 for other types."""
    if table[:4] not in (b"mft1", b"mft2") or len(table) < 52:
        return 52 if table[:3] == b"mft" else 0
    inputs, outputs, nodes = table[8:11]
    colours = nodes**inputs * outputs
    if table[:4] == b"mft1":
        return int(48 + 256 * (inputs + outputs) + colours)
    before, after = struct.unpack_from(">HH", table, 48)
    return int(52 + 2 * (before * inputs + colours + after * outputs))


MIN_CONTRAST = 64
"""Least difference between black and white on paper, in levels of 255; newsprint has 150."""


def _check_conversions(profile: IccProfile) -> None:
    """Raise IccProfileError if colours cannot be converted, or black and white map to the same colour."""
    from PIL import Image, ImageCms

    press, screen = open_profile(profile), open_profile(None)
    flags = ImageCms.Flags.NOOPTIMIZE | ImageCms.Flags.BLACKPOINTCOMPENSATION
    light, ink = (Image.frombytes(*made) for made in (LIGHT, INK))
    intents = ImageCms.Intent.PERCEPTUAL, ImageCms.Intent.RELATIVE_COLORIMETRIC
    for intent in intents:  # each has its own tables
        try:
            there = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
            back = ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, flags)
            _check_contrast(there.apply(light).tobytes(), back.apply(ink).tobytes())
        except (ImageCms.PyCMSError, OSError, ValueError) as failure:
            require_memory(PROFILE_MEMORY)
            raise IccProfileError("its tables are damaged") from failure


def _check_contrast(inks: bytes, shown: bytes) -> None:
    """Raise IccProfileError if black and white map to the same colour, in ink or on screen."""
    black, white = (sum(inks[at : at + 4]) for at in (0, 4))
    full, paper = (sum(shown[at : at + 3]) / 3 for at in (0, 3))
    if black - white < MIN_CONTRAST or paper - full < MIN_CONTRAST:
        raise IccProfileError("its tables map black and white to the same colour")


LIGHT = ("RGB", (2, 1), bytes([0, 0, 0, 255, 255, 255]))
INK = ("CMYK", (2, 1), bytes([255, 255, 255, 255, 0, 0, 0, 0]))
"""Black and white, as light and as ink."""


def _read_tags(data: bytes) -> Mapping[bytes, tuple[int, int]]:
    """Return offset and length of each tag's data."""
    (count,) = struct.unpack_from(">I", data, HEADER_SIZE)
    if count > MAX_TAGS or HEADER_SIZE + 4 + 12 * count > len(data):
        raise IccProfileError("the tag table extends beyond the end of the file")
    tags = {}
    for at in range(count):
        name, start, length = struct.unpack_from(">4sII", data, HEADER_SIZE + 4 + 12 * at)
        if start + length > len(data) or start < HEADER_SIZE + 4 + 12 * count:
            raise IccProfileError("the tag table extends beyond the end of the file")
        tags[name] = (start, length)
    return tags


def _read_description(data: bytes, tags: Mapping[bytes, tuple[int, int]]) -> str:
    """Return the profile's description without unprintable characters."""
    return "".join(char for char in _decode_description(data, tags) if char.isprintable())


REGISTERED_DATA = b"ICCHDAT"
MAX_REGISTERED_NAME = 100


def _read_registered_name(data: bytes, tags: Mapping[bytes, tuple[int, int]]) -> str:
    """Return the registered name of the characterization data in the `targ` tag (ICC.1:2010, 9.2.14); empty without one."""
    start, length = tags.get(b"targ", (0, 0))
    text = data[start + 8 : start + min(length, 8 + len(REGISTERED_DATA) + MAX_REGISTERED_NAME)]
    if data[start : start + 4] != b"text" or not text.startswith(REGISTERED_DATA):
        return ""
    name = text[len(REGISTERED_DATA) :].partition(b"\0")[0].decode("ascii", "replace")
    return "".join(char for char in name if char.isprintable()).strip()


def _decode_description(data: bytes, tags: Mapping[bytes, tuple[int, int]]) -> str:
    """Decode the `desc` tag: ASCII in version 2, the first language's UTF-16 in version 4."""
    start, length = tags.get(b"desc", (0, 0))
    body = data[start : start + length]
    if body[:4] == b"desc" and len(body) >= 12:
        (size,) = struct.unpack_from(">I", body, 8)
        return body[12 : 12 + size].rstrip(b"\0").decode("ascii", "replace")
    if body[:4] == b"mluc" and len(body) >= 28:
        length, offset = struct.unpack_from(">II", body, 20)
        return body[offset : offset + length].decode("utf-16-be", "replace")
    return ""
