"""Text: paragraphs of running text.

A blank line in the message begins a new paragraph. Its style is `body` unless told; `first` gives the first paragraph
a style of its own (no indent, a drop initial, a lead).

Example:
    - text: problem.story
      first: lead
"""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, Matter
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Text:
    """Running text."""

    span: Span
    text: Annotated[Message, "the words"]
    style: Annotated[StyleName | None, "the style of its paragraphs; `body` unless told"] = None
    first: Annotated[StyleName | None, "the style of the first paragraph alone"] = None


def galley(block: Text, context: BlockContext) -> Galley:
    """The paragraphs, each an element of its own."""
    style = context.style(block.style, "body")
    story = context.story(block.text)
    styles = [context.style(block.first, "body") if block.first else style]
    styles += [style] * (len(story.paragraphs) - 1)
    return tuple(
        Matter(
            context.prepared(words, chosen, story), context.tag("P"), key=story.key, span=story.span
        )
        for words, chosen in zip(story.paragraphs, styles, strict=True)
    )
