"""Before and after: columns and slopes in proportion to their values."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.model.display_list import Path, bounds
from tests.blocks.charts import (
    LABEL,
    POSITIVE,
    VALUE,
    WIDTHS,
    Data,
    assert_set_apart,
    bars,
    block,
    chart,
    copy,
    scene,
    tried,
)
from tests.blocks.setting import SetPage, placed
from tests.quick import examples

PAIR: Data = [("Start", 100), ("Now", 27)]
KIND = "before-after"


def with_note(*keys: str) -> SetPage:
    """The chart of the sample: 100, now 27 or less."""
    blocks = block(KIND, PAIR, *keys).replace("value: 27", "value: 27, note: less")
    return placed(blocks, copy(PAIR, "less: or less", "change: at least 73% fewer"), scene())


def dashed(page: SetPage) -> list[Path]:
    """Return the dashed lines."""
    return [path for path in page.paths if path.stroke and path.stroke.dash]


def test_height_of_the_second_column_is_proportional() -> None:
    start, now = bars(with_note())
    assert now.height / start.height == pytest.approx(0.27)
    assert now.y == pytest.approx(start.y)


def test_columns_are_at_the_start_and_end_of_the_measure() -> None:
    start, now = bars(with_note())
    # (200 - 2.2 em of 8 pt) / 2 = 91.2 pt each.
    assert [start.x, start.right, now.x, now.right] == pytest.approx([0, 91.2, 108.8, 200])


@pytest.mark.parametrize(("figures", "space"), [("lining", 0.0), ("oldstyle", 2.0)])
def test_a_note_below_the_figure_is_clear_of_its_descenders(figures: str, space: float) -> None:
    data: Data = [("Start", 100), ("Now", 49)]
    blocks = block(KIND, data, "value-style: big").replace("value: 49", "value: 49, note: less")
    styles = f"big: {{font: Source Serif 4, size: 20 pt, leading: 22 pt, figures: [{figures}]}}"
    narrow = scene(110.0)
    words = copy(data, "less: or less than that")
    page = placed(blocks, words, replace(narrow, styles=narrow.styles + styles + "\n"))
    figure, note = page.run("49"), page.run("or less")
    cap = page.cap_height("axis")
    # Half an em of 8 pt from the lowest ink of the figure to the capitals of the note.
    assert figure.y - note.y - cap >= 4.0 + space - 0.05
    assert figure.y - note.y - cap < 4.0 + space + 4.0


def test_dashed_line_extends_the_first_height_over_the_second_column() -> None:
    page = with_note()
    (line,) = dashed(page)
    start, now = bars(page)
    rect = bounds(line.outlines).translate(-50, -450)
    assert [rect.x, rect.right, rect.y] == pytest.approx([start.right, now.right, start.top])


def test_dashed_line_is_over_the_first_column_if_the_value_rises() -> None:
    page = chart(KIND, [("Start", 12), ("Now", 27)])
    (line,) = dashed(page)
    start, now = bars(page)
    rect = bounds(line.outlines).translate(-50, -450)
    assert [rect.x, rect.right, rect.y] == pytest.approx([start.x, now.x, now.top])


def test_note_follows_its_figure_on_the_same_baseline() -> None:
    page = with_note()
    figure, note = page.run("27"), page.run("or less")
    assert note.y == pytest.approx(figure.y)
    # 0.45 em of 8 pt between them.
    assert note.x - figure.x - figure.glyphs.width == pytest.approx(3.6, abs=0.05)


def test_label_for_the_difference_is_between_the_heights() -> None:
    page = with_note("change: change")
    start, now = bars(page)
    words = next(run for run in page.runs if run.glyphs.text.startswith("at least"))
    assert now.top < words.y - 450 < start.top


def test_label_for_the_difference_moves_to_the_foot() -> None:
    blocks = block(KIND, [("Start", 12), ("Now", 11)], "change: change")
    words = copy([("Start", 12), ("Now", 11)], "change: hardly any fewer")
    page = placed(blocks, words, scene())
    change = next(run for run in page.runs if run.glyphs.text.startswith("hardly"))
    assert change.y < page.run("Start").y
    # The line ends before the figure that overlaps it.
    (line,) = dashed(page)
    start, now = bars(page)
    rect = bounds(line.outlines).translate(-50, -450)
    assert [rect.x, rect.right] == pytest.approx([start.right, now.x])


def test_slope_connects_the_values() -> None:
    page = with_note("form: slope")
    line = next(path for path in page.paths if path.stroke and path.stroke.width == 1.6)
    (x0, y0), (x1, y1) = line.outlines[0].start, line.outlines[0].segments[0]
    zero = next(
        path.outlines[0]
        for path in page.paths
        if path.stroke and path.outlines[0].start[1] == path.outlines[0].segments[0][1]
    )
    base = zero.start[1]
    assert (y1 - base) / (y0 - base) == pytest.approx(0.27)
    assert [zero.start[0], zero.segments[0][0]] == pytest.approx([x0, x1])


def test_equal_values_have_no_line_and_no_arrow() -> None:
    page = chart(KIND, [("Start", 5), ("Now", 5)])
    assert dashed(page) == []
    assert len({bar.height for bar in bars(page)}) == 1


def test_right_to_left_editions_are_mirrored() -> None:
    blocks, words = block(KIND, PAIR), copy(PAIR)
    there = bars(placed(blocks, words, scene()))
    mirrored = bars(placed(blocks, words, scene(language="ar")))
    assert [200 - bar.right for bar in mirrored] == pytest.approx([bar.x for bar in there])


@pytest.mark.parametrize(
    ("data", "key", "code"),
    [
        ([("Start", 100)], "form: columns", "chart-pair"),
        ([*PAIR, ("Then", 3)], "form: columns", "chart-pair"),
        ([("Start", 100), ("Now", "none")], "form: slope", "chart-pair"),
        ([("Start", 100), ("Now", -5)], "form: columns", "chart-pair"),
        (PAIR, "height: 20 pt", "chart-low"),
        (
            [("Incomprehensibilitiesandsuchlike", 1), ("Unextraordinarinesses", 2)],
            "form: slope",
            "chart-crowded",
        ),
        ([("Incomprehensibilitiesandsuchlike", 1), ("Now", 2)], "form: columns", "chart-crowded"),
    ],
)
def test_invalid_data_is_reported(data: Data, key: str, code: str) -> None:
    chart(KIND, data, key, expect=(code,))


@settings(max_examples=examples(40), deadline=None)
@given(st.tuples(LABEL, LABEL, LABEL), st.tuples(POSITIVE, POSITIVE), WIDTHS)
def test_text_never_overlaps(
    words: tuple[str, str, str], values: tuple[object, object], width: float
) -> None:
    data = [(words[0], values[0]), (words[1], values[1])]
    items, codes = tried(KIND, data, "title: l0", "source: l0", "change: l1", width=width)
    assert codes <= {"chart-crowded"}
    if not codes:
        assert_set_apart(items, width)


@settings(max_examples=examples(40), deadline=None)
@given(st.tuples(LABEL, LABEL), st.tuples(VALUE, VALUE), WIDTHS)
def test_text_never_overlaps_on_a_slope(
    words: tuple[str, str], values: tuple[object, object], width: float
) -> None:
    data = list(zip(words, values, strict=True))
    items, codes = tried(KIND, data, "form: slope", "change: l1", width=width)
    assert codes <= {"chart-crowded", "chart-pair"}
    if not codes:
        assert_set_apart(items, width)
