"""Print a comparison as text, or return it as JSON data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from brochure.cli._output import as_data, counted, echo
from brochure.cli.status import list_numbers, say_pages_to_see, status_as_data
from brochure.compare.changes import Change, ChangeKind, Comparison, Mark
from brochure.compare.edition_status import EditionStatus
from brochure.compare.page_alignment import PagePair
from brochure.compare.words import excerpt_difference
from brochure.findings import Finding

TITLES = {
    ChangeKind.PAGES: "pages",
    ChangeKind.WORDS: "words",
    ChangeKind.LINES: "lines re-broken without changed words",
    ChangeKind.MOVED: "moved",
    ChangeKind.PICTURES: "pictures",
    ChangeKind.INKS: "inks and colours",
    ChangeKind.STYLES: "styles",
    ChangeKind.SHAPES: "areas, lines and drawings",
    ChangeKind.LINKS: "links",
    ChangeKind.OTHER: "other",
}


def say_comparison(found: Comparison, to_see: Sequence[EditionStatus]) -> None:
    """Print which pages are identical, all changes by kind, and the approved pages that must be looked at again."""
    echo(f"before: {found.before.name}, {counted(len(found.before.pages), 'page')}")
    echo(f"after:  {found.after.name}, {counted(len(found.after.pages), 'page')}")
    echo(describe_pages(found))
    for kind, title in TITLES.items():
        changes = found.select(kind)
        if changes:
            echo("")
            echo(f"{title}:")
        for change in changes:
            echo(f"  {describe_places(change)}: {describe(change)}")
    changed = [one for one in to_see if one.findings or one.to_see]
    if changed:
        echo("")
        echo("approved pages that must be looked at again:")
        say_pages_to_see(changed)


def describe_pages(found: Comparison) -> str:
    """Return which pages are identical and which differ: `identical: 1-3, 5; changed: 4`."""
    if found.is_identical:
        return "identical"
    parts = [
        ("identical", [pair.after for pair in found.pairs if pair.is_identical and pair.after]),
        ("changed", [pair.after for pair in found.pairs if _is_changed(pair) and pair.after]),
        ("added", [pair.after for pair in found.pairs if pair.before is None and pair.after]),
        ("removed", [pair.before for pair in found.pairs if pair.after is None and pair.before]),
    ]
    return "; ".join(f"{word}: {list_numbers(numbers)}" for word, numbers in parts if numbers)


def _is_changed(pair: PagePair) -> bool:
    return pair.before is not None and pair.after is not None and not pair.is_identical


def describe_places(change: Change) -> str:
    """Return the pages of a change: `page 4`, or `page 4 (was 3)`."""
    after, before = change.pages_after, change.pages_before
    shown = after or before
    if not shown:
        return "all pages"
    words = f"page {shown[0]}" if len(shown) == 1 else f"pages {list_numbers(shown)}"
    return (
        words
        if not after or not before or after == before
        else f"{words} (was {list_numbers(before)})"
    )


def describe(change: Change) -> str:
    """Return a change in one line; of texts, the part that differs."""
    if change.kind is ChangeKind.WORDS:
        if change.before and change.after:
            old, new = excerpt_difference(change.before, change.after)
            return f"{change.subject}: {old} → {new}"
        return f"{change.subject} {change.message}: {_shorten(change.before or change.after)}"
    separator = "" if change.kind in (ChangeKind.PAGES, ChangeKind.MOVED) else ":"
    return f"{change.subject}{separator} {change.message}"


MAX_TEXT = 120


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_TEXT else f"{words[:MAX_TEXT].rstrip()}…"


# JSON


def comparison_as_data(
    found: Comparison, to_see: Iterable[EditionStatus], findings: Iterable[Finding]
) -> dict[str, Any]:
    """Return a comparison as JSON data."""
    return {
        "identical": found.is_identical,
        "before": {"name": found.before.name, "pages": len(found.before.pages)},
        "after": {"name": found.after.name, "pages": len(found.after.pages)},
        "pages": [
            {"before": pair.before, "after": pair.after, "identical": pair.is_identical}
            for pair in found.pairs
        ],
        "changes": [_change_as_data(change) for change in found.changes],
        "editions": [status_as_data(one) for one in to_see],
        "findings": [as_data(finding) for finding in findings],
    }


def _change_as_data(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "subject": change.subject,
        "key": change.key or None,
        "message": change.message,
        "before": change.before or None,
        "after": change.after or None,
        "places": [_mark_as_data(mark) for mark in change.marks],
    }


def _mark_as_data(mark: Mark) -> dict[str, Any]:
    rect = mark.rect
    return {
        "side": "after" if mark.is_after else "before",
        "page": mark.page,
        "rect": [round(part, 2) for part in (rect.x, rect.y, rect.width, rect.height)],
    }
