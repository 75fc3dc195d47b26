"""Heading: what a part of the text is about, in six levels.

Headings stay with the paragraph that follows and enter the outline of the PDF. The style of level 2 is `heading-2`.

Example:
    - heading: problem.head
      level: 2
"""

from __future__ import annotations

from typing import Annotated

from brochure.blocks._heading import heading_matter
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.constraints import Level
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    span: Span
    text: Annotated[Message, "the words"]
    level: Annotated[Level, "1 to 6; 2 unless told"] = 2
    style: Annotated[StyleName | None, "its style; `heading-2` for level 2 unless told"] = None


def galley(block: Heading, context: BlockContext) -> Galley:
    """The heading in the style of its level."""
    style = context.style(block.style, f"heading-{block.level}")
    return heading_matter(block.text, style, block.level, context)
