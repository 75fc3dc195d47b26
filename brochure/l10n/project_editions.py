"""List the editions of a project and read the offices and catalogues that each needs.

A project with offices has an edition for each language of each office; one without has an edition for each language with copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, has_errors, nearest
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.edition import EditionRequest
from brochure.l10n.formats import po
from brochure.l10n.language_tags import fallback_chain, is_tag
from brochure.l10n.office import Office, read_office
from brochure.l10n.project_copy import read_source
from brochure.l10n.pseudolocale import PSEUDOLOCALES, make_pseudo_catalogue
from brochure.locales import canonical_tag
from brochure.project import Project
from brochure.spec.model import Layout

OFFICES, CONTENT = "offices", "content"
COPY_SUFFIXES = (".yaml", *po.SUFFIXES[:1])


@dataclass(frozen=True, slots=True, order=True)
class EditionName:
    """The identity of an edition: its office's id (empty for none) and its language."""

    office: str
    language: str

    def __str__(self) -> str:
        return f"{self.office}_{self.language}" if self.office else self.language


def request_edition(
    project: Project, layout: Layout, language: str | None, office: str | None
) -> EditionRequest:
    """Return a request for an edition; default: the office's first language, or the source language without an office."""
    chosen = load_office(project, office) if office is not None else None
    default = chosen.languages[0] if chosen else layout.source_language
    tag = default if language is None else language
    if not is_tag(tag):
        raise UsageError(f"--lang {tag}: not a language tag (e.g. en, fr-CA or km)")
    if tag in PSEUDOLOCALES:
        return EditionRequest(tag, chosen, {tag: _pseudo_catalogue(project, layout, tag)})
    return EditionRequest(tag, chosen, dict(read_catalogues(project, tag)))


def _pseudo_catalogue(project: Project, layout: Layout, tag: str) -> Catalogue:
    findings: list[Finding] = []
    source = read_source(layout, project, findings)
    if has_errors(findings):
        raise InputError(findings)
    return make_pseudo_catalogue(source, tag)


def list_editions(project: Project, layout: Layout) -> tuple[EditionName, ...]:
    """Return all editions: each office by id in each of its languages; without offices, each language with copy."""
    names = list_offices(project)
    if not names:
        tags = sorted(list_languages(project), key=lambda tag: (tag != layout.source_language, tag))
        return tuple(EditionName("", tag) for tag in tags)
    return tuple(
        EditionName(name, tag) for name in names for tag in load_office(project, name).languages
    )


# Offices


def list_offices(project: Project) -> tuple[str, ...]:
    """Return the ids of the project's offices in alphabetical order."""
    files = (PurePosixPath(name) for name in project.listing(OFFICES))
    return tuple(sorted(file.stem for file in files if file.suffix == ".yaml"))


def load_office(project: Project, name: str) -> Office:
    """Return an office by its id.

    Raises:
        UsageError: The project has no such office.
        InputError: The office's file has errors.
    """
    known = list_offices(project)
    if name not in known:
        raise UsageError(f"--office {name}: unknown office ({nearest(name, known)})")
    file = f"{OFFICES}/{name}.yaml"
    office, findings = read_office(project.read(file), project.label(file), name)
    if office is None or has_errors(findings):
        raise InputError(findings)
    return office


# Translations


def list_languages(project: Project) -> tuple[str, ...]:
    """Return the language tags for which the project has copy."""
    files = (PurePosixPath(name) for name in project.listing(CONTENT))
    tags = {file.stem for file in files if file.suffix in COPY_SUFFIXES}
    return tuple(sorted(tag for tag in tags if is_tag(tag)))


def read_catalogues(project: Project, language: str) -> Iterator[tuple[str, Catalogue]]:
    """Yield the catalogues of a language and of its fallback locales; InputError if one cannot be read."""
    for tag in fallback_chain(language):
        catalogue = read_catalogue(project, tag)
        if catalogue is not None:
            yield tag, catalogue


def read_catalogue(project: Project, tag: str) -> Catalogue | None:
    """Return the catalogue for one language tag, or None if the project has none."""
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
    """Yield a finding for each copy file that is never read, or not in an edition of its language.

    Its name is not a language tag, or not the standard form of one.
    """
    for name in project.listing(CONTENT):
        file = PurePosixPath(name)
        if file.suffix not in COPY_SUFFIXES or file.stem in PSEUDOLOCALES:
            continue
        if not is_tag(file.stem):
            message = f"'{file.stem}' is not a language tag, so the file is ignored"
            hint = "name the file by its language, e.g. fr-CA.po"
        elif canonical_tag(file.stem) != file.stem:
            standard = canonical_tag(file.stem)
            message = f"'{file.stem}' is not the standard form of this language tag, which is '{standard}'"
            hint = f"rename the file {standard}{file.suffix}"
        else:
            continue
        span = Span(project.label(name))
        yield Finding("language-tag", message, span, hint, Severity.WARNING)
