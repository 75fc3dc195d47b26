"""Number the notes of a brochure: where each is marked is known after the layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from brochure.blocks.notes import Notes
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.l10n.anchors import format_folio
from brochure.l10n.edition import Edition
from brochure.l10n.notes import Endnote
from brochure.l10n.references import find_values
from brochure.layout.threads import SetThread, ThreadNote
from brochure.spec.notes import NoteMark, NoteNumbering, NotePlace
from brochure.spec.values import Message

SYMBOLS = "*†‡§‖¶"
"""Marks in their customary order; after the last one they are doubled."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def number_notes(edition: Edition, set_threads: Sequence[SetThread]) -> Edition:
    """Return the edition with the marks of all notes, and with the notes that are set in a block."""
    numbered = _number(edition, set_threads)
    others: dict[str, tuple[str, ...]] = {}
    for one in numbered:
        if one.first != one.link:
            others[one.first] = (*others.get(one.first, ()), one.link)
    endnotes = tuple(
        Endnote(one.message, one.mark, one.link, others.get(one.link, ()))
        for one in numbered
        if one.is_endnote and one.first == one.link
    )
    marks = {one.link: one.mark for one in numbered}
    return replace(edition, note_marks=marks, endnotes={"all": endnotes})


def place_of_notes(edition: Edition, each: SetThread) -> NotePlace:
    """Return where the notes of a thread are set."""
    return each.thread.frames[0].spec.notes or edition.layout.notes.place


def find_new_marks(
    before: Edition, after: Edition, set_threads: Sequence[SetThread]
) -> list[ThreadNote]:
    """Return the notes whose marks are not those that they were set with, or all if a block of notes has changed."""
    notes = [one for each in set_threads for one in each.notes]
    if before.endnotes.get("all", ()) != after.endnotes.get("all", ()):
        return notes
    return [one for one in notes if one.mark != after.note_marks[one.note.link]]


def report_unprintable(edition: Edition, set_threads: Sequence[SetThread]) -> Iterator[Finding]:
    """Yield findings for notes that belong in a missing block, or whose marks are only in text that has no notes."""
    yield from report_unplaced(edition, set_threads)
    yield from report_unprinted(edition, set_threads)


def _in_reading_order(set_threads: Iterable[SetThread]) -> list[SetThread]:
    return sorted(set_threads, key=lambda each: each.thread.turn)


@dataclass(frozen=True, slots=True)
class _NumberedNote:
    """A note with its mark; `first` is the link of the first endnote with the same words, or its own."""

    message: Message
    link: str
    mark: str
    first: str
    is_endnote: bool


def _number(edition: Edition, set_threads: Sequence[SetThread]) -> list[_NumberedNote]:
    """Return all notes in reading order; endnotes with the same words have one mark."""
    counts: dict[int, int] = {}
    known: dict[object, _NumberedNote] = {}
    numbered: list[_NumberedNote] = []
    for each in _in_reading_order(set_threads):
        is_endnote = place_of_notes(edition, each) is NotePlace.END
        for one in each.notes:
            scope, note = _find_scope(edition, each, one), one.note
            words = scope, note.key, tuple(text.text for text in note.paragraphs)
            first = known.get(words) if is_endnote else None
            if first is None:
                counts[scope] = counts.get(scope, 0) + 1
            mark = first.mark if first else format_mark(counts[scope], edition)
            own = first.link if first else note.link
            numbered.append(_NumberedNote(note.message, note.link, mark, own, is_endnote))
            if is_endnote:
                known.setdefault(words, numbered[-1])
    return numbered


def _find_scope(edition: Edition, each: SetThread, one: ThreadNote) -> int:
    """Return the number of what the marks begin again in: a story or frame, a page, or the brochure."""
    match edition.layout.notes.restart:
        case NoteNumbering.BROCHURE:
            return 0
        case NoteNumbering.STORY:
            return each.thread.turn
        case NoteNumbering.PAGE:
            return one.page


def format_mark(number: int, edition: Edition) -> str:
    """Return the mark of a note: a number in the digits of the edition, a letter or a symbol."""
    match edition.layout.notes.marks:
        case NoteMark.NUMBERS:
            return format_folio(str(number), edition.locale)
        case NoteMark.LETTERS:
            return LETTERS[(number - 1) % len(LETTERS)] * (1 + (number - 1) // len(LETTERS))
        case NoteMark.SYMBOLS:
            return SYMBOLS[(number - 1) % len(SYMBOLS)] * (1 + (number - 1) // len(SYMBOLS))


def report_unplaced(edition: Edition, set_threads: Sequence[SetThread]) -> Iterator[Finding]:
    """Yield a finding if notes belong in a block, and the layout has none."""
    notes = [
        one
        for each in set_threads
        for one in each.notes
        if place_of_notes(edition, each) is NotePlace.END
    ]
    layout = edition.layout
    contents = (layout.pages, layout.masters, layout.stories)
    if notes and not any(True for _ in find_values(contents, (Notes,))):
        count = "1 note is" if len(notes) == 1 else f"{len(notes)} notes are"
        message = f"{count} not printed: no frame has a block 'notes'"
        hint = "add '- notes:' where the endnotes belong, or write 'notes: {place: foot}'"
        yield Finding("notes-unplaced", message, notes[0].note.span, hint)


def report_unprinted(edition: Edition, set_threads: Sequence[SetThread]) -> Iterator[Finding]:
    """Yield a warning for each note whose marks are only in text that has no notes, such as alternative text."""
    printed = {one.note.key for each in set_threads for one in each.notes}
    reported = set(printed)
    for story in edition.stories.values():
        for name, note in story.notes:
            if note.key not in reported:
                reported.add(note.key)
                message = f"message '{story.key}': the note '{note.key}' is not printed: its mark is in text without lines"
                hint = (
                    f"delete [^{name}]: alternative text, running titles and metadata have no notes"
                )
                yield Finding("note-unprinted", message, story.span, hint, Severity.WARNING)


def report_unstable(notes: Sequence[ThreadNote]) -> Finding:
    """Return the finding that the marks of notes do not settle."""
    note = notes[0].note
    message = f"the mark of the note '{note.key}' does not settle: with it, the text moves to another page, and back without"
    hint = "let the numbers run on, or change the length of the text"
    return Finding("note-unstable", message, note.span, hint)
