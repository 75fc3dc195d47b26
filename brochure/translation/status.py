"""Report the translation status of every edition: what is missing, fuzzy, broken or overset, and whether it is ready to print.

Each edition is assessed separately, so that one that cannot be read does not hide the others. Catalogues are compared with the
current source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, has_errors
from brochure.l10n.edition import Edition
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.office import list_offices, load_office
from brochure.l10n.project_editions import EditionName, list_languages
from brochure.l10n.proofreading import find_problems
from brochure.l10n.translations import Readiness, Translations
from brochure.translation.overset import OversetMessage, find_overset
from brochure.translation.workspace import Workspace, set_resolved_edition

PROOFREADING_CODES = frozenset({"message-form", "markup", "plural-forms"})
"""Findings of edition resolution that proofreading reports in more detail."""


@dataclass(frozen=True)
class EditionStatus:
    """The status of one edition.

    `outdated` holds the keys whose source text the office replaces, `broken` those whose placeholders, markup or characters
    are wrong; `others` counts errors that do not belong to a message (a missing glyph, an unreadable file). `words` is the
    number of source words of the messages that need a translator, `unused` the source messages that the edition does not use.
    """

    name: EditionName
    messages: int = 0
    fuzzy: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    overset: tuple[OversetMessage, ...] = ()
    others: int = 0
    findings: tuple[Finding, ...] = ()
    words: int = 0
    unused: tuple[str, ...] = ()

    @property
    def unready(self) -> tuple[str, ...]:
        """The keys of the messages that need a translator."""
        return (*self.missing, *self.fuzzy, *self.outdated)

    @property
    def problems(self) -> int:
        """Number of messages that need work, and of other errors."""
        return len(self.unready) + len(self.broken) + len(self.overset) + self.others

    @property
    def rank(self) -> tuple[object, ...]:
        """The key by which the worst edition is first: files that cannot be read, then the number of problems."""
        is_unreadable = not self.ready and not self.messages
        return self.ready, not is_unreadable, -self.problems, self.name

    @property
    def translated(self) -> int:
        """Number of messages that are translated and not fuzzy."""
        return self.messages - len(self.fuzzy) - len(self.missing) - len(self.outdated)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the edition is not ready, e.g. '3 missing'."""
        counts = (
            (len(self.missing), "missing"),
            (len(self.fuzzy), "fuzzy"),
            (len(self.outdated), "outdated"),
            (len(self.broken), "broken"),
            (len(self.overset), "too long"),
            (self.others, "other"),
        )
        return tuple(f"{count} {word}" for count, word in counts if count)

    @property
    def ready(self) -> bool:
        """True if the edition can be printed."""
        return not self.reasons


def assess_editions(workspace: Workspace) -> Iterator[EditionStatus]:
    """Yield the status of every edition: those of the offices, then languages that no office uses."""
    return (assess_edition(workspace, name) for name in list_assessed(workspace))


def list_assessed(workspace: Workspace) -> Iterator[EditionName]:
    """Yield the editions; an office that cannot be read is an edition without a language."""
    office_tags: set[str] = set()
    offices = list_offices(workspace.project)
    for office in offices:
        try:
            tags = load_office(workspace.project, office).languages
        except InputError:
            yield EditionName(office, "")
            continue
        for tag in tags:
            office_tags.update(fallback_chain(tag))
            yield EditionName(office, tag)
    source = workspace.layout.source_language
    other_tags = [tag for tag in list_languages(workspace.project) if tag not in office_tags]
    for tag in sorted(other_tags, key=lambda tag: (tag != source, tag)):
        if not (offices and tag == source):
            yield EditionName("", tag)


def _unreadable(name: EditionName, failure: InputError) -> EditionStatus:
    return EditionStatus(name, others=len(failure.findings), findings=failure.findings)


def assess_edition(workspace: Workspace, name: EditionName) -> EditionStatus:
    """Return the status of one edition."""
    try:
        translations = Translations.load(
            workspace.project, workspace.layout, name.language or None, name.office or None
        )
        edition, found = workspace.resolve_edition(translations)
    except InputError as failure:
        return _unreadable(name, failure)
    proofreading = tuple(_proofread(edition))
    proofread_spans = {finding.span for _, finding in proofreading}
    others = [
        one for one in found if not (one.code in PROOFREADING_CODES and one.span in proofread_spans)
    ]
    overset: tuple[OversetMessage, ...] = ()
    if not has_errors(found):
        done = set_resolved_edition(workspace, edition)
        overset = find_overset(done)
        others += [one for one in done.findings if one.code != "overflow"]
    findings = (
        *_report_outdated(translations),
        *_report_unready(edition),
        *(one for _, one in proofreading),
        *others,
    )
    return EditionStatus(
        name,
        len(edition.stories),
        _keys_in_state(edition, Readiness.FUZZY),
        _keys_in_state(edition, Readiness.MISSING),
        _keys_in_state(edition, Readiness.OUTDATED),
        tuple(dict.fromkeys(key for key, one in proofreading if one.severity is Severity.ERROR)),
        overset,
        sum(one.severity is Severity.ERROR for one in others),
        (*findings, *(one.finding for one in overset)),
        sum(len(_source_text(key, translations).split()) for key in _unready_keys(edition)),
        tuple(key for key in translations.source.entries if key not in edition.stories),
    )


