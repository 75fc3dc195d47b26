"""Sources: the copy of a project as it lies on disk.

Takes a project and a language; gives the source copy, or copy that was written by hand in another language. Catalogues are
no sources: they are read by their own formats.
"""

from __future__ import annotations

from brochure.findings import Finding, nearest
from brochure.l10n.message_file import Copy, read_copy
from brochure.project import Project
from brochure.spec.model import Layout


def read_source(layout: Layout, project: Project, found: list[Finding]) -> Copy:
    """The copy that the brochure is written in; a finding where it is not there."""
    copy = read_hand_written(layout.source_language, project, found)
    if copy is None:
        label = project.label(_copy_file(layout.source_language))
        there = [n.removeprefix("content/") for n in project.listing("content")]
        message = f"there is no copy in '{layout.source_language}': {label} is missing"
        hint = nearest(f"{layout.source_language}.yaml", there)
        found.append(Finding("copy-missing", message, layout.span, hint))
        return Copy(layout.source_language, label, {})
    return copy


def _copy_file(tag: str) -> str:
    return f"content/{tag}.yaml"


def read_hand_written(tag: str, project: Project, found: list[Finding]) -> Copy | None:
    """Copy written by hand in a language; None where there is none."""
    name = _copy_file(tag)
    try:
        source = project.read(name)
    except FileNotFoundError:
        return None
    copy, problems = read_copy(source, project.label(name), tag)
    found.extend(problems)
    return copy
