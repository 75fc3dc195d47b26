"""Changes of pictures, shapes, links and of the pages themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from brochure.compare.changes import Change, ChangeKind, Mark
from brochure.compare.contents import Contents, PageContents, PlacedPicture, PlacedShape
from brochure.compare.page_alignment import PagePair
from brochure.compare.text_changes import TOLERANCE, describe_move
from brochure.geometry import Rect

Placed = TypeVar("Placed", PlacedPicture, PlacedShape)

ROUNDING = 0.05
"""Rectangles whose sides differ by less are at the same place, in points."""


def compare_objects(
    before: Contents, after: Contents, pairs: Sequence[PagePair]
) -> Iterator[Change]:
    """Yield the changes of everything except text, page by page."""
    old = {page.number: page for page in before.pages}
    new = {page.number: page for page in after.pages}
    for pair in pairs:
        first = old.get(pair.before) if pair.before else None
        second = new.get(pair.after) if pair.after else None
        if first and second:
            yield from _compare_pages(first, second)
        elif first or second:
            yield _added_or_removed_page(first, second)
    yield from _compare_inks(before, after)


def _added_or_removed_page(first: PageContents | None, second: PageContents | None) -> Change:
    page = second or first
    assert page
    mark = Mark(second is not None, page.number, Rect(0, 0, page.width, page.height))
    word = "added" if second else "removed"
    return Change(ChangeKind.PAGES, f"page {page.number}", word, marks=(mark,))


def _compare_pages(first: PageContents, second: PageContents) -> Iterator[Change]:
    if first.digest == second.digest:
        return
    yield from _compare_setup(first, second)
    yield from _compare_pictures(first, second)
    yield from _compare_shapes(first, second)
    yield from _compare_links(first, second)


def _compare_setup(first: PageContents, second: PageContents) -> Iterator[Change]:
    marks = _both(first.number, _whole(first), second.number, _whole(second))
    sizes = [f"{page.width:.2f} x {page.height:.2f} pt" for page in (first, second)]
    values = [("size", *sizes)]
    after = dict(second.setup)
    values += [(name, value, after.get(name, "")) for name, value in first.setup]
    for name, before, now in values:
        if before != now:
            subject = f"page {second.number}"
            yield Change(ChangeKind.PAGES, subject, f"{name}: {before} → {now}", before, now, marks)


def _whole(page: PageContents) -> Rect:
    return Rect(0, 0, page.width, page.height)


def _both(before: int, old: Rect, after: int, new: Rect) -> tuple[Mark, ...]:
    return Mark(False, before, old), Mark(True, after, new)  # noqa: FBT003  # the side


# Pairs


def _take_pairs(
    left: list[Placed], right: list[Placed], is_pair: Callable[[Placed, Placed], bool]
) -> Iterator[tuple[Placed, Placed]]:
    """Yield pairs of objects, and remove them from both lists."""
    at = 0
    while at < len(left):
        old = left[at]
        other = _find(right, old, is_pair)
        if other is None:
            at += 1
        else:
            del left[at]
            yield old, right.pop(other)


def _find(
    right: list[Placed], old: Placed, is_pair: Callable[[Placed, Placed], bool]
) -> int | None:
    for at, new in enumerate(right):
        if is_pair(old, new):
            return at
    return None


def _is_same_rect(first: Rect, second: Rect) -> bool:
    return all(
        abs(a - b) < ROUNDING
        for a, b in (
            (first.x, second.x),
            (first.y, second.y),
            (first.width, second.width),
            (first.height, second.height),
        )
    )


def _without_same(
    first: Iterable[Placed], second: Iterable[Placed], identity: Callable[[Placed], object]
) -> tuple[list[Placed], list[Placed]]:
    """Return the objects of both sides without those that are the same at the same place; in linear time."""
    waiting: dict[object, list[Placed]] = {}
    for one in second:
        waiting.setdefault(identity(one), []).append(one)
    left = []
    for one in first:
        same = waiting.get(identity(one))
        if same:
            same.pop()
        else:
            left.append(one)
    return left, [one for rest in waiting.values() for one in rest]


def _rounded(rect: Rect) -> tuple[float, ...]:
    return round(rect.x, 1), round(rect.y, 1), round(rect.width, 1), round(rect.height, 1)


MAX_PAIRED = 400
"""Changed objects of one kind on a page that are paired; more are only counted."""


# Pictures


def _compare_pictures(first: PageContents, second: PageContents) -> Iterator[Change]:
    left, right = _without_same(
        first.pictures, second.pictures, lambda one: (one.digest, one.name, _rounded(one.rect))
    )
    if max(len(left), len(right)) > MAX_PAIRED:
        yield _counted(ChangeKind.PICTURES, "pictures", (first, left), (second, right))
        return
    for old, new in _take_pairs(
        left, right, lambda a, b: a.digest == b.digest and _is_same_rect(a.rect, b.rect)
    ):
        if old.name != new.name:
            yield _picture(old, new, "renamed")
    for old, new in _take_pairs(left, right, lambda a, b: a.digest == b.digest):
        yield _picture(old, new, describe_rect_change(old.rect, new.rect))
    for old, new in _take_pairs(left, right, lambda a, b: a.name == b.name):
        moved = (
            ""
            if _is_same_rect(old.rect, new.rect)
            else f", {describe_rect_change(old.rect, new.rect)}"
        )
        yield _picture(old, new, f"its file was changed{moved}")
    for old, new in _take_pairs(left, right, lambda a, b: a.rect.overlaps(b.rect)):
        yield _picture(old, new, f"replaced by {new.name}")
    for old in left:
        yield _one_side(ChangeKind.PICTURES, old, "removed", is_after=False)
    for new in right:
        yield _one_side(ChangeKind.PICTURES, new, "added", is_after=True)


def _picture(old: PlacedPicture, new: PlacedPicture, message: str) -> Change:
    marks = _both(old.page, old.rect, new.page, new.rect)
    return Change(ChangeKind.PICTURES, old.name, message, old.name, new.name, marks)


def _one_side(kind: ChangeKind, placed: Placed, message: str, *, is_after: bool) -> Change:
    mark = Mark(is_after, placed.page, placed.rect)
    before, after = ("", placed.name) if is_after else (placed.name, "")
    return Change(kind, placed.name, message, before, after, (mark,))


def describe_rect_change(old: Rect, new: Rect) -> str:
    """Return how a rectangle changed: `moved 3 mm down`, `resized from 40 x 30 mm to 50 x 30 mm`."""
    parts = []
    if abs(old.width - new.width) > TOLERANCE or abs(old.height - new.height) > TOLERANCE:
        parts.append(f"resized from {_format_size(old)} to {_format_size(new)}")
        dx, dy = new.centre.x - old.centre.x, new.centre.y - old.centre.y
    else:
        dx, dy = new.x - old.x, new.y - old.y
    if not parts and max(abs(dx), abs(dy)) > TOLERANCE:
        parts.append(describe_move((dx, dy)))
    return ", ".join(parts) or "cropped differently"


def _format_size(rect: Rect) -> str:
    return f"{rect.width / 72 * 25.4:.1f} x {rect.height / 72 * 25.4:.1f} mm"


def _counted(
    kind: ChangeKind,
    subject: str,
    first: tuple[PageContents, Sequence[Placed]],
    second: tuple[PageContents, Sequence[Placed]],
) -> Change:
    message = f"{len(first[1])} removed, {len(second[1])} added"
    marks = _both(first[0].number, _whole(first[0]), second[0].number, _whole(second[0]))
    return Change(kind, subject, message, marks=marks)


# Shapes


def _compare_shapes(first: PageContents, second: PageContents) -> Iterator[Change]:
    left, right = _without_same(
        first.shapes, second.shapes, lambda one: (one.digest, one.colours, _rounded(one.rect))
    )
    if max(len(left), len(right)) > MAX_PAIRED:
        yield _counted(ChangeKind.SHAPES, "shapes", (first, left), (second, right))
        return
    for old, new in _take_pairs(
        left, right, lambda a, b: a.digest == b.digest and _is_same_rect(a.rect, b.rect)
    ):
        if old.colours != new.colours:
            yield _recoloured(old, new)
    moved: list[tuple[PlacedShape, PlacedShape]] = []
    for old, new in _take_pairs(
        left, right, lambda a, b: a.digest == b.digest and a.colours == b.colours
    ):
        moved.append((old, new))
    yield from _report_moves(moved)
    for old, new in _take_pairs(
        left, right, lambda a, b: a.name == b.name and a.rect.overlaps(b.rect)
    ):
        change = describe_rect_change(old.rect, new.rect)
        yield _shape(
            ChangeKind.SHAPES, old, new, "redrawn" if change.startswith("cropped") else change
        )
        if old.colours != new.colours:
            yield _recoloured(old, new)
    for old in left:
        yield _one_side(ChangeKind.SHAPES, old, "removed", is_after=False)
    for new in right:
        yield _one_side(ChangeKind.SHAPES, new, "added", is_after=True)


def _report_moves(moved: Iterable[tuple[PlacedShape, PlacedShape]]) -> Iterator[Change]:
    """Yield one change for all shapes of a kind that moved together."""
    groups: dict[tuple[str, str], list[Mark]] = {}
    for old, new in moved:
        key = old.name, describe_rect_change(old.rect, new.rect)
        groups.setdefault(key, []).extend(_both(old.page, old.rect, new.page, new.rect))
    for (name, message), marks in groups.items():
        count = len(marks) // 2
        subject = name if count == 1 else f"{count} {name}s"
        yield Change(ChangeKind.MOVED, subject, message, marks=tuple(marks))


def _shape(kind: ChangeKind, old: PlacedShape, new: PlacedShape, message: str) -> Change:
    return Change(kind, old.name, message, marks=_both(old.page, old.rect, new.page, new.rect))


def _recoloured(old: PlacedShape, new: PlacedShape) -> Change:
    gone = [one for one in old.colours if one not in new.colours] or [*old.colours]
    came = [one for one in new.colours if one not in old.colours] or [*new.colours]
    before, after = "; ".join(gone), "; ".join(came)
    marks = _both(old.page, old.rect, new.page, new.rect)
    return Change(ChangeKind.INKS, old.name, f"{before} → {after}", before, after, marks)


# Links and inks


def _compare_links(first: PageContents, second: PageContents) -> Iterator[Change]:
    marks = _both(first.number, _whole(first), second.number, _whole(second))
    gone = [one for one in first.links if one not in second.links]
    came = [one for one in second.links if one not in first.links]
    for at in range(max(len(gone), len(came))):
        before = gone[at] if at < len(gone) else ""
        after = came[at] if at < len(came) else ""
        message = "changed" if before and after else "added" if after else "removed"
        yield Change(ChangeKind.LINKS, after or before, message, before, after, marks)


def _compare_inks(before: Contents, after: Contents) -> Iterator[Change]:
    """Yield the inks that the whole brochure needs on one side only."""
    old, new = (
        frozenset[str]().union(*(page.inks for page in one.pages)) for one in (before, after)
    )
    for ink in sorted(new - old):
        marks = tuple(_ink_marks(after, ink, is_after=True))
        yield Change(ChangeKind.INKS, f"ink {ink}", "a new plate", "", ink, marks)
    for ink in sorted(old - new):
        marks = tuple(_ink_marks(before, ink, is_after=False))
        message = "the plate is not needed any more"
        yield Change(ChangeKind.INKS, f"ink {ink}", message, ink, "", marks)


def _ink_marks(contents: Contents, ink: str, *, is_after: bool) -> Iterator[Mark]:
    for page in contents.pages:
        if ink in page.inks:
            yield Mark(is_after, page.number, _whole(page))
