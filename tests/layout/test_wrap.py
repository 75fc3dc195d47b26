"""Text wrap around other frames."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brochure.geometry import Rect
from tests.layout.pages import CAP, RED, baselines, fields, made, page, planned, rows
from tests.layout.words import paragraphs
from tests.quick import examples

LONG = {"t": " ".join(["word"] * 400)}


def wrapped(hole: str, wrap: str = "0 pt", more: str = "") -> list[tuple[float, float, float]]:
    """Return the first twenty lines around a wrapped frame: baseline below the top of the page, left, right."""
    frames = f'{{hole: {{at: "{hole}", text-wrap: {wrap}}}, f: {{at: "margins, height 200 pt", {more} content: {{text: t}}}}}}'
    result = made(LONG, pages=f"[{{frames: {frames}}}]")
    return [(round(300 - row.y, 3), row.left, row.right) for row in rows(result.pages[0])]


def test_a_wrapped_frame_at_the_right_shortens_the_lines_beside_it() -> None:
    lines = wrapped("x 120 pt, y 50 pt, width 60 pt, height 50 pt")
    beside = [y for y, _, right in lines if right < 121]
    # Baselines at 26.7 + 12 n. The capitals of the one at 50.7 reach into the wrapped frame, and so on, until the one at 98.7;
    # the next, at 110.7, has its capitals at 104, below the end of the frame at 100.
    assert beside == [50.7, 62.7, 74.7, 86.7, 98.7]
    assert all(left == 40 for _, left, _ in lines)


def test_a_wrapped_frame_at_the_left_moves_the_starts_of_lines() -> None:
    lines = wrapped("x 0 pt, y 50 pt, width 80 pt, height 50 pt")
    assert [y for y, left, _ in lines if left == 80] == [50.7, 62.7, 74.7, 86.7, 98.7]


def test_descenders_do_not_overlap_a_wrapped_frame_below() -> None:
    # The descenders of the line at 38.7 reach 2.2 lower (0.22 of 10 pt), to 40.9: they would overlap a frame from 40 on.
    assert (
        next(
            y
            for y, _, right in wrapped("x 120 pt, y 40 pt, width 60 pt, height 20 pt")
            if right < 121
        )
        == 38.7
    )


def test_the_offset_is_kept_on_all_sides() -> None:
    lines = wrapped("x 120 pt, y 55 pt, width 60 pt, height 40 pt", wrap="5 pt")
    assert [y for y, _, right in lines if right < 116] == [50.7, 62.7, 74.7, 86.7, 98.7]
    assert all(right <= 115 for y, _, right in lines if 50 <= y <= 100)


def test_the_line_is_on_the_wider_side() -> None:
    assert {
        left
        for y, left, _ in wrapped("x 70 pt, y 50 pt, width 20 pt, height 50 pt")
        if 50 < y < 100
    } == {90}
    assert {
        left
        for y, left, _ in wrapped("x 130 pt, y 50 pt, width 20 pt, height 50 pt")
        if 50 < y < 100
    } == {40}


def test_text_continues_below_if_no_side_is_wide_enough() -> None:
    # 15 points on either side of the wrapped frame are less than 4 ems.
    lines = wrapped("x 55 pt, y 50 pt, width 110 pt, height 50 pt")
    # Below the frame the leading continues: the first baseline whose capitals are below 100 is 110.7.
    assert [y for y, _, _ in lines][:3] == [26.7, 38.7, 110.7]


def test_a_wrapped_frame_over_a_column_interrupts_only_that_column() -> None:
    lines = wrapped("columns 1-2, y 50 pt, height 50 pt", more="columns: 2,")
    assert [y for y, left, _ in lines if left == 40 and 50 < y < 105] == []
    assert [y for y, left, _ in lines if left == 114 and 50 < y < 105] == [
        50.7,
        62.7,
        74.7,
        86.7,
        98.7,
    ]


def test_a_frame_does_not_wrap_around_itself() -> None:
    placed = page("{f: {at: margins, text-wrap: 5 pt, content: {text: t}}}", {"t": "word"})
    assert baselines(placed) == [26.7]


@pytest.mark.parametrize(
    ("at", "top"), [("y 25 pt, height 30 pt", 245), ("y 60 pt, height 30 pt", 280)]
)
def test_an_indivisible_block_is_below_the_wrapped_frame(at: str, top: float) -> None:
    # The box is 2 × 5 + 6.7 high: it fits above a wrapped frame that begins 60 below the top, not above one that begins at 25.
    box = "{box: [{text: t}], background: red, inset: 5 pt}"
    frames = f'{{hole: {{at: "x 100 pt, width 90 pt, {at}", text-wrap: 0 pt}}, f: {{at: margins, content: [{box}]}}}}'
    (rect,) = fields(page(frames, {"t": "word"}), RED)
    assert (round(rect.top, 1), round(rect.height, 3)) == (top, 16.7)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    copy=paragraphs(),
    hole=st.tuples(
        st.integers(0, 160), st.integers(0, 240), st.integers(5, 150), st.integers(5, 150)
    ),
    wrap=st.integers(0, 12),
    columns=st.integers(1, 2),
    style=st.sampled_from(["body", "gridded"]),
)
def test_no_line_overlaps_a_wrapped_frame(
    copy: list[str], hole: tuple[int, int, int, int], wrap: int, columns: int, style: str
) -> None:
    x, y, width, height = hole
    frames = (
        f'{{hole: {{at: "x {x} pt, y {y} pt, width {width} pt, height {height} pt", text-wrap: {wrap} pt}},'
        f" f: {{at: margins, columns: {columns}, content: {{text: t, style: {style}}}}}}}"
    )
    result = made({"t": "\n\n".join(copy)}, pages=f"[{{frames: {frames}}}]")
    assert {finding.code for finding in result.findings} <= {"overflow", "line-too-wide"}
    area = Rect(x, 300 - y - height, width, height).expand(wrap - 0.01)
    if any(finding.code == "line-too-wide" for finding in result.findings):
        return  # a word that is longer than the space beside the wrapped frame is reported, and overlaps it
    for row in rows(result.pages[0]):
        assert not area.overlaps(Rect(row.left, row.y - 2.2, row.right - row.left, 2.2 + CAP)), row


def test_each_column_has_only_the_wrapped_frames_near_it() -> None:
    """The memory for a page with n frames that text wraps around and n frames of text is proportional to n, not to n squared."""
    count = 600
    at = [
        f"x {at % 30 * 6} pt, y {at // 30 * 14} pt, width 5 pt, height 12 pt" for at in range(count)
    ]
    frames = ", ".join(
        f'f{n}: {{at: "{one}", text-wrap: 0 pt, content: {{text: t}}}}' for n, one in enumerate(at)
    )
    (page,) = planned(pages=f"[{{frames: {{{frames}}}}}]")
    holes = [len(column.holes) for frame in page.frames for column in frame.columns]
    assert len(holes) == count
    assert max(holes) <= 20


def test_an_auto_sized_frame_does_not_overlap_wrapped_frames_below_it() -> None:
    frames = (
        '{hole: {at: "x 120 pt, y 100 pt, width 60 pt, height 40 pt", text-wrap: 0 pt},'
        ' f: {at: "margins, height 20 pt", auto-size: 200 pt, content: {text: t}}}'
    )
    result = made({"t": " ".join(["word"] * 90)}, pages=f"[{{frames: {frames}}}]")
    lines = [(300 - row.y, row.right) for row in rows(result.pages[0])]
    assert any(y > 150 for y, _ in lines)
    assert all(right < 121 for y, right in lines if y - 1 > 100 and y - CAP < 139)
