"""Rename a message, or a group of messages, in all files of a project: layout, copy, offices and catalogues.

Files are edited in place, so that comments and formatting stay. The result is read again and compared with the original: if any
file would say something else than before, nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from brochure.api import LAYOUT_FILE, read_layout
from brochure.blocks import KINDS
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, has_errors, nearest
from brochure.l10n.copy_files import CONTENT
from brochure.l10n.formats import po
from brochure.l10n.message_file import read_copy
from brochure.l10n.office import ANY, OFFICES, read_office
from brochure.l10n.po_edit import EntryChange, change_entries, rename_entries
from brochure.l10n.references import find_values
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.read import read
from brochure.spec.scalars import KEY
from brochure.spec.values import Message
from brochure.spec.yaml_edit import rename_path, replace_scalars
from brochure.translation.file_changes import FileChange
from brochure.translation.import_record import FOLDER, parse_record, rename_in_record
from brochure.translation.workspace import Workspace, open_workspace

Names = Mapping[str, str]
"""New keys by old keys."""

Request = tuple[str, str]
"""The key, or the group, that is renamed, and its new name."""


@dataclass(frozen=True)
class Rename:
    """The messages that are renamed, and the changed files."""

    names: Names
    changes: tuple[FileChange, ...]


def rename_messages(project: Project, old: str, new: str) -> Rename:
    """Return the files of the project with another key for a message, or for a group of messages; nothing is written.

    Raises:
        UsageError: The message does not exist, the new key is in use, or it is not a key.
        InputError: A file is invalid, or has a form that cannot be edited.
    """
    workspace = open_workspace(project)
    layout = read_whole_layout(project)
    names = _choose_names(project, workspace, layout, old, new)
    contents = {name: project.read(name) for name in list_files(project)}
    after = {
        name: _edit(name, project.label(name), data, (old, new), names, layout)
        for name, data in contents.items()
    }
    changes = tuple(
        FileChange(name, data, after[name])
        for name, data in contents.items()
        if after[name] != data
    )
    for change in changes:
        _verify(change, names, project)
    return Rename(names, changes)


def read_whole_layout(project: Project) -> Layout:
    """Return the layout; InputError if it has errors."""
    layout, findings = read_layout(project)
    if has_errors(findings):
        raise InputError(findings)
    return layout


def _choose_names(
    project: Project, workspace: Workspace, layout: Layout, old: str, new: str
) -> Names:
    """Return the new keys of all messages that are renamed."""
    known = {*workspace.source.entries, *(one.key for one in _messages(layout))}
    for name in list_files(project):
        if PurePosixPath(name).parts[0] == OFFICES and name.endswith(".yaml"):
            office, _ = read_office(project.read(name), name, PurePosixPath(name).stem)
            known.update(
                key for copy in (office.copy if office else {}).values() for key in copy.entries
            )
    if not KEY.fullmatch(new):
        raise UsageError(f"{new}: not a message key (e.g. cover.title)")
    chosen = [key for key in known if key == old or key.startswith(f"{old}.")]
    if not chosen:
        raise UsageError(f"{old}: unknown message ({nearest(old, known)})")
    names = {key: new + key.removeprefix(old) for key in chosen}
    taken = sorted(one for one in names.values() if one in known and one not in names)
    if taken or old == new or new.startswith(f"{old}."):
        raise UsageError(f"{taken[0] if taken else new}: the key is in use; choose another one")
    return names


def _messages(layout: Layout) -> Iterator[Message]:
    return find_values(layout.written, (Message,))


def list_files(project: Project) -> tuple[str, ...]:
    """Return the files that can name a message."""
    suffixes = (".yaml", *po.SUFFIXES)
    names = (*project.listing(CONTENT), *project.listing(OFFICES))
    records = (name for name in project.listing(FOLDER) if name.endswith(RECORD))
    return (
        LAYOUT_FILE,
        *(name for name in names if PurePosixPath(name).suffix in suffixes),
        *records,
    )


RECORD = ".json"
"""Suffix of the records of imported manuscripts."""


# Editing


def _edit(
    name: str, label: str, data: bytes, request: Request, names: Names, layout: Layout
) -> bytes:
    """Return one file with the new keys."""
    old, new = request
    if name == LAYOUT_FILE:
        for key, to in names.items():
            spans = (one.span for one in _messages(layout) if one.key == key)
            places = {(span.line, span.column): to for span in spans}
            data = replace_scalars(data, places, key)
        return data
    if name.endswith(RECORD):
        return rename_in_record(data, label, old, new, names)
    if not name.endswith(".yaml"):
        return _edit_catalogue(rename_entries(data, names, label=label), label, names)
    data = data if b"#" not in data and b"{page:" not in data else _edit_references(data, names)
    if name.startswith(f"{CONTENT}/"):
        return rename_path(data, old, new, label)
    return _edit_office(data, old, new, label)


def _edit_office(data: bytes, old: str, new: str, label: str) -> bytes:
    """Return an office's file with the new keys; a key that leaves its block `contact` or `legal` goes into `copy`."""
    office, _ = read_office(data, label, PurePosixPath(label).stem)
    for tag in office.copy if office else ():
        data = rename_path(data, f"copy.{tag}.{old}", f"copy.{tag}.{new}", label)
        if old == LEGAL:
            data = rename_path(data, f"{LEGAL}.{tag}", f"copy.{tag}.{new}", label)
    if old == LEGAL or old.startswith(CONTACT):
        is_inside = old.startswith(CONTACT) and new.startswith(CONTACT)
        data = rename_path(data, old, new if is_inside else f"copy.{ANY}.{new}", label)
    return data


