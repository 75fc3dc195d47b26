"""Threads: content and the chain of frames that it flows through.

A thread is a story with all frames that refer to it, or the blocks of a single frame. Frames with `auto-size` grow here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from itertools import count

from brochure.blocks import set_blocks
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.fonts.catalog import FontCatalog
from brochure.geometry import Rect
from brochure.l10n.edition import Edition
from brochure.l10n.story import InlineImage
from brochure.layout.column_feet import align_feet
from brochure.layout.flow import Flowed, flow, flow_above_notes
from brochure.layout.footnote_area import find_notes
from brochure.layout.footnotes import Footnotes, make_footnotes
from brochure.layout.line_slots import FrameColumn
from brochure.layout.page_plan import PlannedFrame, PlannedPage
from brochure.layout.thread_cache import (
    CachedThread,
    Reads,
    find_moved_spans,
    is_current,
    record_reads,
    replace_spans,
    thread_key,
)
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, spans_columns
from brochure.model.notes import NoteText
from brochure.spec.model import Content, Layout, Valign
from brochure.system.cache import VariantCache
from brochure.typeset.itemize import MissingGlyph
from brochure.typeset.style import InlineObject, ParagraphStyle

Place = tuple[int, int]
"""A frame by the index of its page and its index on the page."""


ELEMENT_STEP = 1 << 20
"""Step between the numbers of structure elements; the numbers between them are for the notes marked in an element."""

MAX_ELEMENTS = 1_000_000 * ELEMENT_STEP
"""Upper limit of the numbers in a thread; each thread numbers its elements from a multiple of it, in reading order."""


@dataclass(frozen=True)
class LayoutContext:
    """State of setting one edition: the fonts, the findings so far, and the cache of threads."""

    edition: Edition
    font_catalog: FontCatalog
    findings: list[Finding] = field(default_factory=list)
    missing: list[MissingGlyph] = field(default_factory=list)
    thread_cache: LayoutCache | None = None

    def cap_height(self, style: ParagraphStyle) -> float:
        """Return the cap height of a style, in points."""
        return self.font_catalog.face(style.type).cap_height * style.type.size

    def context(self, page: PlannedPage, measure: float, turn: int = 0) -> BlockContext:
        """Return the block context for a column of this page; `turn` is the thread's index in reading order."""
        scale = page.grid.scale.at(self.edition.styles.paragraphs["body"].type.size)
        return BlockContext(
            self.edition,
            self.font_catalog,
            measure,
            scale,
            folio=page.folio,
            page=page.number,
            outer_left=page.grid.outer_left,
            findings=self.findings,
            missing=self.missing,
            numbers=count(turn * MAX_ELEMENTS, ELEMENT_STEP),
            draw_image=_draw_image,
            turn=turn,
        )


def _draw_image(
    image: InlineImage, paint: Paint, context: BlockContext, span: Span | None
) -> InlineObject | None:
    # Imported here: only copy with pictures in its text needs it.
    from brochure.blocks._inline_image import draw_inline_image

    return draw_inline_image(image, paint, context, span)


@dataclass(frozen=True, slots=True)
class Thread:
    """Content and the frames it flows through; `pages` are those frames' pages, `turn` is its index in reading order."""

    content: Content
    places: tuple[Place, ...]
    frames: tuple[PlannedFrame, ...]
    pages: tuple[PlannedPage, ...]
    turn: int = 0

    @property
    def columns(self) -> tuple[FrameColumn, ...]:
        """All its columns, in order; made anew at each call."""
        return tuple(
            replace(column, page=page.number, spread=page.spread, frame=index)
            for index, (frame, page) in enumerate(zip(self.frames, self.pages, strict=True))
            for column in frame.columns
        )


@dataclass(frozen=True, slots=True)
class ThreadNote:
    """A note of a thread as it was set, and the page of its mark; 0 if the mark does not fit.

    `lacks` is the height that is missing for the note and a line of text even in a column of their own, in points.
    """

    note: NoteText
    page: int
    lacks: float = 0.0

    @property
    def mark(self) -> str:
        """Its mark."""
        return self.note.label.text


@dataclass(frozen=True, slots=True)
class SetThread:
    """A thread with its content set, the names of its styles, and those of styles whose lines are too loose.

    `notes` are those that are marked in it, in order.
    """

    thread: Thread
    flowed: Flowed
    styles: frozenset[str]
    loose: frozenset[str] = frozenset()
    notes: tuple[ThreadNote, ...] = ()


