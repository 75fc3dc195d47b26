"""Gradients in charts: each bar, column or area from edge to edge; text on them can be read on all of it."""

from __future__ import annotations

import pytest

from brochure.api import build, lay_out
from brochure.build_values import LaidOut
from brochure.color.swatch import WHITE, Gradient
from brochure.model.display_list import GlyphRun, Path, bounds
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject

LAYOUT = """\
brochure: test
size: 300 x 300 pt
binding: none
date: 2026-11-29
press: {condition: coated-fogra39, standard: STANDARD}
swatches:
  night: cmyk 88 70 42 48
  ember: cmyk 0 72 92 6
  dusk: {gradient: end, from: night, to: ember}
  deep: {gradient: up, from: cmyk 100 80 20 60, to: cmyk 90 60 20 40}
grid: {margins: {top: 20 pt, bottom: 20 pt, inner: 20 pt, outer: 20 pt}}
paragraph-styles: {axis: {font: Source Sans 3, size: 8 pt, leading: 10 pt}}
pages: [{frames: {t: {at: margins, content: [CHART]}}}]
"""
COPY = b"a: A\nb: B\ns: One\nt: Two\n"


def project(chart: str, standard: str = "x-4", language: str = "en") -> MemoryProject:
    layout = LAYOUT.replace("CHART", chart).replace("STANDARD", standard)
    layout = layout.replace("binding: none", f"binding: none\nsource-language: {language}")
    return MemoryProject({"brochure.yaml": layout.encode(), f"content/{language}.yaml": COPY})


def gradients(made: LaidOut) -> list[Path]:
    items = made.pages[0].items
    return [item for item in items if isinstance(item, Path) and isinstance(item.fill, Gradient)]


BAR = "{bar-chart: [{label: a, value: 10, colour: dusk}, {label: b, value: 30}], alt: none}"
STACK = (
    "{column-chart: [{label: a, value: [30, 40]}, {label: b, value: [9, 30]}], series: [s, t],"
    " stacked: yes, colours: [deep, night 20%], alt: none, height: 200 pt}"
)
AREA = "{area-chart: [{label: a, value: 60}, {label: b, value: 87}], colours: [dusk], series: [s], alt: none}"


def test_a_highlighted_bar_has_its_gradient_from_edge_to_edge() -> None:
    made = lay_out(project(BAR))
    (bar,) = gradients(made)
    assert not made.findings
    others = [
        bounds(item.outlines).width
        for item in made.pages[0].items
        if isinstance(item, Path) and item.fill and item is not bar
    ]
    assert bounds(bar.outlines).width == pytest.approx(max(others) / 3)


def test_a_gradient_follows_the_direction_of_the_language() -> None:
    angles = []
    for language in ("en", "ar"):
        (bar,) = gradients(lay_out(project(BAR, language=language)))
        assert isinstance(bar.fill, Gradient)
        angles.append(bar.fill.angle)
    assert angles == [0, 180]


def test_figures_on_a_gradient_can_be_read_on_all_of_it() -> None:
    made = lay_out(project(STACK))
    assert len(gradients(made)) == 2
    paints = {
        item.glyphs.text: item.glyphs.paint
        for item in made.pages[0].items
        if isinstance(item, GlyphRun)
    }
    assert paints["9"] == WHITE


@pytest.mark.parametrize("standard", ["x-4", "x-1a"])
@pytest.mark.parametrize("chart", [BAR, STACK, AREA])
def test_gradients_of_charts_are_printed(chart: str, standard: str) -> None:
    built = build(project(chart, standard), PRESS)
    assert not built.findings
    assert b"/Shading" in built.pdf


def test_lines_have_no_gradient() -> None:
    made = lay_out(project(AREA.replace("area-chart", "line-chart")))
    assert [one.code for one in made.findings] == ["chart-gradient"]
    assert made.findings[0].span
