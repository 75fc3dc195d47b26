"""Start a project's catalogues and merge source changes into them.

Callers write the files. A catalogue without changes need not be written, even if another program formatted its file differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, nearest
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.catalogue_merge import merge_catalogue, merge_source
from brochure.l10n.copy_files import CONTENT, SUFFIX, catalogue_file
from brochure.l10n.formats import po
from brochure.l10n.language_tags import fallback_chain, is_compatible, is_tag
from brochure.l10n.office import OFFICES, list_offices
from brochure.l10n.project_editions import list_languages
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.project import Project
from brochure.translation.parallel import run_parallel
from brochure.translation.template import make_template
from brochure.translation.workspace import Workspace, open_workspace


@dataclass(frozen=True)
class Update:
    """The result of an update: the catalogue, the keys that are new, changed or obsolete, and whether the file differs."""

    catalogue: Catalogue
    new: tuple[str, ...]
    changed: tuple[str, ...]
    obsolete: tuple[str, ...]
    differs: bool


def start_catalogue(workspace: Workspace, language: str) -> Catalogue:
    """Return a new catalogue; UsageError if the language has one or cannot have one."""
    check_language(workspace, language)
    if workspace.read_catalogue(language) is not None:
        file = workspace.project.label(workspace.catalogue_file(language))
        raise UsageError(
            f"{file} already exists; to update it, run 'brochure text update{_office_option(workspace)} --lang {language}'"
        )
    return make_template(workspace, language)


def check_language(workspace: Workspace, language: str) -> None:
    """Raise UsageError if the tag is invalid, the source language or a pseudolocale."""
    if not is_tag(language):
        raise UsageError(f"--lang {language}: not a language tag (e.g. fr, fr-CA or km)")
    if language == workspace.layout.source_language:
        source = workspace.source.file
        raise UsageError(f"--lang {language}: this is the source language; edit {source}")
    office = workspace.office
    if office and not any(language in fallback_chain(tag) for tag in office.languages):
        hint = nearest(language, office.languages)
        raise UsageError(
            f"--lang {language}: not a language of the office '{office.office}' ({hint})"
        )
    if office and is_compatible(workspace.layout.source_language, language):
        raise UsageError(
            f"--lang {language}: the office's own copy is in this language; edit {office.span.file}"
        )
    if language in PSEUDOLOCALES:
        raise UsageError(
            f"--lang {language}: a pseudolocale has no catalogue; see 'brochure text pseudo'"
        )


def template_file(workspace: Workspace) -> str:
    """Return the path in the project of the template (POT)."""
    if workspace.office:
        return f"{OFFICES}/{workspace.office.office}/{workspace.layout.brochure}.pot"
    return f"{CONTENT}/{workspace.layout.brochure}.pot"


def previous_file(language: str, office: str | None = None) -> str:
    """Return the path in the project where an import keeps the catalogue that it replaces; no command reads catalogues there."""
    folder = f".brochure/undo/{OFFICES}/{office}" if office else ".brochure/undo"
    return f"{folder}/{language}{po.SUFFIXES[0]}"


PREVIOUS_COPY = PurePosixPath(".brochure/undo/copy")
"""The folder in the project where an import of a manuscript keeps the files that it replaces."""


def load_other_catalogues(workspace: Workspace, language: str) -> Mapping[str, Catalogue]:
    """Return the catalogues of all other languages by tag, without those that cannot be read."""
    catalogues: dict[str, Catalogue] = {}
    for tag in list_catalogue_languages(workspace):
        with suppress(InputError):
            catalogue = workspace.read_catalogue(tag) if tag != language else None
            if catalogue is not None:
                catalogues[tag] = catalogue
    return catalogues


def list_catalogue_languages(workspace: Workspace) -> tuple[str, ...]:
    """Return the languages that have a catalogue."""
    if workspace.office:
        folder = PurePosixPath(OFFICES, workspace.office.office)
        names = (PurePosixPath(name) for name in workspace.project.listing(OFFICES))
        own = (one for one in names if one.parent == folder and one.suffix == SUFFIX)
        return tuple(one.stem for one in own if is_tag(one.stem))
    files = set(workspace.project.listing(CONTENT))
    return tuple(tag for tag in list_languages(workspace.project) if catalogue_file(tag) in files)


def _office_option(workspace: Workspace) -> str:
    return f" --office {workspace.office.office}" if workspace.office else ""


def current_catalogue(workspace: Workspace, language: str) -> Catalogue:
    """Return the language's catalogue merged with the current source, or a new one. No file is written."""
    check_language(workspace, language)
    old, fresh = workspace.read_catalogue(language), make_template(workspace, language)
    return merge_catalogue(old, fresh) if old else fresh


