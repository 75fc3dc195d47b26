"""Imposition schemes: the position of each page, and the reading order after folding and cutting."""

from __future__ import annotations

import pytest

from brochure.choices import Creep
from brochure.imposition.page_order import (
    Nest,
    SheetPiece,
    SheetSide,
    booklet,
    count_blanks,
    facing_pages,
    format_sides,
    leaves,
    n_up,
    reader_spreads,
    step_and_repeat,
    work_and_tumble,
    work_and_turn,
)


def sheets_of(count: int, *, left_to_right: bool = True) -> list[str]:
    return [format_sides(sheet) for sheet in booklet(count, left_to_right=left_to_right)]


def test_a_booklet_of_eight() -> None:
    assert sheets_of(8) == ["8 1 | 2 7", "6 3 | 4 5"]


def test_a_booklet_that_is_read_from_right_to_left() -> None:
    assert sheets_of(8, left_to_right=False) == ["1 8 | 7 2", "3 6 | 5 4"]


def test_blank_pages_are_last() -> None:
    assert sheets_of(5) == ["0 1 | 2 0", "0 3 | 4 5"]
    assert [count_blanks(count, 4) for count in (4, 5, 6, 7, 8)] == [0, 3, 2, 1, 0]


def test_signatures_are_consecutive_booklets() -> None:
    assert [format_sides(sheet) for sheet in booklet(12, section=8)] == [
        "8 1 | 2 7",
        "6 3 | 4 5",
        "12 9 | 10 11",
    ]


@pytest.mark.parametrize("left_to_right", [True, False])
@pytest.mark.parametrize("count", range(1, 65))
def test_the_folios_of_a_folded_booklet_are_in_order(count: int, left_to_right: bool) -> None:
    read = leafed_through(booklet(count, left_to_right=left_to_right), left_to_right=left_to_right)
    assert read == [*range(1, count + 1), *[0] * count_blanks(count, 4)]


@pytest.mark.parametrize("section", [4, 8, 16])
@pytest.mark.parametrize("count", [4, 16, 40, 64])
def test_the_folios_of_gathered_signatures_are_in_order(count: int, section: int) -> None:
    sheets = booklet(count, section=section)
    per = section // 4
    read = [
        number
        for at in range(0, len(sheets), per)
        for number in leafed_through(sheets[at : at + per], left_to_right=True)
    ]
    assert read == list(range(1, count + 1))


def leafed_through(
    sheets: tuple[tuple[SheetSide, SheetSide], ...], *, left_to_right: bool
) -> list[int]:
    """Return the folios of nested sheets in reading order: the first half from the outside in, the second from the inside out."""
    first, second = (1, 0) if left_to_right else (0, 1)
    down = [number for front, back in sheets for number in (at(front, first), at(back, second))]
    up = [number for front, back in sheets[::-1] for number in (at(back, first), at(front, second))]
    return down + up


def at(side: SheetSide, place: int) -> int:
    ((piece,),) = side.rows
    return piece.cells[place].number


# Creep


def shifts(sheets: tuple[tuple[SheetSide, SheetSide], ...]) -> list[list[float]]:
    return [[cell.shift for side in sheet for cell in side.rows[0][0].cells] for sheet in sheets]


def test_inner_pages_are_moved_towards_the_spine() -> None:
    # 12 pages are three sheets of 0.3 pt: the middle one moves by 1 x 0.3, the innermost by 2 x 0.3; left pages to the right,
    # right pages to the left.
    found = shifts(booklet(12, nest=Nest(0.3)))
    assert found[0] == [0, 0, 0, 0]
    assert found[1] == pytest.approx([0.3, -0.3, 0.3, -0.3])
    assert found[2] == pytest.approx([0.6, -0.6, 0.6, -0.6])


def test_or_outer_pages_are_moved_away_from_the_spine() -> None:
    # The innermost sheet stays; the outermost of three moves outwards by 2 x 0.3.
    found = shifts(booklet(12, nest=Nest(0.3, Creep.OUT)))
    assert found[0] == pytest.approx([-0.6, 0.6, -0.6, 0.6])
    assert found[2] == pytest.approx([0, 0, 0, 0])


def test_creep_is_computed_for_each_signature() -> None:
    # Two sections of two sheets: within each, the inner one moves by one caliper.
    found = shifts(booklet(16, section=8, nest=Nest(0.3)))
    assert [row[0] for row in found] == pytest.approx([0, 0.3, 0, 0.3])


# Work-and-turn and work-and-tumble


def test_work_and_turn_has_front_and_back_beside_each_other() -> None:
    assert [str(side) for side in work_and_turn(booklet(8))] == ["8 1, 2 7", "6 3, 4 5"]


def test_work_and_tumble_has_them_foot_to_foot() -> None:
    assert [str(side) for side in work_and_tumble(booklet(8))] == ["8 1 / 7↓ 2↓", "6 3 / 5↓ 4↓"]


@pytest.mark.parametrize("count", [4, 8, 12, 20])
def test_the_same_forme_on_both_sides_makes_two_copies(count: int) -> None:
    """The same forme on both sides: behind each piece is the one that is printed there when the paper is turned."""
    for forme, (front, back) in zip(work_and_turn(booklet(count)), booklet(count), strict=True):
        (row,) = forme.rows
        behind = row[::-1]  # turned sideways, left and right are exchanged
        assert [pair(*copy) for copy in zip(row, behind, strict=True)] == [
            (front.numbers, back.numbers),
            (back.numbers, front.numbers),
        ]
    for forme, (front, back) in zip(work_and_tumble(booklet(count)), booklet(count), strict=True):
        column = [row[0] for row in forme.rows]
        behind = tuple(column[::-1])  # turned head to foot
        assert [pair(*copy) for copy in zip(column, behind, strict=True)] == [
            (front.numbers, back.numbers),
            (back.numbers, front.numbers),
        ]
        assert [piece.turned for piece in column] == [False, True]


def pair(one: SheetPiece, other: SheetPiece) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(cell.number for cell in one.cells), tuple(cell.number for cell in other.cells)


def test_a_turned_side_is_in_reverse_order() -> None:
    side = n_up(6, (3, 2))[0]
    assert str(side) == "1, 2, 3 / 4, 5, 6"
    assert str(side.turned()) == "6↓, 5↓, 4↓ / 3↓, 2↓, 1↓"
    assert side.turned().turned() == side


def test_a_gang_repeats_one_leaf() -> None:
    assert [format_sides(sheet) for sheet in step_and_repeat(leaves(3), (2, 2))] == [
        "1, 1 / 1, 1 | 2, 2 / 2, 2",
        "3, 3 / 3, 3 | 0, 0 / 0, 0",
    ]


@pytest.mark.parametrize("count", range(1, 30))
def test_pages_in_order_are_complete(count: int) -> None:
    numbers = [number for side in n_up(count, (3, 2)) for number in side.numbers]
    assert numbers == [*range(1, count + 1), *[0] * count_blanks(count, 6)]


def test_reader_spreads() -> None:
    assert [str(side) for side in reader_spreads(facing_pages(5))] == ["1", "2 3", "4 5"]
    assert [str(side) for side in reader_spreads(facing_pages(4, left_to_right=False))] == [
        "1",
        "3 2",
        "4",
    ]
    assert [str(side) for side in reader_spreads(facing_pages(4, first_alone=False))] == [
        "1 2",
        "3 4",
    ]
    assert [side.name for side in reader_spreads(facing_pages(4))] == ["1", "2-3", "4"]
