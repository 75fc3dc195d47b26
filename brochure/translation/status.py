"""Status: which editions can be printed, and what keeps the others from it.

Takes a workspace; gives one `EditionStatus` for each language of each office: how many messages are translated, fuzzy, missing, broken
or too long, whether the edition is ready to print, and everything that there is to say about it. Each edition is judged for
itself, so that one that cannot be read hides no other. Catalogues are judged against the source as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, has_errors
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.edition import Edition, EditionRequest, resolve
from brochure.l10n.fallback import Readiness
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.project_editions import (
    EditionName,
    list_languages,
    list_offices,
    load_office,
    request_edition,
)
from brochure.l10n.proofreading import find_problems
from brochure.translation.overset import OversetMessage, find_overset
from brochure.translation.workspace import Workspace, set_resolved_edition

PROVED = frozenset({"message-form", "markup"})
"""What the resolving of an edition finds as well as the proof-reader, who says more about it."""


@dataclass(frozen=True)
class EditionStatus:
    """One edition: its figures and what there is to say about it.

    `broken` are the keys whose figures, marks or characters are wrong; `others` counts the errors that are no message's
    (a glyph that no font has, a file that cannot be read).
    """

    name: EditionName
    messages: int = 0
    fuzzy: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    overset: tuple[OversetMessage, ...] = ()
    others: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def translated(self) -> int:
        """How many messages are there in the edition's language."""
        return self.messages - len(self.fuzzy) - len(self.missing)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What keeps it from press, in a few words each."""
        figures = (
            (len(self.missing), "missing"),
            (len(self.fuzzy), "fuzzy"),
            (len(self.broken), "broken"),
            (len(self.overset), "too long"),
            (self.others, "other"),
        )
        return tuple(f"{count} {word}" for count, word in figures if count)

    @property
    def ready(self) -> bool:
        """Whether it can go to press."""
        return not self.reasons


def assess_editions(workspace: Workspace) -> Iterator[EditionStatus]:
    """Every edition of the project: the offices by their ids, then languages that no office prints."""
    claimed: set[str] = set()
    offices = list_offices(workspace.project)
    for office in offices:
        try:
            tags = load_office(workspace.project, office).languages
        except InputError as failure:
            yield _unread(EditionName(office, ""), failure)
            continue
        for tag in tags:
            claimed.update(fallback_chain(tag))
            yield assess_edition(workspace, EditionName(office, tag))
    source = workspace.layout.source_language
    unclaimed = [tag for tag in list_languages(workspace.project) if tag not in claimed]
    for tag in sorted(unclaimed, key=lambda tag: (tag != source, tag)):
        if not (offices and tag == source):
            yield assess_edition(workspace, EditionName("", tag))


def _unread(name: EditionName, failure: InputError) -> EditionStatus:
    return EditionStatus(name, others=len(failure.findings), findings=failure.findings)


def assess_edition(workspace: Workspace, name: EditionName) -> EditionStatus:
    """How one edition stands."""
    try:
        asked = request_edition(
            workspace.project, workspace.layout, name.language, name.office or None
        )
        edition, found = resolve(workspace.layout, workspace.project, asked)
    except InputError as failure:
        return _unread(name, failure)
    proofs = tuple(_proofs(edition))
    proved = {finding.span for _, finding in proofs}
    told = [one for one in found if not (one.code in PROVED and one.span in proved)]
    over: tuple[OversetMessage, ...] = ()
    if not has_errors(found):
        done = set_resolved_edition(workspace, edition)
        over = find_overset(done)
        told += [one for one in done.findings if one.code != "overflow"]
    waiting = _waiting(edition, asked)
    said = (*_behind(asked, workspace), *waiting, *(one for _, one in proofs), *told)
    return EditionStatus(
        name,
        len(edition.stories),
        _unready(edition, Readiness.FUZZY),
        _unready(edition, Readiness.MISSING),
        tuple(dict.fromkeys(key for key, one in proofs if one.severity is Severity.ERROR)),
        over,
        sum(one.severity is Severity.ERROR for one in told),
        (*said, *(one.finding for one in over)),
    )


def _unready(edition: Edition, state: Readiness) -> tuple[str, ...]:
    there = edition.layers.source.entries
    keys = (key for key in edition.stories if key in there)
    return tuple(key for key in keys if edition.layers.readiness(key) is state)


def _behind(asked: EditionRequest, workspace: Workspace) -> Iterator[Finding]:
    """Catalogues that the source has left behind."""
    for tag, one in asked.catalogues.items():
        was = {key: entry.source for key, entry in one.entries.items()}
        now = {key: entry.text for key, entry in workspace.source.entries.items()}
        if was != now:
            hint = f"'brochure text update --lang {tag}' brings it up to date"
            what = "the source has changed since this catalogue was made"
            yield Finding("catalogue-behind", what, Span(one.file), hint, Severity.NOTE)


# Message by message


WORDS = {
    Readiness.MISSING: ("is not translated", ""),
    Readiness.FUZZY: (
        "is to be looked at again: its source has changed, or it is marked as fuzzy",
        "take the mark away when the translation is right",
    ),
}


def _waiting(edition: Edition, asked: EditionRequest) -> Iterator[Finding]:
    """Each message that is missing or fuzzy, in its line of the catalogue; one word where there is no catalogue."""
    if not asked.catalogues:
        if _unready(edition, Readiness.MISSING):
            hint = f"'brochure text extract --lang {edition.language}' begins one"
            what = f"there is no catalogue in '{edition.language}'"
            yield Finding("catalogue-missing", what, None, hint)
        return
    for state, (words, hint) in WORDS.items():
        for key in _unready(edition, state):
            span = _line(key, asked.catalogues, edition)
            message = f"message '{key}' {words}"
            yield Finding(f"translation-{state.value}", message, span, hint)


def _line(key: str, catalogues: Mapping[str, Catalogue], edition: Edition) -> Span:
    """Where the message stands in the nearest catalogue that has it, else in the source."""
    source = edition.layers.source
    found = [one.entries[key].span for one in catalogues.values() if key in one.entries]
    found += [source.entries[key].span] if key in source.entries else []
    return found[0] if found else Span(source.file)


def _proofs(edition: Edition) -> Iterable[tuple[str, Finding]]:
    """What a proof-reader sees in the words that would be printed; an office's own words owe the source nothing."""
    source = edition.layers.source.entries
    for key in edition.stories:
        said = edition.layers.resolve(key)
        if said is None or said.layer == "source":
            continue
        translated = key in source and said.layer in fallback_chain(edition.language)
        before = source[key].text if translated else said.text
        for one in find_problems(before, said.text, edition.facts, edition.language):
            message = f"message '{key}': {one.message}"
            yield key, Finding(one.code, message, said.span, one.hint, one.severity)
