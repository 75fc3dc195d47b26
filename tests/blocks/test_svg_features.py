"""Features of SVG that resvg lacks or shows in another way: each drawing looks as one that is written plainly."""

from __future__ import annotations

import numpy as np
import pytest

from brochure.blocks._drawing import place_drawing
from brochure.blocks.svg import convert
from brochure.blocks.svg.conversion import convert_svg
from brochure.blocks.svg.errors import SvgError
from brochure.blocks.svg.markers import find_vertices
from brochure.geometry import Rect
from brochure.prepress.output_conditions import SCREEN
from tests.blocks.test_svg_rendering import file
from tests.pdf.pixels import painted, seen

ARROW = (
    '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="4" markerHeight="4" orient="auto">'
    '<path d="M0 0L10 5L0 10z"/></marker>'
)
SAME: dict[str, tuple[str, str]] = {
    "selectors of structure": (
        "<style>rect:nth-of-type(2){fill:#0a0}rect:not(:first-of-type):last-of-type{fill:#00d}</style>"
        '<rect width="30" height="30"/><rect x="35" width="30" height="30"/><rect x="70" width="30" height="30"/>',
        '<rect width="30" height="30"/><rect x="35" width="30" height="30" fill="#0a0"/>'
        '<rect x="70" width="30" height="30" fill="#00d"/>',
    ),
    "style sheet for a screen": (
        '<style media="screen">rect{fill:#0a0}</style><style>@media screen{rect{fill:#d00}}</style>'
        '<rect width="30" height="30"/>',
        '<rect width="30" height="30"/>',
    ),
    "transformation in a style": (
        '<rect style="transform:rotate(20deg) translate(30px, 5px)" width="40" height="30"/>',
        '<rect transform="rotate(20) translate(30 5)" width="40" height="30"/>',
    ),
    "transformation by axis": (
        '<rect style="transform:translateX(20px) scaleY(2) rotate(.125turn)" width="30" height="30"/>',
        '<rect transform="translate(20 0) scale(1 2) rotate(45)" width="30" height="30"/>',
    ),
    "symbol with a size": (
        '<symbol id="s" width="30" height="20"><rect width="100%" height="100%"/></symbol>'
        '<use href="#s" x="10" y="10"/><use href="#s" x="10" y="50" width="60"/>',
        '<rect x="10" y="10" width="30" height="20"/><rect x="10" y="50" width="60" height="20"/>',
    ),
    "stroke that is not scaled": (
        '<g transform="scale(4 1)"><path d="M5 20H20V80H5Z" fill="none" stroke="#000" stroke-width="3"'
        ' vector-effect="non-scaling-stroke"/></g>',
        '<path d="M20 20H80V80H20Z" fill="none" stroke="#000" stroke-width="3"/>',
    ),
    "colour with a profile": (
        '<rect width="50" height="50" fill="#0080ff icc-color(acmecmyk, 0.11, 0.48, 0.83, 0.00)"/>',
        '<rect width="50" height="50" fill="#0080ff"/>',
    ),
    "geometry in a style": (
        "<style>circle{cx:50px;cy:40px;r:20px}</style><circle/>",
        '<circle cx="50" cy="40" r="20"/>',
    ),
    "variables": (
        "<style>svg{--Sea:#08c} .a{--land:rgb(1,200,3)}</style><g class='a'><rect width='30' height='30' fill='var(--Sea)'/>"
        '<rect x="35" width="30" height="30" style="fill:var(--land, red)"/></g>'
        '<rect x="70" width="30" height="30" fill="var(--fill-0, rgb(9, 9, 99))"/>',
        '<rect width="30" height="30" fill="#08c"/><rect x="35" width="30" height="30" fill="rgb(1,200,3)"/>'
        '<rect x="70" width="30" height="30" fill="rgb(9,9,99)"/>',
    ),
    "comments in a style": (
        '<rect width="30" height="30" style="/* a; b */fill:#08c;/* c */"/>',
        '<rect width="30" height="30" fill="#08c"/>',
    ),
    "markers of an arc": (
        f'{ARROW}<path d="M15 50A35 35 0 1 1 50 85" fill="none" stroke="#036" stroke-width="2" marker-mid="url(#m)"/>',
        '<path d="M15 50A35 35 0 1 1 50 85" fill="none" stroke="#036" stroke-width="2"/>',
    ),
    "root with a transformation and a clip": (
        '<svg width="100" height="100" transform="translate(20 10)"><rect width="50" height="50"/></svg>',
        '<rect x="20" y="10" width="50" height="50"/>',
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_drawing_looks_as_one_written_plainly(name: str) -> None:
    first, second = (pixels_of(content) for content in SAME[name])
    assert (np.abs(first - second) > 8).mean() < 0.001


def pixels_of(content: str, language: str = "") -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    drawing = convert_svg(file(content).encode(), language=language)
    items = place_drawing(drawing, Rect(0, 0, 100, 100), None)
    return seen(painted(items, (100, 100), condition=SCREEN), 2).astype(np.int64)


def test_directions_of_the_vertices_of_a_closed_path() -> None:
    """At the start of a closed path, a marker has the direction between the last and the first segment."""
    vertices = find_vertices("M0 0H10V10H0Z")
    assert [vertex.place for vertex in vertices] == [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    angles = [vertex.angle % 360 for vertex in vertices]
    assert angles == pytest.approx([315, 45, 135, 225, 315])


def test_direction_at_the_ends_of_curves() -> None:
    first, last = find_vertices("M0 0C0 10 5 10 10 10")
    assert (first.angle, last.angle) == pytest.approx((90, 0))
    first, last = find_vertices("M0 0A10 10 0 0 1 10 10")
    assert (first.angle, last.angle) == pytest.approx((0, 90), abs=0.1)


ALTERNATIVES = (
    '<switch><rect systemLanguage="de, fr" width="50" height="50" fill="#d00"/>'
    '<rect systemLanguage="pt-BR" width="50" height="50" fill="#0a0"/><rect width="50" height="50" fill="#00d"/></switch>'
)


@pytest.mark.parametrize(
    ("language", "colour"),
    [("fr-CA", (221, 0, 0)), ("pt", (0, 170, 0)), ("en", (0, 0, 221)), ("", (0, 0, 221))],
)
def test_alternatives_for_languages(language: str, colour: tuple[int, int, int]) -> None:
    assert tuple(pixels_of(ALTERNATIVES, language)[20, 20]) == colour


def test_drawing_may_name_its_document_type() -> None:
    head = (
        '<?xml version="1.0"?>\n<?xpacket begin?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    content = file('<rect width="9" height="9"/>')
    assert convert_svg((head + content).encode()) == convert_svg(content.encode())


NINE = "".join('<use href="#a{0}"/>' for _ in range(9))
LEVELS = (f'<g id="a{level + 1}">{NINE.format(level)}</g>' for level in range(9))
BOMBS = {
    "uses": '<g id="a0"/>' + "".join(LEVELS),
    "patterns": '<pattern id="p" width=".02" height=".02" patternUnits="userSpaceOnUse">'
    '<rect width="9" height="9"/></pattern><rect width="99" height="99" fill="url(#p)"/>',
    "markers": '<marker id="m">'
    + "<path d='M0 0'/>" * 50
    + f'</marker><path marker-mid="url(#m)" d="M0 0{"h1" * 900}"/>',
}


@pytest.mark.parametrize("name", BOMBS)
def test_repetition_has_a_limit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lower limit of painted shapes than the program has, since 20,000 take seconds."""
    monkeypatch.setattr(convert, "MAX_PAINTED", 1_000)
    with pytest.raises(SvgError, match=r"more than|it is repeated more than"):
        convert_svg(file(BOMBS[name]).encode())
