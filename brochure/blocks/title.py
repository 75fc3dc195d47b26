"""Title: the name of the brochure, or of a part, set large.

The first title of a brochure is its first heading and opens the outline. Its style is `title` unless told.

Example:
    - title: cover.title
"""

from __future__ import annotations

from typing import Annotated

from brochure.blocks._heading import heading_matter
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Title:
    """A title."""

    span: Span
    text: Annotated[Message, "the words"]
    style: Annotated[StyleName | None, "its style; `title` unless told"] = None


def galley(block: Title, context: BlockContext) -> Galley:
    """The title as a heading of the first level."""
    return heading_matter(block.text, context.style(block.style, "title"), 1, context)
