"""Title: the title of the brochure or of a part, set large.

It is a level 1 heading and appears in the PDF's bookmarks. The paragraph style is `title` by default.

Example:
    - title: cover.title
"""

from __future__ import annotations

from typing import Annotated

from brochure.blocks.heading import set_heading
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Title:
    """A title."""

    span: Span
    text: Annotated[Message, "the text"]
    style: Annotated[StyleName | None, "paragraph style (default: `title`)"] = None


def galley(block: Title, context: BlockContext) -> Galley:
    """Typeset the title as a level 1 heading."""
    return set_heading(block.text, context.style(block.style, "title"), 1, context)
