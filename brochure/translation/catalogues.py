"""Catalogues of a project: begun, and brought up to date with the source.

Takes a workspace and a language; gives the catalogue to write, and what has changed in it. Whoever calls writes the file; where
nothing has changed there is nothing to write, however another program has laid out the file that is there.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import nearest
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.catalogue_merge import merge_catalogue, merge_source
from brochure.l10n.formats import po
from brochure.l10n.language_tags import is_tag
from brochure.l10n.project_editions import CONTENT, list_languages, read_catalogue
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.translation.template import make_template
from brochure.translation.workspace import Workspace


@dataclass(frozen=True)
class Update:
    """A catalogue brought up to date: keys by what has become of them, and whether the file must be written."""

    catalogue: Catalogue
    new: tuple[str, ...]
    changed: tuple[str, ...]
    obsolete: tuple[str, ...]
    differs: bool


def start_catalogue(workspace: Workspace, language: str) -> Catalogue:
    """A new catalogue; UsageError where the language needs none or has one."""
    check_language(workspace, language)
    if read_catalogue(workspace.project, language) is not None:
        file = workspace.project.label(catalogue_file(language))
        raise UsageError(
            f"{file}: is there already; 'brochure text update --lang {language}' brings it up to date"
        )
    return make_template(workspace, language)


def check_language(workspace: Workspace, language: str) -> None:
    """UsageError where a tag is none, or where nothing is to be translated into it."""
    if not is_tag(language):
        raise UsageError(f"--lang {language}: this is no language tag (write fr, fr-CA or km)")
    if language == workspace.layout.source_language:
        source = workspace.source.file
        raise UsageError(f"--lang {language}: the brochure is written in it, in {source}")
    if language in PSEUDOLOCALES:
        raise UsageError(f"--lang {language}: nobody translates into a pseudo-language")


def catalogue_file(language: str) -> str:
    """The project's name of a language's catalogue."""
    return f"{CONTENT}/{language}{po.SUFFIXES[0]}"


def template_file(workspace: Workspace) -> str:
    """The project's name of the template for all languages."""
    return f"{CONTENT}/{workspace.layout.brochure}.pot"


def list_catalogue_languages(workspace: Workspace) -> tuple[str, ...]:
    """The languages that there is a catalogue in."""
    files = set(workspace.project.listing(CONTENT))
    return tuple(tag for tag in list_languages(workspace.project) if catalogue_file(tag) in files)


def current_catalogue(workspace: Workspace, language: str) -> Catalogue:
    """The language's catalogue as the source has it now, or a new one; nothing is written."""
    check_language(workspace, language)
    old, fresh = read_catalogue(workspace.project, language), make_template(workspace, language)
    return merge_catalogue(old, fresh) if old else fresh


def refresh_sources(workspace: Workspace, language: str) -> Catalogue:
    """The language's catalogue as the source has it now, its comments as they were; a new one where there is none."""
    check_language(workspace, language)
    old = read_catalogue(workspace.project, language)
    if old is None:
        return make_template(workspace, language)
    now = merge_source(workspace.source, old)
    entries = {
        key: replace(one, comments=old.entries[key].comments) if key in old.entries else one
        for key, one in now.entries.items()
    }
    return replace(now, entries=entries)


def update_catalogue(workspace: Workspace, language: str) -> Update:
    """The catalogue with the source as it is now; UsageError where there is none."""
    check_language(workspace, language)
    old = read_catalogue(workspace.project, language)
    if old is None:
        there = nearest(language, list_catalogue_languages(workspace))
        raise UsageError(
            f"--lang {language}: there is no {workspace.project.label(catalogue_file(language))} ({there});"
            f" 'brochure text extract --lang {language}' begins one"
        )
    return compare_catalogues(old, merge_catalogue(old, make_template(workspace, language)))


def compare_catalogues(old: Catalogue, new: Catalogue) -> Update:
    """What has become of a catalogue."""
    back = {one.key for one in old.obsolete}
    added = (key for key in new.entries if key not in old.entries and key not in back)
    was = {one.key: one for one in (*old.obsolete, *old.entries.values())}
    changed = (
        key for key, one in new.entries.items() if key in was and one.source != was[key].source
    )
    gone = (key for key in old.entries if key not in new.entries)
    return Update(
        new, tuple(added), tuple(changed), tuple(gone), differs=po.write(old) != po.write(new)
    )
