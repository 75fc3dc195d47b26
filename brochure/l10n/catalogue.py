"""Translation catalogues: the messages of a brochure translated into one language.

Each translation records the source text that it was made from. If the source has changed since, the translation is fuzzy
and is not printed until a translator has reviewed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.lazy_pattern import compile_lazily


@dataclass(frozen=True, slots=True)
class Translation:
    """One catalogue entry.

    Attributes:
        key: The message's key (gettext's msgctxt).
        source: The source text as the translator saw it.
        text: The target text; empty if the message is not translated.
        fuzzy: True if a translator must review the translation.
        previous: The source text that the translation was made from, if the source has changed since.
        notes: The translator's comment.
        comments: Extracted comments for the translator.
        flags: Flags of a PO entry besides `fuzzy`, such as `max-length:70` or those of other programs.
        references: Places in source files, with their lines, as other programs write them (`#:`).
    """

    key: str
    source: str
    text: str
    span: Span
    fuzzy: bool = False
    previous: str | None = None
    notes: str = ""
    comments: str = ""
    flags: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()

    @property
    def ready(self) -> bool:
        """True if the message is translated and not fuzzy."""
        return bool(self.text) and not self.fuzzy


@dataclass(frozen=True, slots=True)
class BadEntry:
    """An entry that cannot be read: its key, if known, and the number of its first wrong line.

    `is_misplaced` is True if the line itself is valid, but not at its place in the entry.
    """

    key: str
    line: int
    is_misplaced: bool = False


@dataclass(frozen=True)
class Catalogue:
    """The translations into one language, in the order of the source.

    Attributes:
        language: The language that the catalogue is read or written for.
        file: The file's name for messages.
        entries: The messages by key.
        obsolete: Translations whose message was removed.
        header: The header fields of a PO file.
        title: The comment above the header, without its `#`.
        declared: The target language that the file itself names; empty if it names none.
        left_out: Keys whose translation has errors; their entries have no text.
        pictures: JPEG images of the places of messages on their pages, by key, for formats that show them.
    """

    language: str
    file: str
    entries: Mapping[str, Translation]
    obsolete: tuple[Translation, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    declared: str = ""
    left_out: frozenset[str] = frozenset()
    pictures: Mapping[str, bytes] = field(default_factory=dict)


LINE_ENDS = compile_lazily("\r\n?|[\x85\u2028]")
"""Line ends besides `\n`. A PO file cannot hold them: its readers end a line there, and it has no escape sequence for most."""

PARAGRAPH_END = "\u2029"


def normalise_line_ends(text: str) -> str:
    r"""Return the text with `\n` for every line end and an empty line for every paragraph separator."""
    if text.isascii() and "\r" not in text:
        return text
    return LINE_ENDS.sub("\n", text).replace(PARAGRAPH_END, "\n\n")


def normalise_entry(one: Translation) -> Translation:
    """Return the entry with normalised line ends in all of its texts."""
    previous = None if one.previous is None else normalise_line_ends(one.previous)
    return replace(
        one,
        source=normalise_line_ends(one.source),
        text=normalise_line_ends(one.text),
        notes=normalise_line_ends(one.notes),
        comments=normalise_line_ends(one.comments),
        previous=previous,
    )


UNPRINTABLE = compile_lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""Characters that can neither be printed nor written to XML (XML 1.0, 2.2), a workbook or YAML."""


def find_control_characters(one: Translation) -> Iterator[Finding]:
    """Yield a finding if the entry's key, text or comments contain a control character."""
    for text in (one.key, one.source, one.text, one.notes, one.comments, one.previous or ""):
        match = UNPRINTABLE.search(text)
        if match:
            message = f"the message contains the control character U+{ord(match[0]):04X}"
            yield Finding("copy-control", message, one.span, "delete it")
            return


def clear_texts(
    entries: Mapping[str, Translation], left_out: Collection[str]
) -> Mapping[str, Translation]:
    """Return the entries without the texts of those that have errors."""
    if not left_out:
        return entries
    return {
        key: replace(one, text="", fuzzy=False, previous=None) if key in left_out else one
        for key, one in entries.items()
    }
