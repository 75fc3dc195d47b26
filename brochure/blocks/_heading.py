"""What titles and headings share: words in a heading's style, with an entry in the outline.

Takes a message, a style and a level; gives its matter. Stands behind `title` and `heading`.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.model.block_context import BlockContext
from brochure.model.display_list import Bookmark
from brochure.model.galley import Galley
from brochure.spec.values import Message
from brochure.typeset.style import ParagraphStyle


def heading_matter(
    message: Message, style: ParagraphStyle, level: int, context: BlockContext
) -> Galley:
    """The heading's paragraphs, one element; the first enters the outline with all the words."""
    words = context.story(message).text.replace("\n", " ")
    pieces = context.matter(message, style, f"H{level}")
    tag = pieces[0].tag
    first = replace(pieces[0], bookmark=Bookmark(words, level, 0.0, tag))
    return (first, *(replace(piece, tag=tag) for piece in pieces[1:]))
