"""ICC profiles: what is in one, and whether it can be worked with.

Takes a profile's bytes, from a file or embedded in a picture; gives `IccProfile`, or a `IccProfileError` that says in plain
words why it cannot be used. The header and the table of tags are read here (ICC.1:2010, 7); the colours in it are
LittleCMS's.
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

HEADER = 128
MAX_TAGS = 200
SPACES = {b"RGB ": "RGB", b"GRAY": "grey", b"CMYK": "CMYK", b"Lab ": "Lab"}
CLASSES = {b"prtr": "printer", b"mntr": "screen", b"scnr": "scanner", b"spac": "colour space"}
NEEDED = ((b"A2B0", b"A2B1"), (b"B2A0", b"B2A1"))
"""What a printer's profile must have, either of each: ink to colour, and colour to ink."""


class IccProfileError(Exception):
    """A profile that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class IccProfile:
    """A profile: its bytes, the digest that it is known by, its own name, the ICC version, and the space it is of."""

    data: bytes = field(repr=False, compare=False)
    digest: str
    description: str
    version: tuple[int, int]
    space: str
    kind: str


@lru_cache(maxsize=32)
def read_profile(data: bytes) -> IccProfile:
    """The profile in these bytes; ProfileProblem where they are none, or not all of one."""
    if len(data) < HEADER + 4 or data[36:40] != b"acsp":
        raise IccProfileError("it is not an ICC profile")
    (said,) = struct.unpack_from(">I", data)
    if said < HEADER + 4:
        raise IccProfileError(f"it declares a size of {said} bytes, less than an ICC header")
    if said > len(data):
        raise IccProfileError(f"it is truncated: {len(data):,} of {said:,} bytes")
    tags = _tags(data[:said])
    return IccProfile(
        data,
        hashlib.blake2b(data, digest_size=20).hexdigest(),
        _described(data, tags),
        (data[8], data[9] >> 4),
        SPACES.get(data[16:20], "unknown"),
        CLASSES.get(data[12:16], "unknown"),
    )


@lru_cache(maxsize=8)
def read_press_profile(data: bytes) -> IccProfile:
    """The profile of a press: CMYK, with tables both ways that LittleCMS can work with."""
    profile = read_profile(data)
    if profile.space != "CMYK":
        raise IccProfileError(f"its colour space is {profile.space}; expected CMYK")
    if profile.kind != "printer":
        raise IccProfileError(f"it is a profile of class {profile.kind}; a press profile (class prtr) is required")
    tags = _tags(data)
    for either in NEEDED:
        if not any(tag in tags for tag in either):
            names = " or ".join(tag.decode() for tag in either)
            raise IccProfileError(f"tag {names} is missing")
    for tag in (b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2"):
        start, length = tags.get(tag, (0, 0))
        if _needed(data[start : start + length]) > length:
            raise IccProfileError(f"tag {tag.decode()} is shorter than it declares")
    _try_out(profile)
    return profile


def open_profile(profile: IccProfile | None) -> Any:
    """The profile as LittleCMS holds it; sRGB for none."""
    # Imported here: a brochure whose colours need no conversion does not load the colour engine.
    from PIL import ImageCms

    if profile is None:
        return ImageCms.createProfile("sRGB")
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
    except (ImageCms.PyCMSError, OSError, ValueError) as failure:
        raise IccProfileError(f"it is damaged ({failure})") from failure


def _needed(table: bytes) -> int:
    """The bytes that a table of colours takes by what it counts (ICC.1:2010, 10.8 and 10.9); 0 for other forms."""
    if table[:4] not in (b"mft1", b"mft2") or len(table) < 52:
        return 52 if table[:3] == b"mft" else 0
    inputs, outputs, nodes = table[8:11]
    colours = nodes**inputs * outputs
    if table[:4] == b"mft1":
        return int(48 + 256 * (inputs + outputs) + colours)
    before, after = struct.unpack_from(">HH", table, 48)
    return int(52 + 2 * (before * inputs + colours + after * outputs))


CONTRAST = 64
"""Levels of 255 by which black on paper is darker than paper, at least: on newsprint it is by 150."""


def _try_out(profile: IccProfile) -> None:
    """ProfileProblem where colours cannot be sent through the profile, or black and white come out alike."""
    from PIL import Image, ImageCms

    press, screen = open_profile(profile), open_profile(None)
    flags = ImageCms.Flags.NOOPTIMIZE | ImageCms.Flags.BLACKPOINTCOMPENSATION
    light, ink = (Image.frombytes(*made) for made in (LIGHT, INK))
    intents = ImageCms.Intent.PERCEPTUAL, ImageCms.Intent.RELATIVE_COLORIMETRIC
    for intent in intents:  # each has tables of its own
        try:
            there = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
            back = ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, flags)
            _look_apart(there.apply(light).tobytes(), back.apply(ink).tobytes())
        except (ImageCms.PyCMSError, OSError, ValueError) as failure:
            raise IccProfileError(f"its tables are damaged ({failure})") from failure


def _look_apart(inks: bytes, shown: bytes) -> None:
    """ProfileProblem where black and white, as ink and as light, come out alike."""
    black, white = (sum(inks[at : at + 4]) for at in (0, 4))
    full, paper = (sum(shown[at : at + 3]) / 3 for at in (0, 3))
    if black - white < CONTRAST or paper - full < CONTRAST:
        raise IccProfileError("its tables map black and white to the same colour")


LIGHT = ("RGB", (2, 1), bytes([0, 0, 0, 255, 255, 255]))
INK = ("CMYK", (2, 1), bytes([255, 255, 255, 255, 0, 0, 0, 0]))
"""Black and white, as light and as ink."""


def _tags(data: bytes) -> Mapping[bytes, tuple[int, int]]:
    """Where each tag's data begins, and how long it is."""
    (count,) = struct.unpack_from(">I", data, HEADER)
    if count > MAX_TAGS or HEADER + 4 + 12 * count > len(data):
        raise IccProfileError("the tag table extends beyond the end of the file")
    tags = {}
    for at in range(count):
        name, start, length = struct.unpack_from(">4sII", data, HEADER + 4 + 12 * at)
        if start + length > len(data) or start < HEADER + 4 + 12 * count:
            raise IccProfileError("the tag table extends beyond the end of the file")
        tags[name] = (start, length)
    return tags


def _described(data: bytes, tags: Mapping[bytes, tuple[int, int]]) -> str:
    """The profile's own name in letters that can be shown."""
    return "".join(char for char in _own_name(data, tags) if char.isprintable())


def _own_name(data: bytes, tags: Mapping[bytes, tuple[int, int]]) -> str:
    """What the profile calls itself, from its `desc` tag: ASCII in version 2, the first language's UTF-16 in version 4."""
    start, length = tags.get(b"desc", (0, 0))
    body = data[start : start + length]
    if body[:4] == b"desc" and len(body) >= 12:
        (size,) = struct.unpack_from(">I", body, 8)
        return body[12 : 12 + size].rstrip(b"\0").decode("ascii", "replace")
    if body[:4] == b"mluc" and len(body) >= 28:
        size, offset = struct.unpack_from(">II", body, 20)
        return body[offset : offset + size].decode("utf-16-be", "replace")
    return ""
