"""The two sides of a comparison, as the command line names them: a project, a revision of it, what was approved, or a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from brochure.api import lay_out_edition, make_sheets, open_job, resolve_edition, write_pdf
from brochure.approval.approval_file import edition_id
from brochure.approval.press_approval import name_edition
from brochure.build_values import Job, LaidOut
from brochure.compare.contents import Contents
from brochure.compare.edition_contents import read_edition
from brochure.compare.pdf_contents import read_pdf_limited
from brochure.compare.revisions import SHORT, find_approved, open_revision
from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.l10n.project_editions import EditionName
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from brochure.project import DiskProject, Project, project_at, read_whole
from brochure.system.files import is_folder

APPROVED = "approved"
"""The name of the revision that was approved."""


@dataclass(frozen=True)
class Subject:
    """What an argument of the command names. `folder` is a project's; `revision` is empty for its files as they are now."""

    text: str
    path: Path
    revision: str = ""
    is_pdf: bool = False


@dataclass(frozen=True)
class Side:
    """One side: its contents, and a function that returns it as a PDF for pictures (empty if there is none)."""

    contents: Contents
    pdf: Callable[[], bytes]
    findings: tuple[Finding, ...] = ()


def parse_subject(text: str) -> Subject:
    """Return what an argument names; UsageError if it is neither a PDF nor a project folder with or without a revision."""
    path = Path(text)
    if is_folder(path):
        return Subject(text, path)
    if path.suffix.casefold() == ".pdf":
        return Subject(text, path, is_pdf=True)
    folder, at, revision = text.rpartition("@")
    if at and is_folder(Path(folder or ".")):
        if not revision:
            raise UsageError(f"{text}: a revision is missing after '@', e.g. {text}HEAD")
        return Subject(text, Path(folder or "."), revision)
    project_at(path)  # raises UsageError
    return Subject(text, path)


def parse_subjects(before: str, after: str | None) -> tuple[Subject, Subject]:
    """Return what the arguments of a comparison name; a project alone is compared with its approved state."""
    first = parse_subject(before)
    if after is not None:
        return first, parse_subject(after)
    if first.is_pdf or first.revision:
        raise UsageError(
            f"{before}: name what it is compared with, e.g. 'brochure diff {before} other.pdf'"
        )
    return replace(first, text=f"{before}@{APPROVED}", revision=APPROVED), first


def open_sides(before: Subject, after: Subject, edition: EditionName | None) -> tuple[Side, Side]:
    """Read both sides; if one of them is a PDF, the other is compared as the PDF that is built from it.

    Raises:
        BrochureError: A file is missing, damaged, protected or too large, or a project has errors.
    """
    if before.is_pdf or after.is_pdf:
        files = {one.text: read_whole(one.path) for one in (before, after) if one.is_pdf}
        condition = PRESS if any(map(_is_for_press, files.values())) else SCREEN
        first, second = (_read_as_pdf(one, files, edition, condition) for one in (before, after))
        return first, second
    return _read_project(before, edition), _read_project(after, edition)


def _is_for_press(data: bytes) -> bool:
    return b"GTS_PDFX" in data


def _read_as_pdf(
    subject: Subject,
    files: dict[str, bytes],
    edition: EditionName | None,
    condition: OutputCondition,
) -> Side:
    if subject.is_pdf:
        data, name = files[subject.text], subject.path.name
    else:
        side = _read_project(subject, edition, condition)
        data, name = side.pdf(), side.contents.name
        if not data:
            raise UsageError(f"{subject.text}: no PDF can be built from it; see 'brochure build'")
    return Side(read_pdf_limited(data, name), lambda: data)


def _read_project(
    subject: Subject, edition: EditionName | None, condition: OutputCondition = SCREEN
) -> Side:
    """Read an edition of a project: as it is, of a revision, or as it was approved."""
    if subject.revision == APPROVED:
        return _read_approved(subject, edition, condition)
    project: Project = project_at(subject.path)
    if subject.revision:
        project = open_revision(subject.path, subject.revision)
    job = open_job(project)
    language = edition.language if edition else None
    made = lay_out_edition(
        job, resolve_edition(job, language or None, edition.office or None if edition else None)
    )
    return _side(job, made, _name(subject, made, subject.revision), condition)


def _read_approved(
    subject: Subject, edition: EditionName | None, condition: OutputCondition
) -> Side:
    name = edition or EditionName("", open_job(DiskProject(subject.path)).layout.source_language)
    found = find_approved(subject.path, name)
    job = open_job(found.project)
    shown = f"approved, {found.commit[:SHORT]}"
    side = _side(job, found.made, _name(subject, found.made, shown), condition)
    if not found.missing:
        return side
    pages = ", ".join(map(str, found.missing))
    message = f"the commit {found.commit[:SHORT]} has not the approved state of the pages {pages}"
    hint = "commit the project when you approve it"
    return Side(side.contents, side.pdf, (Finding("approval-commit", message, None, hint),))


def _name(subject: Subject, made: LaidOut, revision: str) -> str:
    edition = edition_id(name_edition(made.edition))
    return f"{made.edition.layout.brochure}, {edition}" + (f" ({revision})" if revision else "")


def _side(job: Job, made: LaidOut, name: str, condition: OutputCondition) -> Side:
    def pdf() -> bytes:
        return write_pdf(job, make_sheets(job, made, condition, draft=True)).pdf

    return Side(read_edition(made, job.project, name), pdf)
