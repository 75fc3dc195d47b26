"""Overruns: what does not fit in an edition, message by message, in figures.

Takes a set edition; gives one `OversetMessage` for each message that is too long for its frame, with the lines and the share by
which it is and the characters that fit. The report of the make-up says the same in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.references import references
from brochure.layout.overset import OversetText
from brochure.layout.threads import SetThread
from brochure.spec.values import Message
from brochure.translation.workspace import SetEdition


@dataclass(frozen=True, slots=True)
class OversetMessage:
    """A message that is too long for its frame.

    A figure or row has no `key`, only the `words` that stand in it, and how many points it `lacks`.
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

    @property
    def finding(self) -> Finding:
        """The overrun in a translator's words."""
        where = f"page {self.page}, frame '{self.frame}'"
        if not self.key:
            words = f" with {', '.join(self.words)}" if self.words else ""
            what = f"{where}: a figure or row{words} does not fit"
            hint = f"it lacks {self.lacks:.0f} points of height: shorten its words, or tell the designer"
            return Finding("overflow", what, self.span, hint, page=self.page)
        lines = "1 line" if self.lines == 1 else f"{self.lines} lines"
        share = f", {self.percent} %" if self.fits else ""
        what = f"message '{self.key}' is {lines}{share} too long for {where}"
        hint = f"{self.fits} of its {self.total} characters fit"
        return Finding("overflow", what, self.span, hint, page=self.page)


def find_overset(done: SetEdition) -> tuple[OversetMessage, ...]:
    """Everything that does not fit, in the order of the pages."""
    found = [one for each in done.threads for one in _of_thread(each)]
    return tuple(sorted(found, key=lambda one: one.page))


def _of_thread(each: SetThread) -> Iterator[OversetMessage]:
    page, frame = each.thread.pages[-1], each.thread.frames[-1]
    for one in each.flowed.overflows:
        yield OversetMessage(
            one.key,
            () if one.key else _words_at(one.span, each),
            page.number,
            frame.name,
            one.lines,
            _percent(one),
            one.fits,
            one.total,
            one.lacks,
            one.span or frame.spec.span,
        )


def _words_at(span: Span | None, each: SetThread) -> tuple[str, ...]:
    """The messages of the block that a figure or row belongs to."""
    blocks = (block for block in each.thread.content if getattr(block, "span", None) == span)
    keys = (ref.key for block in blocks for ref in references(block) if isinstance(ref, Message))
    return tuple(dict.fromkeys(keys))


def _percent(one: OversetText) -> int:
    """By how many per cent of what fits it is too long; 100 where nothing fits."""
    return round(100 * (one.total - one.fits) / one.fits) if one.fits else 100
