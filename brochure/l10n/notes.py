"""Notes: the messages with the words of footnotes and endnotes, and the marks that refer to them.

The words of `[^name]` in the message `results.body` are a paragraph of it that begins with `[^name]:`, or else the message
`results.notes.name` or `notes.name`: a note is in the nearest `notes` mapping of the copy. Each note is a message of its own; the
key of such a paragraph is `results.body.notes.name`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, nearest
from brochure.l10n.inline_markup import NOTE_MARK
from brochure.l10n.message_file import NOTES, Copy, SourceMessage
from brochure.l10n.references import find_values
from brochure.l10n.story import Story, Words
from brochure.spec.values import Message

NOTE_LINK, MARK_LINK = "#note:", "#note-mark:"
"""Begin the targets of the links from a mark to its note, and from the note back to its mark."""


@dataclass(frozen=True, slots=True)
class Endnote:
    """A note that is set in a block: its message, its mark, and the link from its mark to it.

    `others` are the links from other texts that have a mark for it.
    """

    message: Message
    mark: str
    link: str
    others: tuple[str, ...] = ()


def note_link(turn: int, number: int) -> str:
    """Return the link to a note: the `number`-th of the thread with this index in reading order."""
    return f"{NOTE_LINK}{turn}.{number}"


def mark_link(link: str) -> str:
    """Return the link from a note back to its mark."""
    return MARK_LINK + link.removeprefix(NOTE_LINK)


def is_note_link(link: str | None) -> bool:
    """Return True if a link leads from a mark to its note."""
    return link is not None and link.startswith(NOTE_LINK)


def is_between_notes(link: str) -> bool:
    """Return True if a link leads from a mark to its note, or back."""
    return link.startswith((NOTE_LINK, MARK_LINK))


def find_counterpart(link: str) -> str:
    """Return the link in the other direction of a link between a mark and its note."""
    if link.startswith(MARK_LINK):
        return NOTE_LINK + link.removeprefix(MARK_LINK)
    return mark_link(link)


def find_note(name: str, key: str, messages: Container[str]) -> str | None:
    """Return the key of the note that a mark in the message `key` refers to; None if there is none."""
    return next((one for one in _candidates(name, key) if one in messages), None)


def _candidates(name: str, key: str) -> Iterator[str]:
    """Yield where the words of a note may be, nearest first."""
    levels = key.split(".")
    for depth in range(len(levels), -1, -1):
        yield ".".join((*levels[:depth], NOTES, name))


def list_note_messages(stories: Iterable[Story]) -> dict[Message, None]:
    """Return the messages of the notes that are marked in stories, in their order."""
    return {message: None for story in stories for _, message in story.notes}


def find_marks(paragraphs: tuple[tuple[Words, ...], ...]) -> tuple[str, ...]:
    """Return the names of the notes that are marked in a text, in order of first use."""
    marks = (words.marks.note for paragraph in paragraphs for words in paragraph)
    return tuple(dict.fromkeys(name for name in marks if name))


def report_unknown_note(key: str, name: str, span: Span, known: Mapping[str, object]) -> Finding:
    """Return the finding that a mark refers to no note."""
    own = ".".join((*key.split(".")[:-1], NOTES, name))
    message = f"message '{key}': no note has the name '{name}'; expected a paragraph '[^{name}]: …' or the message '{own}'"
    names = {one.rpartition(".")[2] for one in known if is_note(one)}
    hint = "write its words in the copy"
    if names and (near := nearest(name, names)).startswith("did you mean"):
        hint = near
    return Finding("note-unknown", message, span, f"{hint}; \\[^{name}] to print the mark as it is")


def is_note(key: str) -> bool:
    """Return True if a message is in a `notes` mapping."""
    return key.split(".")[-2:-1] == [NOTES]


def find_keys(content: object, stories: Mapping[str, Story]) -> tuple[str, ...]:
    """Return the keys of the messages that blocks show, with those of the notes that are marked in them."""
    own = dict.fromkeys(message.key for message in find_values(content, (Message,)))
    notes = (note.key for key in own if key in stories for _, note in stories[key].notes)
    return tuple(dict.fromkeys((*own, *notes)))


def find_marking(entries: Mapping[str, SourceMessage]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the messages that have a mark for each note of the copy, by its key."""
    found: dict[str, dict[str, None]] = {}
    for key, one in entries.items():
        if "[^" in one.text:
            for match in NOTE_MARK.finditer(one.text):
                note = find_note(match[1], key, entries)
                if note:
                    found.setdefault(note, {})[key] = None
    return {note: tuple(keys) for note, keys in found.items()}


def report_unmarked(copy: Copy, used: Container[str]) -> Iterator[Finding]:
    """Yield a warning for each note of the source that no message refers to.

    Args:
        copy: The source copy.
        used: The keys of messages that blocks show, which are not notes.
    """
    notes = {key: one for key, one in copy.entries.items() if is_note(key) and key not in used}
    if not notes:
        return
    marked = find_marking(copy.entries)
    for key, one in notes.items():
        if key not in marked:
            message = f"no text has a mark for the note '{key}', so it is not printed"
            hint = f"write [^{key.rpartition('.')[2]}] where it belongs, or delete it"
            yield Finding("note-unmarked", message, one.span, hint, Severity.WARNING)
