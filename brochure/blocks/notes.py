"""Notes: the endnotes of the brochure.

The notes of all text whose notes are set at the end, in the order of their marks. They are set in the paragraph style of notes,
`footnote` by default. In the layout, `notes: {place: end}` puts all notes here; a frame can differ. On the screen, marks and
notes are linked in both directions.

Example:
    - notes:
"""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley
from brochure.model.note_marks import prepare_note
from brochure.model.notes import note_paragraphs
from brochure.spec.values import StyleName


@dataclass(frozen=True, slots=True)
class Notes:
    """Endnotes."""

    span: Span
    style: Annotated[
        StyleName | None, "paragraph style (default: that of the notes of the layout)"
    ] = None


def galley(block: Notes, context: BlockContext) -> Galley:
    """Typeset the notes, each with its mark."""
    endnotes = context.edition.endnotes.get("all", ())
    if not endnotes:
        what = "no endnotes found: no text whose notes are set at the end has a mark"
        hint = "write 'notes: {place: end}' in the layout, or remove the block"
        context.note("notes-empty", what, block.span, hint, Severity.WARNING)
    return tuple(
        paragraph
        for one in endnotes
        for paragraph in note_paragraphs(
            prepare_note(one.message, one.mark, one.link, context, block.style),
            context.tag("Note"),
        )
    )
