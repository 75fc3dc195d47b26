"""Catalogues: the translation of a brochure's copy into one language, message by message.

Takes what an exchange format has read; gives `Catalogue`, keys to `Translation`s that remember the source they were made
from. A translation whose source has changed since is fuzzy: it waits for its translator and is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.message_file import Copy, SourceMessage


@dataclass(frozen=True, slots=True)
class Translation:
    """One message: its key, the source as the translator saw it, the translation (empty where there is none yet).

    `fuzzy` marks one that its translator must look at again; `previous` is the source that it was made from, where that
    has changed. `notes` is the translator's own comment, `comments` what the catalogue tells the translator.
    """

    key: str
    source: str
    text: str
    span: Span
    fuzzy: bool = False
    previous: str | None = None
    notes: str = ""
    comments: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can be printed."""
        return bool(self.text) and not self.fuzzy


@dataclass(frozen=True)
class Catalogue:
    """The translations into one language, in the order of the source copy; `obsolete` are those no longer asked for."""

    language: str
    file: str
    entries: Mapping[str, Translation]
    obsolete: tuple[Translation, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What can be neither printed nor written into XML (XML 1.0, 2.2) or a workbook; copy in YAML may not have it either."""


def find_control_characters(one: Translation) -> Iterator[Finding]:
    """A finding where a message, a note or a key has a character that cannot be printed."""
    for text in (one.key, one.source, one.text, one.notes, one.comments, one.previous or ""):
        found = UNPRINTABLE.search(text)
        if found:
            message = f"there is a control character U+{ord(found[0]):04X} in this message"
            yield Finding("copy-control", message, one.span, "take it out")
            return


def ready_copy(catalogue: Catalogue) -> Copy:
    """The catalogue's ready translations as copy."""
    entries = {
        key: SourceMessage(one.text, one.span)
        for key, one in catalogue.entries.items()
        if one.ready
    }
    return Copy(catalogue.language, catalogue.file, entries)