def refresh_sources(workspace: Workspace, language: str) -> Catalogue:
    """Return the language's catalogue with the current source texts and its old comments, or a new one."""
    check_language(workspace, language)
    old = workspace.read_catalogue(language)
    if old is None:
        return make_template(workspace, language)
    source = workspace.source
    if workspace.office:
        source = workspace.load_translations(language).office_source
    merged = merge_source(source, old)
    entries = {
        key: replace(one, comments=old.entries[key].comments) if key in old.entries else one
        for key, one in merged.entries.items()
    }
    return replace(merged, entries=entries)


def update_catalogue(workspace: Workspace, language: str) -> Update:
    """Merge the current source into a catalogue; UsageError if the language has no catalogue."""
    check_language(workspace, language)
    old = workspace.read_catalogue(language)
    if old is None:
        hint = nearest(language, list_catalogue_languages(workspace))
        raise UsageError(
            f"--lang {language}: {workspace.project.label(workspace.catalogue_file(language))} not found ({hint});"
            f" to start it, run 'brochure text extract{_office_option(workspace)} --lang {language}'"
        )
    return compare_catalogues(old, merge_catalogue(old, make_template(workspace, language)))


def compare_catalogues(old: Catalogue, new: Catalogue) -> Update:
    """Compare two versions of a catalogue."""
    restored = {one.key for one in old.obsolete}
    added = (key for key in new.entries if key not in old.entries and key not in restored)
    before = {one.key: one for one in (*old.obsolete, *old.entries.values())}
    changed = (
        key
        for key, one in new.entries.items()
        if key in before and one.source != before[key].source
    )
    removed = (key for key in old.entries if key not in new.entries)
    return Update(
        new, tuple(added), tuple(changed), tuple(removed), differs=po.write(old) != po.write(new)
    )


@dataclass(frozen=True)
class UpdatedFile:
    """A catalogue's file, and its update or the findings that prevented it."""

    path: str
    update: Update | None
    findings: tuple[Finding, ...] = ()


def update_catalogues(
    project: Project, languages: Iterable[str] = (), office: str | None = None
) -> tuple[int, Iterator[UpdatedFile]]:
    """Update catalogues in several processes; nothing is written.

    Args:
        project: The project.
        languages: The languages (default: all).
        office: The office whose catalogues are updated (default: those of the brochure and of all offices).

    Returns:
        The number of catalogues, and the updated ones in order.

    Raises:
        UsageError: A language has no catalogue.
        InputError: The layout, the source copy or an office's file is invalid.
    """
    chosen = tuple(languages)
    offices = () if office else list_offices(project)
    spaces = [open_workspace(project, office), *_open_readable(project, offices)]
    tasks = [
        (at, tag)
        for at, space in enumerate(spaces)
        for tag in (chosen if chosen and at == 0 else list_catalogue_languages(space))
        if not chosen or tag in chosen
    ]

    def update(task: tuple[int, str]) -> UpdatedFile:
        space, tag = spaces[task[0]], task[1]
        path = space.catalogue_file(tag)
        try:
            return UpdatedFile(path, update_catalogue(space, tag))
        except InputError as failure:
            return UpdatedFile(path, None, failure.findings)

    return len(tasks), run_parallel(update, tasks)


def _open_readable(project: Project, offices: Iterable[str]) -> Iterator[Workspace]:
    """Yield the workspace of each office; the others are reported when their editions are checked."""
    for name in offices:
        try:
            yield open_workspace(project, name)
        except InputError:
            continue
