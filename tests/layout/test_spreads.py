"""Versos and rectos: the side of a page, and what depends on it."""

import pytest

from brochure.model.display_list import FOLIO, Bookmark, GlyphRun, Link
from tests.layout.pages import BLUE, GREEN, field, fields, page, pages, rows

FOUR = "[{master: m}, {master: m}, {master: m}, {master: m}]"


def on_four(
    place: str, binding: str = "saddle-stitch", start: str = "right"
) -> list[tuple[float, ...]]:
    masters = f'{{m: {{frames: {{f: {{at: "{place}", background: red}}}}}}}}'
    made = pages(masters=masters, pages=FOUR, binding=binding, first_page=start)
    return [field(one) for one in made]


def test_margins_are_mirrored_on_a_verso() -> None:
    # Inner 40, outer 20: a recto's type area begins at 40, a verso's at 20.
    assert [rect[0] for rect in on_four("margins")] == [40, 20, 40, 20]


def test_start_left_makes_the_first_page_a_verso() -> None:
    assert [rect[0] for rect in on_four("margins", start="left")] == [20, 40, 20, 40]


def test_without_binding_every_page_is_a_recto() -> None:
    assert [rect[0] for rect in on_four("margins", binding="none")] == [40, 40, 40, 40]


def test_inner_and_outer_follow_the_spine() -> None:
    recto, verso = (5, 0, 20, 300), (175, 0, 20, 300)  # 200 - 5 - 20 = 175
    assert on_four("inner 5 pt, top 0 pt, bottom 0 pt, width 20 pt") == [recto, verso, recto, verso]
    assert on_four("outer 5 pt, top 0 pt, bottom 0 pt, width 20 pt") == [verso, recto, verso, recto]


def test_bleed_to_the_outer_edge_only() -> None:
    # From the edge of the type area to the bleed: a recto to the right (40..209), a verso to the left (-9..160).
    assert [rect[::2] for rect in on_four("margins, bleed outer")] == [(40, 169), (-9, 169)] * 2


def test_columns_count_from_the_left_on_both_sides() -> None:
    assert [rect[0] for rect in on_four("column 1")] == [40, 20, 40, 20]


@pytest.mark.parametrize(
    ("start", "sides"),
    [("right", [False, True, False, True]), ("left", [True, False, True, False])],
)
def test_pages_have_a_side(start: str, sides: list[bool]) -> None:
    made = pages(masters="{m: {}}", pages=FOUR, binding="perfect", first_page=start)
    assert [one.verso for one in made] == sides


def test_folios_start_at_one_or_at_the_number_of_a_page() -> None:
    masters = "{m: {frames: {foot: {at: margins, content: {folio: }}}}}"
    made = pages(
        masters=masters,
        pages='[{master: m, folio: ""}, {master: m}, {master: m, folio: iii}, {master: m}]',
    )
    assert [one.label for one in made] == ["", "2", "iii", "4"]
    assert [[row.text for row in rows(one)] for one in made] == [[], ["2"], ["iii"], ["4"]]
    assert [one.number for one in made] == [1, 2, 3, 4]


def test_a_folio_is_an_artifact() -> None:
    placed = page("{foot: {at: margins, content: {folio: }}}")
    (run,) = [item for item in placed.items if isinstance(item, GlyphRun)]
    assert run.tag == FOLIO
    assert run.tag.role == "Artifact"


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("running-first", "Trial\u00a0\u00a0\u00a0\u00a01"),
        ("number-first", "1\u00a0\u00a0\u00a0\u00a0Trial"),
    ],
)
def test_a_running_title_before_and_after_the_folio(order: str, said: str) -> None:
    placed = page(
        f"{{foot: {{at: margins, content: {{folio: t, order: {order}}}}}}}",
        {"t": "Trial"},
    )
    assert [row.text for row in rows(placed)] == [said]


# Spreads. Pages 2 and 3 face each other; pages 1 and 4 have no facing page.

SPREAD = (
    "[{frames: {f: {at: spread-bleed, background: red}}},"
    ' {frames: {f: {at: "spread-bleed, rows 1-2, bleed top", background: green}}},'
    " {frames: {}},"
    " {frames: {f: {at: spread, background: blue}}}]"
)


def test_a_spread_frame_covers_both_facing_pages() -> None:
    first, left, right, last = pages(pages=SPREAD, binding="saddle-stitch")
    assert field(first) == (-9, -9, 218, 318)  # a single page with its bleed
    # Rows 1-2 end 114 below the top: 300 - 114 = 186; up to 309 makes 123. Horizontally: -9 .. 409.
    assert field(left, GREEN) == (-9, 186, 418, 123)
    assert field(right, GREEN) == (-209, 186, 418, 123)  # the same, moved left by a page's width
    assert field(last, BLUE) == (0, 0, 200, 300)


def test_a_spread_frame_on_the_recto_reaches_back() -> None:
    _, left, right, _ = pages(
        pages="[{}, {}, {frames: {f: {at: spread, background: red}}}, {}]", binding="perfect"
    )
    assert field(right) == (-200, 0, 400, 300)
    assert field(left) == (0, 0, 400, 300)


def test_content_that_crosses_the_fold_is_tagged_once() -> None:
    words = {"t": "Over the fold", "l": "and [a link](https://example.org)"}
    _, left, right, _ = pages(
        words,
        pages="[{}, {frames: {f: {at: spread, content: [{title: t}, {text: l}]}}}, {}, {}]",
        binding="saddle-stitch",
    )
    assert [row.text for row in rows(left)] == [row.text for row in rows(right)]
    assert all(row.element for row in rows(left))
    assert not any(row.element for row in rows(right))  # artifacts, all of them
    assert [type(item) for item in left.items if isinstance(item, (Bookmark, Link))] == [
        Bookmark,
        Link,
    ]
    assert not [item for item in right.items if isinstance(item, (Bookmark, Link))]
    assert all(
        r.left == pytest.approx(left_row.left - 200)
        for left_row, r in zip(rows(left), rows(right), strict=True)
    )


def test_bleeding_over_the_spine_is_not_crossing_the_fold() -> None:
    _, left, right, _ = pages(
        pages='[{}, {frames: {f: {at: "margins, bleed inner outer", background: red}}}, {}, {}]',
        binding="saddle-stitch",
    )
    assert field(left) == (-9, 30, 218, 250)
    assert fields(right, GREEN) == []
    assert len(right.items) == 0


def test_a_frame_moved_over_the_fold_by_lengths_crosses_it_too() -> None:
    _, left, right, _ = pages(
        pages='[{}, {}, {frames: {f: {at: "x -50 pt, y 0 pt, width 100 pt, height 10 pt", background: red}}}, {}]',
        binding="saddle-stitch",
    )
    assert field(right) == (-50, 290, 100, 10)
    assert field(left) == (150, 290, 100, 10)
