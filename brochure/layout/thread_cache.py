"""Cached threads, for the next edition or the next build in this process.

While a thread is set, everything that it reads of the edition is recorded: messages, styles, facts, pictures and data
files. The thread is reused if all of that is unchanged.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Origin, Span
from brochure.l10n.edition import Edition
from brochure.l10n.story import Story
from brochure.model.display_list import Bookmark, GlyphRun, Item, Link
from brochure.system.cache import VariantCache
from brochure.typeset.itemize import MissingGlyph

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Done = TypeVar("Done")

MAX_ITEMS = 40_000
"""Limit of cached items; with what they refer to, about 200 MB."""

MAX_VARIANTS = 12
"""How many variants of one thread are kept (offices, steps of copyfitting)."""

NOTHING = object()
"""Recorded in place of a value that did not exist."""

Reads = dict[tuple[str, Hashable], object]
"""What was read of an edition: kind and name of each value, and the value."""


class RecordingMapping(Mapping[Key, Value]):
    """A mapping that records what is read from it."""

    def __init__(self, inner: Mapping[Key, Value], kind: str, reads: Reads) -> None:
        self._inner, self._kind, self._reads = inner, kind, reads

    def __getitem__(self, name: Key) -> Value:
        self._reads[self._kind, name] = self._inner.get(name, NOTHING)
        return self._inner[name]

    def __iter__(self) -> Iterator[Key]:
        for name in self._inner:
            self._reads[self._kind, name] = self._inner[name]
            yield name

    def __len__(self) -> int:
        return len(self._inner)


def record_reads(edition: Edition, reads: Reads) -> Edition:
    """Return the edition with mappings that record what is read from them by name."""
    paragraphs = RecordingMapping(edition.styles.paragraphs, "paragraphs", reads)
    return replace(
        edition,
        stories=RecordingMapping(edition.stories, "stories", reads),
        rows=RecordingMapping(edition.rows, "rows", reads),
        facts=RecordingMapping(edition.facts, "facts", reads),
        pictures=RecordingMapping(edition.pictures, "pictures", reads),
        vectors=RecordingMapping(edition.vectors, "vectors", reads),
        data=RecordingMapping(edition.data, "data", reads),
        pages=RecordingMapping(edition.pages, "pages", reads),
        headings=RecordingMapping(edition.headings, "headings", reads),
        axes=RecordingMapping(edition.axes, "axes", reads),
        styles=replace(edition.styles, paragraphs=paragraphs),
    )


def _values_by_kind(edition: Edition) -> dict[str, Mapping[Any, object]]:
    """Return the edition's values by kind and name, as far as typesetting reads them."""
    return {
        "stories": edition.stories,
        "rows": edition.rows,
        "facts": edition.facts,
        "pictures": edition.pictures,
        "vectors": edition.vectors,
        "data": edition.data,
        "pages": edition.pages,
        "headings": edition.headings,
        "axes": edition.axes,
        "paragraphs": edition.styles.paragraphs,
    }


def thread_key(edition: Edition) -> tuple[object, ...]:
    """Return the values that every thread of an edition depends on."""
    layout = edition.layout
    return edition.locale, layout.swatches, layout.character_styles, edition.styles.scale


@dataclass(frozen=True, slots=True)
class CachedThread(Generic[Done]):
    """A set thread: its key, what it read, the result, the findings, and the number of items."""

    thread: object
    key: tuple[object, ...]
    reads: Reads
    done: Done
    findings: tuple[Finding, ...]
    missing: tuple[MissingGlyph, ...]
    items: int


def make_thread_cache() -> VariantCache[CachedThread[Any]]:
    """Return an empty cache for the threads of one font catalog, by their places and language."""
    return VariantCache(MAX_ITEMS, MAX_VARIANTS, lambda cached: cached.items)


def is_current(cached: CachedThread[Any], thread: object, edition: Edition) -> bool:
    """Return True if setting a thread for this edition would yield the cached result."""
    return (
        cached.thread == thread
        and cached.key == thread_key(edition)
        and _is_unchanged(cached.reads, _values_by_kind(edition))
    )


def _is_unchanged(reads: Reads, values: Mapping[str, Mapping[Any, object]]) -> bool:
    """Return True if all values are unchanged; 5 and 5.0 differ, since charts and codes print them differently."""
    for (kind, name), value in reads.items():
        current = values[kind].get(name, NOTHING)
        if type(current) is not type(value) or current != value:
            return False
    return True


# Source positions


def find_moved_spans(reads: Reads, edition: Edition) -> dict[Span, Span]:
    """Map the old spans of messages to their new ones, where lines above them were added or removed."""
    current = _values_by_kind(edition)
    stories = (
        (story, current[kind][name])
        for (kind, name), story in reads.items()
        if isinstance(story, Story)
    )
    return {
        before.span: after.span
        for before, after in stories
        if isinstance(after, Story) and before.span != after.span
    }


def replace_spans(item: Item, spans: Mapping[Span, Span]) -> Item:
    """Return the item with the current span of its message."""
    if isinstance(item, (Link, Bookmark)):
        return item
    before = item.glyphs.span if isinstance(item, GlyphRun) else item.span
    after = spans.get(before) if before else None
    if after is None:
        return item
    if isinstance(item, GlyphRun):
        origin = replace(item.glyphs.origin or Origin(), span=after)
        return replace(item, glyphs=replace(item.glyphs, origin=origin))
    return replace(item, span=after)
