"""ICC profiles with false tables, as a press profile and inside a picture: each is refused by name."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from brochure.color.printing_condition import SHIPPED, shipped_condition
from tests.cli.calling import PICTURE_LAYOUT
from tests.security.attacks import PROFILE_LAYOUT, built, lay, refused
from tests.security.test_pictures import SMALL, saved

GOOD = shipped_condition("coated-fogra39").profile.data


def record(tag: bytes) -> int:
    """Return the position of a tag's record in the tag table: signature, offset, size."""
    (count,) = struct.unpack_from(">I", GOOD, 128)
    return next(at for at in range(132, 132 + 12 * count, 12) if GOOD[at : at + 4] == tag)


def put(at: int, form: str, *values: int) -> bytes:
    data = bytearray(GOOD)
    struct.pack_into(form, data, at, *values)
    return bytes(data)


def over(at: int, data: bytes) -> bytes:
    return GOOD[:at] + data + GOOD[at + len(data) :]


INTO, OUT_OF, NAME = record(b"B2A0"), record(b"A2B0"), record(b"desc")
(TABLE,) = struct.unpack_from(">I", GOOD, OUT_OF + 4)
BACK, LENGTH = struct.unpack_from(">II", GOOD, INTO + 4)
(TOLD,) = struct.unpack_from(">I", GOOD, NAME + 4)
SIZE = len(GOOD)
ASTRAY = "the tag table extends beyond the end of the file"
LIES = {
    "one byte more": (
        put(0, ">I", SIZE + 1),
        f"it is truncated: {SIZE:,} of {SIZE + 1:,} bytes",
    ),
    "four gigabytes": (
        put(0, ">I", 2**32 - 1),
        f"it is truncated: {SIZE:,} of 4,294,967,295 bytes",
    ),
    "nothing": (put(0, ">I", 0), "it declares a size of 0 bytes, less than an ICC header"),
    "half": (put(0, ">I", SIZE // 2), ASTRAY),
    "4 billion tags": (put(128, ">I", 2**32 - 1), ASTRAY),
    "no tags": (put(128, ">I", 0), "tag A2B0 or A2B1 is missing"),
    "a tag beyond": (put(OUT_OF + 4, ">I", 2**32 - 4), ASTRAY),
    "a tag too long": (put(OUT_OF + 8, ">I", 2**32 - 4), ASTRAY),
    "a tag in the header": (put(OUT_OF + 4, ">I", 0), ASTRAY),
    "a tag too short": (put(OUT_OF + 8, ">I", 40), "tag A2B0 is shorter than it declares"),
    "nodes": (put(TABLE + 10, ">B", 255), "tag A2B0 is shorter than it declares"),
    "nodes back": (put(BACK + 10, ">B", 255), "tag B2A0 is shorter than it declares"),
    "channels": (put(TABLE + 8, ">BB", 15, 15), "tag A2B0 is shorter than it declares"),
    "curves": (put(TABLE + 48, ">HH", 65535, 65535), "tag A2B0 is shorter than it declares"),
    "curves of a point": (put(TABLE + 48, ">HH", 1, 1), "its tables are damaged"),
    "another kind of table": (over(TABLE, b"curv"), "its tables are damaged"),
    "all nought": (
        over(BACK + 52, bytes(LENGTH - 52)),
        "its tables map black and white to the same colour",
    ),
    "of light": (over(16, b"RGB "), "its colour space is RGB; expected CMYK"),
    "of a screen": (
        over(12, b"mntr"),
        "it is a profile of class display; a press profile (class prtr) is required",
    ),
    "of a link": (
        over(12, b"link"),
        "it is a profile of class unknown; a press profile (class prtr) is required",
    ),
    "version 9": (over(8, b"\x09"), "it is damaged"),
    "no signature": (over(36, b"acsq"), "it is not an ICC profile"),
    "empty": (b"", "it is not an ICC profile"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_profile_with_false_tables_is_refused_by_name(name: str, tmp_path: Path) -> None:
    data, reason = LIES[name]
    result = refused(lay(tmp_path, {"assets/printer.icc": data}, PROFILE_LAYOUT))
    assert result.startswith(
        f"brochure.yaml:4:8: assets/printer.icc cannot be used as a press profile: {reason}"
    )
    assert result.endswith("(ask the printer for the ICC profile of the paper)")


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_profiles_are_accepted(name: str, tmp_path: Path) -> None:
    folder = lay(
        tmp_path, {"assets/printer.icc": shipped_condition(name).profile.data}, PROFILE_LAYOUT
    )
    assert built(folder).status == 0


def test_the_name_of_a_profile_is_text_in_the_pdf(tmp_path: Path) -> None:
    """Brackets and string delimiters are escaped, control characters are removed."""
    data = over(TOLD + 12, b")>>(/JS\x1b[31m\\")
    folder = lay(tmp_path, {"assets/printer.icc": data}, PROFILE_LAYOUT)
    assert built(folder).status == 0
    reader = PdfReader(io.BytesIO((folder / "out" / "trial_en_press.pdf").read_bytes()))
    root: Any = reader.trailer["/Root"]
    (intent,) = root["/OutputIntents"]
    result = [
        value for value in intent.get_object().values() if isinstance(value, str) and "/JS" in value
    ]
    assert result
    assert all(value.startswith(")>>(/JS[31m\\") for value in result)


@pytest.mark.parametrize("target", ["press", "screen"])
def test_the_same_rules_apply_to_a_profile_inside_a_picture(target: str, tmp_path: Path) -> None:
    """A picture with an invalid profile is not silently converted as if it had another one."""
    picture = saved(SMALL, "JPEG", icc_profile=b"\xff\xff\xff\xff" + bytes(200))
    result = refused(
        lay(tmp_path, {"assets/square.jpg": picture}, PICTURE_LAYOUT), "--target", target
    )
    reason = (
        "assets/square.jpg cannot be used: its ICC profile cannot be used: it is not an ICC profile"
    )
    assert result == f"brochure.yaml:9:38: {reason}"
