"""Start a project's catalogues and merge source changes into them.

Callers write the files. A catalogue without changes need not be written, even if another program formatted its file differently.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import nearest
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.catalogue_merge import merge_catalogue, merge_source
from brochure.l10n.formats import po
from brochure.l10n.language_tags import is_tag
from brochure.l10n.project_editions import list_languages
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.l10n.translations import CONTENT, catalogue_file, read_catalogue
from brochure.translation.template import make_template
from brochure.translation.workspace import Workspace


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
    if read_catalogue(workspace.project, language) is not None:
        file = workspace.project.label(catalogue_file(language))
        raise UsageError(
            f"{file} already exists; to update it, run 'brochure text update --lang {language}'"
        )
    return make_template(workspace, language)


def check_language(workspace: Workspace, language: str) -> None:
    """Raise UsageError if the tag is invalid, the source language or a pseudolocale."""
    if not is_tag(language):
        raise UsageError(f"--lang {language}: not a language tag (e.g. fr, fr-CA or km)")
    if language == workspace.layout.source_language:
        source = workspace.source.file
        raise UsageError(f"--lang {language}: this is the source language; edit {source}")
    if language in PSEUDOLOCALES:
        raise UsageError(
            f"--lang {language}: a pseudolocale has no catalogue; see 'brochure text pseudo'"
        )


def template_file(workspace: Workspace) -> str:
    """Return the path in the project of the template (POT)."""
    return f"{CONTENT}/{workspace.layout.brochure}.pot"


def previous_file(language: str) -> str:
    """Return the path in the project where an import keeps the catalogue that it replaces; no command reads catalogues there."""
    return f".brochure/undo/{language}{po.SUFFIXES[0]}"


def load_other_catalogues(workspace: Workspace, language: str) -> Mapping[str, Catalogue]:
    """Return the catalogues of all other languages by tag, without those that cannot be read."""
    catalogues: dict[str, Catalogue] = {}
    for tag in list_catalogue_languages(workspace):
        with suppress(InputError):
            catalogue = read_catalogue(workspace.project, tag) if tag != language else None
            if catalogue is not None:
                catalogues[tag] = catalogue
    return catalogues


def list_catalogue_languages(workspace: Workspace) -> tuple[str, ...]:
    """Return the languages that have a catalogue."""
    files = set(workspace.project.listing(CONTENT))
    return tuple(tag for tag in list_languages(workspace.project) if catalogue_file(tag) in files)


def current_catalogue(workspace: Workspace, language: str) -> Catalogue:
    """Return the language's catalogue merged with the current source, or a new one. No file is written."""
    check_language(workspace, language)
    old, fresh = read_catalogue(workspace.project, language), make_template(workspace, language)
    return merge_catalogue(old, fresh) if old else fresh


def refresh_sources(workspace: Workspace, language: str) -> Catalogue:
    """Return the language's catalogue with the current source texts and its old comments, or a new one."""
    check_language(workspace, language)
    old = read_catalogue(workspace.project, language)
    if old is None:
        return make_template(workspace, language)
    merged = merge_source(workspace.source, old)
    entries = {
        key: replace(one, comments=old.entries[key].comments) if key in old.entries else one
        for key, one in merged.entries.items()
    }
    return replace(merged, entries=entries)


def update_catalogue(workspace: Workspace, language: str) -> Update:
    """Merge the current source into a catalogue; UsageError if the language has no catalogue."""
    check_language(workspace, language)
    old = read_catalogue(workspace.project, language)
    if old is None:
        hint = nearest(language, list_catalogue_languages(workspace))
        raise UsageError(
            f"--lang {language}: {workspace.project.label(catalogue_file(language))} not found ({hint});"
            f" to start it, run 'brochure text extract --lang {language}'"
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
