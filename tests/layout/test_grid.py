"""The grid: positions on the page, each with its sum. Type area: x 40..180, y 30..280."""

import pytest

from tests.layout.pages import field, made, page, pages

# A column is 29 wide and 8 from the next: they begin at 40, 77, 114 and 151. A row is 42 high and 10 from the next: they begin
# 20, 72, 124, 176 and 228 below the top. y is measured from the bottom, so row 1 has its lower edge at 300 - 20 - 42 = 238.
PLACES = {
    "margins": (40, 30, 140, 250),
    "page": (0, 0, 200, 300),
    "bleed": (-9, -9, 218, 318),
    "columns 1-1, rows 1-1": (40, 238, 29, 42),
    "column 4, row 5": (151, 30, 29, 42),
    "columns 2-3, rows 2-4": (77, 82, 66, 146),  # 2 × 29 + 8; 3 × 42 + 2 × 10; 300 - 72 - 146
    "columns 1-4": (40, 30, 140, 250),
    "rows 2-2": (40, 186, 140, 42),
    "x 10 pt, y 20 pt, width 50 pt, height 30 pt": (10, 250, 50, 30),
    "x 10 pt, width 1 in": (10, 30, 72, 250),
    "left 10 pt, right 10 pt, top 5 pt, bottom 5 pt": (10, 5, 180, 290),
    "right 10 pt, bottom 15 pt, width 30 pt, height 20 pt": (160, 15, 30, 20),
    "columns 2-3, bottom 10 pt, height 12 pt": (77, 10, 66, 12),
    "columns 1-2, top -4 pt": (
        40,
        30,
        66,
        274,
    ),  # from 4 above the top of the page to the bottom of the type area
    "columns 3-4, rows 1-2, width 20 pt": (114, 186, 20, 94),
    "x 0 pt, y 0 pt, width 2 col, height 2 rows": (0, 216, 58, 84),
    "x 0 pt, y 2 lines, width 1/2 col, height 1 line": (0, 264, 14.5, 12),
    "columns 1-2, rows 1-1, bleed top left": (-9, 238, 115, 71),  # to -9 and to 309
    "columns 3-4, rows 5-5, bleed bottom right": (114, -9, 95, 81),
    "page, bleed right": (0, 0, 209, 300),
}


@pytest.mark.parametrize(("place", "rect"), PLACES.items(), ids=PLACES)
def test_place(place: str, rect: tuple[float, ...]) -> None:
    assert field(page(f'{{f: {{at: "{place}", background: red}}}}')) == rect


def test_rows_have_the_gutter_of_the_columns_by_default() -> None:
    grid = "{margins: {top: 20 pt, bottom: 30 pt, inner: 40 pt, outer: 20 pt}, columns: 4, gutter: 8 pt, rows: 5}"
    placed = page('{f: {at: "row 1", background: red}}', grid=grid)
    # (250 - 4 × 8) / 5 = 43.6; 300 - 20 - 43.6 = 236.4
    assert field(placed) == (40, 236.4, 140, 43.6)


LINES = "{margins: {top: 20 pt, inner: 40 pt, outer: 20 pt}, columns: 4, gutter: 8 pt, baseline: 10 pt, "


@pytest.mark.parametrize(
    ("rows", "rect"),
    [
        # A row is 4 × 10 high, its gutter one line: row 3 begins 20 + 2 × 50 below the top.
        ("rows: 5, lines: 4}", (40, 300 - 120 - 40, 140, 40)),
        ("rows: 5, lines: 3, row-gutter: 5 pt}", (40, 300 - 90 - 30, 140, 30)),
        ("rows: 5, lines: 2, row-gutter: 2 lines}", (40, 300 - 100 - 20, 140, 20)),
    ],
)
@pytest.mark.parametrize("language", ["en", "km"])
def test_rows_of_whole_lines(rows: str, rect: tuple[float, ...], language: str) -> None:
    # The baseline increment of Khmer is larger; its frames stay where they are.
    frames = '{f: {at: "row 3", background: red}}'
    files = {f"content/{language}.yaml": b"nothing: nothing"}
    (placed,) = made(
        None, files, pages=f"[{{frames: {frames}}}]", grid=LINES + rows, source_language=language
    ).pages
    assert field(placed) == rect


def test_rows_of_lines_leave_the_bottom_margin() -> None:
    frames = "{f: {at: margins, background: red}}"
    # 20 + 5 × 40 + 4 × 10 = 260 of 300
    assert field(page(frames, grid=LINES + "rows: 5, lines: 4}")) == (40, 40, 140, 240)


def test_a_master_may_have_its_own_grid() -> None:
    grid = "{margins: {top: 0 mm, bottom: 0 mm, inner: 0 mm, outer: 0 mm}, columns: 2, gutter: 0 mm, rows: 3}"
    masters = f'{{m: {{grid: {grid}, frames: {{f: {{at: "column 2, row 3", background: red}}}}}}}}'
    (placed,) = pages(masters=masters, pages="[{master: m}]")
    assert field(placed) == (100, 0, 100, 100)
