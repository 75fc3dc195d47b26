"""Words are hyphenated across columns, pages and spreads only as far as their style allows."""

from __future__ import annotations

from functools import lru_cache

import pytest

from brochure.model.display_list import GlyphRun, Page
from tests.layout.pages import made
from tests.typeset.setting import COPY

WORDS = " ".join([COPY] * 3)
HEIGHTS = range(40, 130, 30)


def column_ends(page: Page) -> list[bool]:
    """Whether the last line of each column, from the left, ends with a hyphen."""
    runs = [item for item in page.items if isinstance(item, GlyphRun)]
    middle = 90.0 if page.verso else 110.0
    columns = [[run for run in runs if (run.x > middle) is right] for right in (False, True)]
    last = [
        [run for run in column if run.y == min(it.y for it in column)]
        for column in columns
        if column
    ]
    return [any(not run.glyphs.text for run in line) for line in last]


@lru_cache(maxsize=8)
def hyphens_at_ends(across: str) -> tuple[int, int, int]:
    """Return how often a word is divided over two columns, two facing pages, and two spreads, for several heights."""
    settings = f"{{min-word: 4{across}}}"
    styles = (
        "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, align: justify,"
        f" widows: 1, orphans: 1, hyphenation: {settings}}}}}"
    )
    columns = facing = spreads = 0
    for height in HEIGHTS:
        frame = f'{{f: {{at: "margins, height {height} pt", columns: 2, story: s}}}}'
        placed = made(
            {"t": WORDS},
            pages=f"[{', '.join([f'{{frames: {frame}}}'] * 4)}]",
            stories="{s: {content: [{text: t}]}}",
            paragraph_styles=styles,
            binding="saddle-stitch",
        ).pages
        ends = [column_ends(page) for page in placed]
        columns += sum(end[0] for end in ends)
        facing += ends[1][-1]  # of page 2, beside page 3
        spreads += ends[0][-1] + ends[2][-1]
    return columns, facing, spreads


def test_by_default_words_are_divided_over_columns_but_not_over_pages() -> None:
    columns, facing, spreads = hyphens_at_ends("")
    assert columns > 0
    assert facing == spreads == 0
    assert hyphens_at_ends("") == hyphens_at_ends(", across: column")


@pytest.mark.parametrize(
    ("across", "expected"),
    [
        ("none", (False, False, False)),
        ("page", (True, True, False)),
        ("spread", (True, True, True)),
    ],
)
def test_limits_of_the_style(across: str, expected: tuple[bool, bool, bool]) -> None:
    assert tuple(count > 0 for count in hyphens_at_ends(f", across: {across}")) == expected
