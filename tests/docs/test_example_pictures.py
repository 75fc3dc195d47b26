"""The pictures of the examples in the documentation show what the program makes of the examples."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from docs import tutorial_pictures
from docs.example_pictures import PICTURES, Example, digest, digests, draw, encode, examples, find
from tests.docs.prose import pages
from tests.pictures.compare import Compared
from tests.programs import need_file

ALL = {example.name: example for example in examples()}
NOTO_SERIF_CJK = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
SHRINK = 2
"""The pictures are stored with lossy compression, so they are compared at half their size after the same compression."""


@cache
def _written() -> dict[str, str]:
    return digests()


def _compare(example: Example) -> Compared:
    return _compare_pictures(example.name, example.path, draw(example))


def _compare_pictures(name: str, path: Path, drawn: Image.Image) -> Compared:
    with Image.open(path) as stored, Image.open(io.BytesIO(encode(drawn))) as lossy:
        expected, got = (one.convert("RGB").reduce(SHRINK) for one in (stored, lossy))
    return Compared(name, expected, got)


@pytest.mark.parametrize("name", ALL)
def test_the_picture_of_an_example_is_up_to_date(name: str) -> None:
    """A picture is drawn again only if its display list has changed."""
    if "Noto Serif CJK" in ALL[name].block.text:
        need_file(NOTO_SERIF_CJK)
    if _written().get(name) != digest(ALL[name]):
        compared = _compare(ALL[name])
        assert compared.alike, f"{compared.verdict}; run `make docs`"


@pytest.mark.parametrize("name", ["blocks/box", "blocks/donut", "press/marks"])
def test_a_picture_is_drawn_from_its_display_list(name: str) -> None:
    assert _compare(ALL[name]).verdict == ""


def test_another_colour_is_another_picture() -> None:
    box = ALL["blocks/box"]
    changed = replace(box.block, text=box.block.text.replace("sand", "ember 40%"))
    other = Example(box.name, changed)
    assert digest(other) != digest(box)
    assert not _compare(other).alike


@pytest.mark.parametrize("name", [name for name, one in ALL.items() if "check" in one.options])
def test_the_check_finds_the_error_in_its_example(name: str) -> None:
    assert find(ALL[name], "en") != ()


def test_the_pictures_of_the_tutorial_are_up_to_date(tmp_path: Path) -> None:
    shown = 0
    for name, made, language in tutorial_pictures.follow(tmp_path):
        shown += 1
        if _written().get(f"tutorial/{name}") != tutorial_pictures.digest(name, made, language):
            drawn = tutorial_pictures.draw(name, made, language)
            compared = _compare_pictures(name, PICTURES / "tutorial" / f"{name}.webp", drawn)
            assert compared.alike, f"{compared.verdict}; run `make docs`"
    assert shown >= 8


def test_every_example_is_followed_by_its_picture() -> None:
    missing = []
    for name, example in ALL.items():
        text = example.block.page.read_text(encoding="utf-8")
        shown = text.split(f"picture={name}", 1)[1].split("```", 1)[1]
        if f"pictures/{name}.webp)" not in shown[:400]:
            missing.append(name)
    assert missing == []


def test_every_picture_is_shown_on_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in pages())
    shown = set(re.findall(r"pictures/([\w/-]+\.\w+)\)", text))
    stored = {
        path.relative_to(PICTURES).as_posix()
        for path in PICTURES.rglob("*")
        if path.suffix not in {".json", ""}
    }
    assert stored - shown == set()
