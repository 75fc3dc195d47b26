"""Tell the catalogues that a change of a source text has not changed its meaning, such as a corrected typo.

The translations stay ready to print; only the source text that they are recorded with is replaced. Files are edited in place:
other entries and comments stay byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import nearest
from brochure.l10n.catalogue import Translation
from brochure.l10n.office import list_offices
from brochure.l10n.po_edit import EntryChange, change_entries
from brochure.project import Project
from brochure.translation.catalogues import list_catalogue_languages
from brochure.translation.file_changes import FileChange
from brochure.translation.workspace import Workspace, open_workspace

MIN_SIMILARITY = 0.6
"""Minimum similarity of the old and the new source text; a larger change has probably changed the meaning."""


@dataclass(frozen=True, slots=True)
class TouchedMessage:
    """A catalogue's entry of a message: the source text that it was translated from, and what has become of it.

    `state` is `touched` if the translation is ready again, `current` if nothing was to be done, `fuzzy` if it needs review
    for another reason, and `different` if the source has changed so much that it is left alone.
    """

    file: str
    key: str
    state: str
    before: str


@dataclass(frozen=True)
class Touch:
    """The entries of all catalogues, and the changed files."""

    messages: tuple[TouchedMessage, ...]
    changes: tuple[FileChange, ...]


def touch_messages(
    project: Project, keys: Iterable[str], *, languages: Iterable[str] = (), force: bool = False
) -> Touch:
    """Return the catalogues with the current source text of messages; nothing is written.

    Args:
        project: The project.
        keys: The messages' keys, in the source copy or in the copy of an office.
        languages: The catalogues' languages (default: all).
        force: Also accept large changes of the source text.

    Raises:
        UsageError: No source copy has one of the messages.
        InputError: A file is invalid.
    """
    wanted, chosen = tuple(keys), frozenset(languages)
    workspaces = [open_workspace(project)]
    workspaces += [open_workspace(project, office) for office in list_offices(project)]
    for key in wanted:
        if not any(key in one.source.entries for one in workspaces):
            hint = nearest(key, workspaces[0].source.entries)
            raise UsageError(f"{key}: unknown message ({hint})")
    messages: list[TouchedMessage] = []
    changes: list[FileChange] = []
    for workspace in workspaces:
        for tag in list_catalogue_languages(workspace):
            if not chosen or tag in chosen:
                found = tuple(_touch(workspace, tag, wanted, force=force))
                messages.extend(one for one, _ in found)
                edits = {one.key: change for one, change in found if change}
                changes.extend(_edit(workspace, tag, edits))
    return Touch(tuple(messages), tuple(changes))


def _edit(
    workspace: Workspace, language: str, edits: dict[str, EntryChange]
) -> Iterator[FileChange]:
    if edits:
        name = workspace.catalogue_file(language)
        data = workspace.project.read(name)
        label = workspace.project.label(name)
        yield FileChange(name, data, change_entries(data, edits, label=label))


def _touch(
    workspace: Workspace, language: str, keys: Iterable[str], *, force: bool
) -> Iterator[tuple[TouchedMessage, EntryChange | None]]:
    catalogue = workspace.read_catalogue(language)
    for key in keys:
        source = workspace.source.entries.get(key)
        entry = catalogue.entries.get(key) if catalogue else None
        if source is None or entry is None or catalogue is None:
            continue
        before = entry.previous if entry.source == source.text and entry.previous else entry.source
        state = _choose_state(entry, source.text, before, force=force)
        change = None
        if state == "touched" or (state == "fuzzy" and entry.source != source.text):
            change = EntryChange(entry.text, fuzzy=state == "fuzzy", source=source.text)
        yield TouchedMessage(catalogue.file, key, state, before), change


def _choose_state(entry: Translation, source: str, before: str, *, force: bool) -> str:
    is_updated = entry.source == source
    if is_updated and not (entry.fuzzy and entry.previous):
        return "fuzzy" if entry.fuzzy and entry.text else "current"
    if not force and _similarity(before, source) < MIN_SIMILARITY:
        return "different"
    return "fuzzy" if entry.fuzzy and not is_updated else "touched"


def _similarity(one: str, other: str) -> float:
    # Imported here, since only this command compares texts.
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()
