"""Heading levels without gaps, in the structure tree and in the bookmarks."""

from __future__ import annotations

from brochure.model.display_list import Bookmark, Page, Tag
from brochure.structure.heading_levels import normalize_levels


def _page(number: int, *headings: tuple[int, int]) -> Page:
    """Return a page with the bookmarks of headings, each with its element's number and its level."""
    items = tuple(
        Bookmark(f"heading {at}", level, 0.0, Tag(((f"H{level}", at),))) for at, level in headings
    )
    return Page(number, str(number), 100.0, 100.0, 0.0, items)


def test_pages_whose_levels_have_no_gap_are_the_same_objects() -> None:
    pages = (_page(1, (1, 1), (2, 2)), _page(2, (3, 3), (4, 1)))
    done = normalize_levels(pages)
    assert all(after is before for after, before in zip(done, pages, strict=True))


def test_a_gap_is_closed_in_structure_and_bookmarks() -> None:
    done = normalize_levels((_page(1, (1, 1), (2, 3)), _page(2, (3, 4), (4, 2))))
    assert done == (_page(1, (1, 1), (2, 2)), _page(2, (3, 3), (4, 2)))


def test_bookmarks_in_another_order_than_they_are_read_are_put_in_reading_order() -> None:
    (done,) = normalize_levels((_page(1, (2, 2), (1, 1)),))
    assert [item.title for item in done.items if isinstance(item, Bookmark)] == [
        "heading 1",
        "heading 2",
    ]
