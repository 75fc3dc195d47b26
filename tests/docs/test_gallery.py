"""The gallery shows the layouts that come with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from brochure.templates import list_templates
from docs.gallery import PAGE, PICTURES, write_page
from tests.cli.calling import call

NAMES = sorted(list_templates())


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_page(), "run `python -m docs.gallery`"


def test_the_page_names_the_layouts_of_new() -> None:
    listed = [line.split()[0] for line in call("new", "--list").out.splitlines()]
    named = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(listed) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_has_a_picture(name: str) -> None:
    picture = Image.open(PICTURES / f"{name}.webp")
    assert picture.width > 300
    assert picture.height > 200
    assert len(picture.convert("L").getcolors() or ()) > 20, "the picture is empty"


def test_no_picture_is_left_over() -> None:
    assert sorted(Path(file).stem for file in PICTURES.iterdir()) == NAMES
