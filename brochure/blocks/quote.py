"""Quote: what somebody said, with who said it and, where a mark calls for one, a footnote.

The words are set as they are: quotation marks belong to the copy, since each language has its own. The attribution may
have several lines (a blank line in its message). The footnote begins with the mark that the attribution carries.

Example:
    - quote: voice.words
      by: voice.who
      footnote: voice.note
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from brochure.findings import Span
from brochure.galley import Galley
from brochure.setter import Setter
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    span: Span
    text: Annotated[Message, "the words that were said"]
    by: Annotated[Message | None, "who said them: name, title, unit"] = None
    footnote: Annotated[Message | None, "a note on the attribution"] = None
    style: Annotated[StyleName | None, "the style of the words; `quote` unless told"] = None
    by_style: Annotated[
        StyleName | None, "the style of the attribution; `attribution` unless told"
    ] = None
    footnote_style: Annotated[StyleName | None, "the style of the note; `footnote` unless told"] = (
        None
    )


def galley(block: Quote, setter: Setter) -> Galley:
    """The words as a block quotation, then the attribution, then the note."""
    within = setter.within("BlockQuote")
    pieces = within.matter(block.text, setter.style(block.style, "quote"))
    if block.by:
        pieces += within.matter(block.by, setter.style(block.by_style, "attribution"), "Caption")
    if block.footnote:
        style = setter.style(block.footnote_style, "footnote")
        pieces += setter.matter(block.footnote, style, "Note")
    return pieces
