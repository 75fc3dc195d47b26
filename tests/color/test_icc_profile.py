"""ICC profiles: the shipped ones match their characterization data; invalid ones are reported before they are used."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from brochure.color.convert import from_press, to_press
from brochure.color.icc_profile import (
    IccProfileError,
    open_profile,
    read_press_profile,
    read_profile,
)
from brochure.color.image_separation import separate_image
from brochure.color.printing_condition import SHIPPED, shipped_condition
from brochure.color.total_ink import maximum_ink
from tests.programs import need_file

DATA = Path("/usr/share/color/icc")
OWN_DATA = Path(__file__).resolve().parents[2] / "assets" / "profiles" / "data"
MADE_FROM = {
    "coated-fogra39": "FOGRA39L",
    "uncoated-fogra29": "FOGRA29L",
    "uncoated-fogra47": "FOGRA47L",
    "lwc-fogra45": "FOGRA45L",
    "newsprint-ifra26": "IFRA26S",
    "coated-gracol": "TR006",
    "coated-swop": "TR003",
    "newsprint-snap": "TR002",
}

shipped = pytest.mark.parametrize("name", SHIPPED)


@shipped
def test_a_shipped_profile_is_a_press_profile(name: str) -> None:
    press = shipped_condition(name)
    profile = read_press_profile(press.profile.data)
    assert (profile.space, profile.kind) == ("CMYK", "output")
    assert profile.version < (3, 0)  # PDF/X-1a is PDF 1.4, which supports version 2
    assert len(profile.data) < 400_000


@shipped
def test_a_shipped_profile_matches_the_measurements(name: str) -> None:
    own = OWN_DATA / f"{MADE_FROM[name]}.ti3"
    data = own.read_bytes() if own.is_file() else need_file(DATA / own.name)
    inks, measured = patches(data.decode("latin-1"))
    lab = ImageCms.createProfile("LAB")
    absolute = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    way = ImageCms.buildTransform(
        open_profile(shipped_condition(name).profile),
        lab,
        "CMYK",
        "LAB",
        absolute,
        ImageCms.Flags.NOOPTIMIZE,
    )
    levels = np.clip(np.round(inks * 2.55), 0, 255).astype(np.uint8)
    shown = way.apply(Image.frombytes("CMYK", (len(levels), 1), levels.tobytes()))
    raw = np.frombuffer(shown.tobytes(), np.uint8).reshape(-1, 3)
    # Pillow keeps L in 255 levels and a, b as signed bytes.
    found = np.column_stack([raw[:, 0] / 2.55, raw[:, 1:].astype(np.int8)])
    off = np.sqrt(((found - measured) ** 2).sum(axis=1))
    # Rounding to eight bits makes 0.4 on average; the profile's own error was 0.2 when it was made.
    assert off.mean() < 0.8
    assert off.max() < 3


def patches(text: str) -> tuple[Any, Any]:
    """The inks and the measured Lab of a CGATS file."""
    text = text.replace("\r\n", "\n")
    fields = text.partition("BEGIN_DATA_FORMAT")[2].partition("END_DATA_FORMAT")[0].split()
    rows = text.rpartition("BEGIN_DATA\n")[2].partition("END_DATA")[0].splitlines()
    table = np.array([[float(part) for part in row.split()] for row in rows if row.strip()])
    inks = [fields.index(f"CMYK_{ink}") for ink in "CMYK"]
    return table[:, inks], table[:, [fields.index(f"LAB_{axis}") for axis in "LAB"]]


@shipped
def test_the_darkest_colour_keeps_the_ink_limit_and_greys_have_some_black(name: str) -> None:
    press = shipped_condition(name)
    blocks = np.arange(0, 256, 15, dtype=np.uint8)
    cube = np.stack(np.meshgrid(blocks, blocks, blocks), axis=-1).reshape(1, -1, 3)
    assert maximum_ink(to_press(press).apply(Image.fromarray(cube))) <= press.ink_limit
    light, middle, dark = (
        np.frombuffer(to_press(press).apply(Image.new("RGB", (1, 1), (g, g, g))).tobytes(), "u1")
        for g in (224, 128, 0)
    )
    assert light[3] < 0.06 * 255  # black is not visible as grain in the highlights
    assert 0.2 * 255 < middle[3] < 0.45 * 255
    assert dark[3] > 0.88 * 255


@shipped
def test_round_trips_keep_the_colours(name: str) -> None:
    """Colours in the gamut are the same after a round trip; paper is white, and the darkest ink black."""
    press = shipped_condition(name)
    colours = [(255, 255, 255), (0, 0, 0), (150, 120, 100), (90, 110, 130), (200, 180, 150)]
    picture = Image.new("RGB", (len(colours), 1))
    picture.putdata(colours)
    back = from_press(press).apply(to_press(press).apply(picture))
    off = np.abs(np.asarray(back).astype(int) - np.asarray(picture).astype(int))
    # On newsprint, a step of ink in eight bits is a larger step of colour, and the darkest node of the tables is farther off.
    most, darkest = (4, 26) if name.startswith("newsprint") else (2, 16)
    assert off.max(axis=2).ravel()[[0, 2, 3, 4]].max() <= most
    # The last nodes of the tables are close to black: colours there differ more, which is not visible.
    assert off[0, 1].max() <= darkest


@shipped
def test_a_separated_picture_keeps_the_ink_limit(name: str) -> None:
    press = shipped_condition(name)
    noise = np.random.default_rng(7).integers(0, 40, (200, 200, 3), dtype=np.uint8)
    assert maximum_ink(separate_image(Image.fromarray(noise), None, press)) <= press.ink_limit


# Broken ones


def whole() -> bytes:
    return shipped_condition("coated-fogra39").profile.data


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def changed(at: int, value: bytes) -> bytes:
    data = bytearray(whole())
    data[at : at + len(value)] = value
    return bytes(data)


def without_tables_to_inks() -> bytes:
    return whole().replace(b"B2A0", b"XXX0", 1).replace(b"B2A1", b"XXX1", 1)


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "it is not an ICC profile"),
    "a text": (lambda: b"This is a letter.\n" * 40, "it is not an ICC profile"),
    "cut off": (lambda: whole()[:100_000], "it is truncated: 100,000 of 227,476 bytes"),
    "a screen's": (srgb, "its colour space is RGB; expected CMYK"),
    "a CMYK scanner's": (lambda: changed(12, b"scnr"), "it is a profile of class input"),
    "many tags": (
        lambda: changed(128, struct.pack(">I", 2**31)),
        "extends beyond the end of the file",
    ),
    "a tag far away": (
        lambda: changed(136, struct.pack(">I", 2**31)),
        "extends beyond the end of the file",
    ),
    "one way only": (without_tables_to_inks, "tag B2A0 or B2A1 is missing"),
    "tables of nothing": (lambda: emptied(whole()), "its tables are damaged"),
}


def emptied(data: bytes) -> bytes:
    """Return the profile with zeros in its tables from inks to colour; the type at the start of each is kept."""
    made = bytearray(data)
    for at in range(struct.unpack_from(">I", data, 128)[0]):
        name, start, length = struct.unpack_from(">4sII", data, 132 + 12 * at)
        if name[:3] in (b"A2B", b"B2A"):
            made[start : start + length] = bytes(length)
    return bytes(made)


@pytest.mark.parametrize(("make", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_unusable_profiles_are_reported_with_the_reason(
    make: Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(IccProfileError, match=reason):
        read_press_profile(make())


def test_a_lack_of_memory_is_not_taken_for_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    """LittleCMS does not tell them apart."""

    def lack(_: int) -> None:
        raise MemoryError

    monkeypatch.setattr("brochure.color.icc_profile.require_memory", lack)
    with pytest.raises(MemoryError):
        read_press_profile(emptied(whole() + b"another"))


def test_the_name_of_a_profile_of_version_4() -> None:
    # lcms writes its own sRGB as version 4, whose names are UTF-16 by language.
    profile = read_profile(srgb())
    assert profile.version[0] == 4
    assert profile.description == "sRGB built-in"
