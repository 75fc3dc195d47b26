"""Contrast of text with its background, point by point, with the same result in a laid-out project and in the finished PDF."""

from __future__ import annotations

import math

import pytest

from brochure.api import build, lay_out
from brochure.findings import Finding
from brochure.geometry import IDENTITY, Matrix, turn
from brochure.model.display_list import Outline
from brochure.preflight import CHECKS, collect_page_objects
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.shapes import Shape
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject

LAYOUT = """
brochure: seen
title: words
size: 200 x 100 pt
bleed: 0 mm
binding: none
swatches: {{night: cmyk 0 0 0 100, sand: "#e9e2cf", red: "#7a2020"}}
paragraph-styles: {{body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt, colour: {colour}}}}}
pages:
  - frames:
      behind: {{at: "x 0 pt, y 0 pt, width 200 pt, height 100 pt", {behind}}}
      words: {{at: "x 50 pt, y 40 pt, width 90 pt, height 20 pt", {more} content: {{text: words}}}}
"""
DRAWING = "content: {image: d.svg, alt: none, width: 200 pt}"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}</svg>'


def findings(
    shapes: str = "", *, colour: str = "night", behind: str = DRAWING, more: str = ""
) -> list[str]:
    """The findings about the contrast in the layout, which must be those in the finished PDF."""
    project = MemoryProject(
        {
            "brochure.yaml": LAYOUT.format(colour=colour, behind=behind, more=more).encode(),
            "content/en.yaml": b"words: Words upon it",
            "assets/d.svg": SVG.format(shapes or "<path d='M0 0h1v1Z'/>").encode(),
        }
    )
    made = lay_out(project)
    assert made.findings == ()
    in_layout = found(collect_page_objects(made.pages, made.edition.layout, made.work, project))
    built = build(project, CONDITIONS["press"])
    pdf = open_pdf(built.pdf, "seen.pdf")
    assert in_layout == found(read_page_objects(pdf))
    return in_layout


def found(objects: object) -> list[str]:
    check: list[Finding] = list(CHECKS["contrast"](objects))
    return [one.message for one in check]


FIELD = '<path d="M0 0H200V100H0Z" fill="{}"/>'
OUTLINE = '<path d="M2 2H198V98H2Z" fill="none" stroke="{}" stroke-width="3"/>'


def test_a_stroke_around_the_text_is_not_its_background() -> None:
    assert findings(FIELD.format("#e9e2cf") + OUTLINE.format("#111111")) == []


def test_a_shape_below_the_text_is_its_background() -> None:
    (message,) = findings(FIELD.format("#e9e2cf") + FIELD.format("#222222"))
    assert message.startswith("'Words upon it' has a contrast of 1.")


def test_a_hole_shows_what_is_below_it() -> None:
    hole = '<path d="M0 0H200V100H0ZM40 20V80H160V20Z" fill="#222222"/>'
    assert findings(FIELD.format("#ffffff") + hole) == []
    assert len(findings(FIELD.format("#ffffff") + hole.replace("V80H160V20Z", "V80H70V20Z"))) == 1


def test_a_field_below_part_of_the_text_counts() -> None:
    half = '<path d="M80 0H200V100H80Z" fill="#222222"/>'
    assert len(findings(half)) == 1
    assert findings('<path d="M114 0H200V100H114Z" fill="#222222"/>') == []  # below one letter


def test_a_clip_limits_a_shape() -> None:
    shape = "content: {image: d.svg, alt: none, fit: cover, height: 30 pt}"
    assert findings(FIELD.format("#222222"), behind=shape) == []


def test_a_curve_is_measured_as_a_curve() -> None:
    """The circle touches the control points of its curves nowhere."""
    circle = '<circle cx="160" cy="90" r="{}" fill="#222222"/>'
    assert findings(circle.format(60)) == []
    assert len(findings(circle.format(95))) == 1


@pytest.mark.parametrize("angle", [0, 30, 45, -20])
def test_the_background_of_a_rotated_frame(angle: int) -> None:
    more = f"rotate: {angle}, background: red,"
    assert len(findings(colour="night", more=more)) == 1
    assert findings(colour="sand", more=more) == []


# Shapes

CIRCLE = Outline(
    (1.0, 0.0),
    (
        (1.0, 0.5523, 0.5523, 1.0, 0.0, 1.0),
        (-0.5523, 1.0, -1.0, 0.5523, -1.0, 0.0),
        (-1.0, -0.5523, -0.5523, -1.0, 0.0, -1.0),
        (0.5523, -1.0, 1.0, -0.5523, 1.0, 0.0),
    ),
)
SQUARE = Outline((-2.0, -2.0), ((2.0, -2.0), (2.0, 2.0), (-2.0, 2.0)))


def test_points_in_a_circle() -> None:
    points = {(r * math.cos(a), r * math.sin(a)) for r in (0.98, 1.02) for a in range(40)}
    assert Shape((CIRCLE,)).covered(points) == {p for p in points if math.hypot(*p) < 1}


@pytest.mark.parametrize(("even_odd", "centre"), [(False, True), (True, False)])
def test_fill_rules(even_odd: bool, centre: bool) -> None:
    shape = Shape((SQUARE, CIRCLE), even_odd)
    assert shape.covered({(0.0, 0.0), (1.5, 0.0), (3.0, 0.0)}) == {(1.5, 0.0)} | (
        {(0.0, 0.0)} if centre else set()
    )


def test_clip_and_matrix() -> None:
    shape = Shape((SQUARE,), clip=(CIRCLE,), matrix=turn(45).then(Matrix(2, 0, 0, 1, 10, 0)))
    assert shape.covered({(10.0, 0.0), (11.9, 0.0), (10.0, 1.5), (12.1, 0.0)}) == {
        (10.0, 0.0),
        (11.9, 0.0),
    }


@pytest.mark.parametrize(
    "matrix", [IDENTITY, Matrix(-2, 0, 0, 3, 5, 0), Matrix(0, 1, -1, 0, 70, 0), turn(30)]
)
def test_a_rectangle_covers_what_other_outlines_of_it_cover(matrix: Matrix) -> None:
    """Also on its edges and corners; an outline with a point in the middle of an edge is not recognized as a rectangle."""
    rectangle = Outline((10, 20), ((10, 60), (40, 60), (40, 20)))
    other = Outline((10, 20), ((10, 40), (10, 60), (40, 60), (40, 20)))
    grid = {(x, y) for x in (9, 10, 25, 40, 41) for y in (19, 20, 40, 60, 61)}
    points = {matrix.apply(*point) for point in grid}
    covered = Shape((rectangle,), matrix=matrix).covered(points)
    assert covered == Shape((other,), matrix=matrix).covered(points)
    assert 0 < len(covered) < len(points)
