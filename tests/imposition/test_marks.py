"""Marks: their positions, their strokes and colours, and that none of them is inside the bleed."""

from __future__ import annotations

import itertools

import pytest

from brochure.color.swatch import REGISTRATION, Cmyk, Colour, Rgb, Spot
from brochure.geometry import MM, Rect
from brochure.imposition.marks import ALL_MARKS, MarkSet, draw_marks, resolve_mark_set
from brochure.imposition.sheet_sides import SheetLayout
from brochure.imposition.sheets import SheetDecoration, make_sheet, sheets
from brochure.model.display_list import GlyphRun, Item, Page, Path, bounds
from brochure.prepress.inks import PROCESS, find_inks
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.spec.finishing import PrinterMark, PrinterMarks
from brochure.spec.values import Length
from tests.imposition.tiny import NOTE

INKS: dict[str, Colour] = {**PROCESS, "Rust": Spot("Rust", Cmyk(0, 0.7, 0.9, 0.1))}
PAGE = SheetLayout("page 3", (), (Rect(0, 0, 400, 600),), 8.5)
SPREAD = SheetLayout("1 front", (), (Rect(0, 0, 600, 400),), 8.5, folds=(300,))
CARDS = SheetLayout(
    "2",
    (),
    tuple(Rect(x, y, 150, 90) for x in (0, 167, 334) for y in (0, 107, 214, 321)),
    8.5,
)
SMALL = SheetLayout("stamp", (), (Rect(0, 0, 40, 30),), 3.0)


def made(forme: SheetLayout, wanted: MarkSet = ALL_MARKS) -> tuple[Item, ...]:
    return draw_marks(forme, wanted, INKS, "trial", NOTE)


def only(*kinds: PrinterMark, offset: float | None = None) -> MarkSet:
    return MarkSet(frozenset(kinds), offset)


def extent(item: Item) -> Rect:
    if isinstance(item, GlyphRun):
        size = item.glyphs.size
        return Rect(item.x, item.y - size * 0.25, item.glyphs.width, size)
    assert isinstance(item, Path)
    half = item.stroke.width / 2 if item.stroke else 0.0
    return bounds(item.outlines).expand(half)


@pytest.mark.parametrize("forme", [PAGE, SPREAD, CARDS, SMALL], ids=lambda forme: forme.name)
@pytest.mark.parametrize("offset", [None, 0.0, 4.0, 20.0])
def test_no_mark_is_inside_the_bleed(forme: SheetLayout, offset: float | None) -> None:
    bleed = forme.block.expand(
        forme.bleed - 0.2
    )  # half the stroke may overlap it if the offset is the bleed
    for item in made(forme, MarkSet(ALL_MARKS.kinds, offset)):
        assert not extent(item).overlaps(bleed), item


@pytest.mark.parametrize("forme", [PAGE, SPREAD, CARDS], ids=lambda forme: forme.name)
def test_every_mark_is_on_the_sheet(forme: SheetLayout) -> None:
    sheet = make_sheet(forme, {}, SheetDecoration(NOTE, ALL_MARKS, "trial"))
    for item in made(forme):
        assert sheet.media.contains(extent(item)), item


@pytest.mark.parametrize("forme", [PAGE, SPREAD, CARDS], ids=lambda forme: forme.name)
def test_no_mark_overlaps_another(forme: SheetLayout) -> None:
    lone = [item for item in made(forme) if not isinstance(item, GlyphRun)]
    for one, other in itertools.combinations(lone, 2):
        if extent(one).y != extent(other).y or not (one.fill and other.fill):  # type: ignore[union-attr]
            assert not extent(one).overlaps(extent(other)), (one, other)


def test_crop_marks_of_a_page() -> None:
    # Bleed 8.5 and a distance of 1 mm (2.83) are 11.33, more than 3 mm (8.50); a mark is 5 mm (14.17) long.
    found = [
        bounds(item.outlines)
        for item in made(PAGE, only(PrinterMark.CROP))
        if isinstance(item, Path)
    ]
    begin, end = 8.5 + MM, 8.5 + 6 * MM
    upright = {(rect.x, round(rect.y, 3), round(rect.top, 3)) for rect in found if not rect.width}
    level = {(rect.y, round(rect.x, 3), round(rect.right, 3)) for rect in found if not rect.height}
    assert upright == {
        (x, round(y, 3), round(y + 5 * MM, 3)) for x in (0, 400) for y in (600 + begin, -end)
    }
    assert level == {
        (y, round(x, 3), round(x + 5 * MM, 3)) for y in (0, 600) for x in (400 + begin, -end)
    }
    assert len(found) == 8


def test_without_bleed_marks_begin_three_millimetres_off() -> None:
    assert only(PrinterMark.CROP).begin(0) == pytest.approx(3 * MM)
    assert only(PrinterMark.CROP).begin(2 * MM) == pytest.approx(3 * MM)
    assert only(PrinterMark.CROP).begin(5 * MM) == pytest.approx(6 * MM)
    assert only(PrinterMark.CROP, offset=5 * MM).begin(3 * MM) == pytest.approx(5 * MM)
    assert only(PrinterMark.CROP, offset=1 * MM).begin(3 * MM) == pytest.approx(3 * MM)


def test_cut_marks_of_a_gang_are_outside_of_it() -> None:
    # Three cards side by side have six vertical cuts, four below each other have eight horizontal ones; each has a mark at both
    # ends.
    assert len(made(CARDS, only(PrinterMark.CROP))) == 2 * 6 + 2 * 8


