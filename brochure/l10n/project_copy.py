"""Read a project's YAML copy: the source, and translations written by hand.

Translation catalogues are read by `formats`.
"""

from __future__ import annotations

from brochure.findings import Finding, nearest
from brochure.l10n.message_file import Copy, read_copy
from brochure.project import Project
from brochure.spec.model import Layout


def read_source(layout: Layout, project: Project, findings: list[Finding]) -> Copy:
    """Return the source copy; if it is missing, add a finding and return empty copy."""
    copy = read_hand_written(layout.source_language, project, findings)
    if copy is None:
        label = project.label(_copy_file(layout.source_language))
        existing = [n.removeprefix("content/") for n in project.listing("content")]
        message = f"no copy in the source language '{layout.source_language}'; expected {label}"
        hint = nearest(f"{layout.source_language}.yaml", existing)
        findings.append(Finding("copy-missing", message, layout.span, hint))
        return Copy(layout.source_language, label, {})
    return copy


def _copy_file(tag: str) -> str:
    return f"content/{tag}.yaml"


def read_hand_written(tag: str, project: Project, findings: list[Finding]) -> Copy | None:
    """Return the YAML copy in a language, or None if the project has none."""
    name = _copy_file(tag)
    try:
        source = project.read(name)
    except FileNotFoundError:
        return None
    copy, problems = read_copy(source, project.label(name), tag)
    findings.extend(problems)
    return copy
