"""Reports: what there is to say about a thread that was set.

Takes a `SetThread`; gives findings: what does not fit, by how much, and how much of it would; lines that no break could make
narrow enough. Stands beside the pages, which are made whatever is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.findings import Finding, Severity
from brochure.layout.overset import OversetText
from brochure.layout.page_plan import PlannedFrame
from brochure.layout.threads import SetThread, Thread
from brochure.spec.model import Layout


def report(done: SetThread) -> Iterator[Finding]:
    """Everything that is wrong with a set thread; overflow is said of the frame in which the matter ran out."""
    without_room = list(_without_room(done.thread))
    if without_room:
        yield from without_room
        return
    frame, page = done.thread.frames[-1], done.thread.pages[-1]
    for overflow in done.flowed.overflows:
        yield _overflowing(overflow, frame, page.number)
    for matter in done.flowed.parted:
        message = f"message '{matter.key}': too few lines of a paragraph stand together at the edge of a column"
        hint = f"the column is short, or frame '{frame.name}' is full: make room, or lower widows and orphans"
        span = matter.span or frame.spec.span
        yield Finding("keep-broken", message, span, hint, Severity.WARNING, page=page.number)
    for matter, points in done.flowed.too_wide:
        message = (
            f"message '{matter.key}': a line is {points:.1f} pt wider than frame '{frame.name}'"
        )
        hint = "allow hyphenation, make the frame wider or the type smaller"
        span = matter.span or frame.spec.span
        yield Finding("line-too-wide", message, span, hint, page=page.number)


def unplaced(layout: Layout, running: Iterable[Thread]) -> Iterator[Finding]:
    """Stories that no frame of any page takes up: their words would be missing."""
    placed = {frame.story for thread in running for frame in thread.frames}
    for name, story in layout.stories.items():
        if name not in placed:
            message = f"story '{name}' runs through no frame of any page"
            hint = f"let a frame say 'story: {name}'"
            yield Finding("story-unplaced", message, story.span, hint)


def _without_room(thread: Thread) -> Iterator[Finding]:
    """Frames whose edges lie the wrong way round, or whose insets and gutters leave nothing for their matter."""
    for frame, page in zip(thread.frames, thread.pages, strict=True):
        width, height = frame.rect.width, frame.rect.height
        if thread.content:
            width = min(width, *(column.rect.width for column in frame.columns))
        if width < 0 or height < 0 or (thread.content and width == 0):
            message = (
                f"frame '{frame.name}' on page {page.number} has no room:"
                f" {width:.1f} x {height:.1f} pt are left of it"
            )
            hint = "look at its place, its insets and the gutters between its columns"
            yield Finding("frame-empty", message, frame.spec.span, hint, page=page.number)


def _overflowing(overflow: OversetText, frame: PlannedFrame, page: int) -> Finding:
    where = f"frame '{frame.name}' on page {page}"
    span = overflow.span or frame.spec.span
    if not overflow.lines:
        message = f"{where} is too small: a figure or row does not fit"
        hint = f"it lacks {overflow.lacks:.1f} pt of height"
        return Finding("overflow", message, span, hint, page=page)
    lines = "1 line" if overflow.lines == 1 else f"{overflow.lines} lines"
    message = f"{where} overflows: message '{overflow.key}' is {lines}{_share(overflow)} too long"
    hint = f"{overflow.fits} of its {overflow.total} characters fit"
    return Finding("overflow", message, span, hint, page=page)


def _share(overflow: OversetText) -> str:
    """By how many per cent of what fits the message is too long; nothing where none of it fits."""
    if not overflow.fits:
        return ""
    over = 100 * (overflow.total - overflow.fits) / overflow.fits
    return f" ({over:.0f} %)"
