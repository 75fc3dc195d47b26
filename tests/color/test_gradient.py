"""Gradients: their geometry, the colours between their stops, and their flattening on flat colours."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
import pytest

from brochure.approval.page_digest import digest_page
from brochure.color.convert import in_ink, in_light
from brochure.color.gradient import (
    find_axis,
    flatten_gradient,
    ink_stops,
    light_stops,
    make_gradient,
)
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import WHITE, Cmyk, Colour, Gradient, GradientStop, Rgb, Spot
from brochure.geometry import Rect
from brochure.imposition.sheets import sheets
from brochure.model.display_list import Page, Path, outline_rect
from brochure.model.page_dump import dump
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.inks import find_inks
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from brochure.proof.svg import View, draw_svg

FOGRA = shipped_condition("coated-fogra39")
RED, BLUE = Cmyk(0, 1, 1, 0), Cmyk(1, 0.6, 0, 0)
GOLD = Spot("GOLD", Cmyk(0.1, 0.3, 0.8, 0))
BOX = Rect(0, 0, 100, 40)


def between(
    first: Colour, last: Colour, *, ends: tuple[float, float] = (1, 1), angle: float = 0
) -> Gradient:
    stops = GradientStop(0, first, ends[0]), GradientStop(1, last, ends[1])
    return make_gradient(stops, angle)


def filled(gradient: Gradient) -> Page:
    return Page(1, "1", 100, 40, 0, (Path((outline_rect(BOX),), fill=gradient),))


def pdf(gradient: Gradient, condition: OutputCondition) -> bytes:
    output = condition.on(EditionCondition(FOGRA))
    return render(
        sheets((filled(gradient),), output), DocumentInfo("", "en"), output, MemoryProject({})
    )


def read_shading(gradient: Gradient) -> Any:
    """The shading of a page of a press PDF."""
    page: Any = pypdf.PdfReader(io.BytesIO(pdf(gradient, PRESS))).pages[0]
    (form,) = page["/Resources"]["/XObject"].values()
    return form.get_object()["/Resources"]["/Shading"]["/S"]


@pytest.mark.parametrize(
    ("angle", "start", "end"),
    [
        (0, (0, 20), (100, 20)),
        (90, (50, 0), (50, 40)),
        (180, (100, 20), (0, 20)),
        (45, (15, -15), (85, 55)),
    ],
)
def test_a_linear_gradient_reaches_from_corner_to_corner(
    angle: float, start: tuple[float, float], end: tuple[float, float]
) -> None:
    axis = find_axis(between(RED, BLUE, angle=angle), BOX)
    assert axis.start == pytest.approx(start)
    assert axis.end == pytest.approx(end)


def test_a_radial_gradient_reaches_to_the_farthest_corner() -> None:
    gradient = replace(between(RED, BLUE), centre=(0.25, 0.5))
    axis = find_axis(gradient, BOX)
    assert (axis.start, axis.end) == ((25, 20), (25, 20))
    assert axis.end_radius == pytest.approx((75**2 + 20**2) ** 0.5)


def test_start_and_end_follow_the_text_direction_and_angles_do_not() -> None:
    stops = between(RED, BLUE).stops
    follows = make_gradient(stops, 0.0, mirrors=True)
    assert follows.orient(left_to_right=False).angle == 180
    assert follows.orient(left_to_right=True).angle == 0
    assert make_gradient(stops, 0.0).orient(left_to_right=False).angle == 0


def test_inks_are_interpolated_by_the_press_and_sampled_for_the_screen() -> None:
    gradient = between(RED, BLUE)
    assert ink_stops(gradient, FOGRA) == gradient.stops
    shown = light_stops(gradient, FOGRA)
    (middle,) = (stop for stop in shown if stop.offset == 0.5)
    assert middle.colour == in_light(Cmyk(0.5, 0.8, 0.5, 0), FOGRA)


def test_rgb_is_interpolated_by_the_screen_and_sampled_for_the_press() -> None:
    gradient = between(Rgb(1, 1, 0), Rgb(0, 0.2, 1))
    assert light_stops(gradient, FOGRA) == gradient.stops
    (middle,) = (stop for stop in ink_stops(gradient, FOGRA) if stop.offset == 0.5)
    assert middle.colour == in_ink(Rgb(0.5, 0.6, 0.5), FOGRA)


def test_a_spot_ink_runs_to_paper_on_its_own_plate() -> None:
    gradient = between(GOLD, WHITE.colour)
    assert [stop.colour for stop in ink_stops(gradient, FOGRA)] == [GOLD, replace(GOLD, tint=0)]
    assert list(find_inks([filled(gradient)], FOGRA)) == ["GOLD"]


def test_a_transparent_gradient_becomes_opaque_on_a_flat_colour() -> None:
    veil = between(Cmyk(1, 0.8, 0.2, 0.4), Cmyk(1, 0.8, 0.2, 0.4), ends=(0.5, 0))
    flat = flatten_gradient(veil, Cmyk(0, 0, 0.4, 0), FOGRA)
    assert flat is not None
    assert [stop.opacity for stop in flat.stops] == [1, 1]
    assert dump(filled(flat)).splitlines()[1].endswith("(0 cmyk 0.5 0.4 0.3 0.2, 1 cmyk 0 0 0.4 0)")


def test_a_transparent_spot_gradient_on_other_inks_cannot_be_flattened() -> None:
    assert flatten_gradient(between(GOLD, GOLD, ends=(0.5, 0)), RED, FOGRA) is None


def test_a_press_pdf_has_a_shading_in_the_inks_of_the_stops() -> None:
    stops = (GradientStop(0, RED), GradientStop(0.4, BLUE), GradientStop(1, WHITE.colour))
    shading = read_shading(make_gradient(stops))
    assert (shading["/ShadingType"], shading["/ColorSpace"]) == (2, "/DeviceCMYK")
    function = shading["/Function"]
    assert (function["/FunctionType"], list(function["/Bounds"])) == (3, [0.4])
    assert [list(part["/C0"]) for part in function["/Functions"]] == [[0, 1, 1, 0], [1, 0.6, 0, 0]]


def test_a_spot_gradient_is_printed_on_its_plate() -> None:
    space = read_shading(between(GOLD, WHITE.colour))["/ColorSpace"].get_object()
    assert (space[0], space[1]) == ("/Separation", "/GOLD")


@pytest.mark.parametrize("x", [5, 25, 50, 75, 95])
def test_a_page_on_the_screen_has_the_colours_between_the_stops(x: int) -> None:
    first, last, share = Rgb(1, 0.2, 0), Rgb(0, 0.4, 1), (x + 0.5) / 100
    with pypdfium2.PdfDocument(pdf(between(first, last, ends=(1, 0)), SCREEN)) as document:
        pixel = document[0].render().to_pil().convert("RGB").getpixel((x, 20))
    pairs = zip((first.r, first.g, first.b), (last.r, last.g, last.b), strict=True)
    mixed = [a + (b - a) * share for a, b in pairs]
    expected = [255 * (colour * (1 - share) + share) for colour in mixed]
    assert pixel == pytest.approx(expected, abs=5)


def test_the_proof_shows_a_gradient_and_its_plates() -> None:
    veil = between(RED, BLUE, ends=(0.9, 0))
    drawn = draw_svg(filled(veil), View(FOGRA), lambda *_: "")
    assert 'fill="url(#p1g1)"' in drawn
    assert re.findall(r'stop-opacity="([^"]+)"', drawn)[:: len(light_stops(veil, FOGRA)) - 1] == [
        "0.9",
        "0",
    ]
    plate = draw_svg(filled(veil), View(FOGRA, "magenta"), lambda *_: "")
    assert re.findall(r'stop-color="([^"]+)"', plate) == ["#000000", "#666666"]


def test_the_display_list_names_the_stops() -> None:
    line = dump(filled(between(RED, BLUE, ends=(1, 0.5), angle=90))).splitlines()[1]
    assert line.endswith("fill gradient 90 (0 cmyk 0 1 1 0, 1 cmyk 1 0.6 0 0@0.5)")


def test_a_changed_stop_changes_the_digest_of_the_page() -> None:
    pages = [filled(between(RED, BLUE, ends=(1, last))) for last in (0.5, 0.6, 0.5)]
    first, second, third = (digest_page(page, MemoryProject({})) for page in pages)
    assert first == third != second
