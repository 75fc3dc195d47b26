"""Justified lines whose word spaces are wider than their style allows: found for `brochure check`.

A line is composed in any case, so that a narrow column or a long word can make its spaces wider
than the maximum of `word-space`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from brochure.findings import Finding, Severity
from brochure.model.galley import GalleyParagraph
from brochure.typeset.lines import Line
from brochure.typeset.style import Align, ParagraphStyle

TOLERANCE = 1.05
"""A space may be so many times the maximum before the line is reported."""

MAX_NAMED_MESSAGES = 3


def find_stretched(lines: Iterable[Line], style: ParagraphStyle) -> Iterator[float]:
    """Yield the word space of each justified line that exceeds the maximum of the style, as a multiple of the font's own."""
    if style.align is Align.JUSTIFY:
        limit = style.word_space.most * TOLERANCE
        yield from (line.word_space for line in lines if line.word_space > limit)


def report_stretched(
    stretched: Sequence[tuple[GalleyParagraph, tuple[float, ...]]], frame: str, page: int
) -> Iterator[Finding]:
    """Yield one finding for all loose lines of a thread."""
    if not stretched:
        return
    worst, paragraph = max(
        ((max(spaces), one) for one, spaces in stretched), key=lambda pair: pair[0]
    )
    count = sum(len(spaces) for _, spaces in stretched)
    limit = paragraph.text.style.word_space.most
    message = (
        f"frame '{frame}': {_count(count)} looser than the word-space of the style allows, in"
        f" {_messages(stretched)}; the loosest has spaces of {100 * worst:.0f} %, at most {100 * limit:.0f} % allowed"
    )
    hint = (
        "edit the copy, allow hyphenation, widen the column, or set the text ragged: align: start"
    )
    yield Finding(
        "line-loose", message, paragraph.span, hint, Severity.WARNING, page=page, count=count
    )


def _count(lines: int) -> str:
    return "1 line is" if lines == 1 else f"{lines} lines are"


def _messages(stretched: Sequence[tuple[GalleyParagraph, tuple[float, ...]]]) -> str:
    keys = list(dict.fromkeys(one.key for one, _ in stretched))
    named = ", ".join(f"'{key}'" for key in keys[:MAX_NAMED_MESSAGES])
    return named + (", …" if len(keys) > MAX_NAMED_MESSAGES else "")
