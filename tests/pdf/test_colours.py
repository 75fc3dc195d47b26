"""Colours, strokes, clips and rotations, each on a tiny page shown as letters: one pixel per point, one letter per swatch."""

from __future__ import annotations

import io

import pypdf
import pytest

from brochure.color.swatch import BLACK, Cmyk, Grey, Paint, Rgb, Spot
from brochure.geometry import Matrix, Rect, shift, turn
from brochure.model.display_list import Item, Outline, Path, Stroke, outline_rect
from tests.pdf.pixels import drawn, letters, painted, seen

RED, BLUE = Paint(Rgb(1, 0, 0)), Paint(Rgb(0, 0, 1))
NAMES = {
    "_": (255, 255, 255),
    "R": (255, 0, 0),
    "B": (0, 0, 255),
    "r": (255, 128, 128),  # half red over white: 255 - 255 / 2
    "v": (128, 0, 128),  # half red over blue
    "g": (128, 128, 128),
    "K": (35, 31, 32),  # black ink alone, as pdfium converts it to RGB
}


def field(x: float, y: float, width: float, height: float, paint: Paint = RED) -> Path:
    return Path((outline_rect(Rect(x, y, width, height)),), fill=paint)


def check(items: list[Item], expected: str) -> None:
    rows = drawn(expected)
    height, width = rows.count("\n") + 1, len(rows.splitlines()[0])
    assert letters(seen(painted(items, (width, height))), NAMES) == rows


def test_y_points_up_and_later_items_are_above() -> None:
    check(
        [field(0, 0, 4, 2), field(2, 1, 3, 2, BLUE)],
        """
        ______
        __BBB_
        RRBBB_
        RRRR__
        """,
    )


@pytest.mark.parametrize(
    ("colour", "letter"),
    [
        (Rgb(1, 0, 0), "R"),
        (Grey(0.5), "g"),
        (Cmyk(0, 0, 0, 1), "K"),
        (Spot("Seal", Rgb(1, 0, 0)), "R"),
        (Spot("Seal", Rgb(1, 0, 0), 0.5), "r"),
        (Spot("Seal", Grey(0), 0.5), "g"),
        (Spot("Key", Cmyk(0, 0, 0, 1)), "K"),
    ],
)
def test_each_kind_of_colour(colour: Cmyk | Rgb | Grey | Spot, letter: str) -> None:
    check([field(1, 0, 2, 1, Paint(colour))], f"_{letter}{letter}_")


def test_a_spot_colour_has_its_own_plate() -> None:
    seal = Spot("PANTONE 7421 C", Cmyk(0.18, 1, 0.45, 0.67))
    items = [
        field(0, 0, 1, 1, Paint(seal)),
        field(1, 0, 1, 1, Paint(Spot(seal.name, seal.alternate, 0.3))),
    ]
    page = pypdf.PdfReader(io.BytesIO(painted(items, (2, 1)))).pages[0]
    spaces = page["/Resources"]["/ColorSpace"]  # type: ignore[index]
    assert len(spaces) == 1
    (key,) = spaces
    kind, ink, stand_in, function = spaces[key]
    assert (kind, ink, stand_in) == ("/Separation", "/PANTONE 7421 C", "/DeviceCMYK")
    assert [float(part) for part in function["/C1"]] == [0.18, 1, 0.45, 0.67]
    content = page.get_contents()
    assert content is not None
    assert f"{key} cs 1 scn".encode() in content.get_data()
    assert f"{key} cs .3 scn".encode() in content.get_data()


def test_opacity_shows_items_below() -> None:
    half = Paint(Rgb(1, 0, 0), 0.5)
    check([field(0, 0, 3, 1, BLUE), field(1, 0, 4, 1, half)], "Bvvrr")


def test_full_opacity_needs_no_transparency() -> None:
    pdf = painted([field(0, 0, 1, 1)], (1, 1))
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert "/ExtGState" not in page["/Resources"]  # type: ignore[operator]
    assert b"/Group" not in pdf


def test_fill_and_stroke_with_different_opacities() -> None:
    path = Path(
        (outline_rect(Rect(1, 1, 4, 3)),), fill=BLUE, stroke=Stroke(Paint(Rgb(1, 0, 0), 0.5), 2)
    )
    check(
        [path],
        """
        rrrrrr
        rvvvvr
        rvBBvr
        rvvvvr
        rrrrrr
        """,
    )


def test_a_stroke_straddles_its_outline() -> None:
    # 2 pt wide around y 2: from 1 to 3.
    check(
        [Path((Outline((1, 2), ((4, 2),), closed=False),), stroke=Stroke(RED, 2))],
        """
        _____
        _RRR_
        _RRR_
        _____
        """,
    )


def test_dashes_and_round_caps() -> None:
    line = (Outline((0, 0.5), ((8, 0.5),), closed=False),)
    check([Path(line, stroke=Stroke(RED, 1, dash=(2, 1)))], "RR_RR_RR")
    pdf = painted([Path(line, stroke=Stroke(RED, 1, dash=(0, 2), round_cap=True))], (8, 1))
    content = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    assert content.get_data().splitlines()[3:7] == [b"1 w", b"1 J", b"1 j", b"[0 2] 0 d"]


@pytest.mark.parametrize(("even_odd", "middle"), [(True, "_"), (False, "R")])
def test_overlaps_are_filled_by_the_given_rule(even_odd: bool, middle: str) -> None:
    outlines = (outline_rect(Rect(0, 0, 5, 3)), outline_rect(Rect(1, 1, 3, 1)))
    check(
        [Path(outlines, fill=RED, even_odd=even_odd)],
        f"""
        RRRRR
        R{middle * 3}R
        RRRRR
        """,
    )


def test_a_clip_applies_to_its_item_only() -> None:
    clipped = Path(
        (outline_rect(Rect(0, 0, 6, 3)),), fill=RED, clip=(outline_rect(Rect(1, 1, 2, 1)),)
    )
    check(
        [clipped, field(5, 0, 1, 1, BLUE)],
        """
        ______
        _RR___
        _____B
        """,
    )


def test_a_quarter_turn_is_exact() -> None:
    # 3 wide and 1 high at the origin, rotated counter-clockwise about it: x 0..3 becomes y 0..3, y 0..1 becomes x -1..0.
    turned = Path((outline_rect(Rect(0, 0, 3, 1)),), fill=RED, matrix=turn(90).then(shift(2, 0)))
    check(
        [turned],
        """
        ____
        _R__
        _R__
        _R__
        """,
    )


def test_a_matrix_stretches_its_clip_as_well() -> None:
    path = Path(
        (outline_rect(Rect(0, 0, 4, 4)),),
        fill=RED,
        clip=(outline_rect(Rect(0, 0, 1, 1)),),
        matrix=Matrix(3, 0, 0, 2, 1, 0),
    )
    check(
        [path],
        """
        _____
        _RRR_
        _RRR_
        """,
    )


def test_black_is_printed_with_black_ink_only() -> None:
    pdf = painted([field(0, 0, 1, 1, BLACK)], (1, 1))
    content = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    assert b"0 0 0 1 k" in content.get_data()
