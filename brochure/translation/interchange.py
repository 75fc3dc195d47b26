"""Interchange: a catalogue sent out in another format, and what comes back.

Takes a project's catalogue and the one that a translator, an agency or a spreadsheet returned; gives the catalogue with all
that came back, and what was taken over. What the catalogue had is never lost: a translation that another replaces is kept
in the translator's notes, and one that was made from an older source waits to be looked at.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, has_errors, nearest
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import CatalogueFormat, detect_format, formats, load_format


@dataclass(frozen=True)
class ImportResult:
    """What an import did: the catalogue, keys by what has become of them, and what there is to say."""

    catalogue: Catalogue
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    waiting: tuple[str, ...]
    findings: tuple[Finding, ...]


def choose_format(name: str | None, file: str) -> CatalogueFormat:
    """The format that is named (`xliff-1.2` as well as `xliff-1-2`), else the one of the file's ending.

    UsageError where there is none.
    """
    if name is not None:
        known = name.replace(".", "-")
        if known not in formats():
            hint = nearest(name, formats())
            raise UsageError(f"--format {name}: there is no such format ({hint})")
        return load_format(known)
    found = detect_format(file)
    if found is None:
        hint = nearest("", formats())
        raise UsageError(f"{file}: no format has this ending; say --format ({hint})")
    return found


def read_returned(
    data: bytes, form: CatalogueFormat, file: str, language: str
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue that came back; InputError with everything that is wrong in the file."""
    theirs, findings = form.read(data, file, language)
    if has_errors(findings):
        raise InputError(findings)
    return theirs, findings


def merge_returned(ours: Catalogue, theirs: Catalogue) -> ImportResult:
    """Our catalogue with what came back in theirs."""
    unknown = tuple(
        _unknown(one, ours) for key, one in theirs.entries.items() if key not in ours.entries
    )
    entries = {
        key: _taken(one, theirs.entries[key]) if key in theirs.entries else one
        for key, one in ours.entries.items()
    }
    changed = {key: one for key, one in entries.items() if one.text != ours.entries[key].text}
    return ImportResult(
        replace(ours, entries=entries),
        tuple(key for key in changed if not ours.entries[key].text),
        tuple(key for key in changed if ours.entries[key].text),
        tuple(key for key, one in entries.items() if one.fuzzy and key in theirs.entries),
        unknown,
    )


def _unknown(one: Translation, ours: Catalogue) -> Finding:
    message = f"message '{one.key}' is not in the source: it was not taken over"
    return Finding(
        "key-unknown", message, one.span, nearest(one.key, ours.entries), Severity.WARNING
    )


def _taken(ours: Translation, theirs: Translation) -> Translation:
    """One message with what came back."""
    notes = _joined(ours.notes, theirs.notes)
    if not theirs.text:
        return replace(ours, notes=notes)
    if theirs.text == ours.text and theirs.source == ours.source:
        return replace(
            ours, fuzzy=theirs.fuzzy, previous=ours.previous if theirs.fuzzy else None, notes=notes
        )
    stale = theirs.source != ours.source
    if stale and ours.ready:
        # Somebody has translated the source as it is now: words for an older one do not take their place.
        return (
            ours
            if theirs.text == ours.text
            else replace(ours, notes=_joined(notes, f"import: {theirs.text}"))
        )
    if ours.text and ours.text != theirs.text:
        notes = _joined(notes, f"before: {ours.text}")
    previous = (
        theirs.source if stale else (theirs.previous or ours.previous if theirs.fuzzy else None)
    )
    return replace(
        ours, text=theirs.text, fuzzy=stale or theirs.fuzzy, previous=previous, notes=notes
    )


def _joined(notes: str, more: str) -> str:
    """The notes with more behind them, each said once."""
    if not more or more in notes:
        return notes
    return f"{notes}\n{more}" if notes else more
