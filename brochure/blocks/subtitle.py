"""Subtitle: the line beneath a title.

Read as a paragraph, not as a heading. Its style is `subtitle` unless told.

Example:
    - subtitle: cover.subtitle
"""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A line beneath a title."""

    span: Span
    text: Annotated[Message, "the words"]
    style: Annotated[StyleName | None, "its style; `subtitle` unless told"] = None


def galley(block: Subtitle, context: BlockContext) -> Galley:
    """The subtitle as a paragraph."""
    return context.matter(block.text, context.style(block.style, "subtitle"))
