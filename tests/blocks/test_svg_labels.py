"""Text of SVG drawings on the page: fonts, positions, messages that replace it, and findings."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from brochure.color.swatch import Cmyk, Rgb
from brochure.model.display_list import GlyphRun, Path
from tests.blocks.setting import Scene, SetPage, placed

COPY = """
map: {alt: A map, town: "Port **Anselm**", two: "Upper\\n\\nTown", long: Tidewater and the villages around the bay}
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" font-family="Source Sans 3">
<rect width="100" height="50" fill="#eee"/>{}</svg>"""
TOWN = '<text id="town" x="20" y="30" font-size="8" fill="#036">Old town</text>'


def drawn(content: str, keys: str = "", *expect: str) -> SetPage:
    """A drawing that is twice as large on the page as in its file; its upper left corner is at (50, 450)."""
    scene = Scene(files={"assets/map.svg": SVG.format(content).encode()})
    return placed(f"- {{image: map.svg, alt: map.alt{keys}}}", COPY, scene, expect=expect)


def test_text_is_set_at_its_place_and_size() -> None:
    page = drawn(TOWN)
    (run,) = page.runs
    assert (run.x, run.y) == pytest.approx((50 + 40, 450 - 60))
    assert run.glyphs.size == pytest.approx(16)
    assert run.glyphs.face.family == "Source Sans 3"
    assert run.glyphs.text == "Old town"
    assert run.glyphs.paint.colour == Rgb(0, 0.2, 0.4)
    assert (run.tag.role, run.tag.alt) == ("Figure", "A map")


def test_texts_and_shapes_keep_their_order() -> None:
    page = drawn(f'{TOWN}<rect width="9" height="9"/>')
    kinds = [type(item) for item in page.items if isinstance(item, (GlyphRun, Path))]
    assert kinds == [Path, GlyphRun, Path]


def test_rotated_text_has_a_matrix() -> None:
    page = drawn('<text transform="translate(20 30) rotate(90)" font-size="8">Down</text>')
    (run,) = page.runs
    matrix = run.matrix
    assert (matrix.a, matrix.b, matrix.c, matrix.d) == pytest.approx((0, -1, 1, 0))
    assert matrix.apply(run.x, run.y) == pytest.approx((90, 390))
    assert run.glyphs.size == pytest.approx(16)


def test_one_swatch_for_texts_too() -> None:
    page = drawn(TOWN.replace("fill=", 'fill-opacity="0.5" fill='), ", colour: ember")
    paint = page.runs[0].glyphs.paint
    assert (paint.colour, paint.opacity) == (Cmyk(0, 0.72, 0.92, 0.06), 0.5)


# Fonts


def test_font_that_is_missing_is_replaced_by_that_of_the_body() -> None:
    content = '<text font-family="Myriad Pro, Minion" y="9">a</text><text font-family="Myriad Pro" y="20">b</text>'
    page = drawn(content, "", "drawing-font")
    assert {run.glyphs.face.family for run in page.runs} == {"Source Serif 4"}
    (finding,) = page.findings
    assert finding.message == (
        "assets/map.svg: the font 'Myriad Pro' is not in the project; 'Source Serif 4' is used instead"
    )


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("Nowhere, 'Source Sans 3'", "Source Sans 3"),
        ("sans-serif", "Source Serif 4"),
        ("SourceSans3-Regular", "Source Sans 3"),
    ],
)
def test_first_font_that_exists(family: str, name: str) -> None:
    (run,) = drawn(f'<text font-family="{family}" y="9">a</text>').runs
    assert run.glyphs.face.family == name


@pytest.mark.parametrize(
    ("attributes", "weight", "is_italic"),
    [
        ('font-weight="bold"', 700, False),
        ('style="font:italic 300 9px Source Sans 3"', 300, True),
        ('font-family="SourceSans3-SemiboldIt"', 600, True),
        ('font-family="SourceSans3-Bold" font-weight="700"', 700, False),
        ('font-family="sans-serif"', 400, False),
    ],
)
def test_weight_and_slant(attributes: str, weight: float, is_italic: bool) -> None:
    (run,) = drawn(f'<text {attributes} y="9">a</text>').runs
    assert run.glyphs.face.weight == weight
    assert (run.glyphs.face.italic_angle != 0) is is_italic


def test_weight_in_the_name_of_a_missing_font() -> None:
    page = drawn('<text font-family="MyriadPro-BoldIt" y="9">a</text>', "", "drawing-font")
    face = page.runs[0].glyphs.face
    assert (face.family, face.weight) == ("Source Serif 4", 700)
    assert face.italic_angle != 0


def test_parts_of_a_word_meet_in_another_font() -> None:
    """Illustrator gives the parts of a kerned word their own places, which are right for its font only."""
    content = '<text font-family="Myriad Pro" y="9" font-size="8">W<tspan x="8.5">ater</tspan><tspan x="40">Sound</tspan></text>'
    first, second, third = drawn(content, "", "drawing-font").runs
    assert second.x == pytest.approx(first.x + first.glyphs.width)
    assert third.x == pytest.approx(50 + 80)


# Messages


@pytest.mark.parametrize("name", ["town", "Old town", "places"])
def test_message_in_the_place_of_a_text(name: str) -> None:
    """It is named by its id, by that of a group with no other text, or by its words."""
    page = drawn(f'<g id="places">{TOWN}</g>', f", labels: {{{name}: map.town}}")
    first, second = page.runs
    assert (first.glyphs.text.strip(), second.glyphs.text) == ("Port", "Anselm")
    assert (first.x, first.y) == pytest.approx((90, 390))
    assert second.glyphs.face.weight > first.glyphs.face.weight == 400
    assert first.glyphs.origin is not None
    assert first.glyphs.origin.key == "map.town"
    assert first.glyphs.paint.colour == Rgb(0, 0.2, 0.4)


@pytest.mark.parametrize(("anchor", "share"), [("start", 0), ("middle", 0.5), ("end", 1)])
def test_anchor_of_a_message(anchor: str, share: float) -> None:
    content = TOWN.replace("<text", f'<text text-anchor="{anchor}"').replace('"20"', '"50"')
    page = drawn(content, ", labels: {town: map.town}")
    first, last = page.runs
    width = last.x + last.glyphs.width - first.x
    assert first.x + share * width == pytest.approx(150, abs=0.01)


def test_lines_of_a_message_are_where_those_of_the_text_are() -> None:
    content = '<text id="town" font-size="8"><tspan x="10" y="20">One</tspan><tspan x="20" dy="9">Two</tspan></text>'
    page = drawn(content, ", labels: {town: map.two}")
    assert [(one.x, one.y) for one in page.runs] == [
        pytest.approx((70, 410)),
        pytest.approx((90, 392)),
    ]
    page = drawn(TOWN, ", labels: {town: map.two}")
    assert [one.y for one in page.runs] == pytest.approx([390, 390 - 1.2 * 16])


def test_unknown_label() -> None:
    page = drawn(TOWN, ", labels: {twon: map.town}", "label-unknown")
    (finding,) = page.findings
    assert finding.message == "assets/map.svg has no text with the id or the words 'twon'"
    assert "town" in finding.hint


def test_label_for_a_drawing_without_texts() -> None:
    drawn("", ", labels: {a: map.town}", "label-unknown")


def test_labels_of_a_picture_of_pixels() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (600, 600)).save(stream, "PNG")
    scene = Scene(files={"assets/mark.png": stream.getvalue()})
    block = "- {image: mark.png, alt: none, height: 100 pt, labels: {a: map.town}}"
    placed(block, COPY, scene, expect=("labels-of-picture",))


def test_message_that_is_cut() -> None:
    page = drawn(TOWN, ", labels: {town: map.long}", "drawing-text-cut")
    (finding,) = page.findings
    assert finding.message.endswith("is cut at the edge of the drawing")
    assert "Tidewater and the villages" in finding.message


def test_texts_without_a_message_in_the_source_language() -> None:
    files = {
        "assets/map.svg": SVG.format(f'{TOWN}<text y="9">Bay</text><text y="20">42</text>').encode()
    }
    layout = "- {image: map.svg, alt: none, labels: {town: map.town}}"
    scene = Scene(files=files)
    assert placed(layout, COPY, scene).findings == ()
