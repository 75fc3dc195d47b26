"""SVG drawings: finished pages look as resvg renders the same files, or the file is refused with line and element.

Pages are rendered by poppler, which computes gradients exactly, at 8 pixels a unit and reduced to 2, since it moves edges to
whole pixels. They may differ by antialiasing at edges: by MEAN steps of 255 on average, and clearly (by more than CLEARLY
steps) in SHARE of the pixels. Gradients and patterns, which resvg rasterizes, may differ LOOSE times as much.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import resvg_py
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from brochure.blocks._drawing import place_drawing
from brochure.blocks.svg.conversion import convert_svg
from brochure.blocks.svg.errors import SvgError
from brochure.blocks.svg.isolated import convert_isolated
from brochure.geometry import Rect
from brochure.model.display_list import Item
from brochure.prepress.output_conditions import SCREEN
from tests.blocks.svg_corpus import CORPUS, STRIPE
from tests.blocks.svg_corpus_paint import GRADIENTS, MARKERS, PATTERNS
from tests.blocks.svg_corpus_structure import STRUCTURE
from tests.blocks.svg_refused import REFUSED
from tests.pdf.pixels import Pixels, painted
from tests.programs import run
from tests.quick import examples

MEAN, CLEARLY, SHARE = 1.0, 48, 0.008
LOOSE = 2.0
SCALE, FINE = 2, 4

DRAWINGS = {**CORPUS, **STRUCTURE, **MARKERS, **GRADIENTS, **PATTERNS}
COLUMNS = 5
CELL = 100


def file(content: str, attributes: str = 'viewBox="0 0 100 100"') -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f"{attributes}>\n{content}\n</svg>"
    )


def ours(svg: str, opacity: float = 1.0) -> Pixels:
    """The drawing as a finished page, as wide as 100 points."""
    drawing = convert_svg(svg.encode(), opacity)
    width, height = 100.0, 100.0 * drawing.box[3] / drawing.box[2]
    return page_of(place_drawing(drawing, Rect(0, 0, width, height), None), (width, height))


def page_of(items: Sequence[Item], size: tuple[float, float]) -> Pixels:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.pdf", Path(folder) / "page"
        source.write_bytes(painted(items, size, condition=SCREEN))
        resolution = f"{72 * SCALE * FINE}"
        run("pdftoppm", "-r", resolution, "-singlefile", source, target)
        image = Image.open(target.with_suffix(".ppm")).convert("RGB")
    size = -(-image.width // FINE), -(-image.height // FINE)
    reduced = image.resize(size, Image.Resampling.BOX)
    return np.asarray(reduced, dtype=np.uint8)


@lru_cache
def sheet(number: int) -> Mapping[str, Pixels]:
    """One page with 25 drawings of the corpus."""
    names = list(DRAWINGS)[number * COLUMNS**2 : (number + 1) * COLUMNS**2]
    items: list[Item] = []
    for at, name in enumerate(names):
        drawing = convert_svg(file(DRAWINGS[name]).encode())
        row, column = divmod(at, COLUMNS)
        place = Rect(column * CELL, (COLUMNS - 1 - row) * CELL, CELL, CELL)
        items.extend(place_drawing(drawing, place, None))
    pixels = page_of(items, (COLUMNS * CELL, COLUMNS * CELL))
    size = CELL * SCALE
    return {
        name: pixels[row * size : (row + 1) * size, column * size : (column + 1) * size]
        for at, name in enumerate(names)
        for row, column in [divmod(at, COLUMNS)]
    }


def theirs(svg: str, width: int) -> Pixels:
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, background="white", dpi=96))
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.uint8)


def assert_alike(got: Pixels, expected: Pixels, times: float = 1.0) -> None:
    assert got.shape == expected.shape
    off = np.abs(got.astype(int) - expected.astype(int)).max(axis=2)
    clearly = (off > CLEARLY).mean()
    assert off.mean() < MEAN * times, f"{off.mean():.2f} on average"
    assert clearly < SHARE * times, f"{clearly:.2%} clearly"


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_looks_as_resvg_renders_it(name: str) -> None:
    expected = theirs(file(DRAWINGS[name]), CELL * SCALE)
    got = sheet(list(DRAWINGS).index(name) // COLUMNS**2)[name]
    assert_alike(got, expected, LOOSE if name in GRADIENTS or name in PATTERNS else 1.0)


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
    """As a group with this opacity, also where shapes overlap."""
    content = CORPUS["group-opacity-overlap"].removeprefix(STRIPE).replace(' opacity="0.5"', "")
    expected = theirs(file(f'<g opacity="0.4">{content}</g>'), 100 * SCALE)
    assert_alike(ours(file(content), 0.4), expected)


@pytest.mark.parametrize("name", REFUSED)
def test_unsupported_features_are_refused_with_line_and_element(name: str) -> None:
    content, message = REFUSED[name]
    with pytest.raises(SvgError) as caught:
        convert_svg(file(content).encode())
    assert message in str(caught.value)
    assert re.search(r"line \d+, column \d+", str(caught.value))


def test_refusal_of_the_process_that_converts_complex_drawings() -> None:
    content, message = REFUSED["mask in a style sheet"]
    with pytest.raises(SvgError, match="^" + re.escape(message)):
        convert_isolated(file(content).encode())


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


@settings(
    max_examples=examples(40),
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
@given(DRAWN, st.sampled_from(["1", "0.5"]))
def test_random_groups_look_as_resvg_renders_them(shapes: list[str], opacity: str) -> None:
    """The same examples in each run, without shrinking: each is a page that poppler renders."""
    assert_group_alike(shapes, opacity)


@pytest.mark.soak
@settings(max_examples=1_000, deadline=None)
@given(DRAWN, st.sampled_from(["1", "0.5"]))
def test_many_random_groups_look_as_resvg_renders_them(shapes: list[str], opacity: str) -> None:
    assert_group_alike(shapes, opacity)


@pytest.mark.parametrize("turn", [45, 45.1, 135])
def test_a_turned_circle_over_the_edge_looks_as_resvg_renders_it(turn: float) -> None:
    """Skia sees no crossing of its curves, turned by 45 degrees, and the edge of the drawing."""
    circle = f'<circle cx="4" cy="79" r="53" fill="#d00000" transform="rotate({turn} 50 50)"/>'
    assert_group_alike([circle], "1")


def assert_group_alike(shapes: list[str], opacity: str) -> None:
    content = "".join(shapes).replace('width="-', 'width="').replace('height="-', 'height="')
    svg = file(f'{STRIPE}<g opacity="{opacity}">{content}</g>')
    got, expected = ours(svg), theirs(svg, 100 * SCALE)
    off = np.abs(got.astype(int) - expected.astype(int)).max(axis=2)
    assert (off.mean() < 2 * MEAN, (off > CLEARLY).mean() < 3 * SHARE) == (True, True)
