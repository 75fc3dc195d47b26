"""Write proposed translations into catalogues, as fuzzy translations that a translator must review.

A proposal replaces what the reviewer saw, and nothing else: if the source or the translation has changed since, the catalogue
stays as it is, and the proposal is kept in the thread of the message only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from enum import Enum

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, has_errors
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import po
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.message_limits import find_excess
from brochure.l10n.po_edit import EntryChange, add_entries, change_entries
from brochure.l10n.translations import Translations
from brochure.review.comments import Comment
from brochure.review.review_file import Proposal

CONFLICT = "review-conflict"
DUPLICATE = "the review has another proposal for it"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a proposal belongs: the language tag of a catalogue, or the reason why no catalogue can have it."""

    tag: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditedCatalogue:
    """A catalogue with proposals.

    Attributes:
        data: The file.
        former: The translations that were replaced, by proposal.
        written: The keys of the messages whose translation is now a proposal.
        conflicts: A finding for each proposal that is not written.
    """

    data: bytes
    former: Mapping[Proposal, str] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    conflicts: tuple[Finding, ...] = ()


def find_target(translations: Translations, key: str) -> Target:
    """Return the catalogue that a translation of a message belongs to."""
    chosen = translations.choose(key)
    if chosen is None or key not in translations.source.entries:
        return Target(reason="the brochure has no such message")
    if translations.language == translations.source.language:
        return Target(reason=f"the text is the source, in {chosen.span}")
    if chosen.layer.name.startswith("office "):
        return Target(reason=f"the text is that of the {chosen.layer.name}, in {chosen.span}")
    if chosen.span.file.endswith(po.SUFFIXES[0]):
        return Target(chosen.layer.name)
    if chosen.layer.name != "source":
        return Target(reason=f"the translation is not in a catalogue but in {chosen.span}")
    existing = [
        tag for tag in fallback_chain(translations.language) if tag in translations.catalogues
    ]
    having = (tag for tag in existing if key in translations.catalogues[tag].entries)
    return Target(next(having, existing[0] if existing else translations.language))


def write_proposals(
    data: bytes,
    label: str,
    proposals: Iterable[Proposal],
    translations: Translations,
    signature: str,
    earlier: Collection[tuple[str, str]] = (),
) -> EditedCatalogue:
    """Write proposals into a catalogue.

    Args:
        data: The PO file as it is now.
        label: Its name for messages.
        proposals: The proposals that belong to it.
        translations: The texts of the edition.
        signature: The reviewer's name and the date, for the translator's comment.
        earlier: Keys and texts of the same reviewer's earlier proposals, which a new one replaces while they are fuzzy.

    Raises:
        InputError: The file is invalid.
    """
    catalogue, findings = po.read(data, label, translations.language)
    if has_errors(findings):
        raise InputError(findings)
    changes: dict[str, EntryChange] = {}
    former: dict[Proposal, str] = {}
    conflicts: list[Finding] = []
    for one in proposals:
        entry, source = catalogue.entries.get(one.key), translations.source.entries[one.key].text
        if entry and entry.fuzzy and (one.key, entry.text) in earlier:
            entry = replace(entry, text=one.translation)
        reason = DUPLICATE if one.key in changes else find_conflict(one, entry, source)
        former[one] = one.translation if reason else _former(one, entry, source)
        if reason:
            conflicts.append(conflict(one.key, reason, entry.span if entry else Span(label)))
        elif entry is None or entry.text != one.proposal:
            note = _note(former[one], signature)
            changes[one.key] = EntryChange(
                one.proposal, fuzzy=True, source=source, comments=(note,)
            )
    data = _apply(data, label, changes, catalogue)
    return EditedCatalogue(data, former, tuple(changes), tuple(conflicts))


def _apply(
    data: bytes, label: str, changes: Mapping[str, EntryChange], catalogue: Catalogue
) -> bytes:
    existing = {key: one for key, one in changes.items() if key in catalogue.entries}
    new = {key: one for key, one in changes.items() if key not in existing}
    data = change_entries(data, existing, label=label) if existing else data
    return add_entries(data, new, label=label) if new else data


def find_conflict(proposal: Proposal, entry: Translation | None, source: str) -> str:
    """Return why a proposal must not be written; empty if it may."""
    excess = find_excess(proposal.proposal)
    if excess:
        return excess[0]
    if proposal.source and proposal.source != source:
        return "the source text has changed since the review"
    if entry is None or not entry.text or entry.text in (proposal.translation, proposal.proposal):
        return ""
    is_printed = entry.ready and entry.source == source
    if not is_printed and proposal.translation in ("", source):
        return ""  # the reviewer saw the source text in its place
    return "the translation has changed since the review"


def conflict(key: str, reason: str, span: Span | None) -> Finding:
    """Return the finding for a proposal that is not written."""
    message = f"message '{key}': the proposed translation was not entered: {reason}"
    hint = "it is kept as a comment; see 'brochure review status' and enter it if it is right"
    return Finding(CONFLICT, message, span, hint, Severity.WARNING)


class ProposalState(Enum):
    """What has become of a proposal in the catalogue."""

    FUZZY = "fuzzy"
    """It is the translation, and must be reviewed."""
    ACCEPTED = "accepted"
    """It is the translation."""
    NOT_ENTERED = "not entered"


def assess_proposal(translations: Translations, key: str, proposal: str) -> ProposalState:
    """Return what has become of a proposal."""
    catalogue = translations.catalogues.get(find_target(translations, key).tag)
    entry = catalogue.entries.get(key) if catalogue else None
    if entry is None or entry.text != proposal:
        return ProposalState.NOT_ENTERED
    is_printed = entry.ready and entry.source == translations.source.entries[key].text
    return ProposalState.ACCEPTED if is_printed else ProposalState.FUZZY


def _former(proposal: Proposal, entry: Translation | None, source: str) -> str:
    """Return the translation that a proposal was made for, empty if the message was not translated."""
    if entry and entry.text and entry.text != proposal.proposal:
        return entry.text
    return proposal.translation if proposal.translation != source else ""


def _note(former: str, signature: str) -> str:
    note = f"Proposed by {signature}"
    return f"{note}; before: {former}" if former else note


def add_notes(data: bytes, label: str, comments: Iterable[Comment]) -> bytes:
    """Return a catalogue with comments as translator comments of their messages; messages that it lacks are left out."""
    catalogue, _ = po.read(data, label, "")
    notes: dict[str, list[str]] = {}
    for one in comments:
        if one.key in catalogue.entries:
            who = ", ".join(part for part in (one.author, one.date[:10]) if part)
            words = f" “{one.words}”:" if one.words else ""
            notes.setdefault(one.key, []).append(f"{who}:{words} {one.text}".strip())
    changes = {key: EntryChange(comments=tuple(texts)) for key, texts in notes.items()}
    return change_entries(data, changes, label=label) if changes else data
