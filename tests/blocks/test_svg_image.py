"""SVG drawings in image blocks: outlines from a file, with the keys of all images."""

from __future__ import annotations

import pytest

from brochure.blocks.svg.cached import DRAWINGS, load_drawing
from brochure.blocks.svg.conversion import convert_svg
from brochure.color.swatch import Cmyk, Rgb
from brochure.errors import InputError
from brochure.model.display_list import bounds
from brochure.project import MemoryProject
from brochure.system.cache import MemoryStore
from tests.blocks.setting import LEFT, Scene, SetPage, placed

COPY = "a: {alt: The mark, words: Words, more: More}"
# 40 x 20 units, filled by one rectangle; a view box that begins elsewhere than at 0.
MARK = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 40 20">
<path d="M10 10H50V30H10Z" fill="#336699"/></svg>"""
SCENE = Scene(files={"assets/mark.svg": MARK})


def test_default_width_is_the_column_width() -> None:
    page = placed("- {image: mark.svg, alt: none}", COPY, SCENE)
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
        # Both: the drawing keeps its proportions and is in the middle of 60 x 60.
        ("width: 60 pt, height: 60 pt", (50, 405, 60, 30)),
        ("width: 100 pt, height: 20 pt", (80, 430, 40, 20)),
        ("width: 40 pt, align: centre", (130, 430, 40, 20)),
        ("width: 40 pt, align: end", (210, 430, 40, 20)),
    ],
)
def test_size_and_position(keys: str, box: tuple[float, ...]) -> None:
    page = placed(f"- {{image: mark.svg, alt: none, {keys}}}", COPY, SCENE)
    assert page.box() == pytest.approx(box)


def test_drawing_is_on_the_right_in_right_to_left_text() -> None:
    scene = Scene(files=SCENE.files, language="ar")
    page = placed("- {image: mark.svg, alt: none, width: 40 pt}", COPY, scene)
    assert page.box()[0] == pytest.approx(LEFT + 160)


def test_one_swatch_for_all_outlines() -> None:
    page = placed("- {image: mark.svg, alt: a.alt, colour: ember}", COPY, SCENE)
    fill = page.paths[0].fill
    assert fill is not None
    assert fill.colour == Cmyk(0, 0.72, 0.92, 0.06)
    assert (page.paths[0].tag.role, page.paths[0].tag.alt) == ("Figure", "The mark")


def test_opacity_of_the_drawing_counts_under_a_swatch() -> None:
    svg = MARK.replace(b'fill="#336699"', b'fill="#336699" fill-opacity="0.5"')
    scene = Scene(files={"assets/mark.svg": svg})
    page = placed("- {image: mark.svg, alt: none, colour: ember}", COPY, scene)
    fill = page.paths[0].fill
    assert fill is not None
    assert fill.opacity == 0.5


def shown(page: SetPage) -> tuple[float, float, float, float]:
    """The bounding box of what a drawing is clipped to."""
    box = bounds(page.paths[0].clip)
    return box.x, box.y, box.width, box.height


def test_drawing_may_cover_its_place_around_its_focal_point() -> None:
    block = "- {image: mark.svg, alt: none, fit: cover, height: 200 pt, focal-point: 0% 0%}"
    page = placed(block, COPY, SCENE)
    assert shown(page) == pytest.approx((50, 250, 200, 200))
    assert page.box() == pytest.approx((50, 250, 400, 200))


def test_covering_drawing_without_a_height_fills_the_frame() -> None:
    page = placed("- {image: mark.svg, alt: none, fit: cover}", COPY, SCENE)
    assert shown(page) == pytest.approx((50, 50, 200, 400))
    assert page.box() == pytest.approx((50 - 300, 50, 800, 400))


def test_drawing_in_an_ellipse() -> None:
    page = placed("- {image: mark.svg, alt: none, shape: ellipse}", COPY, SCENE)
    assert shown(page) == pytest.approx((50, 350, 200, 100))
    assert max(map(len, page.paths[0].clip[0].segments)) == 6


def test_caption_and_credit_of_a_drawing() -> None:
    block = "- {image: mark.svg, alt: a.alt, caption: a.words, credit: a.more, credit-side: edge}"
    page = placed(block, COPY, SCENE)
    strip = page.cap_height("credit") + 0.45 * 6
    assert page.box() == pytest.approx(
        (50, 450 - (200 - strip) / 2, 200 - strip, (200 - strip) / 2)
    )
    assert [run.tag.role for run in page.runs] == ["Caption", "Caption"]
    assert page.paths[0].tag.alt == "The mark"


TWO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<path d="M0 0H20V20H0Z" fill="#900"/><path d="M{} 0H40V20H{}Z" fill="#009" fill-opacity="0.5"/></svg>"""


def test_opacity_of_a_drawing() -> None:
    scene = Scene(files={"assets/mark.svg": TWO.format(20, 20).encode()})
    page = placed("- {image: mark.svg, alt: none, opacity: 50%}", COPY, scene)
    assert [path.fill.opacity for path in page.paths if path.fill] == [0.5, 0.25]


def test_opacity_of_a_drawing_with_overlaps() -> None:
    """Where a transparent shape is above another one, the drawing has a third colour."""
    scene = Scene(files={"assets/mark.svg": TWO.format(10, 10).encode()})
    page = placed("- {image: mark.svg, alt: none, opacity: 50%}", COPY, scene)
    fills = [path.fill for path in page.paths if path.fill]
    assert [fill.opacity for fill in fills] == [0.5, 0.5, 0.25]
    assert fills[1].colour == Rgb(0.3, 0, 0.3)


def test_former_block_names_the_current_one() -> None:
    with pytest.raises(InputError, match=r"unknown block 'vector' \(write 'image'\)"):
        placed("- {vector: mark.svg, alt: none}", COPY, SCENE)


def test_space_before_and_after() -> None:
    block = (
        "- text: a.words\n- {image: mark.svg, alt: none, height: 10 pt, space-before: 4 pt, space-after: 6 pt}\n"
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
    page = placed("- {image: mark.svg, alt: none}", COPY, scene, expect=("drawing-unusable",))
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
