"""Read the copy of a project: catalogues and YAML files of its languages and offices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brochure.errors import InputError
from brochure.findings import Finding, Severity, has_errors, nearest
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats import po
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.message_file import Copy, read_copy
from brochure.l10n.office import OFFICES
from brochure.project import Project
from brochure.spec.model import Layout

CONTENT = "content"
"""The folder with the copy: `LANG.yaml` and `LANG.po`."""


def catalogue_file(language: str, office: str | None = None) -> str:
    """Return the path in the project of a language's catalogue, or of an office's for its own copy."""
    return f"{OFFICES}/{office}/{language}{SUFFIX}" if office else f"{CONTENT}/{language}{SUFFIX}"


SUFFIX = po.SUFFIXES[0]


def read_catalogue(project: Project, tag: str, office: str | None = None) -> Catalogue | None:
    """Return the catalogue for one language tag, or None if the project has none; InputError if it cannot be read."""
    found = _read_catalogue(project, tag, office)
    if found is None:
        return None
    catalogue, findings = found
    if has_errors(findings):
        raise InputError(findings)
    return catalogue


def _read_catalogue(
    project: Project, tag: str, office: str | None
) -> tuple[Catalogue, tuple[Finding, ...]] | None:
    file = catalogue_file(tag, office)
    try:
        data = project.read(file)
    except FileNotFoundError:
        return None
    return po.read(data, project.label(file), tag)


def read_source(project: Project, layout: Layout) -> tuple[Copy, tuple[Finding, ...]]:
    """Return the source copy and its findings; empty copy with a finding if it is missing."""
    tag = layout.source_language
    copy, findings = _read_yaml(project, tag)
    if copy is not None:
        return copy, findings
    label = project.label(_copy_file(tag))
    existing = [name.removeprefix(f"{CONTENT}/") for name in project.listing(CONTENT)]
    message = f"no copy in the source language '{tag}'; expected {label}"
    missing = Finding("copy-missing", message, layout.span, nearest(f"{tag}.yaml", existing))
    return Copy(tag, label, {}), (missing,)


def read_catalogues(
    project: Project, language: str, problems: list[Finding], office: str | None = None
) -> Iterator[tuple[str, Catalogue]]:
    """Yield the catalogues of a language; entries with errors are left out, and `problems` gets a warning for each.

    Raises:
        InputError: A catalogue has no entry that can be read.
    """
    for tag in fallback_chain(language):
        found = _read_catalogue(project, tag, office)
        if found is None:
            continue
        catalogue, findings = found
        if has_errors(findings) and len(catalogue.left_out) == len(catalogue.entries):
            raise InputError(findings)
        problems.extend(map(_leave_out, findings))
        yield tag, catalogue


def _leave_out(finding: Finding) -> Finding:
    """Return the finding for an entry whose translation is not used; if nothing replaces it, it is reported as missing."""
    if finding.severity is not Severity.ERROR:
        return finding
    message = f"{finding.message}; the entry is left out"
    return replace(finding, message=message, severity=Severity.WARNING)


def read_hand_written(
    project: Project, layout: Layout, language: str, findings: list[Finding]
) -> Iterator[tuple[str, Copy]]:
    """Yield the YAML copy of the language and its fallback locales, except for the source."""
    for tag in fallback_chain(language):
        if tag != layout.source_language:
            copy, problems = _read_yaml(project, tag)
            findings.extend(problems)
            if copy is not None:
                yield tag, copy


def _read_yaml(project: Project, tag: str) -> tuple[Copy | None, tuple[Finding, ...]]:
    """Return the YAML copy in a language, or None if the project has none, and its findings."""
    name = _copy_file(tag)
    try:
        source = project.read(name)
    except FileNotFoundError:
        return None, ()
    return read_copy(source, project.label(name), tag)


def _copy_file(tag: str) -> str:
    return f"{CONTENT}/{tag}.yaml"
