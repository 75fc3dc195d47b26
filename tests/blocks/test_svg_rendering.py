"""SVG drawings: finished pages look as resvg renders the same files, or the file is refused with line and element.

The pages are rendered by pdfium at 2 pixels a unit. They may differ by antialiasing at edges: by MEAN steps of 255 on
average, and clearly (by more than CLEARLY steps) in SHARE of the pixels.
"""

from __future__ import annotations

import io

import numpy as np
import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from brochure.blocks._artwork import place_drawing
from brochure.blocks.svg.drawing import convert_svg
from brochure.blocks.svg.errors import SvgError
from brochure.blocks.svg.isolated import convert_isolated
from brochure.geometry import Rect
from brochure.prepress.output_conditions import SCREEN
from tests.blocks.svg_corpus import CORPUS, REFUSED, STRIPE
from tests.pdf.pixels import Pixels, painted, seen

MEAN, CLEARLY, SHARE = 1.0, 48, 0.008
SCALE = 2


def file(content: str, attributes: str = 'viewBox="0 0 100 100"') -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f"{attributes}>\n{content}\n</svg>"
    )


def ours(svg: str, opacity: float = 1.0) -> Pixels:
    """The drawing as a finished page, as wide as 100 points."""
    drawing = convert_svg(svg.encode(), opacity)
    width, height = 100.0, 100.0 * drawing.box[3] / drawing.box[2]
    paths = place_drawing(drawing, Rect(0, 0, width, height), None)
    return seen(painted(paths, (width, height), condition=SCREEN), SCALE)


def theirs(svg: str, width: int) -> Pixels:
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, background="white", dpi=96))
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.uint8)


def assert_alike(got: Pixels, expected: Pixels) -> None:
    assert got.shape == expected.shape
    off = np.abs(got.astype(int) - expected.astype(int)).max(axis=2)
    clearly = (off > CLEARLY).mean()
    assert off.mean() < MEAN, f"{off.mean():.2f} on average"
    assert clearly < SHARE, f"{clearly:.2%} clearly"


@pytest.mark.parametrize("name", CORPUS)
def test_drawing_looks_as_resvg_renders_it(name: str) -> None:
    svg = file(CORPUS[name])
    assert_alike(ours(svg), theirs(svg, 100 * SCALE))


@pytest.mark.parametrize("name", ["rounded", "stroke-and-fill", "group-opacity-overlap", "clip"])
@pytest.mark.parametrize("unit", [0.01, 24 / 100, 30_000 / 100])
def test_drawings_of_any_size_are_equally_exact(name: str, unit: float) -> None:
    size = 100 * unit
    svg = file(f'<g transform="scale({unit})">{CORPUS[name]}</g>', f'viewBox="0 0 {size} {size}"')
    assert_alike(ours(svg), theirs(svg, 100 * SCALE))


@pytest.mark.parametrize(
    "attributes",
    [
        'viewBox="0 0 100 50"',
        'viewBox="-20 -10 140 120"',
        'width="80" height="60"',
        'width="1in" height="0.75in"',
        'viewBox="0 0 100 100" width="200" height="100"',
        'viewBox="0 0 100 100" width="100" height="200"',
        'viewBox="0 0 100 100" width="200" height="100" preserveAspectRatio="none"',
        'viewBox="0 0 100 100" width="100%" height="100%"',
        'viewBox="0 0 100 100" fill="#036" stroke="#c00" stroke-width="4"',
        'viewBox="0 0 100 100" opacity="0.5"',
    ],
)
def test_view_box_and_size(attributes: str) -> None:
    svg = file(CORPUS["joins"] + CORPUS["rounded"].replace('x="10"', 'x="25"'), attributes)
    got = ours(svg)
    assert_alike(got, theirs(svg, got.shape[1]))


def test_opacity_of_a_whole_drawing() -> None:
    """As a group with this opacity, whatever overlaps."""
    content = CORPUS["group-opacity-overlap"].removeprefix(STRIPE).replace(' opacity="0.5"', "")
    expected = theirs(file(f'<g opacity="0.4">{content}</g>'), 100 * SCALE)
    assert_alike(ours(file(content), 0.4), expected)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_supported_is_refused_with_line_and_element(name: str) -> None:
    content, message = REFUSED[name]
    with pytest.raises(SvgError) as caught:
        convert_isolated(file(content).encode())
    assert message in str(caught.value)
    assert "line " in str(caught.value)


CLIPPED = '<rect width="9" height="9" clip-path="url(#c)"/>'


@pytest.mark.parametrize(
    "content",
    [
        '<g id="a"><use href="#a"/></g>',
        f'<clipPath id="c" clip-path="url(#c)"><rect width="9" height="9"/></clipPath>{CLIPPED}',
        f'<clipPath id="c">{CLIPPED}</clipPath>{CLIPPED}',
    ],
)
def test_references_in_circles_are_refused(content: str) -> None:
    with pytest.raises(SvgError):
        convert_isolated(file(content).encode())


NUMBERS = st.integers(-20, 120)
COLOURS = st.sampled_from(["#d00000", "#00a000", "#0000d0", "none"])
SHAPES = st.one_of(
    st.builds(
        '<rect x="{}" y="{}" width="{}" height="{}" {{}}/>'.format,
        NUMBERS,
        NUMBERS,
        NUMBERS,
        NUMBERS,
    ),
    st.builds('<circle cx="{}" cy="{}" r="{}" {{}}/>'.format, NUMBERS, NUMBERS, st.integers(0, 60)),
    st.builds('<path d="M{} {}L{} {}Q50 50 {} {}" {{}}/>'.format, *[NUMBERS] * 6),
)
STYLES = st.builds(
    'fill="{}" stroke="{}" stroke-width="{}" stroke-linejoin="{}" transform="rotate({} 50 50)"'.format,
    COLOURS,
    COLOURS,
    st.integers(0, 12),
    st.sampled_from(["miter", "round", "bevel"]),
    st.sampled_from([0, 10, 45]),
)
DRAWN = st.lists(st.builds(lambda shape, style: shape.format(style), SHAPES, STYLES), max_size=4)


@settings(max_examples=40, deadline=None)
@given(DRAWN, st.sampled_from(["1", "0.5"]))
def test_random_groups_look_as_resvg_renders_them(shapes: list[str], opacity: str) -> None:
    content = "".join(shapes).replace('width="-', 'width="').replace('height="-', 'height="')
    svg = file(f'{STRIPE}<g opacity="{opacity}">{content}</g>')
    got, expected = ours(svg), theirs(svg, 100 * SCALE)
    off = np.abs(got.astype(int) - expected.astype(int)).max(axis=2)
    assert (off.mean() < 2 * MEAN, (off > CLEARLY).mean() < 3 * SHARE) == (True, True)
