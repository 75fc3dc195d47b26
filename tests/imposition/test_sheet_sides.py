"""Sides of sheets, drawn as letters: the positions of tiny pages, with their bleeds and clips."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from brochure.choices import Creep
from brochure.geometry import Rect
from brochure.imposition.page_order import (
    Nest,
    PageCell,
    SheetPiece,
    SheetSide,
    booklet,
    leaves,
    n_up,
    step_and_repeat,
)
from brochure.imposition.sheet_sides import PageSize, lay_out_side
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from tests.imposition.tiny import formes, picture, sheet
from tests.pdf.pixels import drawn

SIZE = (4.0, 3.0)


def painted(side: SheetSide, bleed: float = 0.0) -> str:
    (laid,) = formes([side], SIZE, bleed)
    return picture([sheet(laid, SIZE, bleed)])


def test_two_pages_meet_at_the_fold() -> None:
    (front, back), *_ = booklet(8)
    # 8 and 1, each 4 x 3; the upper left corner of each has the colour of paper.
    assert painted(front) == drawn("""
        .hhh.aaa
        hhhhaaaa
        hhhhaaaa
    """)
    assert painted(back) == drawn("""
        .bbb.ggg
        bbbbgggg
        bbbbgggg
    """)


def test_bleed_is_kept_towards_trims_and_not_over_the_fold() -> None:
    (front, _), *_ = booklet(8)
    # 2 pt of bleed around both, none between them.
    assert painted(front, bleed=2) == drawn("""
        HHHHHHAAAAAA
        HHHHHHAAAAAA
        HH.hhh.aaaAA
        HHhhhhaaaaAA
        HHhhhhaaaaAA
        HHHHHHAAAAAA
        HHHHHHAAAAAA
    """)


def test_a_turned_side_is_upside_down() -> None:
    (front, _), *_ = booklet(8)
    assert painted(front.turned()) == drawn("""
        aaaahhhh
        aaaahhhh
        aaa.hhh.
    """)


def test_the_distance_of_cards_is_two_bleeds() -> None:
    # Two across and one down of 4 x 3, 1 pt of bleed: 1 + 4 + 1 + 1 + 4 + 1 = 12 wide.
    ((front, _),) = step_and_repeat(leaves(2), (2, 1))
    assert painted(front, bleed=1) == drawn("""
        AAAAAAAAAAAA
        A.aaaAA.aaaA
        AaaaaAAaaaaA
        AaaaaAAaaaaA
        AAAAAAAAAAAA
    """)


def test_pages_in_order_begin_at_the_top() -> None:
    (side,) = n_up(3, (2, 2))
    assert painted(side) == drawn("""
        .aaa.bbb
        aaaabbbb
        aaaabbbb
        .ccc....
        cccc....
        cccc....
    """)


def test_creep_moves_the_page_in_its_clip() -> None:
    # The second sheet's pages move by 1 pt to the fold: 6 to the right, 3 to the left. What crosses the fold is clipped
    # (including the mark in the corner of 3); at the fore edge bleed moves into the trim, and there is none beyond it.
    front = booklet(8, nest=Nest(1.0))[1][0]
    assert painted(front, bleed=1) == drawn("""
        .FFFFCCCC.
        .F.ffcccC.
        .FfffcccC.
        .FfffcccC.
        .FFFFCCCC.
    """)


def test_creep_outwards_shows_bleed_at_the_fold() -> None:
    # The outer sheet's pages move by 1 pt to the fore edge: 8 to the left, 1 to the right; bleed fills the gap at the fold.
    front = booklet(8, nest=Nest(1.0, Creep.OUT))[0][0]
    rows = painted(front, bleed=1).splitlines()
    assert rows[2] == "hhhhHAaaaa"
    assert rows[1] == ".hhhHA.aaa"


def test_pieces_folds_and_the_block() -> None:
    (front, _), *_ = booklet(8)
    laid = lay_out_side(front, lambda _: PageSize(100, 200, 9), 9)
    assert laid.trims == (Rect(0, 0, 200, 200),)
    assert laid.folds == (100,)
    assert laid.block == Rect(0, 0, 200, 200)
    half = laid.scaled(0.5)
    assert (half.block, half.folds, half.bleed) == (Rect(0, 0, 100, 100), (50,), 4.5)
    assert half.slots[1].at.apply(0, 0) == pytest.approx((50, 0))
    assert half.slots[1].at.apply(100, 200) == pytest.approx((100, 100))


def test_panels_may_differ_in_width() -> None:
    widths = {1: 30.0, 2: 28.0, 3: 30.0}
    side = SheetSide("inside", ((SheetPiece(tuple(PageCell(number) for number in widths)),),))
    laid = lay_out_side(side, lambda number: PageSize(widths[number], 50), 0)
    assert laid.folds == (30, 58)  # 30, and 30 + 28
    assert laid.block.width == 88


def test_a_page_twice_is_one_form() -> None:
    """The size of a gang does not grow with the number of its copies."""
    sizes = []
    for grid in ((1, 1), (8, 8)):
        ((front, _),) = step_and_repeat(leaves(2), grid)
        (laid,) = formes([front], SIZE)
        pdf = render([sheet(laid, SIZE)], DocumentInfo("Gang", "en"), PRESS, MemoryProject())
        assert pdf.count(b"/Subtype /Form") == 1
        sizes.append(len(pdf))
    # 63 more placements of about 20 bytes each, compressed.
    assert sizes[1] - sizes[0] < 63 * 20


def test_no_form_refers_to_itself() -> None:
    """Traversing the resources of forms ends, as preflight programs require."""
    (front, _), *_ = booklet(8)
    (laid,) = formes([front], SIZE)
    pdf = render([sheet(laid, SIZE)], DocumentInfo("Forms", "en"), PRESS, MemoryProject())
    resources: Any = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    forms = [one.get_object() for one in resources["/XObject"].values()]
    assert len(forms) == 2
    assert all(
        "/XObject" not in form["/Resources"] or not form["/Resources"]["/XObject"] for form in forms
    )
