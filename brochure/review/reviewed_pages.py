"""Compare the pages that reviewers have seen with those of now: which have changed, and which can be approved in their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brochure.api import lay_out
from brochure.approval.approval_file import edition_id, read_approval
from brochure.approval.approving import approve_pages
from brochure.approval.page_digest import digest_page
from brochure.approval.page_sources import record_pages
from brochure.approval.page_status import compare_with_approval
from brochure.approval.press_approval import name_edition
from brochure.build_values import LaidOut
from brochure.compare.edition_status import Approved
from brochure.errors import InputError, UsageError
from brochure.findings import Severity, has_errors
from brochure.l10n.project_editions import EditionName
from brochure.project import Project
from brochure.review.verdicts import APPROVED, REJECTED, Verdict, latest_verdicts


def digest_pages(project: Project, edition: EditionName) -> Mapping[int, str] | None:
    """Return the digests of an edition's pages as they are now; None if the edition cannot be laid out."""
    try:
        made = lay_out(project, edition.language, edition.office or None)
    except (InputError, UsageError):  # the edition does not exist, which the import reports
        return None
    return {page.number: digest_page(page, project) for page in made.pages}


def approve_reviewed(
    made: LaidOut, project: Project, verdicts: Iterable[Verdict], date: str, name: str | None = None
) -> Approved:
    """Approve the pages of an edition that reviewers have approved as they are now; nothing is written.

    A page is left out if it has changed since, if another reviewer rejects it as it is now, or if it is approved already.

    Args:
        made: The edition, laid out.
        project: The project.
        verdicts: All verdicts of the project.
        date: The date of the approvals, as ISO 8601 in UTC.
        name: Who approves; None for the reviewers.

    Raises:
        InputError: The edition has errors, or its approval file is damaged.
        UsageError: No reviewer has approved a page as it is now.
    """
    if has_errors(made.findings):
        raise InputError([one for one in made.findings if one.severity is Severity.ERROR])
    edition, brochure = name_edition(made.edition), made.edition.layout.brochure
    records = record_pages(made.pages, made.edition, project)
    earlier = approval = read_approval(project, edition, brochure)
    before = compare_with_approval(earlier, records)
    current = {record.number: record.digest for record in records}
    chosen = _choose_pages(verdicts, edition_id(edition), current)
    done = {page.number for page in before if not page.must_be_seen}
    if not chosen:
        hint = "they are listed by 'brochure review status'"
        raise UsageError(
            f"no reviewer has approved a page of the edition {edition_id(edition)} as it is now; {hint}"
        )
    for reviewer in dict.fromkeys(chosen.values()):
        pages = [page for page, by in chosen.items() if by == reviewer and page not in done]
        who = (reviewer if name is None else name, date)
        approval = approve_pages(approval, records, pages, who, (brochure, edition))
    assert approval is not None
    return Approved(approval, before, compare_with_approval(approval, records))


def _choose_pages(
    verdicts: Iterable[Verdict], edition: str, current: Mapping[int, str]
) -> Mapping[int, str]:
    """Return the pages that are approved as they are now, each with the first reviewer who did so."""
    latest = latest_verdicts(one for one in verdicts if one.edition == edition)
    valid = [one for one in latest if one.digest and one.digest == current.get(one.page)]
    rejected = {one.page for one in valid if one.verdict == REJECTED}
    chosen: dict[int, str] = {}
    for one in sorted(valid, key=lambda each: each.date):
        if one.verdict == APPROVED and one.page not in rejected:
            chosen.setdefault(one.page, one.reviewer)
    return dict(sorted(chosen.items()))
