"""Split a message into several in all files of a project: layout, copy, offices and catalogues.

The text is divided at its paragraphs, or where given words begin. Texts of other languages and of offices that have as many
paragraphs are divided in the same way. Other translations become fuzzy and are kept in the notes; other texts in YAML stay whole
under the first key. Files are edited in place and read again: if one would say something else, nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from brochure.api import LAYOUT_FILE
from brochure.blocks import KINDS
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, has_errors, nearest
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.copy_files import CONTENT
from brochure.l10n.formats import po
from brochure.l10n.message_file import NOTES, read_copy
from brochure.l10n.office import OFFICES, load_office, read_office
from brochure.l10n.office_copy import select_office_source
from brochure.l10n.po_edit import EntryChange, add_entries, change_entries
from brochure.l10n.references import find_values
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.read import read
from brochure.spec.scalars import KEY
from brochure.spec.values import FolioMessage, LiteralMessage, Message
from brochure.spec.yaml_split import ReferenceProblem, split_references, split_text
from brochure.translation.file_changes import FileChange
from brochure.translation.renaming import CONTACT, LEGAL, list_files, read_whole_layout
from brochure.translation.workspace import Workspace, open_workspace

PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class Split:
    """The keys of the parts, the changed files, and the files whose text could not be divided."""

    names: tuple[str, ...]
    changes: tuple[FileChange, ...]
    undivided: tuple[str, ...]


@dataclass(frozen=True)
class _Plan:
    """How a message is divided: the keys and texts of its parts.

    `ends` has the number of paragraphs up to the end of each part; it is empty if a part ends inside a paragraph.
    """

    names: tuple[str, ...]
    text: str
    parts: tuple[str, ...]
    ends: tuple[int, ...]

    @property
    def key(self) -> str:
        return self.names[0]

    def divide(self, text: str) -> tuple[str, ...] | None:
        """Return the parts of another text of the message; None if it cannot be divided in the same way."""
        if text.strip() == self.text.strip():
            return self.parts
        paragraphs = _split_paragraphs(text)
        if not self.ends or len(paragraphs) != self.ends[-1]:
            return None
        return _join_paragraphs(paragraphs, self.ends)

    def divide_copy(self, text: str) -> Mapping[str, str]:
        """Return the parts of a text by key; if it cannot be divided, all of it under the first key."""
        parts = self.divide(text) or (text.strip(), *("" for _ in self.names[1:]))
        return dict(zip(self.names, parts, strict=True))


def split_message(
    project: Project, key: str, into: Sequence[str] = (), at: Sequence[str] = ()
) -> Split:
    """Return the files of the project with a message divided into several; nothing is written.

    Args:
        project: The project.
        key: The key of the message, which its first part keeps.
        into: The keys of the other parts (default: `key-2`, `key-3` …).
        at: Words of the source with which a part begins (default: each paragraph is a part).

    Raises:
        UsageError: The message does not exist or cannot be divided, or a new key is in use.
        InputError: A file is invalid, or has a form that cannot be edited.
    """
    workspace = open_workspace(project)
    layout = read_whole_layout(project)
    plan = _make_plan(workspace, layout, key, tuple(into), at)
    task = _Task(plan, workspace, layout, {})
    changes = []
    for name in list_files(project):
        data = project.read(name)
        after = _edit(name, data, task)
        if after != data:
            changes.append(FileChange(name, data, after))
    return Split(plan.names, tuple(changes), tuple(task.undivided))


# The parts


def _make_plan(
    workspace: Workspace, layout: Layout, key: str, into: tuple[str, ...], at: Sequence[str]
) -> _Plan:
    entries = workspace.source.entries
    if key not in entries:
        raise UsageError(f"{key}: unknown message ({nearest(key, entries)})")
    if any(one.startswith(f"{key}.{NOTES}.") for one in entries):
        raise UsageError(f"{key}: it has notes of its own; move them to 'notes' first")
    if key == LEGAL or key.startswith(CONTACT):
        raise UsageError(f"{key}: a key of offices' files cannot be split")
    text = entries[key].text
    parts, ends = _divide_source(key, text, at)
    names = (key, *(into or (f"{key}-{number}" for number in range(2, len(parts) + 1))))
    if len(names) != len(parts):
        raise UsageError(f"{key}: it has {len(parts)} parts; give {len(parts) - 1} keys for --into")
    for name in names[1:]:
        if not KEY.fullmatch(name):
            raise UsageError(f"{name}: not a message key (e.g. cover.title)")
    known = {*entries, *(one.key for one in find_values(layout.written, (Message,)))}
    for name in names[1:]:
        is_group = any(one.startswith(f"{name}.") for one in known)
        is_inside = name.startswith(f"{key}.")
        if name in known or is_inside or is_group or names.count(name) > 1:
            raise UsageError(f"{name}: the key is in use; choose another one with --into")
    return _Plan(names, text, parts, ends)


def _divide_source(
    key: str, text: str, at: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the parts of the source text, and the number of paragraphs up to the end of each if they are whole."""
    paragraphs = _split_paragraphs(text)
    if not at:
        if len(paragraphs) < 2:
            hint = "give the words with which a part begins: --at 'words'"
            raise UsageError(f"{key}: the message has one paragraph; {hint}")
        return paragraphs, tuple(range(1, len(paragraphs) + 1))
    for words in at:
        if text.count(words) != 1 or text.strip().startswith(words):
            found = "once, after the beginning"
            raise UsageError(f"--at '{words}': the words must be in the message {found}")
    starts = sorted(text.index(words) for words in at)
    cuts = zip([0, *starts], [*starts, len(text)], strict=True)
    parts = tuple(text[start:end].strip() for start, end in cuts)
    ends, count = [], 0
    for part in parts:
        count += len(_split_paragraphs(part))
        ends.append(count)
    return parts, tuple(ends) if count == len(paragraphs) else ()


