"""Editions of a project: which there are, and what each is made from.

Takes a project's folder of offices and of translations; gives `EditionRequest` for one edition, or the list of all of them: each
office in each of its languages, and without offices each language that there is copy in. Stands between the command line,
which names a language and an office, and the stage that resolves them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, has_errors, nearest
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.edition import EditionRequest
from brochure.l10n.formats import po
from brochure.l10n.language_tags import fallback_chain, is_tag
from brochure.l10n.office import Office, read_office
from brochure.l10n.project_copy import read_source
from brochure.l10n.pseudolocale import PSEUDOLOCALES, make_pseudo_catalogue
from brochure.project import Project
from brochure.spec.model import Layout

OFFICES, CONTENT = "offices", "content"
COPY_SUFFIXES = (".yaml", *po.SUFFIXES[:1])


@dataclass(frozen=True, slots=True, order=True)
class EditionName:
    """An edition by its office's id (empty for none) and its language."""

    office: str
    language: str

    def __str__(self) -> str:
        return f"{self.office}_{self.language}" if self.office else self.language


def request_edition(
    project: Project, layout: Layout, language: str | None, office: str | None
) -> EditionRequest:
    """The edition that is asked for: the source language and no office unless told; an office's first language."""
    chosen = load_office(project, office) if office is not None else None
    usual = chosen.languages[0] if chosen else layout.source_language
    tag = usual if language is None else language
    if not is_tag(tag):
        raise UsageError(f"--lang {tag}: this is no language tag (write en, fr-CA or km)")
    if tag in PSEUDOLOCALES:
        return EditionRequest(tag, chosen, {tag: _pseudo(project, layout, tag)})
    return EditionRequest(tag, chosen, dict(read_catalogues(project, tag)))


def _pseudo(project: Project, layout: Layout, tag: str) -> Catalogue:
    found: list[Finding] = []
    source = read_source(layout, project, found)
    if has_errors(found):
        raise InputError(found)
    return make_pseudo_catalogue(source, tag)


def list_editions(project: Project, layout: Layout) -> tuple[EditionName, ...]:
    """All editions: the offices by their ids, each in its languages; without offices every language with copy."""
    names = list_offices(project)
    if not names:
        tags = sorted(list_languages(project), key=lambda tag: (tag != layout.source_language, tag))
        return tuple(EditionName("", tag) for tag in tags)
    return tuple(
        EditionName(name, tag) for name in names for tag in load_office(project, name).languages
    )


# Offices


def list_offices(project: Project) -> tuple[str, ...]:
    """The ids of the project's offices, in alphabetical order."""
    files = (PurePosixPath(name) for name in project.listing(OFFICES))
    return tuple(sorted(file.stem for file in files if file.suffix == ".yaml"))


def load_office(project: Project, name: str) -> Office:
    """An office by its id; UsageError where there is none, InputError with all that is wrong in its file."""
    known = list_offices(project)
    if name not in known:
        raise UsageError(f"--office {name}: there is no such office ({nearest(name, known)})")
    file = f"{OFFICES}/{name}.yaml"
    office, findings = read_office(project.read(file), project.label(file), name)
    if office is None or has_errors(findings):
        raise InputError(findings)
    return office


# Translations


def list_languages(project: Project) -> tuple[str, ...]:
    """The tags that there is copy under."""
    files = (PurePosixPath(name) for name in project.listing(CONTENT))
    tags = {file.stem for file in files if file.suffix in COPY_SUFFIXES}
    return tuple(sorted(tag for tag in tags if is_tag(tag)))


def read_catalogues(project: Project, language: str) -> Iterator[tuple[str, Catalogue]]:
    """The catalogues of a language and of those that stand in for it; InputError where one cannot be read."""
    for tag in fallback_chain(language):
        catalogue = read_catalogue(project, tag)
        if catalogue is not None:
            yield tag, catalogue


def read_catalogue(project: Project, tag: str) -> Catalogue | None:
    """The catalogue in one language; None where there is none."""
    file = f"{CONTENT}/{tag}{po.SUFFIXES[0]}"
    try:
        data = project.read(file)
    except FileNotFoundError:
        return None
    catalogue, findings = po.read(data, project.label(file), tag)
    if has_errors(findings):
        raise InputError(findings)
    return catalogue


def find_misnamed_files(project: Project) -> Iterator[Finding]:
    """Files among the copy whose names are no language tags: nobody would ever read them."""
    for name in project.listing(CONTENT):
        file = PurePosixPath(name)
        if file.suffix in COPY_SUFFIXES and not is_tag(file.stem):
            message = f"{project.label(name)}: '{file.stem}' is no language tag"
            yield Finding("language-tag", message, None, "name it after its language: fr-CA.po")
