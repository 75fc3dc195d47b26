"""Import translations returned from translators, agencies and offices.

Nothing in the catalogue is lost: a replaced translation is kept in the message's notes, and a translation of an older source
becomes fuzzy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from brochure.choices import ExchangeFormat
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import (
    MAX_REPEATED,
    Finding,
    Severity,
    Span,
    count_repeated,
    has_errors,
    nearest,
)
from brochure.l10n.catalogue import Catalogue, Translation, normalise_entry
from brochure.l10n.formats import CatalogueFormat, detect_format, load_format
from brochure.l10n.formats._inline_codes import restore_codes


@dataclass(frozen=True)
class ImportResult:
    """The result of an import.

    Attributes:
        catalogue: The project's catalogue with the translations of the file.
        added: Keys of messages that had no translation before.
        replaced: Keys of messages that had another translation, which is now in their notes.
        fuzzy: Keys of messages in the file that are fuzzy now.
        noted: Keys of messages whose translation in the file is in their notes only.
        left_out: Keys of messages whose translation in the file has errors and was not imported.
        findings: What the person who imports should look at.
    """

    catalogue: Catalogue
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    fuzzy: tuple[str, ...]
    noted: tuple[str, ...]
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ImportChange:
    """What an import changes in one message: its translation, whether it is fuzzy, and what is added to its notes."""

    key: str
    old: str
    new: str
    was_fuzzy: bool
    is_fuzzy: bool
    notes: str


def list_changes(before: Catalogue, after: Catalogue) -> Iterator[ImportChange]:
    """Yield what an import changes, in the order of the catalogue."""
    for key, new in after.entries.items():
        old = before.entries.get(key)
        text, fuzzy, notes = (old.text, old.fuzzy, old.notes) if old else ("", False, "")
        more = new.notes.removeprefix(notes).strip("\n") if new.notes != notes else ""
        if (text, fuzzy) != (new.text, new.fuzzy) or more:
            yield ImportChange(key, text, new.text, fuzzy, new.fuzzy, more)


def choose_format(chosen: ExchangeFormat | None, file: str, data: bytes = b"") -> CatalogueFormat:
    """Return the chosen format, or by default that of the file's suffix, and of its content if several share it.

    Raises:
        UsageError: No format has the suffix.
    """
    if chosen:
        return load_format(chosen.value.replace(".", "-"))
    detected = detect_format(file, data)
    if detected is None:
        hint = nearest("", ExchangeFormat)
        raise UsageError(
            f"{file}: unknown file name suffix; choose the format with --format ({hint})"
        )
    return detected


def read_returned(
    data: bytes, form: CatalogueFormat, file: str, language: str
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a returned file and findings; entries with errors have no text.

    Raises:
        InputError: The file has errors, and no entry that can be imported.
    """
    theirs, findings = form.read(data, file, language)
    if has_errors(findings) and len(theirs.left_out) == len(theirs.entries):
        raise InputError(findings)
    entries = {key: normalise_entry(one) for key, one in theirs.entries.items()}
    return replace(theirs, entries=entries), findings


def merge_returned(ours: Catalogue, theirs: Catalogue) -> ImportResult:
    """Merge the translations of a returned catalogue (`theirs`) into the project's (`ours`)."""
    theirs, incomplete = _restore_codes(ours, theirs)
    given, matches = _match_keys(ours, theirs)
    unknown = [one for key, one in theirs.entries.items() if key not in ours.entries]
    unknown = [one for one in unknown if one.key not in matches]
    entries = {
        key: _merge_message(one, given[key]) if key in given else one
        for key, one in ours.entries.items()
    }
    changed = {key: one for key, one in entries.items() if one.text != ours.entries[key].text}
    noted = [key for key, one in entries.items() if key in given and _is_noted(one, given[key])]
    findings = (
        *_report_noted(noted, given),
        *_report_copied(ours, changed, given),
        *incomplete,
        *_report_matches(matches, theirs),
        *_report_unknown(unknown, ours),
        *_report_absent(ours, given),
    )
    return ImportResult(
        replace(ours, entries=entries),
        tuple(key for key in changed if not ours.entries[key].text),
        tuple(key for key in changed if ours.entries[key].text),
        tuple(key for key, one in entries.items() if one.fuzzy and key in given),
        tuple(noted),
        tuple(key for key in theirs.entries if key in theirs.left_out),
        count_repeated(findings),
    )


