"""Inks on the press: black overprints, white knocks out, spot inks, and conversion of colours."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import BLACK, WHITE, Cmyk, Colour, Grey, Paint, Rgb, Spot
from brochure.geometry import Rect
from brochure.model.display_list import GlyphRun, Item, Stroke, outline_rect
from brochure.model.display_list import Path as Shape
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from tests.pdf.pixels import painted
from tests.pdf.test_text import glyph, natural, run_of
from tests.programs import run

WORK = EditionCondition(shipped_condition("coated-fogra39"))
ON_PRESS, ON_SCREEN = PRESS.on(WORK), SCREEN.on(WORK)


def words_in(paint: Paint) -> GlyphRun:
    """A word in this colour, at 1, 1."""
    run = run_of("In", (glyph("I"), glyph("n")), (0, 1), natural("I", "n"))
    return replace(run, x=1, y=1, glyphs=replace(run.glyphs, paint=paint))


def field(paint: Paint, x: float = 0, stroke: Stroke | None = None) -> Shape:
    return Shape((outline_rect(Rect(x, 0, 5, 10)),), fill=paint, stroke=stroke)


def content(items: list[Item], condition: OutputCondition = ON_PRESS) -> str:
    """Return the first page's operators; graphics states are replaced by `OVER gs` or `SPARE gs` where overprint changes."""
    page: Any = pypdf.PdfReader(io.BytesIO(painted(items, (60, 20), condition=condition))).pages[0]
    states = page["/Resources"].get("/ExtGState", {})
    lines: list[str] = []
    state = {"/OP": False, "/op": False, "/OPM": 0}
    was = False
    for line in page.get_contents().get_data().decode("ascii").splitlines():
        if line.endswith(" gs"):
            state |= {
                key: value == True  # noqa: E712  # pypdf's own truth
                for key, value in states[line.split()[0]].items()
                if key in state
            }
            continue
        assert state["/OP"] == state["/op"]
        if state["/OP"] != was:
            was = bool(state["/OP"])
            assert state["/OPM"] == 1
            lines.append("OVER gs" if was else "SPARE gs")
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("paint", "prints_over"),
    [
        (BLACK, True),
        (Paint(Rgb(0, 0, 0)), True),  # neutral RGB is printed in black alone
        (Paint(Grey(0)), True),
        (Paint(Cmyk(0, 0, 0, 0.9)), False),
        (Paint(Cmyk(0.6, 0.4, 0.4, 1)), False),  # rich black is like any other colour
        (WHITE, False),
        (
            Paint(Cmyk(0, 0, 0, 0), overprint=True),
            False,
        ),  # white that overprints would be invisible
        (Paint(Cmyk(0, 0.7, 0.9, 0), overprint=True), True),
        (Paint(Spot("Varnish", Cmyk(0, 0, 0, 0.2)), overprint=True), True),
        (Paint(Spot("Varnish", Cmyk(0, 0, 0, 0.2), 0.0), overprint=True), False),
        (Paint(Spot("Varnish", Cmyk(0, 0, 0, 0.2))), False),
    ],
)
def test_which_text_overprints(paint: Paint, prints_over: bool) -> None:
    assert ("OVER gs" in content([words_in(paint)])) is prints_over


@pytest.mark.parametrize("paint", [BLACK, WHITE, Paint(Cmyk(0, 0.7, 0.9, 0))])
def test_fields_knock_out_by_default(paint: Paint) -> None:
    assert "gs" not in content([field(paint)])


def test_a_field_overprints_if_its_swatch_does() -> None:
    result = content([field(Paint(Cmyk(0, 1, 0, 0), overprint=True)), field(WHITE)])
    assert result.index("OVER gs") < result.index("0 1 0 0 k") < result.index("SPARE gs")
    assert result.index("SPARE gs") < result.index("0 0 0 0 k")


def test_overprint_ends_after_black_text() -> None:
    result = content(
        [words_in(BLACK), field(Paint(Cmyk(0, 1, 0, 0))), words_in(BLACK), words_in(WHITE)]
    )
    assert re.findall("OVER|SPARE", result) == ["OVER", "SPARE", "OVER", "SPARE"]
    assert result.index("SPARE gs") < result.index("0 1 0 0 k")
    assert result.rindex("SPARE gs") < result.index("0 0 0 0 k")


def test_a_screen_file_has_no_overprint() -> None:
    result = content([words_in(BLACK), field(Paint(Cmyk(0, 1, 0, 0), overprint=True))], ON_SCREEN)
    assert "gs" not in result


def test_fill_and_stroke_with_different_overprint_are_painted_separately() -> None:
    over = Stroke(Paint(Cmyk(0, 0, 0, 1), overprint=True), 1)
    result = content([field(Paint(Cmyk(0, 1, 0, 0)), stroke=over)])
    assert result.index("\nf") < result.index("OVER gs") < result.index("0 0 0 1 K")


# Colours


