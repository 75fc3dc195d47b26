"""Standing type: threads that were set, kept for the next edition or the next build.

Takes a thread and the edition that it is to be set in; gives what it came to before, where nothing that it asks the edition
for has changed. What a thread asks for is noted while it is set: its messages, styles, facts and pictures. So an edition of
another office sets only what names the office, and a build after one changed message sets only what that message is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.edition import Edition
from brochure.l10n.story import Story
from brochure.model.display_list import Bookmark, GlyphRun, Item, Link
from brochure.model.missing_glyphs import MissingGlyph
from brochure.system.lru_cache import LruCache

Value = TypeVar("Value")
Done = TypeVar("Done")

MAX_THREADS = 40_000
"""How many placed items may stand: with what hangs on them, some two hundred megabytes."""

VARIANTS = 12
"""How many ways of one thread are kept: what offices, and the steps of copyfitting, make of it."""

NOTHING = object()
"""What stands for a value that was asked for and is not there."""

Reads = dict[tuple[str, str], object]
"""What was asked of an edition: the kind of value and its name, and what was answered."""


class RecordingMapping(Mapping[str, Value]):
    """A mapping that notes what it is asked for."""

    def __init__(self, inner: Mapping[str, Value], kind: str, reads: Reads) -> None:
        self._inner, self._kind, self._reads = inner, kind, reads

    def __getitem__(self, name: str) -> Value:
        self._reads[self._kind, name] = self._inner.get(name, NOTHING)
        return self._inner[name]

    def __iter__(self) -> Iterator[str]:
        for name in self._inner:
            self._reads[self._kind, name] = self._inner[name]
            yield name

    def __len__(self) -> int:
        return len(self._inner)


def record_reads(edition: Edition, reads: Reads) -> Edition:
    """The edition, noting what is asked of it by name."""
    paragraphs = RecordingMapping(edition.styles.paragraphs, "paragraphs", reads)
    return replace(
        edition,
        stories=RecordingMapping(edition.stories, "stories", reads),
        facts=RecordingMapping(edition.facts, "facts", reads),
        pictures=RecordingMapping(edition.pictures, "pictures", reads),
        vectors=RecordingMapping(edition.vectors, "vectors", reads),
        styles=replace(edition.styles, paragraphs=paragraphs),
    )


def _named(edition: Edition) -> dict[str, Mapping[str, object]]:
    """What an edition holds by name, as far as setting type asks for it."""
    return {
        "stories": edition.stories,
        "facts": edition.facts,
        "pictures": edition.pictures,
        "vectors": edition.vectors,
        "paragraphs": edition.styles.paragraphs,
    }


def thread_key(edition: Edition) -> tuple[object, ...]:
    """What everything that is set in an edition depends on."""
    layout = edition.layout
    return edition.locale, layout.swatches, layout.character_styles, edition.styles.scale


@dataclass(frozen=True, slots=True)
class CachedThread(Generic[Done]):
    """A thread that was set: in what, what it asked for, what it came to, and what was found wrong with it."""

    thread: object
    footing: tuple[object, ...]
    reads: Reads
    done: Done
    findings: tuple[Finding, ...]
    missing: tuple[MissingGlyph, ...]


class ThreadCache(Generic[Done]):
    """The threads that this process set last, with the fonts of one shelf. `set` and `taken` count what became of them."""

    def __init__(self) -> None:
        self._stood: LruCache[object, tuple[tuple[CachedThread[Done], ...], int]] = LruCache(
            MAX_THREADS, lambda kept: kept[1]
        )
        self.set = 0
        self.taken = 0

    def of(self, place: object, thread: object, edition: Edition) -> CachedThread[Done] | None:
        """What the thread at a place came to before, if it would come to the same in this edition."""
        variants, _ = self._stood.get((place, edition.language)) or ((), 0)
        held, footing = _named(edition), thread_key(edition)
        for stood in variants:
            if stood.thread == thread and stood.footing == footing and _same(stood.reads, held):
                self.taken += 1
                return stood
        return None

    def keep(self, place: object, edition: Edition, stood: CachedThread[Done], items: int) -> None:
        """Keeps a thread that was set now, which came to so many items, before others of its place."""
        self.set += 1
        key = place, edition.language
        variants, weight = self._stood.get(key) or ((), 0)
        kept = (stood, *variants)[:VARIANTS]
        self._stood.put(key, (kept, (weight + items) * len(kept) // (len(variants) + 1)))


def _same(reads: Reads, held: Mapping[str, Mapping[str, object]]) -> bool:
    """Whether all is answered as it was; 5 and 5.0 are two answers, since a code says them as they are written."""
    for (kind, name), answer in reads.items():
        now = held[kind].get(name, NOTHING)
        if type(now) is not type(answer) or now != answer:
            return False
    return True


# Places in the copy


def moved_spans(reads: Reads, edition: Edition) -> dict[Span, Span]:
    """Where messages stand now that stood elsewhere when they were read: lines above them came or went."""
    now = edition.stories
    stories = (
        (story, now[name])
        for (kind, name), story in reads.items()
        if kind == "stories" and isinstance(story, Story)
    )
    return {before.span: after.span for before, after in stories if before.span != after.span}


def replace_spans(item: Item, spans: Mapping[Span, Span]) -> Item:
    """The item with the place where its words stand now."""
    if isinstance(item, (Link, Bookmark)):
        return item
    before = item.glyphs.span if isinstance(item, GlyphRun) else item.span
    after = spans.get(before) if before else None
    if after is None:
        return item
    if isinstance(item, GlyphRun):
        return replace(item, glyphs=replace(item.glyphs, span=after))
    return replace(item, span=after)
