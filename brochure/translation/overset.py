"""List the overset messages of an edition, with figures for translators.

Each `OversetMessage` tells by how many lines and by what percentage a message is too long, and how many characters fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.references import references
from brochure.layout.overset import OversetText
from brochure.layout.threads import SetThread
from brochure.spec.values import Message
from brochure.translation.workspace import SetEdition


@dataclass(frozen=True, slots=True)
class OversetMessage:
    """A message that is too long for its frame, or parts of a block that do not fit.

    Blocks and table rows that do not fit have no `key`, but list their messages in `words`. `parts` is how many of them do
    not fit, and `lacks` by how many points the first of them is too high.
    """

    key: str
    words: tuple[str, ...]
    page: int
    frame: str
    lines: int
    percent: int
    fits: int
    total: int
    lacks: float
    span: Span | None
    parts: int = 1

    @property
    def finding(self) -> Finding:
        """The finding for translators."""
        where = f"page {self.page}, frame '{self.frame}'"
        if not self.key:
            words = f" with {', '.join(self.words)}" if self.words else ""
            what = "a block or row" if self.parts == 1 else f"{self.parts} blocks or rows"
            verb = "does not fit" if self.parts == 1 else "do not fit"
            hint = f"{self.lacks:.0f} pt too high: shorten the text or tell the designer"
            if self.parts > 1:
                hint = f"the first is {hint}"
            message = f"{where}: {what}{words} {verb}"
            return Finding("overflow", message, self.span, hint, page=self.page)
        lines = "1 line" if self.lines == 1 else f"{self.lines} lines"
        share = f", {self.percent} %" if self.fits else ""
        message = f"message '{self.key}' is {lines}{share} too long for {where}"
        hint = f"{self.fits} of its {self.total} characters fit"
        return Finding("overflow", message, self.span, hint, page=self.page)


def find_overset(done: SetEdition) -> tuple[OversetMessage, ...]:
    """Return everything that is overset, in page order; blocks and rows in one frame are one item."""
    found = [one for each in done.threads for one in _merge_rows(_find_in_thread(each))]
    return tuple(sorted(found, key=lambda one: one.page))


def _merge_rows(found: Iterable[OversetMessage]) -> Iterator[OversetMessage]:
    """Merge the blocks and rows that do not fit in one frame; messages are kept as they are."""
    merged: dict[object, OversetMessage] = {}
    for at, item in enumerate(found):
        place = at if item.key else (item.page, item.frame)
        first = merged.get(place)
        if first:
            words = tuple(dict.fromkeys((*first.words, *item.words)))
            merged[place] = replace(first, parts=first.parts + 1, words=words)
        else:
            merged[place] = item
    yield from merged.values()


def _find_in_thread(each: SetThread) -> Iterator[OversetMessage]:
    page, frame = each.thread.pages[-1], each.thread.frames[-1]
    in_block = lru_cache(lambda span: _find_messages(span, each))  # of many rows, one table
    for one in each.flowed.overflows:
        yield OversetMessage(
            one.key,
            () if one.key else in_block(one.span),
            page.number,
            frame.name,
            one.lines,
            _percent(one),
            one.fits,
            one.total,
            one.lacks,
            one.span or frame.spec.span,
        )


def _find_messages(span: Span | None, each: SetThread) -> tuple[str, ...]:
    """Return the keys of the messages in the block at a place in the layout."""
    blocks = (block for block in each.thread.content if getattr(block, "span", None) == span)
    keys = (ref.key for block in blocks for ref in references(block) if isinstance(ref, Message))
    return tuple(dict.fromkeys(keys))


def _percent(one: OversetText) -> int:
    """Return by how many percent of the fitting length the message is too long; 100 if nothing fits."""
    return round(100 * (one.total - one.fits) / one.fits) if one.fits else 100
