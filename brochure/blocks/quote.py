"""Quote: a quotation with an optional attribution and footnote.

Quotation marks belong in the message, because each language has its own; with `hanging-punctuation` in the style, as in the
built-in style, they hang outside the text edge. The attribution may have several lines, such as name, title and unit: a
blank line in its message starts the next line, and the lines have no space between them. The footnote starts with the mark
that the attribution ends with. The end of the quotation, the attribution and the footnote stay together.

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
from brochure.model.galley import Galley, GalleyParagraph
from brochure.spec.values import Message, StyleName
from brochure.typeset.style import ParagraphStyle


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    span: Span
    text: Annotated[Message, "the quotation"]
    by: Annotated[Message | None, "attribution: name, title, unit"] = None
    footnote: Annotated[Message | None, "footnote to the attribution"] = None
    style: Annotated[StyleName | None, "paragraph style of the quotation (default: `quote`)"] = None
    by_style: Annotated[
        StyleName | None, "paragraph style of the attribution (default: `attribution`)"
    ] = None
    footnote_style: Annotated[
        StyleName | None, "paragraph style of the footnote (default: `footnote`)"
    ] = None


def galley(block: Quote, context: BlockContext) -> Galley:
    """Typeset the quotation, then the attribution, then the footnote."""
    within = context.within("BlockQuote")
    style = context.style(block.style, "quote")
    pieces = _quotation(block.text, within, style, keep=bool(block.by or block.footnote))
    if block.by:
        by_style = context.style(block.by_style, "attribution")
        pieces += _attribution(
            block.by, within.within("Caption"), by_style, keep=bool(block.footnote)
        )
    if block.footnote:
        style = context.style(block.footnote_style, "footnote")
        pieces += context.prepare_message(block.footnote, style, "Note")
    return pieces


def _quotation(
    message: Message, context: BlockContext, style: ParagraphStyle, *, keep: bool
) -> tuple[GalleyParagraph, ...]:
    """Typeset the paragraphs; with `keep`, the last one stays with what follows."""
    story = context.story(message, style)
    last = len(story.paragraphs) - 1
    return tuple(
        _paragraph(message, context, _keep_with_next(style, keep=keep and index == last), index)
        for index in range(last + 1)
    )


def _attribution(
    message: Message, context: BlockContext, style: ParagraphStyle, *, keep: bool
) -> tuple[GalleyParagraph, ...]:
    """Typeset the lines of an attribution without space between them."""
    last = len(context.story(message, style).paragraphs) - 1
    styles = [
        replace(
            _keep_with_next(style, keep=keep or index < last),
            space_before=style.space_before if index == 0 else 0.0,
            space_after=style.space_after if index == last else 0.0,
        )
        for index in range(last + 1)
    ]
    return tuple(_paragraph(message, context, styles[index], index) for index in range(last + 1))


def _keep_with_next(style: ParagraphStyle, *, keep: bool) -> ParagraphStyle:
    return replace(style, keep_with_next=True) if keep else style


def _paragraph(
    message: Message, context: BlockContext, style: ParagraphStyle, index: int
) -> GalleyParagraph:
    story = context.story(message, style)
    words = context.prepare(story.paragraphs[index], style, story)
    return GalleyParagraph(words, context.tag("P"), key=story.key, span=story.span)
