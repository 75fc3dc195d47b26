"""Locale fallback: choose the text of each message from the source, the translations and the office.

Layers are ordered from general to specific: the source, then the language and its regional variants (`fr`, `fr-CA`), then the
office. The last layer that has a message is printed. A message that only the source has is missing in an edition of
another language, and falls back to the source text.
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
    """Translation state of a message in an edition."""

    READY = "ready"
    FUZZY = "fuzzy"
    MISSING = "missing"
    OUTDATED = "outdated"
    """The office replaces the source text, and the translation is that of the general text."""


@dataclass(frozen=True, slots=True)
class ResolvedMessage:
    """The text of a message in one layer, with its place in the file, its language and the layer's name."""

    text: str
    span: Span
    language: str
    layer: str


@dataclass(frozen=True)
class Layers:
    """The copy of an edition: the source and the layers that override it.

    `fuzzy` holds the keys of fuzzy messages, `outdated` those whose source text the office replaces.
    """

    source: Copy
    language: str
    overrides: tuple[tuple[str, Copy], ...] = ()
    fuzzy: frozenset[str] = frozenset()
    outdated: frozenset[str] = frozenset()

    def candidates(self, key: str) -> tuple[ResolvedMessage, ...]:
        """Return the text of each layer that has the message; the last one is printed."""
        return tuple(self._candidates(key))

    def _candidates(self, key: str) -> Iterator[ResolvedMessage]:
        for name, copy in (("source", self.source), *self.overrides):
            entry = copy.entries.get(key)
            if entry is not None:
                language = self.language if copy.language == ANY else copy.language
                yield ResolvedMessage(entry.text, entry.span, language, name)

    def choose(self, key: str) -> ResolvedMessage | None:
        """Return the text that is printed; None if no layer has the message."""
        candidates = self.candidates(key)
        return candidates[-1] if candidates else None

    def readiness(self, key: str) -> Readiness:
        """Return the state of the message in the edition's language."""
        candidates = self.candidates(key)
        if key in self.outdated:
            return Readiness.OUTDATED
        if is_compatible(self.source.language, self.language) or len(candidates) > 1:
            return Readiness.READY
        if candidates and not candidates[0].text.strip():
            return Readiness.READY  # there is nothing to translate
        return Readiness.FUZZY if key in self.fuzzy else Readiness.MISSING

    @property
    def messages(self) -> tuple[str, ...]:
        """The keys of all messages, in the order of the source."""
        return tuple(self.source.entries)


def stack_layers(
    source: Copy,
    language: str,
    catalogues: Mapping[str, Catalogue],
    hand_written: Mapping[str, Copy],
    office: Office | None,
) -> Layers:
    """Return the layers of an edition.

    Args:
        source: The source copy.
        language: The edition's language.
        catalogues: Translation catalogues by language tag.
        hand_written: Translated YAML copy by language tag.
        office: The office, whose copy overrides all others.
    """
    overrides: list[tuple[str, Copy]] = []
    fuzzy: set[str] = set()
    tags = tuple(reversed(fallback_chain(language)))
    for tag in tags:
        if tag in hand_written:
            overrides.append((tag, hand_written[tag]))
        if tag in catalogues:
            # Translations of a changed source are fuzzy even before the catalogue file is updated.
            catalogue = merge_source(source, catalogues[tag])
            overrides.append((tag, ready_copy(catalogue)))
            fuzzy |= {key for key, one in catalogue.entries.items() if one.fuzzy}
    replaced: dict[str, tuple[str, Copy]] = {}
    if office:
        replaced = _find_replaced(office, source, language, tags)
        overrides = [(tag, _without(copy, replaced)) for tag, copy in overrides]
        overrides.extend(replaced.values())
        overrides.extend(_office_layers(office, tags))
    return Layers(source, language, tuple(overrides), frozenset(fuzzy), frozenset(replaced))


def _find_replaced(
    office: Office, source: Copy, language: str, tags: Sequence[str]
) -> dict[str, tuple[str, Copy]]:
    """Return the layers with the source texts that the office replaces without a translation of its own."""
    if is_compatible(source.language, language):
        return {}
    own = {key for tag in (ANY, *tags) if tag in office.copy for key in office.copy[tag].entries}
    return {
        key: (f"office {office.office}", Copy(tag, copy.file, {key: entry}))
        for tag, copy in sorted(office.copy.items(), key=lambda item: len(item[0]))
        if tag != ANY and is_compatible(source.language, tag)
        for key, entry in copy.entries.items()
        if key not in own and key in source.entries and entry.text != source.entries[key].text
    }


def _without(copy: Copy, keys: Mapping[str, object]) -> Copy:
    """Return the copy without some messages."""
    if keys.keys().isdisjoint(copy.entries):
        return copy
    kept = {key: entry for key, entry in copy.entries.items() if key not in keys}
    return Copy(copy.language, copy.file, kept)


def _office_layers(office: Office, tags: Sequence[str]) -> Iterator[tuple[str, Copy]]:
    for tag in (ANY, *tags):
        if tag in office.copy:
            yield f"office {office.office}", office.copy[tag]
