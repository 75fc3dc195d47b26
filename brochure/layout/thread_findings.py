"""Findings on set threads: overset text, lines too wide, broken keep rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from brochure.findings import Finding, Severity
from brochure.layout.line_slots import SLACK
from brochure.layout.loose_spaces import report_stretched
from brochure.layout.overset import OversetText
from brochure.layout.page_plan import PlannedFrame, PlannedPage
from brochure.layout.threads import SetThread, Thread
from brochure.model.galley import GalleyBox, GalleyParagraph
from brochure.spec.model import Layout


def thread_findings(set_thread: SetThread) -> Iterator[Finding]:
    """Yield the findings on a set thread; overset text is reported for the thread's last frame."""
    empty_frames = list(_empty_frames(set_thread.thread))
    if empty_frames:
        yield from empty_frames
        return
    frame, page = set_thread.thread.frames[-1], set_thread.thread.pages[-1]
    flowed = set_thread.flowed
    texts = [overflow for overflow in flowed.overflows if overflow.lines]
    yield from _overset_boxes([each for each in flowed.overflows if not each.lines], frame, page)
    for overflow in texts:
        yield _overset_text(overflow, frame, page.number)
    yield from _tall_notes(set_thread, frame)
    yield from _broken_keeps(flowed.broken_keeps, frame, page.number)
    yield from _wide_lines(flowed.too_wide, frame, page.number)
    yield from _wide_boxes(set_thread)
    if not flowed.overflows:  # copy that is too long is edited first
        yield from report_stretched(flowed.stretched, frame.name, page.number)


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


def _overset_boxes(
    boxes: Sequence[OversetText], frame: PlannedFrame, page: PlannedPage
) -> Iterator[Finding]:
    """Yield one finding for all pictures, charts and rows of a thread that do not fit."""
    if not boxes:
        return
    count, lacks = len(boxes), max(box.lacks for box in boxes)
    several = f"{count:,} pictures, charts or rows do not fit"
    missing = "a picture, chart or row does not fit" if count == 1 else several
    message = f"frame '{frame.name}' on page {page.number} is too small: {missing}"
    hint = f"{lacks:.1f} pt of height are missing" + (" for the tallest" if count > 1 else "")
    span = boxes[0].span or frame.spec.span
    yield Finding("overflow", message, span, hint, page=page.number, count=count)


def _overset_text(overflow: OversetText, frame: PlannedFrame, page: int) -> Finding:
    span = overflow.span or frame.spec.span
    lines = "1 line" if overflow.lines == 1 else f"{overflow.lines} lines"
    message = (
        f"frame '{frame.name}' on page {page} overflows:"
        f" {_name(overflow.key)} is {lines}{_share(overflow)} too long"
    )
    hint = f"{overflow.fits} of its {overflow.total} characters fit"
    return Finding("overflow", message, span, hint, page=page)


def _tall_notes(set_thread: SetThread, frame: PlannedFrame) -> Iterator[Finding]:
    """Yield a finding for each note that is too long for the foot of any column."""
    for one in set_thread.notes:
        if one.lacks:
            page = set_thread.thread.pages[-1].number
            message = f"frame '{frame.name}' on page {page}: the note '{one.note.key}' is too long for the foot of a column"
            hint = f"{one.lacks:.1f} pt of height are missing: shorten it, enlarge the frame, or set the notes at the end"
            yield Finding("note-tall", message, one.note.span, hint, page=page)


def _broken_keeps(
    paragraphs: Sequence[GalleyParagraph], frame: PlannedFrame, page: int
) -> Iterator[Finding]:
    """Yield a finding for each message with paragraphs whose lines were separated."""
    for key, count in Counter(paragraph.key for paragraph in paragraphs).items():
        paragraph = next(one for one in paragraphs if one.key == key)
        where = "a paragraph" if count == 1 else f"{count} paragraphs"
        message = f"{_name(key)}: too few lines of {where} stay together at a column's edge"
        hint = (
            f"enlarge frame '{frame.name}' or its columns, or lower widows and orphans of the style"
        )
        span = paragraph.span or frame.spec.span
        yield Finding("keep-broken", message, span, hint, Severity.WARNING, page=page, count=count)


def _wide_lines(
    lines: Sequence[tuple[GalleyParagraph, float]], frame: PlannedFrame, page: int
) -> Iterator[Finding]:
    """Yield a finding for each message with lines that are too wide."""
    for key, count in Counter(paragraph.key for paragraph, _ in lines).items():
        of_key = [(paragraph, points) for paragraph, points in lines if paragraph.key == key]
        points = max(points for _, points in of_key)
        what = "a line is" if count == 1 else f"{count} paragraphs have lines up to"
        message = f"{_name(key)}: {what} {points:.1f} pt wider than frame '{frame.name}'"
        hint = "make the frame wider or the type smaller"
        if not all(paragraph.text.style.hyphenation.on for paragraph, _ in of_key):
            hint += ", or allow hyphenation in the style"
        span = of_key[0][0].span or frame.spec.span
        yield Finding("line-too-wide", message, span, hint, page=page, count=count)


def _wide_boxes(set_thread: SetThread) -> Iterator[Finding]:
    """Yield a finding for each frame whose blocks are wider than its columns, since they were set for wider ones."""
    thread = set_thread.thread
    full_width = thread.frames[0].columns[0].rect.width - SLACK
    places = [
        (frame, page, column.rect.width < full_width)
        for frame, page in zip(thread.frames, thread.pages, strict=True)
        for column in frame.columns
    ]
    wide: dict[str, list[tuple[GalleyBox, float, PlannedPage]]] = defaultdict(list)
    for box, excess, at in set_thread.flowed.wide_boxes:
        frame, page, is_narrow = places[at]
        if is_narrow or (box.spans and frame.inner.width < thread.frames[0].inner.width - SLACK):
            wide[frame.name].append((box, excess, page))
    for name, found in wide.items():
        count, points, page = len(found), max(excess for _, excess, _ in found), found[0][2]
        what = "a block is" if count == 1 else f"{count:,} blocks or rows of tables are up to"
        message = f"{what} {points:.1f} pt wider than frame '{name}' on page {page.number}"
        hint = (
            "a block is as wide as the first column of its story: make the columns equally wide,"
            " or place the block in a frame of its own"
        )
        span = next((box.span for box, _, _ in found if box.span), thread.frames[0].spec.span)
        yield Finding("block-too-wide", message, span, hint, page=page.number, count=count)


def _name(key: str) -> str:
    """Return how findings name a message; entries of a table of contents and folios have none."""
    return f"message '{key}'" if key else "a table of contents or a folio"


def _share(overflow: OversetText) -> str:
    """Return by how much the message exceeds what fits, in percent; empty if none of it fits."""
    if not overflow.fits:
        return ""
    over = 100 * (overflow.total - overflow.fits) / overflow.fits
    return f" ({over:.0f} %)"
