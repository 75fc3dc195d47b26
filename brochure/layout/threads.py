"""Threads: matter and the frames that it runs through, in order.

Takes the planned pages; gives `Thread`s (a story with all the frames that name it, or one frame's own blocks) and sets them:
`SetThread` is a thread's matter flowed into its columns. A frame that may grow has grown here where its matter asked
for it. Stands between the plan, which knows no type, and the pages, which are put together from set threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from itertools import count

from brochure.blocks import set_blocks
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.geometry import Rect
from brochure.l10n.edition import Edition
from brochure.layout.column_balance import balance_columns
from brochure.layout.flow import Flowed, flow
from brochure.layout.line_slots import FrameColumn
from brochure.layout.page_plan import PlannedFrame, PlannedPage
from brochure.layout.thread_cache import (
    CachedThread,
    Reads,
    ThreadCache,
    moved_spans,
    record_reads,
    replace_spans,
    thread_key,
)
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.model.missing_glyphs import MissingGlyph
from brochure.spec.model import Content, Layout, Valign
from brochure.typeset.style import ParagraphStyle

Place = tuple[int, int]
"""A frame by its page and its place among the page's frames, both from 0."""


ELEMENTS = 1_000_000
"""More elements than a thread has: each thread counts its own from a multiple of it, so that numbers grow as one reads."""


@dataclass(frozen=True)
class LayoutContext:
    """One make-up in hand: the edition, the fonts, what was found, and the threads that stand from before."""

    edition: Edition
    font_catalog: FontCatalog
    findings: list[Finding] = field(default_factory=list)
    missing: list[MissingGlyph] = field(default_factory=list)
    standing: Standing | None = None

    def cap_height(self, style: ParagraphStyle) -> float:
        """How high the first line of a column stands above its baseline, in points."""
        return self.font_catalog.face(style.type).cap_height * style.type.size

    def context(self, page: PlannedPage, measure: float, turn: int = 0) -> BlockContext:
        """A setter for a column of this page; `turn` is its thread's when the brochure is read."""
        scale = page.grid.scale.at(self.edition.styles.paragraphs["body"].type.size)
        return BlockContext(
            self.edition,
            self.font_catalog,
            measure,
            scale,
            folio=page.folio,
            findings=self.findings,
            missing=self.missing,
            numbers=count(turn * ELEMENTS),
        )


@dataclass(frozen=True, slots=True)
class Thread:
    """Blocks and the frames that they run through; `pages` are those frames' pages, `turn` is its place in reading."""

    content: Content
    places: tuple[Place, ...]
    frames: tuple[PlannedFrame, ...]
    pages: tuple[PlannedPage, ...]
    turn: int = 0

    @property
    def columns(self) -> tuple[FrameColumn, ...]:
        """All its columns, in order."""
        return tuple(column for frame in self.frames for column in frame.columns)


@dataclass(frozen=True, slots=True)
class SetThread:
    """A thread with its matter in place, the names of the styles that it was set in, and of those that are too loose."""

    thread: Thread
    flowed: Flowed
    styles: frozenset[str]
    loose: frozenset[str] = frozenset()


def threads(layout: Layout, pages: Sequence[PlannedPage]) -> tuple[Thread, ...]:
    """Every thread of the brochure, in the order in which they begin."""
    found: dict[str | Place, list[Place]] = {}
    for at, page in enumerate(pages):
        for number, frame in enumerate(page.frames):
            place = (at, number)
            found.setdefault(frame.story or place, []).append(place)
    begun = [_thread(name, places, layout, pages) for name, places in found.items()]
    read = sorted(begun, key=lambda thread: (thread.places[0][0], thread.frames[0].turn))
    turns = {thread.places[0]: turn for turn, thread in enumerate(read)}
    return tuple(replace(thread, turn=turns[thread.places[0]]) for thread in begun)


