"""Typesetting shared by titles and headings."""

from __future__ import annotations

from dataclasses import replace

from brochure.model.block_context import BlockContext
from brochure.model.display_list import Bookmark
from brochure.model.galley import Galley
from brochure.spec.values import Message
from brochure.typeset.style import ParagraphStyle


def set_heading(
    message: Message, style: ParagraphStyle, level: int, context: BlockContext
) -> Galley:
    """Typeset a heading as one structure element with one bookmark."""
    words = context.story(message).text.replace("\n", " ")
    pieces = context.prepare_message(message, style, f"H{level}")
    tag = pieces[0].tag
    first = replace(pieces[0], bookmark=Bookmark(words, level, 0.0, tag))
    return (first, *(replace(piece, tag=tag) for piece in pieces[1:]))
