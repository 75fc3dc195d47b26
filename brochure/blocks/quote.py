"""Quote: what somebody said, with who said it and, where a mark calls for one, a footnote.

The words are set as they are: quotation marks belong to the copy, since each language has its own; with `hang` in the style
(as in the built-in one) they stand out of the edge. The attribution may have several lines, name, title, unit (a blank line
in its message begins the next), which are set close. The footnote begins with the mark that the attribution carries. All of
it keeps its styles' leading and spaces, and the last words, attribution and note stay together.

Example:
    - quote: voice.words
      by: voice.who
      footnote: voice.note
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, Matter
from brochure.spec.values import Message, StyleName
from brochure.typeset.style import ParagraphStyle


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    span: Span
    text: Annotated[Message, "the words that were said"]
    by: Annotated[Message | None, "who said them: name, title, unit"] = None
    footnote: Annotated[Message | None, "a note on the attribution"] = None
    style: Annotated[StyleName | None, "the style of the words; `quote` unless told"] = None
    by_style: Annotated[
        StyleName | None, "the style of the attribution; `attribution` unless told"
    ] = None
    footnote_style: Annotated[StyleName | None, "the style of the note; `footnote` unless told"] = (
        None
    )


def galley(block: Quote, context: BlockContext) -> Galley:
    """The words as a block quotation, then the attribution, then the note."""
    within = context.within("BlockQuote")
    style = context.style(block.style, "quote")
    pieces = _words(block.text, within, style, holds=bool(block.by or block.footnote))
    if block.by:
        by_style = context.style(block.by_style, "attribution")
        pieces += _close(block.by, within.within("Caption"), by_style, holds=bool(block.footnote))
    if block.footnote:
        style = context.style(block.footnote_style, "footnote")
        pieces += context.matter(block.footnote, style, "Note")
    return pieces


def _words(
    message: Message, context: BlockContext, style: ParagraphStyle, *, holds: bool
) -> tuple[Matter, ...]:
    """The paragraphs, the last of which holds on to what follows."""
    story = context.story(message)
    last = len(story.paragraphs) - 1
    return tuple(
        _paragraph(message, context, _held(style, holds=holds and at == last), at)
        for at in range(last + 1)
    )


def _close(
    message: Message, context: BlockContext, style: ParagraphStyle, *, holds: bool
) -> tuple[Matter, ...]:
    """The lines of an attribution, one beneath the other without the spaces that stand around them."""
    last = len(context.story(message).paragraphs) - 1
    styles = [
        replace(
            _held(style, holds=holds or at < last),
            space_before=style.space_before if at == 0 else 0.0,
            space_after=style.space_after if at == last else 0.0,
        )
        for at in range(last + 1)
    ]
    return tuple(_paragraph(message, context, styles[at], at) for at in range(last + 1))


def _held(style: ParagraphStyle, *, holds: bool) -> ParagraphStyle:
    return replace(style, keep_with_next=True) if holds else style


def _paragraph(message: Message, context: BlockContext, style: ParagraphStyle, at: int) -> Matter:
    story = context.story(message)
    words = context.prepared(story.paragraphs[at], style, story)
    return Matter(words, context.tag("P"), key=story.key, span=story.span)
