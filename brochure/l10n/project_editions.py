"""List the languages and editions of a project.

A project with offices has an edition for each language of each office; one without has an edition for each language with copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, nearest
from brochure.inputs import without_record
from brochure.l10n.copy_files import CONTENT
from brochure.l10n.formats import po
from brochure.l10n.language_tags import is_tag
from brochure.l10n.office import OFFICES, list_offices, load_office
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.locales import canonical_tag
from brochure.project import Project
from brochure.spec.model import Layout

COPY_SUFFIXES = (".yaml", *po.SUFFIXES[:1])


@dataclass(frozen=True, slots=True, order=True)
class EditionName:
    """The identity of an edition: its office's id (empty for none) and its language."""

    office: str
    language: str

    def __str__(self) -> str:
        return f"{self.office}_{self.language}" if self.office else self.language


def name_file(brochure: str, edition: EditionName, target: str) -> str:
    """Return the name of an edition's PDF without its ending, such as `leaflet_kenya_sw_press`."""
    return f"{brochure}_{edition}_{target}"


def list_editions(project: Project, layout: Layout) -> tuple[EditionName, ...]:
    """Return all editions: each office by id in each of its languages; without offices, each language with copy."""
    names = list_offices(project)
    if not names:
        tags = sorted(list_languages(project), key=lambda tag: (tag != layout.source_language, tag))
        return tuple(EditionName("", tag) for tag in tags)
    return tuple(
        EditionName(name, tag) for name in names for tag in load_office(project, name).languages
    )


def list_languages(project: Project) -> tuple[str, ...]:
    """Return the language tags for which the project has copy."""
    files = (PurePosixPath(name) for name in project.listing(CONTENT))
    tags = {file.stem for file in files if file.suffix in COPY_SUFFIXES}
    return tuple(sorted(tag for tag in tags if is_tag(tag)))


def find_misnamed_files(project: Project) -> Iterator[Finding]:
    """Yield a finding for each copy file that is never read, or not in an edition of its language.

    Its name is not a language tag, or not the standard form of one.
    """
    yield from _find_misplaced_catalogues(project)
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


def _find_misplaced_catalogues(project: Project) -> tuple[Finding, ...]:
    """Return a finding for each catalogue below `offices` that belongs to no office or to no language of it.

    The offices are read without a record, since which ones there are changes no brochure. With findings, the names of the files
    are recorded, so that the findings are gone when the files are renamed.
    """
    found = tuple(_check_catalogue_names(without_record(project)))
    if found:
        project.listing(OFFICES)
    return found


def _check_catalogue_names(project: Project) -> Iterator[Finding]:
    offices = list_offices(project)
    for name in project.listing(OFFICES):
        file = PurePosixPath(name)
        if file.suffix not in COPY_SUFFIXES[1:] or len(file.parts) != CATALOGUE_DEPTH:
            continue
        office = file.parts[1]
        if office not in offices:
            message = f"office '{office}' not found, so the file is ignored"
            hint = nearest(office, offices)
        elif not is_tag(file.stem):
            message = f"'{file.stem}' is not a language tag, so the file is ignored"
            hint = "name the file by its language, e.g. fr-CA.po"
        else:
            continue
        yield Finding("language-tag", message, Span(project.label(name)), hint, Severity.WARNING)


CATALOGUE_DEPTH = 3
"""Number of parts of the path of an office's catalogue: `offices/kenya/sw.po`."""
