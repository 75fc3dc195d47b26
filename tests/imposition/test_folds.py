"""Folded sheets and covers: the order and width of panels, and content that crosses a fold."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from brochure.api import build, lay_out
from brochure.errors import InputError
from brochure.geometry import MM
from brochure.imposition.sheets import Sheet
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject, MemoryProject
from brochure.templates import list_templates
from tests.imposition.leaflets import brochure, finished
from tests.layout.pages import GREEN, RED, field, fields, made
from tests.programs import run


def numbers(sheet: Sheet) -> list[int]:
    """The pages of a sheet from left to right."""
    return [one.page.number for one in sorted(sheet.placed, key=lambda one: one.at.e)]


@pytest.mark.parametrize(
    ("binding", "count", "outside", "inside"),
    [
        ("tri-fold", 6, [5, 6, 1], [2, 3, 4]),
        ("z-fold", 6, [5, 6, 1], [2, 3, 4]),
        ("z-fold", 4, [4, 1], [2, 3]),
        ("z-fold", 8, [6, 7, 8, 1], [2, 3, 4, 5]),
        ("gate-fold", 6, [5, 6, 1], [2, 3, 4]),
        ("gate-fold", 8, [6, 7, 8, 1], [2, 3, 4, 5]),
    ],
)
def test_panels_are_in_reading_order(
    binding: str, count: int, outside: list[int], inside: list[int]
) -> None:
    sheets = finished(brochure(count, binding))
    assert [sheet.label for sheet in sheets] == ["outside", "inside"]
    assert [numbers(sheet) for sheet in sheets] == [outside, inside]


@pytest.mark.parametrize("binding", ["tri-fold", "z-fold", "gate-fold"])
@pytest.mark.parametrize("count", [6, 8])
def test_the_back_of_a_panel_is_as_wide_as_its_front(binding: str, count: int) -> None:
    if (binding, count) == ("tri-fold", 8):
        return
    outside, inside = finished(brochure(count, binding, fold="{compensation: 7 pt}"))
    widths = [
        [one.page.width for one in sorted(sheet.placed, key=lambda one: one.at.e)]
        for sheet in (outside, inside)
    ]
    assert widths[0] == widths[1][::-1]


@pytest.mark.parametrize(
    ("binding", "count", "fold", "inside"),
    [
        ("tri-fold", 6, "{}", [200, 200, 200 - MM]),  # 1 mm by default
        ("tri-fold", 6, "{compensation: 5 pt}", [200, 200, 195]),
        ("z-fold", 6, "{}", [200, 200, 200]),
        ("z-fold", 6, "{compensation: 5 pt}", [200, 195, 195]),  # the front must cover them
        ("gate-fold", 6, "{compensation: 5 pt}", [95, 200, 95]),  # gates of half a panel
        ("gate-fold", 8, "{compensation: 5 pt}", [195, 200, 200, 195]),
    ],
)
def test_panels_that_are_folded_in_are_narrower(
    binding: str, count: int, fold: str, inside: list[float]
) -> None:
    result = brochure(count, binding, fold=fold)
    widths = [page.width for page in result.pages[1 : 1 + len(inside)]]
    assert widths == pytest.approx(inside)
    _, sheet = finished(result)
    assert sheet.trim.width == pytest.approx(sum(inside))


def test_the_folded_in_panels_grid_is_narrower_too() -> None:
    # Margins of 40 and 20 leave 135 of 195.
    result = made(
        None,
        None,
        binding="tri-fold",
        fold="{compensation: 5 pt}",
        pages="[{}, {}, {}, {frames: {f: {at: margins, background: red}}}, {}, {}]",
    )
    assert field(result.pages[3])[2] == 135


def test_a_spread_is_the_whole_side() -> None:
    frame = "{frames: {f: {at: spread-bleed, background: red}}}"
    result = made(
        None,
        None,
        binding="tri-fold",
        fold="{compensation: 5 pt}",
        pages=f"[{{}}, {{}}, {frame}, {{}}, {{}}, {{}}]",
    )
    # 200 + 200 + 195, with 9 of bleed at both ends; the positions in the coordinates of each panel of the inside.
    assert field(result.pages[1]) == (-9, -9, 613, 318)
    assert field(result.pages[2]) == (-209, -9, 613, 318)
    assert field(result.pages[3]) == (-409, -9, 613, 318)
    assert [fields(result.pages[at], RED) for at in (0, 4, 5)] == [[], [], []]


def test_a_frame_is_drawn_only_on_its_panels() -> None:
    place = "{frames: {f: {at: 'x 150 pt, y 0 pt, width 100 pt, height 10 pt', background: red}}}"
    result = made(None, None, binding="z-fold", pages=f"[{{}}, {place}, {{}}, {{}}, {{}}, {{}}]")
    assert [len(fields(page, RED)) for page in result.pages] == [0, 1, 1, 0, 0, 0]


def test_clips_meet_at_folds_and_keep_bleed_at_trims() -> None:
    outside, _ = finished(brochure(6, "z-fold"))
    left, middle, right = sorted(outside.placed, key=lambda one: one.at.e)
    assert left.seen
    assert middle.seen
    assert right.seen
    # 9 pt of bleed at the outer edges; 0.2 pt below the neighbour at folds.
    assert (left.seen.x, left.seen.right) == (-9, 200.2)
    assert (middle.seen.x, middle.seen.right) == (0, 200.2)
    assert (right.seen.x, right.seen.right) == (0, 209)
    assert {one.seen.y for one in outside.placed if one.seen} == {-9}


def test_on_a_screen_panels_are_pages_in_reading_order() -> None:
    sheets = finished(brochure(6, "tri-fold"), SCREEN)
    assert [numbers(sheet) for sheet in sheets] == [[1], [2], [3], [4], [5], [6]]


def test_left_to_right_and_right_to_left_leaflets_are_mirrored() -> None:
    copy = {"brochure.yaml": LEFTWARD.encode(), "content/ar.yaml": b"a: b\n"}
    built = build(MemoryProject(copy), PRESS)
    assert not built.findings
    text = built.pdf
    assert b"/Direction /R2L" in text
    result = lay_out(MemoryProject(copy))
    outside, inside = finished(result)
    assert numbers(outside) == [1, 6, 5]
    assert numbers(inside) == [4, 3, 2]


LEFTWARD = """
brochure: trial
source-language: ar
size: 200 x 300 pt
bleed: 9 pt
binding: tri-fold
pages: [{}, {}, {}, {}, {}, {}]
"""


@pytest.mark.parametrize(
    ("binding", "count", "said"),
    [
        (
            "tri-fold",
            4,
            "a tri-fold cannot have 4 panels (a tri-fold has 6 panels: 5 6 1 outside, 2 3 4 inside)",
        ),
        (
            "gate-fold",
            4,
            "a gate-fold cannot have 4 panels (a gate-fold has 6 panels, or 8 with a middle fold)",
        ),
        (
            "z-fold",
            5,
            "a z-fold cannot have 5 panels (a z-fold has an even number of panels, at least 4)",
        ),
    ],
)
def test_a_fold_has_its_number_of_panels(binding: str, count: int, said: str) -> None:
    with pytest.raises(InputError) as failure:
        made(None, None, binding=binding, pages="[" + ", ".join(["{}"] * count) + "]")
    (finding,) = failure.value.findings
    assert str(finding).endswith(said)


# Perfect binding


SPINE = "{background: red}"


def test_the_cover_is_wrapped_around_the_spine() -> None:
    result = brochure(12, "perfect", paper="{caliper: 2 pt, cover: 3 pt}", spine=SPINE)
    # Eight pages inside are four leaves of 2 pt; the cover adds 3 pt on both sides: 4 x 2 + 2 x 3 = 14.
    assert result.pages[12].width == 14
    outside, inside, *block = finished(result)
    assert numbers(outside) == [12, 13, 1]
    assert numbers(inside) == [2, 11]
    assert outside.trim.width == inside.trim.width == 414
    assert [numbers(sheet) for sheet in block] == [[number] for number in range(3, 11)]


def test_a_spread_on_the_cover_runs_over_the_spine() -> None:
    first = "{frames: {f: {at: spread-bleed, background: green}}}"
    result = brochure(12, "perfect", first, paper="{caliper: 2 pt, cover: 3 pt}", spine="{}")
    # Back 200, spine 14, front 200, and the bleed; in the coordinates of the front, the spine and the back.
    assert field(result.pages[0], GREEN) == (-223, -9, 432, 318)
    assert field(result.pages[12], GREEN) == (-209, -9, 432, 318)
    assert field(result.pages[11], GREEN) == (-9, -9, 432, 318)


def test_without_a_spine_there_is_no_cover_sheet() -> None:
    sheets = finished(brochure(8, "perfect"))
    assert [numbers(sheet) for sheet in sheets] == [[number] for number in range(1, 9)]


def test_a_spine_is_not_a_page() -> None:
    copy = {"brochure.yaml": PERFECT.encode(), "content/en.yaml": b"a: b\n"}
    for condition, sheets in ((PRESS, 6), (SCREEN, 8)):
        built = build(MemoryProject(copy), condition)
        assert built.pages == 8
        assert len(PdfReader(io.BytesIO(built.pdf)).pages) == sheets


PERFECT = """
brochure: trial
source-language: en
size: 200 x 300 pt
binding: perfect
pages: [{}, {}, {}, {}, {}, {}, {}, {}]
spine: {}
"""


@pytest.mark.parametrize(("binding", "count"), [("saddle-stitch", 8), ("perfect", 4)])
def test_a_spine_needs_a_block(binding: str, count: int) -> None:
    with pytest.raises(InputError) as failure:
        brochure(count, binding, spine="{}")
    assert [finding.code for finding in failure.value.findings] == ["spine"]


# The shipped leaflet


def test_the_leaflet_is_a_sheet_of_a4(tmp_path: Path) -> None:
    built = build(DiskProject(list_templates()["leaflet"]), PRESS)
    assert not built.findings
    (tmp_path / "leaflet.pdf").write_bytes(built.pdf)
    result = run("pdfinfo", "-box", tmp_path / "leaflet.pdf")
    (trim,) = re.findall(r"TrimBox: +(\S+) +(\S+) +(\S+) +(\S+)", result)
    left, low, right, top = map(float, trim)
    # 99.33 + 99.33 + 98.33 = 296.99 mm by 210 mm.
    assert (right - left) / MM == pytest.approx(296.99, abs=0.01)
    assert (top - low) / MM == pytest.approx(210, abs=0.01)
    (media,) = re.findall(r"MediaBox: +(\S+) +(\S+) +(\S+) +(\S+)", result)
    # 3 mm of bleed, 1 mm of distance, a mark of 5 mm and 1 mm beyond it at the sides.
    assert (float(media[2]) - (right - left)) / 2 / MM == pytest.approx(10, abs=0.01)
