"""Heading levels without gaps, as PDF/UA-1, 7.4.2 requires.

Each heading is at most one level below the heading above it; headings of one level under the same parent keep one level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from brochure.model.display_list import Bookmark, Item, Page, Tag

MAX_LEVEL = 6
"""PDF has the heading types H1 to H6."""


def normalize_levels(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with heading levels without gaps, in the structure tree and in the bookmarks."""
    levels = {number: level for page in pages for number, level in _headings(page.items)}
    order = sorted(levels)
    depths = dict(zip(order, _depths(levels[number] for number in order), strict=True))
    marks = _normalized_bookmarks(pages)
    if depths == levels and marks == [_bookmarks(page) for page in pages]:
        return tuple(pages)
    return tuple(
        replace(page, items=tuple(_relevel(page.items, depths, marks[index])))
        for index, page in enumerate(pages)
    )


def _headings(items: Iterable[Item]) -> Iterator[tuple[int, int]]:
    """Yield the element number of each heading and the level in its structure type."""
    # By identity: to hash a tag takes longer, and most items share that of their paragraph.
    for tag in {id(item.tag): item.tag for item in items}.values():
        for role, number in tag.path:
            if level := _level(role):
                yield number, level


def _level(role: str) -> int:
    return int(role[1:]) if role[:1] == "H" and role[1:].isdigit() else 0


def _depths(levels: Iterable[int]) -> Iterator[int]:
    """Yield the normalized level of each heading: one below the nearest preceding heading of a higher level."""
    ancestors: list[int] = []
    for level in levels:
        while ancestors and ancestors[-1] >= level:
            ancestors.pop()
        ancestors.append(level)
        yield min(len(ancestors), MAX_LEVEL)


def _normalized_bookmarks(pages: Iterable[Page]) -> list[list[Bookmark]]:
    """Return each page's bookmarks in reading order, with normalized levels."""
    by_page = [sorted(_bookmarks(page), key=_reading_position) for page in pages]
    depths = _depths(mark.level for marks in by_page for mark in marks)
    return [[replace(mark, level=next(depths)) for mark in marks] for marks in by_page]


def _bookmarks(page: Page) -> list[Bookmark]:
    return [item for item in page.items if isinstance(item, Bookmark)]


def _reading_position(mark: Bookmark) -> int:
    return mark.tag.path[-1][1] if mark.tag.path else 0


def _relevel(
    items: Iterable[Item], depths: Mapping[int, int], marks: Sequence[Bookmark]
) -> Iterator[Item]:
    following = iter(marks)
    known: dict[int, Tag] = {}
    for item in items:
        at = id(item.tag)
        if at not in known:
            known[at] = _relevel_tag(item.tag, depths)
        tag = known[at]
        if isinstance(item, Bookmark):
            mark = next(following)
            yield replace(mark, tag=_relevel_tag(mark.tag, depths))
        else:
            yield item if tag is item.tag else replace(item, tag=tag)


def _relevel_tag(tag: Tag, depths: Mapping[int, int]) -> Tag:
    """Return the tag with normalized heading levels on its path; the same object if nothing changes."""
    path = tuple(
        (f"H{depths[number]}" if number in depths else role, number) for role, number in tag.path
    )
    return tag if path == tag.path else replace(tag, path=path)