def _split_paragraphs(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in PARAGRAPH_END.split(text.strip()))


def _join_paragraphs(paragraphs: Sequence[str], ends: Sequence[int]) -> tuple[str, ...]:
    starts = (0, *ends[:-1])
    return tuple(
        "\n\n".join(paragraphs[start:end]) for start, end in zip(starts, ends, strict=True)
    )


# Editing


@dataclass(frozen=True)
class _Task:
    """What editing a file needs; `undivided` receives the names of files whose text cannot be divided."""

    plan: _Plan
    workspace: Workspace
    layout: Layout
    undivided: dict[str, None]


def _edit(name: str, data: bytes, task: _Task) -> bytes:
    """Return one file with the message divided."""
    parts, label = PurePosixPath(name).parts, task.workspace.project.label(name)
    if name == LAYOUT_FILE:
        return _edit_layout(data, label, task.plan, task.layout)
    if name.endswith(".yaml"):
        return _edit_copy(name, label, data, task)
    office = parts[1] if parts[0] == OFFICES else None
    plan = _find_source(task.plan, task.workspace, office)
    return _edit_catalogue(name, label, data, replace(task, plan=plan)) if plan else data


def _edit_copy(name: str, label: str, data: bytes, task: _Task) -> bytes:
    """Return a file of copy, or of an office, with the text divided."""
    plan, stem = task.plan, PurePosixPath(name).stem
    if name.startswith(f"{CONTENT}/"):
        copies = {"": read_copy(data, label, stem)[0]}
    else:
        own, _ = read_office(data, label, stem)
        copies = {f"copy.{tag}.": one for tag, one in (own.copy if own else {}).items()}
    after = data
    for prefix, copy in copies.items():
        if plan.key in copy.entries:
            text = copy.entries[plan.key].text
            if not plan.divide(text):
                task.undivided[name] = None
            divided = plan.divide_copy(text)
            after = split_text(after, {prefix + key: one for key, one in divided.items()})
    if after != data:
        _verify_copy(name, label, data, after, plan)
    return after


def _find_source(plan: _Plan, workspace: Workspace, office: str | None) -> _Plan | None:
    """Return how the source text of a catalogue is divided; None if an office's own text stays whole or is not its own."""
    if office is None:
        return plan
    own = select_office_source(load_office(workspace.project, office), workspace.source)
    if plan.key not in own.entries:
        return None
    text = own.entries[plan.key].text
    parts = plan.divide(text)
    return _Plan(plan.names, text, parts, plan.ends) if parts else None


def _edit_layout(data: bytes, label: str, plan: _Plan, layout: Layout) -> bytes:
    messages = list(find_values(layout.written, (Message,)))
    own = [one for one in messages if one.key == plan.key]
    places = {(one.span.line, one.span.column) for one in own}
    others = {(one.span.line, one.span.column) for one in messages if one.key != plan.key}
    special = next((one for one in own if isinstance(one, LiteralMessage | FolioMessage)), None)
    if special:
        raise _refuse(label, plan.key, special.span.line, special.span.column)
    try:
        after = split_references(data, places, others, plan.names, KINDS.names())
    except ReferenceProblem as problem:
        raise _refuse(label, plan.key, problem.line, problem.column) from None
    expected = sorted(
        key for one in messages for key in (plan.names if one.key == plan.key else (one.key,))
    )
    made, _ = read(after, label, KINDS)
    found = find_values(made.written, (Message,)) if made else ()
    if sorted(one.key for one in found) != expected:
        raise _refuse(label, plan.key, own[0].span.line, own[0].span.column)
    return after


