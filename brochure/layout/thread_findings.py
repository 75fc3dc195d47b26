"""Findings on set threads: overset text, lines too wide, broken keep rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from brochure.findings import Finding, Severity
from brochure.layout.overset import OversetText
from brochure.layout.page_plan import PlannedFrame
from brochure.layout.threads import SetThread, Thread
from brochure.spec.model import Layout


def thread_findings(set_thread: SetThread) -> Iterator[Finding]:
    """Yield the findings on a set thread; overset text is reported for the thread's last frame."""
    empty_frames = list(_empty_frames(set_thread.thread))
    if empty_frames:
        yield from empty_frames
        return
    frame, page = set_thread.thread.frames[-1], set_thread.thread.pages[-1]
    for overflow in set_thread.flowed.overflows:
        if overflow.lines:
            yield _overset_finding(overflow, frame, page.number)
    pieces = [one for one in set_thread.flowed.overflows if not one.lines]
    if pieces:
        yield _unfitting_finding(pieces, frame, page.number)
    for paragraph in set_thread.flowed.broken_keeps:
        message = f"message '{paragraph.key}': too few lines of a paragraph stay together at a column's edge"
        hint = (
            f"enlarge frame '{frame.name}' or its columns, or lower widows and orphans of the style"
        )
        span = paragraph.span or frame.spec.span
        yield Finding("keep-broken", message, span, hint, Severity.WARNING, page=page.number)
    for paragraph, points in set_thread.flowed.too_wide:
        message = (
            f"message '{paragraph.key}': a line is {points:.1f} pt wider than frame '{frame.name}'"
        )
        hint = "make the frame wider or the type smaller, or allow hyphenation in the style"
        span = paragraph.span or frame.spec.span
        yield Finding("line-too-wide", message, span, hint, page=page.number)


def unplaced_stories(layout: Layout, all_threads: Iterable[Thread]) -> Iterator[Finding]:
    """Yield a finding for each story that no frame refers to."""
    placed = {frame.story for thread in all_threads for frame in thread.frames}
    for name, story in layout.stories.items():
        if name not in placed:
            message = f"story '{name}' is not placed: no frame of any page refers to it"
            hint = f"add 'story: {name}' to a frame"
            yield Finding("story-unplaced", message, story.span, hint)


def _empty_frames(thread: Thread) -> Iterator[Finding]:
    """Yield a finding for each frame of negative size, or with no space between its insets and gutters."""
    for frame, page in zip(thread.frames, thread.pages, strict=True):
        width, height = frame.rect.width, frame.rect.height
        if thread.content:
            width = min(width, *(column.rect.width for column in frame.columns))
        if width < 0 or height < 0 or (thread.content and width == 0):
            message = (
                f"frame '{frame.name}' on page {page.number} has no space for content:"
                f" {width:.1f} x {height:.1f} pt are left"
            )
            hint = "check its position, its insets and the gutter between its columns"
            yield Finding("frame-empty", message, frame.spec.span, hint, page=page.number)


def _overset_finding(overflow: OversetText, frame: PlannedFrame, page: int) -> Finding:
    where = f"frame '{frame.name}' on page {page}"
    span = overflow.span or frame.spec.span
    lines = "1 line" if overflow.lines == 1 else f"{overflow.lines} lines"
    message = f"{where} overflows: message '{overflow.key}' is {lines}{_share(overflow)} too long"
    hint = f"{overflow.fits} of its {overflow.total} characters fit"
    return Finding("overflow", message, span, hint, page=page)


def _unfitting_finding(pieces: Sequence[OversetText], frame: PlannedFrame, page: int) -> Finding:
    """Return one finding for all pictures, charts and rows that do not fit; its place is that of the first."""
    where = f"frame '{frame.name}' on page {page}"
    first, count = pieces[0], len(pieces)
    if count == 1:
        message = f"{where} is too small: a picture, chart or row does not fit"
        hint = f"{first.lacks:.1f} pt of height are missing"
    else:
        message = f"{where} is too small: {count} pictures, charts or rows do not fit"
        hint = f"{first.lacks:.1f} pt of height are missing for the first; enlarge the frame, or continue in another one"
    return Finding("overflow", message, first.span or frame.spec.span, hint, page=page, count=count)


def _share(overflow: OversetText) -> str:
    """Return by how much the message exceeds what fits, in percent; empty if none of it fits."""
    if not overflow.fits:
        return ""
    over = 100 * (overflow.total - overflow.fits) / overflow.fits
    return f" ({over:.0f} %)"
