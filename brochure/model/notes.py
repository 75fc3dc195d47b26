"""Notes as they are set: their marks and paragraphs, before they have a place on a page."""

from __future__ import annotations

from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.display_list import ARTIFACT, Tag
from brochure.model.galley import GalleyParagraph, line_items
from brochure.spec.values import Message
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose

MIN_INDENT, GAP = 1.6, 0.4
"""Least indent of the text of a note, and least gap between its mark and its text, in ems."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note: the link that leads to it, its mark as it is set before the text, and its paragraphs.

    `message` is its message, `key` and `span` name it in reports.
    """

    link: str
    message: Message
    label: PreparedParagraph
    paragraphs: tuple[PreparedParagraph, ...]
    span: Span | None = None

    @property
    def key(self) -> str:
        """The key of its message."""
        return self.message.key


def note_paragraphs(note: NoteText, tag: Tag) -> tuple[GalleyParagraph, ...]:
    """Return the paragraphs of a note; `tag` is its structure element, whose numbers after its own are free."""
    line = compose(note.label, LineSlots((), LineSlot(0.0, 1e4)))[0]
    size = note.label.style.type.size
    indent = max(line.right - line.left + GAP * size, MIN_INDENT * size)
    label = tuple(line_items(line, 0.0, 0.0, _inner(tag, "Lbl", 1)))
    return tuple(
        GalleyParagraph(
            text,
            _inner(tag, "P", 2 + at),
            indent,
            label if at == 0 else (),
            key=note.key,
            span=note.span,
        )
        for at, text in enumerate(note.paragraphs)
    )


def _inner(tag: Tag, role: str, after: int) -> Tag:
    if not tag.path:
        return tag
    return replace(tag, path=(*tag.path, (role, tag.path[-1][1] + after)))


def tag_after(mark: Tag, before: int) -> Tag:
    """Return the structure element of a note: after the element of its mark, and after `before` numbers that are taken."""
    if not mark.path:
        return ARTIFACT
    number = mark.path[-1][1] + 1 + before
    return replace(mark, path=(*mark.path[:-1], ("Note", number)), alt="")
