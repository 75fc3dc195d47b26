"""Which pages of an edition are approved, which must be looked at again, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from brochure.approval.approval_file import Approval, PageApproval
from brochure.approval.page_sources import PROGRAM, UNREADY, PageRecord
from brochure.fast_dataclass import dataclass

Sources = Mapping[str, str]

MAX_REASONS = 6
"""Reasons that are listed for one page."""


class PageState(Enum):
    """State of a page; the values are the words in reports and JSON."""

    APPROVED = "approved"
    CHANGED = "changed"
    NEW = "not approved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PageStatus:
    """A page with its state, and who approved it and when.

    `reasons` say what has changed since the approval: "message solution.train changed". `former` is the number under which the
    page was approved, if that is another one.
    """

    number: int
    label: str
    digest: str
    state: PageState
    by: str = ""
    date: str = ""
    reasons: tuple[str, ...] = ()
    former: int | None = None

    @property
    def must_be_seen(self) -> bool:
        """True if the page must be looked at."""
        return self.state is not PageState.APPROVED


def compare_with_approval(
    approval: Approval | None, records: Sequence[PageRecord]
) -> tuple[PageStatus, ...]:
    """Return the status of each page, and of approved pages that do not exist any more, in page order."""
    pages = approval.pages if approval else {}
    by_digest = {page.digest: number for number, page in sorted(pages.items(), reverse=True)}
    changed_anywhere = frozenset(_changed_sources(pages, records))
    current = [_status(one, pages, by_digest, changed_anywhere) for one in records]
    numbers = {one.number for one in records}
    moved = {one.former for one in current}
    removed = [
        PageStatus(
            number,
            "",
            page.digest,
            PageState.REMOVED,
            page.by,
            page.date,
            ("the page was removed",),
        )
        for number, page in sorted(pages.items())
        if number not in numbers | moved
    ]
    return (*current, *removed)


PageGroup = tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]
"""Page numbers, editions, and the reasons that these pages of these editions have in common."""


def group_by_reasons(statuses: Iterable[tuple[str, Sequence[PageStatus]]]) -> list[PageGroup]:
    """Group the pages that must be looked at again by their reasons: pages of one edition, then editions with the same pages.

    Pages that were never approved have no reasons and are left out.
    """
    groups: dict[tuple[tuple[int, ...], tuple[str, ...]], list[str]] = {}
    for edition, pages in statuses:
        by_reasons: dict[tuple[str, ...], list[int]] = {}
        for page in pages:
            if page.must_be_seen and page.reasons:
                by_reasons.setdefault(page.reasons, []).append(page.number)
        for reasons, numbers in by_reasons.items():
            groups.setdefault((tuple(numbers), reasons), []).append(edition)
    found = [(pages, tuple(editions), reasons) for (pages, reasons), editions in groups.items()]
    return sorted(found, key=lambda group: group[0])


def _status(
    record: PageRecord,
    pages: Mapping[int, PageApproval],
    by_digest: Mapping[str, int],
    changed_anywhere: frozenset[str],
) -> PageStatus:
    number, label, digest = record.number, record.label, record.digest
    same = pages.get(number)
    if same is None or same.digest != digest:
        former = by_digest.get(digest)
        if former is not None:
            page = pages[former]
            return PageStatus(
                number, label, digest, PageState.APPROVED, page.by, page.date, (), former
            )
    if same is None:
        return PageStatus(number, label, digest, PageState.NEW)
    if same.digest == digest:
        return PageStatus(number, label, digest, PageState.APPROVED, same.by, same.date)
    reasons = tuple(explain_change(same.sources, record.sources, changed_anywhere))
    return PageStatus(number, label, digest, PageState.CHANGED, same.by, same.date, reasons)


def _changed_sources(
    pages: Mapping[int, PageApproval], records: Iterable[PageRecord]
) -> Iterator[str]:
    """Yield the sources of all pages that have changed since the approval."""
    before: dict[str, set[str]] = {}
    for page in pages.values():
        for name, digest in page.sources.items():
            before.setdefault(name, set()).add(digest)
    for record in records:
        for name, digest in record.sources.items():
            if name != PROGRAM and name in before and digest not in before[name]:
                yield name


def explain_change(
    before: Sources, after: Sources, changed_anywhere: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield why a page has changed, most direct reasons first.

    Args:
        before: The sources of the approved page.
        after: Its sources now.
        changed_anywhere: Sources of any page of the edition that have changed: text before this page may have moved its own.
    """
    shared = [name for name in _in_order(before) if name in after and name != PROGRAM]
    unready = [name for name in _in_order(after) if name.startswith(UNREADY) and name not in before]
    found = [f"{name} changed" for name in shared if before[name] != after[name]]
    found += [f"{name} is missing or outdated" for name in unready]
    found += [f"{name} was added to the page" for name in _in_order(after) if _is_new(name, before)]
    found += [
        f"{name} was removed from the page" for name in _in_order(before) if _is_new(name, after)
    ]
    if not any(reason.endswith(" changed") for reason in found):
        elsewhere = sorted(name for name in changed_anywhere if name.startswith(FLOWING))
        found += [f"{name} changed on another page" for name in elsewhere]
    if not found:
        versions = before.get(PROGRAM, ""), after.get(PROGRAM, "")
        found.append(_explain_by_program(*versions))
    yield from found[:MAX_REASONS]
    if len(found) > MAX_REASONS:
        yield f"and {len(found) - MAX_REASONS} more"


KIND_ORDER = (
    *("message", "variable", "picture", "drawing", "data"),
    *("swatch", "style", "character", "font"),
)
"""The kinds of sources, those that say most about a change first."""
FLOWING = ("message", "variable", "data", "style", "frame", "story", "content")
"""Kinds of sources that may move text to another page."""
VISIBLE = ("message ", "picture ", "drawing ", "data ")
"""Kinds of sources that are named if they are added to a page or removed; styles and fonts come with messages."""


def _in_order(sources: Sources) -> list[str]:
    def rank(name: str) -> tuple[int, str]:
        kind = name.partition(" ")[0]
        return (KIND_ORDER.index(kind) if kind in KIND_ORDER else len(KIND_ORDER)), name

    return sorted(sources, key=rank)


def _is_new(name: str, others: Sources) -> bool:
    return name.startswith(VISIBLE) and name not in others


def _explain_by_program(before: str, after: str) -> str:
    if before and before != after:
        return f"brochure {after} places it differently than {before}"
    return "it is placed differently"