def threads(layout: Layout, pages: Sequence[PlannedPage]) -> tuple[Thread, ...]:
    """Return every thread of the layout, in the order in which they begin."""
    places_by_thread: dict[str | Place, list[Place]] = {}
    for at, page in enumerate(pages):
        for number, frame in enumerate(page.frames):
            place = (at, number)
            places_by_thread.setdefault(frame.story or place, []).append(place)
    unsorted_threads = [
        _thread(name, places, layout, pages) for name, places in places_by_thread.items()
    ]
    in_reading_order = sorted(
        unsorted_threads, key=lambda thread: (thread.places[0][0], thread.frames[0].turn)
    )
    turns = {thread.places[0]: turn for turn, thread in enumerate(in_reading_order)}
    return tuple(replace(thread, turn=turns[thread.places[0]]) for thread in unsorted_threads)


def _thread(
    name: str | Place, places: list[Place], layout: Layout, pages: Sequence[PlannedPage]
) -> Thread:
    frames = tuple(pages[at].frames[number] for at, number in places)
    content = layout.stories[name].content if isinstance(name, str) else frames[0].content
    return Thread(content, tuple(places), frames, tuple(pages[at] for at, _ in places))


LayoutCache = VariantCache[CachedThread[SetThread]]


def set_thread(work: LayoutContext, thread: Thread) -> SetThread:
    """Set the thread's content in its columns, growing its last frame if allowed; reuse a cached result if there is one."""
    if work.thread_cache is None:
        return _set_thread(work, thread)
    key = thread.places, work.edition.language
    cached = work.thread_cache.get(key, lambda one: is_current(one, thread, work.edition))
    done = _with_current_spans(cached, work.edition) if cached else None
    if cached is None or done is None:
        cached = _set_and_record(work, thread)
        work.thread_cache.put(key, cached)
        done = cached.done
    work.findings.extend(cached.findings)
    work.missing.extend(cached.missing)
    return done


def _set_and_record(work: LayoutContext, thread: Thread) -> CachedThread[SetThread]:
    """Set the thread; return it with what it read of the edition."""
    reads: Reads = {}
    inner = LayoutContext(record_reads(work.edition, reads), work.font_catalog)
    done = _set_thread(inner, thread)
    findings, missing = tuple(inner.findings), tuple(inner.missing)
    items = sum(map(len, done.flowed.items))
    return CachedThread(thread, thread_key(work.edition), reads, done, findings, missing, items)


def _with_current_spans(cached: CachedThread[SetThread], edition: Edition) -> SetThread | None:
    """Return the cached thread with current spans; None if it must be set again since its findings have spans too."""
    spans = find_moved_spans(cached.reads, edition)
    if not spans:
        return cached.done
    flowed = cached.done.flowed
    if cached.findings or cached.missing or flowed.too_wide or flowed.broken_keeps:
        return None
    items = tuple(tuple(replace_spans(item, spans) for item in column) for column in flowed.items)
    # Steps of copyfitting that are too large leave overset text.
    overflows = tuple(
        replace(overset, span=spans.get(overset.span, overset.span)) if overset.span else overset
        for overset in flowed.overflows
    )
    return replace(cached.done, flowed=replace(flowed, items=items, overflows=overflows))


def _set_thread(work: LayoutContext, thread: Thread) -> SetThread:
    context = thread_context(work, thread)
    galley = set_blocks(thread.content, context)
    notes = None
    if context.notes:
        place = thread.frames[0].spec.notes or work.edition.layout.notes.place
        notes = make_footnotes(context, place, work.cap_height)
    flowed = _flow_content(work, galley, thread, notes)
    if flowed.overflows:
        thread, flowed = _grow_last_frame(work, galley, thread, flowed, notes)
    marked = tuple(_find_pages(notes, thread, flowed)) if notes else ()
    loose = flowed.loose | context.loose
    return SetThread(thread, flowed, frozenset(context.used), loose, marked)


def _find_pages(notes: Footnotes, thread: Thread, flowed: Flowed) -> Iterator[ThreadNote]:
    """Yield the notes with the pages of their marks."""
    pages: dict[str, int] = {}
    columns = thread.columns
    for column, items in zip(columns, flowed.items, strict=True):
        for _, link in find_notes((0, item) for item in items):
            pages.setdefault(link, column.page)
    for note in notes.texts.values():
        page = pages.get(note.link, 0)
        yield ThreadNote(note, page, 0.0 if page else notes.lacks(note.link, columns))


def thread_context(work: LayoutContext, thread: Thread) -> BlockContext:
    """Return the context in which the blocks of a thread are set."""
    context = work.context(thread.pages[0], thread.frames[0].columns[0].rect.width, thread.turn)
    return replace(context, span_measure=thread.frames[0].inner.width)


