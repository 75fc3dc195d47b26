"""Contents: a table of contents with the page numbers of the headings.

The entries are the titles and headings of the brochure, in page order, as set in the edition's language. The title of the
brochure and the heading directly above the table are not listed. On the screen, each entry is a link. The paragraph style of an
entry is `contents-1` for level 1, and so on.

Example:
    - contents: [1, 2]
      leader: "."
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.anchors import HeadingReference
from brochure.l10n.message_format import PAGE
from brochure.l10n.story import InlineMarks, Words
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, GalleyParagraph
from brochure.spec.constraints import Level
from brochure.typeset.style import LINE_END, Tab, TabAlign


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents."""

    span: Span
    levels: Annotated[
        tuple[Level, ...],
        "levels of the headings that are listed, e.g. `[1, 2]` (default: 1 and 2)",
    ] = (1, 2)
    leader: Annotated[
        str, "characters repeated between an entry and its page number; empty for none"
    ] = "."


def galley(block: Contents, context: BlockContext) -> Galley:
    """Typeset one paragraph for each heading: its text, a leader and its page number."""
    headings = context.edition.headings["all"]
    listed = [one for one in headings if one.level in block.levels]
    if not listed:
        levels = ", ".join(map(str, sorted(set(block.levels))))
        what = f"the table of contents is empty: no title or heading has level {levels}"
        present = sorted({one.level for one in headings})
        hint = f"the headings have level {', '.join(map(str, present))}" if present else ""
        context.note("contents-empty", what, block.span, hint or "add title or heading blocks")
    inner = context.within("TOC")
    return tuple(_set_entry(one, block.leader, inner) for one in listed)


def _set_entry(heading: HeadingReference, leader: str, context: BlockContext) -> GalleyParagraph:
    style = context.style(None, f"contents-{heading.level}")
    style = replace(style, tabs=(Tab(LINE_END, TabAlign.END, leader),))
    story = context.story(heading.message)
    words = tuple(_link_words(story.paragraphs, f"#{quote(heading.anchor)}"))
    number = context.edition.pages[PAGE + heading.anchor]
    marks = replace(words[-1].marks, character=None, strong=False, emphasis=False)
    prepared = context.prepare((*words, Words(f"\t{number}", marks)), style, story)
    tag = context.within("TOCI").tag("Reference")
    return GalleyParagraph(prepared, tag, span=story.span)


def _link_words(paragraphs: tuple[tuple[Words, ...], ...], link: str) -> Iterator[Words]:
    """Yield the words of a heading in one line, linked to it."""
    for at, paragraph in enumerate(paragraphs):
        if at:
            yield Words(" ", InlineMarks(link=link))
        for words in paragraph:
            yield Words(words.text.replace("\n", " "), replace(words.marks, link=link))
