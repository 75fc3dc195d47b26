"""Bring the messages of a manuscript into the copy of a project: which are new, changed, unchanged or no longer there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import PurePath

from brochure.api import read_layout
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, has_errors
from brochure.l10n.copy_files import CONTENT
from brochure.l10n.formats import po
from brochure.l10n.message_file import NOTES, Copy, read_copy
from brochure.l10n.message_limits import find_excess
from brochure.manuscript.alignment import comparable, find_moved
from brochure.manuscript.copy_units import NOTE, CopyUnit, list_units
from brochure.manuscript.key_names import KeyPool, choose_keys, name_from_words
from brochure.manuscript.matching import match_units
from brochure.manuscript.model import Manuscript
from brochure.manuscript.text_merge import merge_texts
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.scalars import KEY
from brochure.spec.yaml_changes import AddedText, TextChanges, change_texts
from brochure.translation.file_changes import FileChange
from brochure.translation.import_record import (
    ImportRecord,
    RecordedText,
    list_records,
    record_file,
    write_record,
)

NEW_COPY = b"# The source copy, nested by key. Marks: **strong**, *emphasis*, [words](https://example.org), [^note].\n\n"


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A message of the manuscript with its key and its text for the copy."""

    key: str
    unit: CopyUnit
    text: str


@dataclass(frozen=True)
class CopyUpdate:
    """What an import changes. `texts` are the old and new texts of the keys that are added, changed or removed."""

    group: str
    placed: tuple[PlacedUnit, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[str, ...]
    texts: Mapping[str, tuple[str, str]]
    changes: tuple[FileChange, ...]
    findings: tuple[Finding, ...]
    layout: Layout


def update_copy(
    project: Project, manuscript: Manuscript, label: str, *, into: str = "", remove: bool = False
) -> CopyUpdate:
    """Return the files of the project with the messages of a manuscript; nothing is written.

    Args:
        project: The project.
        manuscript: The manuscript.
        label: Its file, which names the group without a heading.
        into: The group of the keys (default: from the title or the first heading).
        remove: Remove messages that the manuscript no longer has.

    Raises:
        UsageError: The group is not a key, or is a message.
        InputError: A file of the project is invalid, or cannot be edited.
    """
    name = PurePath(label).stem
    layout, found = read_layout(project)
    if has_errors(found):
        raise InputError(found)
    file = f"{CONTENT}/{layout.source_language}.yaml"
    data = _read(project, file)
    copy = _read_copy(project, file, data, layout)
    units = [*list_units(manuscript)]
    if not units:
        message, hint = "the manuscript has no text", "nothing was written"
        raise InputError([Finding("manuscript-empty", message, Span(label), hint)])
    records = list_records(project)
    group = into or _choose_group(records, manuscript, units, name)
    _check_group(group, copy)
    place, record = next(
        (one for one in records.items() if one[1].group == group), (record_file(group), None)
    )
    importer = _Importer(project, label, copy, group, units, record or _guess_record(copy, group))
    update = importer.run(remove=remove, is_first=record is None)
    after = _edit(project, file, data, copy, update)
    new = ImportRecord(
        tuple(importer.recorded(update)), tuple(importer.retired(update)), group, name
    )
    written, before = write_record(new), _read(project, place)
    changes = [FileChange(file, data, after)] if after != data else []
    changes += [FileChange(place, before, written)] if written != before else []
    return replace(update, changes=tuple(changes), layout=layout)


MIN_SHARE = 0.3
"""Share of paragraphs with the same text in an older manuscript and a newer one."""


def _choose_group(
    records: Mapping[str, ImportRecord],
    manuscript: Manuscript,
    units: Sequence[CopyUnit],
    name: str,
) -> str:
    """Return the group of an older manuscript with this name or the same paragraphs; else a name from the first heading."""
    texts = {one.text for one in units}
    for record in records.values():
        if record.manuscript == name:
            return record.group
    for record in records.values():
        same = sum(comparable(one.text) in texts for one in record.texts)
        if same >= MIN_SHARE * len(record.texts):
            return record.group
    return _name_group(manuscript, units, name)


def _read(project: Project, file: str) -> bytes | None:
    try:
        return project.read(file)
    except FileNotFoundError:
        return None


def _read_copy(project: Project, file: str, data: bytes | None, layout: Layout) -> Copy:
    label, tag = project.label(file), layout.source_language
    if not data or not data.strip():
        return Copy(tag, label, {})
    copy, findings = read_copy(data, label, tag)
    errors = [one for one in findings if one.code != "copy-form" or copy.entries]
    if has_errors(errors):
        raise InputError(findings)
    return copy


def _name_group(manuscript: Manuscript, units: Sequence[CopyUnit], name: str) -> str:
    first = next((one for one in units if one.kind in ("title", "head")), None)
    text = first.plain if first else manuscript.title or name
    return name_from_words(text, name_from_words(name.replace("_", " "), "text"))


def _check_group(group: str, copy: Copy) -> None:
    if not KEY.fullmatch(group):
        raise UsageError(f"--into {group}: not a group of keys (e.g. problem)")
    parts = group.split(".")
    for depth in range(1, len(parts) + 1):
        path = ".".join(parts[:depth])
        if path in copy.entries:
            raise UsageError(
                f"--into {group}: {path} is a message, not a group; choose another name"
            )


def _guess_record(copy: Copy, group: str) -> ImportRecord:
    """Return the messages of the group in the copy, which may have been written by hand from an older manuscript."""
    texts = []
    for key, one in copy.entries.items():
        if key.startswith(f"{group}."):
            kind = NOTE if f".{NOTES}." in key else key.rpartition(".")[2].rstrip("-0123456789")
            texts.append(RecordedText(key, kind, one.text))
    return ImportRecord(tuple(texts))


@dataclass(frozen=True)
class _Importer:
    """Gives keys to the messages of a manuscript and compares their texts with the copy."""

    project: Project
    label: str
    copy: Copy
    group: str
    units: Sequence[CopyUnit]
    record: ImportRecord
    findings: list[Finding] = field(default_factory=list)

    def run(self, *, remove: bool, is_first: bool) -> CopyUpdate:
        """Return the update, without the changes of files."""
        matched = match_units(self.record.texts, self.units)
        keys = choose_keys(self.units, matched, self.group, KeyPool.of(self._used_keys()))
        names = {
            unit.note: key.rpartition(".")[2]
            for key, unit in zip(keys, self.units, strict=True)
            if unit.kind == NOTE
        }
        base = {one.key: one.text for one in self.record.texts}
        placed = [
            PlacedUnit(key, unit, self._text(key, unit, names, base))
            for key, unit in zip(keys, self.units, strict=True)
        ]
        entries = self.copy.entries
        texts = {
            one.key: (entries[one.key].text if one.key in entries else "", one.text)
            for one in placed
        }
        known = set(matched.values())
        gone = [] if is_first else [one.key for one in self.record.texts if one.key not in known]
        removed = [key for key in gone if key in entries]
        order = {one.key: at for at, one in enumerate(self.record.texts)}
        old_order = [(one.key, order[one.key]) for one in placed if one.key in order]
        moved = find_moved([at for _, at in old_order])
        return CopyUpdate(
            self.group,
            tuple(placed),
            tuple(one.key for one in placed if one.key not in entries),
            tuple(key for key, (old, new) in texts.items() if key in entries and old != new),
            tuple(key for key, (old, new) in texts.items() if key in entries and old == new),
            tuple(removed),
            tuple(key for at, (key, _) in enumerate(old_order) if at in moved),
            {key: pair for key, pair in texts.items() if pair[0] != pair[1]}
            | ({key: (entries[key].text, "") for key in removed} if remove else {}),
            (),
            tuple(self.findings),
            None,  # type: ignore[arg-type]  # set by the caller
        )

    def _used_keys(self) -> Iterator[str]:
        """Yield all keys that are, or were, in use."""
        yield from self.copy.entries
        yield from (one.key for one in self.record.texts)
        yield from self.record.retired
        for name in self.project.listing(CONTENT):
            if name.endswith(po.SUFFIXES):
                catalogue, _ = po.read(self.project.read(name), name, "und")
                yield from (key for key in catalogue.entries if key.startswith(f"{self.group}."))
                yield from (
                    one.key for one in catalogue.obsolete if one.key.startswith(f"{self.group}.")
                )

    def _text(
        self, key: str, unit: CopyUnit, names: Mapping[str, str], base: Mapping[str, str]
    ) -> str:
        """Return the text for the copy; what was edited there since the last import is kept."""
        new = self._message(unit, names)
        entry = self.copy.entries.get(key)
        if entry is None or key not in base:
            return new
        merged = merge_texts(base[key], entry.text, new)
        if merged is not None:
            return merged
        message = f"message '{key}' has the words of the manuscript, which changed where the copy was edited"
        hint = f"it was: {entry.text[:200]}"
        self.findings.append(
            Finding("manuscript-edited", message, entry.span, hint, Severity.WARNING)
        )
        return new

    def _message(self, unit: CopyUnit, names: Mapping[str, str]) -> str:
        """Return the text of a message with the names of its notes."""
        paragraphs = tuple(
            tuple(
                replace(piece, note=names[piece.note]) if piece.note else piece
                for piece in pieces
                if not piece.note or piece.note in names
            )
            for pieces in unit.paragraphs
        )
        text = replace(unit, paragraphs=paragraphs).message
        excess = find_excess(text)
        if excess:
            where = Span(self.label, max(1, unit.line))
            raise InputError([Finding("manuscript-size", excess[0], where, excess[1])])
        return text

    def recorded(self, update: CopyUpdate) -> Iterator[RecordedText]:
        """Yield what the next import needs to know."""
        names = {
            one.unit.note: one.key.rpartition(".")[2]
            for one in update.placed
            if one.unit.kind == NOTE
        }
        for one in update.placed:
            unit = one.unit
            yield RecordedText(
                one.key, unit.kind, self._message(unit, names), unit.table, unit.row, unit.column
            )

    def retired(self, update: CopyUpdate) -> Iterator[str]:
        """Yield the keys that the manuscript no longer has, which no other text may get."""
        now = {one.key for one in update.placed}
        yield from (key for key in self.record.retired if key not in now)
        yield from (one.key for one in self.record.texts if one.key not in now)


# The file


def _edit(project: Project, file: str, data: bytes | None, copy: Copy, update: CopyUpdate) -> bytes:
    """Return the copy with the changes; InputError if it would say something else."""
    entries = copy.entries
    removed = {key for key in update.removed if key in update.texts}
    added = []
    after = ""
    notes: dict[str, tuple[str, ...]] = {}
    for one in update.placed:
        if one.key in entries:
            after = one.key
            notes[one.key] = one.unit.comments
        else:
            anchor = "" if one.unit.kind == NOTE else after
            added.append(AddedText(one.key, one.text, one.unit.comments, anchor))
    changes = TextChanges(
        {key: update.texts[key][1] for key in update.changed}, tuple(added), removed, notes
    )
    if not data or not entries:
        data = (data or b"") if data and data.strip() else NEW_COPY
    result = change_texts(data, changes)
    expected = {key: one.text for key, one in entries.items() if key not in removed}
    expected |= {one.key: one.text for one in update.placed}
    place = project.label(file)
    found, findings = read_copy(result, place, copy.language)
    differing = [
        key
        for key, text in expected.items()
        if key not in found.entries or found.entries[key].text != text
    ]
    if differing or has_errors(findings) or len(found.entries) != len(expected):
        errors = [one for one in findings if one.code == "yaml-size"]
        message = "the copy cannot be edited without changing something else"
        keys = f" (at '{differing[0]}')" if differing else ""
        hint = "write its texts on lines of their own, without braces, and notes under notes:; nothing was written"
        raise InputError(errors or [Finding("manuscript-copy", message + keys, Span(place), hint)])
    return result
