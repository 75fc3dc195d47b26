"""Bookmarks: the headings in the outline of the PDF."""

from brochure.model.display_list import Bookmark
from tests.layout.pages import pages

WORDS = {"a": "Alpha", "b": "Beta *and* more\\\nlines", "c": "Gamma", "d": "Delta"}


def outline(content: str, *more: str) -> list[tuple[str, int]]:
    written = ", ".join(
        f"{{frames: {{f: {{at: margins, content: {one}}}}}}}" for one in (content, *more)
    )
    made = pages(WORDS, pages=f"[{written}]")
    return [
        (item.title, item.level)
        for page in made
        for item in page.items
        if isinstance(item, Bookmark)
    ]


def test_headings_are_nested_by_their_levels() -> None:
    content = "[{title: a}, {heading: b, level: 2}, {heading: c, level: 3}, {heading: d, level: 2}]"
    assert outline(content) == [
        ("Alpha", 1),
        ("Beta and more lines", 2),
        ("Gamma", 3),
        ("Delta", 2),
    ]


def test_no_level_is_skipped() -> None:
    content = "[{heading: a, level: 3}, {heading: b, level: 5}, {heading: c, level: 6}, {heading: d, level: 1}]"
    assert [level for _, level in outline(content)] == [1, 2, 3, 1]


def test_levels_continue_from_page_to_page() -> None:
    assert [
        level
        for _, level in outline("{title: a}", "{heading: b, level: 4}", "{heading: c, level: 4}")
    ] == [1, 2, 2]


def test_a_bookmark_shows_the_whole_first_line() -> None:
    made = pages(
        WORDS,
        pages="[{frames: {f: {at: margins, content: {title: a}}}}]",
        paragraph_styles="{body: {size: 10 pt, leading: 12 pt}}",
    )
    (mark,) = [item for item in made[0].items if isinstance(item, Bookmark)]
    # Title: 34 pt on 39.1 (3.4 and 1.15 × 3.4 of the body). Its baseline is 34 × 0.67 below the top of the type area at 280.
    assert round(mark.y, 3) == round(280 - 34 * 0.67 + 34 * 1.15, 3)


def test_text_and_subtitles_are_not_included() -> None:
    assert outline("[{subtitle: a}, {text: b}]") == []


def test_headings_in_a_box_are_included() -> None:
    content = "[{title: a}, {box: [{heading: b, level: 2}, {text: c}, {heading: d, level: 3}]}]"
    assert outline(content) == [("Alpha", 1), ("Beta and more lines", 2), ("Delta", 3)]


def test_a_bookmark_in_a_box_shows_its_line() -> None:
    frames = "{f: {at: margins, content: {box: [{text: c}, {heading: a, level: 2, style: head}], inset: 5 pt}}}"
    made = pages(WORDS, pages=f"[{{frames: {frames}}}]")
    (mark,) = [item for item in made[0].items if isinstance(item, Bookmark)]
    # The first baseline: 280 - 5 - 6.7 = 268.3; that of the heading, in 10 pt on 12, is 12 lower; the top of its line is 12 above
    # that.
    assert round(mark.y, 3) == 268.3
