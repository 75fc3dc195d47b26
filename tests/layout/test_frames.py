"""Content of frames: insets, vertical alignment, rotation, columns. Baselines are in points below the top of the page."""

import pytest

from brochure.geometry import IDENTITY
from brochure.model.display_list import GlyphRun, Page
from tests.layout.pages import CAP, baselines, page, rows

TWO = {"t": "One\\\nTwo"}
"""A paragraph of two lines: 6.7 to the first baseline, 12 to the next, so 18.7 high."""


def one_frame(at: str, more: str = "", text: str = "text: t", **copy: str) -> Page:
    return page(f'{{f: {{at: "{at}", {more} content: {{{text}}}}}}}', {**TWO, **copy})


def test_a_column_begins_with_the_capitals_of_its_first_line() -> None:
    assert baselines(one_frame("margins")) == [26.7, 38.7]  # 20 + 6.7; + 12


def test_descenders_hang_below_a_column() -> None:
    # 18.7 high is just enough for two lines.
    assert baselines(one_frame("margins, height 18.7 pt")) == [26.7, 38.7]


@pytest.mark.parametrize(
    ("valign", "first"), [("top", 26.7), ("middle", 142.35), ("bottom", 258.0)]
)
def test_valign(valign: str, first: float) -> None:
    # 250 - 18.7 = 231.3 are free: half of that above makes 20 + 115.65 + 6.7, all of it 20 + 231.3 + 6.7.
    assert baselines(one_frame("margins", f"valign: {valign},"))[0] == pytest.approx(
        first, abs=0.001
    )


@pytest.mark.parametrize(("valign", "steps"), [("top", 0), ("middle", 9), ("bottom", 19)])
def test_valign_on_the_grid_moves_by_whole_steps(valign: str, steps: int) -> None:
    # 231.3 / 12 = 19.3 steps are free; half of that, 115.65, is 9.6 steps.
    placed = one_frame("margins", f"valign: {valign},", "text: t, style: gridded")
    assert baselines(placed)[0] == pytest.approx(26.7 + 12 * steps, abs=0.001)


def test_rounding_does_not_shorten_a_frame_that_ends_on_the_grid() -> None:
    # Two lines need 18.7; 12 more, less a rounding error of the designer's margins, are one step.
    placed = one_frame("margins, height 30.6998 pt", "valign: bottom,", "text: t, style: gridded")
    assert baselines(placed) == [38.7, 50.7]


def test_insets_on_all_sides_alike() -> None:
    (row, _) = rows(one_frame("margins", "inset: 5 pt,"))
    assert (row.left, round(300 - row.y, 3)) == (45, 20 + 5 + CAP)


def test_insets_side_by_side() -> None:
    more = "inset: {top: 1 pt, bottom: 2 pt, start: 3 pt, end: 97 pt}, valign: bottom,"
    placed = one_frame("margins", more, t="wide wide wide")
    # 140 - 3 - 97 = 40 points hold one such word (about 23 each) in a line; the last is 2 above the bottom, 300 - 30 - 2.
    assert [row.left for row in rows(placed)] == [43, 43, 43]
    assert baselines(placed) == [244, 256, 268]


# Rotation


def turned(page: Page) -> list[tuple[float, float]]:
    """Return where the first two lines begin on the page."""
    runs = [item for item in page.items if isinstance(item, GlyphRun)]
    return [tuple(round(n, 3) for n in run.matrix.apply(run.x, run.y)) for run in runs]  # type: ignore[misc]


def test_a_quarter_turn_swaps_the_sides_and_reads_upwards() -> None:
    placed = one_frame("x 10 pt, y 20 pt, width 40 pt, height 100 pt", "rotate: 90,")
    # The frame reaches from (10, 180) to (50, 280). Its content is 100 wide and 40 high; lines start at the bottom and follow
    # each other from left to right: the first baseline 6.7 from the left edge, the second 12 further.
    assert turned(placed) == [(16.7, 180), (28.7, 180)]


def test_three_quarters_read_downwards() -> None:
    placed = one_frame("x 10 pt, y 20 pt, width 40 pt, height 100 pt", "rotate: 270,")
    assert turned(placed) == [(43.3, 280), (31.3, 280)]  # from the right edge: 50 - 6.7, - 12


def test_upside_down() -> None:
    placed = one_frame("x 10 pt, y 20 pt, width 40 pt, height 100 pt", "rotate: 180,")
    assert turned(placed) == [(50, 186.7), (50, 198.7)]  # from the lower right corner upwards


def test_any_angle_turns_about_the_middle() -> None:
    placed = one_frame("x 50 pt, y 100 pt, width 100 pt, height 100 pt", "rotate: 45,")
    # The middle is (100, 150), the upright line starts at (50, 193.3), which is (-50, 43.3) from it. Rotated by 45° that is ((-50
    # - 43.3), (-50 + 43.3)) / √2 = (-65.973, -4.738).
    assert turned(placed)[0] == (34.027, 145.262)


def test_a_full_turn_has_no_effect() -> None:
    placed = one_frame("margins", "rotate: 360,")
    assert all(item.matrix == IDENTITY for item in placed.items if isinstance(item, GlyphRun))


