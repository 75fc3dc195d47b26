"""Everything that a project's files contain in one language; the text of each message is chosen from it.

Texts come in layers, from general to specific: the source, then the language and its regional variants (`fr`, `fr-CA`), then
the office. The last layer that has a message is printed. A message that only the source has is missing in an edition of
another language, and falls back to the source text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from functools import cached_property

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, has_errors
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.catalogue_merge import merge_source
from brochure.l10n.copy_files import CONTENT, read_catalogues, read_hand_written, read_source
from brochure.l10n.language_tags import fallback_chain, is_compatible, is_tag, strip_extensions
from brochure.l10n.message_file import Copy, SourceMessage
from brochure.l10n.office import ANY, Digits, Office, load_office
from brochure.l10n.office_copy import select_office_source
from brochure.l10n.pseudolocale import PSEUDOLOCALES, make_pseudo_catalogue
from brochure.project import Project
from brochure.spec.model import Layout


class Readiness(Enum):
    """Translation state of a message in an edition."""

    READY = "ready"
    FUZZY = "fuzzy"
    MISSING = "missing"
    OUTDATED = "outdated"
    """The office replaces the source text, and the translation is that of the general text."""


AnyMessage = SourceMessage | Translation


@dataclass(frozen=True, slots=True)
class Layer:
    """Printable copy that overrides the layers before it, in the language that it has in an edition.

    `is_in_language` is True if that is the edition's language or compatible with it: French copy in a Canadian edition follows
    Canadian typography.
    """

    name: str
    entries: Mapping[str, AnyMessage]
    language: str
    is_in_language: bool


@dataclass(frozen=True, slots=True)
class ResolvedMessage:
    """The text of a message in one layer, its place in the file, and the translation state of the message up to this layer."""

    text: str
    span: Span
    layer: Layer
    readiness: Readiness


@dataclass(frozen=True)
class Translations:
    """Everything that a project's files contain in one language, for one office.

    Attributes:
        requested: The language tag as requested; its extensions choose how numbers are formatted.
        source: The source copy.
        catalogues: The catalogues of the language and its fallback locales by tag, nearest first.
        hand_written: The translated YAML copy of the same locales by tag.
        office: The office, whose copy overrides all others.
        languages: The tags of all files in the copy folder, to suggest one if the language has none.
        findings: What is wrong in the YAML copy.
    """

    requested: str
    source: Copy
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    hand_written: Mapping[str, Copy] = field(default_factory=dict)
    office: Office | None = None
    languages: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    office_catalogues: Mapping[str, Catalogue] = field(default_factory=dict)

    @classmethod
    def load(
        cls, project: Project, layout: Layout, locale: str | None = None, office: str | None = None
    ) -> Translations:
        """Read the files of a language and an office, each once.

        Args:
            project: The project that holds the files.
            layout: The project's layout, which names the source language.
            locale: A language tag or pseudolocale; default: the office's first language, or the source language.
            office: The id of an office; default: none.

        Raises:
            UsageError: `locale` is not a language tag, or the project has no such office.
            InputError: A catalogue, the office's file or, for a pseudolocale, the source has errors.
        """
        chosen = load_office(project, office) if office is not None else None
        default = chosen.languages[0] if chosen else layout.source_language
        tag = default if locale is None else locale
        if not is_tag(tag):
            raise UsageError(f"--lang {tag}: not a language tag (e.g. en, fr-CA or km)")
        is_pseudo = tag in PSEUDOLOCALES
        problems: list[Finding] = []
        catalogues = {} if is_pseudo else dict(read_catalogues(project, tag, problems))
        source, findings = read_source(project, layout)
        if is_pseudo:
            if has_errors(findings):
                raise InputError(findings)
            catalogues = {tag: make_pseudo_catalogue(source, tag)}
        problems = [*findings, *problems]
        hand_written = dict(read_hand_written(project, layout, tag, problems))
        languages = tuple(sorted({_language_tag(name) for name in project.listing(CONTENT)}))
        is_own = office is not None and not is_pseudo
        own = dict(read_catalogues(project, tag, problems, office)) if is_own else {}
        return cls(tag, source, catalogues, hand_written, chosen, languages, tuple(problems), own)

    @cached_property
    def language(self) -> str:
        """The language tag without extensions."""
        return strip_extensions(self.requested)

    @cached_property
    def locale(self) -> str:
        """The tag that numbers are formatted for, with the office's numbering system (BCP 47, -u-nu)."""
        if self.office is None or "-u-" in self.requested:
            return self.requested
        digits = {Digits.NATIVE: "-u-nu-native", Digits.LATIN: "-u-nu-latn"}
        return self.requested + digits.get(self.office.digits_in(self.requested), "")

    # Layers

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """All copy, from general to specific; the source is the first layer."""
        tags = tuple(reversed(fallback_chain(self.language)))
        layers = [self._layer("source", self.source.language, self.source.entries)]
        for tag in tags:
            if tag in self.hand_written:
                written = self.hand_written[tag].entries
                layers.append(self._layer(tag, tag, self._without_replaced(written)))
            if tag in self._merged:
                entries = self._merged[tag].entries
                ready = {key: one for key, one in entries.items() if one.ready}
                layers.append(self._layer(tag, tag, self._without_replaced(ready)))
        if self.office:
            name, copy = self._office_layer, self.office.copy
            own_source = self.office_source.entries.items()
            layers += [
                self._layer(name, self.source.language, {key: one}) for key, one in own_source
            ]
            for tag, catalogue in self._office_merged.items():
                ready = {key: one for key, one in catalogue.entries.items() if one.ready}
                layers.append(self._layer(name, tag, ready))
            own = ((tag, copy[tag]) for tag in (ANY, *tags) if tag in copy)
            layers += [self._layer(name, tag, one.entries) for tag, one in own]
        return tuple(layers)

    def catalogue_of(self, key: str) -> str | None:
        """Return the tag of the catalogue that translates a message; None if its text comes from a file of another kind.

        A message without a translation belongs to the nearest catalogue that lists it, else to the nearest one.
        """
        if key in self.office_source.entries:
            return None  # the office has a catalogue of its own
        chosen = self.choose(key)
        if chosen is not None and isinstance(chosen.layer.entries[key], Translation):
            return chosen.layer.name
        untranslated = self.readiness(key) in (Readiness.MISSING, Readiness.FUZZY)
        if not untranslated or self.language in PSEUDOLOCALES:
            return None
        listing = (tag for tag, one in self.catalogues.items() if key in one.entries)
        return next(listing, next(iter(self.catalogues), None))

    def with_texts(self, texts: Mapping[str, str]) -> Translations:
        """Return the translations as if their catalogues had these texts by key, ready to print; nothing is written."""
        catalogues = dict(self.catalogues)
        for key, text in texts.items():
            tag, source = self.catalogue_of(key), self.source.entries.get(key)
            if tag is None or source is None:
                continue
            entries = catalogues[tag].entries
            old = entries.get(key) or Translation(key, source.text, "", source.span)
            new = replace(old, source=source.text, text=text, fuzzy=False, previous=None)
            catalogues[tag] = replace(catalogues[tag], entries={**entries, key: new})
        return replace(self, catalogues=catalogues)

    @property
    def _office_layer(self) -> str:
        return f"office {self.office.office}" if self.office else ""

    @cached_property
    def office_source(self) -> Copy:
        """The office's own source texts that need a translation: those for which its file has none in the language."""
        if self.office is None or is_compatible(self.source.language, self.language):
            return Copy(self.source.language, "", {})
        copy, own = select_office_source(self.office, self.source), self.office.copy
        tags = (ANY, *fallback_chain(self.language))
        translated = {key for tag in tags if tag in own for key in own[tag].entries}
        entries = {key: one for key, one in copy.entries.items() if key not in translated}
        return replace(copy, entries=entries)

    @cached_property
    def _office_merged(self) -> Mapping[str, Catalogue]:
        """The office's catalogues merged with its own source texts, from general to specific."""
        tags = (tag for tag in reversed(fallback_chain(self.language)))
        own = self.office_catalogues
        return {tag: merge_source(self.office_source, own[tag]) for tag in tags if tag in own}

    def _without_replaced(self, entries: Mapping[str, AnyMessage]) -> Mapping[str, AnyMessage]:
        if self.office_source.entries.keys().isdisjoint(entries):
            return entries
        return {key: one for key, one in entries.items() if key not in self.office_source.entries}

    def _layer(self, name: str, tag: str, entries: Mapping[str, AnyMessage]) -> Layer:
        language = self.language if tag == ANY else tag
        return Layer(name, entries, language, is_compatible(language, self.language))

    @cached_property
    def _merged(self) -> Mapping[str, Catalogue]:
        """The catalogues merged with the source: translations of a changed source are fuzzy even before the file is updated."""
        return {tag: merge_source(self.source, one) for tag, one in self.catalogues.items()}

    @cached_property
    def _fuzzy_keys(self) -> frozenset[str]:
        tags = fallback_chain(self.language)
        merged = (self._merged[tag].entries for tag in tags if tag in self._merged)
        return frozenset(key for entries in merged for key, one in entries.items() if one.fuzzy)

    @cached_property
    def messages(self) -> Mapping[str, tuple[ResolvedMessage, ...]]:
        """Each message's text in every layer that has it; the last one is printed."""
        found: dict[str, tuple[ResolvedMessage, ...]] = {}
        for layer in self.layers:
            for key, entry in layer.entries.items():
                before = found.get(key, ())
                state = Readiness.READY if before else self._state_of_first(key)
                if key in self.office_source.entries:
                    state = self._state_in_office(key, entry)
                found[key] = (*before, ResolvedMessage(entry.text, entry.span, layer, state))
        return found

    def _state_of_first(self, key: str) -> Readiness:
        """Return the state of a message in the first layer that has it."""
        if self.layers[0].is_in_language or self._is_empty(key):
            return Readiness.READY
        return Readiness.FUZZY if key in self._fuzzy_keys else Readiness.MISSING

    def _state_in_office(self, key: str, entry: AnyMessage) -> Readiness:
        """Return the state of a message whose source text is the office's own."""
        own = self.office_source.entries[key]
        if entry is not own or not own.text.strip():
            return Readiness.READY
        if any(one.fuzzy for _, one in self.fuzzy_translations(key)):
            return Readiness.FUZZY
        return Readiness.OUTDATED if key in self.source.entries else Readiness.MISSING

    def _is_empty(self, key: str) -> bool:
        """Return True if the source text is empty, so that there is nothing to translate."""
        entry = self.source.entries.get(key)
        return entry is not None and not entry.text.strip()

    def choose(self, key: str) -> ResolvedMessage | None:
        """Return the text that is printed; None if no layer has the message."""
        texts = self.messages.get(key)
        return texts[-1] if texts else None

    def readiness(self, key: str) -> Readiness:
        """Return the state of the message in the edition's language."""
        chosen = self.choose(key)
        return chosen.readiness if chosen else self._state_of_first(key)

    def fuzzy_translations(self, key: str) -> Iterator[tuple[str, Translation]]:
        """Yield the fuzzy translations of a message, which are not printed, with their language tags."""
        is_own = self.office is not None and key in self.office_source.entries
        for tag, catalogue in (self._office_merged if is_own else self._merged).items():
            one = catalogue.entries.get(key)
            if one and one.fuzzy and one.text:
                yield self._office_layer if is_own else tag, one

    def translated_text(self, key: str) -> str | None:
        """Return the source text that the printed text of a message translates; None if it is not a translation."""
        chosen = self.choose(key)
        if chosen is None:
            return None
        if key in self.office_source.entries:
            is_translation = isinstance(chosen.layer.entries[key], Translation)
            return self.office_source.entries[key].text if is_translation else None
        is_translation = chosen.layer.name in fallback_chain(self.language)
        return (
            self.source.entries[key].text if is_translation and key in self.source.entries else None
        )


def _language_tag(name: str) -> str:
    return name.removeprefix(f"{CONTENT}/").rpartition(".")[0]