def flow_extended(
    work: LayoutContext,
    galley: Galley,
    thread: Thread,
    extend: Callable[[FrameColumn], FrameColumn],
) -> tuple[Flowed, int]:
    """Flow the content with the last column of the thread extended.

    Returns:
        The content, and the index of the column that has the end of it among its items.
    """
    *before, last = thread.columns
    if not _has_spans(galley, thread):
        return flow(galley, (*before, extend(last)), work.cap_height), len(before)
    # Imported here, as below: most frames have no pieces that span their columns.
    from brochure.layout.spanning import flow_spanning, make_span_frames

    *others, frame = make_span_frames(thread.columns, thread.frames)
    extended = replace(frame, columns=(*frame.columns[:-1], extend(last)))
    first = len(thread.columns) - len(frame.columns)
    return flow_spanning(galley, [*others, extended], work.cap_height), first


def _has_spans(galley: Galley, thread: Thread) -> bool:
    return any(len(one.columns) > 1 for one in thread.frames) and any(map(spans_columns, galley))


def _flow_content(
    work: LayoutContext, galley: Galley, thread: Thread, notes: Footnotes | None
) -> Flowed:
    frame = thread.frames[0]
    balance = frame.spec.balance and len(thread.frames) == 1
    if _has_spans(galley, thread):
        return _merge_notes(_flow_spanning(work, galley, thread, notes, balance=balance))
    fitted: Callable[..., Flowed] = flow
    if balance:
        # Imported here: most frames are filled column by column.
        from brochure.layout.column_balance import balance_columns

        fitted = balance_columns
    flowed = fitted(galley, thread.columns, work.cap_height, notes)
    return _merge_notes(flowed if flowed.on_grid else _align_feet(flowed, thread))


def _flow_spanning(
    work: LayoutContext, galley: Galley, thread: Thread, notes: Footnotes | None, *, balance: bool
) -> Flowed:
    """Flow content with pieces that span columns; its notes are below all columns of their frame."""
    # Imported here: most frames have no pieces that span their columns.
    from brochure.layout.spanning import flow_spanning, make_span_frames

    def flow_into(columns: tuple[FrameColumn, ...]) -> Flowed:
        return flow_spanning(
            galley, make_span_frames(columns, thread.frames), work.cap_height, balance=balance
        )

    if notes is None or not notes.is_at_foot:
        return flow_into(thread.columns)
    return flow_above_notes(flow_into, thread.columns, notes)


def _merge_notes(flowed: Flowed) -> Flowed:
    """Return the content with the notes among the items of their columns, which are filled down to the last note."""
    if not any(flowed.notes):
        return flowed
    with_notes = list(zip(flowed.items, flowed.depths, flowed.notes, strict=True))
    return replace(
        flowed,
        items=tuple((*items, *(notes.items if notes else ())) for items, _, notes in with_notes),
        depths=tuple(notes.bottom if notes else depth for _, depth, notes in with_notes),
    )


def _align_feet(flowed: Flowed, thread: Thread) -> Flowed:
    """Return the content with the feet of the columns aligned in the frames that ask for it."""
    items, depths = list(flowed.items), list(flowed.depths)
    first = 0
    for frame in thread.frames:
        here = slice(first, first + len(frame.columns))
        if frame.spec.align_feet and len(frame.columns) > 1:
            items[here], depths[here] = align_feet(
                items[here], depths[here], flowed.parts[here], frame.columns, flowed.notes[here]
            )
        first += len(frame.columns)
    return replace(flowed, items=tuple(items), depths=tuple(depths))


# Auto-size


def _grow_last_frame(
    work: LayoutContext,
    galley: Galley,
    thread: Thread,
    flowed: Flowed,
    notes: Footnotes | None,
) -> tuple[Thread, Flowed]:
    """Grow the last frame step by step until the content fits or the limit is reached."""
    last = thread.frames[-1]
    if last.spec.auto_size is None:
        return thread, flowed
    limit = thread.pages[-1].grid.scale.points(last.spec.auto_size)
    step = last.columns[0].grid_step or 1.0
    by = 0.0
    while flowed.overflows and by < limit:
        by = min(limit, by + step)
        grown = replace(thread, frames=(*thread.frames[:-1], _grow_frame(last, by)))
        flowed = _flow_content(work, galley, grown, notes)
    return grown, flowed


def _grow_frame(frame: PlannedFrame, by: float) -> PlannedFrame:
    """Return the frame with its bottom lower, or its top higher if its content is aligned to the bottom."""
    up = frame.spec.valign is Valign.BOTTOM

    def grow(rect: Rect) -> Rect:
        return Rect(rect.x, rect.y - (0.0 if up else by), rect.width, rect.height + by)

    columns = tuple(replace(column, rect=grow(column.rect)) for column in frame.columns)
    return replace(frame, rect=grow(frame.rect), inner=grow(frame.inner), columns=columns)
