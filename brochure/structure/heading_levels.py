"""Reading: the levels of headings as they are read, none left out on the way down.

Takes placed pages whose headings have the levels that the layout gives them; gives the pages with levels that go down one at
a time (PDF/UA-1, 7.4.2): headings of one level stay alike below the same heading above them. Stands at the end of make-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from brochure.model.display_list import Bookmark, Item, Page, Tag

DEEPEST = 6
"""H6 is the last heading that PDF knows."""


def normalize_levels(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with headings that leave out no level: in the structure, in the order of reading, and in the outline."""
    written = {number: level for page in pages for number, level in _headings(page.items)}
    order = sorted(written)
    depths = dict(zip(order, _depths(written[number] for number in order), strict=True))
    marks = _marks(pages)
    return tuple(
        replace(page, items=tuple(_levelled(page.items, depths, marks[at])))
        for at, page in enumerate(pages)
    )


def _headings(items: Iterable[Item]) -> Iterator[tuple[int, int]]:
    """Every heading's number, with the level in its role."""
    for tag in dict.fromkeys(item.tag for item in items):
        for role, number in tag.path:
            if level := _level(role):
                yield number, level


def _level(role: str) -> int:
    return int(role[1:]) if role[:1] == "H" and role[1:].isdigit() else 0


def _depths(levels: Iterable[int]) -> Iterator[int]:
    """How deep each heading lies: one deeper than the nearest one before it that is above it."""
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield min(len(above), DEEPEST)


def _marks(pages: Iterable[Page]) -> list[list[Bookmark]]:
    """Each page's entries of the outline in the order of reading, with their depths."""
    found = [sorted(_bookmarks(page), key=_turn) for page in pages]
    depths = _depths(mark.level for marks in found for mark in marks)
    return [[replace(mark, level=next(depths)) for mark in marks] for marks in found]


def _bookmarks(page: Page) -> list[Bookmark]:
    return [item for item in page.items if isinstance(item, Bookmark)]


def _turn(mark: Bookmark) -> int:
    return mark.tag.path[-1][1] if mark.tag.path else 0


def _levelled(
    items: Iterable[Item], depths: Mapping[int, int], marks: Sequence[Bookmark]
) -> Iterator[Item]:
    following = iter(marks)
    known: dict[Tag, Tag] = {}
    for item in items:
        if item.tag not in known:
            known[item.tag] = _at_depth(item.tag, depths)
        tag = known[item.tag]
        if isinstance(item, Bookmark):
            mark = next(following)
            yield replace(mark, tag=_at_depth(mark.tag, depths))
        else:
            yield item if tag is item.tag else replace(item, tag=tag)


def _at_depth(tag: Tag, depths: Mapping[int, int]) -> Tag:
    """The tag with headings on its path at their depths; the same one where nothing changes."""
    path = tuple(
        (f"H{depths[number]}" if number in depths else role, number) for role, number in tag.path
    )
    return tag if path == tag.path else replace(tag, path=path)