def _refuse(label: str, key: str, line: int, column: int) -> InputError:
    message = f"'{key}' is shown here by something that cannot be repeated for its parts"
    hint = (
        "only blocks that show one message, and items of lists, are repeated; nothing was written"
    )
    return InputError([Finding("text-split", message, Span(label, line, column), hint)])


def _edit_catalogue(name: str, label: str, data: bytes, task: _Task) -> bytes:
    """Return a catalogue with the entry of the message divided."""
    plan = task.plan
    catalogue, findings = po.read(data, label, PurePosixPath(label).stem)
    if has_errors(findings):
        raise InputError(findings)
    one = catalogue.entries.get(plan.key)
    if one is None:
        return data
    sources = plan.divide(one.source)
    targets = plan.divide(one.text) if one.text else tuple("" for _ in plan.names)
    if one.text.strip() == plan.text.strip():  # left in the source language
        targets = plan.parts
    if sources and targets:
        entries = [
            EntryChange(text, fuzzy=one.fuzzy and bool(text), source=source)
            for source, text in zip(sources, targets, strict=True)
        ]
    else:
        entries = list(_keep_whole(one, plan))
        task.undivided[name] = None
    own, *others = entries
    after = change_entries(data, {plan.key: own}, label=label)
    after = add_entries(after, dict(zip(plan.names[1:], others, strict=True)), label=label)
    _verify_catalogue(label, catalogue, after, plan)
    return after


def _keep_whole(one: Translation, plan: _Plan) -> Iterator[EntryChange]:
    """Yield the entries of a translation that cannot be divided: it stays at the first part, fuzzy, and in all notes."""
    comments = (f"Before '{plan.key}' was split: {one.text}",) if one.text else ()
    yield EntryChange(one.text, fuzzy=bool(one.text), comments=comments)
    for part in plan.parts[1:]:
        yield EntryChange("", source=part, comments=comments)


# Checking


def _verify_copy(name: str, label: str, before: bytes, after: bytes, plan: _Plan) -> None:
    """Raise InputError if a file of copy says something else than before, except for the divided text."""
    stem = PurePosixPath(name).stem
    old, new = (_read_texts(name, label, data, stem) for data in (before, after))
    expected: dict[tuple[str, str], str] = {}
    for (tag, key), text in old.items():
        parts = plan.divide_copy(text) if key == plan.key else {key: text}
        expected |= {(tag, one): words for one, words in parts.items()}
    is_same = expected.keys() == new.keys() and all(
        new[place].strip() == text.strip() for place, text in expected.items()
    )
    if not is_same:
        message = "the message in this file cannot be divided without changing something else"
        hint = "divide it by hand; nothing was written"
        raise InputError([Finding("text-split", message, Span(label), hint)])


def _read_texts(name: str, label: str, data: bytes, stem: str) -> dict[tuple[str, str], str]:
    """Return the texts of a file of copy by language and key."""
    if name.startswith(f"{CONTENT}/"):
        copy, _ = read_copy(data, label, stem)
        return {("", key): one.text for key, one in copy.entries.items()}
    office, _ = read_office(data, label, stem)
    copies = office.copy.items() if office else ()
    return {(tag, key): one.text for tag, each in copies for key, one in each.entries.items()}


def _verify_catalogue(label: str, before: Catalogue, after: bytes, plan: _Plan) -> None:
    made, _ = po.read(after, label, before.language)
    others = {key: one for key, one in before.entries.items() if key != plan.key}
    left = {key: one for key, one in made.entries.items() if key not in plan.names}
    if _texts(left) != _texts(others) or {*made.entries} != {*others, *plan.names}:
        message = "the message in this catalogue cannot be divided without changing something else"
        hint = "run 'brochure text update' and try again; nothing was written"
        raise InputError([Finding("text-split", message, Span(label), hint)])


def _texts(entries: Mapping[str, Translation]) -> dict[str, tuple[str, str, bool, str]]:
    return {key: (one.source, one.text, one.fuzzy, one.notes) for key, one in entries.items()}