def _restore_codes(ours: Catalogue, theirs: Catalogue) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the file's catalogue with the contents of inline codes that a program has emptied, from the project's source.

    A translation with a code that the source does not have is left out: a figure or markup would be missing.
    """
    entries = dict(theirs.entries)
    lost: dict[str, Finding] = {}
    for key, one in theirs.entries.items():
        own = ours.entries.get(key)
        restored = restore_codes(one, own.source if own else "")
        if restored is None:
            message = (
                f"message '{key}': an inline code has lost its content; the translation is left out"
            )
            hint = "ask for the file with the contents of its codes, or in another format"
            lost[key] = Finding("xliff-code", message, one.span, hint)
        entries[key] = restored or replace(one, text="", fuzzy=False)
    left_out = theirs.left_out | lost.keys()
    return replace(theirs, entries=entries, left_out=left_out), tuple(lost.values())


# Keys that a program or an office has changed


def _match_keys(
    ours: Catalogue, theirs: Catalogue
) -> tuple[Mapping[str, Translation], Mapping[str, str]]:
    """Return the file's translations by the project's keys, and the project's keys by those of the file that are unknown.

    Spreadsheets capitalize keys, and translation programs replace them by numbers. An unknown key belongs to the message whose
    key differs in capital letters only, or else to the one with the same source text. If several messages have this text, the
    units must be as many, and are taken in order.
    """
    given = {key: one for key, one in theirs.entries.items() if key in ours.entries}
    folded = {key.casefold(): key for key in ours.entries if key not in given}
    capitals = [
        (folded[key.casefold()], one)
        for key, one in theirs.entries.items()
        if key not in given and key.casefold() in folded
    ]
    given |= {own: replace(one, key=own) for own, one in capitals}
    matched = {one.key for _, one in capitals}
    wanted: dict[str, list[str]] = {}
    for key, one in ours.entries.items():
        if key not in given:
            wanted.setdefault(_collapse(one.source), []).append(key)
    found: dict[str, list[Translation]] = {}
    for key, one in theirs.entries.items():
        if key not in ours.entries and key not in matched and one.source.strip():
            found.setdefault(_collapse(one.source), []).append(one)
    pairs = [
        (own, one)
        for source, several in found.items()
        if len(several) == len(wanted.get(source, ()))
        for own, one in zip(wanted[source], several, strict=True)
    ]
    given |= {own: replace(one, key=own) for own, one in pairs}
    return given, {one.key: own for own, one in (*capitals, *pairs)}


def _collapse(text: str) -> str:
    """Return a text without differences in spaces and line ends, which programs change."""
    return " ".join(text.split())


# Findings


def _is_noted(merged: Translation, theirs: Translation) -> bool:
    """Return True if the translation of the file is in the notes instead of the catalogue."""
    return bool(theirs.text) and merged.text != theirs.text


def _report_noted(keys: Iterable[str], given: Mapping[str, Translation]) -> Iterator[Finding]:
    for key in keys:
        message = (
            f"message '{key}': the file translates another source text than the current one,"
            " which is translated already; the translation is in the notes only"
        )
        hint = "compare it with the current translation"
        yield Finding("import-noted", message, given[key].span, hint, Severity.WARNING)


def _report_copied(
    ours: Catalogue, changed: Mapping[str, Translation], given: Mapping[str, Translation]
) -> Iterator[Finding]:
    """Yield a warning for each translation that is replaced by several words of the source."""
    for key, one in changed.items():
        is_copy = one.text == one.source and len(WORD.findall(one.text)) >= MIN_COPIED
        if is_copy and ours.entries[key].text and key in given:
            message = f"message '{key}': the source text replaces the translation"
            hint = "if it was copied by mistake, run 'brochure text undo'; the translation is also in the notes"
            yield Finding("import-copied", message, given[key].span, hint, Severity.WARNING)


WORD = re.compile(r"[^\W\d_]+")
MIN_COPIED = 3
"""Words from which a copy of the source is probably not meant: shorter texts are often names."""


def _report_matches(matches: Mapping[str, str], theirs: Catalogue) -> Iterator[Finding]:
    for key, own in matches.items():
        same = "key but for capital letters" if key.casefold() == own.casefold() else "source text"
        message = f"message '{key}' is not in the source; it was imported as '{own}', which has the same {same}"
        span = theirs.entries[key].span
        yield Finding("key-matched", message, span, "", Severity.NOTE)


def _report_unknown(unknown: Iterable[Translation], ours: Catalogue) -> Iterator[Finding]:
    """Yield a warning for each message that the source does not have; those listed first have a suggestion, which is slow."""
    for at, one in enumerate(unknown):
        message = f"message '{one.key}' is not in the source and was not imported"
        hint = nearest(one.key, ours.entries) if at < MAX_REPEATED else ""
        yield Finding("key-unknown", message, one.span, hint, Severity.WARNING)


def _report_absent(ours: Catalogue, given: Mapping[str, Translation]) -> Iterator[Finding]:
    """Yield a note if messages of the catalogue are not in the file."""
    absent = [key for key in ours.entries if key not in given]
    if absent and given:
        are = "is" if len(absent) == 1 else "are"
        message = (
            f"{len(absent)} of the catalogue's {len(ours.entries)} messages {are} not in the file"
            f" (the first is '{absent[0]}') and not changed"
        )
        span = Span(next(iter(given.values())).span.file)
        yield Finding("import-partial", message, span, "", Severity.NOTE)


def _merge_message(ours: Translation, theirs: Translation) -> Translation:
    """Merge one message."""
    notes = _append_note(ours.notes, theirs.notes)
    if not theirs.text:
        return replace(ours, notes=notes)
    is_outdated = _collapse(theirs.source) != _collapse(ours.source)
    if theirs.text == ours.text and not is_outdated:
        return replace(
            ours, fuzzy=theirs.fuzzy, previous=ours.previous if theirs.fuzzy else None, notes=notes
        )
    if is_outdated and ours.ready:
        # The current source is already translated: a translation of an older source does not replace it.
        if theirs.text != ours.text:
            notes = _append_note(notes, f"import: {theirs.text}")
        return replace(ours, notes=notes)
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
    """Append a note unless it is already there; notes that came back with more lines replace the old ones."""
    more = more.strip("\n")
    if not more or f"\n{more}\n" in f"\n{notes}\n":
        return notes
    if not notes or more.startswith(f"{notes}\n"):
        return more
    return f"{notes}\n{more}"