def test_insets_and_alignment_are_those_of_the_upright_frame() -> None:
    placed = one_frame(
        "x 10 pt, y 20 pt, width 40 pt, height 100 pt",
        "rotate: 90, inset: {start: 7 pt}, valign: bottom,",
    )
    # Lines start at the bottom now: 180 + 7. The last baseline is on the right edge, 50; the one before 12 to its left.
    assert turned(placed) == [(38, 187), (50, 187)]


def test_a_rotated_frame_does_not_use_the_baseline_grid() -> None:
    placed = one_frame(
        "x 13 pt, y 20 pt, width 40 pt, height 100 pt", "rotate: 90,", "text: t, style: gridded"
    )
    assert turned(placed) == [(19.7, 180), (31.7, 180)]


# Columns


def test_columns_have_the_gutter_of_the_grid_by_default() -> None:
    words = {"t": "One\n\nTwo\n\nThree\n\nFour"}
    placed = page('{f: {at: "margins, height 18.7 pt", columns: 2, content: {text: t}}}', words)
    # Two lines fit into a column. (140 - 8) / 2 = 66: the second begins at 40 + 66 + 8.
    assert [(row.text, row.left) for row in rows(placed)] == [
        ("One", 40),
        ("Two", 40),
        ("Three", 114),
        ("Four", 114),
    ]
    assert baselines(placed) == [26.7, 38.7] * 2


def test_columns_with_their_own_gutter() -> None:
    words = {"t": "One\n\nTwo\n\nThree"}
    placed = page(
        '{f: {at: "margins, height 6.7 pt", columns: 3, gutter: 10 pt, content: {text: t}}}', words
    )
    # (140 - 2 × 10) / 3 = 40, so they begin 50 apart.
    assert [row.left for row in rows(placed)] == [40, 90, 140]


def test_valign_of_columns_is_that_of_the_longest() -> None:
    words = {"t": "One\n\nTwo\n\nThree"}
    placed = page(
        '{f: {at: "margins, height 20.7 pt", columns: 2, valign: bottom, content: {text: t}}}',
        words,
    )
    assert baselines(placed) == [28.7, 40.7, 28.7]  # 2 points are free in the longest column


def test_a_paragraph_over_two_columns_is_as_deep_as_its_last_lines() -> None:
    # 47.2 has space for four lines (6.7 + 3 × 12 = 42.7): 4.5 remain below the longer column.
    words = {"t": "One\\\nTwo\\\nThree\\\nFour\\\nFive\\\nSix"}
    placed = page(
        '{f: {at: "margins, height 47.2 pt", columns: 2, valign: bottom, content: {text: t}}}',
        words,
    )
    assert baselines(placed) == [31.2, 43.2, 55.2, 67.2, 31.2, 43.2]  # 20 + 47.2 = 67.2


def test_balanced_columns_end_exactly_at_the_bottom() -> None:
    words = {"t": "One\\\nTwo\\\nThree\\\nFour\\\nFive\\\nSix"}
    placed = page(
        "{f: {at: margins, columns: 2, balance: yes, valign: bottom, content: {text: t}}}", words
    )
    assert baselines(placed) == [246, 258, 270] * 2  # the type area ends 300 - 30 below the top


def test_a_break_ends_a_column() -> None:
    words = {"a": "One", "b": "Two"}
    content = "[{text: a}, {column-break: }, {text: b}]"
    placed = page(f"{{f: {{at: margins, columns: 2, content: {content}}}}}", words)
    assert [(row.text, row.left) for row in rows(placed)] == [("One", 40), ("Two", 114)]
    assert baselines(placed) == [26.7, 26.7]


# Balance

LINES = "\n\n".join(f"Line {at}" for at in range(1, 21))


@pytest.mark.parametrize(
    ("count", "columns", "lengths"),
    [
        (4, 2, [2, 2]),
        (5, 2, [3, 2]),
        (9, 3, [3, 3, 3]),
        (7, 3, [3, 3, 1]),
        (1, 2, [1]),
        (20, 3, [7, 7, 6]),
    ],
)
def test_balanced_columns(count: int, columns: int, lengths: list[int]) -> None:
    words = {"t": "\n\n".join(LINES.split("\n\n")[:count])}
    placed = page(
        f"{{f: {{at: margins, columns: {columns}, balance: yes, content: {{text: t}}}}}}", words
    )
    lefts = [row.left for row in rows(placed)]
    assert [lefts.count(left) for left in sorted(set(lefts))] == lengths
    assert sorted(lefts) == lefts
    assert set(baselines(placed)[: lengths[0]]) >= set(baselines(placed))


def test_unbalanced_columns_fill_one_after_the_other() -> None:
    placed = page("{f: {at: margins, columns: 2, content: {text: t}}}", {"t": LINES})
    assert {row.left for row in rows(placed)} == {40}  # there are 21 lines in 250 points


def test_balanced_columns_stay_on_the_baseline_grid() -> None:
    frames = "{f: {at: 'margins, top 25 pt', columns: 3, balance: yes, content: {text: t, style: gridded}}}"
    placed = page(frames, {"t": LINES})
    # The first baseline of the grid below 25 + 6.7 is 38.7; seven lines in each column.
    assert set(baselines(placed)) == {round(38.7 + 12 * at, 3) for at in range(7)}