def _thread(
    name: str | Place, places: list[Place], layout: Layout, pages: Sequence[PlannedPage]
) -> Thread:
    frames = tuple(pages[at].frames[number] for at, number in places)
    content = layout.stories[name].content if isinstance(name, str) else frames[0].content
    return Thread(content, tuple(places), frames, tuple(pages[at] for at, _ in places))


Standing = ThreadCache[SetThread]


def set_thread(work: LayoutContext, thread: Thread) -> SetThread:
    """The thread's matter in its columns, in a grown frame where the layout lets it grow; taken over where it stands."""
    if work.standing is None:
        return _set(work, thread)
    stood = work.standing.of(thread.places, thread, work.edition)
    done = _taken(stood, work.edition) if stood else None
    if stood is None or done is None:
        stood = _stood(work, thread, work.standing)
        done = stood.done
    work.findings.extend(stood.findings)
    work.missing.extend(stood.missing)
    return done


def _stood(work: LayoutContext, thread: Thread, standing: Standing) -> CachedThread[SetThread]:
    """The thread set now and kept, with what it asked for."""
    reads: Reads = {}
    inner = LayoutContext(record_reads(work.edition, reads), work.font_catalog)
    done = _set(inner, thread)
    footing = thread_key(work.edition)
    stood = CachedThread(thread, footing, reads, done, tuple(inner.findings), tuple(inner.missing))
    standing.keep(thread.places, work.edition, stood, sum(map(len, done.flowed.items)))
    return stood


def _taken(stood: CachedThread[SetThread], edition: Edition) -> SetThread | None:
    """What stands, said of where its words are now; None where there is more to say of it than its items bear."""
    spans = moved_spans(stood.reads, edition)
    if not spans:
        return stood.done
    flowed = stood.done.flowed
    if stood.findings or stood.missing or flowed.overflows or flowed.too_wide or flowed.parted:
        return None
    items = tuple(tuple(replace_spans(item, spans) for item in column) for column in flowed.items)
    return replace(stood.done, flowed=replace(flowed, items=items))


def _set(work: LayoutContext, thread: Thread) -> SetThread:
    context = work.context(thread.pages[0], thread.columns[0].rect.width, thread.turn)
    galley = set_blocks(thread.content, context)
    flowed = _flowed(work, galley, thread)
    if flowed.overflows:
        thread, flowed = _grown(work, galley, thread, flowed)
    return SetThread(thread, flowed, frozenset(context.used), flowed.loose | context.loose)


def _flowed(work: LayoutContext, galley: Galley, thread: Thread) -> Flowed:
    frame = thread.frames[0]
    fitted = balance_columns if frame.spec.balance and len(thread.frames) == 1 else flow
    return fitted(galley, thread.columns, work.cap_height)


# Frames that grow


def _grown(
    work: LayoutContext, galley: Galley, thread: Thread, flowed: Flowed
) -> tuple[Thread, Flowed]:
    """The thread in a last frame grown step by step, until its matter fits or it may grow no further."""
    last = thread.frames[-1]
    if last.spec.auto_size is None:
        return thread, flowed
    most = thread.pages[-1].grid.scale.points(last.spec.auto_size)
    step = last.columns[0].grid_step or 1.0
    by = 0.0
    while flowed.overflows and by < most:
        by = min(most, by + step)
        grown = replace(thread, frames=(*thread.frames[:-1], _taller(last, by)))
        flowed = _flowed(work, galley, grown)
    return grown, flowed


def _taller(frame: PlannedFrame, by: float) -> PlannedFrame:
    """The frame with its foot lower; one whose matter stands at the foot grows at its head."""
    up = frame.spec.valign is Valign.BOTTOM

    def taller(rect: Rect) -> Rect:
        return Rect(rect.x, rect.y - (0.0 if up else by), rect.width, rect.height + by)

    columns = tuple(replace(column, rect=taller(column.rect)) for column in frame.columns)
    return replace(frame, rect=taller(frame.rect), inner=taller(frame.inner), columns=columns)