CONTACT, LEGAL = "contact.", "legal"
"""Keys of an office's file that are messages themselves."""


def _edit_catalogue(data: bytes, label: str, names: Names) -> bytes:
    """Return a catalogue with references to the new keys in its texts."""
    catalogue, findings = po.read(data, label, PurePosixPath(label).stem)
    if has_errors(findings):
        raise InputError(findings)
    changes = {
        key: EntryChange(
            _replace_references(one.text, names),
            fuzzy=one.fuzzy,
            source=_replace_references(one.source, names),
        )
        for key, one in catalogue.entries.items()
        if _replace_references(one.source + one.text, names) != one.source + one.text
    }
    return change_entries(data, changes, label=label) if changes else data


REFERENCE = re.compile(r"(\]\(\s*<?#|\{page:)([\w.-]+)")
"""A link inside the brochure or a page number, with the key of the message that it refers to."""


def _replace_references(text: str, names: Names) -> str:
    return REFERENCE.sub(lambda match: match[1] + names.get(match[2], match[2]), text)


def _edit_references(data: bytes, names: Names) -> bytes:
    return _replace_references(data.decode(errors="surrogateescape"), names).encode(
        errors="surrogateescape"
    )


# Checking


def _verify(change: FileChange, names: Names, project: Project) -> None:
    """Raise InputError if a changed file says something else than before, except for the keys."""
    label = project.label(change.name)
    describe = _describer(change.name, label)
    expected = sorted(_renamed(describe(change.before or b""), names), key=repr)
    if sorted(describe(change.after), key=repr) != expected:
        message = "the keys in this file cannot be renamed without changing something else"
        hint = "rename them by hand; nothing was written"
        raise InputError([Finding("text-rename", message, Span(label), hint)])


def _describer(name: str, label: str) -> Callable[[bytes], list[tuple[Any, ...]]]:
    """Return a function that lists what a file says: each key with its texts."""
    if name == LAYOUT_FILE:
        return lambda data: [(key,) for key in _layout_keys(data, label)]
    if name.endswith(RECORD):
        return lambda data: [(one.key, one.text) for one in parse_record(data, label).texts]
    if not name.endswith(".yaml"):
        return lambda data: _catalogue_texts(data, label)
    stem = PurePosixPath(name).stem
    if name.startswith(f"{CONTENT}/"):
        return lambda data: [
            (key, one.text) for key, one in read_copy(data, label, stem)[0].entries.items()
        ]
    return lambda data: _office_texts(data, label, stem)


def _layout_keys(data: bytes, label: str) -> list[str]:
    layout, _ = read(data, label, KINDS)
    return [one.key for one in _messages(layout)] if layout else []


def _catalogue_texts(data: bytes, label: str) -> list[tuple[Any, ...]]:
    catalogue, _ = po.read(data, label, PurePosixPath(label).stem)
    entries = (*catalogue.entries.values(), *catalogue.obsolete)
    return [(one.key, one.source, one.text, one.fuzzy, one.previous, one.notes) for one in entries]


def _office_texts(data: bytes, label: str, stem: str) -> list[tuple[Any, ...]]:
    office, _ = read_office(data, label, stem)
    if office is None:
        return []
    plain = replace(office, copy={}, span=Span(label))
    texts = [
        (key, tag, one.text)
        for tag, copy in office.copy.items()
        for key, one in copy.entries.items()
    ]
    return [*texts, ("", len(texts), plain.office, plain.languages)]


def _renamed(texts: list[tuple[Any, ...]], names: Names) -> Iterator[tuple[Any, ...]]:
    for key, *values in texts:
        changed = (
            _replace_references(one, names) if isinstance(one, str) else one for one in values
        )
        yield (names.get(key, key), *changed)
