"""Sheets: the media box and its content, for the press and for the screen."""

from __future__ import annotations

from brochure.geometry import Rect
from brochure.imposition.sheets import SheetDecoration, sheets
from brochure.model.display_list import Page
from brochure.prepress.output_conditions import CONDITIONS, PRESS, SCREEN
from tests.imposition.tiny import NOTE

PAGE = Page(1, "i", 100.0, 200.0, 9.0, ())


def test_the_media_box_includes_the_bleed_for_the_press() -> None:
    (sheet,) = sheets([PAGE], PRESS)
    # 9 pt of bleed on every edge of 100 x 200.
    assert sheet.trim == Rect(0, 0, 100, 200)
    assert sheet.bleed == Rect(-9, -9, 118, 218)
    assert sheet.media == sheet.bleed


def test_the_slug_is_outside_of_the_bleed() -> None:
    (sheet,) = sheets([PAGE], PRESS, SheetDecoration(NOTE, slug=20.0))
    assert sheet.bleed == Rect(-9, -9, 118, 218)
    # 9 + 20 on every edge.
    assert sheet.media == Rect(-29, -29, 158, 258)


def test_for_the_screen_the_page_is_trimmed() -> None:
    (sheet,) = sheets([PAGE], SCREEN, SheetDecoration(NOTE, slug=20.0))
    assert sheet.media == sheet.bleed == sheet.trim == Rect(0, 0, 100, 200)


def test_sheets_are_in_the_order_of_their_pages() -> None:
    pages = [Page(number, str(number), 10, 10, 0, ()) for number in (1, 2, 3)]
    assert [sheet.label for sheet in sheets(pages, PRESS)] == ["1", "2", "3"]


def test_output_conditions_have_names() -> None:
    assert {name: condition.name for name, condition in CONDITIONS.items()} == {
        "press": "press",
        "screen": "screen",
        "booklet": "booklet",
    }
    for condition in CONDITIONS.values():
        assert condition.wanted_ppi < condition.most_ppi
