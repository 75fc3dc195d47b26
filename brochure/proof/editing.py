"""Save a translation from the browser into its catalogue; nothing else in the file changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brochure.errors import InputError, UsageError
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.copy_files import catalogue_file
from brochure.l10n.formats import po
from brochure.l10n.message_limits import MAX_MESSAGE_LENGTH
from brochure.l10n.po_edit import add_entry, set_translation
from brochure.proof.messages import message_data
from brochure.proof.session import ProofSession
from brochure.system.output_files import replace_unchanged

MAX_ATTEMPTS = 5
"""How often an edit is made anew because another program has written the file in the meantime."""


class Conflict(Exception):
    """The translation on disk is not the one that was edited; `data` has both."""

    def __init__(self, disk: Mapping[str, Any], yours: str) -> None:
        super().__init__("the translation was changed by another program")
        self.data: dict[str, Any] = {"disk": dict(disk), "yours": yours}


def save_translation(session: ProofSession, wanted: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Write a translation, and return the message as it is then.

    Args:
        session: The open project.
        wanted: The id of the edition.
        body: `key`, `text`, `fuzzy`, and `seen`: the text and fuzzy flag of the entry that was edited.

    Raises:
        Conflict: The entry is no longer as it was `seen`; nothing is written.
        UsageError: The message cannot be translated in this edition.
        OutputError: The file cannot be written.
        InputError: The catalogue has become invalid.
    """
    # One at a time: two windows may save different messages of one file.
    with session.alone():
        key = body["key"]
        _write(session, wanted, body)
        session.forget_draft(wanted, key)
        session.reload()
        return message_data(session.job, session.edition(wanted), key)


def _write(session: ProofSession, wanted: str, body: Mapping[str, Any]) -> None:
    key = body["key"]
    opened = session.edition(wanted)
    source = opened.saved.source.entries.get(key)
    tag = opened.saved.catalogue_of(key) if source else None
    if source is None or tag is None:
        raise UsageError(f"message '{key}' has no catalogue in the edition '{wanted}'")
    if len(body["text"]) > MAX_MESSAGE_LENGTH:
        raise UsageError(f"the translation has more than {MAX_MESSAGE_LENGTH:,} characters")
    file = catalogue_file(tag)
    for _ in range(MAX_ATTEMPTS):
        data = session.project.read(file)
        changed = _edit(data, session.project.label(file), tag, source.text, body)
        if replace_unchanged(session.project.root / file, changed, data):
            return
    raise UsageError(f"{file} is being written by another program; try again")


def _edit(data: bytes, label: str, tag: str, source: str, body: Mapping[str, Any]) -> bytes:
    """Return the catalogue with the translation, of the source text that the translator has seen."""
    key, text, fuzzy = body["key"], body["text"], body["fuzzy"]
    current = _entry(_read(data, label, tag), key)
    if current is None:
        return add_entry(data, key, source, text, fuzzy=fuzzy, label=label)
    if current != dict(body["seen"]):
        raise Conflict(current, text)
    return set_translation(data, key, text, fuzzy=fuzzy, source=source, label=label)


def _read(data: bytes, label: str, tag: str) -> Catalogue:
    catalogue, findings = po.read(data, label, tag)
    if findings and not catalogue.entries:
        raise InputError(findings)
    return catalogue


def _entry(catalogue: Catalogue, key: str) -> dict[str, Any] | None:
    entry = catalogue.entries.get(key)
    return {"text": entry.text, "fuzzy": entry.fuzzy} if entry else None
