"""Subtitle: the line below a title.

It is tagged as a paragraph, not as a heading. The paragraph style is `subtitle` by default.

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
    """A line below a title."""

    span: Span
    text: Annotated[Message, "the text"]
    style: Annotated[StyleName | None, "paragraph style (default: `subtitle`)"] = None


def galley(block: Subtitle, context: BlockContext) -> Galley:
    """Typeset the subtitle as a paragraph."""
    return context.prepare_message(block.text, context.style(block.style, "subtitle"))
