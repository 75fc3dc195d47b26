"""Fonts with false tables: each is refused by name, instead of printing wrong or missing glyphs."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

from brochure.errors import ExitCode
from brochure.fonts.sanitize import find_damage
from brochure.project import _package_fonts
from tests.fonts.built import Recipe, built, collection
from tests.security.attacks import FONT_LAYOUT, lay, refused
from tests.security.attacks import built as build

GOOD = built(Recipe())
CFF = built(Recipe(cff=True))
VARIABLE = built(Recipe(axes=(("wght", 100, 400, 900),)))


def with_features(rules: str) -> bytes:
    """The good font with OpenType features, in feature file syntax."""
    font = TTFont(io.BytesIO(GOOD))
    addOpenTypeFeaturesFromString(font, rules)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def multiplying(lookups: int) -> bytes:
    """A font whose substitutions replace each `o` by ten, in several steps."""
    tens = " ".join(["u006F"] * 10)
    names = [f"L{at}" for at in range(lookups)]
    rules = "".join(f"lookup {name} {{ sub u006F by {tens}; }} {name};\n" for name in names)
    return with_features(
        rules + "feature ccmp {" + "".join(f"lookup {n};" for n in names) + "} ccmp;"
    )


GLYPHS = 99
"""In a built font: .notdef, 95 letters of ASCII and three more."""


def records(data: bytes) -> dict[str, tuple[int, int, int]]:
    """Return the offset and length of each table, and the position of its record in the directory."""
    (count,) = struct.unpack_from(">H", data, 4)
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, start, length = struct.unpack_from(">4s4xII", data, at)
        found[tag.decode()] = (start, length, at)
    return found


def put(data: bytes, tag: str, at: int, form: str, *values: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(form, changed, records(data)[tag][0] + at, *values)
    return bytes(changed)


def moved(data: bytes, tag: str, start: int | None = None, length: int | None = None) -> bytes:
    was, long, record = records(data)[tag]
    changed = bytearray(data)
    struct.pack_into(
        ">II",
        changed,
        record + 8,
        was if start is None else start,
        long if length is None else length,
    )
    return bytes(changed)


def each_glyph(change: Callable[[bytearray, int, int], None]) -> bytes:
    """The good font with every outline changed; offsets have two bytes (head, indexToLocFormat 0)."""
    changed = bytearray(GOOD)
    outlines, places = records(GOOD)["glyf"][0], records(GOOD)["loca"][0]
    for glyph in range(GLYPHS):
        (half,) = struct.unpack_from(">H", GOOD, places + 2 * glyph)
        change(changed, outlines + 2 * half, glyph)
    return bytes(changed)


def many_contours(data: bytearray, at: int, glyph: int) -> None:
    struct.pack_into(">h", data, at, 32767)


def made_of_itself(data: bytearray, at: int, glyph: int) -> None:
    struct.pack_into(">hhhhhHHbb", data, at, -1, 0, 0, 500, 700, 0x0022, glyph, 0, 0)


def second_astray() -> bytes:
    data = bytearray(collection([Recipe(), Recipe("Two")]))
    struct.pack_into(">I", data, 16, len(data) + 1000)
    return bytes(data)


LIES = {
    "directory beyond the end": (
        GOOD[:4] + b"\xff\xff" + GOOD[6:],
        "the table directory extends beyond the end of the file",
    ),
    "table beyond the end": (moved(GOOD, "glyf", length=2**31), "table 'glyf' is truncated"),
    "table at the last byte": (moved(GOOD, "glyf", start=2**32 - 1), "table 'glyf' is truncated"),
    "tables over each other": (
        moved(GOOD, "glyf", *records(GOOD)["hmtx"][:2]),
        "tables 'glyf' and 'hmtx' overlap",
    ),
    "table over the directory": (
        moved(GOOD, "head", start=0),
        "table 'head' overlaps the table directory",
    ),
    "too many glyphs": (
        put(GOOD, "maxp", 4, ">H", 65535),
        "table 'hmtx' is too short for 65,535 glyphs",
    ),
    "no glyphs": (put(GOOD, "maxp", 4, ">H", 0), "it has no glyphs"),
    "too few glyphs": (
        put(GOOD, "maxp", 4, ">H", 1),
        "table 'maxp' declares 1 glyphs, 'loca' 99",
    ),
    "loca cut short": (
        moved(GOOD, "loca", length=4),
        "table 'loca' is too short for 99 glyphs",
    ),
    "loca astray": (
        put(GOOD, "loca", 2, ">H", 65535),
        "table 'loca' has offsets out of order or beyond 'glyf'",
    ),
    "loca of no form": (
        put(GOOD, "head", 50, ">h", 77),
        "table 'head' has an unknown format of 'loca': 77",
    ),
    "cmap count": (
        put(GOOD, "cmap", 2, ">H", 65535),
        "table 'cmap' declares 65,535 subtables, more than it contains",
    ),
    "cmap astray": (
        put(GOOD, "cmap", 8, ">I", 2**32 - 5),
        "table 'cmap' has a subtable beyond its end",
    ),
    "hmtx count": (
        put(GOOD, "hhea", 34, ">H", 65535),
        "table 'hhea' declares 65,535 widths for 99 glyphs",
    ),
    "hmtx of none": (
        put(GOOD, "hhea", 34, ">H", 0),
        "table 'hhea' declares 0 widths for 99 glyphs",
    ),
    "em of nothing": (
        put(GOOD, "head", 18, ">H", 0),
        "the em has 0 units; expected 16 to 16384",
    ),
    "em too fine": (
        put(GOOD, "head", 18, ">H", 65535),
        "the em has 65535 units; expected 16 to 16384",
    ),
    "names": (
        put(GOOD, "name", 2, ">H", 65535),
        "table 'name' declares 65,535 names, more than it contains",
    ),
    "no outlines": (GOOD.replace(b"glyf", b"glyx", 1), "it has no outlines"),
    "no CFF": (CFF.replace(b"CFF ", b"CFX ", 1), "it has no outlines"),
    "CFF of another kind": (put(CFF, "CFF ", 0, ">B", 255), "table 'CFF ' is damaged"),
    "axes": (
        put(VARIABLE, "fvar", 8, ">H", 65535),
        "table 'fvar' declares 65,535 axes, more than it contains",
    ),
    "axis reversed": (
        put(VARIABLE, "fvar", 20, ">iii", 2**31 - 1, -(2**31), 0),
        "table 'fvar' has an axis whose minimum, default and maximum are out of order",
    ),
    "WOFF": (b"wOFF" + GOOD[4:], "it is not a TrueType or OpenType font"),
    "WOFF 2": (b"wOF2" + GOOD[4:], "it is not a TrueType or OpenType font"),
    "collection of 4 billion": (
        b"ttcf\0\1\0\0" + b"\xff" * 4 + GOOD,
        "the font collection is empty or its header is damaged",
    ),
    "collection of 65,535": (
        b"ttcf\0\1\0\0" + struct.pack(">I", 65535) + struct.pack(">I", 12) * 65535 + GOOD,
        "the font collection is empty or its header is damaged",
    ),
    "collection astray": (
        second_astray(),
        "the table directory extends beyond the end of the file",
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_font_with_false_tables_is_refused_by_name(name: str, tmp_path: Path) -> None:
    data, reason = LIES[name]
    result = refused(lay(tmp_path, {"assets/fonts/Boxes.ttf": data}, FONT_LAYOUT))
    file = "assets/fonts/Boxes.ttf"
    assert result.startswith(f"{file}:1:1: {file} cannot be used as a font: {reason}")
    assert result.endswith("(replace it, or remove it from assets/fonts)")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (each_glyph(many_contours), "glyph 1 declares 32,767 contours, more than it contains"),
        (each_glyph(made_of_itself), "glyph 1 contains itself"),
        (put(CFF, "CFF ", 4, f">{200}B", *bytes(200)), "its tables are damaged"),
    ],
    ids=["contours", "circle", "CFF"],
)
def test_false_outlines_are_refused_by_name(data: bytes, reason: str, tmp_path: Path) -> None:
    """Only used glyphs are checked, when they are extracted from the font. Glyph 1 is the space."""
    result = refused(lay(tmp_path, {"assets/fonts/Boxes.ttf": data}, FONT_LAYOUT))
    assert result.startswith(
        "assets/fonts/Boxes.ttf:1:1: assets/fonts/Boxes.ttf cannot be used: subsetting failed"
    )
    assert reason in result


def test_good_fonts_are_not_refused(tmp_path: Path) -> None:
    assert [name for name in _package_fonts() if find_damage(Path(name).read_bytes())] == []
    for data in (GOOD, CFF, VARIABLE, collection([Recipe(), Recipe("Two")])):
        assert find_damage(data) == ""
    assert build(lay(tmp_path, {"assets/fonts/Boxes.ttf": GOOD}, FONT_LAYOUT)).status == 0


@pytest.mark.parametrize("lookups", [6, 12])
def test_substitutions_that_multiply_each_other_are_refused(lookups: int, tmp_path: Path) -> None:
    result = refused(lay(tmp_path, {"assets/fonts/Boxes.ttf": multiplying(lookups)}, FONT_LAYOUT))
    assert result.startswith("assets/fonts/Boxes.ttf:1:1: assets/fonts/Boxes.ttf cannot be used")
    assert "its substitutions need too many glyphs" in result


def test_a_letter_may_become_ten_glyphs(tmp_path: Path) -> None:
    result = build(lay(tmp_path, {"assets/fonts/Boxes.ttf": multiplying(1)}, FONT_LAYOUT))
    assert "cannot be used" not in result.err
    assert result.status in (ExitCode.OK, ExitCode.FINDINGS)


@pytest.mark.parametrize("value", [-32768, 32767])
@pytest.mark.parametrize("glyphs", ["u006F", "u006F u0072", "[u0072 u0064 u0077 u006F]"])
def test_positioning_may_move_by_any_amount(value: int, glyphs: str, tmp_path: Path) -> None:
    """Including paragraphs of negative length: they are set or reported, as any others."""
    amount = f"<{value} {value} {value} {value}>"
    font = with_features(f"feature kern {{ pos {glyphs} {amount}; }} kern;")
    result = build(lay(tmp_path, {"assets/fonts/Boxes.ttf": font}, FONT_LAYOUT))
    assert result.status in (ExitCode.OK, ExitCode.FINDINGS), result.err