@pytest.mark.parametrize(
    "colour", [Rgb(0.8, 0.1, 0.15), Rgb(0.5, 0.5, 0.5), Grey(0.3), Cmyk(0, 1, 1, 0)]
)
def test_a_press_file_has_inks_and_a_screen_file_rgb(colour: Colour) -> None:
    inks, light = content([field(Paint(colour))]), content([field(Paint(colour))], ON_SCREEN)
    for result, operators, wanted in (
        (inks, "k", in_ink(colour, WORK.condition)),
        (light, "rg", in_light(colour, WORK.condition)),
    ):
        assert set(re.findall(r" (k|g|rg|scn)\n", result + "\n")) == {operators}
        figures = re.search(rf"((?:[\d.]+ )+){operators}\n", result)
        assert figures is not None
        values = [getattr(wanted, part) for part in wanted.__dataclass_fields__]
        assert [float(one) for one in figures[1].split()] == pytest.approx(values, abs=0.0006)


def test_a_spot_ink_has_a_plate_on_press_and_its_appearance_on_a_screen() -> None:
    seal = Spot("Seal", Rgb(0.8, 0.1, 0.15), 0.4)
    pdf = painted([field(Paint(seal))], (5, 10), condition=ON_PRESS)
    page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    (space,) = page["/Resources"]["/ColorSpace"].values()
    kind, ink, stand_in, function = space.get_object()
    assert (kind, ink, stand_in) == ("/Separation", "/Seal", "/DeviceCMYK")
    wanted = in_ink(Rgb(0.8, 0.1, 0.15), WORK.condition)
    assert isinstance(wanted, Cmyk)
    assert [float(one) for one in function["/C1"]] == pytest.approx(
        (wanted.c, wanted.m, wanted.y, wanted.k), abs=0.0006
    )
    assert " cs .4 scn" in content([field(Paint(seal))])
    screen = painted([field(Paint(seal))], (5, 10), condition=ON_SCREEN)
    assert b"Separation" not in screen


# Transparent colours


@pytest.mark.parametrize(
    ("condition", "space"), [(ON_PRESS, "/DeviceCMYK"), (ON_SCREEN, "/DeviceRGB")]
)
def test_transparent_colours_are_blended_in_the_space_of_the_output(
    condition: OutputCondition, space: str
) -> None:
    half = field(Paint(Cmyk(0, 1, 0, 0), 0.5))
    for items, there in (([half], True), ([field(BLACK)], False)):
        pdf = painted(items, (5, 10), condition=condition)
        page: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
        assert ("/Group" in page) is there
        if there:
            assert page["/Group"]["/S"] == "/Transparency"
            assert page["/Group"]["/CS"] == space


# Rendered by Ghostscript, plate by plate


def plates(folder: Path, *pages: Sequence[Item]) -> list[dict[str, Any]]:
    """Return the plates of pages of 60 x 20 points, one pixel per point: ink from 0 to 1, by the name of the ink."""
    files = [folder / f"plates{at}.pdf" for at in range(len(pages))]
    for file, items in zip(files, pages, strict=True):
        file.write_bytes(painted(items, (60, 20), condition=ON_PRESS))
    run(
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72"),
        f"-sOutputFile={folder}/plate%d.tif",
        *files,
    )
    return [
        {
            one.stem.partition("(")[2].rstrip(")"): 1 - np.asarray(Image.open(one)) / 255
            for one in folder.glob(f"plate{number}(*).tif")
        }
        for number in range(1, len(pages) + 1)
    ]


CYAN = Paint(Cmyk(1, 0, 0, 0))


SPOTS = [
    (Paint(Spot("Seal", Cmyk(0, 1, 0, 0))), 0.0, 1.0),
    (Paint(Spot("Seal", Cmyk(0, 1, 0, 0), 0.4)), 0.0, 0.4),
    (Paint(Spot("Seal", Cmyk(0, 1, 0, 0), 0.4), overprint=True), 1.0, 0.4),
    (Paint(Spot("Seal", Cmyk(0, 1, 0, 0), 0.0), overprint=True), 0.0, 0.0),
]
"""Paints, each with the cyan below it and its own ink on the plates."""


def test_spot_inks_knock_out_or_overprint_on_their_plates(tmp_path: Path) -> None:
    found = plates(tmp_path, *([field(CYAN), field(paint)] for paint, _, _ in SPOTS))
    for (paint, cyan_beneath, on_its_plate), made in zip(SPOTS, found, strict=True):
        assert made["Cyan"][15, 2] == pytest.approx(cyan_beneath, abs=0.01), paint
        assert made["Seal"][15, 2] == pytest.approx(on_its_plate, abs=0.01), paint
        assert made["Magenta"].max() == 0, paint


def test_black_text_overprints_the_background_and_white_text_knocks_out(tmp_path: Path) -> None:
    ground = Shape((outline_rect(Rect(0, 0, 60, 20)),), fill=CYAN)
    black, white = plates(tmp_path, [ground, words_in(BLACK)], [ground, words_in(WHITE)])
    assert black["Cyan"].min() > 0.99
    assert black["Black"].max() > 0.5
    assert white["Cyan"].min() <= 0.99
    assert white["Black"].max() <= 0.5
