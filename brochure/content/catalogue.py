"""Catalogues: the translation of a brochure's copy into one language, message by message.

Takes what an exchange format has read; gives `Catalogue`, keys to `Translation`s that remember the source they were made
from. A translation whose source has changed since is fuzzy: it waits for its translator and is not printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from brochure.content.copy import Copy, Entry
from brochure.findings import Span


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


def printed(catalogue: Catalogue) -> Copy:
    """The catalogue's ready translations as copy."""
    entries = {
        key: Entry(one.text, one.span) for key, one in catalogue.entries.items() if one.ready
    }
    return Copy(catalogue.language, catalogue.file, entries)
