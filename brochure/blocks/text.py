"""Text: paragraphs of running text.

A blank line in the message starts a new paragraph. The paragraph style is `body` by default. `first` sets a different style
for the first paragraph, for example without an indent, with a drop cap or as a lead.

Example:
    - text: problem.story
      first: lead
"""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, GalleyParagraph
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Text:
    """Running text."""

    span: Span
    text: Annotated[Message, "the text"]
    style: Annotated[StyleName | None, "paragraph style (default: `body`)"] = None
    first: Annotated[
        StyleName | None, "paragraph style of the first paragraph (default: the same as the others)"
    ] = None


def galley(block: Text, context: BlockContext) -> Galley:
    """Typeset the paragraphs, each as a structure element."""
    style = context.style(block.style, "body")
    story = context.story(block.text, style)
    styles = [context.style(block.first, "body") if block.first else style]
    styles += [style] * (len(story.paragraphs) - 1)
    return tuple(
        GalleyParagraph(
            context.prepare(words, one_style, story),
            context.tag("P"),
            key=story.key,
            span=story.span,
        )
        for words, one_style in zip(story.paragraphs, styles, strict=True)
    )
