"""Set the marks of notes in text, and shape the notes that they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from brochure.l10n.notes import mark_link, note_link
from brochure.l10n.story import InlineMarks, Story, Words
from brochure.model.block_context import BlockContext
from brochure.model.notes import NoteText
from brochure.spec.notes import NoteMark
from brochure.spec.values import Message, StyleName
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.script_rules import script_of_language
from brochure.typeset.style import Align, ParagraphStyle, Position

RIGHT_TO_LEFT_MARK = "\u200f"

Piece = tuple[Words, tuple[str, ...]]
"""A piece of a paragraph, and the character styles of the patterns that it matches."""


def set_marks(
    pieces: Iterable[Piece], context: BlockContext, style: ParagraphStyle, story: Story | None
) -> Iterator[Piece]:
    """Yield the pieces with the marks of notes, each linked to its note; a mark without a note is left out."""
    messages = dict(story.notes) if story else {}
    separates = context.edition.layout.notes.marks is not NoteMark.SYMBOLS
    is_right_to_left = not is_left_to_right(style.type.language)
    after_mark = False
    for piece, matched in pieces:
        name = piece.marks.note
        if name is None:
            yield piece, matched
            after_mark = False
        elif name in messages:
            note = _find_note(messages[name], context)
            marks = _format_mark(piece.marks, context)
            if after_mark and separates:
                yield Words(_list_comma(context.edition.language), replace(marks, link=None)), ()
            if is_right_to_left:  # else a mark after a number or a Latin word is to the right of it
                yield Words(RIGHT_TO_LEFT_MARK, replace(marks, link=None)), ()
            yield Words(note.label.text, replace(marks, link=note.link)), ()
            after_mark = True


def _format_mark(marks: InlineMarks, context: BlockContext) -> InlineMarks:
    """Return the inline marks of a note's mark: superscript, or the character style of marks."""
    style = context.edition.layout.notes.mark_style
    if style:
        return replace(marks, note=None, character=style.name)
    return replace(marks, note=None, position=Position.SUPERSCRIPT)


def _list_comma(language: str) -> str:
    """Return the comma between two marks at one place."""
    return "،" if script_of_language(language) == "Arab" else ","


def _find_note(message: Message, context: BlockContext) -> NoteText:
    """Return the note with a message; it is shaped when its first mark is set."""
    key = message.key, context.story(message).text
    if key not in context.notes:
        number = len(context.notes)
        link = note_link(context.turn, number)
        mark = context.edition.note_marks.get(link) or context.figure(number + 1)
        context.notes[key] = prepare_note(message, mark, link, context, is_at_foot=True)
    return context.notes[key]


def prepare_note(
    message: Message,
    mark: str,
    link: str,
    context: BlockContext,
    name: StyleName | None = None,
    *,
    is_at_foot: bool = False,
) -> NoteText:
    """Shape the mark and the paragraphs of a note.

    Args:
        message: Its message.
        mark: Its mark.
        link: The link that leads to it.
        context: The context in which it is set.
        name: Its paragraph style (default: that of all notes).
        is_at_foot: It is at the foot of a column, where its last line is at the foot and not on the baseline grid.
    """
    spec = context.edition.layout.notes
    style = context.style(name or spec.style, "footnote")
    story = context.story(message)
    on_grid = style.to_grid and not is_at_foot
    others = replace(style, space_before=0.0, space_after=0.0, drop_cap=None, to_grid=on_grid)
    # The space between notes is their own.
    first = replace(others, space_before=context.points(spec.gap, style.type.size))
    label = replace(first, align=Align.LEFT, indent_first=0.0, indent_start=0.0, patterns=())
    return NoteText(
        link,
        message,
        context.prepare((Words(mark, InlineMarks(link=mark_link(link))),), label, story),
        tuple(
            context.prepare(words, others if at else first, story)
            for at, words in enumerate(story.paragraphs)
        ),
        story.span,
    )
