"""Compare two brochures."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.compare.changes import Change, ChangeKind, Comparison, Mark
from brochure.compare.contents import Contents
from brochure.compare.object_changes import compare_objects
from brochure.compare.page_alignment import PagePair, align_pages
from brochure.compare.text_changes import compare_text
from brochure.geometry import Rect

ORDER = {kind: at for at, kind in enumerate(ChangeKind)}


def compare(before: Contents, after: Contents) -> Comparison:
    """Return the comparison of two brochures: the pairs of their pages, and all changes."""
    pairs = align_pages(before, after)
    changes = [*compare_objects(before, after, pairs), *compare_text(before, after, pairs)]
    changes = [*changes, *_unexplained(before, after, pairs, changes)]
    return Comparison(before, after, pairs, tuple(sorted(changes, key=_position)))


def _position(change: Change) -> tuple[int, int, int]:
    pages = change.pages_after or change.pages_before or (0,)
    top = max((mark.rect.top for mark in change.marks), default=0.0)
    return ORDER[change.kind], pages[0], -round(top)


def _unexplained(
    before: Contents, after: Contents, pairs: Sequence[PagePair], changes: Sequence[Change]
) -> list[Change]:
    """Return a change for each pair of pages that differ without a change of another kind."""
    old = {page.number: page for page in before.pages}
    new = {page.number: page for page in after.pages}
    seen_old = {number for change in changes for number in change.pages_before}
    seen_new = {number for change in changes for number in change.pages_after}
    found = []
    for pair in pairs:
        if pair.is_identical or pair.before is None or pair.after is None:
            continue
        if pair.before in seen_old or pair.after in seen_new:
            continue
        first, second = old[pair.before], new[pair.after]
        marks = (
            Mark(is_after=False, page=pair.before, rect=Rect(0, 0, first.width, first.height)),
            Mark(is_after=True, page=pair.after, rect=Rect(0, 0, second.width, second.height)),
        )
        message = "differs in details: a shade, the spacing of letters, the structure for screen readers, or a part of a picture"
        found.append(Change(ChangeKind.OTHER, f"page {pair.after}", message, marks=marks))
    return found