def _unready_keys(edition: Edition) -> Iterator[str]:
    states = (Readiness.FUZZY, Readiness.MISSING, Readiness.OUTDATED)
    return (key for state in states for key in _keys_in_state(edition, state))


def _source_text(key: str, translations: Translations) -> str:
    """Return the text that a translator is to translate: the office's own, if it has one."""
    own = translations.office_source.entries.get(key)
    return (own or translations.source.entries[key]).text


def _keys_in_state(edition: Edition, state: Readiness) -> tuple[str, ...]:
    translations = edition.translations
    source = {**translations.source.entries, **translations.office_source.entries}
    keys = (key for key in edition.stories if key in source)
    return tuple(key for key in keys if edition.translations.readiness(key) is state)


def _report_outdated(translations: Translations) -> Iterator[Finding]:
    """Yield a note for each catalogue whose source texts are out of date."""
    office = translations.office
    for source, catalogues, option in (
        (translations.source, translations.catalogues, ""),
        (
            translations.office_source,
            translations.office_catalogues,
            f" --office {office.office}" if office else "",
        ),
    ):
        current = {key: entry.text for key, entry in source.entries.items()}
        for tag, one in catalogues.items():
            recorded = {key: entry.source for key, entry in one.entries.items()}
            if recorded != current:
                hint = f"update it with 'brochure text update{option} --lang {tag}'"
                message = "the source has changed since this catalogue was last updated"
                yield Finding("catalogue-behind", message, Span(one.file), hint, Severity.NOTE)


# Messages


STATE_MESSAGES = {
    Readiness.MISSING: ("is not translated", ""),
    Readiness.FUZZY: (
        "is fuzzy: its source has changed, or the catalogue marks it so",
        "review it and remove the fuzzy flag",
    ),
    Readiness.OUTDATED: (
        "is outdated: the office replaces its source text",
        "translate the office's text, in 'copy' of its file or with 'brochure text extract --office'",
    ),
}


def _report_unready(edition: Edition) -> Iterator[Finding]:
    """Yield a finding for each missing or fuzzy message, or a single one if the catalogue is missing."""
    if not edition.translations.catalogues:
        if _keys_in_state(edition, Readiness.MISSING):
            hint = f"start one with 'brochure text extract --lang {edition.language}'"
            message = f"no catalogue for '{edition.language}'"
            yield Finding("catalogue-missing", message, None, hint)
        return
    for state, (text, hint) in STATE_MESSAGES.items():
        for key in _keys_in_state(edition, state):
            span = _locate(key, edition.translations)
            message = f"message '{key}' {text}"
            yield Finding(f"translation-{state.value}", message, span, hint)


def _locate(key: str, translations: Translations) -> Span:
    """Return the message's place in the nearest catalogue that has it, else in the source."""
    source, catalogues = translations.source, translations.catalogues.values()
    if key in translations.office_source.entries:
        own = (one for one in translations.office_catalogues.values() if key in one.entries)
        return next((one.entries[key].span for one in own), translations.messages[key][-1].span)
    spans = [one.entries[key].span for one in catalogues if key in one.entries]
    spans += [source.entries[key].span] if key in source.entries else []
    return spans[0] if spans else Span(source.file)


def _proofread(edition: Edition) -> Iterable[tuple[str, Finding]]:
    """Yield proofreading findings with their keys; an office's own copy is not compared with the source."""
    for key in edition.stories:
        resolved = edition.translations.choose(key)
        if resolved is None or resolved.readiness is not Readiness.READY:
            continue
        translated = edition.translations.translated_text(key)
        source_text = resolved.text if translated is None else translated
        if resolved.layer.name == "source":
            continue
        literal = edition.stories[key].is_literal
        for one in find_problems(
            source_text, resolved.text, edition.facts, edition.language, literal=literal
        ):
            message = f"message '{key}': {one.message}"
            yield key, Finding(one.code, message, resolved.span, one.hint, one.severity)
