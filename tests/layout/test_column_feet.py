"""The last lines of a frame's columns are level where `align-feet` asks for it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from brochure.model.display_list import Page
from tests.layout.pages import page, rows

WORDS = "Some words of the copy that fill three lines, and some more."
COPY = {f"p{at}": WORDS for at in range(6)} | {"h": "Heading"}
STYLES = (
    "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no, space-after: 5 pt,"
    " widows: 2, orphans: 2}, head: {keep-with-next: yes, size: 12 pt, leading: 14 pt, space-before: 7 pt},"
    " gridded: {grid: yes}}"
)


def placed(keys: str, more: str = "", style: str = "body", height: float = 130.0) -> Page:
    blocks = ", ".join(
        "{text: h, style: head}" if key == "h" else f"{{text: {key}, style: {style}}}"
        for key in keys.split()
    )
    frame = f'{{f: {{at: "margins, height {height} pt", columns: 2, content: [{blocks}]{more}}}}}'
    return page(frame, COPY, paragraph_styles=STYLES)


def feet(found: Page) -> list[float]:
    """The last baseline of each column."""
    lefts = sorted({round(row.left) for row in rows(found)})
    return [min(row.y for row in rows(found) if round(row.left) == left) for left in lefts]


KEYS = "p0 p1 h p2 p3 p4"


def test_feet_are_aligned_only_on_request() -> None:
    left, right = feet(placed(KEYS, height=170))
    assert left != pytest.approx(right)
    aligned = feet(placed(KEYS, ", align-feet: yes", height=170))
    assert aligned[0] == pytest.approx(aligned[1])
    assert aligned[0] == pytest.approx(min(left, right))


def test_space_is_added_between_paragraphs_only() -> None:
    before, after = placed(KEYS, height=170), placed(KEYS, ", align-feet: yes", height=170)
    gaps = [(one.y - two.y, one, two) for one, two in pairwise(rows(before))]
    aligned = [one.y - two.y for one, two in pairwise(rows(after))]
    for (gap, one, two), new in zip(gaps, aligned, strict=True):
        if one.element == two.element or one.text == "Heading":
            assert new == pytest.approx(gap)
        elif round(one.left) == round(two.left):
            assert gap - 0.01 <= new <= gap + 12.01


def test_a_column_that_lacks_too_much_stays() -> None:
    plain, aligned = (
        placed("p0 p1 p2", height=120),
        placed("p0 p1 p2", ", align-feet: yes", height=120),
    )
    assert feet(plain) == feet(aligned)


def test_lines_on_the_grid_stay() -> None:
    plain = placed(KEYS, style="gridded", height=220)
    aligned = placed(KEYS, ", align-feet: yes", style="gridded", height=220)
    assert [row.y for row in rows(plain)] == [row.y for row in rows(aligned)]


def test_balanced_columns_are_aligned_too() -> None:
    aligned = feet(placed(KEYS, ", balance: yes, align-feet: yes", height=240))
    assert aligned[0] == pytest.approx(aligned[1])
