"""Import translations returned from translators, agencies and offices.

Nothing in the catalogue is lost: a replaced translation is kept in the message's notes, and a translation of an older source
becomes fuzzy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from brochure.choices import ExchangeFormat
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import MAX_REPEATED, Finding, Severity, count_repeated, has_errors, nearest
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import CatalogueFormat, detect_format, load_format


@dataclass(frozen=True)
class ImportResult:
    """The result of an import: the catalogue, the keys that were added, replaced or are fuzzy, and the findings."""

    catalogue: Catalogue
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    fuzzy: tuple[str, ...]
    findings: tuple[Finding, ...]


def choose_format(chosen: ExchangeFormat | None, file: str) -> CatalogueFormat:
    """Return the chosen format, or by default that of the file's suffix.

    Raises:
        UsageError: No format has the suffix.
    """
    if chosen:
        return load_format(chosen.value.replace(".", "-"))
    detected = detect_format(file)
    if detected is None:
        hint = nearest("", ExchangeFormat)
        raise UsageError(
            f"{file}: unknown file name suffix; choose the format with --format ({hint})"
        )
    return detected


def read_returned(
    data: bytes, form: CatalogueFormat, file: str, language: str
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a returned file and warnings; InputError if the file has errors."""
    theirs, findings = form.read(data, file, language)
    if has_errors(findings):
        raise InputError(findings)
    return theirs, findings


def merge_returned(ours: Catalogue, theirs: Catalogue) -> ImportResult:
    """Merge the translations of a returned catalogue (`theirs`) into the project's (`ours`)."""
    unknown = [one for key, one in theirs.entries.items() if key not in ours.entries]
    entries = {
        key: _merge_message(one, theirs.entries[key]) if key in theirs.entries else one
        for key, one in ours.entries.items()
    }
    changed = {key: one for key, one in entries.items() if one.text != ours.entries[key].text}
    return ImportResult(
        replace(ours, entries=entries),
        tuple(key for key in changed if not ours.entries[key].text),
        tuple(key for key in changed if ours.entries[key].text),
        tuple(key for key, one in entries.items() if one.fuzzy and key in theirs.entries),
        count_repeated(_report_unknown(unknown, ours)),
    )


def _report_unknown(unknown: Iterable[Translation], ours: Catalogue) -> Iterator[Finding]:
    """Yield a warning for each message that the source does not have; those listed first have a suggestion, which is slow."""
    for at, one in enumerate(unknown):
        message = f"message '{one.key}' is not in the source and was not imported"
        hint = nearest(one.key, ours.entries) if at < MAX_REPEATED else ""
        yield Finding("key-unknown", message, one.span, hint, Severity.WARNING)


def _merge_message(ours: Translation, theirs: Translation) -> Translation:
    """Merge one message."""
    notes = _append_note(ours.notes, theirs.notes)
    if not theirs.text:
        return replace(ours, notes=notes)
    if theirs.text == ours.text and theirs.source == ours.source:
        return replace(
            ours, fuzzy=theirs.fuzzy, previous=ours.previous if theirs.fuzzy else None, notes=notes
        )
    is_outdated = theirs.source != ours.source
    if is_outdated and ours.ready:
        # The current source is already translated: a translation of an older source does not replace it.
        return (
            ours
            if theirs.text == ours.text
            else replace(ours, notes=_append_note(notes, f"import: {theirs.text}"))
        )
    if ours.text and ours.text != theirs.text:
        notes = _append_note(notes, f"before: {ours.text}")
    previous = (
        theirs.source
        if is_outdated
        else (theirs.previous or ours.previous if theirs.fuzzy else None)
    )
    return replace(
        ours, text=theirs.text, fuzzy=is_outdated or theirs.fuzzy, previous=previous, notes=notes
    )


def _append_note(notes: str, more: str) -> str:
    """Append a note unless it is already there."""
    if not more or more in notes:
        return notes
    return f"{notes}\n{more}" if notes else more
