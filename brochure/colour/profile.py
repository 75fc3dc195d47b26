"""ICC profiles: what is in one, and whether it can be worked with.

Takes a profile's bytes, from a file or embedded in a picture; gives `Profile`, or a `ProfileProblem` that says in plain
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

from brochure.frozen import dataclass

HEADER = 128
MOST_TAGS = 200
SPACES = {b"RGB ": "RGB", b"GRAY": "grey", b"CMYK": "CMYK", b"Lab ": "Lab"}
CLASSES = {b"prtr": "printer", b"mntr": "screen", b"scnr": "scanner", b"spac": "colour space"}
NEEDED = ((b"A2B0", b"A2B1"), (b"B2A0", b"B2A1"))
"""What a printer's profile must have, either of each: ink to colour, and colour to ink."""


class ProfileProblem(Exception):
    """A profile that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: its bytes, the digest that it is known by, its own name, the ICC version, and the space it is of."""

    data: bytes = field(repr=False, compare=False)
    digest: str
    description: str
    version: tuple[int, int]
    space: str
    kind: str


@lru_cache(maxsize=32)
def read_profile(data: bytes) -> Profile:
    """The profile in these bytes; ProfileProblem where they are none, or not all of one."""
    if len(data) < HEADER + 4 or data[36:40] != b"acsp":
        raise ProfileProblem("it is no ICC profile")
    (said,) = struct.unpack_from(">I", data)
    if said > len(data):
        raise ProfileProblem(f"it is cut off: {len(data):,} of {said:,} bytes are there")
    tags = _tags(data[:said])
    return Profile(
        data,
        hashlib.blake2b(data, digest_size=20).hexdigest(),
        _described(data, tags),
        (data[8], data[9] >> 4),
        SPACES.get(data[16:20], "unknown"),
        CLASSES.get(data[12:16], "unknown"),
    )


@lru_cache(maxsize=8)
def read_press_profile(data: bytes) -> Profile:
    """The profile of a press: CMYK, with tables both ways that LittleCMS can work with."""
    profile = read_profile(data)
    if profile.space != "CMYK":
        raise ProfileProblem(f"it describes {profile.space}, not CMYK")
    if profile.kind != "printer":
        raise ProfileProblem(f"it is the profile of a {profile.kind}, not of a press")
    tags = _tags(data)
    for either in NEEDED:
        if not any(tag in tags for tag in either):
            names = " or ".join(tag.decode() for tag in either)
            raise ProfileProblem(f"its table {names} is missing")
    _try_out(profile)
    return profile


def opened(profile: Profile | None) -> Any:
    """The profile as LittleCMS holds it; sRGB for none."""
    # Imported here: a brochure whose colours need no conversion does not load the colour engine.
    from PIL import ImageCms

    if profile is None:
        return ImageCms.createProfile("sRGB")
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
    except (ImageCms.PyCMSError, OSError, ValueError) as failure:
        raise ProfileProblem(f"it is damaged ({failure})") from failure


def _try_out(profile: Profile) -> None:
    """ProfileProblem where no colour can be sent through the profile, there or back."""
    from PIL import Image, ImageCms

    light, ink = Image.new("RGB", (1, 1)), Image.new("CMYK", (1, 1))
    press, screen = opened(profile), opened(None)
    flags = ImageCms.Flags.NOOPTIMIZE
    try:
        ImageCms.buildTransform(screen, press, "RGB", "CMYK", flags=flags).apply(light)
        ImageCms.buildTransform(press, screen, "CMYK", "RGB", flags=flags).apply(ink)
    except (ImageCms.PyCMSError, OSError, ValueError) as failure:
        raise ProfileProblem(f"its tables are damaged ({failure})") from failure


def _tags(data: bytes) -> Mapping[bytes, tuple[int, int]]:
    """Where each tag's data begins, and how long it is."""
    (count,) = struct.unpack_from(">I", data, HEADER)
    if count > MOST_TAGS or HEADER + 4 + 12 * count > len(data):
        raise ProfileProblem("its table of tags leads out of the file")
    tags = {}
    for at in range(count):
        name, start, length = struct.unpack_from(">4sII", data, HEADER + 4 + 12 * at)
        if start + length > len(data):
            raise ProfileProblem("its table of tags leads out of the file")
        tags[name] = (start, length)
    return tags


def _described(data: bytes, tags: Mapping[bytes, tuple[int, int]]) -> str:
    """The profile's own name, from its `desc` tag: ASCII in version 2, the first language's UTF-16 in version 4."""
    start, length = tags.get(b"desc", (0, 0))
    body = data[start : start + length]
    if body[:4] == b"desc" and len(body) >= 12:
        (size,) = struct.unpack_from(">I", body, 8)
        return body[12 : 12 + size].rstrip(b"\0").decode("ascii", "replace")
    if body[:4] == b"mluc" and len(body) >= 28:
        size, offset = struct.unpack_from(">II", body, 20)
        return body[offset : offset + size].decode("utf-16-be", "replace")
    return ""
