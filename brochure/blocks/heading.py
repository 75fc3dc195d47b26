"""Heading: a heading of level 1 to 6.

A heading stays with the paragraph that follows and appears in the PDF's bookmarks. The paragraph style of a level 2 heading
is `heading-2` by default, and so on.

Example:
    - heading: problem.head
      level: 2
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Bookmark
from brochure.model.galley import Galley
from brochure.spec.constraints import Level
from brochure.spec.values import Message, StyleName
from brochure.typeset.style import ParagraphStyle


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    span: Span
    text: Annotated[Message, "the text"]
    level: Annotated[Level, "heading level, 1 to 6"] = 2
    style: Annotated[StyleName | None, "paragraph style (default: `heading-` and the level)"] = None


def galley(block: Heading, context: BlockContext) -> Galley:
    """Typeset the heading in the style of its level."""
    style = context.style(block.style, f"heading-{block.level}")
    return set_heading(block.text, style, block.level, context)


def set_heading(
    message: Message, style: ParagraphStyle, level: int, context: BlockContext
) -> Galley:
    """Typeset a heading as one structure element with one bookmark."""
    words = context.story(message).text.replace("\n", " ")
    pieces = context.prepare_message(message, style, f"H{level}")
    tag = pieces[0].tag
    first = replace(pieces[0], bookmark=Bookmark(words, level, 0.0, tag))
    return (first, *(replace(piece, tag=tag) for piece in pieces[1:]))
