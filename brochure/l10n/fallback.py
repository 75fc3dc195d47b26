"""Layers: who says what in an edition, and who speaks last.

Takes the source copy, the translations and an office; gives `Layers`, in which each message has the words of every layer
that says it, the last of which is printed: source, then language from the general to the particular (`fr`, `fr-CA`), then
the office. A message that only the source says in another language's edition is missing there, and falls back to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, ready_copy
from brochure.l10n.catalogue_merge import merge_source
from brochure.l10n.language_tags import fallback_chain, is_compatible
from brochure.l10n.message_file import Copy
from brochure.l10n.office import ANY, Office


class Readiness(Enum):
    """Whether a message can be printed in the edition's language."""

    READY = "ready"
    FUZZY = "fuzzy"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ResolvedMessage:
    """What one layer says: its words, where they stand, in which language, and the layer's name."""

    text: str
    span: Span
    language: str
    layer: str


@dataclass(frozen=True)
class Layers:
    """The copy of an edition, from the source to the office. `waiting` are the keys whose translation is fuzzy."""

    source: Copy
    language: str
    others: tuple[tuple[str, Copy], ...] = ()
    waiting: frozenset[str] = frozenset()

    def said(self, key: str) -> tuple[ResolvedMessage, ...]:
        """What each layer says, the one that is printed last."""
        return tuple(self._said(key))

    def _said(self, key: str) -> Iterator[ResolvedMessage]:
        for name, copy in (("source", self.source), *self.others):
            entry = copy.entries.get(key)
            if entry is not None:
                language = self.language if copy.language == ANY else copy.language
                yield ResolvedMessage(entry.text, entry.span, language, name)

    def last(self, key: str) -> ResolvedMessage | None:
        """What is printed; None where nobody says it."""
        said = self.said(key)
        return said[-1] if said else None

    def readiness(self, key: str) -> Readiness:
        """Whether the message is there in the edition's language."""
        said = self.said(key)
        if is_compatible(self.source.language, self.language) or len(said) > 1:
            return Readiness.READY
        return Readiness.FUZZY if key in self.waiting else Readiness.MISSING

    @property
    def messages(self) -> tuple[str, ...]:
        """Every message that the source has, in its order."""
        return tuple(self.source.entries)


def stack_layers(
    source: Copy,
    language: str,
    catalogues: Mapping[str, Catalogue],
    written: Mapping[str, Copy],
    office: Office | None,
) -> Layers:
    """The layers of an edition: catalogues and hand-written copy by tag, and an office's own words."""
    others: list[tuple[str, Copy]] = []
    waiting: set[str] = set()
    tags = tuple(reversed(fallback_chain(language)))
    for tag in tags:
        if tag in written:
            others.append((tag, written[tag]))
        if tag in catalogues:
            # A source that has changed since makes its translation wait, even before the catalogue is updated.
            catalogue = merge_source(source, catalogues[tag])
            others.append((tag, ready_copy(catalogue)))
            waiting |= {key for key, one in catalogue.entries.items() if one.fuzzy}
    if office:
        others.extend(_of_office(office, tags))
    return Layers(source, language, tuple(others), frozenset(waiting))


def _of_office(office: Office, tags: Sequence[str]) -> Iterator[tuple[str, Copy]]:
    for tag in (ANY, *tags):
        if tag in office.copy:
            yield f"office {office.office}", office.copy[tag]
