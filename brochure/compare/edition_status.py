"""Approve editions, and list which pages of all editions must be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from brochure.api import lay_out_edition, open_job, resolve_edition
from brochure.approval.approval_file import (
    FOLDER,
    Approval,
    approval_path,
    edition_id,
    parse_edition,
    read_approval,
)
from brochure.approval.approving import approve_pages
from brochure.approval.page_sources import record_pages
from brochure.approval.page_status import PageState, PageStatus, compare_with_approval
from brochure.approval.press_approval import name_edition
from brochure.build_values import Job, LaidOut
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, has_errors, nearest
from brochure.l10n.project_editions import EditionName, list_editions
from brochure.project import Project


@dataclass(frozen=True, slots=True)
class EditionStatus:
    """An edition with the status of its pages.

    `is_approved_in_part` is true if any page was ever approved. `findings` say why the pages are not known.
    """

    name: EditionName
    pages: tuple[PageStatus, ...] = ()
    is_approved_in_part: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def to_see(self) -> tuple[PageStatus, ...]:
        """The pages that must be looked at."""
        return tuple(page for page in self.pages if page.must_be_seen)

    @property
    def is_approved(self) -> bool:
        """True if all pages are approved as they are."""
        return not self.findings and not self.to_see

    def count(self, state: PageState) -> int:
        """Return the number of pages in a state."""
        return sum(page.state is state for page in self.pages)


def find_edition(project: Project, job: Job, text: str) -> EditionName:
    """Return the edition that `fr` or `canada/fr-CA` names; UsageError if the project has none of that name."""
    name = parse_edition(text)
    known = {edition_id(one): one for one in list_editions(project, job.layout)}
    if text in known or not name.office:
        return name  # an edition without an office is not in the list of a project with offices
    raise UsageError(f"--edition {text}: unknown edition ({nearest(text, known)})")


def list_statuses(
    project: Project, names: Collection[EditionName] = (), *, approved_only: bool = False
) -> Iterator[EditionStatus]:
    """Yield the status of editions, in the order of the project.

    Args:
        project: The project.
        names: The editions; empty for all.
        approved_only: Leave out editions of which no page was ever approved.
    """
    job = open_job(project)
    known = list_editions(project, job.layout)
    with_file = set(approved_editions(project))
    for name in names or (*known, *sorted(with_file - set(known))):
        if not approved_only or name in with_file:
            yield assess_edition(job, name)


def approved_editions(project: Project) -> Iterator[EditionName]:
    """Yield the editions that have an approval file."""
    for file in project.listing(FOLDER):
        path = PurePosixPath(file).relative_to(FOLDER)
        if path.suffix == ".yaml" and len(path.parts) <= 2:
            yield parse_edition(path.with_suffix("").as_posix())


def assess_edition(job: Job, name: EditionName) -> EditionStatus:
    """Return the status of an edition; faults that keep it from being laid out are its findings."""
    try:
        approval = read_approval(job.project, name, job.layout.brochure)
    except InputError as failure:
        return EditionStatus(name, (), is_approved_in_part=True, findings=failure.findings)
    try:
        made = _lay_out(job, name)
    except InputError as failure:
        return EditionStatus(name, (), approval is not None, failure.findings)
    except UsageError as failure:
        message = f"{approval_path(name)}: this edition does not exist any more"
        gone = Finding("approval-unused", message, None, f"remove the file ({failure})")
        return EditionStatus(name, (), approval is not None, (gone,))
    return _status(job, name, made, approval)


def _status(job: Job, name: EditionName, made: LaidOut, approval: Approval | None) -> EditionStatus:
    records = record_pages(made.pages, made.edition, job.project)
    return EditionStatus(name, compare_with_approval(approval, records), approval is not None)


def _lay_out(job: Job, name: EditionName) -> LaidOut:
    return lay_out_edition(job, resolve_edition(job, name.language or None, name.office or None))


@dataclass(frozen=True, slots=True)
class Approved:
    """New approvals of an edition, with the status of its pages before and after."""

    approval: Approval
    before: tuple[PageStatus, ...]
    after: tuple[PageStatus, ...]


def approve_edition(
    job: Job, name: EditionName, numbers: Collection[int] | None, who: tuple[str, str]
) -> Approved:
    """Approve pages of an edition as they are now; nothing is written.

    Args:
        job: The open project.
        name: The edition.
        numbers: The page numbers; None for all.
        who: The name of who approves, and the date as ISO 8601 in UTC.

    Raises:
        InputError: The edition has errors, or its approval file is damaged.
        UsageError: The edition or a page does not exist.
    """
    made = _lay_out(job, name)
    if has_errors(made.findings):
        raise InputError([one for one in made.findings if one.severity is Severity.ERROR])
    return approve_laid_out(made, job.project, numbers, who)


def approve_laid_out(
    made: LaidOut, project: Project, numbers: Collection[int] | None, who: tuple[str, str]
) -> Approved:
    """Approve pages of a laid-out edition; see `approve_edition`."""
    name, brochure = name_edition(made.edition), made.edition.layout.brochure
    earlier = read_approval(project, name, brochure)
    records = record_pages(made.pages, made.edition, project)
    approval = approve_pages(earlier, records, numbers, who, (brochure, name))
    return Approved(
        approval,
        compare_with_approval(earlier, records),
        compare_with_approval(approval, records),
    )
