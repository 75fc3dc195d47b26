"""Vector drawings: outlines from an SVG file at the requested size."""

from __future__ import annotations

import pytest

from brochure.blocks.svg.cached import DRAWINGS, load_drawing
from brochure.blocks.svg.drawing import convert_svg
from brochure.color.swatch import Cmyk, Rgb
from brochure.project import MemoryProject
from brochure.system.cache import MemoryStore
from tests.blocks.setting import LEFT, Scene, placed

COPY = "a: {alt: The mark, words: Words, more: More}"
# 40 x 20 units, filled by one rectangle; a view box that begins elsewhere than at 0.
MARK = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 40 20">
<path d="M10 10H50V30H10Z" fill="#336699"/></svg>"""
SCENE = Scene(files={"assets/mark.svg": MARK})


def test_default_width_is_the_column_width() -> None:
    page = placed("- {vector: mark.svg, alt: none}", COPY, SCENE)
    assert page.box() == pytest.approx((50, 350, 200, 100))
    fill = page.paths[0].fill
    assert fill is not None
    assert fill.colour == Rgb(0.2, 0.4, 0.6)
    assert page.paths[0].tag.role == "Artifact"


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ("width: 50%", (50, 400, 100, 50)),
        ("width: 40 pt", (50, 430, 40, 20)),
        ("height: 10 pt", (50, 440, 20, 10)),
        # Both: the drawing keeps its proportions and stands in the middle of 60 x 60.
        ("width: 60 pt, height: 60 pt", (50, 405, 60, 30)),
        ("width: 100 pt, height: 20 pt", (80, 430, 40, 20)),
        ("width: 40 pt, align: centre", (130, 430, 40, 20)),
        ("width: 40 pt, align: end", (210, 430, 40, 20)),
    ],
)
def test_size_and_position(keys: str, box: tuple[float, ...]) -> None:
    page = placed(f"- {{vector: mark.svg, alt: none, {keys}}}", COPY, SCENE)
    assert page.box() == pytest.approx(box)


def test_drawing_is_on_the_right_in_right_to_left_text() -> None:
    scene = Scene(files=SCENE.files, language="ar")
    page = placed("- {vector: mark.svg, alt: none, width: 40 pt}", COPY, scene)
    assert page.box()[0] == pytest.approx(LEFT + 160)


def test_one_swatch_for_all_outlines() -> None:
    page = placed("- {vector: mark.svg, alt: a.alt, colour: ember}", COPY, SCENE)
    fill = page.paths[0].fill
    assert fill is not None
    assert fill.colour == Cmyk(0, 0.72, 0.92, 0.06)
    assert (page.paths[0].tag.role, page.paths[0].tag.alt) == ("Figure", "The mark")


def test_space_before_and_after() -> None:
    block = (
        "- text: a.words\n- {vector: mark.svg, alt: none, height: 10 pt, space-before: 4 pt, space-after: 6 pt}\n"
        "- text: a.more"
    )
    page = placed(block, COPY, SCENE)
    _, y, _, height = page.box()
    assert page.line("Words")[1] - (y + height) == pytest.approx(4)
    assert y - page.line("More")[1] == pytest.approx(6 + page.cap_height("body"))


@pytest.mark.parametrize(
    "svg",
    [
        b"<svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><use href="https://a.org/b"/></svg>',
    ],
)
def test_unsupported_drawing_is_reported(svg: bytes) -> None:
    scene = Scene(files={"assets/mark.svg": svg})
    page = placed("- {vector: mark.svg, alt: none}", COPY, scene, expect=("drawing-unusable",))
    assert page.items == ()


def test_cached_drawing_equals_the_original() -> None:
    data = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20">
    <path fill="#e4572e" fill-opacity="0.5" d="M0 0C1 2 3 4 5 6L7 8Z"/><rect x="1" y="2" width="3" height="4"/></svg>"""
    store = MemoryStore()
    project = MemoryProject({"a.svg": data}, store)
    made = load_drawing("a.svg", project)
    (key,) = store.entries
    DRAWINGS.recent.clear()
    assert load_drawing("a.svg", project) == made == convert_svg(data)
    DRAWINGS.recent.clear()
    store.put(key, b'{"box": []}')  # an invalid entry is replaced
    assert load_drawing("a.svg", project) == made
    assert store.entries[key] != b'{"box": []}'