def test_fold_marks_are_dashed_and_at_the_fold() -> None:
    head, foot = made(SPREAD, only(PrinterMark.FOLD))
    assert isinstance(head, Path)
    assert isinstance(foot, Path)
    assert head.stroke
    assert head.stroke.dash
    assert {bounds(item.outlines).x for item in (head, foot)} == {300}
    assert made(PAGE, only(PrinterMark.FOLD)) == ()


def test_fold_marks_replace_centre_marks() -> None:
    xs = [
        extent(item).centre.x for item in made(SPREAD, only(PrinterMark.CENTRE, PrinterMark.FOLD))
    ]
    # Two fold marks at 300; of the four centre marks only those at the sides.
    assert len(xs) == 4
    assert [round(x) for x in xs if abs(x - 300) < 1] == [300, 300]
    assert len(made(SPREAD, only(PrinterMark.CENTRE))) == 4


def test_marks_are_hairlines_in_registration_colour() -> None:
    for item in made(
        PAGE, only(PrinterMark.CROP, PrinterMark.FOLD, PrinterMark.CENTRE, PrinterMark.REGISTRATION)
    ):
        assert isinstance(item, Path)
        assert item.stroke
        assert item.stroke.width == 0.25
        assert item.stroke.paint == REGISTRATION
    assert REGISTRATION.colour == Spot("All", Cmyk(1, 1, 1, 1))


def test_registration_targets_are_centred_on_free_sides() -> None:
    centres = [
        extent(item).centre
        for item in made(PAGE, only(PrinterMark.CROP, PrinterMark.REGISTRATION))[8:]
    ]
    assert {round(point.x) for point in centres} == {
        200,
        -18,
        418,
    }  # 8.5 + 1 mm + half of 5 mm = 18.4
    assert [round(point.y) for point in centres][2:] == [300, 300]


def test_bars_show_every_ink_and_their_half_tints() -> None:
    fills = [
        item.fill.colour
        for item in made(PAGE, only(PrinterMark.COLOR_BARS))
        if isinstance(item, Path) and item.fill
    ]
    # Five inks, red, green and blue, and five half tints: 13 patches of 4 mm are 147 pt, less than the 400 there are.
    assert len(fills) == 13
    assert fills[:5] == [*PROCESS.values(), INKS["Rust"]]
    assert fills[8] == Cmyk(0.5, 0, 0, 0)
    assert isinstance(fills[12], Spot)
    assert fills[12].tint == 0.5
    # There is space for three on a page of 40 pt.
    assert len(made(SMALL, only(PrinterMark.COLOR_BARS))) == 3


def test_information_names_the_edition_the_page_and_its_inks() -> None:
    runs = [
        item
        for item in made(PAGE, only(PrinterMark.PAGE_INFORMATION))
        if isinstance(item, GlyphRun)
    ]
    result = "".join(run.glyphs.text for run in runs)
    assert result == "trial  page 3  cyan magenta yellow black Rust"
    assert all(run.glyphs.paint == REGISTRATION for run in runs)
    # On a small sheet it is set smaller, down to 3 pt.
    small = [
        item
        for item in made(SMALL, only(PrinterMark.PAGE_INFORMATION))
        if isinstance(item, GlyphRun)
    ]
    assert small[0].glyphs.size == 3


def test_marks_in_the_layout() -> None:
    assert resolve_mark_set(True) == ALL_MARKS
    assert resolve_mark_set(False) == MarkSet()
    assert resolve_mark_set((PrinterMark.CROP, PrinterMark.FOLD)) == only(
        PrinterMark.CROP, PrinterMark.FOLD
    )
    assert resolve_mark_set(PrinterMarks(crop=True, offset=Length(12))) == only(
        PrinterMark.CROP, offset=12
    )


def test_the_sheet_is_enlarged_for_the_marks() -> None:
    page = Page(1, "1", 400, 600, 8.5, ())
    outfit = SheetDecoration(NOTE, ALL_MARKS, "trial")
    (sheet,) = sheets([page], PRESS, outfit)
    # Sides: 8.5 + 1 mm + 5 mm + 1 mm; top and bottom 5 mm more for bars and slug.
    side, head = 8.5 + 7 * MM, 8.5 + 12 * MM
    assert sheet.media.x == pytest.approx(-side)
    assert sheet.media.height == pytest.approx(600 + 2 * head)
    assert (sheet.trim, sheet.bleed) == (Rect(0, 0, 400, 600), Rect(-8.5, -8.5, 417, 617))
    (screen,) = sheets([page], SCREEN, outfit)
    assert screen.marks == ()
    assert screen.media == page.trim


def test_a_slug_that_is_wider_is_kept() -> None:
    (sheet,) = sheets(
        [Page(1, "1", 400, 600, 8.5, ())], PRESS, SheetDecoration(NOTE, ALL_MARKS, "", slug=100)
    )
    assert sheet.media == Rect(0, 0, 400, 600).expand(108.5)


def test_rgb_colours_count_as_the_inks_they_are_converted_to() -> None:
    path = Path((), fill=REGISTRATION)
    assert "All" in {name for name in _inks(path)}
    assert list(_inks(Path((), fill=type(REGISTRATION)(Rgb(1, 0, 0))))) == ["magenta", "yellow"]


def _inks(item: Item) -> dict[str, Colour]:
    return find_inks([Page(1, "1", 1, 1, 0, (item,))])
